"""One picture: seconds of a verdict, grader by grader; answers a second, by their number."""

from itertools import groupby
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from grading.tables import Comparison, Measured, Rate, quantile

OURS, OTHERS, INK, PAPER = "#b23a2a", "#8d8778", "#2b2a26", "#faf7f0"


def draw(measured: Measured, file: Path) -> None:
    count = len(measured.comparisons)
    figure = Figure(figsize=(9, 3.6 * (count + 1)), layout="constrained", facecolor=PAPER)
    axes = figure.subplots(count + 1, 1, squeeze=False)[:, 0]
    for comparison, place in zip(measured.comparisons, axes, strict=False):
        _bars(comparison, place)
    _rates(measured.rates, axes[-1])
    figure.savefig(file, dpi=130)


def _bars(comparison: Comparison, place: Axes) -> None:
    """Median walls; a thin line reaches to the p95."""
    ordered = sorted(comparison.contestants, key=lambda one: quantile(one.walls, 0.5))
    for n, one in enumerate(ordered):
        middle, far = quantile(one.walls, 0.5), quantile(one.walls, 0.95)
        place.barh(n, middle, color=OURS if one.name.startswith("ours") else OTHERS, height=0.7)
        place.plot([middle, far], [n, n], color=INK, linewidth=1)
        said = f"{1000 * middle:,.1f} ms" if middle < 0.1 else f"{middle:,.2f} s"
        place.text(far * 1.08, n, said, va="center", fontsize=8, color=INK)
    place.set_yticks(range(len(ordered)), [one.name for one in ordered], fontsize=8)
    place.set_xscale("log")
    place.set_xlim(right=3 * max(quantile(one.walls, 0.95) for one in ordered))
    place.set_xlabel("seconds an answer, wall, median to p95 (log)")
    _plain(place, comparison.title)


def _rates(rates: tuple[Rate, ...], place: Axes) -> None:
    for who, points in groupby(rates, key=lambda rate: rate.who):
        listed = list(points)
        across, up = [p.count for p in listed], [p.per_second for p in listed]
        place.plot(across, up, marker="o", label=who)
    place.set_xscale("log")
    place.set_ylim(bottom=0)
    place.set_xlabel("answers graded (log)")
    place.set_ylabel("answers a second")
    place.legend(fontsize=8, frameon=False)
    _plain(place, "throughput, two judges")


def _plain(place: Axes, title: str) -> None:
    place.set_title(title, loc="left", color=INK)
    place.set_facecolor(PAPER)
    place.spines[["top", "right"]].set_visible(False)
