"""What every plan keeps, whatever the route and the hours: an independent checker over random
routes, profiles and missed days. It shares no code with the planner but the study minutes."""

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from zhixing.planner.day import due, missed
from zhixing.planner.filling import fill
from zhixing.planner.hours import study_minutes
from zhixing.planner.replanning import options
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
    """Every date is there; no day holds more than its study minutes (reviews: all minutes)."""
    study = study_minutes(profile)
    for before, day in zip(plan.days, plan.days[1:], strict=False):
        if day.date - before.date != timedelta(days=1):
            yield f"{day.date}: no day before it"
    for day in plan.days:
        new = sum(p.minutes for p in day.pieces if not (p.if_time and p.kind == "review"))
        if new > capacity(study, profile, day.date):
            yield f"{day.date}: {new} minutes of study"
        if day.minutes + day.reserve != capacity(profile.minutes, profile, day.date):
            yield f"{day.date}: {day.minutes} minutes and reserve {day.reserve}"
    work = [on for on, piece in dated_pieces(plan) if not piece.if_time]
    if work and max(work) != plan.finish:
        yield f"finish {plan.finish}, last work {max(work)}"
    if plan.finish < plan.lower_bound:
        yield f"finish {plan.finish} before the bound {plan.lower_bound}"


def piece_faults(task, pieces, week):
    """Pieces of a cut task: 25 minutes or more where the longest of its days has 90, 20 where it
    has 60, else 10, but never more than half of that day."""
    weekdays, weekend = max(week[:5]), max(week[5:])
    longest = (weekend or weekdays) if task.weekend and weekend else (weekdays or weekend)
    least = 25 if longest >= 90 else 20 if longest >= 60 else 10
    if len(pieces) > 1 and min(pieces) < min(least, max(1, longest // 2)):
        yield f"{task.id}: cut into {pieces}, longest day {longest}"


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


# --- after missed days ----------------------------------------------------------------------


@st.composite
def interruptions(draw):
    """A plan on a later day: most of what was due is finished, some of it begun, some missed."""
    route, profile = draw(routes()), draw(profiles())
    plan = fill(route, profile, draw(starts))
    assume(plan.days)
    today = plan.days[0].date + timedelta(days=draw(st.integers(1, len(plan.days) + 3)))
    finished, done = set(), {}
    last = {piece.task: on for on, piece in dated_pieces(plan)}
    dice = Random(draw(st.integers(0, 2**32)))
    for on, piece in dated_pieces(plan):
        fate = dice.choice(["done", "done", "begun", "missed"])
        if piece.if_time or on > today or fate == "missed":
            continue
        worked = piece.minutes if fate == "done" else (piece.minutes + 1) // 2
        done[piece.task] = done.get(piece.task, 0) + worked
        if fate == "done" and last[piece.task] == on and dice.random() < 0.7:
            finished.add(piece.task)
    return plan, route, profile, done, frozenset(finished), today


@given(interruptions())
@settings(max_examples=150)
def test_nothing_missed_means_no_options_and_missed_work_always_has_a_way_on(case):
    plan, _, _, done, finished, today = case
    names = [option.name for option in options(*case)]
    if missed(plan, today, finished, done):
        assert names in (["slide"], ["absorb", "slide"])
    else:
        assert names == []


@given(interruptions())
@settings(max_examples=150)
def test_a_second_replan_changes_nothing(case):
    _, route, profile, done, finished, today = case
    for option in options(*case):
        assert options(option.plan, route, profile, done, finished, today) == ()
        assert options(*case) == options(*case)


@given(interruptions())
@settings(max_examples=150)
def test_the_past_keeps_what_was_worked_on_and_today_keeps_what_was_begun(case):
    plan, _, _, done, finished, today = case
    for option in options(*case):
        for day in plan.days:
            new = option.plan.day(day.date)
            now = Counter({p.task: p.minutes for p in new.pieces}) if new else Counter()
            for piece in day.pieces:
                begun = piece.task in finished or piece.task in done
                if day.date == today and begun and not piece.if_time:
                    assert now[piece.task] >= piece.minutes
                if day.date < today:
                    assert now[piece.task] <= piece.minutes
                    assert piece.task not in finished or now[piece.task] == piece.minutes
            assert day.date >= today or set(now) <= {piece.task for piece in day.pieces}


@given(interruptions())
@settings(max_examples=150)
def test_all_that_is_open_stays_planned_within_the_hours(case):
    plan, route, profile, done, finished, today = case
    before = minutes_by_task(plan)
    for option in options(*case):
        after = minutes_by_task(option.plan)
        for task in must_do(route):
            if task.id not in finished and done.get(task.id, 0) < task.minutes:
                assert after[task.id] == before[task.id]
        week = profile.minutes if option.name == "absorb" else study_minutes(profile)
        here = plan.day(today).pieces if plan.day(today) else ()
        begun = sum(p.minutes for p in here if p.task in finished or p.task in done)
        for day in option.plan.days:
            new = sum(p.minutes for p in day.pieces if not (p.if_time and p.kind == "review"))
            room = capacity(week, profile, day.date)
            if day.date >= today:
                assert new <= (max(room, begun) if day.date == today else room)


@given(interruptions())
@settings(max_examples=150)
def test_absorb_keeps_the_date_and_the_chains_of_labs(case):
    plan, route, _, done, finished, today = case
    for option in options(*case):
        if option.name == "absorb":
            assert option.plan.finish <= plan.finish
            assert option.slide_days <= 0
            late = {p.task for p in missed(plan, today, finished, done)}
            assert chain_faults(option.plan, route, today, finished, late) == []


def chain_faults(plan, route, today, finished, late):
    """Missed work placed before earlier work of the same lab, or practice before its weekdays."""
    dates = defaultdict(list)
    for on, piece in dated_pieces(plan):
        if on >= today and piece.task not in finished:
            dates[piece.task].append(on)
    chained, week, weeks = defaultdict(list), [], []
    for task in must_do(route):
        for lab in task.references("lab"):
            chained[lab.partition("#")[0]].append(task.id)
        if week and week[-1].weekend and not task.weekend:
            week = []
        week.append(task)
        if task.weekend:
            weeks.append(([t.id for t in week if not t.weekend], task.id))
    chains = [(tasks[:n], then) for tasks in chained.values() for n, then in enumerate(tasks)]
    return [
        (first, then)
        for earlier, then in (*chains, *weeks)
        for first in earlier
        if then in late and dates[first] and dates[then] and max(dates[first]) > min(dates[then])
    ]  # fmt: skip


@given(interruptions())
@settings(max_examples=150)
def test_slide_brings_nothing_forward_and_keeps_the_order_of_each_line(case):
    plan, route, _, done, finished, today = case
    slid = next((o.plan for o in options(*case) if o.name == "slide"), None)
    assume(slid is not None)
    late = {p.task for p in missed(plan, today, finished, done)}
    weekend = {t.id for t in route.tasks if t.weekend}
    old, new = dates_from(plan, today), dates_from(slid, today)
    moving = [t for t in old if t not in late and t not in finished and t not in done]
    for task in moving:
        assert max(old[task]) <= max(new[task])
        assert min(old[task]) <= min(new[task])
    for line in (weekend, {t.id for t in route.tasks} - weekend):
        mine = [task for task in moving if task in line]
        assert sorted(mine, key=lambda task: new[task][0]) == mine


def dates_from(plan, today):
    dates = defaultdict(list)
    for on, piece in dated_pieces(plan):
        if on >= today and not piece.if_time:
            dates[piece.task].append(on)
    return dates


@given(interruptions())
@settings(max_examples=150)
def test_options_count_honestly(case):
    plan, _, _, done, finished, today = case
    for option in options(*case):
        assert option.missed == len(missed(plan, today, finished, done))
        assert option.slide_days == (option.plan.finish - plan.finish).days
        assert option.plan.lower_bound <= option.plan.finish
        now = Counter()
        for on, piece in dated_pieces(option.plan):
            now[on, piece.task] += piece.minutes
        moved = [
            piece
            for on, piece in dated_pieces(plan)
            if on >= today and piece.task not in finished and now[on, piece.task] < piece.minutes
        ]
        assert option.moved == len(moved)


@given(interruptions())
@settings(max_examples=150)
def test_what_is_due_is_todays_and_open(case):
    plan, _, _, done, finished, today = case
    day = plan.day(today)
    here = [piece.task for piece in day.pieces] if day else []
    asked = due(plan, today, finished, done)
    assert [p.task for p in asked if p.task in here] == [p.task for p in asked]
    assert {t for t in here if t not in finished and t not in done} <= {p.task for p in asked}
    assert all(p.task not in finished for p in asked)
