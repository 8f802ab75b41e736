"""What waits while a wave goes over a plan, and what has to wait for it?

The two lines of `laying` hold here too: practice waits for the weekday work of its block and of
earlier ones, weekday work for practice of two blocks ago. Where only the author's order holds a
route together (`Seats.in_turn`), work lets earlier work of its line go first.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from zhixing.planner.interruption import Interruption
from zhixing.planner.lines import MOST_SUBJECTS
from zhixing.planner.seats import DAY
from zhixing.records import Piece


@dataclass(slots=True, eq=False)
class Waiting:
    """A piece that a day was asked to take; `minutes` shrink while it is put. After the day `due`
    it waits no longer for others to have their days; `stays` stood on the day at hand, `pinned` is
    kept on it by the learner."""

    piece: Piece
    minutes: int
    practice: bool
    block: int
    due: int
    stays: bool
    pinned: bool


@dataclass(slots=True)
class Queue:
    """All that waits: `line` in order of arrival; `tasks` of which something waits or is announced,
    with how many pieces. `weeks_hold`: within a week strands hold for what has its day, too."""

    at: Interruption
    two_lines: bool
    line: list[Waiting] = field(default_factory=list)
    tasks: Counter[str] = field(default_factory=Counter)
    weeks_hold: bool = False
    _on_strand: dict[str, set[str]] = field(default_factory=dict)
    _turns: tuple[int, int] | None = None
    _blocks: tuple[Counter[int], Counter[int]] = field(
        default_factory=lambda: (Counter(), Counter())
    )

    def announce(self, tasks: Iterable[str]) -> None:
        """Pieces of these tasks wait from now on, though they join later."""
        self._turns = None
        for task in tasks:
            self.tasks[task] += 1
            for strand in self.at.seats.gives(task):
                self._on_strand.setdefault(strand, set()).add(task)

    def join(self, piece: Piece, day: int, due: int, stays: bool = False) -> None:
        """A piece that was announced joins the line on a day."""
        seats = self.at.seats
        practice = self.is_practice(piece.task)
        block = seats.blocks.get(piece.task, 0)
        pinned = self.at.pin(piece.task) == day
        self.line.append(Waiting(piece, piece.minutes, practice, block, due, stays, pinned))
        self._blocks[practice][block] += 1

    def serve(self, item: Waiting, minutes: int) -> None:
        """So many minutes of it wait no longer."""
        item.minutes -= minutes
        if item.minutes:
            return
        self._leaves(item.piece.task)
        blocks = self._blocks[item.practice]
        blocks[item.block] -= 1
        if not blocks[item.block]:
            del blocks[item.block]

    def close_day(self) -> None:
        """The day is over: what is left of the line stands on none."""
        for item in self.line:
            item.stays = item.pinned = False

    def drop_served(self) -> None:
        self.line = [item for item in self.line if item.minutes]

    def is_practice(self, task: str) -> bool:
        return self.two_lines and self.at.seats.weekend(task)

    def holds_up(self, pieces: Iterable[Piece]) -> bool:
        """Whether one of them must wait for something in the queue."""
        if not self.tasks:
            return False
        seats, tasks, strands = self.at.seats, self.tasks.keys(), self._on_strand.keys()
        for piece in pieces:
            if self._is_out_of_turn(piece.task) or not tasks.isdisjoint(seats.needs(piece.task)):
                return True
            if not strands.isdisjoint(seats.takes(piece.task)):
                return True
        return False

    def needs_wait(self, item: Waiting, strands: bool = False) -> bool:
        """Whether what it needs is still waiting: for what stands on its day, needs and earlier
        work on its strands of its week of the route; else all earlier work on its strands."""
        seats, task = self.at.seats, item.piece.task
        if not self.tasks.keys().isdisjoint(seats.needs(task)):
            return True
        if self._is_out_of_turn(task):
            return True
        place = seats.place(task)
        return any(
            seats.place(other) < place
            and (strands or strand.startswith(DAY) or self._holds(task, other))
            for strand in seats.takes(task)
            for other in self._on_strand.get(strand, ())
        )

    def _holds(self, task: str, other: str) -> bool:
        """Whether a strand holds between them even where the task has its day."""
        return self.weeks_hold and self.at.seats.of_one_week(task, other)

    def must_wait(self, item: Waiting, subjects: set[str]) -> bool:
        """Whether it would bring a fourth subject to a day with `subjects`; or waits for what it
        needs; practice for weekday work of its block or an earlier one; weekday work for practice
        of two blocks ago."""
        subject = self.at.seats.subject(item.piece.task)
        if subject and subject not in subjects and len(subjects) >= MOST_SUBJECTS:
            return True
        others = self._blocks[not item.practice]
        if others and min(others) <= (item.block if item.practice else item.block - 2):
            return True
        return self.needs_wait(item, strands=True)

    def _leaves(self, task: str) -> None:
        self.tasks[task] -= 1
        if self.tasks[task]:
            return
        del self.tasks[task]
        self._turns = None
        for strand in self.at.seats.gives(task):
            self._on_strand[strand].discard(task)
            if not self._on_strand[strand]:
                del self._on_strand[strand]

    def _is_out_of_turn(self, task: str) -> bool:
        """Whether earlier work of its line is waiting, where only the author's order ties them."""
        seats = self.at.seats
        return seats.in_turn and self._earliest()[self.is_practice(task)] < seats.place(task)

    def _earliest(self) -> tuple[int, int]:
        """The earliest places of what waits of each line; what the learner pinned is no matter."""
        if self._turns is None:
            places = [len(self.at.seats.places)] * 2
            for task in self.tasks:
                if self.at.pin(task) is None:
                    line = self.is_practice(task)
                    places[line] = min(places[line], self.at.seats.place(task))
            self._turns = places[0], places[1]
        return self._turns
