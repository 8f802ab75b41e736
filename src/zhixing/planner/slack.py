"""Where does work come that may be missed? Only into minutes that nothing else needs.

A recurring task comes once in each calendar month (`monthly`) or week (`weekly`) or on each day
(`daily`) that has room for all of it, from the author's week for it on; papers in passes, each with
room of its own. An optional task comes once, after the work before it. Room is what study work
leaves; reviews may also use the reserve, which is kept for them. Nothing brings a fourth subject to
a day. Pieces are marked `if_time`. What finds no room, or has no minutes, stays out of the plan.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from itertools import groupby

from zhixing.planner.dated import last_day
from zhixing.planner.hours import Room
from zhixing.planner.laying import ONE_DAY, Laid
from zhixing.planner.lines import MOST_SUBJECTS
from zhixing.planner.recurring import halves, portions
from zhixing.records import Piece, Task


def is_extra(task: Task) -> bool:
    """Whether missing the task delays nothing: it is optional or comes back."""
    return task.optional or bool(task.recurring)


def add_extras(
    laid: Laid,
    tasks: Sequence[Task],
    study: Room,
    whole: Room,
    first: date,
    finished: frozenset[str],
) -> None:
    """Put the optional and recurring ones of `tasks` (all of the route) into the slack of `laid`.

    `study` and `whole` give a date's minutes without and with the reserve. Nothing comes of a task
    that is done or `finished`, or that is in `laid` already.
    """
    asked = [
        (place, task)
        for place, task in enumerate(tasks)
        if (task.optional or task.recurring)
        and not (task.done or task.id in finished or task.minutes < 1)
    ]
    if not asked:
        return
    asked.sort(key=lambda one: _turn(one[1]))
    last = {piece.task: on for on in sorted(laid) for piece in laid[on]}
    reviews = any(task.kind == "review" for _, task in asked)
    free = _free_minutes(laid, tasks, study, whole, first, reviews)
    begun = _begun_weeks(laid, tasks)
    ended = _ended(last, tasks)
    for place, task in asked:
        if task.id in last:
            continue
        opens = begun[task.week] if task.recurring else ended[place]
        for need in task.needs:
            opens = max(opens, last.get(need, date.min))
        sittings, shorter = portions(task), halves(task)
        for days in free.chances(task, opens):
            if not _put(laid, task, sittings, days, free) and shorter:
                _put(laid, task, shorter, days, free)


@dataclass(slots=True)
class _Free:
    """What is left of each date's study minutes (`slack`, where there is any) and, for reviews
    alone, of its reserve; up to the finish."""

    laid: Laid
    days: list[date]
    slack: dict[date, int]
    reserve: dict[date, int]
    subject_of: Mapping[str, str]
    groups: dict[tuple[str, bool], list[list[date]]] = field(default_factory=dict)

    def chances(self, task: Task, opens: date) -> Iterable[Sequence[date]]:
        """Groups of dates from `opens` on; the task wants one of each group."""
        review = task.kind == "review"
        key = task.recurring, review
        if key not in self.groups:
            days = list(self.slack)
            if review:
                days = [on for on in self.days if on in self.slack or self.reserve[on]]
            rounds = groupby(days, partial(round_of, task.recurring))
            self.groups[key] = [list(found) for _, found in rounds]
        for days in self.groups[key]:
            if days[0] >= opens:
                yield days
            elif days[-1] >= opens:
                yield days[bisect_left(days, opens) :]

    def fits(self, on: date, task: Task, minutes: int) -> bool:
        """Whether a date has so many minutes for the task, and it brings no fourth subject."""
        room = self.slack.get(on, 0)
        if task.kind == "review":
            room += self.reserve[on]
        if room < minutes:
            return False
        pieces = self.laid.get(on, ())
        if not task.subject or len(pieces) < MOST_SUBJECTS:
            return True
        there = {self.subject_of[piece.task] for piece in pieces if piece.task in self.subject_of}
        return len(there | {task.subject}) <= MOST_SUBJECTS

    def take(self, on: date, minutes: int) -> None:
        from_slack = min(self.slack.get(on, 0), minutes)
        if from_slack:
            self.slack[on] -= from_slack
        if minutes > from_slack:
            self.reserve[on] -= minutes - from_slack


def _turn(task: Task) -> tuple[int, int]:
    """Monthly work first, which has the fewest chances; then what comes back oftener, the longest
    sitting first, so that none takes the minutes that a longer one keeps; last what comes once."""
    if not task.recurring:
        return 2, 0
    return int(task.recurring != "monthly"), -portions(task)[0]


def round_of(recurring: str, on: date) -> object:
    """What the dates of one round share (a week, a month, a day); there is one round only of what
    does not recur."""
    if recurring == "weekly":
        return on.toordinal() - on.weekday()
    if recurring == "monthly":
        return on.year, on.month
    return on if recurring == "daily" else None


def _free_minutes(
    laid: Laid, tasks: Sequence[Task], study: Room, whole: Room, first: date, reviews: bool
) -> _Free:
    """What `laid` leaves of each date; of the reserve for `reviews` alone."""
    free = _Free(laid, [], {}, {}, {task.id: task.subject for task in tasks if task.subject})
    last, on = last_day(laid, first), first
    while laid and on <= last:
        used = 0
        for piece in laid.get(on, ()):
            used += piece.minutes
        room = study(on)
        free.days.append(on)
        if room > used:
            free.slack[on] = room - used
        if reviews:
            free.reserve[on] = max(0, whole(on) - max(used, room))
        on += ONE_DAY
    return free


def _put(
    laid: Laid, task: Task, sittings: Sequence[int], dates: Iterable[date], free: _Free
) -> bool:
    """Put the portions of `task`, one a day, on the first of `dates` with room for each; whether
    there was room for any."""
    next_one = 0
    for on in dates:
        minutes = sittings[next_one]
        if free.fits(on, task, minutes):
            laid.setdefault(on, []).append(Piece(task.id, task.kind, minutes, True))
            free.take(on, minutes)
            next_one += 1
            if next_one == len(sittings):
                break
    return next_one > 0


def _begun_weeks(laid: Laid, tasks: Sequence[Task]) -> dict[int, date]:
    """For each week of the route the first date with work of it or of a later one."""
    week_of = {task.id: task.week for task in tasks}
    begun = dict.fromkeys(week_of.values(), date.max)
    left = set(begun)
    for on in sorted(laid):
        if not left:
            break
        for piece in laid[on]:
            week = week_of.get(piece.task, 0)
            if week in left:
                begun[week] = on
                left.discard(week)
    found = date.max
    for week in sorted(begun, reverse=True):
        found = begun[week] = min(found, begun[week])
    return begun


def _ended(last: Mapping[str, date], tasks: Sequence[Task]) -> list[date]:
    """For each task the last date with planned work before it in the author's order."""
    ended = [date.min]
    latest = date.min
    for task in tasks:
        on = last.get(task.id)
        if on is not None and on > latest:
            latest = on
        ended.append(latest)
    return ended
