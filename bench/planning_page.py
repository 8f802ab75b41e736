"""Which targets of roadmaps, plans and exports are met? From what was measured last.

python bench/planning_page.py           the table
python bench/planning_page.py --write   the table and the drawing, to docs/operate/planning-speed
"""

import json
import statistics
import sys
from pathlib import Path
from typing import Any

from growth import ABSORB, ALL, FILL, SIZES
from measuring import ROOT, Figure
from reporting import RESULTS, told

NAMES = ("roadmap", "planning", "replanning", "exports")
PAGE = ROOT / "docs" / "operate" / "planning-speed.md"
DRAWING = PAGE.with_suffix(".svg")
HEAD = "| what | median | target | |\n|---|---:|---:|---|"
COLOURS = {FILL: "#1f4e79", ABSORB: "#9c2f2f", ALL: "#7a7a52"}
ABOUT = """\
# How fast planning is

Written by `python bench/planning_page.py --write` from what `python bench/all.py` (or its parts
`roadmap`, `planning`, `replanning`, `growth` and `exports`) measured last; not by hand. CPU
milliseconds of one call in a process that is already running; no test asserts them.

Machine: {machine}.

## Asked and measured

{table}

{why}

## As the plan grows

![CPU milliseconds against tasks, both axes logarithmic](planning-speed.svg)

{growth}

A full plan walks each task and each day once, so it grows with their number. Absorbing a missed day
touches two weeks of the plan; what grows is reading which days are new.
"""
WHY = """\
- *Packed plans after the lower bound.* The bound counts minutes, a plan whole pieces. {late}
- *Pieces that absorb moves.* It keeps the author's order of what belongs together within a week
  (parts before the project made of them), and nothing passes far behind what comes after it.
  Where lessons build on the day before, what was missed pushes what needs it, and the optimum
  moves as many: the two lines over the optimum compare it with needs and capacity alone, and with
  the author's order as the planner keeps it (`bench/least_churn.py`). Half the days move two
  others or fewer; a missed Monday of full days moves up to eight, in the optimum too.
- *The mix.* {mix}"""


def kept(name: str) -> dict[str, Any]:
    file = RESULTS / f"{name}.json"
    if not file.exists():
        raise SystemExit(f"not measured here yet: python bench/{name}.py")
    found: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return found


def figures(name: str) -> list[Figure]:
    return [Figure(**{**one, "values": tuple(one["values"])}) for one in kept(name)["figures"]]


def table() -> str:
    rows = [row(one) for name in NAMES for one in figures(name) if one.target is not None]
    return "\n".join([HEAD, *rows])


def row(figure: Figure) -> str:
    middle, target = statistics.median(figure.values), figure.target
    assert target is not None
    word = "met" if middle <= target else "**not met**"
    unit = figure.unit
    return f"| {figure.what} | {middle:.3g} {unit} | ≤ {target:g} {unit} | {word} |"


def growth() -> dict[str, list[float]]:
    """Median milliseconds of each kind of work, by the sizes."""
    found = {one.what: statistics.median(one.values) for one in figures("growth")}
    return {
        what: [found[f"{what}, {size:,} tasks"] for size in SIZES] for what in (FILL, ABSORB, ALL)
    }


def drawn(lines: dict[str, list[float]], to: Path) -> None:
    import matplotlib

    matplotlib.use("svg")
    from matplotlib import pyplot

    with pyplot.rc_context({"svg.fonttype": "none", "svg.hashsalt": "zhixing", "font.size": 9}):
        drawing, axes = pyplot.subplots(figsize=(6, 3.6), layout="constrained")
        for what, values in lines.items():
            axes.plot(SIZES, values, marker="o", markersize=3, color=COLOURS[what], label=what)
        axes.set(xscale="log", yscale="log", xlabel="tasks", ylabel="CPU milliseconds")
        axes.set_xticks(SIZES, [f"{size:,}" for size in SIZES], minor=False)
        axes.minorticks_off()
        axes.set_yticks([0.3, 1, 3, 10, 30, 100], ["0.3", "1", "3", "10", "30", "100"])
        axes.grid(alpha=0.3)
        axes.legend(frameon=False)
        drawing.savefig(to, metadata={"Date": None, "Creator": None})


def grown(lines: dict[str, list[float]]) -> str:
    head = (
        f"| tasks | {' | '.join(f'{what}, ms' for what in lines)} |\n|---:{'|---:' * len(lines)}|"
    )
    rows = zip(SIZES, *lines.values(), strict=True)
    return "\n".join(
        [head, *(f"| {n:,} | {' | '.join(f'{ms:.3g}' for ms in times)} |" for n, *times in rows)]
    )


def main() -> None:
    print(table())
    if "--write" not in sys.argv[1:]:
        return
    lines = growth()
    drawn(lines, DRAWING)
    measured = kept("planning")
    page = ABOUT.format(
        machine=told(measured), table=table(), growth=grown(lines),
        why=WHY.format(late=f"At the last run: {measured['notes'][0]}.",
                       mix=f"At the last run, {measured['notes'][1]}."),
    )  # fmt: skip
    PAGE.write_text(page, "utf-8")


if __name__ == "__main__":
    main()
