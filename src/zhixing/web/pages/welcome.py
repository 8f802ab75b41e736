"""The first run: three questions, a route and a preview of its plan, two days to try it first."""

import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query
from fastapi.responses import Response

from zhixing.actions import choosing, welcome
from zhixing.actions.choosing import TRIAL, Answers
from zhixing.actions.desk import Desk
from zhixing.actions.foreseeing import doubted_in
from zhixing.actions.profiles import FURTHEST_START
from zhixing.actions.routes import all_routes, route
from zhixing.actions.standing import standing
from zhixing.actions.wording import DIRECTIONS
from zhixing.errors import Problem
from zhixing.records import Plan
from zhixing.web.pages.typed import hours_typed
from zhixing.web.visit import Visit, VisitDep
from zhixing.words import say

router = APIRouter()


@router.get("/welcome")
def first_run(
    at: VisitDep, again: str = "", route_id: Annotated[str, Query(alias="route")] = ""
) -> Response:
    begun = standing(at.desk).plan is not None
    if not (route_id or again or begun):
        route_id = last_brought(at.desk)
    wished = welcome.wished_profile(at.desk)
    hours = sum(wished.minutes) / 60 if wished else choosing.stated_hours(at.desk, route_id)
    answers = Answers(hours_per_week=hours)
    return at.page(
        "welcome.html",
        answers=answers,
        DIRECTIONS=DIRECTIONS,
        begun=begun,
        again=bool(again),
        **offered(at, answers, route_id or None),
    )


def last_brought(desk: Desk) -> str:
    """The roadmap of the learner's own that was kept last and can be read; "" without one."""
    here = set(all_routes(desk)) - set(desk.catalog.routes)
    return next((name for name in reversed(standing(desk).imported) if name in here), "")


@router.post("/welcome/preview")
def preview(
    at: VisitDep,
    coding: Annotated[str, Form()] = "some",
    maths: Annotated[str, Form()] = "faded",
    hours: Annotated[str, Form()] = "15",
    start: Annotated[str, Form()] = "",
    route_id: Annotated[str, Form(alias="route")] = "",
    direction: Annotated[str, Form()] = "",
    goal: Annotated[str, Form()] = "understand",
) -> Response:
    """What these answers would give; nothing is kept."""
    answers = answers_of(at.desk, (coding, maths, goal), hours, start, direction)
    offer = offered(at, answers, route_id or None)
    return at.page("fragments/offer.html", answers=answers, **offer)


@router.post("/welcome/begin")
def begin(
    at: VisitDep,
    coding: Annotated[str, Form()] = "some",
    maths: Annotated[str, Form()] = "faded",
    hours: Annotated[str, Form()] = "15",
    start: Annotated[str, Form()] = "",
    first: Annotated[str, Form()] = "trial",
    route_id: Annotated[str, Form(alias="route")] = "",
    direction: Annotated[str, Form()] = "",
    goal: Annotated[str, Form()] = "understand",
) -> Response:
    answers = answers_of(at.desk, (coding, maths, goal), hours, start, direction)
    wishes = welcome.wishes_of(at.desk, answers, route_id or None)
    with at.house.writing:
        if first == "trial" and welcome.has_trial(at.desk):
            welcome.begin_trial(at.desk, wishes)
        else:
            welcome.begin_plan(at.desk, wishes)
    return at.go("/")


@router.post("/welcome/keep")
def keep(at: VisitDep) -> Response:
    with at.house.writing:
        welcome.keep_plan(at.desk)
    return at.go("/?did=plan")


def answers_of(
    desk: Desk, said: tuple[str, str, str], hours: str, start: str, direction: str
) -> Answers:
    """The answers as typed. Problem for what is no answer."""
    coding, maths, goal = said
    known = (coding in choosing.CODING, maths in choosing.MATHS, goal in choosing.GOALS)
    if not all(known) or direction not in ("", *DIRECTIONS):
        raise Problem(
            say("this is none of the answers offered"),
            say("the three questions"),
            say("load the page again, and choose one of each"),
        )
    hours_a_week = hours_typed(hours)
    return Answers(coding, maths, hours_a_week, _day(desk, start), direction or None, goal)


def _day(desk: Desk, typed: str) -> datetime.date | None:
    if not typed.strip():
        return None
    try:
        day = datetime.date.fromisoformat(typed.strip())
    except ValueError:
        day = datetime.date.min
    if not desk.today() <= day <= desk.today() + FURTHEST_START:
        raise Problem(
            say('"{value}" is not a day to start on', value=typed[:40]),
            say("the first day"),
            say("choose today or a day within the next ten years"),
        )
    return day


def offered(at: Visit, answers: Answers, route_id: str | None) -> dict[str, Any]:
    """The route that fits, the plan it would give, and the routes there are to choose from."""
    recommended = choosing.recommend(at.desk, answers)
    chosen = route_id or recommended.route
    profile, plan = welcome.preview(at.desk, welcome.wishes_of(at.desk, answers, chosen))
    listed = [route(at.desk, name, at.language) for name in sorted(all_routes(at.desk))]
    return {
        "recommended": recommended,
        "recommended_title": route(at.desk, recommended.route, at.language).title,
        "brought_in": chosen not in at.desk.catalog.routes,
        "chosen": route(at.desk, chosen, at.language),
        "too_early": not choosing.reaches(at.desk, chosen, answers),
        "asked": route_id or "",
        "after": route(at.desk, recommended.after, at.language) if recommended.after else None,
        "routes": [one for one in listed if one.id != TRIAL],
        "plan": plan,
        "profile": profile,
        "doubts": doubted_in(at.desk, profile, plan),
        "weeks": choosing.weeks_of(plan),
        "author": choosing.length_of(route(at.desk, chosen, at.language)),
        "trial": TRIAL,
        "first_days": _first_days(at, plan, chosen),
        "has_trial": welcome.has_trial(at.desk) and choosing.reaches(at.desk, TRIAL, answers),
    }


def _first_days(at: Visit, plan: Plan, route_id: str) -> list[dict[str, object]]:
    titles = {task.id: task for task in route(at.desk, route_id, at.language).tasks}
    busy = [day for day in plan.days if day.pieces][:3]
    return [
        {"date": day.date, "minutes": day.minutes, "tasks": [titles[p.task] for p in day.pieces]}
        for day in busy
    ]
