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
    alone,
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

ENDED = "the grader alone, highest level, everything ended and cleared away"
KEPT = reporting.RESULTS / "grading.json"


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


FULL = Amount(2, 1, 5, 300, 104, (100, 1_000, 10_000), (20, 100, 500))
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
    shut_in = {name: tuple(layers.layers(levels[0], name, amount.repeats)) for name in judged}
    sections = {
        "Targets that no comparison shows": tuple(
            row
            for name, one in judged.items()
            for row in alone.rows(name, one, levels, amount.repeats, amount.endless)
        ),
        "First verdict after a cold start": tuple(first_verdict(levels, amount.repeats)),
        "Floors": tuple(
            floors.rows(
                judged, environment("torch") if torch else None, amount.repeats, amount.forks
            )
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


def first_verdict(levels: Sequence[Level], rounds: int) -> list[Row]:
    """A process that imports the grader and gives one verdict, less a process that does nothing."""
    assignment = assignments.softmax()
    first = assignment.submissions[0]
    with TemporaryDirectory() as made:
        cold = {at: ours.cold(assignment, Path(made), at) for at in levels}
        check = ours.check_command(Path(made))
        runs = {name: partial(_there, grader) for name, grader in cold.items()}
        took = in_turns(
            {
                "pass": lambda: done([sys.executable, "-c", "pass"]).took,
                "check": lambda: check(first).took,
                **{name: partial(run, first) for name, run in runs.items()},
                ENDED: lambda: cold[levels[0]](first).took,
            },
            rounds,
        )
    listed = []
    for name in ("check", *levels, ENDED):
        pairs = zip(took[name], took["pass"], strict=True)
        beyond = tuple(each.wall - start.wall for each, start in pairs)
        what = {"check": "`zhixing check` (9 checks), ended", ENDED: ENDED}.get(
            name, f"the grader alone, {name}, verdict there"
        )
        most = 0.3 if name == levels[0] else None
        listed.append(Row(f"numpy, cold: {what}, beyond interpreter start", "s", beyond, most=most))
    return listed


def _there(grader: Grader, one: assignments.Submission) -> Took:
    graded = grader(one)
    return Took(graded.there, graded.took.cpu)


def rates(judged: Mapping[str, Assignment], levels: Sequence[Level], amount: Amount) -> list[Rate]:
    found = []
    for name, assignment in judged.items():
        counts = amount.counts if name == "numpy" else amount.torch_counts
        for level in levels:
            most = counts if level == levels[0] else counts[:2]
            found += throughput.rates(assignment, partial(throughput.rate, level=level), most)
        if folder_of_many.is_there():
            found += throughput.rates(assignment, folder_of_many.rate, counts)
    return found


def keep(one: Measured) -> None:
    reporting.RESULTS.mkdir(exist_ok=True)
    KEPT.write_bytes(msgspec.json.format(msgspec.json.encode(one), indent=1))


def kept() -> Measured:
    return msgspec.json.decode(KEPT.read_bytes(), type=Measured)
