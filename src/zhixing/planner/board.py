"""The coming days while a repair is tried: pieces that may move, what is free, and the way back."""

from dataclasses import dataclass, field

from zhixing.planner.interruption import Interruption, Table
from zhixing.planner.lines import MOST_SUBJECTS
from zhixing.planner.seats import DAY
from zhixing.records import Piece

Step = tuple[bool, int, Piece]
NEVER = 10**9


@dataclass(slots=True)
class Board:
    """The days from today to `last`. What is fixed, and the extras if they stay, only take room.

    `where` has the days of each task's pieces, in no order. Each `put` and `take` is a step that
    `back_to` undoes.
    """

    at: Interruption
    last: int
    extras_stay: bool
    pieces: Table = field(default_factory=dict)
    free: dict[int, int] = field(default_factory=dict)
    where: dict[str, list[int]] = field(default_factory=dict)
    givers: dict[str, list[str]] = field(default_factory=dict)
    takers: dict[str, list[str]] = field(default_factory=dict)
    needed_by: dict[str, list[str]] = field(default_factory=dict)
    of_block: dict[tuple[int, bool], list[str]] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    tries: int = 0

    def __post_init__(self) -> None:
        at = self.at
        for day in range(at.today, self.last + 1):
            listed = at.ahead.get(day, ())
            self.pieces[day] = list(listed)
            taken = at.taken if day == at.today else 0
            if self.extras_stay:
                taken += sum(piece.minutes for piece in at.extras.get(day, ()))
            self.free[day] = at.whole(day) - taken - sum(piece.minutes for piece in listed)
            for piece in listed:
                self._know(piece.task)
                self.where[piece.task].append(day)

    def takes(self, day: int, task: str) -> bool:
        """Whether a piece of `task` brings no fourth subject to the day."""
        subject = self.at.seats.subject(task)
        if not subject:
            return True
        here = {self.at.seats.subject(piece.task) for piece in self.pieces[day]} - {""}
        return subject in here or len(here) < MOST_SUBJECTS

    def put(self, day: int, piece: Piece) -> None:
        self._put(day, piece)
        self.steps.append((True, day, piece))

    def take(self, day: int, piece: Piece) -> None:
        self._take(day, piece)
        self.steps.append((False, day, piece))

    def back_to(self, step: int) -> None:
        """Undo all steps from number `step` on."""
        while len(self.steps) > step:
            was_put, day, piece = self.steps.pop()
            (self._take if was_put else self._put)(day, piece)

    def changed(self) -> Table:
        """The pieces of the days that differ from those it began with."""
        return {day: self.pieces[day] for day in sorted({day for _, day, _ in self.steps})}

    def first_of(self, task: str) -> int:
        return min(self.where.get(task) or (NEVER,))

    def last_of(self, task: str) -> int:
        return max(self.where.get(task) or (0,))

    def _put(self, day: int, piece: Piece) -> None:
        self._know(piece.task)
        self.pieces[day].append(piece)
        self.free[day] -= piece.minutes
        self.where[piece.task].append(day)

    def _take(self, day: int, piece: Piece) -> None:
        self.pieces[day].remove(piece)
        self.free[day] += piece.minutes
        self.where[piece.task].remove(day)

    def _know(self, task: str) -> None:
        if task in self.where:
            return
        seats = self.at.seats
        self.where[task] = []
        for need in seats.needs(task):
            self.needed_by.setdefault(need, []).append(task)
        for strand in seats.takes(task):
            self.takers.setdefault(strand, []).append(task)
        for strand in seats.gives(task):
            self.givers.setdefault(strand, []).append(task)
        key = (seats.blocks.get(task, 0), seats.weekend(task))
        self.of_block.setdefault(key, []).append(task)


@dataclass(frozen=True, slots=True)
class Bounds:
    """Which ties count: the strands of skills and labs behind a task, the practice of its block."""

    strands: bool = True
    practice: bool = True


def window(board: Board, task: str, bounds: Bounds, begun: frozenset[str]) -> tuple[int, int]:
    """The first and the last day that the board leaves for a piece of `task`.

    What it needs, earlier tasks of its strands and, for practice, its block's weekday work always
    come before it. Tasks that were `begun` today have nothing left to wait for.
    """
    seats = board.at.seats
    place = seats.place(task)
    first, last = board.at.today, board.last
    for need in seats.needs(task):
        first = max(first, board.last_of(need))
    for strand in seats.takes(task):
        for other in board.givers.get(strand, ()):
            if seats.place(other) < place:
                first = max(first, board.last_of(other))
    block, weekend = seats.blocks.get(task, 0), seats.weekend(task)
    mates = board.of_block.get((block, not weekend), ())
    if weekend:
        first = max([first, *map(board.last_of, mates)])
    elif bounds.practice:
        last = min([last, *map(board.first_of, mates)])
    for other in followers(board, task, begun, bounds):
        last = min(last, board.first_of(other))
    return first, last


def followers(board: Board, task: str, begun: frozenset[str], bounds: Bounds) -> list[str]:
    """The tasks on the board that must not come before `task`."""
    seats = board.at.seats
    place = seats.place(task)
    found = list(board.needed_by.get(task, ()))
    for strand in seats.gives(task):
        hard = bounds.strands or strand.startswith(DAY)
        found += (
            other
            for other in board.takers.get(strand, ())
            if seats.place(other) > place
            and other not in begun
            and (hard or seats.of_one_week(task, other))
        )
    return found
