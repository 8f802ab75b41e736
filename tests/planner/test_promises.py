"""What every plan keeps, whatever the route and the hours: an independent checker over random
routes, profiles and missed days. It shares no code with the planner but the study minutes."""

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from zhixing.planner.filling import fill
from zhixing.planner.hours import study_minutes
from zhixing.records import Link, Node, Profile, Route, Task

MONDAY = date(2026, 12, 7)
NO_NODE = Node("route", "r", "r", 1)

# --- random routes and learners -------------------------------------------------------------

few_minutes = st.integers(1, 24)
some_minutes = st.one_of(few_minutes, st.integers(25, 49), st.integers(50, 260))


@st.composite
def routes(draw, extras=True):
    """Up to five weeks of one to five days and mostly a weekend; some tasks share a lab."""
    tasks = []
    weeks_have_numbers = draw(st.booleans())
    for week in range(1, draw(st.integers(1, 5)) + 1):
        days = [*range(1, draw(st.integers(1, 5)) + 1), *draw(st.sampled_from([(6,), (6,), ()]))]
        for day in days:
            for _ in range(draw(st.integers(1, 2))):
                kind = draw(st.sampled_from(["study", "lab", "note", "project"]))
                task = Task(f"t{len(tasks)}", kind, "", draw(some_minutes), weekend=day == 6)
                if kind == "lab":
                    lab = draw(st.sampled_from(["a#1", "a#2", "b", "c", "d"]))
                    task = replace(task, links=(Link(f"lab:{lab}", ""),))
                if weeks_have_numbers:
                    task = replace(task, week=week, day=day)
                if extras and draw(st.integers(0, 9)) == 0:
                    task = replace(task, **draw(an_extra))
                tasks.append(task)
    return Route("r", "en", "r", NO_NODE, tuple(tasks))


an_extra = st.sampled_from(
    [{"optional": True}, {"recurring": "weekly"}, {"recurring": "daily", "kind": "review"}]
)


@st.composite
def profiles(draw, least=0):
    some = st.integers(least, 300)
    shape = draw(st.sampled_from(["each day", "weekdays", "weekend", "a week's hours"]))
    if shape == "each day":
        minutes = draw(st.tuples(*[some] * 7))
    elif shape == "a week's hours":
        weekday = draw(st.integers(30, 150))
        minutes = (*[weekday] * 5, 2 * weekday, weekday // 2)
    else:
        on = range(5) if shape == "weekdays" else (5, 6)
        minutes = tuple(draw(st.integers(30, 300)) if day in on else 0 for day in range(7))
    assume(sum(minutes) >= 30)
    days_off = draw(st.frozensets(st.integers(0, 60), max_size=12))
    off = frozenset(MONDAY + timedelta(days=n) for n in days_off)
    return Profile("r", MONDAY, minutes, days_off=off)


starts = st.integers(0, 9).map(lambda n: MONDAY + timedelta(days=n))


# --- the checker ----------------------------------------------------------------------------


def capacity(week, profile, on):
    return 0 if on in profile.days_off else week[on.weekday()]


def must_do(route):
    return [task for task in route.tasks if not task.optional and not task.recurring]


def dated_pieces(plan):
    return [(day.date, piece) for day in plan.days for piece in day.pieces]


def minutes_by_task(plan):
    total = Counter()
    for _, piece in dated_pieces(plan):
        total[piece.task] += piece.minutes
    return total


def faults(plan, route, profile):
    """All ways in which a fresh plan of the whole route breaks what plans keep."""
    found = [*calendar_faults(plan, profile), *order_faults(plan, route, profile)]
    planned = minutes_by_task(plan)
    found += [f"{t.id}: {planned[t.id]}" for t in must_do(route) if planned[t.id] != t.minutes]
    for task in must_do(route):
        found += piece_faults(task, [p.minutes for _, p in dated_pieces(plan) if p.task == task.id],
                              study_minutes(profile))  # fmt: skip
    return [*found, *extra_faults(plan, route)]


def calendar_faults(plan, profile):
    """Every date is there; no day holds more than its minutes, and up to each day there is no more
    study than the study minutes so far: what a day left over, later ones may take. The last week
    may give its reserve."""
    study, lent = study_minutes(profile), 0
    for before, day in zip(plan.days, plan.days[1:], strict=False):
        if day.date - before.date != timedelta(days=1):
            yield f"{day.date}: no day before it"
    for day in plan.days:
        new = sum(p.minutes for p in day.pieces if not (p.if_time and p.kind == "review"))
        lent += capacity(study, profile, day.date)
        lent -= sum(p.minutes for p in day.pieces if not p.if_time)
        last_week = day.date > plan.lower_bound - timedelta(days=7)
        if (lent < 0 and not last_week) or new > capacity(profile.minutes, profile, day.date):
            yield f"{day.date}: {new} minutes of study, {lent} left over before"
        if day.minutes + day.reserve != capacity(profile.minutes, profile, day.date):
            yield f"{day.date}: {day.minutes} minutes and reserve {day.reserve}"
    work = [on for on, piece in dated_pieces(plan) if not piece.if_time]
    if work and max(work) != plan.finish:
        yield f"finish {plan.finish}, last work {max(work)}"
    if plan.finish < plan.lower_bound:
        yield f"finish {plan.finish} before the bound {plan.lower_bound}"


def piece_faults(task, pieces, week):
    """Pieces of a cut task: 25 minutes or more where the longest of its days has 90, 20 where it
    has 60, else 10, but never more than half of that day. Practice may come on weekdays too, and is
    cut there as weekday work is."""
    weekdays, weekend = max(week[:5]), max(week[5:])
    days = [weekdays, weekend] if task.weekend else [weekdays or weekend]
    least = min(smallest_piece(longest) for longest in days if longest)
    if len(pieces) > 1 and min(pieces) < least:
        yield f"{task.id}: cut into {pieces}, longest days {days}"


def smallest_piece(longest):
    least = 25 if longest >= 90 else 20 if longest >= 60 else 10
    return min(least, max(1, longest // 2))


def order_faults(plan, route, profile):
    """Each line in the author's order; practice after its weekdays and at most a block late."""
    places = defaultdict(list)
    for place, (_, piece) in enumerate(dated_pieces(plan)):
        places[piece.task].append(place)
    tasks = must_do(route)
    if sum(study_minutes(profile)[5:]) == 0:
        tasks = [replace(task, weekend=False) for task in tasks]
    blocks, block = {}, 0
    for before, task in zip([None, *tasks], tasks, strict=False):
        block += before is not None and before.weekend and not task.weekend
        blocks[task.id] = block
    for i, first in enumerate(tasks):
        for then in tasks[i + 1 :]:
            late_practice = first.weekend and not then.weekend
            if late_practice and blocks[then.id] <= blocks[first.id] + 1:
                continue
            if max(places[first.id]) > min(places[then.id]):
                yield f"{then.id} before {first.id}"


def extra_faults(plan, route):
    """Extras are whole, once in their time, never after the finish."""
    extras = {t.id: t for t in route.tasks if t.optional or t.recurring}
    times = Counter()
    for on, piece in dated_pieces(plan):
        if piece.if_time != (piece.task in extras):
            yield f"{piece.task}: if_time {piece.if_time}"
        if piece.if_time:
            task = extras[piece.task]
            when = {"": "once", "daily": on, "weekly": on.isocalendar()[:2]}[task.recurring]
            times[piece.task, when] += 1
            if piece.minutes != task.minutes:
                yield f"{piece.task}: {piece.minutes} of {task.minutes}"
    yield from (f"{key}: {count} times" for key, count in times.items() if count > 1)


# --- a fresh plan ---------------------------------------------------------------------------


@given(routes(), profiles(), starts)
def test_a_plan_keeps_hours_minutes_order_days_off_and_smallest_pieces(route, profile, start):
    plan = fill(route, profile, start)
    assert faults(plan, route, profile) == []
    assert not must_do(route) or plan.days[0].date == start


@given(routes(), profiles(), starts)
def test_the_same_question_gives_the_same_plan(route, profile, start):
    assert fill(route, profile, start) == fill(route, profile, start)


@given(routes(extras=False), profiles(least=60), starts)
def test_a_day_wastes_at_most_48_minutes_and_the_authors_days_cost_a_week_or_a_tenth(
    route, profile, start
):
    study = study_minutes(profile)
    assume(max(study) >= 50)
    plan = fill(route, profile, start)

    def first_date_that_holds(minutes, waste, on):
        while (minutes := minutes - max(0, capacity(study, profile, on) - waste)) > 0:
            on += timedelta(days=1)
        return on

    total = sum(task.minutes for task in route.tasks)
    first = first_date_that_holds(1, 0, start)
    assert plan.lower_bound == first_date_that_holds(total, 0, start)
    packed_by = first_date_that_holds(total, 48, start)
    days = (packed_by - first).days + 1
    assert plan.finish <= packed_by + timedelta(days=max(6, days // 10))


@given(routes(), profiles(), starts, st.data())
def test_what_is_finished_is_not_planned_and_what_was_begun_needs_less(route, profile, start, data):
    ids = [task.id for task in must_do(route)]
    finished = data.draw(st.frozensets(st.sampled_from(ids))) if ids else frozenset()
    spent = {task: data.draw(st.integers(1, 300)) for task in ids if task not in finished}
    planned = minutes_by_task(fill(route, profile, start, spent, finished))
    for task in must_do(route):
        left = task.minutes - spent.get(task.id, 0)
        still = left if left > 0 else min(task.minutes, 25)
        assert planned[task.id] == (0 if task.id in finished else still)
