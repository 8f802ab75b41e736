"""Can missed work be taken in without moving the finish? Local repair, few pieces move.

Each missed piece, in the author's order, goes into minutes that are free, the reserve included,
until the Sunday of the coming week (8 to 14 days, today among them) and not after the finish:
later it would come when it no longer helps, and then sliding is the honest way. Its window:

- always: before the later pieces of its own task, not before earlier tasks that share a skill or a
  lab with it, and practice not before the weekday work of its own block;
- always: a study task before the lab and the notes of its route day (what was begun today aside);
- where possible: weekday work before the practice of its own block;
- where possible: before later tasks that share a skill or a lab with it.

The window with all three is tried first, then the one without the last, then the first alone.
In a window it is put, first of: whole on the first day with room; cut up over the first days with
room; whole in the place of one later piece that finds room on a later day of its own window. One
piece makes way, never a chain of them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from zhixing.planner.hours import Room
from zhixing.planner.interruption import DatedPiece, Interruption
from zhixing.planner.laying import ONE_DAY, Laid, add_piece, cut, smallest_pieces
from zhixing.planner.seats import Seat, Seats
from zhixing.records import Piece

TWO_WEEKS = 14

Window = tuple[date, date]


def absorb(at: Interruption, seats: Seats, whole: Room, extras_stay: bool) -> Laid | None:
    """The pieces from today to the finish with the missed ones among them; None if they do not
    all fit. `extras_stay` keeps the `if_time` pieces where they are, else they are left out."""
    if not at.plan.days or at.today > at.plan.finish:
        return None
    extras = at.extras if extras_stay else ()
    last = min(at.plan.finish, _end_of_next_week(at.today))
    board = _Board(seats, at.today, last, whole, at.ahead)
    for piece in at.fixed:
        board.put_begun(piece)
    for on, piece in extras:
        board.put_fixed(on, piece)
    for _, piece in sorted(at.missed, key=lambda dated: seats.of(dated[1].task).place):
        if not _take_in(board, piece):
            return None
    return board.laid()


def _end_of_next_week(today: date) -> date:
    return today + timedelta(days=TWO_WEEKS - 1 - today.weekday())


def _take_in(board: "_Board", piece: Piece) -> bool:
    """Put a missed piece on the board: narrow windows before wide ones."""
    chained, wide = board.window(piece.task), board.window(piece.task, chained=False)
    before_practice = (
        board.before_practice(piece.task, chained),
        board.before_practice(piece.task, wide),
    )
    return any(
        _put_whole(board, piece, window)
        or _put_cut(board, piece, window)
        or _put_for_another(board, piece, window)
        for window in dict.fromkeys((*before_practice, wide))
    )


def _put_whole(board: "_Board", piece: Piece, window: Window) -> bool:
    on = next((on for on in _dates(window) if board.free(on) >= max(1, piece.minutes)), None)
    if on is not None:
        board.put_fixed(on, piece)
    return on is not None


def _put_cut(board: "_Board", piece: Piece, window: Window) -> bool:
    left, shares = piece.minutes, []
    least = board.least[board.seats.of(piece.task).weekend]
    for on in _dates(window):
        share = cut(left, board.free(on), least) if left else None
        if share:
            shares.append((on, share))
            left -= share
    if left:
        return False
    for on, share in shares:
        board.put_fixed(on, Piece(piece.task, piece.kind, share))
    return True


def _put_for_another(board: "_Board", piece: Piece, window: Window) -> bool:
    """Put `piece` whole where a later piece makes way; the one latest in the author's order."""
    for on in _dates(window):
        for other in board.may_make_way(on, piece):
            until = board.before_practice(other.task, board.window(other.task, on))[1]
            to = next(
                (to for to in _dates((on + ONE_DAY, until)) if board.free(to) >= other.minutes),
                None,
            )
            if to is not None:
                board.move(other, on, to)
                board.put_fixed(on, piece)
                return True
    return False


def _dates(window: Window) -> Iterator[date]:
    return (window[0] + timedelta(days=n) for n in range((window[1] - window[0]).days + 1))


def _longest_days(room: Room, today: date) -> list[int]:
    """For Monday to Sunday, the longer of the coming two such days: one may be a day off."""
    monday = today - timedelta(days=today.weekday())
    week = [0] * 7
    for on in _dates((today, monday + timedelta(days=3 * 7 - 1))):
        week[on.weekday()] = max(week[on.weekday()], room(on))
    return week


@dataclass(slots=True)
class _Board:
    """The days from today on: which pieces may move (to no later than `last`), which may not, and
    what is free."""

    seats: Seats
    today: date
    last: date
    whole: Room
    ahead: Iterable[DatedPiece]
    least: tuple[int, int] = (1, 1)
    begun: set[str] = field(default_factory=set)
    movable: dict[date, list[Piece]] = field(default_factory=lambda: defaultdict(list))
    fixed: dict[date, list[Piece]] = field(default_factory=lambda: defaultdict(list))
    used: dict[date, int] = field(default_factory=lambda: defaultdict(int))
    dates_of: dict[str, list[date]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        self.least = smallest_pieces(_longest_days(self.whole, self.today))
        for on, piece in self.ahead:
            self.movable[on].append(piece)
            self._note(on, piece)

    def free(self, on: date) -> int:
        return self.whole(on) - self.used[on]

    def put_begun(self, piece: Piece) -> None:
        """A piece that stays on today because it was begun: nothing need come before it now."""
        self.begun.add(piece.task)
        self.put_fixed(self.today, piece)

    def put_fixed(self, on: date, piece: Piece) -> None:
        self.fixed[on].append(piece)
        self._note(on, piece)

    def move(self, piece: Piece, on: date, to: date) -> None:
        self.movable[on].remove(piece)
        self.movable[to].append(piece)
        self.used[on] -= piece.minutes
        self.dates_of[piece.task].remove(on)
        self._note(to, piece)

    def may_make_way(self, on: date, piece: Piece) -> list[Piece]:
        """Movable pieces of a day that would leave room for `piece`, latest of the route first."""
        mine = self.seats.of(piece.task)
        able = [
            other
            for other in self.movable[on]
            if other.minutes + self.free(on) >= piece.minutes
            and self.seats.of(other.task).place > mine.place
        ]
        return sorted(able, key=lambda other: -self.seats.of(other.task).place)

    def window(self, task: str, leaving: date = date.min, chained: bool = True) -> Window:
        """The first and last date that the pieces it belongs with leave for a piece of `task`:
        one that was missed, or the one that makes way on the date `leaving`. Unless `chained`,
        later tasks of its chains do not end the window; those of its route day always do."""
        seat = self.seats.of(task)
        earlier = self.seats.before(task) | self.seats.studied_before(task)
        later = self.seats.practised_after(task) - self.begun
        if chained:
            later |= self.seats.after(task)
        before = [on for other in earlier for on in self.dates_of[other]]
        if seat.weekend:
            before += self._dates_in_block(seat, weekend=False)
        after = [on for on in self.dates_of[task] if on > leaving]
        after += [on for other in later for on in self.dates_of[other]]
        return max(before, default=self.today), min(after, default=self.last)

    def before_practice(self, task: str, window: Window) -> Window:
        """`window`, for weekday work cut off at the practice of its own block."""
        seat = self.seats.of(task)
        if seat.weekend:
            return window
        return window[0], min([window[1], *self._dates_in_block(seat, weekend=True)])

    def laid(self) -> Laid:
        """All pieces on their dates, each day in the author's order."""
        laid: Laid = {}
        for on in sorted({*self.movable, *self.fixed}):
            pieces = [*self.fixed[on], *self.movable[on]]
            pieces.sort(key=lambda piece: (piece.if_time, self.seats.of(piece.task).place))
            for piece in pieces:
                add_piece(laid.setdefault(on, []), piece)
        return laid

    def _dates_in_block(self, seat: Seat, weekend: bool) -> list[date]:
        tasks = self.seats.blocks.get((seat.block, weekend), ())
        return [on for task in tasks for on in self.dates_of[task]]

    def _note(self, on: date, piece: Piece) -> None:
        self.used[on] += piece.minutes
        if not piece.if_time:
            self.dates_of[piece.task].append(on)
