"""Can homeless work be taken in without moving the finish? Local repair, few pieces move.

Each piece that was missed, displaced or lacking, in the order of the route, goes into minutes that
are free, the reserve included: missed work until the Sunday of the coming week (8 to 14 days, today
among them; later it would come when it no longer helps) or, where that moves more than two others,
of the week after it if that moves fewer; the other near its own day, none of it after the finish.
Its window (`board.window`) is tried narrow, then wide: with all ties; without the later tasks that
share a skill or a lab; without the practice of its block. What needs the piece, and the lab and
notes of its day of the route, always end the window.

In a window it is put, first of: whole on the first day with room; cut up over days with room; in
the place of one later piece that finds room elsewhere. If no window has such a place, later pieces
make way in chains of two and three. Pieces of the frozen days never make way.

Where what must follow the missed work stands too near for that, a wave (`sliding`) that may use the
reserve takes it in: what is not held up keeps its day, what is goes on until the wave is over.

A way that brings a piece too late for the author's order (`lateness`) is none.
"""

from dataclasses import dataclass

from zhixing.planner.board import Board, Bounds, window
from zhixing.planner.churn import moved
from zhixing.planner.cutting import cut, smallest_pieces
from zhixing.planner.hours import Week
from zhixing.planner.interruption import Interruption, Table
from zhixing.planner.lateness import keeps_order
from zhixing.planner.replanned import replanned
from zhixing.planner.sliding import MORE_PATIENCE, PATIENCE, coming_sunday, slide, weekday
from zhixing.records import Piece, Plan

DAYS_OF_A_WEEK = 7
TWO_WEEKS = 14
LONGEST_CHAIN = 3
MOST_TRIES = 150
MOVED_EACH = 5
FEW = 2
Days = tuple[int, int]
Priced = tuple[int, Plan]

NARROW, WIDE = Bounds(), Bounds(strands=False)
WIDEST = Bounds(strands=False, practice=False)


@dataclass(frozen=True, slots=True)
class Homeless:
    """A piece without a place: it would stand on `since` or as soon after as may be, by `by`."""

    piece: Piece
    since: int
    by: int


def absorbed(at: Interruption, week: Week) -> Plan | None:
    """The plan that ends when it did; None if that cannot be, or only by moving more than five
    others for each piece. `week` are the study minutes of Monday to Sunday."""
    if not at.plan.days or at.today > at.plan.finish.toordinal():
        return None
    best = _priced(at, absorb(at, extras_stay=True))
    if best is None or best[0] > 0:
        best = _fewer(best, _priced(at, _waved(at, week, MORE_PATIENCE)))
    if best is not None and best[0] > FEW:
        best = _fewer(best, _priced(at, absorb(at, extras_stay=True, weeks=1)))
    if best is None:
        best = _priced(at, _waved(at, week, PATIENCE))
    if best is None and at.extras:
        best = _priced(at, absorb(at, extras_stay=False))
    if best is None or best[0] > max(FEW, MOVED_EACH * len(at.homeless)):
        return None
    return best[1]


def _fewer(one: Priced | None, other: Priced | None) -> Priced | None:
    """The one that moves fewer; of equal ones the first."""
    if one is None or other is None:
        return one or other
    return other if other[0] < one[0] else one


def _priced(at: Interruption, laid: Table | None) -> Priced | None:
    """How many others move, and the plan; None if a piece would come too late."""
    if laid is None or not keeps_order(at, laid):
        return None
    plan = replanned(at, laid, at.whole)
    return moved(at, plan), plan


def _waved(at: Interruption, week: Week, patience: int) -> Table | None:
    """A wave, if it is over by the finish, keeps the pins, and missed work is in by the coming
    Sunday."""
    laid = slide(at, week, reserve=True, patience=patience)
    end = at.plan.finish.toordinal()
    if any(day > end for day, pieces in laid.items() if pieces):
        return None
    if any(at.pin(p.task) not in (None, day) for day, pieces in laid.items() for p in pieces):
        return None
    late: dict[str, int] = {}
    for piece in at.missed:
        late[piece.task] = late.get(piece.task, 0) + piece.minutes
    for day in range(at.today, coming_sunday(at) + 1):
        for piece in laid.get(day, at.ahead.get(day, ())):
            if piece.task in late:
                late[piece.task] -= piece.minutes
    return laid if all(minutes <= 0 for minutes in late.values()) else None


def absorb(at: Interruption, extras_stay: bool, weeks: int = 0) -> Table | None:
    """The days that change by local repair; None if the homeless pieces do not all fit.
    `extras_stay` keeps the `if_time` pieces where they are, else they only get what is left.
    Missed work has so many `weeks` more than until the coming Sunday."""
    homeless = _homeless(at, DAYS_OF_A_WEEK * weeks)
    end = at.plan.finish.toordinal()
    reach = max((one.by for one in homeless), default=at.today) + TWO_WEEKS
    board = Board(at, min(end, reach), extras_stay)
    if sum(one.piece.minutes for one in homeless) > sum(max(0, m) for m in board.free.values()):
        return None
    repair = _Repair(board, frozenset(piece.task for piece in at.fixed), _least(at))
    if not all(repair.take_in(one) for one in homeless):
        return None
    return board.changed()


def _homeless(at: Interruption, more_days: int) -> list[Homeless]:
    end = at.plan.finish.toordinal()
    missed_by = min(end, coming_sunday(at) + more_days)
    found = [Homeless(piece, at.today, missed_by) for piece in at.missed]
    for day, piece in at.displaced:
        pin = at.pin(piece.task)
        since = day if pin is None else pin
        found.append(Homeless(piece, since, min(end, since + TWO_WEEKS) if pin is None else pin))
    found += (Homeless(piece, day, end) for day, piece in at.lacking)
    return sorted(found, key=lambda one: at.seats.place(one.piece.task))


def _least(at: Interruption) -> tuple[int, int]:
    """The smallest pieces of weekday work and practice, by the longest of the coming days."""
    week = [0] * DAYS_OF_A_WEEK
    for day in range(at.today, at.today + 3 * DAYS_OF_A_WEEK - weekday(at.today)):
        week[weekday(day)] = max(week[weekday(day)], at.whole(day))
    return smallest_pieces(week)


@dataclass(slots=True)
class _Repair:
    board: Board
    begun: frozenset[str]
    least: tuple[int, int]

    def take_in(self, one: Homeless) -> bool:
        """Put a homeless piece on the board: narrow windows first, then short chains."""
        windows = list(dict.fromkeys(self._days(one, bounds) for bounds in (NARROW, WIDE, WIDEST)))
        for days in windows:
            if self._put(one.piece, days, one.since) or self._eject(one.piece, days, 1):
                return True
        for length in range(2, LONGEST_CHAIN + 1):
            self.board.tries = 0
            if self._eject(one.piece, windows[-1], length):
                return True
        return False

    def _days(self, one: Homeless, bounds: Bounds) -> Days:
        first, last = window(self.board, one.piece.task, bounds, self.begun)
        pin = self.board.at.pin(one.piece.task)
        if pin is not None:
            return max(first, pin), min(last, pin)
        return first, min(last, one.by)

    def _put(self, piece: Piece, days: Days, since: int) -> bool:
        """Put `piece` into free minutes: on one day if one has room for it, else cut up."""
        board = self.board
        near = [day for day in _near(days, since) if board.takes(day, piece.task)]
        for day in near:
            if board.free[day] >= max(1, piece.minutes):
                board.put(day, piece)
                return True
        left, shares = piece.minutes, []
        least = self.least[board.at.seats.weekend(piece.task)]
        for day in sorted(near):
            share = cut(left, board.free[day], least) if left else None
            if share and board.free[day] > 0:
                shares.append((day, share))
                left -= share
        if left:
            return False
        for day, share in shares:
            board.put(day, Piece(piece.task, piece.kind, share))
        return True

    def _eject(self, piece: Piece, days: Days, length: int) -> bool:
        """Put `piece` whole where a later one makes way, which finds room in its own window or, in
        a longer chain, takes the place of another. The one latest in the order first."""
        board = self.board
        for day in range(max(days[0], board.at.frozen_until + 1), days[1] + 1):
            for other in self._may_make_way(day, piece):
                board.tries += 1
                if board.tries > MOST_TRIES:
                    return False
                step = len(board.steps)
                board.take(day, other)
                if not board.takes(day, piece.task):
                    board.back_to(step)
                    continue
                board.put(day, piece)
                later = (day + 1, window(board, other.task, NARROW, self.begun)[1])
                if (
                    self._put(other, later, day)
                    if length == 1
                    else self._eject(other, later, length - 1)
                ):
                    return True
                board.back_to(step)
        return False

    def _may_make_way(self, day: int, piece: Piece) -> list[Piece]:
        board, seats = self.board, self.board.at.seats
        place, lacks = seats.place(piece.task), piece.minutes - board.free[day]
        able = [
            other
            for other in board.pieces[day]
            if other.minutes >= lacks
            and seats.place(other.task) > place
            and board.at.pin(other.task) is None
        ]
        return sorted(able, key=lambda other: -seats.place(other.task))


def _near(days: Days, since: int) -> list[int]:
    """The days of a window from `since` on, then those before it, the nearest first."""
    first, last = days
    after = range(max(first, since), last + 1)
    return [*after, *range(min(last, since - 1), first - 1, -1)]
