"""Where does everything come if homeless work takes its turn and only what must gives way?

A patient wave: each piece keeps its day unless what it needs is still waiting; what waits goes into
the room between, and on past the end. Nothing comes before its old day, and where the days have
taken up all that waits, the wave is over: the plan behind it stays as it is. Where only the
author's order holds a route together (`Seats.in_turn`), work lets earlier work of its line go
first, on the coming days too. Missed work that found no room by the middle of the coming week goes
first from then on, and others make way for it.

Work is put into study minutes; what stood in the reserve already may stay there. The two lines of
`laying` hold for what waits: weekday work goes first on weekdays, practice first on weekends, after
the weekday work of its block; a line that cannot go on leaves the day to the other. So a missed
evening moves the end by a day or two, not by a week. A light week halves the study minutes of the
days after the frozen ones.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice

from zhixing.planner.hours import Week
from zhixing.planner.interruption import Interruption, Table
from zhixing.planner.laying import MOST_SUBJECTS, SATURDAY, add_piece, cut, smallest_pieces
from zhixing.planner.seats import DAY
from zhixing.records import Piece

LIGHT_DAYS = 7
DAYS_BEFORE_SUNDAY = 3
DAYS_OF_A_WEEK = 7
FAR = 24
"""How many of a line are asked before a day is given up, unless that leaves it idle."""


def weekday(day: int) -> int:
    """0 = Monday, of a day counted as in `date.toordinal`."""
    return (day - 1) % DAYS_OF_A_WEEK


def slide(at: Interruption, week: Week, light: bool = False, reserve: bool = False) -> Table:
    """The days that change, each with all its pieces but those fixed on today and the extras.
    `week` are the study minutes from Monday to Sunday; with `reserve` the wave may use all there
    is, and is over sooner."""
    return _Wave(at, week, light, reserve).run()


def coming_sunday(at: Interruption) -> int:
    """The Sunday of the coming week: 8 to 14 days, today among them."""
    return at.today + 2 * DAYS_OF_A_WEEK - 1 - weekday(at.today)


@dataclass(slots=True, eq=False)
class _Waiting:
    """A piece that a day was asked to take; `minutes` shrink while it is put."""

    piece: Piece
    minutes: int
    practice: bool
    block: int
    late: bool
    stays: bool
    pinned: bool


def _none_of_both() -> tuple[Counter[int], Counter[int]]:
    return Counter(), Counter()


@dataclass(slots=True)
class _Wave:
    at: Interruption
    week: Week
    light: bool
    reserve: bool
    two_lines: bool = False
    least: tuple[int, int] = (1, 1)
    due: int = 0
    late: int = 0
    line: list[_Waiting] = field(default_factory=list)
    waiting: Counter[str] = field(default_factory=Counter)
    on_strand: dict[str, set[str]] = field(default_factory=dict)
    turns: tuple[int, int] | None = None
    blocks: tuple[Counter[int], Counter[int]] = field(
        default_factory=lambda: (Counter(), Counter())
    )
    subjects: set[str] = field(default_factory=set)
    comes: dict[int, list[Piece]] = field(default_factory=dict)
    laid: Table = field(default_factory=dict)

    def run(self) -> Table:
        at = self.at
        self.two_lines = sum(self.week[:SATURDAY]) > 0 and sum(self.week[SATURDAY:]) > 0
        self.least = smallest_pieces(self.week)
        self.due = coming_sunday(at) - DAYS_BEFORE_SUNDAY
        missed = sorted(at.missed, key=lambda piece: at.seats.place(piece.task))
        self.comes[at.today] = missed
        for day, piece in (*at.displaced, *at.lacking):
            pin = at.pin(piece.task)
            self.comes.setdefault(max(at.today, day if pin is None else pin), []).append(piece)
        for pieces in self.comes.values():
            self._wait(piece.task for piece in pieces)
        special = {*self.comes, *(at.shrunk if at.tight or at.displaced else ())}
        if self.light:
            special.update(self._light_days())
        end, day = max(special), at.today
        while day <= end or self.line:
            if day in special or not self._passes(day):
                self._take_day(day)
            day += 1
        return self.laid

    def _passes(self, day: int) -> bool:
        """Whether the day stays as it is: nothing waits that it could take, and nothing it has
        must wait for that."""
        own = self.at.ahead.get(day, ())
        if self.line:
            load = sum([piece.minutes for piece in own])
            left = self._room(day, load) - load
            if left < 0 or (left and left >= self._smallest()) or (self.late and day > self.due):
                return False
        if not self.waiting:
            return True
        seats, tasks, strands = self.at.seats, self.waiting.keys(), self.on_strand.keys()
        for piece in own:
            if self._out_of_turn(piece.task) or not tasks.isdisjoint(seats.needs(piece.task)):
                return False
            if not strands.isdisjoint(seats.takes(piece.task)):
                return False
        return True

    def _smallest(self) -> int:
        """The minutes of the smallest piece of what waits."""
        return min(*self.least, min(item.minutes for item in self.line))

    def _light_days(self) -> range:
        first = self.at.frozen_until + 1
        return range(first, first + LIGHT_DAYS)

    def _room(self, day: int, load: int) -> int:
        """The day's minutes for other work than is fixed; its own pieces take `load` of them."""
        at = self.at
        taken = at.taken if day == at.today else 0
        room = (at.whole if self.reserve else at.study)(day) - self._claimed(day)
        if self.light and day in self._light_days():
            room //= 2
        elif day not in at.shrunk:
            room = max(room, min(at.whole(day), taken + load))
        return max(0, room - taken)

    def _fixed(self, day: int) -> list[Piece]:
        return self.at.fixed if day == self.at.today else []

    def _claimed(self, day: int) -> int:
        """Minutes of the day for work that comes back and is not optional."""
        extras = self.at.extras.get(day)
        if not extras:
            return 0
        tasks = self.at.seats.tasks
        return sum(piece.minutes for piece in extras if not tasks[piece.task].optional)

    def _take_day(self, day: int) -> None:
        """Put what waits and the day's own pieces, as far as there is room."""
        own = self.at.ahead.get(day, ())
        room = self._room(day, sum(piece.minutes for piece in own))
        self._wait(piece.task for piece in own)
        late = len(self.at.missed) if day == self.at.today else 0
        self.late += late
        for n, piece in enumerate(self.comes.get(day, ())):
            self._queue(piece, day, late=n < late)
        for piece in own:
            self._queue(piece, day, stays=True)
        self.subjects = {self.at.seats.subject(piece.task) for piece in self._fixed(day)} - {""}
        put: list[Piece] = []
        room = self._keep(day, room, put)
        far = FAR
        while room > 0 and self.line:
            used = self._fill(day, room, put, far)
            if not used and far >= len(self.line):
                break
            far = far if used else len(self.line)
            room -= used
        for item in self.line:
            item.stays = item.pinned = False
        if set(put) != set(own):
            self.laid[day] = put

    def _keep(self, day: int, room: int, put: list[Piece]) -> int:
        """Put what stays on this day: what is pinned to it, the reserve included, then missed work
        that has waited too long, then what stands there; the room that is left."""
        whole = self.at.whole(day) - sum(piece.minutes for piece in self._fixed(day))
        for item in self.line:
            needs = self.at.seats.needs(item.piece.task) if item.pinned else ()
            if item.pinned and item.minutes <= whole and self.waiting.keys().isdisjoint(needs):
                whole -= item.minutes
                room = max(0, room - self._put(item, item.minutes, put))
        for item in self.line if self.late and day > self.due else ():
            if item.late and item.minutes and not self._is_blocked(item):
                room -= self._put(item, cut(item.minutes, room, self.least[0]) or 0, put)
        for item in (*self.line, *self.line):  # what waits for its neighbour is asked again
            if item.stays and 0 < item.minutes <= room and not self._needs_wait(item):
                room -= self._put(item, item.minutes, put)
        self._drop_empty()
        return room

    def _fill(self, day: int, room: int, put: list[Piece], far: int) -> int:
        """One walk over the first `far` of each line; the minutes that were put."""
        practice_first = weekday(day) >= SATURDAY
        used = 0
        for practice in (practice_first, not practice_first):
            line = (item for item in self.line if item.practice is practice)
            for item in islice(line, far):
                if used == room:
                    break
                if self._is_blocked(item):
                    continue
                minutes = cut(item.minutes, room - used, self.least[practice])
                if minutes:
                    used += self._put(item, minutes, put)
            self._drop_empty()
        return used

    def _queue(self, piece: Piece, day: int, late: bool = False, stays: bool = False) -> None:
        seats = self.at.seats
        practice = self._practice(piece.task)
        block = seats.blocks.get(piece.task, 0)
        pinned = self.at.pin(piece.task) == day
        self.line.append(_Waiting(piece, piece.minutes, practice, block, late, stays, pinned))
        self.blocks[practice][block] += 1

    def _put(self, item: _Waiting, minutes: int, put: list[Piece]) -> int:
        if not minutes:
            return 0
        item.minutes -= minutes
        if subject := self.at.seats.subject(item.piece.task):
            self.subjects.add(subject)
        add_piece(put, Piece(item.piece.task, item.piece.kind, minutes))
        if item.minutes == 0:
            self.late -= item.late
            self._no_longer_waits(item.piece.task)
            blocks = self.blocks[item.practice]
            blocks[item.block] -= 1
            if not blocks[item.block]:
                del blocks[item.block]
        return minutes

    def _drop_empty(self) -> None:
        self.line = [item for item in self.line if item.minutes]

    def _wait(self, tasks: Iterable[str]) -> None:
        self.turns = None
        for task in tasks:
            self.waiting[task] += 1
            for strand in self.at.seats.gives(task):
                self.on_strand.setdefault(strand, set()).add(task)

    def _no_longer_waits(self, task: str) -> None:
        self.waiting[task] -= 1
        if self.waiting[task]:
            return
        del self.waiting[task]
        self.turns = None
        for strand in self.at.seats.gives(task):
            self.on_strand[strand].discard(task)
            if not self.on_strand[strand]:
                del self.on_strand[strand]

    def _practice(self, task: str) -> bool:
        return self.two_lines and self.at.seats.weekend(task)

    def _out_of_turn(self, task: str) -> bool:
        """Whether earlier work of its line is waiting, where only the author's order ties them."""
        seats = self.at.seats
        return seats.in_turn and self._earliest()[self._practice(task)] < seats.place(task)

    def _earliest(self) -> tuple[int, int]:
        """The earliest places of what waits of each line; what the learner pinned is no matter."""
        if self.turns is None:
            places = [len(self.at.seats.places)] * 2
            for task in self.waiting:
                if self.at.pin(task) is None:
                    line = self._practice(task)
                    places[line] = min(places[line], self.at.seats.place(task))
            self.turns = places[0], places[1]
        return self.turns

    def _needs_wait(self, item: _Waiting, strands: bool = False) -> bool:
        """Whether what it needs is still waiting: for what stands on its day, needs and the study
        of its day of the route; else earlier work of its strands too."""
        seats, task = self.at.seats, item.piece.task
        if not self.waiting.keys().isdisjoint(seats.needs(task)):
            return True
        if self._out_of_turn(task):
            return True
        place = seats.place(task)
        return any(
            seats.place(other) < place
            for strand in seats.takes(task)
            if strands or strand.startswith(DAY)
            for other in self.on_strand.get(strand, ())
        )

    def _is_blocked(self, item: _Waiting) -> bool:
        """Whether it has to wait: it would bring a fourth subject; for what it needs; practice for
        weekday work of its block or an earlier one; weekday work for practice of two blocks ago."""
        subject = self.at.seats.subject(item.piece.task)
        if subject and subject not in self.subjects and len(self.subjects) >= MOST_SUBJECTS:
            return True
        others = self.blocks[not item.practice]
        if others and min(others) <= (item.block if item.practice else item.block - 2):
            return True
        return self._needs_wait(item, strands=True)
