"""Another rhythm, another goal: what a learner asks to be changed, the ways to take that into the
plan, and that one of them is taken."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, get_args

from zhixing.actions import planning
from zhixing.actions.desk import Desk
from zhixing.actions.holidays import with_days_off
from zhixing.actions.profiles import Emphasis, Wishes, profile_of
from zhixing.actions.remembering import remembered
from zhixing.actions.replanning import least_to_leave_out
from zhixing.actions.standing import with_plan
from zhixing.actions.whole_routes import asked_route, shown_route
from zhixing.errors import Problem
from zhixing.planner import hours
from zhixing.planner.replanning import options
from zhixing.records import (
    Plan,
    Profile,
    ReplanOption,
    ReplanWay,
    Skill,
)
from zhixing.words import Said, say

ANEW: Literal["anew"] = "anew"
KEEP: Literal["keep"] = "keep"
CHANGED, FEWER = "change", "fewer"
"""Why a plan was accepted: a profile was set with it, and with the latter tasks were left out;
undoing takes all of it back."""
MOST_MINUTES_A_DAY = round(hours.MOST_HOURS_A_DAY * 60)
LEAST_MINUTES_A_WEEK = 30
MOST_RESERVE = 0.4
EMPHASES: tuple[Emphasis, ...] = get_args(Emphasis)

WayName = ReplanWay | Literal["anew", "keep"]


@dataclass(frozen=True)
class Asked:
    """What is to change; None = as it is. `week` are minutes from Monday to Sunday, `more` minutes
    a week more in the shape that the week has, `without` tasks that lose their pin. `deadline` and
    `direction` are in tuples, because none at all can be asked for too. `fewer` = the least work
    that has to go for the deadline is left out."""

    wishes: Wishes = field(default_factory=Wishes)
    week: tuple[int, ...] | None = None
    more: int | None = None
    reserve: float | None = None
    deadline: tuple[datetime.date | None] | None = None
    direction: tuple[str | None] | None = None
    without: frozenset[str] = frozenset()
    fewer: bool = False


@dataclass(frozen=True)
class Way:
    """A way to take a change into the plan. `option` is None for laying it all out anew, and for
    a plan that fits already and stays."""

    name: WayName
    plan: Plan
    moved: int
    days: int
    option: ReplanOption | None = None


def asked_profile(desk: Desk, asked: Asked) -> Profile:
    """The profile as it would be. Problem: what is asked for contradicts itself or cannot be."""
    _, before, _ = with_plan(desk)
    if asked.direction is not None and asked.direction[0] is None:
        before = replace(before, direction=None)
    if asked.without:
        kept = {task: on for task, on in before.pins.items() if task not in asked.without}
        before = replace(before, pins=kept)
    profile = profile_of(desk, asked.wishes, before)
    if asked.direction is not None:
        profile = replace(profile, direction=asked.direction[0])
    if asked.deadline is not None:
        profile = replace(profile, deadline=asked.deadline[0])
    if asked.week is not None:
        profile = replace(profile, minutes=_checked(asked.week), blocks=())
    if asked.more is not None:
        profile = replace(profile, minutes=_with_more(profile.minutes, asked.more), blocks=())
    if asked.reserve is not None:
        profile = replace(profile, reserve=_reserve(asked.reserve))
    return profile


def _checked(minutes: Iterable[int]) -> hours.Week:
    week = tuple(minutes)
    if len(week) != 7 or not all(0 <= day <= MOST_MINUTES_A_DAY for day in week):
        raise _no_week(say("an amount for each weekday, from 0 to 16 hours"))
    if sum(week) < LEAST_MINUTES_A_WEEK:
        raise _no_week(say("half an hour a week at least"))
    monday, tuesday, wednesday, thursday, friday, saturday, sunday = week
    return monday, tuesday, wednesday, thursday, friday, saturday, sunday


def _no_week(wanted: Said) -> Problem:
    return Problem(say("these hours make no week"), say("hours for each weekday"), wanted)


def _with_more(week: hours.Week, more: int) -> hours.Week:
    """`more` minutes a week, shared out as the week's own are, in steps of five minutes."""
    total = sum(week) or 1
    wanted = [day * (1 + more / total) / hours.STEP for day in week]
    steps = [int(day) for day in wanted]
    by_remainder = sorted(range(7), key=lambda n: (steps[n] - wanted[n], n))
    for day in by_remainder[: round((sum(week) + more) / hours.STEP) - sum(steps)]:
        steps[day] += 1
    return _checked(count * hours.STEP for count in steps)


def _reserve(share: float) -> float:
    if not 0 <= share <= MOST_RESERVE:
        raise Problem(
            say("{share} is no reserve", share=f"{share:.0%}"),
            say("the reserve"),
            say("keep from 0 to 40 percent free"),
        )
    return share


# --- the ways -----------------------------------------------------------------------------------


def to_leave_out(desk: Desk, asked: Asked, profile: Profile) -> tuple[str, ...]:
    """The tasks that go with what is asked for; () unless that is asked for."""
    return least_to_leave_out(desk, profile) if asked.fewer else ()


def ways(desk: Desk, profile: Profile, left_out: tuple[str, ...] = ()) -> tuple[Way, ...]:
    """How the plan in force can take in the profile: the ways that move few pieces first, and all
    laid out anew last. Where another route is asked for, or tasks go, there is only the latter.
    Problem: the profile cannot be planned."""
    return remembered(desk, "ways", (profile, left_out), lambda: _ways(desk, profile, left_out))


def _ways(desk: Desk, profile: Profile, left_out: tuple[str, ...]) -> tuple[Way, ...]:
    now, before, plan = with_plan(desk)
    if left_out or profile.route != before.route:
        return (_anew(desk, profile, plan, left_out),)
    asked, dated = asked_route(desk, profile), with_days_off(profile)
    found = options(plan, asked, dated, now.worked(), now.finished, desk.today())
    gentle = [
        Way(one.name, one.plan, one.moved, (one.plan.finish - plan.finish).days, one)
        for one in found
    ] or [Way(KEEP, plan, 0, 0)]
    try:
        anew = _anew(desk, profile, plan)
    except Problem:
        if not found:
            raise
        return tuple(gentle)
    others = [way for way in gentle if way.plan.days != anew.plan.days]
    if gentle[0].name == KEEP and (anew.moved, anew.days) == (0, 0):
        return (gentle[0],)
    if profile.emphasis != before.emphasis:
        return (anew, *others)
    return (*others, anew)


def _anew(desk: Desk, profile: Profile, plan: Plan, left_out: tuple[str, ...] = ()) -> Way:
    start = max(profile.start, desk.today())
    anew = planning.laid_out(desk, profile, start, frozenset(left_out))
    moved = _moved(plan, anew, desk.today())
    return Way(ANEW, anew, moved, (anew.finish - plan.finish).days)


def _moved(before: Plan, after: Plan, today: datetime.date) -> int:
    """How many pieces from today on are no longer whole on their date."""
    there = _minutes(after, today)
    return sum(there.get(place, 0) < minutes for place, minutes in _minutes(before, today).items())


def _minutes(plan: Plan, today: datetime.date) -> Mapping[tuple[datetime.date, str], int]:
    found: dict[tuple[datetime.date, str], int] = {}
    for day in plan.days:
        for piece in day.pieces if day.date >= today else ():
            found[day.date, piece.task] = found.get((day.date, piece.task), 0) + piece.minutes
    return found


def take(desk: Desk, asked: Asked, name: str = "") -> Way:
    """Set the profile and accept the plan of one way, together; "" is the last one, which is all
    laid out anew where that can be. Problem: no such way today."""
    profile = asked_profile(desk, asked)
    left_out = to_leave_out(desk, asked, profile)
    offered = ways(desk, profile, left_out)
    named = (way for way in offered if way.name == name)
    chosen = next(named, None) if name else offered[-1]
    if chosen is None:
        raise Problem(
            say('"{name}" is not possible today', name=name[:40]),
            say("the ways to take it in"),
            say("possible: {names}", names=", ".join(way.name for way in offered)),
        )
    planning.accept(desk, profile, chosen.plan, FEWER if left_out else CHANGED, left_out)
    return chosen


# --- what is known before -----------------------------------------------------------------------


def ticked_skills(desk: Desk, profile: Profile) -> frozenset[str]:
    """Skills whose work the roadmap itself ticks off, all of it, and the profile does not know."""
    ticked: set[str] = set()
    still_open: set[str] = set()
    for task in shown_route(desk, profile).tasks:
        for skill in task.references("skill"):
            (ticked if task.done else still_open).add(skill)
    return frozenset(ticked - still_open) & frozenset(desk.catalog.skills) - profile.known


def skills_of(desk: Desk, profile: Profile) -> tuple[Skill, ...]:
    """The skills that the routes of a profile name, in their order, and those it knows already."""
    named = (
        skill for task in shown_route(desk, profile).tasks for skill in task.references("skill")
    )
    listed = dict.fromkeys((*named, *sorted(profile.known)))
    return tuple(desk.catalog.skills[name] for name in listed if name in desk.catalog.skills)
