"""Which tasks must not come before which? What `Seats` know of one task, seen from the others.

A tie is hard where one task needs the other, on one day of the route, and where both are of one
week and share a skill, a lab or a project. It is soft where they share it across weeks, and between
the practice of a block and its weekday work.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

Both = tuple[list[str], list[str]]
"""Tasks by hard and by soft ties."""


class Tied(NamedTuple):
    """A task as its ties see it. `hard` are the strands that hold across weeks too."""

    task: str
    place: int
    week: int
    block: int
    weekend: bool
    needs: tuple[str, ...]
    gives: tuple[str, ...]
    takes: tuple[str, ...]
    hard: frozenset[str]


@dataclass(slots=True)
class Ties:
    """The ties of the tasks that were added: of a long route those of the coming weeks.

    Two threads may add at once: a task stands in all lists before it is `known`.
    """

    known: dict[str, Tied] = field(default_factory=dict)
    _needed_by: dict[str, list[str]] = field(default_factory=dict)
    _givers: dict[str, list[Tied]] = field(default_factory=dict)
    _takers: dict[str, list[Tied]] = field(default_factory=dict)
    _of_block: dict[tuple[int, bool], list[Tied]] = field(default_factory=dict)

    def add(self, one: Tied) -> None:
        for need in one.needs:
            self._needed_by.setdefault(need, []).append(one.task)
        for strand in one.takes:
            self._takers.setdefault(strand, []).append(one)
        for strand in one.gives:
            self._givers.setdefault(strand, []).append(one)
        self._of_block.setdefault((one.block, one.weekend), []).append(one)
        self.known[one.task] = one

    def before(self, task: str) -> Both:
        """The tasks that must come before a known one, and those that should."""
        one = self.known[task]
        hard, soft = list(one.needs), list(self._mates(one, of_weekend=True))
        for strand in one.takes:
            for other in self._givers.get(strand, ()):
                if other.place < one.place:
                    held = strand in one.hard or 0 < one.week == other.week
                    (hard if held else soft).append(other.task)
        return hard, soft

    def after(self, task: str, begun: frozenset[str]) -> Both:
        """The tasks that must come after a known one, and those that should; of those that were
        `begun` only what needs it."""
        one = self.known[task]
        hard, soft = list(self._needed_by.get(task, ())), list(self._mates(one, of_weekend=False))
        for strand in one.gives:
            for other in self._takers.get(strand, ()):
                if other.place > one.place and other.task not in begun:
                    held = strand in other.hard or 0 < one.week == other.week
                    (hard if held else soft).append(other.task)
        return hard, soft

    def waiting(self, task: str) -> list[str]:
        """The tasks that even a frozen day does not keep where a known one is late: what needs it,
        and the lab and notes of its day."""
        one = self.known[task]
        found = list(self._needed_by.get(task, ()))
        for strand in one.gives:
            for other in self._takers.get(strand, ()):
                if other.place > one.place and strand in other.hard:
                    found.append(other.task)
        return found

    def _mates(self, one: Tied, of_weekend: bool) -> Iterator[str]:
        """The other kind of work of its block, for one of the weekend, or of weekdays."""
        if one.weekend is of_weekend:
            for other in self._of_block.get((one.block, not one.weekend), ()):
                yield other.task
