"""Where does everything come if missed work simply moves the rest along?

One shift by k study days: the missed pieces come first, from today on, and every open piece comes k
study days after its old date, where k is the number of coming study days that hold the missed
minutes. Pieces keep their order. Where a day is shorter than the one that its pieces come from, the
rest of them runs on to the next.

In a plan that has weekday work on weekdays and practice on weekends, each of the two shifts along
its own kind of day, so practice stays on weekends; it shifts by more where it would else come
before weekday work of its own block that it came after before.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from zhixing.planner.hours import Room, Week
from zhixing.planner.interruption import DatedPiece, Interruption
from zhixing.planner.laying import (
    ONE_DAY,
    SATURDAY,
    Laid,
    Work,
    add_piece,
    lay,
    smallest_pieces,
)
from zhixing.planner.seats import Seats
from zhixing.records import Piece

DatedWork = tuple[date, Work]


def slide(at: Interruption, seats: Seats, study: Room, week: Week) -> Laid:
    """The pieces from today on, shifted; `study` gives the minutes of `week` on a date.

    Pieces that are fixed on today stay and take their minutes; `if_time` pieces are left out.
    """
    taken = sum(piece.minutes for piece in at.fixed)

    def room(on: date) -> int:
        return max(0, study(on) - taken) if on == at.today else study(on)

    missed = sorted(at.missed, key=lambda dated: seats.of(dated[1].task).place)
    pieces = [*missed, *at.ahead]
    two_lines = _is_separated(pieces, seats, week)
    waiting = [(on, _work(piece, seats, two_lines, week)) for on, piece in pieces]
    _shift(waiting, room, at.today, two_lines)
    laid = lay([item for _, item in waiting], room, at.today)
    on_today = [*at.fixed, *laid.pop(at.today, [])]
    for piece in on_today:
        add_piece(laid.setdefault(at.today, []), piece)
    return laid


def _is_separated(pieces: Sequence[DatedPiece], seats: Seats, week: Week) -> bool:
    """Whether weekday work stands on weekdays only and practice on weekends only, and can."""
    can = sum(week[:SATURDAY]) > 0 and sum(week[SATURDAY:]) > 0
    return can and all(
        seats.of(piece.task).weekend == (on.weekday() >= SATURDAY) for on, piece in pieces
    )


def _work(piece: Piece, seats: Seats, two_lines: bool, week: Week) -> Work:
    seat = seats.of(piece.task)
    weekend = two_lines and seat.weekend
    least = smallest_pieces(week)[weekend]
    return Work(piece.task, piece.kind, piece.minutes, seat.place, seat.block, weekend, least)


def _shift(waiting: Sequence[DatedWork], room: Room, today: date, two_lines: bool) -> None:
    """Set when each work may begin. Practice also waits for its block's weekday work."""
    weekday = [(on, item) for on, item in waiting if not item.weekend]
    weekend = [(on, item) for on, item in waiting if item.weekend]
    days = _StudyDays(room, today, range(SATURDAY) if two_lines else range(7))
    _shift_by(days.holding(_missed_minutes(weekday, today)), weekday, days)
    if weekend:
        days = _StudyDays(room, today, range(SATURDAY, 7))
        steps = days.holding(_missed_minutes(weekend, today))
        _shift_by(max(steps, _steps_in_order(weekday, weekend, days)), weekend, days)


def _missed_minutes(line: Sequence[DatedWork], today: date) -> int:
    return sum(item.minutes for on, item in line if on < today)


def _shift_by(steps: int, line: Sequence[DatedWork], days: "_StudyDays") -> None:
    for on, item in line:
        item.not_before = days.today if on < days.today else days.at(days.place(on) + steps)


def _steps_in_order(
    weekday: Sequence[DatedWork], weekend: Sequence[DatedWork], days: "_StudyDays"
) -> int:
    """The fewest steps that leave practice after the weekday work it came after before."""
    blocks: dict[int, list[DatedWork]] = {}
    for on, item in weekday:
        blocks.setdefault(item.block, []).append((on, item))
    steps = 0
    for on, practice in weekend:
        before = [w.not_before for old, w in blocks.get(practice.block, ()) if old < on]
        if before and on >= days.today:
            steps = max(steps, days.place(max(before) + ONE_DAY) - days.place(on))
    return steps


@dataclass(slots=True)
class _StudyDays:
    """The days from today on that have room, among `weekdays` (0 = Monday); there is no last."""

    room: Room
    today: date
    weekdays: range
    known: list[date] = field(default_factory=list)

    def at(self, place: int) -> date:
        """The day at `place`, from 0."""
        while len(self.known) <= place:
            self._learn_next()
        return self.known[place]

    def place(self, on: date) -> int:
        """The place of `on`, or of the next study day after it."""
        while not self.known or self.known[-1] < on:
            self._learn_next()
        return bisect_left(self.known, on)

    def holding(self, minutes: int) -> int:
        """How many of the coming study days it takes to hold `minutes`."""
        days = 0
        while minutes > 0:
            minutes -= self.room(self.at(days))
            days += 1
        return days

    def _learn_next(self) -> None:
        on = self.known[-1] + ONE_DAY if self.known else self.today
        while on.weekday() not in self.weekdays or self.room(on) == 0:
            on += ONE_DAY
        self.known.append(on)
