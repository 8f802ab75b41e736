"""What the plan would become with another rhythm or goal: the ways side by side, and one taken."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form
from fastapi.responses import Response

from zhixing.actions import changing
from zhixing.actions.changing import asked_profile
from zhixing.actions.choosing import TRIAL
from zhixing.actions.foreseeing import doubted_in
from zhixing.actions.outlooks import helps_of
from zhixing.actions.routes import route
from zhixing.actions.standing import with_plan
from zhixing.actions.timelines import free_days
from zhixing.actions.whole_routes import shown_route
from zhixing.actions.wording import DIRECTIONS, WEEKDAYS, duration, long_date
from zhixing.errors import Problem
from zhixing.planner.relaxing import Relaxation
from zhixing.records import Plan, Profile
from zhixing.web.pages.directions import EMPHASIS_NAMES
from zhixing.web.pages.today import running
from zhixing.web.pages.typed import LEAST, Typed, asked_of, from_address, from_form
from zhixing.web.pages.ways import card
from zhixing.web.visit import Visit, VisitDep
from zhixing.words import Sayable, say

router = APIRouter()

ALWAYS = ("route", "hours", "off", "weeks", "last")
OF_THE_PLAN = ("work", "weeks", "last")
"""Lines that each way has its own of: shown beside one another only where there is one way."""
OF_TASKS = frozenset({"pin", "on", "unpin", "drop"})
"""Fields about single tasks, which are asked on the page of the plan."""


@dataclass(frozen=True)
class Line:
    """One line of now and then: what it is called, how it is, how it would be."""

    name: Sayable
    before: str
    after: str


def address_of_help(profile: Profile, change: Relaxation, typed: Typed | None = None) -> str:
    """Where a change that helps is previewed, with what was typed already."""
    asked: dict[str, str] = {}
    if change.name == "hours":
        asked["extra"] = f"{change.amount:g}"
    elif change.name == "reserve":
        asked["reserve"] = f"{100 * change.amount:g}"
    elif change.name == "known":
        asked["known"] = ",".join(sorted(profile.known | set(change.names)))
    elif change.name == "weeks" and profile.deadline is not None:
        later = profile.deadline + datetime.timedelta(weeks=change.amount)
        asked["deadline"] = later.isoformat()
    elif change.name == "drop":
        asked["drop"] = LEAST
    return f"/settings/plan?{urlencode({**(typed or {}), **asked})}" if asked else ""


@router.get("/settings/plan")
def preview(at: VisitDep, typed: Annotated[Typed, Depends(from_address)]) -> Response:
    """What the plan would become, in each way that there is; nothing is kept."""
    _, before, plan = with_plan(at.desk)
    if before.route == TRIAL and "route" not in typed:
        return at.go("/welcome?again=1")
    asked = asked_of(at.desk, before, typed)
    profile = asked_profile(at.desk, asked)
    gone = changing.to_leave_out(at.desk, asked, profile)
    tasks = {task.id: task for task in shown_route(at.desk, profile, at.language).tasks}
    ways = changing.ways(at.desk, profile, gone)
    lines = _compared(
        _facts(at, before, plan),
        _facts(at, profile, ways[-1].plan),
        () if len(ways) == 1 else OF_THE_PLAN,
    )
    best = min((way.plan for way in ways), key=lambda one: one.finish)
    late_by = (best.finish - profile.deadline).days if profile.deadline else 0
    return at.page(
        "settings_plan.html",
        profile=profile,
        today=at.desk.today(),
        late_by=max(0, late_by),
        helps=helps_of(at.desk, profile, best) if late_by > 0 else (),
        help_at=lambda change: address_of_help(profile, change, typed),
        lines=tuple(lines),
        ways=[card(at, plan, way, tasks, profile.deadline, gone) for way in ways],
        later=ways[0].days,
        doubts=doubted_in(at.desk, profile, best),
        asked=typed,
        same=profile == before and not gone,
        seen=plan_seen(plan),
        back=_home_of(typed),
        running=running(at),
    )


def _home_of(typed: Typed) -> str:
    """The page that a change was asked for on."""
    return "/plan" if typed and set(typed) <= OF_TASKS else "/settings"


def _compared(
    old: dict[str, tuple[Sayable, str]],
    new: dict[str, tuple[Sayable, str]],
    without: tuple[str, ...],
) -> Iterator[Line]:
    """The lines that are always shown, and those that differ."""
    for name, (called, before) in old.items():
        after = new[name][1]
        if name not in without and (name in ALWAYS or before != after):
            yield Line(called, before, after)


def _facts(at: Visit, profile: Profile, plan: Plan) -> dict[str, tuple[Sayable, str]]:
    """A profile and its plan in words, to be laid beside another."""
    today = at.desk.today()
    titles = [
        route(at.desk, name, at.language).title for name in (profile.route, *profile.more_routes)
    ]
    left = (plan.finish - max(today, plan.days[0].date if plan.days else today)).days
    none = at.said(say("none"))
    return {
        "route": (say("route"), " → ".join(titles)),
        "hours": (say("hours a week"), _hours(sum(profile.minutes))),
        "week": (say("Monday to Sunday"), " · ".join(_hours(m) for m in profile.minutes)),
        "clock": (say("times of day"), _clocks(at, profile) or none),
        "off": (say("days off ahead"), f"{_days_off(profile, plan, today)}"),
        "holidays": (say("public holidays"), profile.holidays or none),
        "reserve": (say("kept free for review and slack"), f"{profile.reserve:.0%}"),
        "direction": (
            say("direction"),
            at.said(DIRECTIONS[profile.direction]) if profile.direction in DIRECTIONS else none,
        ),
        "emphasis": (say("what comes first"), at.said(EMPHASIS_NAMES[profile.emphasis])),
        "deadline": (say("deadline"), _day(at, profile.deadline) or none),
        "known": (say("skills known before"), f"{len(profile.known)}"),
        "pins": (say("tasks kept on a day"), _pins(at, profile) or none),
        "work": (say("work that is planned"), at.said(duration(_open_minutes(plan, today)))),
        "weeks": (say("weeks left"), f"{max(0, -(-left // 7))}"),
        "last": (say("last day, if every day is kept"), _day(at, plan.finish)),
    }


def _days_off(profile: Profile, plan: Plan, today: datetime.date) -> int:
    """Days off from today on: those the learner named, and public holidays until the last day."""
    named = {day for day in profile.days_off if day >= today}
    return len(named | free_days(profile, today, plan.finish))


def _hours(minutes: int) -> str:
    return f"{round(minutes / 60, 2):g}"


def _open_minutes(plan: Plan, today: datetime.date) -> int:
    return sum(p.minutes for day in plan.days if day.date >= today
               for p in day.pieces if not p.if_time)  # fmt: skip


def _day(at: Visit, on: datetime.date | None) -> str:
    return at.said(long_date(on)) if on else ""


def _pins(at: Visit, profile: Profile) -> str:
    if not profile.pins:
        return ""
    titles = {task.id: task.title for task in shown_route(at.desk, profile, at.language).tasks}
    dated = sorted(profile.pins.items(), key=lambda pin: (pin[1], pin[0]))
    return " · ".join(f"{titles.get(task, task)} ({on.isoformat()})" for task, on in dated)


def _clocks(at: Visit, profile: Profile) -> str:
    """Mon 19:00–21:00 …: the blocks of a week in one line."""
    return " · ".join(
        f"{at.said(WEEKDAYS[day])} "
        + ", ".join(f"{_clock(start)}–{_clock(start + long)}" for start, long in blocks)
        for day, blocks in enumerate(profile.blocks)
        if blocks
    )


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


@router.post("/settings/hours/accept")
def accept(
    at: VisitDep,
    typed: Annotated[Typed, Depends(from_form)],
    way: Annotated[str, Form()] = "",
    seen: Annotated[str, Form()] = "",
) -> Response:
    """Take one of the ways, if its end is still what the page showed."""
    with at.house.writing:
        _, before, plan = with_plan(at.desk)
        asked = asked_of(at.desk, before, typed)
        if seen and seen != plan_seen(plan):
            if asked_profile(at.desk, asked) == before:
                return at.go(f"{_home_of(typed)}?did=plan")  # a second click
            raise Problem(
                say("the plan changed meanwhile"),
                say("what would change"),
                say("look at it again: nothing has moved"),
            )
        changing.take(at.desk, asked, way)
    return at.go(f"{_home_of(typed)}?did=plan")


def plan_seen(plan: Plan) -> str:
    """A mark of a plan: a page that shows it can tell whether it still stands."""
    return f"{plan.finish.isoformat()} {len(plan.days)} {sum(day.minutes for day in plan.days)}"
