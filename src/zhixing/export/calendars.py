"""A plan as an iCalendar file: an event a piece where there are clock times, else one a day.

Imported twice it gives the same events once: each has its own UID for good, and a SEQUENCE that
grows when it changes. An event that was exported and is gone since is sent once more as cancelled.
RFC 5545; RFC 5546 for SEQUENCE.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, Timezone

from zhixing.export.plan_pieces import PlanExport, PlanPiece, days_of, monday_of
from zhixing.words import Language, say

MAKER = "-//Zhixing//plan//EN"
TASKS_NAMED = 2
NINE = 9 * 60
"""The minute of the day from which an alarm of a whole day counts back: midnight helps nobody."""
KEPT_DAYS = 60
"""How long after its date a cancelled event is still sent."""
LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class Sent:
    """What an event said when it was exported last. `at` is when it begins, in UTC or floating;
    None = it is a whole day."""

    sum: str
    sequence: int
    changed: datetime
    title: str
    date: date
    at: datetime | None = None
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Hour:
    """How events are told. `zone` None = floating: the same hour wherever one is; `alarm` is
    minutes before the begin."""

    zone: ZoneInfo | None = None
    alarm: int | None = None


@dataclass(frozen=True, slots=True)
class _Event:
    uid: str
    title: str
    begins: datetime | date
    ends: datetime | date
    text: str
    kinds: tuple[str, ...]
    done: bool


def as_ics(
    plan: PlanExport,
    hour: Hour,
    before: Mapping[str, Sent],
    now: datetime,
    fewest: int,
    week: int | None = None,
) -> tuple[bytes, Mapping[str, Sent]]:
    """The calendar, and what it says, to be given as `before` next time.

    `fewest` is a number that grows with all that happens: an event of which nothing is known, or
    that changed, has no lower SEQUENCE, so that a forgotten `before` does no harm. `week` leaves
    out the events of other weeks, which are no less there.
    """
    events = {event.uid: event for event in _events(plan, hour)}
    sent = {uid: _sent(event, hour, before.get(uid), now, fewest) for uid, event in events.items()}
    gone = {uid: one for uid, one in before.items() if uid not in events}
    sent |= dict(_gone(gone, now, fewest))
    calendar = _calendar(plan, hour)
    mondays = {monday_of(piece.date) for piece in plan.pieces if piece.week == week}
    for uid, one in sent.items():
        if week is None or monday_of(one.date) in mondays:
            calendar.add_component(_component(one, uid, events.get(uid), hour))
    return calendar.to_ical(), sent


# --- events -------------------------------------------------------------------------------------


def _events(plan: PlanExport, hour: Hour) -> Iterator[_Event]:
    timed = any(piece.times for piece in plan.pieces)
    for on, pieces in days_of(plan.pieces):
        if not timed:
            yield _whole_day(plan, on, pieces)
            continue
        for piece in pieces:
            for number, (begins, minutes) in enumerate(piece.times, 1):
                share = f"+{number}" if number > 1 else ""
                yield _timed(plan, piece, share, begins, minutes, hour)


def _timed(
    plan: PlanExport, piece: PlanPiece, share: str, begins: int, minutes: int, hour: Hour
) -> _Event:
    midnight = datetime.combine(piece.date, datetime.min.time())
    first = midnight + timedelta(minutes=begins)
    last = first + timedelta(minutes=minutes)
    text = "\n".join([f"{piece.kind_name} · {_time(minutes, plan.language)}", *_about(piece)])
    return _Event(
        uid=f"{piece.id}{share}.{plan.name}@zhixing",
        title=piece.title[:LONGEST_TITLE],
        begins=first.replace(tzinfo=hour.zone),
        ends=last.replace(tzinfo=hour.zone),
        text=text,
        kinds=(piece.kind_name,),
        done=piece.state == "done",
    )


def _whole_day(plan: PlanExport, on: date, pieces: Sequence[PlanPiece]) -> _Event:
    named = " · ".join(piece.title for piece in pieces[:TASKS_NAMED])
    more = "" if len(pieces) <= TASKS_NAMED else f" · +{len(pieces) - TASKS_NAMED}"
    total = _time(sum(piece.minutes for piece in pieces), plan.language)
    lines = []
    for piece in pieces:
        mark = {"done": "✓", "skipped": "–"}.get(piece.state, "•")
        lines.append(f"{mark} {piece.kind_name} · {piece.title} "
                     f"({_time(piece.minutes, plan.language)})")  # fmt: skip
        lines += [f"   {line}" for line in _about(piece)]
    return _Event(
        uid=f"{on.isoformat()}.{plan.name}@zhixing",
        title=f"{total} · {named}"[:LONGEST_TITLE] + more,
        begins=on,
        ends=on + timedelta(days=1),
        text="\n".join(lines),
        kinds=tuple(dict.fromkeys(piece.kind_name for piece in pieces)),
        done=all(piece.state in ("done", "skipped") for piece in pieces),
    )


def _about(piece: PlanPiece) -> Iterator[str]:
    """What to type for a piece with a lab, and where its links lead."""
    if piece.lab:
        yield f"zhixing start {piece.lab}"
    yield from (f"{link.label}: {link.url}" for link in piece.links)


def _time(minutes: int, language: Language) -> str:
    hours, rest = divmod(minutes, 60)
    if not hours:
        return say("{min} min", min=rest).render(language)
    if not rest:
        return say("{h} h", h=hours).render(language)
    return say("{h} h {min} min", h=hours, min=rest).render(language)


# --- what changed -------------------------------------------------------------------------------


def _sent(event: _Event, hour: Hour, before: Sent | None, now: datetime, fewest: int) -> Sent:
    total = hashlib.blake2b(repr((event, hour.alarm)).encode(), digest_size=12).hexdigest()
    if before is not None and before.sum == total and not before.cancelled:
        return before
    sequence = max(fewest, before.sequence + 1) if before else fewest
    if not isinstance(event.begins, datetime):
        return Sent(total, sequence, _second(now), event.title, event.begins)
    at = event.begins.astimezone(UTC) if event.begins.tzinfo else event.begins
    return Sent(total, sequence, _second(now), event.title, event.begins.date(), at)


def _gone(before: Mapping[str, Sent], now: datetime, fewest: int) -> Iterator[tuple[str, Sent]]:
    """The events to cancel: what lies in the past stays in a calendar as it was."""
    for uid, one in before.items():
        if one.cancelled:
            if one.date >= now.date() - timedelta(days=KEPT_DAYS):
                yield uid, one
        elif one.date >= now.date():
            sequence = max(fewest, one.sequence + 1)
            yield uid, replace(one, sum="", sequence=sequence, changed=_second(now), cancelled=True)


def _second(now: datetime) -> datetime:
    return now.astimezone(UTC).replace(microsecond=0)


# --- components ---------------------------------------------------------------------------------


def _calendar(plan: PlanExport, hour: Hour) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", plan.title)
    if hour.zone is not None and any(piece.times for piece in plan.pieces):
        first, last = plan.first - timedelta(days=366), plan.finish + timedelta(days=732)
        calendar.add("x-wr-timezone", hour.zone.key)
        calendar.add_component(Timezone.from_tzinfo(hour.zone, hour.zone.key, first, last))
    return calendar


def _component(sent: Sent, uid: str, event: _Event | None, hour: Hour) -> Event:
    found = Event()
    found.add("uid", uid)
    found.add("sequence", sent.sequence)
    found.add("dtstamp", sent.changed)
    found.add("last-modified", sent.changed)
    if event is None:
        found.add("dtstart", sent.at or sent.date)
        found.add("summary", sent.title)
        found.add("status", "CANCELLED")
        return found
    found.add("dtstart", event.begins)
    found.add("dtend", event.ends)
    found.add("summary", f"✓ {event.title}" if event.done else event.title)
    found.add("description", event.text)
    found.add("categories", list(event.kinds))
    found.add("status", "CONFIRMED")
    found.add("transp", "OPAQUE" if isinstance(event.begins, datetime) else "TRANSPARENT")
    if hour.alarm is not None and not event.done:
        found.add_component(_alarm(event, hour.alarm))
    return found


def _alarm(event: _Event, minutes: int) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", event.title)
    whole_day = not isinstance(event.begins, datetime)
    alarm.add("trigger", timedelta(minutes=(NINE if whole_day else 0) - minutes))
    return alarm
