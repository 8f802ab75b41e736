"""What was measured, as plain records: kept as JSON, shown as Markdown and as a picture."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Row:
    """One thing measured, run by run, in `unit`. Judged by its quantile `by`: `most` is the most it
    should be, `least` the least."""

    what: str
    unit: str
    values: tuple[float, ...]
    most: float | None = None
    least: float | None = None
    by: float = 0.5

    @property
    def middle(self) -> float:
        return quantile(self.values, self.by)


@dataclass(frozen=True)
class Contestant:
    """One grader in a comparison: seconds of each answer, all its processes' memory at the peak."""

    name: str
    walls: tuple[float, ...]
    cpus: tuple[float, ...]
    mib: float | None = None
    wrong: int = 0


@dataclass(frozen=True)
class Comparison:
    """Graders in turns on the same answers. `against` is the contestant that ratios are to."""

    title: str
    against: str
    contestants: tuple[Contestant, ...]

    def named(self, name: str) -> Contestant | None:
        return next((one for one in self.contestants if one.name == name), None)

    def times(self, name: str, by_cpu: bool = False) -> float | None:
        """How many times the other's seconds; medians of one run."""
        own, other = self.named(self.against), self.named(name)
        if own is None or other is None:
            return None
        kinds = (other.cpus, own.cpus) if by_cpu else (other.walls, own.walls)
        return quantile(kinds[0], 0.5) / quantile(kinds[1], 0.5)


@dataclass(frozen=True)
class Rate:
    """Answers a second, `count` of them graded by `judges` judges."""

    who: str
    count: int
    judges: int
    per_second: float
    wrong: int = 0


@dataclass(frozen=True)
class Layer:
    """Forks under the layers of isolation up to this one: milliseconds of each, batch by batch.
    `most` is the most times the floor that it should take."""

    name: str
    walls: tuple[float, ...]
    cpus: tuple[float, ...]
    most: float | None = None


@dataclass(frozen=True)
class Measured:
    """One run of the whole."""

    taken: dict[str, str | float | int | None]
    comparisons: tuple[Comparison, ...] = ()
    sections: dict[str, tuple[Row, ...]] = field(default_factory=dict)
    rates: tuple[Rate, ...] = ()
    layers: dict[str, tuple[Layer, ...]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    @property
    def wrong(self) -> int:
        graded = [one.wrong for c in self.comparisons for one in c.contestants]
        return sum(graded) + sum(rate.wrong for rate in self.rates)


def quantile(values: Sequence[float], by: float) -> float:
    """The value that a share `by` of the values does not pass; between two at the middle."""
    ordered = sorted(values)
    place = by * (len(ordered) - 1)
    low = math.floor(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (place - low) * (ordered[high] - ordered[low])


def number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


ROWS = "| what | median | p95 | runs | target | |\n|---|---:|---:|---:|---:|---|"


def row_text(row: Row) -> str:
    """`by` other than the median shows as its own figure in the first cell."""
    what = (
        row.what
        if row.by == 0.5
        else f"{row.what} (judged by p{100 * row.by:g}: {number(row.middle)})"
    )
    goal, word = "", ""
    if row.most is not None:
        goal, word = f"≤ {number(row.most)}", "ok" if row.middle <= row.most else "**over**"
    elif row.least is not None:
        goal, word = f"≥ {number(row.least)}", "ok" if row.middle >= row.least else "**under**"
    cells = [what, f"{number(quantile(row.values, 0.5))} {row.unit}"]
    cells += [number(quantile(row.values, 0.95)) if len(row.values) > 4 else ""]
    cells += [f"{len(row.values)}", goal and f"{goal} {row.unit}", word]
    return f"| {' | '.join(cells)} |"


def comparison_text(comparison: Comparison) -> str:
    lines = [
        "| grader | s an answer, median | p95 | CPU s | peak MiB "
        f"| × {comparison.against} | by CPU | wrong verdicts |",
        "|---|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for one in sorted(comparison.contestants, key=lambda c: -quantile(c.walls, 0.5)):
        ratios = (comparison.times(one.name), comparison.times(one.name, by_cpu=True))
        cells = [one.name, number(quantile(one.walls, 0.5)), number(quantile(one.walls, 0.95))]
        cells += [number(quantile(one.cpus, 0.5)), "" if one.mib is None else number(one.mib)]
        cells += ["" if ratio is None else number(ratio) for ratio in ratios]
        lines.append(f"| {' | '.join(cells)} | {one.wrong} of {len(one.walls)} |")
    return "\n".join(lines)


def over_floor(layers: Sequence[Layer]) -> list[tuple[Layer, Row, Row]]:
    """Each layer, and how many times the first one, the floor, it takes: wall and CPU, batch by
    batch, so that a busy second falls on both."""
    floor = layers[0]
    return [
        (
            each,
            _times(f"{each.name}, wall ÷ bare fork", each.walls, floor.walls, each.most),
            _times(f"{each.name}, CPU ÷ bare fork", each.cpus, floor.cpus, each.most),
        )
        for each in layers
    ]


def _times(what: str, own: Sequence[float], floor: Sequence[float], most: float | None) -> Row:
    ratios = tuple(one / bare for one, bare in zip(own, floor, strict=True))
    return Row(what, "×", ratios, most=most)


def layers_text(layers: Sequence[Layer]) -> str:
    lines = [
        "| up to this layer | wall ms | CPU ms | wall ÷ bare fork | CPU ÷ bare fork | target |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for each, wall, cpu in over_floor(layers):
        cells = [each.name, number(quantile(each.walls, 0.5)), number(quantile(each.cpus, 0.5))]
        cells += [number(wall.middle), number(cpu.middle), f"≤ {each.most}" if each.most else ""]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def rates_text(rates: Sequence[Rate]) -> str:
    lines = ["| who | answers | judges | answers/s | wrong verdicts |", "|---|---:|---:|---:|---:|"]
    for rate in rates:
        cells = [rate.who, f"{rate.count:,}", str(rate.judges), number(rate.per_second)]
        lines.append(f"| {' | '.join(cells)} | {rate.wrong} |")
    return "\n".join(lines)
