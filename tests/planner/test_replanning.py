"""Promises about missed days, told by examples; what every option keeps is in test_promises."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from zhixing.planner.day import due, missed
from zhixing.planner.filling import fill
from zhixing.planner.hours import week_of
from zhixing.planner.replanning import options
from zhixing.records import Day, Link, Node, Piece, Plan, Profile, Route, Task

MONDAY = date(2026, 12, 7)
TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = (
    MONDAY + timedelta(days=n) for n in range(1, 7)
)
FIFTEEN_HOURS = Profile("r", MONDAY, week_of(15))


def route_of(*tasks):
    """A route of tasks whose needs are known and, but for those that are named, met before."""
    known = tuple(replace(task, needs=task.needs or ("met before",)) for task in tasks)
    return Route("r", "en", "r", Node("route", "r", "r", 1), known)


@pytest.fixture
def weeks_of(weeks_of):
    """Weeks of which the needs are known, as those of a built-in route."""
    return lambda *asked: route_of(*weeks_of(*asked).tasks)


def plan_of(days):
    """A plan from {date: [pieces]} for FIFTEEN_HOURS; dates between are empty."""
    first, last = min(days), max(days)
    dates = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    made = []
    for on in dates:
        pieces = tuple(days.get(on, ()))
        room = FIFTEEN_HOURS.minutes[on.weekday()]
        made.append(Day(on, pieces, room - sum(p.minutes for p in pieces)))
    return Plan("r", tuple(made), last, last)


def study(name, minutes):
    return Piece(name, "study", minutes)


def knowing(route, days):
    """The route with just the tasks and minutes that stand on `days`; new ones at its end."""
    minutes, kinds = {}, {}
    for piece in (piece for pieces in days.values() for piece in pieces):
        minutes[piece.task] = minutes.get(piece.task, 0) + piece.minutes
        kinds[piece.task] = piece.kind
    known = [replace(t, minutes=minutes[t.id]) for t in route.tasks if t.id in minutes]
    more = minutes.keys() - {task.id for task in known}
    new = [Task(name, kinds[name], "", minutes[name]) for name in minutes if name in more]
    return replace(route, tasks=(*known, *new))


def where(plan):
    """The dates of each task."""
    found = {}
    for day in plan.days:
        for piece in day.pieces:
            found.setdefault(piece.task, []).append(day.date)
    return found


def after_missing(route, missed_days, today, profile=FIFTEEN_HOURS):
    """The plan of `route`, and its options on `today` when only `missed_days` were missed."""
    plan = fill(route, profile, MONDAY)
    kept = [d for d in plan.days if d.date < today and d.date not in missed_days]
    finished = frozenset(piece.task for day in kept for piece in day.pieces)
    found = options(plan, route, profile, {}, finished, today)
    return plan, {option.name: option for option in found}


def test_a_missed_monday_is_absorbed_with_few_moves_and_the_date_is_kept(weeks_of):
    plan, found = after_missing(weeks_of(16, 95, 225), {MONDAY}, TUESDAY)
    absorb = found["absorb"]
    assert absorb.plan.finish == plan.finish
    assert absorb.slide_days == 0
    assert absorb.moved <= 3


@pytest.mark.parametrize(("dice", "week"), [(1, 1), (3, 1), (4, 1), (4, 3), (5, 2)])
def test_missed_work_comes_a_week_later_rather_than_push_many_others_out(weeks_of, dice, week):
    friday = FRIDAY + timedelta(weeks=week)
    route = weeks_of(8, 105, 240, dice)
    plan, found = after_missing(route, {friday}, friday + timedelta(days=1))
    assert found["absorb"].moved <= 2
    new = where(found["absorb"].plan)
    end = friday + timedelta(days=2, weeks=2)
    assert all(max(new[piece.task]) <= end for piece in plan.day(friday).pieces)


def test_a_slide_moves_the_end_by_what_was_missed_and_not_by_a_week(weeks_of):
    plan, found = after_missing(weeks_of(4), {MONDAY}, TUESDAY)
    slid = found["slide"]
    assert slid.slide_days <= 3  # from Saturday to Tuesday: Sunday is all reserve
    assert (slid.plan.finish - slid.plan.lower_bound).days <= 1
    assert slid.moved < sum(len(day.pieces) for day in plan.days) / 2


def test_a_slide_brings_nothing_forward_and_leaves_the_frozen_days_alone(weeks_of):
    plan, found = after_missing(weeks_of(4), {MONDAY, TUESDAY}, WEDNESDAY)
    old, new = where(plan), where(found["slide"].plan)
    late = {piece.task for on in (MONDAY, TUESDAY) for piece in plan.day(on).pieces}
    assert all(min(new[task]) >= min(old[task]) for task in old)
    for on in (WEDNESDAY, THURSDAY, FRIDAY):
        assert {p for p in found["slide"].plan.day(on).pieces if p.task not in late} == set(
            plan.day(on).pieces
        )


def test_a_missed_saturday_is_made_up_for_within_a_week_and_others_move_little(weeks_of):
    route = weeks_of(4)
    plan, found = after_missing(route, {SATURDAY}, SUNDAY)
    new = where(found["slide"].plan)
    assert all(max(new[p.task]) <= SUNDAY + timedelta(weeks=1) for p in plan.day(SATURDAY).pieces)
    old = where(plan)
    assert all(max(new[task]) - max(old[task]) <= timedelta(days=8) for task in old)
    assert found["slide"].slide_days <= 4  # four hours: two evenings and a rest, after Sunday


def test_a_missed_week_moves_the_end_by_little_more_than_a_week(weeks_of):
    week = {MONDAY + timedelta(days=n) for n in range(7)}
    _, found = after_missing(weeks_of(4), week, MONDAY + timedelta(weeks=1))
    slid = found["slide"]
    assert (slid.plan.finish - slid.plan.lower_bound).days <= 2


def test_a_plan_that_uses_every_day_alike_slides_along_every_study_day():
    week = [MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY]
    names = [f"{on:%a}" for on in week]
    route = route_of(*(Task(name, "study", "", 60) for name in names))
    plan = plan_of({on: [study(name, 60)] for on, name in zip(week, names, strict=True)})
    found = options(plan, route, FIFTEEN_HOURS, {}, frozenset(), TUESDAY)
    new = where(found[-1].plan)
    frozen = ["Tue", "Wed", "Thu"]
    assert all(new[name] == [on] for on, name in zip(week, names, strict=True) if name in frozen)
    assert min(new["Mon"]) == TUESDAY  # 45 minutes are free beside the 60
    assert min(new["Fri"]) <= min(new["Sat"])


def test_two_missed_weeks_at_full_hours_cannot_be_absorbed(weeks_of):
    weeks = {MONDAY + timedelta(days=n) for n in range(14)}
    _, found = after_missing(weeks_of(16), weeks, MONDAY + timedelta(weeks=2))
    assert list(found) == ["slide", "trim", "light"]


def test_absorbed_work_is_back_by_the_sunday_of_the_coming_week(weeks_of):
    route = weeks_of(16, 95, 225)
    plan, found = after_missing(route, {MONDAY}, TUESDAY)
    new = where(found["absorb"].plan)
    late = plan.day(MONDAY).pieces
    assert all(max(new[piece.task]) <= SUNDAY + timedelta(weeks=1) for piece in late)


def test_three_missed_days_are_taken_in_by_later_pieces_that_make_way(weeks_of):
    plan, found = after_missing(weeks_of(16, 95, 225), {MONDAY, TUESDAY, WEDNESDAY}, THURSDAY)
    assert list(found) == ["absorb", "slide"]
    assert found["absorb"].plan.finish == plan.finish


def three_tasks_a_day(weeks):
    """45, 40 and 15 minutes on each weekday, 200 on the weekend."""
    tasks = []
    for week in range(1, weeks + 1):
        for day in range(1, 6):
            for kind, minutes in (("study", 45), ("lab", 40), ("note", 15)):
                name = f"w{week}d{day}.{kind}"
                tasks.append(Task(name, kind, "", minutes, week=week, day=day))
        name = f"w{week}d6.project"
        tasks.append(Task(name, "project", "", 200, week=week, day=6, weekend=True))
    return route_of(*tasks)


def after_missing_tasks(route, names, today):
    """The plan of `route` and its options when of all before `today` only `names` were missed."""
    plan = fill(route, FIFTEEN_HOURS, MONDAY)
    before = {p.task for day in plan.days if day.date < today for p in day.pieces}
    return plan, options(plan, route, FIFTEEN_HOURS, {}, frozenset(before - names), today)


def test_one_missed_note_is_absorbed_first_of_all_and_moves_nothing():
    _, found = after_missing_tasks(three_tasks_a_day(16), {"w1d4.note"}, FRIDAY)
    assert [option.name for option in found] == ["absorb", "slide"]
    assert (found[0].moved, found[0].slide_days) == (0, 0)
    assert where(found[0].plan)["w1d4.note"] == [FRIDAY]


@pytest.mark.parametrize("late", ["w1d4.lab", "w1d4.note"])
def test_missed_study_comes_before_the_missed_lab_and_notes_of_its_day(late):
    _, found = after_missing_tasks(three_tasks_a_day(16), {"w1d4.study", late}, FRIDAY)
    new = where(found[0].plan)
    assert found[0].name == "absorb"
    assert max(new["w1d4.study"]) <= min(new[late])
    assert max(new[late]) <= SUNDAY + timedelta(weeks=1)


def test_missed_study_comes_before_the_lab_of_its_day_that_lies_ahead_or_only_slides():
    learn, lab = (Task(kind, kind, "", 90, week=1, day=1) for kind in ("study", "lab"))
    full = Task("full", "study", "", 600)
    route = route_of(full, learn, lab, Task("end", "study", "", 20, week=2, day=1))
    end = MONDAY + timedelta(weeks=2)
    days = {MONDAY: [study("study", 90)], WEDNESDAY: [Piece("lab", "lab", 90)]}
    days[end] = [study("end", 20)]
    assert where(absorbed(route, days).plan)["study"] == [TUESDAY]
    days[TUESDAY] = [study("full", 120)]
    new = where(absorbed(route, days).plan)
    assert (new["study"], new["lab"]) == ([WEDNESDAY], [THURSDAY])
    rest = [MONDAY + timedelta(days=n) for n in range(3, 14)]
    days |= {on: [study("full", 120 if on.weekday() < 5 else 240)] for on in rest}
    days[end - timedelta(days=1)] = []  # room, but after the lab
    assert absorbed(route, days) is None


@pytest.fixture
def a_week():
    """Work on Monday (missed), Tuesday and Friday, practice on Saturday, more work a week on."""
    route = route_of(
        Task("monday", "study", "", 60),
        Task("tuesday", "study", "", 100),
        Task("friday", "study", "", 80),
        Task("practice", "lab", "", 200, weekend=True),
        Task("next", "study", "", 105),
    )
    return route, {
        MONDAY: [study("monday", 60)],
        TUESDAY: [study("tuesday", 100)],
        FRIDAY: [study("friday", 80)],
        SATURDAY: [Piece("practice", "lab", 200)],
        MONDAY + timedelta(weeks=1): [study("next", 105)],
    }


def absorbed(route, days, today=TUESDAY, done=None, finished=frozenset()):
    route = knowing(route, days)
    found = options(plan_of(days), route, FIFTEEN_HOURS, done or {}, finished, today)
    return next((option for option in found if option.name == "absorb"), None)


def test_missed_work_comes_whole_on_the_first_day_with_room(a_week):
    option = absorbed(*a_week)
    assert where(option.plan)["monday"] == [WEDNESDAY]
    assert (option.missed, option.moved) == (1, 0)


def test_missed_work_is_cut_up_before_it_goes_past_its_practice(a_week):
    route, days = a_week
    days |= {WEDNESDAY: [study("wednesday", 95)], THURSDAY: [study("thursday", 95)]}
    option = absorbed(route, days)
    assert where(option.plan)["monday"] == [WEDNESDAY, FRIDAY]
    assert option.moved == 0


def test_no_piece_makes_way_while_there_is_room_without(a_week):
    route, days = a_week
    full = [WEDNESDAY, THURSDAY, FRIDAY]
    days |= {on: [study(f"{on:%a}", 60), study(f"{on:%a} late", 60)] for on in full}
    names = [f"{on:%a}{late}" for on in full for late in ("", " late")]
    later = route_of(*(Task(name, "study", "", 60) for name in names)).tasks
    route = replace(route, tasks=(*route.tasks[:3], *later, *route.tasks[3:]))
    days[SATURDAY] = [Piece("practice", "lab", 180)]
    option = absorbed(route, days)
    new = where(option.plan)
    assert new["monday"] == [SATURDAY]
    days[SATURDAY] = [Piece("practice", "lab", 180), Piece("essay", "essay", 60)]
    route = replace(route, tasks=(*route.tasks, Task("essay", "essay", "", 60, weekend=True)))
    option = absorbed(route, days)
    new = where(option.plan)
    assert (new["monday"], new["essay"], option.moved) == ([SUNDAY], [SATURDAY], 0)


def test_what_needs_missed_work_goes_after_it_even_from_a_frozen_day(a_week):
    route, days = a_week
    needing = replace(route.tasks[1], needs=("monday",))
    route = replace(route, tasks=(route.tasks[0], needing, *route.tasks[2:]))
    option = absorbed(route, days)
    new = where(option.plan)
    assert max(new["monday"]) <= min(new["tuesday"])
    assert option.moved == 1


def test_later_parts_of_a_lab_stay_where_they_are_today_and_after_it_where_they_can(a_week):
    route, days = a_week
    first, last = (Link("lab:pca#centre", ""),), (Link("lab:pca#whiten", ""),)
    tasks = (replace(route.tasks[0], links=first), replace(route.tasks[1], links=last))
    option = absorbed(replace(route, tasks=(*tasks, *route.tasks[2:])), days)
    assert (where(option.plan)["monday"], option.moved) == ([WEDNESDAY], 0)
    tasks = (tasks[0], route.tasks[1], replace(route.tasks[2], links=last))
    days[WEDNESDAY] = days[THURSDAY] = [study("full", 90)]
    option = absorbed(replace(route, tasks=(*tasks, *route.tasks[3:])), days)
    new = where(option.plan)
    assert max(new["monday"]) <= min(new["friday"])


def test_missed_parts_of_a_lab_keep_their_order_among_themselves(a_week):
    route, days = a_week
    part = Task("monday late", "lab", "", 15, links=(Link("lab:pca#whiten", ""),))
    first = replace(route.tasks[0], links=(Link("lab:pca#centre", ""),))
    route = replace(route, tasks=(first, part, *route.tasks[1:]))
    days[MONDAY] = [study("monday", 60), Piece("monday late", "lab", 15)]
    new = where(absorbed(route, days).plan)
    assert (new["monday"], new["monday late"]) == ([WEDNESDAY], [WEDNESDAY])
    loose = replace(part, links=())
    new = where(absorbed(replace(route, tasks=(first, loose, *route.tasks[2:])), days).plan)
    assert (new["monday"], new["monday late"]) == ([WEDNESDAY], [TUESDAY])


def test_missed_practice_waits_for_the_missed_work_of_its_week(a_week):
    route, days = a_week
    days |= {SUNDAY + timedelta(days=n): [study("full", 90)] for n in range(2, 6)}
    finished = frozenset({"monday", "tuesday"})
    option = absorbed(route, days, SUNDAY, finished=finished)
    assert option is None  # 200 minutes of practice find no room before the finish
    longer = days | {SATURDAY + timedelta(weeks=2): [study("end", 30)]}
    new = where(absorbed(route, longer, SUNDAY, finished=finished).plan)
    assert max(new["friday"]) <= min(new["practice"])


def test_optional_work_gives_way_to_missed_work(a_week):
    route, days = a_week
    fills = [on for on in days if on > MONDAY] + [WEDNESDAY, THURSDAY, SUNDAY]
    route = replace(route, tasks=(*route.tasks, Task("if time", "study", "", 100, optional=True)))
    for on in fills:
        room = FIFTEEN_HOURS.minutes[on.weekday()] - sum(p.minutes for p in days.get(on, ()))
        days[on] = [*days.get(on, ()), Piece("if time", "study", room, if_time=True)]
    option = absorbed(route, days)
    assert where(option.plan)["monday"] == [WEDNESDAY]


def test_the_finish_is_the_last_work_that_must_be_done(a_week):
    route, days = a_week
    end = MONDAY + timedelta(weeks=1)
    days[end] = [*days[end], Piece("paper", "paper", 10, if_time=True)]
    route = replace(route, tasks=(*route.tasks, Task("paper", "paper", "", 10, optional=True)))
    option = absorbed(route, days, finished=frozenset({"next"}))
    assert option.plan.finish == SATURDAY
    assert option.slide_days == -2


def test_a_piece_of_today_that_was_begun_stays_on_today(a_week):
    route, days = a_week
    done = {"tuesday": 10}
    for option in options(plan_of(days), route, FIFTEEN_HOURS, done, frozenset(), TUESDAY):
        assert where(option.plan)["tuesday"] == [TUESDAY]


def test_a_task_that_took_longer_than_planned_is_missed_until_it_is_finished(a_week):
    route, days = a_week
    plan = plan_of(days)
    assert missed(plan, TUESDAY, frozenset(), {"monday": 90}) == (study("monday", 25),)
    assert missed(plan, TUESDAY, frozenset({"monday"}), {}) == ()
    option = absorbed(route, days, done={"monday": 90})
    assert option.plan.day(MONDAY).pieces == (study("monday", 60),)


def test_minutes_worked_count_for_the_earliest_piece(a_week):
    _, days = a_week
    days[TUESDAY] = [study("monday", 60), study("tuesday", 45)]
    plan = plan_of(days)
    done = {"monday": 80}
    assert missed(plan, TUESDAY, frozenset(), done) == ()
    assert due(plan, TUESDAY, frozenset(), done) == (study("monday", 40), study("tuesday", 45))


def test_work_in_slack_is_due_and_never_missed(a_week):
    _, days = a_week
    paper = Piece("paper", "paper", 30, if_time=True)
    plan = plan_of(days | {MONDAY: [paper], TUESDAY: [paper]})
    assert missed(plan, TUESDAY, frozenset(), {}) == ()
    assert due(plan, TUESDAY, frozenset(), {}) == (paper,)
    assert due(plan, TUESDAY, frozenset({"paper"}), {}) == ()


def test_missed_work_after_the_end_of_a_plan_can_only_slide(a_week):
    route, days = a_week
    today = MONDAY + timedelta(weeks=3)
    option = options(plan_of(days), route, FIFTEEN_HOURS, {}, frozenset(), today)[0]
    assert option.name == "slide"
    assert min(on for on in where(option.plan)["monday"]) == today
    assert option.slide_days == (option.plan.finish - (MONDAY + timedelta(weeks=1))).days


# --- only the author's order is known --------------------------------------------------------


def by_author_alone(weeks):
    """Three tasks each weekday and a project on the weekend, of which no needs are known."""
    route = three_tasks_a_day(weeks)
    return replace(route, tasks=tuple(replace(task, needs=()) for task in route.tasks))


def first_pieces(plan, route, since, weekend):
    """The tasks of one line in the order of their first open pieces."""
    first = {}
    for day in plan.days:
        for piece in day.pieces if day.date >= since else ():
            if route.task(piece.task).weekend is weekend:
                first.setdefault(piece.task, None)
    return list(first)


@pytest.mark.parametrize("missed_days", range(1, 12))
def test_a_slide_keeps_the_authors_order_where_nothing_else_is_known(missed_days):
    route = by_author_alone(5)
    order = [task.id for task in route.tasks]
    plan, today = fill(route, FIFTEEN_HOURS, MONDAY), MONDAY + timedelta(days=missed_days)
    assert first_pieces(plan, route, MONDAY, False) == [n for n in order if n[3] != "6"]
    done = frozenset({order[0]})
    slid = {w.name: w for w in options(plan, route, FIFTEEN_HOURS, {}, done, today)}["slide"]
    for weekend in (False, True):
        found = first_pieces(slid.plan, route, today, weekend)
        assert found == sorted(found, key=order.index)


def test_absorbed_work_stays_in_turn_within_its_week_where_nothing_else_is_known():
    route = by_author_alone(16)
    for missed_days in range(1, 12):
        today = MONDAY + timedelta(days=missed_days)
        _, found = after_missing_tasks(route, {"w1d1.lab", "w1d2.study"}, today)
        for option in found:
            new = where(option.plan)
            mates = [t.id for t in route.tasks if t.week == 1 and not t.weekend and t.id in new]
            still = [name for name in mates if max(new[name]) >= today]
            firsts = [min(on for on in new[name] if on >= today) for name in still]
            assert firsts == sorted(firsts), (missed_days, option.name)
