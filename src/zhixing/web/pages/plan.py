"""The plan: as a calendar, as a Gantt chart, week by week; how it ends; what was missed and the
ways on."""

import calendar
import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import Response

from zhixing.actions import planning
from zhixing.actions.desk import Desk
from zhixing.actions.foreseeing import doubted
from zhixing.actions.outlooks import outlook, reasons_of
from zhixing.actions.planning import PlanRow, PlanWeek
from zhixing.actions.standing import standing, week_number, with_plan
from zhixing.actions.taken_back import last_change
from zhixing.actions.timelines import timeline
from zhixing.actions.whole_routes import shown_route
from zhixing.errors import Problem
from zhixing.records import Task
from zhixing.web.gantt import gantt
from zhixing.web.pages import exports
from zhixing.web.pages.previews import address_of_help
from zhixing.web.pages.today import address_of, running
from zhixing.web.pages.ways import card, way_of
from zhixing.web.visit import Visit, VisitDep
from zhixing.words import Said, say

router = APIRouter()
router.include_router(exports.router)

VIEWS: dict[str, Said] = {
    "calendar": say("Calendar"), "gantt": say("Gantt"), "weeks": say("All weeks"),
}  # fmt: skip
MOST_MONTHS, MONTHS_NEAR = 8, 6
MOST_TO_KEEP = 60
DID: dict[str, Said] = {
    "plan": say("The plan has changed."),
    "sheet": say("What the sheet says is taken in."),
    "notes": say("The notes of the sheet are saved."),
}
DRAWN = ("gantt", "weeks")
"""Views other than the calendar."""
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


@router.get("/plan")
def plan_page(
    at: VisitDep,
    week: int | None = None,
    view: str = "calendar",
    did: str = "",
    day: str = "",
) -> Response:
    _, profile, plan = with_plan(at.desk)
    weeks = planning.weeks(at.desk)
    today = at.desk.today()
    shown = week or _week_at(weeks, today)
    rows = planning.rows(at.desk)
    found = shown_route(at.desk, profile, at.language)
    tasks = {task.id: task for task in found.tasks}
    ways = [way_of(plan, option) for option in planning.ways_on(at.desk)]
    return at.page(
        "plan.html",
        did=DID.get(did),
        can_undo=did != "notes",
        last_change=planning.last_change(at.desk),
        undoes=last_change(at.desk),
        title=found.title,
        plan=plan,
        profile=profile,
        today=today,
        outlook=outlook(at.desk),
        doubts=doubted(at.desk),
        help_at=lambda change: address_of_help(profile, change),
        view=view if view in VIEWS else "calendar",
        VIEWS=VIEWS,
        months=calendar_of(rows, today) if view not in DRAWN else None,
        to_keep=tuple(_to_keep(rows)) if view not in DRAWN else (),
        opened=day,
        line=(line := timeline(at.desk) if view == "gantt" else None),
        chart=gantt(line, at.language) if line else None,
        weeks=weeks,
        shown=shown,
        days=tuple(days_of(at, planning.rows(at.desk, shown), tasks)) if weeks else (),
        ways=[card(at, plan, way, tasks, profile.deadline) for way in ways],
        seen=seen_by(at.desk),
        hours=sum(profile.minutes) / 60,
        weekdays=SHORT_WEEKDAYS,
        week_of=lambda on: week_number(plan, on),
        running=running(at),
    )


def _to_keep(rows: tuple[PlanRow, ...]) -> Iterator[PlanRow]:
    """The next open tasks, each where it stands first: those that a form under the calendar
    offers to keep on a day."""
    ahead: dict[str, PlanRow] = {}
    for row in rows:
        if row.state in ("open", "missed"):
            ahead.setdefault(row.task, row)
    yield from list(ahead.values())[:MOST_TO_KEEP]


def _week_at(weeks: tuple[PlanWeek, ...], today: datetime.date) -> int:
    """The week of today; on a Sunday on which nothing is left of it, the next one."""
    ahead = (
        week
        for week in weeks
        if (today - week.monday).days < 7
        and any(week.minutes[max(0, (today - week.monday).days) :])
    )
    return next((week.number for week in ahead), len(weeks) or 1)


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


def days_of(at: Visit, rows: tuple[PlanRow, ...], tasks: dict[str, Task]) -> Iterator[DayRows]:
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


@router.post("/plan/choose")
def choose(at: VisitDep, name: Annotated[str, Form()], seen: str = "") -> Response:
    """Take one of the ways on, if it is still what this page showed; taken twice, it is one."""
    with at.house.writing:
        if not seen or seen == seen_by(at.desk):
            planning.choose(at.desk, name)
        elif not _taken_already(at.desk, name, seen):
            raise Problem(
                say("this page is from another day, or the plan changed meanwhile"),
                say("the ways on"),
                say("look at them again: nothing has moved"),
            )
    return at.go("/plan?did=plan")


def seen_by(desk: Desk) -> str:
    """What the ways on were worked out from: a plan and a day."""
    accepted = standing(desk).accepted
    return f"{accepted.id if accepted else ''} {desk.today()}"


def _taken_already(desk: Desk, name: str, seen: str) -> bool:
    accepted = standing(desk).accepted
    return (
        accepted is not None
        and accepted.because == name
        and f"{accepted.replaces} {desk.today()}" == seen
    )
