"""Promises kept for thousands of random learners and routes: needs, hours, pins, subjects.

The checker here shares no code with the planner.
"""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest

from zhixing.errors import Problem
from zhixing.planner.filling import fill
from zhixing.planner.hours import study_minutes
from zhixing.planner.wanted import wanted
from zhixing.records import Node, Profile, Route, Task

MONDAY = date(2026, 12, 7)
KINDS = ("study", "study", "lab", "lab", "note", "project", "essay", "paper", "interview", "quiz")
SUBJECTS = ("math", "ml", "dl", "python", "cv", "nlp")
DIRECTIONS = ("cv", "nlp", "rl")
FOUR = 4


def random_route(dice: Random) -> Route:
    """Stages, with or without weeks, of tasks that need earlier ones; some known to nobody."""
    has_weeks, tasks = dice.random() < 0.4, []
    stages = dice.randint(1, 3)
    count = dice.randint(1, 60)
    for n in range(count):
        kind = dice.choice(KINDS)
        subject = dice.choice(SUBJECTS) if dice.random() < 0.7 else ""
        earlier = [task.id for task in tasks[-12:]]
        needs = dice.sample(earlier, min(len(earlier), dice.choice((0, 0, 1, 2, 3))))
        task = Task(
            f"t{n}", kind, "", dice.choice((10, 20, 35, 45, 49, 60, 90, 150, 240)),
            stage=f"s{n * stages // count}", subject=subject, needs=tuple(needs),
            weekend=kind == "project" and dice.random() < 0.7, stars=dice.randint(0, 5),
        )  # fmt: skip
        if has_weeks:
            task = replace(task, week=1 + n // 8, day=1 + n % 8 // 2)
        if dice.random() < 0.1:
            task = replace(task, **dice.choice((
                {"optional": True}, {"recurring": "weekly"}, {"recurring": "monthly"},
                {"recurring": "daily", "kind": "review", "minutes": 15},
            )))  # fmt: skip
        tasks.append(task)
    if dice.random() < 0.1 and len(tasks) > 1:  # an author's order that its needs contradict
        first = dice.randrange(len(tasks) - 1)
        if not tasks[-1].needs:
            tasks[first] = replace(tasks[first], needs=(*tasks[first].needs, tasks[-1].id))
    return Route("r", "en", "r", tree(dice, tasks), tuple(tasks))


def tree(dice: Random, tasks: list[Task]) -> Node:
    nodes = []
    for task in tasks:
        marks = frozenset({f"direction:{dice.choice(DIRECTIONS)}"} if dice.random() < 0.1 else ())
        nodes.append(Node("task", task.id, "", 1, task_kind=task.kind, marks=marks))
    return Node("route", "r", "r", 1, children=tuple(nodes))


def random_profile(dice: Random, route: Route) -> Profile:
    shape = dice.choice((
        (480, 480, 480, 480, 480, 0, 0), (150,) * 7, (120, 120, 120, 120, 120, 240, 60),
        (0, 0, 0, 0, 0, 300, 300), (45, 45, 45, 45, 45, 90, 0), (60, 0, 90, 0, 30, 200, 100),
        tuple(dice.choice((0, 30, 60, 75, 120, 200)) for _ in range(7)),
    ))  # fmt: skip
    off = frozenset(MONDAY + timedelta(days=dice.randint(0, 90)) for _ in range(dice.randint(0, 9)))
    profile = Profile(
        "r", MONDAY, shape, days_off=off, reserve=dice.choice((0.0, 0.15, 0.2)),
        holidays=dice.choice((None, "CN")), direction=dice.choice((None, None, *DIRECTIONS)),
        emphasis=dice.choice(("as-written", "maths-first", "practice-first")),
    )  # fmt: skip
    if dice.random() < 0.3:
        pinned = dice.sample(route.tasks, min(len(route.tasks), dice.randint(1, 3)))
        pins = {task.id: MONDAY + timedelta(days=dice.randint(0, 80)) for task in pinned}
        profile = replace(profile, pins=pins)
    return profile


# China's days off and worked weekends up to the spring of 2027, written down a second time.
OFF = {date(2027, 1, 1), *(date(2027, 2, 5) + timedelta(days=n) for n in range(8)),
       date(2027, 4, 5), *(date(2027, 5, 1) + timedelta(days=n) for n in range(5)),
       date(2027, 6, 9), date(2027, 9, 15),
       *(date(2027, 10, 1) + timedelta(days=n) for n in range(7))}  # fmt: skip


def minutes_of(profile: Profile, on: date) -> int:
    if on in profile.days_off or (profile.holidays == "CN" and on in OFF):
        return 0
    return profile.minutes[on.weekday()]


def broken(route: Route, profile: Profile, plan) -> list[str]:
    """Every promise that a fresh plan breaks."""
    asked = wanted(route, profile)
    tasks = {task.id: task for task in asked.tasks}
    found = [*crowded(profile, plan, tasks), *out_of_order(plan, tasks)]
    done = Counter()
    dates = {}
    for day in plan.days:
        for piece in day.pieces:
            done[piece.task] += piece.minutes
            dates.setdefault(piece.task, set()).add(day.date)
    for name, task in tasks.items():
        must = name in profile.pins or not is_extra(task)
        if must and done[name] != task.minutes:
            found.append(f"{name}: {done[name]} of {task.minutes}")
        if name in profile.pins and dates[name] != {profile.pins[name]}:
            found.append(f"{name} pinned to {profile.pins[name]}, stands on {dates[name]}")
    if plan.finish < plan.lower_bound:
        found.append(f"finish {plan.finish} before the bound {plan.lower_bound}")
    return found


def is_extra(task: Task) -> bool:
    return task.optional or bool(task.recurring)


def crowded(profile: Profile, plan, tasks):
    """Days that hold more than their minutes, or a fourth subject."""
    for day in plan.days:
        known = day.date.year < 2028 or profile.holidays is None
        if known and sum(piece.minutes for piece in day.pieces) > minutes_of(profile, day.date):
            yield f"{day.date}: over its minutes"
        subjects = {tasks[piece.task].subject for piece in day.pieces} - {""}
        if len(subjects) >= FOUR:
            yield f"{day.date}: {subjects}"


def out_of_order(plan, tasks):
    """Tasks that begin before the last of what they need."""
    first, last = {}, {}
    pieces = [piece for day in plan.days for piece in day.pieces]
    for place, piece in enumerate(pieces):
        first.setdefault(piece.task, place)
        last[piece.task] = place
    for name, begun in first.items():
        for need in tasks[name].needs:
            if need in tasks and not is_extra(tasks[need]) and last[need] > begun:
                yield f"{name} before {need}"


def one_case(seed: int) -> tuple[Route, Profile] | None:
    dice = Random(seed)
    route = random_route(dice)
    profile = random_profile(dice, route)
    try:
        study_minutes(profile)
    except Problem:
        return None
    return route, profile


@pytest.mark.parametrize("hundred", range(30))
def test_no_random_learner_meets_a_broken_promise(hundred):
    planned = 0
    for seed in range(100 * hundred, 100 * hundred + 100):
        planned += checked(seed)
    assert planned >= 60


def checked(seed: int) -> bool:
    """Whether there is a plan; what has none says why. AssertionError: a broken promise."""
    case = one_case(seed)
    if case is None:
        return False
    route, profile = case
    try:
        plan = fill(route, profile, MONDAY)
    except Problem as problem:
        words = str(problem)
        return not (profile.pins or "need one another" in words) and pytest.fail(words)
    assert broken(route, profile, plan) == [], f"seed {seed}"
    return True


def test_wanting_twice_is_wanting_once():
    for seed in range(200):
        case = one_case(seed)
        if case is not None:
            route, profile = case
            try:
                once = wanted(route, profile)
            except Problem:
                continue
            assert wanted(once, profile) == once
