"""After missed days the author's order is still felt: what is late comes next, and nothing passes
far behind what the route has after it."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest

from zhixing.planner.filling import fill
from zhixing.planner.hours import week_of
from zhixing.planner.replanning import options
from zhixing.records import Link, Profile, Task

MONDAY = date(2026, 12, 7)
LEARNER = Profile("r", MONDAY, week_of(15))
MOST_DAYS = 7


def last_days(plan):
    """The last day of each task that is not optional."""
    found = {}
    for day in plan.days:
        found |= {piece.task: day.date for piece in day.pieces if not piece.if_time}
    return found


def tied(route, dice):
    """The route with chains of needs and of labs in it, as a real one has them."""
    tasks = []
    for n, task in enumerate(route.tasks):
        need = route.tasks[dice.randrange(max(0, n - 8), n)].id if n else "met before"
        links = (Link(f"lab:l{n // 5}#{n}", ""),) if task.kind == "lab" else ()
        subject = dice.choice(["python", "math", "engineering", "models", ""])
        tasks.append(replace(task, needs=(need,), links=links, subject=subject))
    return replace(route, tasks=tuple(tasks))


def faults(plan, option, route, missed_days):
    """The tasks that come too late."""
    old, new = last_days(plan), last_days(option.plan)
    weeks = {task.id: task.week for task in route.tasks}
    ends = {}
    for task, on in new.items():
        ends[weeks[task]] = max(ends.get(weeks[task], on), on)
    most = max(missed_days + MOST_DAYS, option.slide_days)
    most = most if option.name == "slide" else missed_days + 2 * MOST_DAYS
    for task, on in new.items():
        if (on - old[task]).days > most:
            yield f"{task}: {(on - old[task]).days} days later"
        if on > max(ends.get(weeks[task] + 2, on), old[task]):
            yield f"{task}: after all of week {weeks[task] + 2}"


@pytest.mark.parametrize("shard", range(4))
def test_nothing_comes_far_behind_what_the_author_has_after_it(weeks_of, shard):
    for seed in range(shard, 120, 4):
        dice = Random(seed)
        route = tied(weeks_of(dice.randint(4, 12), 105, dice.choice([180, 240]), seed), dice)
        plan = fill(route, LEARNER, MONDAY)
        long = dice.randint(1, 5)
        today = MONDAY + timedelta(days=dice.randint(long, 21))
        since = today - timedelta(days=long)
        done = frozenset(p.task for day in plan.days if day.date < since for p in day.pieces)
        for option in options(plan, route, LEARNER, {}, done, today):
            if option.name in ("slide", "absorb"):
                assert list(faults(plan, option, route, long)) == [], (seed, option.name)


def test_missed_work_of_full_weeks_comes_next_and_not_at_the_end(weeks_of):
    route = weeks_of(20, 105, 240, 2)
    route = replace(route, tasks=tuple(replace(task, needs=("met",)) for task in route.tasks))
    plan = fill(route, LEARNER, MONDAY)
    today = MONDAY + timedelta(days=2)
    slid = next(o for o in options(plan, route, LEARNER, {}, frozenset(), today)
                if o.name == "slide")  # fmt: skip
    old, new = last_days(plan), last_days(slid.plan)
    late = [task for task, on in old.items() if on < today]
    assert all(new[task] <= today + timedelta(days=6) for task in late)
    assert max((new[task] - old[task]).days for task in old) <= 2 + MOST_DAYS


def test_a_project_never_stands_before_its_parts(weeks_of):
    weeks = weeks_of(4, 105, 0, 3).tasks
    parts = [
        Task(f"w{week}.{n}", "project", "", 60, week=week, day=6, weekend=True)
        for week in range(1, 5)
        for n in range(3)
    ]
    tasks = sorted((*weeks, *parts), key=lambda task: (task.week, task.day))
    known = [replace(t, needs=("met",)) if t.kind != "project" else t for t in tasks]
    first = {"w1.0"}
    tied_up = [replace(t, needs=(f"w{t.week}d5.0",)) if t.id in first else t for t in known]
    route = replace(weeks_of(1), tasks=tuple(tied_up))
    plan = fill(route, LEARNER, MONDAY)
    thursday = MONDAY + timedelta(days=3)
    for option in options(plan, route, LEARNER, {}, frozenset(), thursday):
        if option.name in ("slide", "absorb"):
            new = last_days(option.plan)
            for week in range(1, 5):
                days = [new[f"w{week}.{n}"] for n in range(3)]
                assert days == sorted(days), (option.name, week)
