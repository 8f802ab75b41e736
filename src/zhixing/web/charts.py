"""Charts as SVG: numbers in, markup out. Colours are classes; the same is said in words beside."""

import math
from collections.abc import Sequence

from markupsafe import Markup

from zhixing.actions.summaries import WeekHours

NARROWEST, WIDEST = 22.0, 48.0
"""Room for one week."""
CHART = 820
HEIGHT, TOP, BOTTOM, LEFT = 200, 12, 24, 42
MOST_TICKS = 24


def mix_bar(
    mix: Sequence[tuple[str, float]], rule: Sequence[tuple[str, float]], said: str
) -> Markup:
    """Shares of one whole, side by side, with marks where the rule would divide them. `said` tells
    the same in words. Without a share only the rule is drawn."""
    shares = Markup().join(
        Markup('<rect class="{}" x="{}" y="8" width="{}" height="18"/>').format(name, x, width)
        for name, x, width in _side_by_side(mix)
        if width > 0
    )
    places = [x for _, x, _ in _side_by_side(rule)[1:]]
    marks = Markup().join(
        Markup('<line class="rule" x1="{}" x2="{}" y1="0" y2="34"/>').format(x, x) for x in places
    )
    return Markup(
        '<svg class="chart mix" viewBox="0 0 1000 34" preserveAspectRatio="none" role="img"'
        ' aria-label="{}"><rect class="empty" x="0" y="8" width="1000" height="18"/>{}{}</svg>'
    ).format(said, shares, marks)


def _side_by_side(shares: Sequence[tuple[str, float]]) -> list[tuple[str, float, float]]:
    """(name, left edge, width) of each share, of 1000."""
    placed, x = [], 0.0
    for name, share in shares:
        placed.append((name, round(x, 1), round(1000 * share, 1)))
        x += 1000 * share
    return placed


def weeks_chart(weeks: Sequence[WeekHours], current: int, hour: str, said: str) -> Markup:
    """A bar a week: an outline as planned, filled as worked; this week stands on a mark. `hour` is
    the unit's short name."""
    most = max((max(week.planned, week.worked) for week in weeks), default=0) / 60
    step = _step(most)
    lines = max(1, math.ceil(most / step))
    room = HEIGHT - TOP - BOTTOM
    apart = min(WIDEST, max(NARROWEST, (CHART - LEFT) / max(1, len(weeks))))
    width = max(CHART, round(LEFT + 8 + apart * len(weeks)))
    scale = room / (lines * step * 60)
    grid = (
        _grid_line(n * step, HEIGHT - BOTTOM - n * step * 60 * scale, width, hour)
        for n in range(lines + 1)
    )
    every = max(1, math.ceil(26 / apart))
    bars = (
        _bar(week, LEFT + n * apart, apart, scale, week.number == current, n % every == 0)
        for n, week in enumerate(weeks)
    )
    return Markup(
        '<svg class="chart weeks" viewBox="0 0 {} {}" width="{}" height="{}" role="img"'
        ' aria-label="{}">{}{}</svg>'
    ).format(width, HEIGHT, width, HEIGHT, said, Markup().join(grid), Markup().join(bars))


def _step(most: float) -> float:
    """Hours between two lines, so that there are two to five of them."""
    steps = (0.5, 1, 2, 4, 5, 10, 20, 40)
    return next((step for step in steps if most <= 5 * step), 60)


def _grid_line(hours: float, y: float, width: float, hour: str) -> Markup:
    label = f"{hours:g}" if hours else f"0 {hour}"
    return Markup(
        '<line class="grid" x1="{}" x2="{}" y1="{}" y2="{}"/>'
        '<text x="{}" y="{}" text-anchor="end">{}</text>'
    ).format(LEFT, width, round(y, 1), round(y, 1), LEFT - 5, round(y + 4, 1), label)


def _bar(
    week: WeekHours, x: float, apart: float, scale: float, now: bool, numbered: bool
) -> Markup:
    thick = round(min(26.0, apart * 0.68), 1)
    left, foot = round(x + (apart - thick) / 2, 1), HEIGHT - BOTTOM
    parts = []
    for name, minutes in (("planned", week.planned), ("worked", week.worked)):
        if minutes:
            tall = max(1.0, round(minutes * scale, 1))
            parts.append(_rect(name, left, foot - tall, thick, tall))
    if now:
        parts.append(_rect("now", left, foot + 2, thick, 3))
    if numbered or now:
        middle = round(left + thick / 2, 1)
        label = Markup('<text x="{}" y="{}" text-anchor="middle">{}</text>')
        parts.append(label.format(middle, foot + 18, week.number))
    return Markup().join(parts)


def _rect(name: str, x: float, y: float, width: float, height: float) -> Markup:
    return Markup('<rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="1.5"/>').format(
        name, x, round(y, 1), width, height
    )


def tally(attempts: int, hints: int, said: str) -> Markup:
    """A stroke for each attempt, a shorter one for each hint; from 24 on they stand for more."""
    shown = [("attempt", 4, 14)] * min(attempts, MOST_TICKS)
    shown += [("taken", 9, 9)] * min(hints, MOST_TICKS)
    strokes = Markup().join(
        Markup('<rect class="{}" x="{}" y="{}" width="3" height="{}" rx="1"/>').format(
            name, 5 * n, y, height
        )
        for n, (name, y, height) in enumerate(shown)
    )
    width = max(5, 5 * len(shown))
    return Markup(
        '<svg class="chart tally" viewBox="0 0 {} 20" width="{}" height="20" role="img"'
        ' aria-label="{}">{}</svg>'
    ).format(width, width, said, strokes)
