"""docs/operate/grading-speed.md and its picture, of one run."""

from collections.abc import Iterator
from dataclasses import replace

import reporting
from measuring import ROOT

from grading import picture
from grading.comparisons import ALL_AT_ONCE, OTTER
from grading.tables import (
    ROWS,
    Comparison,
    Measured,
    Row,
    comparison_text,
    layers_text,
    over_floor,
    rates_text,
    row_text,
)

PAGE = ROOT / "docs" / "operate" / "grading-speed.md"
PICTURE = PAGE.with_suffix(".png")
LEAST_RATIOS = {
    "numpy, six checks": {"python -m pytest": 100, ALL_AT_ONCE: 300, OTTER: 800},
    "torch, 30 steps of a small net": {"python checks.py": 150},
}
LEAST_RATE = {"bench-softmax": 500, "bench-net": 80}

HEAD = """\
# How fast the grader is

Written by `python bench/grading` from one run; not by hand. Seconds differ from machine to machine
and from minute to minute: trust the ratios, which compare graders that took turns in the same run,
and the CPU seconds. Nothing here is asserted by a test.
"""
READING = """\
## How it was measured

- Every grader grades the same answers with the same checks: one file `checks.py`, which pytest
  collects, which a script runs, which lies in a locked cell for nbgrader and in test files for
  otter. A verdict is right when exactly the checks fail that are known to fail.
- The graders take turns, answer by answer. Ours, warm, has two rows: the first verdict after the
  other graders had the machine (*after a pause*, as a learner has it), and those in a row
  (as a class has it). Ratios are to the latter.
- *CPU s* counts all processes: for ours the door, the judge, the fork server and every answer's
  process, whether it ended or not; for the others what `wait4` tells, orphans included. (Held
  once against the kernel's own count of a control group: the same to 1 %.)
- *Peak MiB* is the memory (PSS: a page shared by n processes counts 1/n each) of all processes
  together, sampled; for ours it holds the judge, the warm fork server and the answer.
- *Memory in flight* is what judge, fork server and answer hold together while an answer runs, less
  what they hold at rest; page tables included.
- nbgrader's whole class is one command for all answers, divided by their number; one answer is one
  command. otter runs without a container, whose start would come on top. The peers live in virtual
  environments of their own, with the same numpy, one thread, and plugins of other packages off.
- Neither peer keeps the checks from the answer's process, and none names a slip. Ours does not name
  slips either where it is compared; what naming costs stands among the targets.
"""


def text(measured: Measured) -> str:
    return "\n".join(_parts(measured))


def _parts(measured: Measured) -> Iterator[str]:
    yield HEAD
    yield f"`{measured.taken['command']}`: {reporting.told(measured.taken)}.\n"
    yield f"Wrong verdicts in the whole run: **{measured.wrong}**.\n"
    yield from (f"{note}\n" for note in measured.notes)
    yield f"![Seconds of a verdict, and answers a second]({PICTURE.name})\n"
    yield f"## What was asked\n\n{ROWS}"
    yield from (row_text(row) for row in asked(measured))
    yield ""
    for comparison in measured.comparisons:
        yield f"## {comparison.title}\n\n{comparison_text(comparison)}\n"
    yield f"## Throughput\n\n{rates_text(measured.rates)}\n"
    for name, layers in measured.layers.items():
        yield f"## What each layer of isolation costs, {name}\n\n{layers_text(layers)}\n"
    for title, rows in measured.sections.items():
        yield f"## {title}\n\n{ROWS}"
        yield from (row_text(row) for row in rows)
        yield ""
    yield READING


def asked(measured: Measured) -> list[Row]:
    """The rows with a target, the ratios and the rates made into rows of their own."""
    listed = [row for c in measured.comparisons for row in _ratios(c)]
    for rate in measured.rates:
        lab, _, how = rate.who.partition(", ")
        least = LEAST_RATE[lab]
        if how in ("rootless", "process") and how != measured.rates[0].who.partition(", ")[2]:
            continue
        what = f"throughput, {rate.who}, {rate.count:,} answers, {rate.judges} judges"
        listed.append(Row(what, "/s", (rate.per_second,), least=least))
    for name, layers in measured.layers.items():
        for each, *ratios in over_floor(layers):
            listed += [replace(row, what=f"{name}: {row.what}") for row in ratios if each.most]
    sectioned = (row for rows in measured.sections.values() for row in rows)
    return listed + [row for row in sectioned if row.most is not None or row.least is not None]


def _ratios(comparison: Comparison) -> Iterator[Row]:
    for name, least in LEAST_RATIOS[comparison.title].items():
        times = comparison.times(name)
        if times is not None:
            what = f"{comparison.title}: {name} ÷ {comparison.against}, wall"
            yield Row(what, "×", (times,), least=least)


def write(measured: Measured) -> None:
    PAGE.write_text(text(measured).rstrip() + "\n", "utf-8")
    picture.draw(measured, PICTURE)
    print(f"{PAGE.relative_to(ROOT)}, {PICTURE.relative_to(ROOT)}")
