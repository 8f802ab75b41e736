"""Today: what now, how long, why this; the timer, done, skip."""

import datetime
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import Response

from zhixing.actions import days, planning
from zhixing.actions.choosing import TRIAL
from zhixing.actions.desk import Desk
from zhixing.actions.leads import built_labs
from zhixing.actions.standing import LONGEST_SITTING, standing
from zhixing.actions.undoing import is_taken_back
from zhixing.actions.welcome import kept_plan, trial_is_over
from zhixing.actions.whole_routes import shown_route
from zhixing.errors import Problem
from zhixing.records import Task
from zhixing.web.showing import lab_url, task_url
from zhixing.web.visit import Visit, VisitDep
from zhixing.words import Said, say

router = APIRouter()

GONE = "gone"
IS_GONE = say("This is already taken back: once is enough.")
"""What a second click on the same button is told, and its name in an address."""
LAST: dict[str, Said] = {
    "done": say("Done, and counted."),
    "skipped": say("Left out; it stays in the route."),
    "plan": say("The plan has changed."),
    GONE: IS_GONE,
}


@router.get("/")
def today(at: VisitDep, did: str = "") -> Response:
    now = standing(at.desk)
    if now.plan is None:
        return at.go("/welcome")
    page = days.today(at.desk)
    return at.page(
        "today.html",
        page=page,
        href=lambda line: address_of(at.desk, line.task),
        did=LAST.get(did),
        can_undo=did != GONE,
        on_trial=page.route == TRIAL,
        trial_over=trial_is_over(page),
        wished=_wished(at.desk) if trial_is_over(page) else None,
        last_change=planning.last_change(at.desk),
        week_days=week_of(at.desk),
        running=running(at),
    )


def _wished(desk: Desk) -> tuple[str, datetime.date, datetime.date] | None:
    """Hours a week, first and last day of the plan that waits behind the trial."""
    kept = kept_plan(desk)
    if kept is None:
        return None
    profile, plan = kept
    return f"{sum(profile.minutes) / 60:g}", profile.start, plan.finish


def address_of(desk: Desk, task: Task) -> str:
    """The page on which a task is done: its lab, or the page of the task itself."""
    labs = built_labs(desk.catalog, task)
    named = task.links[0].url.startswith("lab:") if task.links else False
    return lab_url(labs[0]) if labs and named else task_url(task.id)


@dataclass(frozen=True)
class DayAhead:
    """A day of this week in a word: open, done, missed, today, free."""

    date: datetime.date
    minutes: int
    state: str


def week_of(desk: Desk) -> tuple[DayAhead, ...]:
    """The seven days of this week, with the minutes planned on each."""
    on = desk.today()
    monday = on - datetime.timedelta(days=on.weekday())
    listed: dict[datetime.date, list[planning.PlanRow]] = {}
    for row in planning.rows(desk):
        if 0 <= (row.date - monday).days < 7:
            listed.setdefault(row.date, []).append(row)
    dates = [monday + datetime.timedelta(days=n) for n in range(7)]
    return tuple(_day(each, listed.get(each, []), on) for each in dates)


def _day(on: datetime.date, rows: list[planning.PlanRow], today: datetime.date) -> DayAhead:
    states = {row.state for row in rows}
    state = "free"
    if rows:
        closed = states <= {"done", "skipped"}
        state = "done" if closed else "missed" if "missed" in states else "open"
    return DayAhead(on, sum(row.minutes for row in rows), "today" if on == today else state)


@dataclass(frozen=True)
class Running:
    """The task whose timer runs: where it is done, and since when (ISO 8601)."""

    href: str
    title: str
    since: str


def running(at: Visit) -> Running | None:
    """What the timer at the head of the page shows."""
    now = standing(at.desk)
    if now.running is None or now.profile is None:
        return None
    if at.desk.now() - now.running.at > datetime.timedelta(minutes=LONGEST_SITTING):
        return None  # a timer that ran so long was forgotten
    task = shown_route(at.desk, now.profile, at.language).task(now.running.task)
    if task is None:
        return None
    return Running(address_of(at.desk, task), task.title, now.running.at.isoformat())


@router.post("/task/begin")
def begin(at: VisitDep, id: str) -> Response:
    with at.house.writing:
        task = days.begin(at.desk, id)
    return at.go(address_of(at.desk, task))


@router.post("/task/skip")
def skip(at: VisitDep, id: str) -> Response:
    with at.house.writing:
        if days.done_before(at.desk, id) is None:  # done meanwhile, on another page
            days.skip(at.desk, id)
    return at.go("/?did=skipped")


@router.post("/undo")
def undo(at: VisitDep, what: Annotated[str, Form()] = "") -> Response:
    """Take back the last change, if that is still the one this page spoke of. What is taken back
    already stays so: a second click changes nothing, and is told."""
    with at.house.writing:
        if what in ("", planning.last_change(at.desk)):
            planning.undo(at.desk)
            return at.back()
        if is_taken_back(at.desk, what):
            return at.back(did=GONE)
    raise Problem(
        say("something else was done since: only the last change can be taken back"),
        say("taking back"),
        say("today's page shows what was done last, and takes that back"),
    )
