"""The plan: a calendar, its weeks, what was missed and the ways on, hours."""

import calendar
import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import Response

from zhixing.actions import planning, taskbook
from zhixing.actions.desk import Desk
from zhixing.actions.planning import PlanRow
from zhixing.actions.standing import standing, week_number, with_plan
from zhixing.actions.weekpacks import week_pack
from zhixing.actions.whole_routes import shown_route
from zhixing.errors import Problem
from zhixing.records import Plan, Task
from zhixing.web.pages.today import address_of, running
from zhixing.web.visit import Visit, VisitDep
from zhixing.words import say

router = APIRouter()

DAYS_SHOWN = 6
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
def plan_page(at: VisitDep, week: int | None = None) -> Response:
    _, profile, plan = with_plan(at.desk)
    listed = planning.rows(at.desk)
    weeks = planning.weeks(at.desk)
    today = at.desk.today()
    shown = week or next((w.number for w in weeks if 0 <= (today - w.monday).days < 7), 1)
    found = shown_route(at.desk, profile, at.language)
    tasks = {task.id: task for task in found.tasks}
    return at.page(
        "plan.html",
        last_change=planning.last_change(at.desk),
        title=found.title,
        plan=plan,
        profile=profile,
        today=today,
        months=tuple(months(listed, today)),
        weeks=weeks,
        shown=shown,
        days=tuple(days_of(at, planning.rows(at.desk, shown), tasks)),
        options=(options := planning.ways_on(at.desk)),
        ahead={one.name: tuple(_ahead(one.plan, tasks, today)) for one in options},
        seen=seen_by(at.desk),
        hours=sum(profile.minutes) / 60,
        weekdays=SHORT_WEEKDAYS,
        week_of=lambda on: week_number(plan, on),
        running=running(at),
    )


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
class DayRows:
    date: datetime.date
    minutes: int
    rows: tuple[tuple[PlanRow, str], ...]


def days_of(at: Visit, rows: tuple[PlanRow, ...], tasks: dict[str, Task]) -> Iterator[DayRows]:
    """The days of a week, each piece with the page it is done on."""
    for on, some in groupby(rows, key=lambda row: row.date):
        listed = tuple((r, address_of(at.desk, tasks[r.task])) for r in some if r.task in tasks)
        yield DayRows(on, sum(row.minutes for row, _ in listed), listed)


@dataclass(frozen=True)
class DayAhead:
    date: datetime.date
    minutes: int
    titles: tuple[str, ...]


def _ahead(plan: Plan, tasks: dict[str, Task], today: datetime.date) -> Iterator[DayAhead]:
    """The next days of a plan that is offered."""
    busy = [day for day in plan.days if day.date >= today and day.pieces]
    for day in busy[:DAYS_SHOWN]:
        titles = tuple(tasks[p.task].title for p in day.pieces if p.task in tasks)
        yield DayAhead(day.date, day.minutes, titles)


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


@router.get("/plan/week.zip")
def as_week_pack(at: VisitDep, week: int | None = None) -> Response:
    pack = week_pack(at.desk, week)
    headers = {"Content-Disposition": f'attachment; filename="{pack.name}"'}
    return Response(pack.content, media_type="application/zip", headers=headers)


@router.get("/plan/plan.md")
def as_markdown(at: VisitDep, week: int | None = None) -> Response:
    text = taskbook.taskbook(at.desk, week)
    headers = {"Content-Disposition": 'attachment; filename="zhixing-plan.md"'}
    return Response(text, media_type="text/markdown; charset=utf-8", headers=headers)
