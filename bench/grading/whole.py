"""All measurements of the grader in one run, and where they are kept."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import reporting
from measuring import Took, done, in_turns

from grading import (
    assignments,
    comparisons,
    floors,
    folder_of_many,
    layers,
    ours,
    throughput,
    watching,
)
from grading.assignments import Assignment
from grading.environments import environment
from grading.peers import Grader
from grading.tables import Comparison, Measured, Rate, Row
from zhixing.errors import Problem
from zhixing.grader.grading import Judge
from zhixing.grader.isolation import Level

KEPT = reporting.RESULTS / "grading.json"
IMPORTS = {"numpy": "import numpy, numpy.linalg, numpy.random", "torch": floors.TORCH}
LIMIT = 0.3
ENDLESS = {
    "Python": "while True: pass",
    "C": "sum(range(10**13))",
    "sleep": "import time\ntime.sleep(1e6)",
    "deaf": "import signal\nfor n in range(1, 32):\n    try: signal.signal(n, signal.SIG_IGN)\n"
    "    except (OSError, ValueError): pass\nwhile True: pass",
}


@dataclass(frozen=True)
class Amount:
    """How much is measured."""

    rounds: int
    torch_rounds: int
    repeats: int
    forks: int
    endless: int
    counts: tuple[int, ...]
    torch_counts: tuple[int, ...]


FULL = Amount(3, 2, 7, 400, 104, (100, 1_000, 10_000), (100, 1_000, 10_000))
QUICK = Amount(1, 1, 3, 50, 8, (100,), (20,))


def measured(quick: bool, peers: bool = True, torch: bool = True) -> Measured:
    """What may fail for want of something comes first; the peers, who take longest, last."""
    watching.adopt_orphans()
    amount = QUICK if quick else FULL
    levels = ours.levels()
    notes = [f"Levels of isolation on this machine: {', '.join(levels)}."]
    judged = {"numpy": assignments.softmax()}
    if torch and can_grade(assignments.net()):
        judged["torch"] = assignments.net()
    elif torch:
        notes.append("Ours does not grade torch in this environment: its rows are missing.")
    shut_in = {
        name: tuple(layers.layers(levels[0], name, IMPORTS[name], amount.repeats))
        for name in judged
    }
    sections = {
        "Targets that no comparison shows": tuple(
            row for name, one in judged.items() for row in by_itself(name, one, levels, amount)
        ),
        "First verdict after a cold start": tuple(first_verdict(levels, amount.repeats)),
        "Floors": tuple(
            floors.rows(environment("torch") if torch else None, amount.repeats, amount.forks)
        ),
    }
    rated = tuple(rates(judged, levels, amount))
    found = comparisons_of(judged, levels, amount) if peers else []
    watching.bury_orphans()
    return Measured(
        taken={"command": "python bench/grading"} | reporting._circumstances(),
        comparisons=tuple(found),
        sections=sections,
        rates=rated,
        layers=shut_in,
        notes=tuple(notes),
    )


def can_grade(assignment: Assignment) -> bool:
    """Is there the environment that the assignment needs, beside Zhixing itself?"""
    try:
        with Judge() as judge:
            return judge.grade(assignment.lab, assignment.lab.solution).passed
    except Problem as problem:
        print(problem)
        return False


def comparisons_of(
    judged: Mapping[str, Assignment], levels: Sequence[Level], amount: Amount
) -> list[Comparison]:
    kinds = {
        "numpy": (comparisons.of_numpy, amount.rounds),
        "torch": (comparisons.of_torch, amount.torch_rounds),
    }
    found = []
    for name, assignment in judged.items():
        compare, rounds = kinds[name]
        with TemporaryDirectory(prefix="zhixing-bench-") as made:
            found.append(compare(assignment, Path(made), levels, rounds))
    return found


def by_itself(
    name: str, assignment: Assignment, levels: Sequence[Level], amount: Amount
) -> list[Row]:
    """CPU seconds, memory and overrun of ours: what is judged by a target of its own."""
    lab, listed = assignment.lab, []
    most_ms, most_mib = {"numpy": (3, 10), "torch": (20, 40)}[name]
    for level in levels:
        with ours.opened(level, assignment) as judge:
            cpu = [ours.cpu_each(judge, lab, assignment.many(100)) for _ in range(amount.repeats)]
            mib = [ours.mib_in_flight(judge, lab, lab.solution) for _ in range(amount.repeats)]
            named = [ours.cpu_each(judge, lab, assignment.many(20), True) for _ in range(3)]
            over = [
                1000 * ours.overrun(judge, lab, list(ENDLESS.values())[n % len(ENDLESS)], LIMIT)
                for n in range(amount.endless if name == "numpy" else 0)
            ]
            trivial = [trivial_cpu(judge, assignment) for _ in range(amount.repeats)]
        at = f"{name}, warm, {level}"
        listed += [
            Row(f"{at}: CPU of a verdict, all processes", "ms", _milli(cpu), most=most_ms),
            Row(f"{at}: memory of an answer in flight", "MiB", tuple(mib), most=most_mib),
            Row(f"{at}: CPU with the slips of wrong answers named", "ms", _milli(named)),
            Row(f"{at}: CPU of the smallest verdict, one check of one call", "ms", _milli(trivial)),
        ]
        if over:
            what = f"{at}: verdict on an endless answer, past its limit of {LIMIT} s"
            listed.append(Row(what, "ms", tuple(over), most=20, by=0.99))
    return listed


def trivial_cpu(judge: Judge, assignment: Assignment) -> float:
    smallest = assignments.smallest(assignment)
    return ours.cpu_each(judge, smallest.lab, smallest.many(50))


def _milli(seconds: Sequence[float]) -> tuple[float, ...]:
    return tuple(1000 * each for each in seconds)


def first_verdict(levels: Sequence[Level], rounds: int) -> list[Row]:
    """A process that imports the grader and gives one verdict, less a process that does nothing."""
    assignment = assignments.softmax()
    first = assignment.submissions[0]
    with TemporaryDirectory() as made:
        cold = {at: ours.cold(assignment, Path(made), at) for at in levels}
        check = ours.check_command(Path(made))
        runs = {name: partial(_took, grader) for name, grader in cold.items()}
        took = in_turns(
            {
                "pass": lambda: done([sys.executable, "-c", "pass"]).took,
                "check": lambda: check(first).took,
                **{name: partial(run, first) for name, run in runs.items()},
            },
            rounds,
        )
    listed = []
    for name in ("check", *levels):
        pairs = zip(took[name], took["pass"], strict=True)
        beyond = tuple(each.wall - start.wall for each, start in pairs)
        what = "`zhixing check` (9 checks)" if name == "check" else f"the grader alone, {name}"
        most = None if name == "check" else 0.3
        listed.append(Row(f"numpy, cold: {what}, beyond interpreter start", "s", beyond, most=most))
    return listed


def _took(grader: Grader, one: assignments.Submission) -> Took:
    return grader(one).took


def rates(judged: Mapping[str, Assignment], levels: Sequence[Level], amount: Amount) -> list[Rate]:
    found = []
    for name, assignment in judged.items():
        counts = amount.counts if name == "numpy" else amount.torch_counts
        for level in levels:
            found += throughput.rates(assignment, partial(throughput.rate, level=level), counts)
        if folder_of_many.is_there():
            found += throughput.rates(assignment, folder_of_many.rate, counts)
    return found


def keep(one: Measured) -> None:
    reporting.RESULTS.mkdir(exist_ok=True)
    KEPT.write_bytes(msgspec.json.format(msgspec.json.encode(one), indent=1))


def kept() -> Measured:
    return msgspec.json.decode(KEPT.read_bytes(), type=Measured)
