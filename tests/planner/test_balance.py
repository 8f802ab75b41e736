"""Promises about theory and practice: a week has both where the route and its needs leave it free,
and nothing else is given up for that."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from zhixing.planner.filling import fill
from zhixing.planner.hours import week_of
from zhixing.planner.mix import share_of
from zhixing.planner.why import why
from zhixing.records import Link, Node, Profile, Route, Task

MONDAY = date(2026, 12, 7)
ME = Profile("r", MONDAY, week_of(15))


def route_of(*tasks):
    return Route("r", "en", "r", Node("route", "r", "r", 1), tasks)


def block(first, count, kind, **more):
    return [
        Task(f"{kind}{n}", kind, f"{kind} {n}", 60, stage="s", subject="ml", **more)
        for n in range(first, first + count)
    ]


@pytest.fixture
def theory_then_code():
    """Thirty hours of study, then thirty of labs that need the first hour only."""
    studies = block(0, 30, "study")
    return route_of(*studies, *block(0, 30, "lab", needs=("study0",)))


def weeks(plan):
    found = {}
    for day in plan.days:
        for piece in day.pieces:
            week = found.setdefault(day.date.isocalendar()[:2], Counter())
            week[share_of(piece.kind)] += piece.minutes
    return list(found.values())


def test_each_week_has_theory_and_code_as_the_route_has_them(theory_then_code):
    plan = fill(theory_then_code, ME, MONDAY)
    *whole, _ = weeks(plan)
    for week in whole:
        assert week["theory"] / week.total() == pytest.approx(0.5, abs=0.12)
    assert plan.finish == plan.lower_bound


def test_weekends_practise_where_something_is_ready(theory_then_code):
    plan = fill(theory_then_code, ME, MONDAY)
    weekend = Counter()
    for day in plan.days:
        for piece in day.pieces if day.date.weekday() >= 5 else ():
            weekend[share_of(piece.kind)] += piece.minutes
    assert weekend["code"] >= 0.85 * weekend.total()


def test_practice_still_waits_for_what_it_needs():
    studies = block(0, 30, "study")
    labs = block(0, 30, "lab", needs=("study29",))
    plan = fill(route_of(*studies, *labs), ME, MONDAY)
    pieces = [piece.kind for day in plan.days for piece in day.pieces]
    assert pieces == sorted(pieces, key=["study", "lab"].index)


def test_work_stays_within_its_stage():
    second = [replace(task, stage="t") for task in block(0, 12, "lab")]
    route = route_of(*block(0, 12, "study"), *second)
    plan = fill(route, ME, MONDAY)
    order = list(dict.fromkeys(p.task for day in plan.days for p in day.pieces))
    assert order == [task.id for task in route.tasks]


def test_what_one_book_or_skill_has_keeps_its_order(theory_then_code):
    book = (Link("res:a-book", "A book"),)
    tied = [replace(task, links=book) for task in theory_then_code.tasks]
    plan = fill(route_of(*tied), ME, MONDAY)
    order = list(dict.fromkeys(p.task for day in plan.days for p in day.pieces))
    assert order == [task.id for task in tied]


def test_nothing_comes_before_the_projects_that_stand_before_it():
    project = replace(block(0, 1, "project")[0], weekend=True)
    route = route_of(*block(0, 12, "study"), project, *block(0, 12, "lab"))
    plan = fill(route, ME, MONDAY)
    kinds = [p.kind for day in plan.days for p in day.pieces if p.kind != "project"]
    assert kinds == sorted(kinds, key=["study", "lab"].index)


def test_an_author_who_set_weeks_has_mixed_them_already(theory_then_code):
    dated = [replace(t, week=1 + n // 20) for n, t in enumerate(theory_then_code.tasks)]
    plan = fill(route_of(*dated), replace(ME, minutes=week_of(6)), MONDAY)
    order = list(dict.fromkeys(p.task for day in plan.days for p in day.pieces))
    assert order == [task.id for task in dated]


@pytest.mark.parametrize("emphasis", ["maths-first", "practice-first"])
def test_an_order_that_the_learner_asked_for_is_kept(theory_then_code, emphasis):
    plan = fill(theory_then_code, replace(ME, emphasis=emphasis), MONDAY)
    kinds = [task[:3] for task in dict.fromkeys(p.task for day in plan.days for p in day.pieces)]
    before = 1 if emphasis == "practice-first" else 30
    assert kinds[: before + 1] == ["stu"] * before + ["lab"]


def test_a_piece_that_came_for_the_mix_says_so(theory_then_code):
    plan = fill(theory_then_code, ME, MONDAY)
    day = next(day for day in plan.days if any(p.kind == "lab" for p in day.pieces))
    reasons = {
        one.piece.kind: " | ".join(map(str, one.reasons))
        for one in why(plan, theory_then_code, ME, day.date)
    }
    assert "has had enough of" in reasons["lab"]


@pytest.mark.parametrize("count", range(4, 16))
def test_practice_on_a_short_weekday_is_cut_as_weekday_work_is(count):
    """An hour on Saturdays asks for pieces of 20 minutes; half an hour on weekdays for 10."""
    tasks = [Task(f"p{n}", "project", "", 45, weekend=True) for n in range(count)]
    plan = fill(route_of(*tasks), replace(ME, minutes=week_of(4)), MONDAY)
    assert plan.finish == plan.lower_bound
