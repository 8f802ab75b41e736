"""Who is compared with whom, on which assignment."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

from grading import ours, watching
from grading.assignments import Assignment
from grading.comparing import Turns
from grading.notebooks import Nbgrader, otter
from grading.peers import Grader, scripts
from grading.tables import Comparison, quantile
from zhixing.grader.grading import Judge
from zhixing.grader.isolation import Level

BURST = 5
CLASS = 30
"""Answers that nbgrader's one command for a whole class has: its start-up should not weigh."""
ALONE = 2
"""Answers a round that nbgrader grades one by one: the whole class is its usual way."""
NBGRADER, ALL_AT_ONCE = "nbgrader autograde, one answer", "nbgrader autograde, whole class"
OTTER = "otter run"
CHECK = "ours, zhixing check --json (9 checks)"


def warm_name(level: str) -> str:
    return f"ours, warm, level {level}"


class Warm:
    """Judges kept open, one at each level."""

    def __init__(self, assignment: Assignment, judges: Mapping[Level, Judge]) -> None:
        self.assignment, self.judges = assignment, judges

    def graders(self) -> dict[str, Grader]:
        lab = self.assignment.lab
        return {warm_name(at): partial(ours.warm, one, lab) for at, one in self.judges.items()}

    def count_cpu(self, turns: Turns) -> None:
        answers = self.assignment.many(self.assignment.sample)
        for level, judge in self.judges.items():
            spent = ours.cpu_each(judge, self.assignment.lab, answers)
            turns.cpus.setdefault(warm_name(level), []).append(spent)

    def weigh(self, turns: Turns) -> None:
        lab, answers = self.assignment.lab, self.assignment.submissions
        for level, judge in self.judges.items():
            with watching.sampled(partial(watching.mib_below, judge.process.pid)) as seen:
                for one in answers * 5:
                    ours.warm(judge, lab, one)
            turns.mib[warm_name(level)] = quantile(seen, 0.9)


@contextmanager
def opened(assignment: Assignment, levels: Sequence[Level]) -> Iterator[Warm]:
    with ExitStack() as stack:
        judges = {at: stack.enter_context(ours.opened(at, assignment)) for at in levels}
        yield Warm(assignment, judges)


def compared(
    title: str,
    warm: Warm,
    peers: Mapping[str, Grader],
    rounds: int,
    alone: Mapping[str, Grader],
    whole_class: Nbgrader | None = None,
) -> Comparison:
    """`alone` are too slow for every answer: they have ALONE a round. A round before the first
    fills the caches of the disc and of Python and is not counted; it weighs memory instead."""
    turns = Turns()
    answers = warm.assignment.submissions
    _before_the_first(turns, warm, dict(peers) | dict(alone))
    for number in range(rounds):
        for n, one in enumerate(answers):
            turns.peers(one, peers)
            if (n + number * ALONE) % len(answers) < ALONE:
                turns.peers(one, alone)
            turns.warm(one, warm.graders(), BURST)
        warm.count_cpu(turns)
        if whole_class is not None:
            turns.add(ALL_AT_ONCE, *whole_class.whole_class())
        print(f"{title}: round {number + 1} of {rounds}", flush=True)
    return Comparison(title, next(iter(warm.graders()), "ours"), turns.contestants())


def _before_the_first(turns: Turns, warm: Warm, peers: Mapping[str, Grader]) -> None:
    first = warm.assignment.submissions[0]
    for name, grade in peers.items():
        turns.peak(name, partial(grade, first))
    for grade in warm.graders().values():
        grade(first)
    warm.weigh(turns)


def cold_ones(assignment: Assignment, place: Path, levels: Sequence[Level]) -> dict[str, Grader]:
    """A process for each answer, and a judge for each answer in this process."""
    graders: dict[str, Grader] = {}
    for level in levels:
        graders[f"ours, cold process, level {level}"] = ours.cold(assignment, place, level)
        opened_for_it = partial(ours.opened_for_it, level, assignment.lab)
        graders[f"ours, a judge for each answer, level {level}"] = opened_for_it
    return graders


def of_numpy(
    assignment: Assignment, place: Path, levels: Sequence[Level], rounds: int
) -> Comparison:
    class_room, single = place / "nbgrader", place / "otter"
    single.mkdir()
    rest = assignment.many(CLASS)[len(assignment.submissions) :]
    nbgrader = Nbgrader(replace(assignment, submissions=assignment.submissions + rest), class_room)
    peers = scripts(assignment, place, "plain") | cold_ones(assignment, place, levels[:1])
    peers |= {OTTER: otter(assignment, single), CHECK: ours.check_command(place)}
    with opened(assignment, levels) as warm:
        title = "numpy, six checks"
        return compared(title, warm, peers, rounds, {NBGRADER: nbgrader.one}, nbgrader)


def of_torch(
    assignment: Assignment, place: Path, levels: Sequence[Level], rounds: int
) -> Comparison:
    peers = scripts(assignment, place, "torch")
    with opened(assignment, levels) as warm:
        alone = cold_ones(assignment, place, levels[:1])
        return compared("torch, 30 steps of a small net", warm, peers, rounds, alone)
