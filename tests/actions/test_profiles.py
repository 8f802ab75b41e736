"""Promises about what a person may say of their time."""

from dataclasses import replace
from datetime import date

import pytest

from zhixing.actions import planning
from zhixing.actions.desk import Desk
from zhixing.actions.foreseeing import reasons
from zhixing.actions.holidays import with_days_off
from zhixing.actions.planning import Wishes
from zhixing.actions.profiles import blocks_of, profile_of
from zhixing.errors import Problem

MONDAY = date(2026, 12, 7)


def test_a_preset_sets_the_hours_and_blocks_set_them_by_the_clock(desk: Desk) -> None:
    full = profile_of(desk, Wishes(preset="full-time"))
    assert sum(full.minutes) == 40 * 60
    evenings = profile_of(desk, Wishes(blocks=("mon-fri 19:00-21:00", "Sat 9:00-12:30")), full)
    assert evenings.minutes == (120, 120, 120, 120, 120, 210, 0)
    assert evenings.blocks[5] == ((540, 210),)
    assert profile_of(desk, Wishes(hours_per_week=15), evenings).blocks == ()


@pytest.mark.parametrize("line", ["19:00-21:00", "foo 9:00-10:00", "mon 21:00-19:00", "mon 9-10"])
def test_a_block_that_cannot_be_read_or_be_is_a_letter(desk: Desk, line: str) -> None:
    with pytest.raises(Problem):
        profile_of(desk, Wishes(blocks=(line,)))


def test_two_blocks_of_a_day_stand_in_order() -> None:
    assert blocks_of(("sun 14:00-15:00", "sun 9:00-10:00"))[6] == ((540, 60), (840, 60))


@pytest.mark.parametrize(
    "wishes",
    [
        Wishes(preset="15h", hours_per_week=3),
        Wishes(known=frozenset({"no-such-skill"})),
        Wishes(more_routes=("no-such-route",)),
        Wishes(pins=(("no-such-task", MONDAY),)),
        Wishes(holidays="ZZ"),
        Wishes(direction="astrology"),
    ],
)
def test_what_does_not_exist_or_is_said_twice_is_a_letter(desk: Desk, wishes: Wishes) -> None:
    with pytest.raises(Problem):
        profile_of(desk, wishes)


def test_none_takes_back_holidays_skills_and_routes(desk: Desk) -> None:
    said = Wishes(holidays="cn", known=frozenset({"la-vectors"}), more_routes=("try-two-days",))
    before = profile_of(desk, said)
    assert (before.holidays, before.more_routes) == ("CN", ("try-two-days",))
    none = frozenset({"none"})
    after = profile_of(desk, Wishes(holidays="none", known=none, more_routes=("none",)), before)
    assert (after.holidays, after.known, after.more_routes) == (None, frozenset(), ())


def test_china_needs_no_package_and_other_countries_are_days_off(desk: Desk) -> None:
    chinese = profile_of(desk, Wishes(holidays="CN", start=MONDAY))
    assert with_days_off(chinese) == chinese
    pytest.importorskip("holidays")
    german = with_days_off(replace(chinese, holidays="DE"))
    assert date(2026, 12, 25) in german.days_off


def test_each_piece_of_a_planned_day_has_a_reason(desk: Desk) -> None:
    _, plan = planning.begin_route(desk, Wishes(start=MONDAY, hours_per_week=15))
    for day in plan.days[:14]:
        found = reasons(desk, day.date)
        assert [one.piece for one in found] == list(day.pieces)
        assert all(one.reasons for one in found)


def test_a_chain_plans_both_routes_and_names_their_tasks(desk: Desk) -> None:
    wishes = Wishes(route="try-two-days", more_routes=("math-16-weeks",), start=MONDAY)
    planning.begin_route(desk, wishes)
    rows = planning.rows(desk)
    assert {row.task.partition("/")[0] for row in rows} == {"try-two-days", "math-16-weeks"}
    assert all(row.title != row.task for row in rows)


@pytest.mark.parametrize(
    ("country", "holiday"),
    [("US", "2026-07-04"), ("GB", "2026-12-25"), ("JP", "2026-02-11"), ("FR", "2026-07-14"),
     ("IN", "2026-01-26"), ("BR", "2026-09-07")],
)  # fmt: skip
def test_the_holidays_of_other_countries_are_days_off(
    desk: Desk, country: str, holiday: str
) -> None:
    pytest.importorskip("holidays")
    profile = profile_of(desk, Wishes(holidays=country.lower(), start=date(2026, 1, 5)))
    assert date.fromisoformat(holiday) in with_days_off(profile).days_off


@pytest.mark.parametrize(
    ("wishes", "word"),
    [
        (Wishes(hours_per_week=0.1), "number of hours"),
        (Wishes(hours_per_week=61.0), "number of hours"),
        (Wishes(start=date(2199, 1, 1)), "not a day to start on"),
        (Wishes(deadline=date(2000, 1, 1)), "is not ahead"),
    ],
)
def test_what_no_door_takes_is_refused_where_both_ask(
    desk: Desk, wishes: Wishes, word: str
) -> None:
    with pytest.raises(Problem, match=word):
        profile_of(desk, wishes)
    with pytest.raises(Problem, match="is not ahead"):
        profile_of(desk, Wishes(deadline=desk.today()))
