"""The plan as a calendar: its months, and the tasks that can be kept on a day."""

import calendar
import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from zhixing.actions.planning import PlanRow
from zhixing.words import say

MOST_MONTHS, MONTHS_NEAR = 8, 6
MOST_TO_KEEP = 60
SHORT_WEEKDAYS = (
    say("Mo"), say("Tu"), say("We"), say("Th"), say("Fr"), say("Sa"), say("Su"),
)  # fmt: skip


@dataclass(frozen=True)
class Cell:
    """A day of the calendar: `state` is open, done, part, missed or none."""

    date: datetime.date
    state: str
    minutes: int
    titles: tuple[str, ...]


@dataclass(frozen=True)
class Month:
    first: datetime.date
    weeks: tuple[tuple[Cell | None, ...], ...]


@dataclass(frozen=True)
class Months:
    """The months around today, and those further away."""

    before: tuple[Month, ...]
    near: tuple[Month, ...]
    after: tuple[Month, ...]


def calendar_of(rows: tuple[PlanRow, ...], today: datetime.date) -> Months:
    """The months of the plan; a long one shows the half year from last month on first."""
    listed = tuple(months(rows, today))
    here = next((n for n, one in enumerate(listed) if one.first == today.replace(day=1)), 0)
    first = max(0, here - 1) if len(listed) > MOST_MONTHS else 0
    last = first + MONTHS_NEAR if len(listed) > MOST_MONTHS else len(listed)
    return Months(listed[:first], listed[first:last], listed[last:])


def months(rows: tuple[PlanRow, ...], today: datetime.date) -> Iterator[Month]:
    """The calendar from the first day of the plan to its last, a month at a time."""
    if not rows:
        return
    by_day = {on: tuple(some) for on, some in groupby(rows, key=lambda row: row.date)}
    first, last = min(*by_day, today), max(*by_day, today)
    on = first.replace(day=1)
    while on <= last:
        weeks = calendar.Calendar().monthdatescalendar(on.year, on.month)
        yield Month(on, tuple(tuple(_cell(d, on, by_day) for d in week) for week in weeks))
        on = (on + datetime.timedelta(days=31)).replace(day=1)


def _cell(
    on: datetime.date, month: datetime.date, by_day: dict[datetime.date, tuple[PlanRow, ...]]
) -> Cell | None:
    if on.month != month.month:
        return None
    rows = by_day.get(on, ())
    return Cell(on, _state(rows), sum(r.minutes for r in rows), tuple(r.title for r in rows))


def _state(rows: tuple[PlanRow, ...]) -> str:
    states = {row.state for row in rows}
    if not states:
        return "none"
    if "missed" in states:
        return "missed"
    if states <= {"done", "skipped"}:
        return "done"
    return "part" if "done" in states else "open"


def to_keep(rows: tuple[PlanRow, ...]) -> Iterator[PlanRow]:
    """The next open tasks, each where it stands first: those that a form under the calendar
    offers to keep on a day."""
    ahead: dict[str, PlanRow] = {}
    for row in rows:
        if row.state in ("open", "missed"):
            ahead.setdefault(row.task, row)
    yield from list(ahead.values())[:MOST_TO_KEEP]
