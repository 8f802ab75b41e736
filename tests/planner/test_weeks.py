"""Promises about a route of whole weeks, as the built-in one is: 16 weeks, at most 105 minutes on
weekdays and 240 on weekends."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest

from zhixing.planner.filling import fill
from zhixing.planner.hours import week_from, week_of
from zhixing.planner.recurring import claims_of
from zhixing.records import Link, Node, Profile, Route, Task

MONDAY = date(2026, 12, 7)


def profile(hours, **more):
    return Profile("r", MONDAY, week_of(hours), **more)


def own_day(task):
    """The date on which the author put a task of a route that begins on MONDAY."""
    return MONDAY + timedelta(days=7 * (task.week - 1) + (5 if task.weekend else task.day - 1))


def dates(plan):
    """Each task's first and last date."""
    found = {}
    for day in plan.days:
        for piece in day.pieces:
            found[piece.task] = (found.get(piece.task, (day.date,))[0], day.date)
    return found


@pytest.mark.parametrize("dice", range(5))
@pytest.mark.parametrize(("weekday", "weekend"), [(105, 240), (100, 225), (95, 240)])
def test_fifteen_hours_keep_each_day_of_sixteen_weeks_on_its_own_weekday(
    weeks_of, weekday, weekend, dice
):
    route = weeks_of(16, weekday, weekend, dice)
    plan = fill(route, profile(15), MONDAY)
    found = dates(plan)
    assert all(found[task.id] == (own_day(task),) * 2 for task in route.tasks)
    assert plan.finish == MONDAY + timedelta(weeks=15, days=5)


@pytest.mark.parametrize("dice", range(5))
@pytest.mark.parametrize(("weekday", "weekend"), [(105, 240), (100, 225), (95, 240)])
def test_thirty_hours_finish_sixteen_weeks_in_eight(weeks_of, weekday, weekend, dice):
    plan = fill(weeks_of(16, weekday, weekend, dice), profile(30), MONDAY)
    assert plan.finish < MONDAY + timedelta(weeks=8)


def like_the_built_in_one():
    """Sixteen weeks: 45, 40 and 20 minutes on each weekday, 150, 60 and 20 on the weekend."""
    tasks = []
    for week in range(1, 17):
        for day, shares in [*((day, (45, 40, 20)) for day in range(1, 6)), (6, (150, 60, 20))]:
            for kind, minutes in zip(("study", "lab", "note"), shares, strict=True):
                name = f"w{week}d{day}.{kind}"
                tasks.append(Task(name, kind, "", minutes, week=week, day=day, weekend=day == 6))
    return Route("r", "en", "r", Node("route", "r", "r", 1), tuple(tasks))


@pytest.mark.parametrize("hours", [1, 2, 3, 4, 5, 6, 8, 10, 12])
def test_few_hours_a_week_finish_within_a_fifth_of_the_least_time(hours):
    plan = fill(like_the_built_in_one(), profile(hours), MONDAY)
    least = (plan.lower_bound - MONDAY).days + 1
    assert (plan.finish - MONDAY).days + 1 <= 1.2 * least


@pytest.mark.parametrize("hours", [3, 5, 8, 10, 12])
def test_few_hours_a_week_leave_no_weekday_empty_and_no_piece_under_ten_minutes(hours):
    plan = fill(like_the_built_in_one(), profile(hours), MONDAY)
    weekdays = [day for day in plan.days[:-7] if day.date.weekday() < 5]
    assert all(day.pieces for day in weekdays)
    assert min(piece.minutes for day in plan.days for piece in day.pieces) >= 10


def test_practice_keeps_to_weekends_while_weekdays_bring_new_matter(weeks_of):
    route = weeks_of(16)
    practice = {task.id for task in route.tasks if task.weekend}
    for hours in (15, 30):
        plan = fill(route, profile(hours), MONDAY)
        for day in plan.days:
            assert {p.task for p in day.pieces} <= practice or day.date.weekday() < 5
    weekdays = {d.date.weekday() for d in plan.days if {p.task for p in d.pieces} & practice}
    assert weekdays == {5}


def test_practice_is_never_more_than_one_block_of_new_matter_late(weeks_of):
    route = weeks_of(8, 50, 200)
    short_weekends = replace(profile(15), minutes=(200, 200, 200, 200, 200, 60, 0), reserve=0.0)
    found = dates(fill(route, short_weekends, MONDAY))
    for week in range(1, 7):
        practised = max(found[t.id][1] for t in route.tasks if t.weekend and t.week == week)
        begun = min(found[t.id][0] for t in route.tasks if not t.weekend and t.week == week + 2)
        assert practised <= begun


def test_a_week_of_holidays_is_passed_over_and_days_come_on_their_weekday_again(weeks_of):
    four_weeks = MONDAY + timedelta(weeks=4)
    off = frozenset(four_weeks + timedelta(days=n) for n in range(1, 6))
    route = weeks_of(12, 95, 225)
    found = dates(fill(route, profile(15, days_off=off), MONDAY))
    for task in route.tasks:
        weeks_later = 1 if task.week > 4 else 0
        assert found[task.id][0] == own_day(task) + timedelta(weeks=weeks_later)


def test_one_day_off_costs_at_most_a_week(weeks_of):
    plan = fill(weeks_of(16), profile(15, days_off=frozenset({date(2027, 1, 1)})), MONDAY)
    assert plan.finish <= MONDAY + timedelta(weeks=16, days=5)
    assert not plan.day(date(2027, 1, 1)).pieces


def test_a_start_in_midweek_flows_and_wastes_no_evening(weeks_of):
    start = MONDAY + timedelta(days=2)
    plan = fill(weeks_of(2, 40, 120), profile(15), start)
    assert plan.days[0].date == start
    evenings = [day for day in plan.days[:-1] if day.date.weekday() < 5]
    assert min(day.minutes for day in evenings) >= 105 - 48
    assert plan.finish <= plan.lower_bound + timedelta(days=6)


@pytest.mark.parametrize("week", [week_from(3, 0), week_from(0, 7)])
def test_weekdays_only_or_weekends_only_keep_the_authors_order(weeks_of, week):
    route = weeks_of(4)
    plan = fill(route, replace(profile(15), minutes=week), MONDAY)
    order = list(dict.fromkeys(piece.task for day in plan.days for piece in day.pieces))
    assert order == [task.id for task in route.tasks]


def test_what_is_left_after_some_weeks_stays_in_the_authors_rhythm(weeks_of):
    route = weeks_of(6)
    over = frozenset(task.id for task in route.tasks if own_day(task) < MONDAY + timedelta(days=9))
    start = MONDAY + timedelta(days=9)
    found = dates(fill(route, profile(15), start, finished=over))
    assert all(found[t.id][0] == own_day(t) for t in route.tasks if t.id not in over)


@pytest.mark.parametrize(
    "label", [{"week": 0}, {"day": 0}, {"week": 3}, {"day": 40}], ids=lambda label: str(label)
)
def test_labels_that_give_no_dates_still_give_a_plan(weeks_of, label):
    route = weeks_of(2)
    route = replace(
        route, tasks=(*(replace(t, **label) for t in route.tasks[:4]), *route.tasks[4:])
    )
    plan = fill(route, profile(15), MONDAY)
    planned = Counter()
    for day in plan.days:
        planned.update({piece.task: piece.minutes for piece in day.pieces})
    assert sum(planned.values()) == sum(task.minutes for task in route.tasks)
    assert plan.finish <= plan.lower_bound + timedelta(days=7)


def test_days_numbered_through_the_whole_route_come_on_their_weekdays_too(weeks_of):
    route = weeks_of(3)
    through = tuple(replace(t, day=5 * (t.week - 1) + t.day) for t in route.tasks)
    found = dates(fill(replace(route, tasks=through), profile(15), MONDAY))
    assert all(found[task.id][0] == own_day(task) for task in route.tasks)


def test_a_plan_of_nothing_ends_where_it_starts(weeks_of):
    route = weeks_of(1)
    done = replace(route, tasks=tuple(replace(task, done=True) for task in route.tasks))
    plan = fill(done, profile(15), MONDAY)
    assert (plan.days, plan.finish, plan.lower_bound) == ((), MONDAY, MONDAY)


# --- optional and recurring work --------------------------------------------------------------


def with_extra(route, **extra):
    task = Task("extra", extra.pop("kind", "paper"), "extra", extra.pop("minutes", 30), **extra)
    return replace(route, tasks=(*route.tasks, task))


def extra_dates(plan):
    return [day.date for day in plan.days for piece in day.pieces if piece.task == "extra"]


def test_a_weekly_paper_comes_once_in_each_week_that_has_room(weeks_of):
    route = with_extra(weeks_of(4, 100, 200), recurring="weekly")
    assert extra_dates(fill(route, profile(15), MONDAY)) == [
        MONDAY + timedelta(weeks=n, days=5) for n in range(4)
    ]


def test_a_weekly_paper_never_takes_the_reserve_and_a_weekly_review_may(weeks_of):
    full = weeks_of(4)
    assert extra_dates(fill(with_extra(full, recurring="weekly"), profile(15), MONDAY)) == []
    review = with_extra(full, recurring="weekly", kind="review")
    sundays = [MONDAY + timedelta(weeks=n, days=6) for n in range(3)]
    assert extra_dates(fill(review, profile(15), MONDAY)) == sundays


def test_what_fills_a_day_never_overtakes_earlier_work_on_the_same_skill():
    def study(name, minutes, skill):
        return Task(name, "study", name, minutes, subject="python", links=(Link(skill, ""),))

    head = study("long", 105 - 30, "skill:a")
    first, second = study("made", 49, "skill:metaclasses"), study("rest", 30, "skill:metaclasses")
    other = study("other", 30, "skill:b")

    def first_day(*tasks):
        plan = fill(Route("r", "en", "r", Node("route", "r", "r", 1), tasks), profile(15), MONDAY)
        return [piece.task for piece in plan.days[0].pieces]

    assert first_day(head, first, other) == ["long", "other"]
    assert first_day(head, first, second) == ["long"]
    assert first_day(head, first, second, other) == ["long", "other"]


def test_recurring_work_begins_in_its_own_week(weeks_of):
    route = with_extra(weeks_of(4, 100, 200), recurring="weekly", week=3)
    assert extra_dates(fill(route, profile(15), MONDAY))[0] == MONDAY + timedelta(weeks=2, days=5)


def test_optional_work_comes_once_after_the_work_before_it(weeks_of):
    route = weeks_of(4, 100, 200)
    first_week = [task for task in route.tasks if task.week == 1]
    extra = Task("extra", "study", "", 40, optional=True)
    tasks = (*first_week, extra, *route.tasks[len(first_week) :])
    plan = fill(replace(route, tasks=tasks), profile(15), MONDAY)
    assert extra_dates(plan) == [MONDAY + timedelta(days=5)]


def test_extras_that_are_finished_or_have_no_minutes_stay_out(weeks_of):
    route = weeks_of(2, 60, 120)
    weekly = with_extra(route, recurring="weekly")
    assert extra_dates(fill(weekly, profile(15), MONDAY, finished=frozenset({"extra"}))) == []
    for empty in ({"optional": True}, {"recurring": "weekly"}):
        assert extra_dates(fill(with_extra(route, minutes=0, **empty), profile(15), MONDAY)) == []


@pytest.mark.parametrize(
    "week", [(300, 300, 300, 300, 300, 0, 0), (0, 0, 0, 0, 0, 300, 300)], ids=["equal", "weekend"]
)
def test_a_weekly_paper_has_both_its_passes_whatever_the_week(week: tuple[int, ...]) -> None:
    paper = Task("paper:a", "paper", "A", 100, recurring="weekly")
    claims = claims_of([paper], {}, week, lambda _: 0, date(2026, 12, 7))
    assert claims is not None
    by_day = claims.spans[-1].weekly
    first, second = (next(day for day, n in enumerate(by_day) if n == m) for m in (25, 75))
    assert first < second
