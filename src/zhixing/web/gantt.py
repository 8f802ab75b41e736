"""The plan as a Gantt chart in SVG: a bar a part of the route, from its first day to its last.

Names stand beside it in the page, in rows of the same height, so that they stay while the dates
scroll. Colours are classes.
"""

import datetime
from collections.abc import Iterator

from markupsafe import Markup

from zhixing.actions.timelines import Span, Timeline, Turn
from zhixing.actions.wording import long_date
from zhixing.words import Language, Said, say

ROW = 30
HEAD = 52
FOOT = 8
BAR = {0: 10, 1: 16}
NARROWEST, WIDEST, CHART = 2.2, 16.0, 990
"""Pixels: of a day, and of the whole where the plan is short."""
SIGN = 6
MONTH_WIDE = 54
"""Pixels that the name of a month takes, with the space after it."""
DAY = datetime.timedelta(days=1)
LINES: dict[str, Said] = {
    "today": say("today"), "finish": say("last day"), "p50": say("one in two"),
    "p80": say("four in five"), "deadline": say("deadline"),
}  # fmt: skip


def height(rows: int) -> int:
    return HEAD + rows * ROW + FOOT


def gantt(line: Timeline, language: Language) -> Markup:
    """The chart, with titles in one language."""
    drawn = _Drawn(line, language)
    parts = (
        *drawn.ground(), *drawn.months(),
        *(drawn.bar(row, span) for row, span in enumerate(line.spans)),
        *drawn.lines(), *(drawn.diamond(turn) for turn in line.turns),
    )  # fmt: skip
    said = say(
        "{n} parts of the route from {first} to {last}; the same numbers stand in the table below",
        n=len(line.spans),
        first=long_date(line.first),
        last=long_date(line.last),
    ).render(language)
    return Markup(
        '<svg class="chart gantt" width="{w}" height="{h}" viewBox="0 0 {w} {h}" role="group"'
        ' aria-label="{said}" data-today="{today}">{parts}</svg>'
    ).format(
        w=round(drawn.width), h=drawn.height, said=said, today=round(drawn.x(line.today)),
        parts=Markup().join(parts),
    )  # fmt: skip


class _Drawn:
    """A chart being drawn: `x` gives the left edge of a day."""

    def __init__(self, line: Timeline, language: Language) -> None:
        self.line, self.language = line, language
        self.first = line.first - line.first.weekday() * DAY
        days = (line.last - self.first).days + 8
        self.day = max(NARROWEST, min(WIDEST, CHART / days))
        self.width = max(CHART, days * self.day)
        self.height = height(len(line.spans))

    def x(self, on: datetime.date) -> float:
        return round((on - self.first).days * self.day, 1)

    def ground(self) -> Iterator[Markup]:
        """Stripes of the stages, and of the days off."""
        for row, span in enumerate(self.line.spans):
            if span.depth == 0:
                yield Markup('<rect class="stripe" x="0" y="{}" width="{}" height="{}"/>').format(
                    HEAD + row * ROW, round(self.width), ROW
                )
        for first, last in _stretches(self.line.days_off):
            width = round(((last - first).days + 1) * self.day, 1)
            free = say("free: {first}", first=long_date(first))
            if first != last:
                free = say("free: {first} – {last}", first=long_date(first), last=long_date(last))
            title = free.render(self.language)
            yield Markup(
                '<rect class="off" x="{}" y="{}" width="{}" height="{}"><title>{}</title></rect>'
            ).format(self.x(first), HEAD, width, self.height - HEAD, title)

    def months(self) -> Iterator[Markup]:
        """A line where a month begins, and its name as year-month."""
        on = self.first.replace(day=1)
        end = self.first + (self.width / self.day) * DAY
        free = 0.0
        while on < end:
            x = self.x(on)
            if x >= 0:
                yield Markup('<line class="grid" x1="{x}" x2="{x}" y1="6" y2="{y}"/>').format(
                    x=x, y=self.height
                )
            after = (on + 31 * DAY).replace(day=1)
            place = max(x, 0) + 4
            if place >= free and place + MONTH_WIDE <= max(self.x(after), 0) + self.day:
                free = place + MONTH_WIDE
                yield Markup('<text x="{}" y="16">{}</text>').format(
                    place, f"{on.year}-{on.month:02}"
                )
            on = after

    def bar(self, row: int, span: Span) -> Markup:
        x, thick = self.x(span.first), BAR[span.depth]
        width = max(self.day, round(((span.last - span.first).days + 1) * self.day, 1))
        share = span.done / span.minutes if span.minutes else 0.0
        y = HEAD + row * ROW + (ROW - thick) // 2
        title = say(
            "{title}: {first} to {last}, {pct} done", title=span.title,
            first=long_date(span.first), last=long_date(span.last), pct=f"{share:.0%}",
        ).render(self.language)  # fmt: skip
        done = Markup('<rect class="filled" x="{}" y="{}" width="{}" height="{}" rx="3"/>').format(
            x, y, round(width * share, 1), thick
        )
        return Markup(
            '<a href="/plan?week={week}#week" class="span d{depth}" aria-label="{title}"><title>'
            '{title}</title><rect class="hit" x="{x}" y="{top}" width="{w}" height="{row}"/>'
            '<rect class="planned" x="{x}" y="{y}" width="{w}" height="{t}" rx="3"/>{done}</a>'
        ).format(
            week=span.week, depth=span.depth, title=title, x=x, top=HEAD + row * ROW, w=width,
            row=ROW, y=y, t=thick, done=done if share else Markup(),
        )  # fmt: skip

    def diamond(self, turn: Turn) -> Markup:
        """A milestone stands on the bar of a stage that ends on its day, else on one that is in
        work then."""
        rows = [
            (span.last != turn.date, n)
            for n, span in enumerate(self.line.spans)
            if span.depth == 0 and span.first <= turn.date <= span.last
        ]
        y = HEAD + min(rows, default=(False, 0))[1] * ROW + ROW // 2
        x = self.x(turn.date) + self.day
        said = say("milestone {title}: {date}", title=turn.title, date=long_date(turn.date))
        title = said.render(self.language)
        path = f"M{x} {y - SIGN}L{x + SIGN} {y}L{x} {y + SIGN}L{x - SIGN} {y}Z"
        return Markup(
            '<g class="turn{met}" role="img" aria-label="{title}"><title>{title}</title>'
            '<path d="{path}"/></g>'
        ).format(met=" met" if turn.met else "", title=title, path=path)

    def lines(self) -> Iterator[Markup]:
        """Today, the likely ends, the planned one and the deadline, each with its name on top."""
        line = self.line
        named = [("today", line.today), ("finish", line.finish), ("p50", line.p50),
                 ("p80", line.p80), ("deadline", line.deadline)]  # fmt: skip
        taken: list[tuple[float, float]] = []
        for name, on in named:
            if on is not None and self.first <= on <= line.last:
                yield self.when(name, on, taken)

    def when(self, name: str, on: datetime.date, taken: list[tuple[float, float]]) -> Markup:
        """A line at the end of a day; at its beginning for today. `taken` are labels drawn."""
        x = self.x(on) + (0 if name == "today" else self.day)
        label = LINES[name].render(self.language)
        place, at_end = _label_place(x, label, taken, self.width)
        anchor = Markup(' text-anchor="end"') if at_end else Markup()
        text = Markup('<text x="{}" y="{}"{}>{}</text>').format(place, HEAD - 18, anchor, label)
        return Markup(
            '<g class="when {name}" role="img" aria-label="{label}: {date}"><title>{label}: '
            '{date}</title><line x1="{x}" x2="{x}" y1="{top}" y2="{y}"/>{text}</g>'
        ).format(
            name=name, label=label, date=long_date(on).render(self.language), x=x, top=HEAD - 14,
            y=self.height, text=text if place >= 0 else Markup(),
        )  # fmt: skip


def _label_place(
    x: float, label: str, taken: list[tuple[float, float]], most: float
) -> tuple[float, bool]:
    """Where the label of a line stands: right of it, else left, else nowhere (-1)."""
    wide = sum(11.5 if ord(letter) > 0x2E80 else 6.4 for letter in label) + 6
    for start, at_end in ((x + 2, False), (x - wide - 2, True)):
        free = all(start + wide < a or start > b for a, b in taken)
        if free and start >= 0 and start + wide <= most:
            taken.append((start, start + wide))
            return (round(x - 2, 1) if at_end else round(start, 1)), at_end
    return -1.0, False


def _stretches(
    days: frozenset[datetime.date],
) -> Iterator[tuple[datetime.date, datetime.date]]:
    """Days in a row as one."""
    first = last = None
    for on in sorted(days):
        if last is not None and on - last == DAY:
            last = on
            continue
        if first is not None and last is not None:
            yield first, last
        first = last = on
    if first is not None and last is not None:
        yield first, last
