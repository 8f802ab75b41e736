"""What is said of a plan is true: why a task is next, what was taken back, which country, when."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from zhixing.actions import days, planning
from zhixing.actions.changing import Asked, take
from zhixing.actions.countries import CODES, near
from zhixing.actions.desk import Desk
from zhixing.actions.importing import keep
from zhixing.actions.outlooks import helps_of
from zhixing.actions.planning import Wishes
from zhixing.actions.profiles import profile_of
from zhixing.actions.standing import standing, with_plan
from zhixing.actions.taken_back import plan_taken_back
from zhixing.actions.timelines import timeline
from zhixing.actions.wording import long_date, near_date
from zhixing.errors import Problem

MONDAY = date(2026, 12, 7)
TABLE = """\
# 打卡计划

| 天 | 任务 |
| --- | --- |
| 第 1 天 | 学会 cd 和 ls |
| 第 2 天 | 读第二章 |
| 第 3 天 | 读第三章 |
"""


def begin(desk: Desk, route: str = "math-16-weeks") -> None:
    planning.begin_route(desk, Wishes(route=route, hours_per_week=15.0, start=MONDAY))


def brought_in(desk: Desk) -> str:
    keep(desk, TABLE, "my-table", {})
    return "my-table"


def test_no_lab_is_promised_where_none_follows(desk: Desk) -> None:
    begin(desk, brought_in(desk))
    why = days.today(desk).why
    assert why is not None
    assert "lab" not in str(why)
    begin(desk)
    assert "the lab after it" in str(days.today(desk).why)


def test_taking_back_says_what_is_taken_back(desk: Desk, clock) -> None:
    begin(desk)
    clock.forward(days=3)
    planning.choose(desk, planning.ways_on(desk)[0].name)
    assert "replanned by" in taken_back(desk)
    take(desk, Asked(deadline=(date(2027, 2, 1),)))
    assert taken_back(desk) == "taken back: another deadline, Thursday 10 December 2026"
    off = frozenset({MONDAY + timedelta(days=9)})
    take(desk, Asked(Wishes(hours_per_week=8.0, days_off=off)))
    assert "other hours, other days off" in taken_back(desk)


def taken_back(desk: Desk) -> str:
    before = standing(desk).profile
    happened = planning.undo(desk)
    return str(plan_taken_back(desk, happened, before, standing(desk).profile))


def test_a_route_without_stages_has_rows_in_the_chart(desk: Desk) -> None:
    begin(desk, brought_in(desk))
    assert timeline(desk).spans


def test_a_deadline_too_soon_has_changes_that_help_before_it_is_set(desk: Desk) -> None:
    begin(desk)
    _, profile, plan = with_plan(desk)
    late = replace(profile, deadline=plan.finish - timedelta(days=21))
    assert {one.change.name for one in helps_of(desk, late, plan)} >= {"hours", "weeks"}


def test_two_letters_that_name_no_country_are_said_to_with_those_near(desk: Desk) -> None:
    assert len(CODES) == 249
    assert near("ZZ") == ("ZA", "ZM", "ZW")
    with pytest.raises(Problem) as caught:
        profile_of(desk, Wishes(holidays="ZZ"))
    said = caught.value.letters[0].render("en")
    assert "there is no country" in said
    assert "--" not in said


@pytest.mark.parametrize(
    ("typed", "first"),
    [("germany", "DE"), ("Germny", "DE"), ("日本", "JP"), ("JA", "JP"), ("USA", "US"),
     ("england", "GB"), ("united states", "US")],
)  # fmt: skip
def test_a_country_that_is_called_by_its_name_gets_its_letters(typed: str, first: str) -> None:
    assert near(typed)[0] == first


def test_dates_of_another_year_carry_it() -> None:
    assert near_date(MONDAY, MONDAY).zh == "12月7日"
    there = near_date(date(2027, 1, 2), MONDAY)
    assert (there.zh, there.en) == ("2027年1月2日", "2 Jan 2027")
    assert long_date(date(2026, 12, 30)).zh == "2026年12月30日 周三"
