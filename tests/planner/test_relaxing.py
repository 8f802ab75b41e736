"""Promises about deadlines that cannot be met, and about what goes when time is short."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from zhixing.planner.filling import fill
from zhixing.planner.hours import week_of
from zhixing.planner.relaxing import relaxations
from zhixing.planner.replanning import options
from zhixing.planner.seats import seats_of
from zhixing.planner.trimming import what_goes
from zhixing.records import Link, Node, Profile, Route, Task

MONDAY = date(2026, 12, 7)
FIFTEEN_HOURS = Profile("r", MONDAY, week_of(15))
NOTHING = frozenset()


def route_of(*tasks):
    return Route("r", "en", "r", Node("route", "r", "r", 1), tasks)


@pytest.fixture
def mixed():
    """Sixty tasks of an hour: study, lab, note in turn; two projects; needs from lab to study."""
    tasks = []
    for n in range(20):
        skill = (Link(f"skill:s{n}", ""),)
        tasks.append(Task(f"study{n}", "study", "", 60, skill, stars=1 + n % 5))
        tasks.append(Task(f"lab{n}", "lab", "", 60, needs=(f"study{n}",), stars=1 + n % 5))
        tasks.append(Task(f"note{n}", "note", "", 60, stars=3))
    for n in range(2):
        tasks.append(Task(f"project{n}", "project", "", 120, stage="end", stars=1))
    return route_of(*tasks)


def test_a_deadline_that_is_met_asks_for_nothing(mixed):
    finish = fill(mixed, FIFTEEN_HOURS, MONDAY).finish
    assert relaxations(mixed, FIFTEEN_HOURS, MONDAY, {}, NOTHING, finish) == ()


@pytest.mark.parametrize("share", [0.9, 0.75, 0.5])
def test_each_change_alone_meets_the_deadline_and_says_when_it_ends(mixed, share):
    plan = fill(mixed, FIFTEEN_HOURS, MONDAY)
    deadline = MONDAY + timedelta(days=int(share * (plan.finish - MONDAY).days))
    found = {r.name: r for r in relaxations(mixed, FIFTEEN_HOURS, MONDAY, {}, NOTHING, deadline)}
    assert {"hours", "weeks", "drop"} <= found.keys()
    assert deadline + timedelta(weeks=found["weeks"].amount) >= plan.finish
    assert deadline + timedelta(weeks=found["weeks"].amount - 1) < plan.finish
    alone = [way for name, way in found.items() if name != "weeks" and way.meets]
    assert all(way.finish <= deadline for way in alone)
    dropped = frozenset(found["drop"].names)
    again = fill(mixed, FIFTEEN_HOURS, MONDAY, {}, dropped)
    assert again.finish == found["drop"].finish
    if "known" in found:
        knowing = replace(FIFTEEN_HOURS, known=frozenset(found["known"].names))
        assert fill(mixed, knowing, MONDAY).finish == found["known"].finish


def test_a_smaller_reserve_is_told_even_if_it_is_not_enough(mixed):
    plan = fill(mixed, FIFTEEN_HOURS, MONDAY)
    near, far = plan.finish - timedelta(days=1), MONDAY + timedelta(days=5)
    careful = replace(FIFTEEN_HOURS, reserve=0.3)
    enough, not_enough = (
        next(
            r for r in relaxations(mixed, careful, MONDAY, {}, NOTHING, day) if r.name == "reserve"
        )
        for day in (near, far)
    )
    assert enough.meets
    assert 0.1 <= enough.amount < 0.3
    assert (not_enough.meets, not_enough.amount) == (False, 0.1)


def test_what_goes_is_closed_and_never_core_nor_the_last_project(mixed):
    core = tuple(replace(t, core=t.id in ("note0", "note1")) for t in mixed.tasks)
    route = replace(mixed, tasks=core)
    may_go = {task.id: task.minutes for task in route.tasks}
    for lacking in (30, 600, 1800, 3000):
        gone = what_goes(seats_of(route), may_go, lacking, NOTHING)
        assert gone is not None
        assert sum(may_go[name] for name in gone) >= lacking
        assert not gone & {"note0", "note1"}
        assert not {"project0", "project1"} <= gone
        assert all(t.id in gone for t in route.tasks if gone & set(t.needs))
    assert what_goes(seats_of(route), may_go, sum(may_go.values()), NOTHING) is None


def test_what_matters_least_goes_first(mixed):
    may_go = {task.id: task.minutes for task in mixed.tasks}
    gone = what_goes(seats_of(mixed), may_go, 240, NOTHING)
    stars = {task.id: task.stars for task in mixed.tasks}
    assert all(stars[name] == 1 or name.startswith("note") for name in gone)
    assert sum(may_go[name] for name in gone) < 360


def test_trim_keeps_the_date_that_a_slide_would_move(mixed):
    plan = fill(mixed, FIFTEEN_HOURS, MONDAY)
    today = MONDAY + timedelta(days=14)
    found = {o.name: o for o in options(plan, mixed, FIFTEEN_HOURS, {}, NOTHING, today)}
    assert found["slide"].plan.finish > plan.finish
    trim = found["trim"]
    assert trim.plan.finish <= plan.finish
    assert trim.plan.dropped == trim.dropped
    planned = {piece.task for day in trim.plan.days for piece in day.pieces}
    assert not planned & set(trim.dropped)
    assert options(trim.plan, mixed, FIFTEEN_HOURS, {}, NOTHING, today) == ()


def test_work_that_was_added_is_offered_a_place_and_what_was_taken_out_goes(mixed):
    plan = fill(mixed, FIFTEEN_HOURS, MONDAY)
    more = replace(mixed, tasks=(*mixed.tasks, Task("more", "study", "", 300)))
    ways = options(plan, more, FIFTEEN_HOURS, {}, NOTHING, MONDAY)
    assert all(any(p.task == "more" for d in w.plan.days for p in d.pieces) for w in ways)
    less = replace(mixed, tasks=mixed.tasks[:-1])
    (absorb,) = options(plan, less, FIFTEEN_HOURS, {}, NOTHING, MONDAY)
    assert (absorb.name, absorb.moved) == ("absorb", 0)


def test_more_hours_and_early_finishes_offer_to_go_faster_and_force_nothing(mixed):
    plan = fill(mixed, FIFTEEN_HOURS, MONDAY)
    (faster,) = options(
        plan, mixed, replace(FIFTEEN_HOURS, minutes=week_of(25)), {}, NOTHING, MONDAY
    )
    assert faster.name == "forward"
    assert faster.slide_days < 0
    ahead = frozenset(p.task for day in plan.days[4:12] for p in day.pieces)
    (faster,) = options(plan, mixed, FIFTEEN_HOURS, {}, ahead, MONDAY)
    assert faster.name == "forward"
    assert faster.slide_days < 0
    near = [plan.days[n].pieces for n in range(3)]
    assert [faster.plan.days[n].pieces for n in range(3)] == near


def test_a_day_off_moves_only_what_stood_on_it_and_what_needs_that(mixed):
    plan = fill(mixed, FIFTEEN_HOURS, MONDAY)
    off = MONDAY + timedelta(days=9)
    away = replace(FIFTEEN_HOURS, days_off=frozenset([off]))
    ways = options(plan, mixed, away, {}, NOTHING, MONDAY)
    assert {way.name for way in ways} >= {"slide"}
    for way in ways:
        assert all(day.pieces == () for day in way.plan.days if day.date == off)
        kept = [day for day in way.plan.days if day.date < off]
        assert [day.pieces for day in kept] == [d.pieces for d in plan.days if d.date < off]


def test_a_deadline_that_only_packed_work_meets_is_met_without_any_change(weeks_of):
    """Fifteen hours hold the author's weeks and more: packed, four weeks end in the fourth."""
    weeks = weeks_of(4, weekday=90, weekend=150)
    own = fill(weeks, FIFTEEN_HOURS, MONDAY)
    hurried = replace(FIFTEEN_HOURS, deadline=own.finish - timedelta(days=1))
    packed = fill(weeks, hurried, MONDAY)
    assert packed.finish < own.finish
    assert relaxations(weeks, FIFTEEN_HOURS, MONDAY, {}, NOTHING, hurried.deadline) == ()
    calm = replace(FIFTEEN_HOURS, deadline=own.finish)
    assert fill(weeks, calm, MONDAY).days == own.days


def test_a_deadline_that_nothing_meets_leaves_the_authors_days(weeks_of):
    weeks = weeks_of(4, weekday=90, weekend=150)
    own = fill(weeks, FIFTEEN_HOURS, MONDAY)
    hopeless = replace(FIFTEEN_HOURS, deadline=MONDAY + timedelta(days=3))
    assert fill(weeks, hopeless, MONDAY).days == own.days


@pytest.mark.parametrize("share", [0.95, 0.8, 0.6])
def test_half_an_hour_less_than_told_is_not_enough(mixed, share):
    plan = fill(mixed, FIFTEEN_HOURS, MONDAY)
    deadline = MONDAY + timedelta(days=int(share * (plan.finish - MONDAY).days))
    found = {r.name: r for r in relaxations(mixed, FIFTEEN_HOURS, MONDAY, {}, NOTHING, deadline)}
    hours = 15 + found["hours"].amount / 60 - 0.5
    less = replace(FIFTEEN_HOURS, minutes=week_of(hours), deadline=deadline)
    assert fill(mixed, less, MONDAY).finish > deadline


def test_what_cannot_help_is_told_with_how_far_it_gets(mixed):
    core = tuple(replace(t, core=t.kind == "lab") for t in mixed.tasks)
    route, deadline = replace(mixed, tasks=core), MONDAY + timedelta(days=3)
    late = fill(route, FIFTEEN_HOURS, MONDAY).finish
    ways = relaxations(route, FIFTEEN_HOURS, MONDAY, {}, NOTHING, deadline)
    found = {way.name: way for way in ways}
    assert not found["hours"].meets
    assert found["hours"].amount >= 64 * 60 * 7 / 4 - 15 * 60
    assert deadline < found["hours"].finish < late
    drop = found["drop"]
    assert not drop.meets
    assert deadline < drop.finish < late
    assert fill(route, FIFTEEN_HOURS, MONDAY, {}, frozenset(drop.names)).finish == drop.finish
    assert not set(drop.names) & {task.id for task in core if task.core}
