"""How much of a week does work take that comes back, and in which portions?

A route that asks for two problems and a paper every week asks for those hours. In a packed plan
they get minutes of their own: each weekly portion a weekday, the one with most to spare; monthly
ones a day of the month's first week; a daily one a bit of every day. Never over a quarter of the
week, and never for what is optional or a review: these take what is left.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from zhixing.planner.hours import Room, Week
from zhixing.records import Task

FIRST_PASS, SECOND_PASS = 25, 75
"""Minutes of the first two passes over a paper; Keshav (2007) has three."""
MOST_OF_A_WEEK = 0.25
LEFT_OF_A_DAY = 50
"""Minutes: room for two of the smallest pieces, so that other work always goes on."""
ONE_WEEK = 7


def portions(task: Task) -> tuple[int, ...]:
    """The sittings of one round of a task, in minutes: a paper that comes back is read in passes.

    The third pass is what its minutes leave after the first two, and waits for a day with room.
    """
    if task.kind != "paper" or not task.recurring:
        return (task.minutes,)
    passes = (FIRST_PASS, SECOND_PASS, task.minutes)
    found: list[int] = []
    left = task.minutes
    for most in passes:
        if left > 0:
            found.append(min(most, left))
            left -= found[-1]
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Claims:
    """Minutes of Monday to Sunday that recurring work keeps for itself, each week and, apart, in
    the first seven days of a month."""

    weekly: Sequence[int]
    monthly: Sequence[int]

    def of(self, on: date) -> int:
        weekday = on.weekday()
        return self.weekly[weekday] + (self.monthly[weekday] if on.day <= ONE_WEEK else 0)

    def leave(self, room: Room) -> Room:
        """What is left of the minutes of each date."""
        weekly, monthly = self.weekly, self.monthly

        def left(on: date) -> int:
            weekday = on.weekday()
            claimed = weekly[weekday] + (monthly[weekday] if on.day <= ONE_WEEK else 0)
            minutes = room(on)
            return minutes - claimed if minutes > claimed else 0

        return left

    def spare(self, whole: Room, room: Room) -> Room:
        """The minutes of each date with its reserve; on a day of claims what they leave of
        `room`, so that no other work grows into them."""
        return lambda on: max(0, room(on) - claimed) if (claimed := self.of(on)) else whole(on)


def claims_of(tasks: Iterable[Task], week: Week) -> Claims | None:
    """What the recurring ones of `tasks` claim of a week of study minutes; None for nothing."""
    free, weekly, monthly = list(week), [0] * ONE_WEEK, [0] * ONE_WEEK
    budget = int(sum(week) * MOST_OF_A_WEEK)
    for task in tasks:
        if not task.recurring or task.optional or task.done or task.kind == "review":
            continue
        for minutes, days in _days_for(task, free):
            if minutes * len(days) > budget:
                continue
            budget -= minutes * len(days)
            for day in days:
                free[day] -= minutes
                (monthly if task.recurring == "monthly" else weekly)[day] += minutes
    return Claims(weekly, monthly) if any(weekly) or any(monthly) else None


def _days_for(task: Task, free: Sequence[int]) -> list[tuple[int, list[int]]]:
    """The portions of a round, each with the weekdays that give it: all that can for daily work,
    else the freest; the first pass over a paper comes before the second. The third has none."""
    asked = portions(task)[:2]
    if task.recurring == "daily":
        return [(asked[0], _able(asked[0], free, ONE_WEEK))]
    found: list[tuple[int, list[int]]] = []
    until = ONE_WEEK
    for minutes in reversed(asked):
        able = _able(minutes, free, until)
        if not able:
            return []
        until = max(able, key=lambda day: (free[day], -day))
        found.append((minutes, [until]))
    return found


def _able(minutes: int, free: Sequence[int], until: int) -> list[int]:
    """The weekdays before `until` that can spare so many minutes."""
    return [day for day in range(until) if free[day] - minutes >= LEFT_OF_A_DAY]
