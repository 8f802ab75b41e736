"""One week of the plan, day by day: which it is, and why each piece stands there."""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from zhixing.actions.outlooks import reasons_of
from zhixing.actions.planning import PlanRow, PlanWeek
from zhixing.actions.standing import with_plan
from zhixing.records import Task
from zhixing.web.pages.today import address_of
from zhixing.web.visit import Visit
from zhixing.words import Said


def week_at(weeks: tuple[PlanWeek, ...], today: datetime.date) -> int:
    """The week of today; on a Sunday on which nothing is left of it, the next one."""
    ahead = (
        week
        for week in weeks
        if (today - week.monday).days < 7
        and any(week.minutes[max(0, (today - week.monday).days) :])
    )
    return next((week.number for week in ahead), len(weeks) or 1)


@dataclass(frozen=True)
class RowShown:
    """A piece of a day: the page it is done on, why it stands there, and the day that the learner
    keeps it on, if there is one."""

    row: PlanRow
    href: str
    reasons: tuple[Said, ...]
    pinned: datetime.date | None


@dataclass(frozen=True)
class DayRows:
    date: datetime.date
    minutes: int
    rows: tuple[RowShown, ...]


def days_of(at: Visit, rows: tuple[PlanRow, ...], tasks: Mapping[str, Task]) -> Iterator[DayRows]:
    """The days of a week, each piece with the page it is done on."""
    _, profile, _ = with_plan(at.desk)
    reasons = reasons_of(at.desk, tuple(dict.fromkeys(row.date for row in rows)))
    for on, some in groupby(rows, key=lambda row: row.date):
        why = {(one.piece.task, one.piece.minutes): one.reasons for one in reasons[on]}
        listed = tuple(
            RowShown(
                row,
                address_of(at.desk, tasks[row.task]),
                why.get((row.task, row.minutes), ()),
                profile.pins.get(row.task),
            )
            for row in some
            if row.task in tasks
        )
        yield DayRows(on, sum(one.row.minutes for one in listed), listed)
