"""Few others make way for missed work: by examples, and what each absorb keeps."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations
from random import Random

import pytest

from zhixing.planner.day import missed
from zhixing.planner.filling import fill
from zhixing.planner.hours import week_of
from zhixing.planner.replanning import options
from zhixing.planner.seats import DAY, seats_of
from zhixing.planner.wanted import wanted
from zhixing.records import Day, Link, Node, Piece, Plan, Profile, Route, Task

MONDAY = date(2026, 12, 7)
TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = (
    MONDAY + timedelta(days=n) for n in range(1, 7)
)
LEARNER = Profile("r", MONDAY, week_of(15))
"""Two hours on weekdays, four on Saturday, one on Sunday."""
DAYS = [MONDAY + timedelta(days=n) for n in range(22)]


def absorbed(days, needs, today=TUESDAY, weekend=()):
    """The absorb of a plan of three weeks from {date: {task: minutes}}, all before today missed;
    days that are not named are full. Tasks stand in the order of their days; `needs` by task."""
    made, tasks = [], []
    for on in [on for on in DAYS if on >= min(days)]:
        room = LEARNER.minutes[on.weekday()]
        pieces = days.get(on, {f"full {on:%m%d}": room})
        tasks += (
            Task(name, "study", "", minutes, needs=needs.get(name, ("met before",)),
                 weekend=name in weekend)
            for name, minutes in pieces.items()
        )  # fmt: skip
        planned = tuple(Piece(name, "study", minutes) for name, minutes in pieces.items())
        made.append(Day(on, planned, room - sum(pieces.values())))
    route = Route("r", "en", "r", Node("route", "r", "r", 1), tuple(tasks))
    plan = Plan("r", tuple(made), DAYS[-1], DAYS[-1])
    found = options(plan, route, LEARNER, {}, frozenset(), today)
    return next(option for option in found if option.name == "absorb")


def where(option, task):
    return [day.date for day in option.plan.days for piece in day.pieces if piece.task == task]


def test_what_needs_missed_work_makes_way_for_it_and_nothing_else_moves():
    days = {MONDAY: {"first": 45}, TUESDAY: {"second": 50, "other": 60}, SUNDAY: {}}
    option = absorbed(days, {"second": ("first",)})
    assert (where(option, "first"), where(option, "second")) == ([TUESDAY], [SUNDAY])
    assert option.moved == 1


def test_two_missed_pieces_take_the_place_of_one_that_the_reserve_can_hold():
    days = {MONDAY: {"one": 40, "two": 40}, SATURDAY: {"big": 60, "more": 160}, SUNDAY: {}}
    option = absorbed(days, {})
    assert (where(option, "one"), where(option, "two")) == ([SATURDAY], [SATURDAY])
    assert (where(option, "big"), option.moved) == ([SUNDAY], 1)


def test_what_makes_way_may_go_in_parts():
    days = {FRIDAY: {"net": 60, "study": 25, "note": 20}, SATURDAY: {"run": 125, "plan": 90}}
    friday = FRIDAY + timedelta(weeks=1)
    option = absorbed(days | {SUNDAY: {}, friday: {"more": 100}}, {"run": ("net", "study")},
                      SATURDAY, weekend=("run", "plan"))  # fmt: skip
    assert where(option, "run") == [SATURDAY, SUNDAY]
    assert (where(option, "net"), option.moved) == ([SATURDAY], 1)


def test_of_the_frozen_days_only_what_must_follow_missed_work_makes_way():
    days = {MONDAY: {"first": 60}, TUESDAY: {"a": 60, "b": 50}, SUNDAY: {"s": 10}}
    option = absorbed(days, {"b": ("first",)})
    assert (where(option, "a"), where(option, "first")) == ([TUESDAY], [TUESDAY])
    assert (where(option, "b"), option.moved) == ([SUNDAY], 1)
    sunday = SUNDAY + timedelta(weeks=1)
    option = absorbed(days | {SUNDAY: {"s": 60}, sunday: {}}, {})
    assert (where(option, "first"), option.moved) == ([sunday], 0)


# --- what each absorb keeps ------------------------------------------------------------------


def tied(route, dice):
    """The route with chains of needs, labs and projects in it, as a real one has them."""
    tasks = []
    for n, task in enumerate(route.tasks):
        needs = tuple(t.id for t in route.tasks[max(0, n - dice.randint(1, 4)) : n : 2])
        links = (Link(f"lab:l{n // 6}#{n}", ""),) if dice.random() < 0.3 else ()
        kind = "project" if task.weekend and dice.random() < 0.5 else task.kind
        subject = dice.choice(["python", "math", "engineering", "models", ""])
        needs = needs or ("met",)
        tasks.append(replace(task, needs=needs, links=links, kind=kind, subject=subject))
    return replace(route, tasks=tuple(tasks))


def spans(plan, today, done):
    """{task: (first day, last day)} of what is open from today on."""
    found = {}
    for day in plan.days:
        for piece in day.pieces if day.date >= today else ():
            if piece.task not in done:
                first, _ = found.get(piece.task, (day.date, day.date))
                found[piece.task] = first, day.date
    return found


def waits_for(seats, first, last):
    """Whether one needs the other, or is the lab or the notes of its day of the route."""
    shared = set(seats.gives(first)) & set(seats.takes(last))
    of_day = any(strand.startswith(DAY) for strand in shared)
    return seats.place(first) < seats.place(last) and (of_day or first in seats.needs(last))


def must_follow(seats, first, last):
    """The same, or both are of one week and share a skill, a lab or a project."""
    shared = set(seats.gives(first)) & set(seats.takes(last))
    of_week = seats.place(first) < seats.place(last) and seats.of_one_week(first, last)
    return waits_for(seats, first, last) or bool(shared and of_week)


def out_of_order(old, new, seats, frozen, late):
    """What stands before what it must follow, though it did not; but what keeps its frozen day, if
    it does not need it."""
    for first, last in permutations(new, 2):
        if not must_follow(seats, first, last) or new[first][1] <= new[last][0]:
            continue
        stays = old.get(last) == new[last] and new[last][0] <= frozen
        was_so = first not in late and old[first][1] > old[last][0]
        if not was_so and (first in seats.needs(last) or not stays):
            yield f"{last} before {first}"


def out_of_place(old, new, seats, today, late):
    """Missed work after the Sunday of the week after the coming one, and what left a frozen day
    though it must follow nothing late."""
    limit = today + timedelta(days=20 - today.weekday())
    for task in late:
        if new[task][1] > max(limit, old.get(task, (limit, limit))[1]):
            yield f"{task} comes on {new[task][1]}"
    free = set(late)
    for task in sorted(new, key=seats.place):
        if any(waits_for(seats, other, task) for other in free):
            free.add(task)
    for task, days in old.items():
        if days[0] <= today + timedelta(days=2) and task not in free and new[task] != days:
            yield f"{task} left a frozen day"


@pytest.mark.parametrize("shard", range(4))
def test_an_absorb_keeps_needs_order_room_frozen_days_and_the_limit_of_missed_work(weeks_of, shard):
    for seed in range(shard, 160, 4):
        dice = Random(seed)
        route = tied(weeks_of(dice.randint(4, 9), 105, dice.choice([180, 220, 240]), seed), dice)
        plan, seats = fill(route, LEARNER, MONDAY), seats_of(wanted(route, LEARNER))
        today = MONDAY + timedelta(days=dice.randint(1, 25))
        since = today - timedelta(days=dice.choice([1, 1, 2]))
        done = frozenset(p.task for day in plan.days if day.date < since for p in day.pieces)
        late = {piece.task for piece in missed(plan, today, done, {})}
        old, frozen = spans(plan, today, done), today + timedelta(days=2)
        for option in options(plan, route, LEARNER, {}, done, today):
            if option.name == "absorb":
                new = spans(option.plan, today, done)
                assert list(out_of_order(old, new, seats, frozen, late)) == [], seed
                assert list(out_of_place(old, new, seats, today, late)) == [], seed
                assert all(day.minutes <= LEARNER.minutes[day.date.weekday()]
                           for day in option.plan.days if day.date >= today), seed  # fmt: skip
                assert option.plan.finish == plan.finish
                assert options(option.plan, route, LEARNER, {}, done, today) == (), seed
