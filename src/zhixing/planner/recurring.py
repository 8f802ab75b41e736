"""How much of a week does work take that comes back, and in which portions?

A route that asks for two problems and a paper every week asks for those hours. In a packed plan
they get minutes of their own: each weekly portion a weekday, the one with most to spare; monthly
ones a day of the month's first week; a daily one a bit of every day. Never over a quarter of the
week, and never for what is optional or a review: these take what is left. Work that begins with a
later week of the route, or with a route further down a chain, claims nothing before: what stands
ahead of it is reckoned against the minutes there are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from zhixing.planner.dated import earliest_finish
from zhixing.planner.hours import Room, Week
from zhixing.records import Task

FIRST_PASS, SECOND_PASS = 25, 75
"""Minutes of the first two passes over a paper; Keshav (2007) has three."""
MOST_OF_A_WEEK = 0.25
LEFT_OF_A_DAY = 50
"""Minutes: room for two of the smallest pieces, so that other work always goes on."""
ONE_WEEK = 7
WEEKS_APART = {"monthly": 4}


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


def halves(task: Task) -> tuple[int, ...]:
    """The same in two sittings, for what comes once a month and is too long for one day; () for
    any other task."""
    if task.recurring != "monthly" or task.kind == "paper" or task.minutes <= SECOND_PASS:
        return ()
    return task.minutes - task.minutes // 2, task.minutes // 2


@dataclass(frozen=True, slots=True)
class Span:
    """Minutes of Monday to Sunday that recurring work keeps for itself from `first` on, each week
    and, apart, in the first seven days of a month."""

    first: date
    weekly: Sequence[int]
    monthly: Sequence[int]


@dataclass(frozen=True, slots=True)
class Claims:
    """What recurring work keeps for itself: the last span that has begun counts, and no other."""

    spans: Sequence[Span]

    def claimed(self) -> Room:
        """The minutes of each date that are kept."""
        span = self.spans[-1]
        first, weekly, monthly = span.first, span.weekly, span.monthly
        before = Claims(self.spans[:-1]).claimed() if len(self.spans) > 1 else None

        def of(on: date) -> int:
            if on < first:
                return before(on) if before else 0
            weekday = on.weekday()
            return weekly[weekday] + monthly[weekday] if on.day <= ONE_WEEK else weekly[weekday]

        return of

    def leave(self, room: Room) -> Room:
        """What is left of the minutes of each date."""
        claimed = self.claimed()

        def left(on: date) -> int:
            minutes, kept = room(on), claimed(on)
            return minutes - kept if minutes > kept else 0

        return left

    def spare(self, whole: Room, room: Room) -> Room:
        """The minutes of each date with its reserve; on a day of claims what they leave of
        `room`, so that no other work grows into them."""
        claimed = self.claimed()
        return lambda on: max(0, room(on) - kept) if (kept := claimed(on)) else whole(on)


def claims_of(
    tasks: Sequence[Task], minutes: Mapping[str, int], week: Week, room: Room, start: date
) -> Claims | None:
    """What the recurring ones of `tasks` (all of the route) claim of a week of study minutes; None
    for nothing. `minutes` are those of the open work, `room` the study minutes of a date: together
    they say when work that begins with a later week comes."""
    free, weekly, monthly = list(week), [0] * ONE_WEEK, [0] * ONE_WEEK
    budget = int(sum(week) * MOST_OF_A_WEEK)
    spans: list[Span] = []
    claiming = [task for task in tasks if task.recurring and claims_room(task)]
    for task in sorted(claiming, key=lambda task: task.week):
        before = list(weekly), list(monthly)
        for sitting, days in _days_for(task, free):
            asked = sitting * len(days) // WEEKS_APART.get(task.recurring, 1)
            if asked > budget:
                continue
            budget -= asked
            for day in days:
                free[day] -= sitting
                (monthly if task.recurring == "monthly" else weekly)[day] += sitting
        if before != (weekly, monthly):
            ahead = _minutes_before(task.week, tasks, minutes)
            left = Claims(spans).leave(room) if spans else room
            spans.append(Span(_monday_of(ahead, left, start), tuple(weekly), tuple(monthly)))
    return Claims(spans) if spans else None


def claims_room(task: Task) -> bool:
    """Whether a recurring task keeps minutes for itself; one without minutes cannot."""
    return task.minutes > 0 and not (task.optional or task.done or task.kind == "review")


def _minutes_before(week: int, tasks: Sequence[Task], minutes: Mapping[str, int]) -> int:
    """The minutes of open work that stands before the first of this week or of a later one."""
    ahead = 0
    for task in tasks if week > 0 else ():
        if task.id in minutes:
            if task.week >= week:
                break
            ahead += minutes[task.id]
    return ahead


def _monday_of(ahead: int, room: Room, start: date) -> date:
    """The Monday of the week in which so many minutes are done; the start where there are none."""
    if not ahead:
        return start
    on = earliest_finish(ahead, room, start)
    return on - timedelta(days=on.weekday())


def _days_for(task: Task, free: Sequence[int]) -> list[tuple[int, list[int]]]:
    """The portions of a round, each with the weekdays that give it: all that can for daily work,
    else the freest; the first pass over a paper comes before the second. The third has none."""
    asked = portions(task)[:2]
    if not _able(asked[-1], free, ONE_WEEK):
        asked = halves(task) or asked
    if task.recurring == "daily":
        return [(asked[0], _able(asked[0], free, ONE_WEEK))]
    *first, last = asked
    able = _able(last, free, ONE_WEEK)
    if first:
        able = [day for day in able if _able(first[0], free, day)]
    if not able and first:  # no day for the second pass: at least the first has its own
        first, last = [], first[0]
        able = _able(last, free, ONE_WEEK)
    if not able:
        return []
    on = _freest(able, free)
    before = [(first[0], [_freest(_able(first[0], free, on), free)])] if first else []
    return [(last, [on]), *before]


def _freest(days: Sequence[int], free: Sequence[int]) -> int:
    """The day that can spare most, the earlier of two alike."""
    return max(days, key=lambda day: (free[day], -day))


def _able(minutes: int, free: Sequence[int], until: int) -> list[int]:
    """The weekdays before `until` that can spare so many minutes."""
    return [day for day in range(until) if free[day] - minutes >= LEFT_OF_A_DAY]
