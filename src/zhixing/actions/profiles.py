"""What a person says about their time, and the profile that it makes."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from zhixing.actions.desk import Desk, at_hand
from zhixing.actions.holidays import check_country
from zhixing.actions.routes import find_task, route, short_id
from zhixing.actions.whole_routes import shown_route
from zhixing.actions.wording import long_date
from zhixing.catalog import finding
from zhixing.errors import Problem
from zhixing.planner import hours
from zhixing.records import Profile, Route
from zhixing.words import Language, say

DEFAULT_ROUTE = "math-16-weeks"
DEFAULT_HOURS = 15.0
FEWEST_HOURS, MOST_HOURS = 0.5, 60.0
"""A week, as one may ask for it at any door."""
FURTHEST_START = datetime.timedelta(days=3660)
"""From today."""
NOTHING = "none"
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

Emphasis = Literal["as-written", "maths-first", "practice-first"]


@dataclass(frozen=True)
class Wishes:
    """What a person says about their time. None = not said: the present profile, or the default.

    `preset` is a name of `hours.PRESETS`; `blocks` are lines such as "mon-fri 19:00-21:00"; `pins`
    are (task as typed, date), `unpinned` tasks as typed that lose theirs; `holidays` is a country
    or "none".
    """

    route: str | None = None
    hours_per_week: float | None = None
    weekday_hours: float | None = None
    weekend_hours: float | None = None
    start: datetime.date | None = None
    days_off: frozenset[datetime.date] | None = None
    direction: str | None = None
    deadline: datetime.date | None = None
    language: Language | None = None
    preset: str | None = None
    no_deadline: bool = False
    unpinned: tuple[str, ...] = ()
    blocks: tuple[str, ...] = ()
    holidays: str | None = None
    emphasis: Emphasis | None = None
    known: frozenset[str] | None = None
    pins: tuple[tuple[str, datetime.date], ...] = ()
    more_routes: tuple[str, ...] | None = None


def profile_of(desk: Desk, wishes: Wishes, before: Profile | None = None) -> Profile:
    """The profile that the wishes make. Problem when they contradict one another."""
    _said_once(wishes)
    within_reason(desk.today(), wishes)
    known = before or Profile(
        route=DEFAULT_ROUTE,
        start=desk.today(),
        minutes=hours.week_of(DEFAULT_HOURS),
        language=desk.language,
    )
    chosen = route(desk, wishes.route or known.route)
    _known_direction(chosen, wishes.direction)
    minutes, blocks = _time(wishes, known)
    profile = replace(
        known,
        route=chosen.id,
        minutes=minutes,
        blocks=blocks,
        start=wishes.start or known.start,
        days_off=wishes.days_off if wishes.days_off is not None else known.days_off,
        direction=wishes.direction or known.direction,
        deadline=None if wishes.no_deadline else wishes.deadline or known.deadline,
        language=wishes.language or known.language,
        holidays=_country(wishes.holidays) if wishes.holidays else known.holidays,
        emphasis=wishes.emphasis or known.emphasis,
        known=_skills(desk, wishes.known) if wishes.known is not None else known.known,
        more_routes=_others(desk, chosen, wishes, known),
    )
    return _pinned(desk, _unpinned(desk, profile, wishes.unpinned), wishes.pins)


def _said_once(wishes: Wishes) -> None:
    ways = {
        "--hours-per-week": wishes.hours_per_week is not None,
        "--weekday, --weekend": (wishes.weekday_hours, wishes.weekend_hours) != (None, None),
        "--preset": wishes.preset is not None,
        "--block": bool(wishes.blocks),
    }
    said = [name for name, is_said in ways.items() if is_said]
    if len(said) > 1:
        raise Problem(
            say("hours are given twice"),
            ", ".join(said),
            say("give --hours-per-week alone, or --weekday and --weekend"),
        )


def within_reason(today: datetime.date, wishes: Wishes) -> None:
    """Problem for hours, a first day or a deadline that no door takes."""
    hours_a_week, start, deadline = wishes.hours_per_week, wishes.start, wishes.deadline
    if hours_a_week is not None and not FEWEST_HOURS <= hours_a_week <= MOST_HOURS:
        raise Problem(
            say('"{value}" is not a number of hours a week', value=f"{hours_a_week:g}"),
            say("hours a week"),
            say("write a number from 0.5 to 60, such as 15"),
        )
    if start is not None and start > today + FURTHEST_START:
        raise Problem(
            say('"{value}" is not a day to start on', value=start.isoformat()),
            say("the first day"),
            say("choose today or a day within the next ten years"),
        )
    if deadline is not None and deadline <= today:
        raise Problem(
            say("the deadline, {day}, is not ahead", day=long_date(deadline)),
            say("the deadline"),
            say("choose a day after today"),
        )


def _time(wishes: Wishes, known: Profile) -> tuple[hours.Week, hours.Blocks]:
    """The minutes of a week and, where they have clock times, its blocks."""
    if wishes.blocks:
        blocks = blocks_of(wishes.blocks)
        return hours.week_of_blocks(blocks), blocks
    if wishes.preset is not None:
        return hours.PRESETS[wishes.preset], ()
    if wishes.hours_per_week is not None:
        return hours.week_of(wishes.hours_per_week), ()
    if wishes.weekday_hours is None and wishes.weekend_hours is None:
        return known.minutes, known.blocks
    return hours.week_from(wishes.weekday_hours or 0.0, wishes.weekend_hours or 0.0), ()


def blocks_of(lines: Sequence[str]) -> hours.Blocks:
    """Blocks of each weekday from lines as "mon-fri 19:00-21:00" or "sat 9:00-12:00"."""
    days: list[list[tuple[int, int]]] = [[] for _ in WEEKDAYS]
    for line in lines:
        found = re.fullmatch(
            r"(\w{3})(?:-(\w{3}))?\s+(\d\d?):(\d\d)-(\d\d?):(\d\d)", line.strip().lower()
        )
        if found is None or not {found[1], found[2] or found[1]} <= set(WEEKDAYS):
            raise Problem(
                say('"{line}" is no block of a day', line=line),
                "--block",
                say('write "mon-fri 19:00-21:00" or "sat 9:00-12:00"'),
            )
        first, last = WEEKDAYS.index(found[1]), WEEKDAYS.index(found[2] or found[1])
        start = int(found[3]) * 60 + int(found[4])
        end = int(found[5]) * 60 + int(found[6])
        for day in range(first, last + 1):
            days[day].append((start, end - start))
    return tuple(tuple(sorted(day)) for day in days)


def _known_direction(chosen: Route, direction: str | None) -> None:
    if direction is not None and chosen.directions and direction not in chosen.directions:
        raise Problem(
            say(
                'route {route} has no direction "{direction}"', route=chosen.id, direction=direction
            ),
            say("--direction"),
            say("choose one of: {known}", known=", ".join(chosen.directions)),
        )


def _country(typed: str) -> str | None:
    if typed.casefold() == NOTHING:
        return None
    check_country(typed.upper())
    return typed.upper()


def _skills(desk: Desk, typed: frozenset[str]) -> frozenset[str]:
    """The skills, each of which the catalog has; "none" for none."""
    names = typed - {NOTHING}
    return frozenset(at_hand(desk, finding.skill, name).id for name in names)


def _others(desk: Desk, chosen: Route, wishes: Wishes, known: Profile) -> tuple[str, ...]:
    """The routes that follow. Problem: one of them twice, or the first one again."""
    if wishes.more_routes is None:
        return tuple(name for name in known.more_routes if name != chosen.id)
    chain = [chosen.id]
    for name in wishes.more_routes:
        if name == NOTHING:
            continue
        if (found := route(desk, name).id) in chain:
            raise Problem(
                say("route {route} is in the chain already: a route is done once", route=found),
                say("the routes that follow"),
                say("name each route once; without one, nothing follows: `--then none`"),
            )
        chain.append(found)
    return tuple(chain[1:])


def _unpinned(desk: Desk, profile: Profile, typed: Sequence[str]) -> Profile:
    """Without the pins of these tasks. Problem: a task that has none."""
    if not typed:
        return profile
    whole, kept = shown_route(desk, profile), dict(profile.pins)
    for name in typed:
        task = find_task(whole, name)
        if kept.pop(task.id, None) is None:
            raise Problem(
                say("{task} is not kept on a day", task=task.title),
                "--pin",
                say("kept on a day are: {tasks}",
                    tasks=", ".join(short_id(whole, one) for one in kept) or NOTHING),
            )  # fmt: skip
    return replace(profile, pins=kept)


def _pinned(desk: Desk, profile: Profile, pins: Sequence[tuple[str, datetime.date]]) -> Profile:
    if not pins:
        return profile
    whole = shown_route(desk, profile)
    dates = {find_task(whole, typed).id: on for typed, on in pins}
    return replace(profile, pins={**profile.pins, **dates})
