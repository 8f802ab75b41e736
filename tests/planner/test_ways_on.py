"""What every way on keeps, whatever happened: an independent checker over thousands of made-up
learners who miss days, finish early, change hours, take holidays, add work, drop it, or pin it."""

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

import pytest

from zhixing.planner.day import missed
from zhixing.planner.filling import fill
from zhixing.planner.hours import room_of
from zhixing.planner.replanning import options
from zhixing.records import Node, Profile, Route, Task

MONDAY = date(2026, 12, 7)
LEARNERS = 1600
SHARDS = 4


@dataclass
class Life:
    """A plan, what happened to it, and what is asked for now."""

    plan: object
    route: object
    profile: object
    spent: object
    finished: object
    today: object

    @property
    def asked(self):
        return self.plan, self.route, self.profile, self.spent, self.finished, self.today


# --- made-up learners ------------------------------------------------------------------------


def a_route(dice):
    """Up to six weeks of one to five days and mostly a weekend; tasks need earlier ones."""
    tasks, ids = [], []
    for week in range(1, dice.randint(2, 7)):
        for day in [*range(1, dice.randint(2, 6)), *dice.choice([(6,), (6,), ()])]:
            for _ in range(dice.randint(1, 3)):
                sizes = [dice.randint(5, 24), dice.randint(25, 49), dice.randint(50, 200)]
                wishes = dice.sample(ids, min(len(ids), dice.choice([0, 0, 1, 2])))
                task = Task(
                    f"t{len(tasks)}",
                    dice.choice(["study", "lab", "note", "project", "study"]),
                    "",
                    dice.choice(sizes),
                    stage=f"s{week // 3}",
                    week=week,
                    day=day,
                    weekend=day == 6,
                    needs=tuple(wishes),
                    subject=dice.choice(["", "a", "b", "c"]),
                    stars=dice.randint(0, 5),
                    core=dice.random() < 0.1,
                )
                extra = dice.random()
                if extra < 0.08:
                    how = {"optional": True} if extra < 0.05 else {"recurring": "weekly"}
                    task = replace(task, **how)
                tasks.append(task)
                ids.append(task.id)
    return Route("r", "en", "r", Node("route", "r", "r", 1), tuple(tasks))


def a_profile(dice):
    weekday, weekend = dice.choice([0, 45, 60, 90, 120, 180]), dice.choice([0, 60, 120, 240])
    minutes = (*[weekday] * 5, weekend, weekend // 2)
    if dice.random() < 0.3:
        minutes = tuple(dice.choice([0, 30, 60, 120, 200]) for _ in range(7))
    if sum(minutes) < 150:
        minutes = (90,) * 7
    off = {MONDAY + timedelta(days=dice.randint(0, 60)) for _ in range(dice.randint(0, 6))}
    reserve = dice.choice([0.1, 0.15, 0.2])
    return Profile("r", MONDAY, minutes, days_off=frozenset(off), reserve=reserve)


def what_was_done(dice, plan, today):
    """Most of what was due is finished, some begun, some missed; some work ahead is done too."""
    finished, spent = set(), {}
    last = {piece.task: day.date for day in plan.days for piece in day.pieces}
    due = Counter()
    misses = dice.choice([0.0, 0.1, 0.3, 0.9])
    for day in plan.days:
        for piece in day.pieces:
            if piece.if_time or day.date > today or (day.date == today and dice.random() < 0.7):
                continue
            before, due[piece.task] = due[piece.task], due[piece.task] + piece.minutes
            if dice.random() < misses:
                continue
            if last[piece.task] == day.date and spent.get(piece.task, 0) == before:
                finished.add(piece.task)
            else:
                spent[piece.task] = spent.get(piece.task, 0) + piece.minutes
    ahead = [piece.task for day in plan.days if day.date > today for piece in day.pieces]
    if ahead and dice.random() < 0.3:
        finished.update(dice.sample(ahead, min(len(ahead), dice.randint(1, 6))))
    return {task: m for task, m in spent.items() if task not in finished}, frozenset(finished)


def an_event(dice, route, profile, plan, today):
    """The route and the profile after something changed, or as they were."""
    event = dice.choices(
        ["nothing", "hours", "days off", "more", "less", "longer", "pin"], [45, 10, 15, 15, 7, 4, 4]
    )[0]
    if event == "hours":
        factors = [0.5, 0.8, 1.2, 1.5]
        minutes = tuple(int(m * dice.choice(factors)) for m in profile.minutes)
        profile = replace(profile, minutes=minutes)
    elif event == "days off":
        off = {today + timedelta(days=dice.randint(0, 20)) for _ in range(dice.randint(1, 5))}
        profile = replace(profile, days_off=profile.days_off | off)
    elif event == "more":
        new = [
            Task(f"n{n}", "study", "", dice.randint(20, 150)) for n in range(dice.randint(1, 25))
        ]
        new = [replace(t, needs=(f"n{n - 1}",) if n % 2 else ()) for n, t in enumerate(new)]
        place = dice.choice([dice.randint(0, len(route.tasks)), len(route.tasks)])
        route = replace(route, tasks=(*route.tasks[:place], *new, *route.tasks[place:]))
    elif event == "less":
        route = replace(route, tasks=tuple(t for t in route.tasks if dice.random() > 0.1))
    elif event == "longer":
        slower = (replace(t, minutes=max(1, int(t.minutes * 1.3))) for t in route.tasks)
        route = replace(route, tasks=tuple(slower))
    elif event == "pin":
        ahead = [(p.task, d.date) for d in plan.days if d.date > today for p in d.pieces]
        required = [(task, on) for task, on in ahead if not is_extra(route, task)]
        if required:
            profile = replace(profile, pins=dict([dice.choice(required)]))
    if dice.random() < 0.3:
        profile = replace(profile, deadline=plan.finish + timedelta(days=dice.randint(-10, 10)))
    return route, profile


def is_extra(route, name):
    task = route.task(name)
    return task.optional or bool(task.recurring)


def a_life(seed):
    dice = Random(seed)
    route, profile = a_route(dice), a_profile(dice)
    plan = fill(route, profile, MONDAY)
    if not plan.days:
        return None
    today = plan.days[0].date + timedelta(days=dice.randint(1, len(plan.days) + 2))
    spent, finished = what_was_done(dice, plan, today)
    return Life(plan, *an_event(dice, route, profile, plan, today), spent, finished, today)


# --- the checker -----------------------------------------------------------------------------


def places(plan, since=date.min):
    """task -> (date, place of the piece in its day, piece), from `since` on."""
    found = defaultdict(list)
    for day in plan.days:
        for n, piece in enumerate(day.pieces):
            if day.date >= since:
                found[piece.task].append((day.date, n, piece))
    return found


def faults(life, option):
    found = [*day_faults(life, option), *need_faults(life, option), *minute_faults(life, option)]
    return [*found, *frozen_faults(life, option), *price_faults(life, option)]


def day_faults(life, option):
    """The past only loses what was not done; no day from today on holds more than it has."""
    room = room_of(life.profile.minutes, life.profile)
    for before, day in zip(option.plan.days, option.plan.days[1:], strict=False):
        if before.date >= day.date:
            yield f"{day.date} after {before.date}"
    for day in option.plan.days:
        old = life.plan.day(day.date)
        had = {piece.task: piece.minutes for piece in old.pieces} if old else {}
        if day.date < life.today:
            yield from (p.task for p in day.pieces if p.minutes > had.get(p.task, 0))
            continue
        begun = 0
        if day.date == life.today:
            begun = sum(m for t, m in had.items() if t in life.finished or life.spent.get(t, 0) > 0)
        if day.minutes > max(room(day.date), begun):
            yield f"{day.date}: {day.minutes} of {room(day.date)}"
        if day.reserve != max(0, room(day.date) - day.minutes):
            yield f"{day.date}: reserve {day.reserve}"


def need_faults(life, option):
    """No open task stands before one that it needs, unless it did so in the old plan."""
    new, old = places(option.plan, life.today), places(life.plan)
    known = {task.id: task for task in life.route.tasks}
    here = life.plan.day(life.today)
    begun = {p.task for p in here.pieces if p.task in life.spent} if here else set()
    for task in life.route.tasks:
        for need in task.needs:
            if need not in known or need in life.finished or is_extra(life.route, need):
                continue
            if is_extra(life.route, task.id) or task.id in begun:
                continue
            if is_before(new[need], new[task.id]) or is_before(old[need], old[task.id]):
                continue
            yield f"{task.id} before {need}"


def is_before(first, then):
    """Whether all pieces of the one stand before all of the other; so if there are none."""
    return not first or not then or max(p[:2] for p in first) < min(p[:2] for p in then)


def minute_faults(life, option):
    """All that is asked for is planned, with the minutes it had or has now; the rest was dropped
    with all that needs it, and nothing that must stay."""
    new, old, dropped = places(option.plan), places(life.plan), set(option.plan.dropped)
    for task in life.route.tasks:
        if is_extra(life.route, task.id) or task.id in life.finished:
            continue
        if task.id in dropped:
            if task.core:
                yield f"{task.id} is core"
            continue
        if dropped & set(task.needs):
            yield f"{task.id} lacks {dropped & set(task.needs)}"
        planned = sum(p.minutes for *_, p in new[task.id])
        had = sum(p.minutes for *_, p in old[task.id])
        if planned == 0 or (planned not in (had, task.minutes) and task.id not in life.spent):
            yield f"{task.id}: {planned} of {task.minutes}, had {had}"
    shown = {t.stage for t in life.route.tasks if t.kind == "project" and not t.optional}
    kept = {t.stage for t in life.route.tasks if t.kind == "project" and t.id not in dropped}
    yield from (f"nothing to show of {stage}" for stage in shown - kept)


def frozen_faults(life, option):
    """Today and the next two days lose nothing but what waits for work without a place."""
    room = room_of(life.profile.minutes, life.profile)
    near = [life.today + timedelta(days=n) for n in range(3)]
    old, new = places(life.plan), places(option.plan)
    if any(life.profile.pins.get(task, date.max) in near for task in life.profile.pins):
        return
    late = {p.task for p in missed(life.plan, life.today, life.finished, life.spent)}
    late |= {task.id for task in life.route.tasks if task.id not in old}
    full = (
        day for day in life.plan.days if day.date >= life.today and day.minutes > room(day.date)
    )
    late |= {piece.task for day in full for piece in day.pieces}
    waiting = held_up(life.route, late)
    if waiting and by_author_alone(life.route):
        order = [task.id for task in life.route.tasks]
        waiting |= set(order[min(order.index(name) for name in waiting if name in order) :])
    for on, _, piece in (place for found in old.values() for place in found):
        task = life.route.task(piece.task)
        if on not in near or task is None or piece.if_time or task.id in waiting:
            continue
        if task.id in life.finished or task.id in life.spent or task.id in option.plan.dropped:
            continue
        planned = sum(p.minutes for *_, p in old[task.id])
        now = sum(p.minutes for day, _, p in new[task.id] if day == on)
        if planned == task.minutes and now < piece.minutes and room(on) >= old_room(life, on):
            yield f"{piece.task} left {on}"


def by_author_alone(route):
    """Whether the needs of most tasks are unknown: then each keeps its turn."""
    tasks = [task for task in route.tasks if not is_extra(route, task.id)]
    return 2 * sum(bool(task.needs) for task in tasks) < len(tasks)


def old_room(life, on):
    day = life.plan.day(on)
    return day.minutes + day.reserve


def held_up(route, late):
    """What needs late work, or comes after late study on its own day of the route; and so on."""
    found = set(late)
    studies = {(t.week, t.day): set() for t in route.tasks}
    for task in route.tasks:
        if task.kind == "study" and task.week:
            studies[task.week, task.day].add(task.id)
    while True:
        more = {
            t.id
            for t in route.tasks
            if t.id not in found and (found & set(t.needs) or found & studies[t.week, t.day])
        }
        if not more:
            return found
        found |= more


def price_faults(life, option):
    """What an option says of itself is true."""
    open_days = [d.date for d in option.plan.days for p in d.pieces if not p.if_time]
    last = max([life.today, *(on for on in open_days if on >= life.today)])
    if option.plan.finish != last:
        yield f"ends on {last}, says {option.plan.finish}"
    if option.slide_days != (option.plan.finish - life.plan.finish).days:
        yield f"slide_days {option.slide_days}"
    if option.plan.lower_bound > option.plan.finish:
        yield f"bound {option.plan.lower_bound}"
    keep = max(life.plan.finish, life.today, life.profile.deadline or date.min)
    if option.name in ("absorb", "trim") and option.plan.finish > keep:
        yield f"{option.name} ends on {option.plan.finish}, not by {keep}"
    if option.name == "forward" and option.slide_days >= 0:
        yield "forward that is not sooner"


# --- promises --------------------------------------------------------------------------------


@pytest.mark.parametrize("shard", range(SHARDS))
def test_every_way_on_keeps_needs_hours_frozen_days_and_pins_and_a_second_changes_nothing(shard):
    for seed in range(shard, LEARNERS, SHARDS):
        life = a_life(seed)
        if life is None:
            continue
        found = options(*life.asked)
        assert len(found) <= 3, seed
        assert found == options(*life.asked), seed
        for option in found:
            assert faults(life, option) == [], (seed, option.name)
            again = options(option.plan, *life.asked[1:])
            assert again == (), (seed, option.name)


def test_no_news_means_no_ways_and_missed_work_always_has_one():
    for seed in range(LEARNERS // SHARDS):
        dice = Random(seed)
        route, profile = a_route(dice), a_profile(dice)
        plan = fill(route, profile, MONDAY)
        assert options(plan, route, profile, {}, frozenset(), MONDAY) == ()
        today = MONDAY + timedelta(days=dice.randint(1, 30))
        spent, finished = what_was_done(dice, plan, today)
        found = options(plan, route, profile, spent, finished, today)
        if missed(plan, today, finished, spent):
            assert {option.name for option in found} & {"absorb", "slide"}, seed


def test_a_pinned_task_keeps_its_date_unless_what_it_needs_is_late():
    kept = 0
    for seed in range(LEARNERS):
        life = a_life(seed)
        for task, on in life.profile.pins.items() if life else ():
            late = {p.task for p in missed(life.plan, life.today, life.finished, life.spent)}
            stood = {day for day, *_ in places(life.plan)[task]}
            if stood != {on} or task in held_up(life.route, late):
                continue
            for option in options(*life.asked):
                now = {day for day, *_ in places(option.plan, life.today)[task]}
                assert now == {on} or task in (*life.finished, *option.plan.dropped), seed
                kept += 1
    assert kept > 0
