"""The two days to try: short, offline, two days in a row, and every lab is there."""

import re
from datetime import date, timedelta

import pytest

from zhixing.planner.filling import fill
from zhixing.planner.hours import week_of
from zhixing.records import Catalog, Node, Plan, Profile, Route
from zhixing.roadmap.comparing import same_structure
from zhixing.roadmap.compiling import compile_route

ROUTE = "try-two-days"
MONDAY = date(2026, 11, 23)
WEEKDAYS = range(5)


@pytest.fixture(scope="module", params=["zh", "en"])
def route(request: pytest.FixtureRequest, built_in: Catalog) -> Route:
    return compile_route(built_in.routes[ROUTE].texts[request.param], request.param, ROUTE)[0]


def days_of(route: Route) -> list[Node]:
    return [node for node in route.root.walk() if node.kind == "day"]


def planned(route: Route, start: date, hours: float = 15.0) -> Plan:
    profile = Profile(route=ROUTE, start=start, minutes=week_of(hours), language=route.language)
    return fill(route, profile, start)


def dates_with_work(plan: Plan) -> list[date]:
    return [day.date for day in plan.days if day.pieces]


def test_both_languages_are_one_route_and_all_of_it_is_understood(built_in: Catalog) -> None:
    texts = built_in.routes[ROUTE].texts
    zh, of_zh = compile_route(texts["zh"], "zh", ROUTE)
    en, of_en = compile_route(texts["en"], "en", ROUTE)
    assert same_structure(zh, en) == ()
    for report in (of_zh, of_en):
        assert (report.not_understood, report.contradictions) == ((), ())


def test_two_days_of_an_hour_or_a_little_more(route: Route) -> None:
    days = days_of(route)
    assert [(day.first, day.last) for day in days] == [(1, 1), (2, 2)]
    for day in days:
        tasks = [node for node in day.walk() if node.kind == "task"]
        assert all(task.minutes for task in tasks), day.title
        assert day.minutes == sum(task.minutes or 0 for task in tasks)
        assert 60 <= (day.minutes or 0) <= 75, day.title


def test_the_first_two_results_come_within_twenty_minutes(route: Route) -> None:
    first, second = route.tasks[:2]
    assert (first.kind, second.kind) == ("lab", "lab")
    assert first.minutes + second.minutes <= 20


def test_each_day_ends_with_one_line(route: Route) -> None:
    for day in (1, 2):
        assert [task.kind for task in route.tasks if task.day == day][-1] == "note"


def test_every_lab_part_and_every_brief_is_there(route: Route, built_in: Catalog) -> None:
    parts = []
    for task in route.tasks:
        for reference in task.references("lab"):
            name, _, part = reference.partition("#")
            found = built_in.labs[name].part(part)
            assert found is not None, reference
            assert found.minutes == task.minutes, reference
            parts.append(reference)
        assert set(task.references("brief")) <= set(built_in.briefs), task.id
    mine = ("try-svd-picture", "try-digits")
    assert sorted(parts) == sorted(f"{n}#{p.name}" for n in mine for p in built_in.labs[n].parts)


def test_nothing_leads_to_the_internet(built_in: Catalog) -> None:
    briefs = [one for name, one in built_in.briefs.items() if name.startswith("try-")]
    assert len(briefs) == 3
    texts = [*built_in.routes[ROUTE].texts.values()]
    texts += [words for one in briefs for words in (one.text.zh, one.text.en, one.cell.en)]
    for name in ("try-svd-picture", "try-digits"):
        lab = built_in.labs[name]
        assert not lab.datasets
        texts += [lab.statement.zh, lab.statement.en, lab.solution]
    for text in texts:
        assert not re.search(r"https?://|\(res:|fetch_|urlopen|requests", text)


def test_no_lab_of_the_trial_needs_another_and_each_has_its_pictures(built_in: Catalog) -> None:
    for name in ("try-svd-picture", "try-digits"):
        lab = built_in.labs[name]
        assert lab.needs == ()
        assert lab.figure_source is not None


def test_the_picture_counts_later_and_the_digits_claim_only_what_they_show(
    built_in: Catalog,
) -> None:
    later = built_in.routes["math-16-weeks"].texts["en"]
    assert all(f"(skill:{one})" in later for one in built_in.labs["try-svd-picture"].skills)
    digits = built_in.labs["try-digits"]
    assert digits.skills == ("first-classifier",)
    proved = {e for one in built_in.skills["first-classifier"].criteria for e in one.evidence}
    assert proved == {f"lab:try-digits#{part.name}" for part in digits.parts}


@pytest.mark.parametrize("hours", [10.0, 15.0])
@pytest.mark.parametrize("weekday", WEEKDAYS)
def test_a_start_on_a_weekday_gives_two_days_in_a_row(
    route: Route, weekday: int, hours: float
) -> None:
    start = MONDAY + timedelta(days=weekday)
    assert dates_with_work(planned(route, start, hours)) == [start, start + timedelta(days=1)]


def test_a_start_on_a_sunday_without_study_time_begins_on_monday(route: Route) -> None:
    sunday = MONDAY - timedelta(days=1)
    assert dates_with_work(planned(route, sunday)) == [MONDAY, MONDAY + timedelta(days=1)]


def test_a_start_on_a_saturday_is_done_by_tuesday(route: Route) -> None:
    saturday = MONDAY - timedelta(days=2)
    found = dates_with_work(planned(route, saturday))
    assert found[0] == saturday
    assert found[-1] <= MONDAY + timedelta(days=1)
