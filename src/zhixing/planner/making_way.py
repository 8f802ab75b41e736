"""Which few pieces make way, so that homeless work finds a place? A search with a bound.

Homeless pieces are placed one after another, in the order of the route. A piece may go whole on a
day with room; in parts on days with room; on a day where one or two others make way; or behind
what must follow it, which then makes way. What made way is homeless in turn, and goes later than it
stood. Each way is asked what it costs at least: the pieces that make way, and one more for each of
them that no day has room for. The cheapest is gone first; a way that cannot cost less than the best
one known is left out, and after a number of steps the best so far is the answer.

The rules hold at each step: what a task needs and the author's order within a week (`Ties`), the
minutes of a day, three subjects, pins, how late a piece may come. Where ways cost the same, the one
goes first that keeps the order of skills across weeks and practice behind the work of its block.
On the days that are frozen only what is late, or waits for that by its needs or on its own day of
the route, comes or goes; the rest stays there, whatever the order of its week.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from operator import attrgetter, itemgetter
from typing import NamedTuple

from zhixing.planner.board import Board
from zhixing.planner.cutting import cut
from zhixing.planner.interruption import Table
from zhixing.planner.lateness import Lateness
from zhixing.records import Piece

MOST_WAYS = 6
"""So many ways for one piece are tried, the cheapest first."""
SMALLEST_ROOM = 10
EACH_PLACE = 20
"""What a step of the search costs beside the ties that it looks at."""
MOST_HOMELESS = 200
"""With more of them there is no search: it goes as deep as there are pieces without a place."""
Shares = tuple[tuple[int, int], ...]
Rooms = list[tuple[int, int]]


class Homeless(NamedTuple):
    """A piece without a place: it would stand on `since` or as soon after as may be, from `first`
    to `by`. `place` is that of its task in the order; `owes` = 1 if no day has room for it. A
    `strict` one comes after what should come before it, too."""

    piece: Piece
    first: int
    since: int
    by: int
    place: int
    owes: int = 0
    strict: bool = True


class Evicted(NamedTuple):
    """A piece that makes way on `day`; `owes` = 1 if no day has room for it."""

    day: int
    piece: Piece
    owes: int


class Way(NamedTuple):
    """A place for a piece, on days with minutes, by what it costs at least; `out` make way for it.
    `against` what should come after it; in so many `parts`, the last so many days `away` from where
    it would stand."""

    cost: int
    against: bool
    parts: int
    away: int
    shares: Shares
    out: tuple[Evicted, ...]


def _price(out: Iterable[Evicted]) -> int:
    """What it costs at least that they make way."""
    return sum([1 + one.owes for one in out])


by_place, by_price = attrgetter("place"), itemgetter(0, 1, 2, 3)


@dataclass(slots=True)
class _Parts:
    """The parts of a piece on the days so far, and the minutes that are left of it."""

    left: int
    shares: Shares = ()


@dataclass(slots=True)
class Search:
    """Places for homeless pieces on a board, for fewer than `best` others that make way. `effort`
    counts down the ties that are looked at. `late` are the tasks for which the frozen days are
    open."""

    board: Board
    lateness: Lateness
    least: tuple[int, int]
    best: int
    effort: int
    late: frozenset[str] = frozenset()
    laid: Table | None = None
    settled: list[str] = field(default_factory=list)
    _latest_days: dict[tuple[str, int], int] = field(default_factory=dict)

    def run(self, homeless: Sequence[Homeless]) -> Table | None:
        """The days that change; None if there is no way, or none that is cheap enough."""
        if len(homeless) <= MOST_HOMELESS:
            self._place(sorted(homeless, key=by_place), 0)
            self.board.back_to(0)
        return self.laid

    def _place(self, waiting: list[Homeless], spent: int) -> None:
        """Place the first of those that wait, in each way that may be better than the best."""
        if not waiting:
            self.best, self.laid = spent, self.board.changed()
            return
        one, rest, board = waiting[0], waiting[1:], self.board
        least = spent + sum([other.owes for other in rest])
        if least >= self.best:
            return
        for way in self._ways(one, self.best - 1 - least):
            if self.effort <= 0 or least + way.cost >= self.best:
                return
            step = len(board.steps)
            self._go(one, way)
            if all(board.takes(day, one.piece.task) for day, _ in way.shares):
                self.settled.append(one.piece.task)
                self._place(self._with(rest, way), spent + len(way.out))
                self.settled.pop()
            board.back_to(step)

    def _go(self, one: Homeless, way: Way) -> None:
        for other in way.out:
            self.board.take(other.day, other.piece)
        for day, minutes in way.shares:
            self.board.put(day, Piece(one.piece.task, one.piece.kind, minutes))

    def _with(self, rest: list[Homeless], way: Way) -> list[Homeless]:
        """Those that wait, with those that made way, in the order of the route."""
        if not way.out:
            return rest
        place = self.board.seats.place
        for day, piece, owes in way.out:
            by = self._latest(piece.task, day)
            rest = [*rest, Homeless(piece, day, day, by, place(piece.task), owes, False)]
        return sorted(rest, key=by_place)

    def _latest(self, task: str, day: int) -> int:
        """The last day for a piece that stood on `day`."""
        known = self._latest_days.get((task, day))
        if known is None:
            known = min(self.board.last, self.lateness.of_moved(task, day))
            self._latest_days[task, day] = known
        return known

    def _ways(self, one: Homeless, spare: int) -> list[Way]:
        """The cheapest ways for one piece, of those that cost at most `spare`."""
        board, task = self.board, one.piece.task
        first, last = self._window(one)
        follow, soft = self._behind(task, last)
        rooms = [room for room in board.free.items() if room[1] >= SMALLEST_ROOM] if spare else []
        found: list[Way] = []
        pushed: list[Evicted] = []
        free, minutes = board.free, one.piece.minutes
        parts, least = _Parts(minutes), min(minutes, self.least[board.seats.weekend(task)])
        cost, roomy = 0, False
        for day in range(first, last + 1):
            if follow and follow[0][0] < day:
                more = self._push(follow, day, rooms)
                if more is None:
                    break
                pushed = [*pushed, *more]
                cost = _price(pushed)
                if cost > spare:
                    break
            against, away = day > soft, abs(day - one.since)
            if minutes <= free[day]:
                roomy = roomy or not cost
                found.append(Way(cost, against, 1, away, ((day, minutes),), (*pushed,)))
            elif parts.shares or (cost < spare and not roomy):
                for shares, out in self._on(day, one, parts, spare - cost, rooms):
                    price = cost + _price(out)
                    if price <= spare:
                        gone = (*pushed, *out)
                        found.append(Way(price, against, len(shares), away, shares, gone))
            if free[day] >= least and parts.left:
                self._take_part(day, one, parts)
        return sorted(found, key=by_price)[:MOST_WAYS]

    def _push(self, follow: list[tuple[int, str]], day: int, rooms: Rooms) -> list[Evicted] | None:
        """What of those that must follow stands before a day makes way too; None if one may not."""
        pushed: list[Evicted] = []
        while follow and follow[0][0] < day:
            on, other = follow.pop(0)
            if other in self.settled or self.board.at.pin(other) is not None:
                return None
            pushed.append(self._evict(on, self.board.piece(on, other), day, rooms))
        return pushed

    def _behind(self, task: str, last: int) -> tuple[list[tuple[int, str]], int]:
        """What must come after the task and stands before its `last` day, by its days; and from
        when on the task would pass what should come after it. A frozen day keeps what is not
        late."""
        late, frozen = self.late, self.board.at.frozen_until
        hard, softly = self.board.after(task)
        self.effort -= EACH_PLACE + len(hard) + len(softly)
        soft = min([day for _, days in softly for day in days], default=last)
        follow = []
        for other, days in hard:
            for day in days:
                if day <= frozen and other not in late:
                    soft = min(soft, day)
                elif day < last:
                    follow.append((day, other))
        return sorted(follow), soft

    def _on(
        self, day: int, one: Homeless, parts: "_Parts", spare: int, rooms: Rooms
    ) -> Iterator[tuple[Shares, tuple[Evicted, ...]]]:
        """The ways to have the last of the piece on a day with too little room: in parts with the
        days before; else with what makes way, for all of it or for the last part."""
        free, minutes = self.board.free[day], one.piece.minutes
        last = (*parts.shares, (day, parts.left))
        if parts.shares and 0 < parts.left <= free:
            yield last, ()
        elif spare:
            able = self._able(one, day)
            outs = self._make_way(able, day, minutes - free, spare, rooms)
            if outs:
                yield from ((((day, minutes),), out) for out in outs)
            elif parts.shares and parts.left:
                outs = self._make_way(able, day, parts.left - free, spare, rooms)
                yield from ((last, out) for out in outs)

    def _take_part(self, day: int, one: Homeless, parts: "_Parts") -> None:
        """As much of the piece as the day has room for, if it may be cut so."""
        least = self.least[self.board.seats.weekend(one.piece.task)]
        share = cut(parts.left, self.board.free[day], least)
        if share and self.board.takes(day, one.piece.task):
            parts.shares = (*parts.shares, (day, share))
            parts.left -= share

    def _window(self, one: Homeless) -> tuple[int, int]:
        """From when its needs and its order allow it, to when it may not come later."""
        board, task = self.board, one.piece.task
        first = one.first if task in self.late else max(one.first, board.at.frozen_until + 1)
        hard, soft = board.before(task)
        self.effort -= len(hard) + len(soft)
        for _, days in (*hard, *soft) if one.strict else hard:
            for day in days:
                if day > first:
                    first = day
        return first, min(one.by, board.last)

    def _able(self, one: Homeless, day: int) -> list[Piece]:
        """The later pieces of a day that may make way."""
        board = self.board
        place, pin, late = board.seats.places, board.at.pin, self.late
        frozen = day <= board.at.frozen_until
        return [
            other
            for other in board.pieces[day]
            if place.get(other.task, 0) > one.place
            and (not frozen or other.task in late)
            and other.task not in self.settled
            and pin(other.task) is None
        ]

    def _make_way(
        self, able: list[Piece], day: int, lacks: int, most: int, rooms: Rooms
    ) -> list[tuple[Evicted, ...]]:
        """One piece of the day, or two, with the minutes that are lacking."""
        found: list[tuple[Evicted, ...]] = [
            (self._evict(day, other, day, rooms),) for other in able if other.minutes >= lacks
        ]
        if most > 1:
            for pair in combinations([other for other in able if other.minutes < lacks], 2):
                if pair[0].minutes + pair[1].minutes >= lacks:
                    found.append(tuple([self._evict(day, other, day, rooms) for other in pair]))
        return found

    def _evict(self, day: int, piece: Piece, since: int, rooms: Rooms) -> Evicted:
        """A piece of `day` that makes way: does a day from `since` on have room for it?"""
        minutes = piece.minutes
        for first, free in rooms:
            if free >= minutes and first >= since:
                break
        else:
            return Evicted(day, piece, 1)
        if first > self._latest(piece.task, day):
            return Evicted(day, piece, 1)
        hard = self.board.after(piece.task)[0]
        self.effort -= len(hard)
        for _, days in hard:
            for on in days:
                if on < first:
                    return Evicted(day, piece, 1)
        return Evicted(day, piece, 0)
