"""Hours, days off, another goal: how time is set now, and what is asked to be changed."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, ClassVar
from urllib.parse import urlencode

from fastapi import APIRouter, Form
from fastapi.responses import Response

from zhixing.actions.changing import skills_of, ticked_skills
from zhixing.actions.choosing import AFTER, TRIAL
from zhixing.actions.feasts import Feast, feasts
from zhixing.actions.routes import all_routes, route
from zhixing.actions.standing import standing
from zhixing.actions.whole_routes import shown_route
from zhixing.actions.wording import DIRECTIONS, WEEKDAYS
from zhixing.planner.hours import PRESETS
from zhixing.records import Profile, Skill
from zhixing.web.pages import previews
from zhixing.web.pages.directions import EMPHASIS_NAMES, PRESET_NAMES
from zhixing.web.pages.typed import days_typed, hours_typed
from zhixing.web.visit import Visit, VisitDep

router = APIRouter()
router.include_router(previews.router)

DAY = datetime.timedelta(days=1)
YEAR = 365


@dataclass(frozen=True)
class Break:
    """Days off in a row."""

    first: datetime.date
    last: datetime.date


@dataclass(frozen=True)
class DayTime:
    """A weekday: its hours, as typed, and when they begin; a second block of it."""

    hours: str
    begins: str
    more: str
    again: str


@dataclass(frozen=True)
class Pin:
    task: str
    title: str
    date: datetime.date


@dataclass(frozen=True)
class Rhythm:
    """How the learner's time is set now. `week` are hours from Monday to Sunday; `chain` and
    `routes` are (id, title) of the routes that follow and of all there are; `ticked` are skills
    that the roadmap ticks off and the plan does not know."""

    profile: Profile
    hours: float
    week: tuple[DayTime, ...]
    preset: str
    breaks: tuple[Break, ...]
    route_title: str
    routes: tuple[tuple[str, str], ...]
    chain: tuple[tuple[str, str], ...]
    goes_on: str
    directions: tuple[str, ...]
    feasts: tuple[Feast, ...]
    skills: tuple[Skill, ...]
    ticked: frozenset[str]
    pins: tuple[Pin, ...]
    is_trial: bool
    finish: datetime.date
    directions_called: ClassVar = DIRECTIONS
    emphases: ClassVar = EMPHASIS_NAMES
    presets: ClassVar = PRESET_NAMES
    weekdays: ClassVar = WEEKDAYS


def rhythm_of(at: Visit) -> Rhythm | None:
    """How it is set now; None before there is a plan."""
    now = standing(at.desk)
    if now.profile is None or now.plan is None:
        return None
    profile, today = now.profile, at.desk.today()
    titles = {name: route(at.desk, name, at.language).title for name in all_routes(at.desk)}
    found = shown_route(at.desk, profile, at.language)
    after = AFTER.get((profile.route, *profile.more_routes)[-1], "")
    return Rhythm(
        profile=profile,
        hours=sum(profile.minutes) / 60,
        week=week_shown(profile),
        preset=next((name for name, week in PRESETS.items() if week == profile.minutes), ""),
        breaks=breaks_of(day for day in profile.days_off if day >= today),
        route_title=titles.get(profile.route, profile.route),
        routes=tuple((name, titles[name]) for name in sorted(titles) if name != TRIAL),
        chain=tuple((name, titles.get(name, name)) for name in profile.more_routes),
        goes_on=after if after in titles else "",
        directions=found.directions or tuple(DIRECTIONS),
        feasts=feasts(profile.holidays, today, today + YEAR * DAY),
        skills=skills_of(at.desk, profile),
        ticked=ticked_skills(at.desk, profile),
        pins=_pins(at, profile),
        is_trial=profile.route == TRIAL,
        finish=now.plan.finish,
    )


def week_shown(profile: Profile) -> tuple[DayTime, ...]:
    """The week as its form shows it: hours, and the first two blocks of a day where there are
    blocks."""
    if not profile.blocks:
        return tuple(
            DayTime(f"{round(minutes / 60, 2):g}", "", "", "") for minutes in profile.minutes
        )
    shown = []
    for blocks in profile.blocks:
        (begins, long), (again, more) = (*blocks, (0, 0), (0, 0))[:2]
        shown.append(DayTime(_hours(long), _clock(begins, long), _hours(more), _clock(again, more)))
    return tuple(shown)


def _hours(minutes: int) -> str:
    return f"{round(minutes / 60, 2):g}" if minutes else ""


def _clock(start: int, minutes: int) -> str:
    return f"{start // 60:02}:{start % 60:02}" if minutes else ""


def _pins(at: Visit, profile: Profile) -> tuple[Pin, ...]:
    if not profile.pins:
        return ()
    titles = {task.id: task.title for task in shown_route(at.desk, profile, at.language).tasks}
    dated = sorted(profile.pins.items(), key=lambda pin: (pin[1], pin[0]))
    return tuple(Pin(task, titles.get(task, task), on) for task, on in dated)


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
    days = days_typed(first, last or first)
    name = "work" if what == "work" else "free"
    return _preview_of(at, **{name: f"{days[0].isoformat()}..{days[-1].isoformat()}"})


def _preview_of(at: Visit, **asked: str) -> Response:
    return at.go(f"/settings/plan?{urlencode(asked)}")
