"""The coming days while a repair is tried: pieces that may move, what is free, and the way back."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from zhixing.planner.interruption import Interruption, Table
from zhixing.planner.lines import MOST_SUBJECTS
from zhixing.planner.seats import Seats
from zhixing.planner.ties import Ties
from zhixing.records import Piece

Step = tuple[bool, int, Piece]
Days = list[tuple[str, list[int]]]
Tied = tuple[Days, Days]


@dataclass(slots=True)
class Board:
    """The days from today to `last`. What is fixed, and the extras if they stay, only take room.

    `where` has the days of each task's pieces, in no order. Each `put` and `take` is a step that
    `back_to` undoes.
    """

    at: Interruption
    last: int
    extras_stay: bool
    seats: Seats = field(init=False)
    ties: Ties = field(init=False)
    begun: frozenset[str] = field(init=False)
    pieces: Table = field(default_factory=dict)
    free: dict[int, int] = field(default_factory=dict)
    where: dict[str, list[int]] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    _before: dict[str, Tied] = field(default_factory=dict)
    _after: dict[str, Tied] = field(default_factory=dict)

    def __post_init__(self) -> None:
        at = self.at
        self.seats, self.ties = at.seats, at.seats.ties
        self.begun = frozenset(piece.task for piece in at.fixed)
        for day in range(at.today, self.last + 1):
            listed = at.ahead.get(day, ())
            self.pieces[day] = list(listed)
            taken = at.taken if day == at.today else 0
            if self.extras_stay:
                taken += sum([piece.minutes for piece in at.extras.get(day, ())])
            self.free[day] = at.whole(day) - taken - sum([piece.minutes for piece in listed])
            for piece in listed:
                self.seats.tie(piece.task)
                self.where.setdefault(piece.task, []).append(day)
        for piece in at.homeless:
            self.seats.tie(piece.task)
            self.where.setdefault(piece.task, [])

    def before(self, task: str) -> Tied:
        """The days of the tasks that must come before it, and of those that should."""
        found = self._before.get(task)
        if found is None:
            hard, soft = self.ties.before(task)
            found = self._before[task] = self._here(hard), self._here(soft)
        return found

    def after(self, task: str) -> Tied:
        """The days of the tasks that must come after it, and of those that should."""
        found = self._after.get(task)
        if found is None:
            hard, soft = self.ties.after(task, self.begun)
            found = self._after[task] = self._here(hard), self._here(soft)
        return found

    def _here(self, tasks: Iterable[str]) -> Days:
        """Those on the board, each with its days as they change."""
        where = self.where
        return [(task, where[task]) for task in dict.fromkeys(tasks) if task in where]

    def takes(self, day: int, task: str) -> bool:
        """Whether a piece of `task` brings no fourth subject to the day."""
        subject = self.seats.subject(task)
        if not subject:
            return True
        here = {self.seats.subject(piece.task) for piece in self.pieces[day]} - {""}
        return subject in here or len(here) < MOST_SUBJECTS

    def piece(self, day: int, task: str) -> Piece:
        """A piece of a task that stands on a day."""
        return next(piece for piece in self.pieces[day] if piece.task == task)

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
        return {day: list(self.pieces[day]) for day in sorted({day for _, day, _ in self.steps})}

    def _put(self, day: int, piece: Piece) -> None:
        self.pieces[day].append(piece)
        self.free[day] -= piece.minutes
        self.where[piece.task].append(day)

    def _take(self, day: int, piece: Piece) -> None:
        self.pieces[day].remove(piece)
        self.free[day] += piece.minutes
        self.where[piece.task].remove(day)
