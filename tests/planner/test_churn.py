"""Absorbing a missed day moves at most twice what the optimum moves (CP-SAT, where it is here)."""

import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from zhixing.planner.filling import fill
from zhixing.planner.hours import week_of
from zhixing.planner.replanning import options
from zhixing.records import Profile

pytest.importorskip("ortools")
sys.path.insert(0, str(Path(__file__).parents[2] / "bench"))

from least_churn import least_churn

MONDAY = date(2026, 12, 7)


@pytest.mark.parametrize("weeks", [2, 4])
def test_absorb_moves_at_most_twice_the_optimum(weeks_of, weeks):
    route = weeks_of(8, 95, 225)
    chained = [
        replace(task, needs=(before.id,) if n % 3 else ())
        for n, (before, task) in enumerate(zip(route.tasks, route.tasks[1:], strict=False))
    ]
    route = replace(route, tasks=(route.tasks[0], *chained))
    profile = Profile("r", MONDAY, week_of(15))
    plan = fill(route, profile, MONDAY)
    ours = optimum = 0
    for n in range(1, 30, 4):
        today = MONDAY + timedelta(days=n)
        done = {p.task for d in plan.days if d.date < today - timedelta(days=1) for p in d.pieces}
        found = options(plan, route, profile, {}, frozenset(done), today)
        best = least_churn(plan, route, profile, frozenset(done), today, weeks, seconds=2.0)
        absorb = next((way for way in found if way.name == "absorb"), None)
        if absorb and best.moved is not None and best.proven:
            ours, optimum = ours + absorb.moved, optimum + best.moved
    assert ours <= 2 * max(1, optimum)
