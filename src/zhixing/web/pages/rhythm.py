"""Hours, days off, another route: what the plan would become, and then that it does."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query
from fastapi.responses import Response

from zhixing.actions import planning
from zhixing.actions.choosing import TRIAL
from zhixing.actions.planning import Wishes
from zhixing.actions.routes import all_routes, route
from zhixing.actions.standing import standing, with_plan
from zhixing.errors import Problem
from zhixing.records import Plan, Profile
from zhixing.web.pages.today import running
from zhixing.web.visit import Visit, VisitDep
from zhixing.words import say

router = APIRouter()

FEWEST_HOURS, MOST_HOURS = 0.5, 60
LONGEST_BREAK = 366
"""Days."""
DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Break:
    """Days off in a row."""

    first: datetime.date
    last: datetime.date


@dataclass(frozen=True)
class Rhythm:
    """How the learner's time is set now. `week` are hours from Monday to Sunday."""

    hours: float
    week: tuple[float, ...]
    breaks: tuple[Break, ...]
    past_days_off: int
    route: str
    route_title: str
    routes: tuple[tuple[str, str], ...]
    is_trial: bool
    finish: datetime.date


def rhythm_of(at: Visit) -> Rhythm | None:
    """How it is set now; None before there is a plan."""
    now = standing(at.desk)
    if now.profile is None or now.plan is None:
        return None
    profile, today = now.profile, at.desk.today()
    titles = {name: route(at.desk, name, at.language).title for name in all_routes(at.desk)}
    return Rhythm(
        hours=sum(profile.minutes) / 60,
        week=tuple(minutes / 60 for minutes in profile.minutes),
        breaks=breaks_of(day for day in profile.days_off if day >= today),
        past_days_off=sum(day < today for day in profile.days_off),
        route=profile.route,
        route_title=titles.get(profile.route, profile.route),
        routes=tuple((name, titles[name]) for name in sorted(titles) if name != TRIAL),
        is_trial=profile.route == TRIAL,
        finish=now.plan.finish,
    )


def breaks_of(days: Iterable[datetime.date]) -> tuple[Break, ...]:
    """The days in order, those in a row as one."""
    found: list[Break] = []
    for day in sorted(days):
        if found and day - found[-1].last == DAY:
            found[-1] = Break(found[-1].first, day)
        else:
            found.append(Break(day, day))
    return tuple(found)


# --- asked for ----------------------------------------------------------------------------------


@router.post("/settings/hours")
def ask_hours(at: VisitDep, hours: Annotated[str, Form()]) -> Response:
    return _preview_of(at, hours=f"{hours_typed(hours):g}")


@router.post("/settings/route")
def ask_route(at: VisitDep, route_id: Annotated[str, Form(alias="route")]) -> Response:
    return _preview_of(at, route=route_id)


@router.post("/settings/days-off")
def ask_days_off(
    at: VisitDep,
    first: Annotated[str, Form()],
    last: Annotated[str, Form()] = "",
    what: Annotated[str, Form()] = "free",
) -> Response:
    """`what` is free for days off, work for days taken back from them."""
    days = _days(first, last or first)
    name = "work" if what == "work" else "free"
    return _preview_of(at, **{name: f"{days[0].isoformat()}..{days[-1].isoformat()}"})


def _preview_of(at: Visit, **asked: str) -> Response:
    return at.go(f"/settings/plan?{urlencode(asked)}")


def hours_typed(typed: str) -> float:
    """Hours a week as a person types them. Problem for what is none."""
    try:
        hours = float(typed.strip().replace("，", ".").replace(",", "."))
    except ValueError:
        hours = -1.0
    if not FEWEST_HOURS <= hours <= MOST_HOURS:
        raise Problem(
            say('"{value}" is not a number of hours a week', value=typed[:40]),
            say("hours a week"),
            say("write a number from 0.5 to 60, such as 15"),
        )
    return hours


def _days(first: str, last: str) -> tuple[datetime.date, ...]:
    try:
        start, end = datetime.date.fromisoformat(first), datetime.date.fromisoformat(last)
    except ValueError:
        start, end = datetime.date.max, datetime.date.min
    count = (end - start).days + 1
    if not 1 <= count <= LONGEST_BREAK:
        raise Problem(
            say('"{first}" to "{last}" are no days off', first=first[:20], last=last[:20]),
            say("days off"),
            say("choose a first and a last day, at most a year apart"),
        )
    return tuple(start + n * DAY for n in range(count))


def wishes_of(profile: Profile, hours: str, route_id: str, free: str, work: str) -> Wishes:
    """What was asked for; what was not asked for stays as it is."""
    off = set(profile.days_off)
    if free:
        off |= set(_days(*_ends(free)))
    if work:
        off -= set(_days(*_ends(work)))
    return Wishes(
        route=route_id or None,
        hours_per_week=hours_typed(hours) if hours else None,
        days_off=frozenset(off) if free or work else None,
    )


def _ends(days: str) -> tuple[str, str]:
    first, _, last = days.partition("..")
    return first, last


# --- previewed, and accepted --------------------------------------------------------------------


@dataclass(frozen=True)
class Sketch:
    """A plan in a few numbers, to be laid beside another."""

    title: str
    hours: float
    days_off: int
    finish: datetime.date
    weeks: int


@router.get("/settings/plan")
def preview(
    at: VisitDep,
    hours: str = "",
    route_id: Annotated[str, Query(alias="route")] = "",
    free: str = "",
    work: str = "",
) -> Response:
    """What the plan would become; nothing is kept."""
    _, profile, plan = with_plan(at.desk)
    if profile.route == TRIAL and not route_id:
        return at.go("/welcome?again=1")
    wishes = wishes_of(profile, hours, route_id, free, work)
    new_profile, new_plan = planning.preview(at.desk, wishes)
    return at.page(
        "settings_plan.html",
        old=_sketch(at, profile, plan),
        new=_sketch(at, new_profile, new_plan),
        later=(new_plan.finish - plan.finish).days,
        asked={"hours": hours, "route": route_id, "free": free, "work": work},
        running=running(at),
    )


def _sketch(at: Visit, profile: Profile, plan: Plan) -> Sketch:
    today = at.desk.today()
    left = (plan.finish - max(today, plan.days[0].date if plan.days else today)).days
    return Sketch(
        title=route(at.desk, profile.route, at.language).title,
        hours=sum(profile.minutes) / 60,
        days_off=sum(day >= today for day in profile.days_off),
        finish=plan.finish,
        weeks=max(0, -(-left // 7)),
    )


@router.post("/settings/hours/accept")
def accept(
    at: VisitDep,
    hours: Annotated[str, Form()] = "",
    route_id: Annotated[str, Form(alias="route")] = "",
    free: Annotated[str, Form()] = "",
    work: Annotated[str, Form()] = "",
) -> Response:
    with at.house.writing:
        _, profile, _ = with_plan(at.desk)
        planning.begin_route(at.desk, wishes_of(profile, hours, route_id, free, work))
    return at.go("/settings?did=plan")
