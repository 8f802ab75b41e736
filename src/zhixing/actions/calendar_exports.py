"""The plan as a calendar, and what was said of it before: a small file that may be lost."""

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from zhixing.actions import planning
from zhixing.actions.desk import Desk
from zhixing.actions.plan_exports import plan_export
from zhixing.errors import Problem
from zhixing.export.calendars import Hour, Sent, as_ics
from zhixing.words import say

REMEMBERED = "exports/ics.json"
LOCAL_ZONE = Path("/etc/localtime")
ZONES = "zoneinfo/"
LONGEST_ALARM = 7 * 24 * 60


def calendar(
    desk: Desk,
    week: int | None = None,
    alarm: int | None = None,
    floating: bool = False,
    zone: str | None = None,
) -> bytes:
    """The plan in force as iCalendar. Problem: no plan, no such week, an unknown zone.

    Events have the learner's zone where its name can be told, else they float. What they say is
    remembered beside the home's other derived files; without that file, their SEQUENCE is the
    number of all that happened here, which no earlier one passes.
    """
    if alarm is not None and not 0 <= alarm <= LONGEST_ALARM:
        raise Problem(
            say("an alarm {minutes} minutes before is too much", minutes=alarm),
            say("--alarm"),
            say("say between 0 and {most} minutes", most=LONGEST_ALARM),
        )
    hour = Hour(None if floating else _zone(desk, zone), alarm)
    before = _remembered(desk)
    plan = plan_export(desk)
    if week is not None:
        planning.rows(desk, week)  # its Problem says which weeks there are
    content, sent = as_ics(plan, hour, before, desk.now(), desk.store.tally(desk.learner)[0], week)
    if sent != before:
        _remember(desk, sent)
    return content


def _zone(desk: Desk, asked: str | None) -> ZoneInfo | None:
    """The zone that was asked for, else the one that the desk's clock or the system names."""
    if asked is not None:
        try:
            return ZoneInfo(asked)
        except (ZoneInfoNotFoundError, ValueError, OSError) as trouble:
            raise Problem(
                say('there is no time zone "{name}"', name=asked),
                say("--zone"),
                say("name one as Asia/Shanghai, or take --floating: the hours without a zone"),
            ) from trouble
    now = desk.now()
    if isinstance(now.tzinfo, ZoneInfo):
        return now.tzinfo
    with suppress(ZoneInfoNotFoundError, ValueError, OSError):
        system = ZoneInfo(str(LOCAL_ZONE.resolve()).partition(ZONES)[2])
        if now.astimezone(system).utcoffset() == now.utcoffset():
            return system
    return None


def _remembered(desk: Desk) -> Mapping[str, Sent]:
    if desk.cache is None:
        return {}
    with suppress(OSError, msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return msgspec.json.decode((desk.cache / REMEMBERED).read_bytes(), type=dict[str, Sent])
    return {}


def _remember(desk: Desk, sent: Mapping[str, Sent]) -> None:
    """A cache that cannot be written to only costs exactness of SEQUENCE."""
    if desk.cache is None:
        return
    file = desk.cache / REMEMBERED
    fresh = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_bytes(msgspec.json.encode(sent))
        fresh.replace(file)
    except OSError:
        with suppress(OSError):
            fresh.unlink()
