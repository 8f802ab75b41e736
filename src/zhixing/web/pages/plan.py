"""The plan: as a calendar, as a Gantt chart, week by week; how it ends; what was missed and the
ways on."""

from typing import Annotated, Any

from fastapi import APIRouter, Form
from fastapi.responses import Response

from zhixing.actions import planning
from zhixing.actions.desk import Desk
from zhixing.actions.foreseeing import doubted
from zhixing.actions.outlooks import outlook
from zhixing.actions.planning import PlanRow
from zhixing.actions.standing import standing, week_number, with_plan
from zhixing.actions.taken_back import last_change
from zhixing.actions.timelines import timeline
from zhixing.actions.whole_routes import shown_route
from zhixing.errors import Problem
from zhixing.records import Plan, Profile
from zhixing.web.gantt import gantt
from zhixing.web.pages import exports
from zhixing.web.pages.months import SHORT_WEEKDAYS, calendar_of, to_keep
from zhixing.web.pages.previews import address_of_help
from zhixing.web.pages.today import GONE, IS_GONE, running
from zhixing.web.pages.ways import card, way_of
from zhixing.web.pages.week import days_of, week_at
from zhixing.web.visit import Visit, VisitDep
from zhixing.words import Said, say

router = APIRouter()
router.include_router(exports.router)

VIEWS: dict[str, Said] = {
    "calendar": say("Calendar"), "gantt": say("Gantt"), "weeks": say("All weeks"),
}  # fmt: skip
DID: dict[str, Said] = {
    "plan": say("The plan has changed."),
    "sheet": say("What the sheet says is taken in."),
    "notes": say("The notes of the sheet are saved."),
    GONE: IS_GONE,
}
NOT_UNDONE = ("notes", GONE)
"""After these nothing is offered to be taken back."""


@router.get("/plan")
def plan_page(
    at: VisitDep,
    week: int | None = None,
    view: str = "calendar",
    did: str = "",
    day: str = "",
) -> Response:
    """The plan as one of the VIEWS, and the days of one week; `day` is the one to open."""
    if standing(at.desk).plan is None:
        return at.go("/")  # where a plan is made
    _, profile, plan = with_plan(at.desk)
    return at.page(
        "plan.html",
        did=DID.get(did),
        can_undo=did not in NOT_UNDONE,
        last_change=planning.last_change(at.desk),
        undoes=last_change(at.desk),
        plan=plan,
        profile=profile,
        today=at.desk.today(),
        outlook=outlook(at.desk),
        doubts=doubted(at.desk),
        help_at=lambda change: address_of_help(profile, change),
        hours=sum(profile.minutes) / 60,
        **_drawn(at, view if view in VIEWS else "calendar", planning.rows(at.desk)),
        **_in_words(at, profile, plan, week),
        opened=day,
        running=running(at),
    )


def _drawn(at: Visit, view: str, rows: tuple[PlanRow, ...]) -> dict[str, Any]:
    """The whole plan as a calendar, or as a chart; all weeks are a table of what `_in_words`
    gives."""
    is_calendar = view == "calendar"
    line = timeline(at.desk) if view == "gantt" else None
    return {
        "view": view,
        "VIEWS": VIEWS,
        "months": calendar_of(rows, at.desk.today()) if is_calendar else None,
        "to_keep": tuple(to_keep(rows)) if is_calendar else (),
        "weekdays": SHORT_WEEKDAYS,
        "line": line,
        "chart": gantt(line, at.language) if line else None,
    }


def _in_words(at: Visit, profile: Profile, plan: Plan, week: int | None) -> dict[str, Any]:
    """The weeks, the days of the one that is looked at, and the ways on, with the titles of their
    tasks."""
    found = shown_route(at.desk, profile, at.language)
    tasks = {task.id: task for task in found.tasks}
    weeks = planning.weeks(at.desk)
    shown = week or week_at(weeks, at.desk.today())
    ways = [way_of(plan, option) for option in planning.ways_on(at.desk)]
    return {
        "title": found.title,
        "weeks": weeks,
        "shown": shown,
        "days": tuple(days_of(at, planning.rows(at.desk, shown), tasks)) if weeks else (),
        "week_of": lambda on: week_number(plan, on),
        "ways": [card(at, plan, way, tasks, profile.deadline) for way in ways],
        "seen": seen_by(at.desk),
    }


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
