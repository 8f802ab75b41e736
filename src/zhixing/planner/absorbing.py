"""Can homeless work be taken in without moving the finish? Local repair, few pieces move.

Each piece that was missed, displaced or lacking goes into minutes that are free, the reserve
included; where those do not suffice, others make way, the fewest that a search finds
(`making_way`). It is asked first for a way that moves two others at most. Missed work comes until
the Sunday of the coming week (8 to 14 days, today among them; later it would come when it no longer
helps) or, where that moves more than two others and a week more does not, until the Sunday after
it; the other near its own day, none of it after the finish.

Where there is no such way, a wave (`sliding`) that may use the reserve is tried: what is not held
up keeps its day, what is goes on until the wave is over. A wave that brings a piece too late for
the author's order (`lateness`) is none. Last the search is asked for a way that moves fewer.
"""

from dataclasses import dataclass, field

from zhixing.planner.board import Board
from zhixing.planner.churn import moved
from zhixing.planner.cutting import smallest_pieces
from zhixing.planner.hours import Week
from zhixing.planner.interruption import Interruption, Table
from zhixing.planner.lateness import Lateness, keeps_order, week_ends
from zhixing.planner.making_way import Homeless, Search
from zhixing.planner.replanned import replanned
from zhixing.planner.sliding import MORE_PATIENCE, PATIENCE, coming_sunday, slide, weekday
from zhixing.records import Piece, Plan

DAYS_OF_A_WEEK = 7
TWO_WEEKS = 14
REACH = 3 * DAYS_OF_A_WEEK
"""So many days after the coming Sunday a piece that makes way may find a place."""
MOVED_EACH = 5
FEW = 2
MOST_EFFORT = 1500
"""So much is looked at in a search for a way that moves few, see `Search`; twice as much in the
last one. With half of it fewer ways are found, with twice as much hardly more."""
EFFORT_EACH = 100
"""And so much for each piece without a place, so that many find theirs once at least."""
Priced = tuple[int, Plan]


def absorbed(at: Interruption, week: Week) -> Plan | None:
    """The plan that ends when it did; None if that cannot be, or only by moving more than five
    others for each piece. `week` are the study minutes of Monday to Sunday."""
    if not at.plan.days or at.today > at.plan.finish.toordinal():
        return None
    return _Absorbing(at, week).run()


@dataclass(slots=True)
class _Absorbing:
    at: Interruption
    week: Week
    board: Board = field(init=False)
    lateness: Lateness = field(init=False)
    late: frozenset[str] = field(init=False)
    least: tuple[int, int] = field(init=False)
    best: Priced | None = None

    def __post_init__(self) -> None:
        self.board = self._new_board(extras_stay=True)
        self.lateness = Lateness(self.at, week_ends(self.at))
        self.late = self._late()
        self.least = _least(self.at)

    def run(self) -> Plan | None:
        most = max(FEW, MOVED_EACH * len(self.at.homeless))
        self._take(self._searched(FEW))
        if self.best is None and self.at.missed:
            self._take(self._searched(FEW, weeks=1))
        if self.best is None:
            self._take(self._waved(MORE_PATIENCE))
            fewer = min(most, self.best[0] - 1) if self.best else most
            if fewer > FEW:
                self._take(self._searched(fewer, effort=2 * MOST_EFFORT))
        if self.best is None:
            self._take(self._waved(PATIENCE))
        if self.best is None and self.at.extras:
            self.board = self._new_board(extras_stay=False)
            self._take(self._searched(most))
        if self.best is None or self.best[0] > most:
            return None
        return self.best[1]

    def _new_board(self, extras_stay: bool) -> Board:
        """The days in reach; with `extras_stay` the `if_time` pieces stay where they are, else they
        only get what is left."""
        last = min(self.at.plan.finish.toordinal(), coming_sunday(self.at) + REACH)
        return Board(self.at, last, extras_stay)

    def _take(self, laid: Table | None) -> None:
        """Keep the way that moves fewer; of equal ones the first."""
        if laid is None:
            return
        plan = replanned(self.at, laid, self.at.whole)
        count = moved(self.at, plan)
        if self.best is None or count < self.best[0]:
            self.best = count, plan

    def _searched(self, most: int, weeks: int = 0, effort: int = MOST_EFFORT) -> Table | None:
        """The days that change by local repair; None if the homeless pieces do not all fit, or not
        by moving `most` others. Missed work has so many `weeks` more than until the coming
        Sunday."""
        board = self.board
        homeless = self._homeless(board.last, coming_sunday(self.at) + DAYS_OF_A_WEEK * weeks)
        if sum(one.piece.minutes for one in homeless) > sum(max(0, m) for m in board.free.values()):
            return None
        effort += EFFORT_EACH * len(homeless)
        search = Search(board, self.lateness, self.least, most + 1, effort, self.late)
        return search.run(homeless)

    def _late(self) -> frozenset[str]:
        """The tasks that are late, and those of the frozen days that wait for them."""
        at, pieces, ties = self.at, self.board.pieces, self.board.ties
        days = range(at.today, min(at.frozen_until, self.board.last) + 1)
        frozen = {piece.task for day in days for piece in pieces[day]}
        found = {piece.task for piece in at.homeless}
        waiting = list(found)
        while waiting:
            more = frozen.intersection(ties.waiting(waiting.pop())) - found
            found |= more
            waiting += more
        return frozenset(found)

    def _homeless(self, end: int, missed_by: int) -> list[Homeless]:
        at, of_week = self.at, self.lateness.of_week
        found = []
        for piece in at.missed:
            by = min(end, missed_by, of_week(piece.task))
            found.append(self._one(piece, at.today, at.today, by))
        for day, piece in at.displaced:
            pin = at.pin(piece.task)
            by = min(end, day + TWO_WEEKS, of_week(piece.task, day))
            found.append(
                self._one(piece, at.today, day, by)
                if pin is None
                else self._one(piece, pin, pin, pin)
            )
        found += (self._one(piece, at.today, day, end) for day, piece in at.lacking)
        return found

    def _one(self, piece: Piece, first: int, since: int, by: int) -> Homeless:
        return Homeless(piece, first, since, by, self.at.seats.place(piece.task))

    def _waved(self, patience: int) -> Table | None:
        """A wave, if it is over by the finish, keeps the pins and the author's order, and missed
        work is in by the coming Sunday."""
        at = self.at
        laid = slide(at, self.week, reserve=True, patience=patience)
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
        if any(minutes > 0 for minutes in late.values()):
            return None
        return laid if keeps_order(at, laid, self.lateness) else None


def _least(at: Interruption) -> tuple[int, int]:
    """The smallest pieces of weekday work and practice, by the longest of the coming days."""
    week = [0] * DAYS_OF_A_WEEK
    for day in range(at.today, at.today + 3 * DAYS_OF_A_WEEK - weekday(at.today)):
        week[weekday(day)] = max(week[weekday(day)], at.whole(day))
    return smallest_pieces(week)
