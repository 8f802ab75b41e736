"""Four weeks before and after a change, as SVG: a bar a day, another colour where it changes."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from zhixing.records import Piece, Plan

DAYS = 28
WIDE, THICK, TALL, APART, GAP = 11, 8, 26, 10, 6
WEEK = 7
DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class StripDay:
    """A day in two plans: minutes before and after, and whether its pieces differ."""

    date: datetime.date
    before: int
    after: int
    changed: bool


def strip_days(before: Plan, after: Plan, today: datetime.date) -> tuple[StripDay, ...]:
    """The four weeks from today on, in both plans."""
    first = today - today.weekday() * DAY
    old, new = _by_date(before), _by_date(after)
    days = []
    for n in range(DAYS + (WEEK if today.weekday() else 0)):
        on = first + n * DAY
        was, will = old.get(on, ()), new.get(on, ())
        days.append(StripDay(on, _minutes(was), _minutes(will), on >= today and was != will))
    return tuple(days)


def _by_date(plan: Plan) -> Mapping[datetime.date, tuple[Piece, ...]]:
    return {day.date: day.pieces for day in plan.days}


def _minutes(pieces: Sequence[Piece]) -> int:
    return sum(piece.minutes for piece in pieces)


def strip(days: Sequence[StripDay], titles: Sequence[str], said: str) -> Markup:
    """Two rows of bars, before above after; `titles` say each day, `said` all of them."""
    most = max((max(day.before, day.after) for day in days), default=0) or 1
    parts = []
    for n, (day, title) in enumerate(zip(days, titles, strict=True)):
        x = n * WIDE + (n // WEEK) * GAP
        bars = Markup().join(
            Markup('<rect class="load" x="{}" y="{}" width="{}" height="{}" rx="1"/>').format(
                x, round(top + TALL - tall, 1), THICK, tall
            )
            for minutes, top in ((day.before, 0), (day.after, TALL + APART))
            for tall in (max(1.0, round(TALL * minutes / most, 1)),)
        )
        parts.append(
            Markup('<g class="{}"><title>{}</title>{}</g>').format(
                "changed" if day.changed else "same", title, bars
            )
        )
    width = len(days) * WIDE + (len(days) // WEEK) * GAP
    return Markup(
        '<svg class="chart strip" viewBox="0 0 {w} {h}" preserveAspectRatio="none" role="img"'
        ' aria-label="{said}">{parts}</svg>'
    ).format(w=width, h=2 * TALL + APART, said=said, parts=Markup().join(parts))
