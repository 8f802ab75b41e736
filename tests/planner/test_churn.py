"""Absorbing a missed day moves at most twice what the optimum moves (CP-SAT, where it is here)."""

import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from zhixing.planner.filling import fill
from zhixing.planner.hours import week_of
from zhixing.planner.replanning import options
from zhixing.planner.seats import seats_of
from zhixing.planner.wanted import wanted
from zhixing.records import Day, Node, Piece, Plan, Profile, Route, Task

pytest.importorskip("ortools")
sys.path.insert(0, str(Path(__file__).parents[2] / "bench"))

from least_churn import Order, least_churn

MONDAY = date(2026, 12, 7)


def test_the_optimum_keeps_the_authors_order_where_it_is_asked_to():
    room = week_of(15)
    days = {n: [(f"full {n}", "study", room[n % 7])] for n in range(12)}
    days[4], days[8], days[10] = [("one", "project", 60)], [("two", "project", 60)], []
    days[8].append(("other", "study", 60))
    tasks = tuple(
        Task(name, kind, "", long, week=1, needs=("met before",))
        for n in sorted(days) for name, kind, long in days[n]
    )  # fmt: skip
    made = tuple(
        Day(MONDAY + timedelta(days=n), tuple(Piece(*one) for one in days[n]), 0) for n in range(12)
    )
    route = Route("r", "en", "r", Node("route", "r", "r", 1), tasks)
    profile, plan = Profile("r", MONDAY, room), Plan("r", made, made[-1].date, made[-1].date)
    saturday = MONDAY + timedelta(days=5)
    done = frozenset(f"full {n}" for n in range(4))
    asked = (plan, route, profile, done, saturday)
    assert least_churn(*asked, 2).moved == 0
    order = Order(seats_of(wanted(route, profile)), saturday + timedelta(days=15))
    assert least_churn(*asked, 2, order=order).moved == 1
    assert options(plan, route, profile, {}, done, saturday)[0].moved == 1


@pytest.mark.parametrize(("weeks", "in_order"), [(2, False), (4, False), (2, True)])
def test_absorb_moves_at_most_twice_the_optimum(weeks_of, weeks, in_order):
    route = weeks_of(8, 95, 225)
    chained = [
        replace(task, needs=(before.id,) if n % 3 else (),
                kind="project" if task.weekend else task.kind)
        for n, (before, task) in enumerate(zip(route.tasks, route.tasks[1:], strict=False))
    ]  # fmt: skip
    route = replace(route, tasks=(route.tasks[0], *chained))
    profile = Profile("r", MONDAY, week_of(15))
    seats = seats_of(wanted(route, profile))
    plan = fill(route, profile, MONDAY)
    ours = optimum = 0
    for n in range(1, 30, 4):
        today = MONDAY + timedelta(days=n)
        done = {p.task for d in plan.days if d.date < today - timedelta(days=1) for p in d.pieces}
        found = options(plan, route, profile, {}, frozenset(done), today)
        order = Order(seats, today + timedelta(days=20 - today.weekday())) if in_order else None
        best = least_churn(
            plan, route, profile, frozenset(done), today, weeks, seconds=2.0, order=order
        )
        absorb = next((way for way in found if way.name == "absorb"), None)
        if absorb and best.moved is not None and best.proven:
            ours, optimum = ours + absorb.moved, optimum + best.moved
    assert ours <= 2 * max(1, optimum)
