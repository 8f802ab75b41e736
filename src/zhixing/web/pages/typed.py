"""What is typed about time and goals, in fields of forms and addresses, as what is asked for."""

import datetime
from collections.abc import Mapping
from typing import cast

from fastapi import Request

from zhixing.actions.changing import EMPHASES, Asked
from zhixing.actions.desk import Desk
from zhixing.actions.profiles import (
    FEWEST_HOURS,
    MOST_HOURS,
    NOTHING,
    WEEKDAYS,
    Emphasis,
    Wishes,
)
from zhixing.actions.wording import DIRECTIONS, long_date
from zhixing.errors import Problem
from zhixing.planner.hours import PRESETS
from zhixing.records import Profile
from zhixing.words import Said, say

Typed = Mapping[str, str]
"""Field -> what was typed; a field that stands there several times is joined by commas."""

FIELDS = (
    "hours", "route", "free", "work", "preset", "week", "begins", "again", "for", "holidays",
    "country", "direction", "emphasis", "deadline", "known", "pin", "on", "unpin", "after",
    "extra", "reserve", "drop",
)  # fmt: skip
LONGEST_BREAK = 366
"""Days."""
DAY = datetime.timedelta(days=1)
LAST_MINUTE = 24 * 60
LEAST = "least"
"""Of the work, what has to go for the deadline."""
OTHER = "other"


def from_address(request: Request) -> Typed:
    """The fields of an address. Fields that nobody filled in are left out."""
    return _named({name: request.query_params.getlist(name) for name in FIELDS})


async def from_form(request: Request) -> Typed:
    """The same of a form that was sent."""
    form = await request.form()
    return _named({name: [str(one) for one in form.getlist(name)] for name in FIELDS})


def _named(fields: Mapping[str, list[str]]) -> Typed:
    joined = {name: ",".join(values) for name, values in fields.items()}
    return {name: value for name, value in joined.items() if value.strip(", ")}


def asked_of(desk: Desk, profile: Profile, typed: Typed) -> Asked:
    """What was asked for; what was not asked for stays as it is. Problem for what is none."""
    blocks = blocks_typed(typed) if {"begins", "again"} & set(typed) else ()
    wishes = Wishes(
        route=typed.get("route"),
        hours_per_week=hours_typed(typed["hours"]) if "hours" in typed else None,
        days_off=_days_off(profile, typed.get("free", ""), typed.get("work", "")),
        preset=_one_of("preset", typed.get("preset"), tuple(PRESETS)),
        blocks=blocks,
        holidays=_country(typed),
        emphasis=cast("Emphasis | None", _one_of("emphasis", typed.get("emphasis"), EMPHASES)),
        known=frozenset(_names(typed["known"])) if "known" in typed else None,
        pins=_pins(typed),
        more_routes=_names(typed["after"]) if "after" in typed else None,
    )
    return Asked(
        wishes,
        week=week_typed(typed["week"]) if "week" in typed and not blocks else None,
        more=round(_number(typed["extra"], say("minutes"))) if "extra" in typed else None,
        reserve=_number(typed["reserve"], say("the reserve")) / 100 if "reserve" in typed else None,
        deadline=(_deadline(desk, typed["deadline"]),) if "deadline" in typed else None,
        direction=(_direction(typed["direction"]),) if "direction" in typed else None,
        without=frozenset(_names(typed.get("unpin", ""))),
        fewer=_one_of("drop", typed.get("drop"), (LEAST,)) is not None,
    )


def _names(typed: str) -> tuple[str, ...]:
    return tuple(name for one in typed.split(",") if (name := one.strip()))


def _one_of(name: str, typed: str | None, known: tuple[str, ...]) -> str | None:
    if typed is not None and typed not in known:
        raise _none_of(name, typed, known)
    return typed


def _none_of(name: str, typed: str, known: tuple[str, ...]) -> Problem:
    return Problem(
        say('"{value}" is none of the answers offered', value=typed[:40]),
        name,
        say("choose one of: {known}", known=", ".join(known)),
    )


def _direction(typed: str) -> str | None:
    if typed == NOTHING:
        return None
    return _one_of("direction", typed, tuple(DIRECTIONS))


def _country(typed: Typed) -> str | None:
    chosen = typed.get("holidays")
    return typed.get("country", NOTHING).strip() if chosen == OTHER else chosen


def _pins(typed: Typed) -> tuple[tuple[str, datetime.date], ...]:
    if "pin" not in typed:
        return ()
    return ((typed["pin"], _date(typed.get("on", ""), say("the day to keep it on"))),)


def _deadline(desk: Desk, typed: str) -> datetime.date | None:
    if typed == NOTHING:
        return None
    deadline = _date(typed, say("the deadline"))
    if deadline <= desk.today():
        raise Problem(
            say("the deadline, {day}, is not ahead", day=long_date(deadline)),
            say("the deadline"),
            say("choose a day after today"),
        )
    return deadline


def _date(typed: str, where: Said) -> datetime.date:
    try:
        return datetime.date.fromisoformat(typed.strip())
    except ValueError:
        raise Problem(
            say('"{value}" is not a day', value=typed[:40]), where, say("choose a day")
        ) from None


def _number(typed: str, where: Said) -> float:
    """A number as people type it, with a point or a comma, at least 0."""
    try:
        number = float(typed.strip().replace("，", ".").replace(",", "."))
    except ValueError:
        number = -1.0
    if not 0 <= number <= 10_000:
        raise Problem(
            say('"{value}" is not a number', value=typed[:40]), where, say("write a number")
        )
    return number


# --- hours, and when they begin -----------------------------------------------------------------


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


def week_typed(typed: str) -> tuple[int, ...]:
    """Minutes from Monday to Sunday of seven numbers of hours; an empty one is none."""
    where = say("hours for each weekday")
    return tuple(round(60 * _number(one or "0", where)) for one in typed.split(","))


def blocks_typed(typed: Typed) -> tuple[str, ...]:
    """Lines such as "mon 19:00-21:00" of the fields of a week: `week` hours from `begins` on, and
    `for` hours more from `again` on."""
    lines = []
    for hours_in, begins_in in (("week", "begins"), ("for", "again")):
        hours = [*typed.get(hours_in, "").split(","), *[""] * 7]
        begins = [*typed.get(begins_in, "").split(","), *[""] * 7]
        for day, long, clock in zip(WEEKDAYS, hours, begins, strict=False):
            minutes = round(60 * _number(long or "0", say("hours for each weekday")))
            if minutes:
                lines.append(_block(day, clock, minutes))
    return tuple(lines)


def _block(day: str, clock: str, minutes: int) -> str:
    try:
        time = datetime.time.fromisoformat(clock.strip().zfill(len("09:00")))
    except ValueError:
        raise Problem(
            say("on some days with hours it is not said when they begin"),
            say("hours for each weekday"),
            say("write when they begin on every day that has hours, or on none"),
        ) from None
    start = time.hour * 60 + time.minute
    end = start + minutes
    if end > LAST_MINUTE:
        raise Problem(
            say("{hours} h from {clock} on run past midnight", hours=f"{minutes / 60:g}",
                clock=clock.strip()),
            say("hours for each weekday"),
            say("begin earlier, or put what is left on the next day"),
        )  # fmt: skip
    return f"{day} {start // 60}:{start % 60:02}-{end // 60}:{end % 60:02}"


# --- days off -----------------------------------------------------------------------------------


def _days_off(profile: Profile, free: str, work: str) -> frozenset[datetime.date] | None:
    if not free and not work:
        return None
    off = set(profile.days_off)
    if free:
        off |= set(days_typed(*_ends(free)))
    if work:
        off -= set(days_typed(*_ends(work)))
    return frozenset(off)


def days_typed(first: str, last: str) -> tuple[datetime.date, ...]:
    """The days from the first to the last. Problem for what are none, or too many."""
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


def _ends(days: str) -> tuple[str, str]:
    first, _, last = days.partition("..")
    return first, last
