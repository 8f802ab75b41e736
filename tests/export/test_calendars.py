"""Events of a plan: who they are for good, what a change makes of them, alarms, time zones."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event
from tests.export.plans import days, piece, plan

from zhixing.export.calendars import Hour, Sent, as_ics
from zhixing.export.plan_pieces import PlanExport

NOW = datetime(2026, 12, 7, 19, 0, tzinfo=UTC)
FLOATING = Hour()
TIMES = ((19 * 60, 45), (21 * 60, 15))


def events(given: PlanExport, hour: Hour = FLOATING, **more: object) -> list[Event]:
    raw, _ = as_ics(given, hour, {}, NOW, 1, **more)  # type: ignore[arg-type]
    return list(Calendar.from_ical(raw).events)


def again(
    given: PlanExport, before: Mapping[str, Sent], later: timedelta = timedelta(hours=1)
) -> tuple[dict[str, Event], Mapping[str, Sent]]:
    raw, sent = as_ics(given, FLOATING, before, NOW + later, 1)
    return {str(event["UID"]): event for event in Calendar.from_ical(raw).events}, sent


def test_a_piece_in_two_blocks_is_two_events_with_names_of_their_own() -> None:
    found = events(plan(piece(0, times=TIMES)))
    assert [str(e["UID"]) for e in found] == [
        "r/study:t0@1.home@zhixing", "r/study:t0@1+2.home@zhixing",
    ]  # fmt: skip
    assert [e["DTSTART"].dt for e in found] == [
        datetime(2026, 12, 7, 19, 0), datetime(2026, 12, 7, 21, 0),  # noqa: DTZ001 (floating)
    ]  # fmt: skip
    assert found[0]["DTEND"].dt - found[0]["DTSTART"].dt == timedelta(minutes=45)


def test_what_did_not_change_says_so_and_what_changed_is_later() -> None:
    given = days(10)
    _, sent = as_ics(given, FLOATING, {}, NOW, 3)
    found, same = again(given, sent)
    assert same == sent
    assert {int(e["SEQUENCE"]) for e in found.values()} == {3}
    pieces = (*given.pieces[:5], piece(5, title="Another"), *given.pieces[6:])
    found, _ = again(plan(*pieces), sent)
    later = [uid for uid, event in found.items() if int(event["SEQUENCE"]) == 4]
    assert later == ["2026-12-12.home@zhixing"]
    assert found[later[0]]["LAST-MODIFIED"].dt == NOW + timedelta(hours=1)


def test_what_is_gone_is_cancelled_and_comes_back_anew() -> None:
    given = days(10)
    _, sent = as_ics(given, FLOATING, {}, NOW, 1)
    found, fewer = again(plan(*given.pieces[:8]), sent)
    gone = [uid for uid, event in found.items() if str(event["STATUS"]) == "CANCELLED"]
    assert gone == ["2026-12-15.home@zhixing", "2026-12-16.home@zhixing"]
    found, _ = again(given, fewer)
    assert [int(found[uid]["SEQUENCE"]) for uid in gone] == [3, 3]
    assert {str(event["STATUS"]) for event in found.values()} == {"CONFIRMED"}


def test_the_past_stays_as_it_was_and_old_cancellations_end() -> None:
    _, sent = as_ics(days(10), FLOATING, {}, NOW, 1)
    found, after = again(plan(piece(9)), sent, timedelta(days=5))
    cancelled = {uid[:10] for uid, e in found.items() if str(e["STATUS"]) == "CANCELLED"}
    assert cancelled == {"2026-12-12", "2026-12-13", "2026-12-14", "2026-12-15"}
    _, rest = again(plan(piece(9)), after, timedelta(days=200))
    assert {one.cancelled for one in rest.values()} == {False}


def test_alarms_ring_before_the_hour_or_before_nine() -> None:
    [timed] = events(plan(piece(4, times=TIMES[:1])), Hour(alarm=10))
    assert timed.walk("VALARM")[0]["TRIGGER"].dt == timedelta(minutes=-10)
    [whole] = events(plan(piece(4)), Hour(alarm=10))
    assert whole.walk("VALARM")[0]["TRIGGER"].dt == timedelta(hours=8, minutes=50)
    [done] = events(plan(piece(0, state="done")), Hour(alarm=10))
    assert done.walk("VALARM") == []


def test_a_zone_is_told_with_its_own_rules() -> None:
    zone = ZoneInfo("Europe/Berlin")
    raw, _ = as_ics(plan(piece(0, times=TIMES), piece(200, times=TIMES)), Hour(zone), {}, NOW, 1)
    read = Calendar.from_ical(raw)
    assert [str(one["TZID"]) for one in read.walk("VTIMEZONE")] == ["Europe/Berlin"]
    offsets = [event["DTSTART"].dt.utcoffset() for event in read.events]
    assert offsets == [timedelta(hours=1)] * 2 + [timedelta(hours=2)] * 2


def test_letters_of_any_language_and_signs_survive() -> None:
    title = "向量；与,线性\\组合\n🙂 \x00"
    [event] = events(plan(piece(0, title=title, times=TIMES[:1])))
    assert "向量；与,线性\\组合" in str(event["SUMMARY"])
    [day] = events(plan(piece(0, title=title)))
    assert day["DTSTART"].dt == date(2026, 12, 7)
    assert "🙂" in day["DESCRIPTION"]


def test_a_plan_of_nothing_is_a_calendar_of_nothing() -> None:
    assert events(plan()) == []
