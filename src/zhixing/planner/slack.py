"""Where does work come that may be missed? Only into minutes that nothing else needs.

A recurring task comes once in each calendar week (`weekly`) or on each day (`daily`) that has
room for all of it, from the author's week for it on. An optional task comes once, after the work
before it. Room is what study work leaves; reviews may also use the reserve, which is kept for them.
Their pieces are marked `if_time`. What finds no room, or has no minutes, stays out of the plan.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from zhixing.planner.dated import last_day
from zhixing.planner.hours import Room
from zhixing.planner.laying import Laid
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
    that is done or `finished`.
    """
    if not any(is_extra(task) for task in tasks):
        return
    slack, reserve = _free_minutes(laid, study, whole, first)
    begun, ended = _begun_weeks(laid, tasks), _ended(laid, tasks)
    for place, task in enumerate(tasks):
        if not is_extra(task) or task.done or task.id in finished or task.minutes < 1:
            continue
        opens = begun[task.week] if task.recurring else ended[place]
        for days in _chances(task, [on for on in slack if on >= opens]):
            _put(laid, task, days, slack, reserve)


def _free_minutes(
    laid: Laid, study: Room, whole: Room, first: date
) -> tuple[dict[date, int], dict[date, int]]:
    """What is left of each date's study minutes and, apart, of its reserve; up to the finish."""
    slack: dict[date, int] = {}
    reserve: dict[date, int] = {}
    length = (last_day(laid, first) - first).days + 1 if laid else 0
    for on in (first + timedelta(days=n) for n in range(length)):
        used = sum(piece.minutes for piece in laid.get(on, ()))
        slack[on] = max(0, study(on) - used)
        reserve[on] = max(0, whole(on) - used - slack[on])
    return slack, reserve


def _chances(task: Task, dates: list[date]) -> Iterator[list[date]]:
    """Groups of dates; the task wants one of each group."""
    if not task.recurring:
        yield dates
    elif task.recurring == "daily":
        yield from ([on] for on in dates)
    else:
        weeks: dict[date, list[date]] = {}
        for on in dates:
            weeks.setdefault(on - timedelta(days=on.weekday()), []).append(on)
        yield from weeks.values()


def _put(
    laid: Laid, task: Task, dates: list[date], slack: dict[date, int], reserve: dict[date, int]
) -> None:
    """Put `task` on the first of `dates` with room for all of it, if there is one."""
    for on in dates:
        room = slack[on] + (reserve[on] if task.kind == "review" else 0)
        if room >= task.minutes:
            laid.setdefault(on, []).append(Piece(task.id, task.kind, task.minutes, if_time=True))
            from_slack = min(slack[on], task.minutes)
            slack[on] -= from_slack
            reserve[on] -= task.minutes - from_slack
            return


def _begun_weeks(laid: Laid, tasks: Sequence[Task]) -> dict[int, date]:
    """For each week of the route the first date with work of it or of a later one."""
    week_of = {task.id: task.week for task in tasks}
    begun: dict[int, date] = {}
    for on in sorted(laid):
        for piece in laid[on]:
            begun.setdefault(week_of.get(piece.task, 0), on)
    found = date.max
    for week in sorted({*begun, *week_of.values()}, reverse=True):
        found = min(found, begun.get(week, date.max))
        begun[week] = found
    return begun


def _ended(laid: Laid, tasks: Sequence[Task]) -> list[date]:
    """For each task the last date with planned work before it in the author's order."""
    last = {piece.task: on for on in sorted(laid) for piece in laid[on]}
    ended: list[date] = []
    latest = date.min
    for task in tasks:
        ended.append(latest)
        latest = max(latest, last.get(task.id, date.min))
    return ended
