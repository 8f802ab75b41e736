"""When would each task come if the learner kept the author's own weeks and days?"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import islice, pairwise

from zhixing.planner.hours import SATURDAY, Room, Week
from zhixing.records import Task

WEEKDAYS = 5
ONE_WEEK = 7


def own_days(tasks: Sequence[Task], start: date, room: Room, usual: Week) -> list[date] | None:
    """A date for each task: day 1 on Monday … day 5 on Friday, weekend tasks on Saturday.

    The first task's week is the week of `start`; a calendar week that days off leave with less
    than half of its usual minutes is passed over. None where the route's labels give no such
    dates (no weeks, labels that run backwards) or `start` is later in the week than the first
    task's own day.
    """
    if not tasks or any(task.week < 1 for task in tasks):
        return None
    offsets = _offsets(tasks)
    if any(later < earlier for earlier, later in pairwise(offsets)):
        return None
    mondays = list(islice(_study_mondays(start, room, usual), offsets[-1] // ONE_WEEK + 1))
    dates = [mondays[n // ONE_WEEK] + timedelta(days=n % ONE_WEEK) for n in offsets]
    return dates if dates[0] >= start else None


def _offsets(tasks: Sequence[Task]) -> list[int]:
    """Days from the Monday of the first task's week to each task's own day."""
    days = _weekdays_by_week(tasks)
    labels_are_weekdays = all(1 <= day <= ONE_WEEK for week in days.values() for day in week)
    offsets: list[int] = []
    for task in tasks:
        week = days[task.week]
        monday = ONE_WEEK * (task.week - tasks[0].week)
        if task.weekend:
            before = offsets[-1] if offsets else monday
            offsets.append(before + max(0, SATURDAY - before % ONE_WEEK))
        elif labels_are_weekdays:
            offsets.append(monday + task.day - 1)
        else:
            offsets.append(monday + _nth_day(week.index(task.day), len(week)))
    return offsets


def _weekdays_by_week(tasks: Sequence[Task]) -> dict[int, list[int]]:
    """The day labels of each week's weekday tasks, in the author's order."""
    days: dict[int, list[int]] = {}
    for task in tasks:
        seen = days.setdefault(task.week, [])
        if not task.weekend and task.day not in seen:
            seen.append(task.day)
    return days


def _nth_day(n: int, of: int) -> int:
    """Days after Monday of day `n` (from 0) of a unit; one of over a week has five a week."""
    return n if of <= ONE_WEEK else ONE_WEEK * (n // WEEKDAYS) + n % WEEKDAYS


def _study_mondays(start: date, room: Room, usual: Week) -> Iterator[date]:
    """The Mondays, from the week of `start`, of weeks that keep half of their usual minutes."""
    monday = start - timedelta(days=start.weekday())
    while True:
        minutes = sum(room(monday + timedelta(days=n)) for n in range(ONE_WEEK))
        if 2 * minutes >= sum(usual):
            yield monday
        monday += timedelta(days=ONE_WEEK)
