"""On which day does each piece of work come, in the author's order and within the room there is?

Work waits in two lines, each kept in the author's order: what the author put on weekdays (new
matter) and what he put on weekends (practice). A weekday takes from the weekday line, a weekend
day from the practice line as soon as all weekday work before that practice is laid. Three rules
keep the lines together and no day idle:

- practice never comes before the weekday work it follows;
- the weekday line never runs more than one block ahead of waiting practice: it stops there, and
  weekdays take the practice;
- a line that cannot go on (empty, stopped, or not to begin yet) leaves the day to the other.

So, without `not_before` dates, a study day ends with room left only because the next piece does not
fit: at most 48 minutes with pieces of 25 (49 minutes of work in 48 of room cannot be cut), and
less for learners with short days, whose pieces are smaller.

Two things win such minutes back. Work of which the catalog knows what it needs (`free`) may come
out of turn, within its stage, when the head of its line does not fit, waits for something, or would
bring a fourth subject to the day. And where `Rules.whole` says what a day has with its reserve,
minutes that a day left over are lent to later days: these then keep less of their reserve.
"""

from bisect import bisect
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import islice

from zhixing.planner.hours import Room
from zhixing.records import Piece, TaskKind

ONE_DAY = timedelta(days=1)
SMALLEST_PIECE = 25
SHORT_PIECE = 20
SHORTEST_PIECE = 10
LONG_DAY = 90
MIDDLING_DAY = 60
SATURDAY = 5
MOST_SUBJECTS = 3
MOST_LENT = 240
LENT_FOR_A_REST_DAY = 100
"""Minutes: so much left over is made up for on a day whose minutes are all kept."""
LOOK_AHEAD = 40
NO_BLOCK = 1 << 60

Laid = dict[date, list[Piece]]


@dataclass(slots=True)
class Work:
    """Minutes of one task that wait for a day.

    `place` is the task's in the author's order; `block` counts the weekend blocks before it;
    `least` is the smallest piece it may be cut into. `minutes` shrinks while it is laid. `held`
    work stands in no line before its `not_before`, so that nothing waits behind it. A negative
    `place` comes before all in the author's order, and may come before its date too. `needs` are
    tasks to lay first.
    """

    task: str
    kind: TaskKind
    minutes: int
    place: int
    block: int
    weekend: bool
    least: int
    not_before: date = date.min
    subject: str = ""
    stage: str = ""
    free: bool = False
    held: bool = False
    needs: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Rules:
    """What else a plan keeps: `whole` are a date's minutes with its reserve; `busy` the subjects
    that pinned work brings to a date. `gate_open` allows work out of turn from a later stage. From
    `tail` on days give all of `whole`."""

    whole: Room | None = None
    busy: Mapping[date, frozenset[str]] = field(default_factory=dict)
    gate_open: bool = False
    tail: date = date.max
    rest_days: date = date.max


NO_RULES = Rules()


def smallest_pieces(week: Sequence[int]) -> tuple[int, int]:
    """Minutes of the smallest piece of weekday work and of practice for a learner with `week`.

    Each looks at the longest study day of its own days, or at the longest of all where its own
    have no minutes: practice of a long Saturday must not forbid the cuts that short weekdays need.
    """
    longest_weekday, longest_weekend = max(week[:SATURDAY]), max(week[SATURDAY:])
    return (
        _smallest_piece(longest_weekday or longest_weekend),
        _smallest_piece(longest_weekend or longest_weekday),
    )


def _smallest_piece(longest_day: int) -> int:
    """25 minutes where the longest day has 90, 20 where it has 60, else 10; half of a day under
    20 minutes. Never more than half a day, so that work always goes on."""
    if longest_day >= LONG_DAY:
        return SMALLEST_PIECE
    if longest_day >= MIDDLING_DAY:
        return SHORT_PIECE
    return max(1, min(SHORTEST_PIECE, longest_day // 2))


def cut(minutes: int, room: int, least: int) -> int | None:
    """How much of `minutes` goes into `room`: all; or a piece that leaves at least `least` and is
    no smaller itself; or None."""
    if minutes <= room:
        return minutes
    piece = min(room, minutes - least)
    return piece if piece >= least else None


def lay(work: Iterable[Work], room: Room, start: date, rules: Rules = NO_RULES) -> Laid:
    """The pieces on their dates. `work` stands in an order that meets its needs, and is used up."""
    lines = _Lines(list(work), rules)
    laid: Laid = {}
    on, lent = start, 0
    while lines.weekday or lines.weekend or lines.held:
        if lines.held:
            lines.release(on)
        minutes = room(on)
        least_lent = LENT_FOR_A_REST_DAY if on < rules.rest_days else SMALLEST_PIECE
        most = minutes + lent if minutes or lent >= least_lent else 0
        if lent and rules.whole:
            most = min(most, max(minutes, rules.whole(on)))
        if on >= rules.tail and rules.whole:
            most = max(most, rules.whole(on))
        if most:
            pieces, left = lines.fill(on, most)
            if pieces:
                laid[on] = pieces
            if rules.whole:
                lent = max(0, min(MOST_LENT, lent + minutes - most + left))
        on += ONE_DAY
    return laid


def add_piece(pieces: list[Piece], piece: Piece) -> None:
    """Append `piece` to a day; a second piece of a task joins the first."""
    for place, other in enumerate(pieces):
        if other.task == piece.task:
            pieces[place] = replace(other, minutes=other.minutes + piece.minutes)
            return
    pieces.append(piece)


class _Lines:
    """The two lines, and what stands in neither yet."""

    def __init__(self, work: Sequence[Work], rules: Rules) -> None:
        self.rules = rules
        self.weekday = deque(item for item in work if not item.weekend and not item.held)
        self.weekend = deque(item for item in work if item.weekend and not item.held)
        self.held = [item for item in work if item.held]
        self.held_until = date.min
        self.open = {item.task for item in work}

    def release(self, on: date) -> None:
        """Put what was held and waits for nothing into its line, at its place in the order; an
        early one as soon as there is nothing else."""
        idle = not (self.weekday or self.weekend)
        if not idle and on < self.held_until:
            return
        kept: list[Work] = []
        for item in self.held:
            if self._waits(item) or (item.not_before > on and not (idle and item.place < 0)):
                kept.append(item)
                continue
            item.not_before = date.min
            line = self.weekend if item.weekend else self.weekday
            line.insert(bisect(line, item.place, key=lambda other: other.place), item)
        self.held = kept
        self.held_until = min((item.not_before for item in kept), default=date.max)

    def fill(self, on: date, room: int) -> tuple[list[Piece], int]:
        """The pieces of a day, and the minutes that stay free."""
        pieces: list[Piece] = []
        busy = self.rules.busy
        subjects = set(busy.get(on, ())) if busy else set()
        is_weekend = on.weekday() >= SATURDAY
        while room > 0 and (found := self._next(on, is_weekend, room, subjects)):
            line, place, minutes = found
            item = line[place]
            piece = Piece(item.task, item.kind, minutes)
            if place:
                add_piece(pieces, piece)
            else:
                pieces.append(piece)
            room -= minutes
            item.minutes -= minutes
            if item.subject:
                subjects.add(item.subject)
            if item.minutes == 0:
                del line[place]
                self.open.discard(item.task)
        return pieces, room

    def _next(self, on: date, is_weekend: bool, room: int, subjects: set[str]) -> "_Found | None":
        """The line, the place in it and the minutes of what the day takes; None ends the day."""
        new = self.weekday[0] if self.weekday else None
        practice = self.weekend[0] if self.weekend else None
        furthest = practice.block + 1 if practice else NO_BLOCK
        new_may = new is not None and new.block <= furthest and new.not_before <= on
        practice_may = (
            practice is not None
            and (new is None or new.place > practice.place)
            and practice.not_before <= on
        )
        if practice_may and (is_weekend or not new_may):
            first, second = self.weekend, self.weekday if new_may else None
        elif new_may:
            first, second = self.weekday, self.weekend if practice_may else None
        else:
            return None
        found = self._from(first, on, room, subjects, furthest)
        if found or second is None or not self._must_wait(first[0], subjects):
            return found
        return self._from(second, on, room, subjects, furthest)

    def _from(
        self, line: deque[Work], on: date, room: int, subjects: set[str], furthest: int
    ) -> "_Found | None":
        """What a line gives: its head, or the first free work behind it that fits; whole if any."""
        head = line[0]
        if not self._must_wait(head, subjects):
            if head.minutes <= room:
                return line, 0, head.minutes
            minutes = cut(head.minutes, room, head.least)
            if minutes is not None:
                return line, 0, minutes
        stage = next((item.stage for item in line if item.place >= 0), "")
        partly: _Found | None = None
        for place, item in enumerate(islice(line, 1, LOOK_AHEAD), 1):
            is_short = item.minutes <= room
            if not (item.free and (is_short or room >= item.least)):
                continue
            if item.not_before > on or self._must_wait(item, subjects):
                continue
            out_of_bounds = item.block > furthest and not item.weekend
            if out_of_bounds or (item.stage != stage and not self.rules.gate_open):
                break
            if is_short:
                return line, place, item.minutes
            minutes = None if partly else cut(item.minutes, room, item.least)
            if minutes is not None:
                partly = line, place, minutes
        return partly

    def _waits(self, item: Work) -> bool:
        """Whether something it needs is open."""
        return not self.open.isdisjoint(item.needs)

    def _must_wait(self, item: Work, subjects: set[str]) -> bool:
        """Whether something it needs is open, or it would bring a fourth subject to the day."""
        if not self.open.isdisjoint(item.needs):
            return True
        is_fourth = len(subjects) >= MOST_SUBJECTS and item.subject not in subjects
        return is_fourth and item.subject != ""


_Found = tuple[deque[Work], int, int]
