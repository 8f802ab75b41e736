"""The graders in turns, answer by answer: a busy minute falls on all of them."""

import os
from collections.abc import Callable, Mapping
from contextlib import suppress

from measuring import Took

from grading import watching
from grading.assignments import Submission
from grading.peers import Graded, Grader
from grading.tables import Contestant

AFTER_A_PAUSE = ", after a pause"


class Turns:
    """What each grader did so far. A wrong verdict is printed and counted."""

    def __init__(self) -> None:
        self.graded: dict[str, list[Graded]] = {}
        self.cpus: dict[str, list[float]] = {}
        self.mib: dict[str, float] = {}

    def add(self, name: str, *results: Graded) -> None:
        self.graded.setdefault(name, []).extend(results)
        for one in results:
            if not one.right:
                said, known = sorted(one.failed), sorted(one.submission.fails)
                print(f"WRONG: {name}, {one.submission.name}: {said} failed, not {known}")

    def peers(self, one: Submission, graders: Mapping[str, Grader]) -> None:
        for name, grade in graders.items():
            graded, orphans = watching.with_orphans(lambda grade=grade: grade(one))
            took = Took(graded.took.wall, graded.took.cpu + orphans)
            self.add(name, Graded(one, took, graded.failed))

    def warm(self, one: Submission, graders: Mapping[str, Grader], burst: int) -> None:
        """The first verdict after the others had the machine, then `burst` in a row."""
        for name, grade in graders.items():
            self.add(name + AFTER_A_PAUSE, grade(one))
            for _ in range(burst):
                self.add(name, grade(one))

    def peak(self, name: str, call: Callable[[], object]) -> None:
        """Memory of all that runs below this process during a call, at its highest."""
        before = watching.below(os.getpid())
        with watching.sampled(lambda: _mib_of_new(before)) as seen:
            call()
        self.mib[name] = max(seen)

    def contestants(self) -> tuple[Contestant, ...]:
        return tuple(
            Contestant(
                name,
                tuple(each.took.wall for each in graded),
                tuple(self.cpus.get(_steady(name)) or (each.took.cpu for each in graded)),
                self.mib.get(_steady(name)),
                sum(not each.right for each in graded),
            )
            for name, graded in self.graded.items()
        )


def _steady(name: str) -> str:
    """The CPU seconds of a verdict after a pause are taken to be those of any: they are counted by
    the hundred."""
    return name.removesuffix(AFTER_A_PAUSE)


def _mib_of_new(before: set[int]) -> float:
    total = 0.0
    for pid in watching.below(os.getpid()) - before:
        with suppress(OSError, ProcessLookupError):
            total += watching.mib(pid)
    return total
