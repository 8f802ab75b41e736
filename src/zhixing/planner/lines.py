"""Which work does a day take next? Two lines of what waits, and when something comes out of turn.

The head of a line goes first. Work of which the catalog knows what it needs (`free`) may come out
of turn, within its stage, when the head does not fit, waits for something, or would bring a fourth
subject to the day; and, where the author has set no weeks, when the last days have had more
than their share of the head's kind (`balance`).
"""

from bisect import bisect, insort
from collections import deque
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import islice
from operator import attrgetter

from zhixing.planner.balance import NO_PART, Balance
from zhixing.planner.cutting import add_piece, cut
from zhixing.planner.hours import SATURDAY
from zhixing.planner.work import Rules, Work, copied, is_more_of, passes_a_link
from zhixing.records import Piece

MOST_SUBJECTS = 3
LOOK_AHEAD = 40
"""How many of a line are asked."""
NO_BLOCK = 1 << 60
PLACE, NOT_BEFORE = attrgetter("place"), attrgetter("not_before")


class Lines:
    """The two lines, and what stands in neither yet. `short` and `short_practice` are those of each
    that have less than a smallest piece, in its order."""

    def __init__(self, work: Sequence[Work], rules: Rules) -> None:
        self.rules = rules
        self.smallest = min([rules.least, *{item.least for item in work}])
        ready = [item for item in work if not item.held]
        self.weekday = deque([item for item in ready if not item.weekend])
        self.weekend = deque([item for item in ready if item.weekend])
        self.short = [item for item in self.weekday if item.minutes < self.smallest]
        self.short_practice = [item for item in self.weekend if item.minutes < self.smallest]
        self.held = sorted([item for item in work if item.held], key=NOT_BEFORE)
        self.held_until = date.min
        self.weekend_day = False
        self.open = {item.task for item in work}
        self.balance = Balance()
        self.balance.expect([(i.part, i.share, i.minutes) for i in work if i.part != NO_PART])

    def fork(self, rules: Rules) -> "Lines":
        """Lines with copies of what waits, for other rules; those days are even with which these
        were."""
        waiting = (*self.weekday, *self.weekend, *self.held)
        found = Lines([copied(item) for item in waiting], rules)
        found.balance.goes_on(self.balance)
        return found

    def release(self, on: date) -> None:
        """Put what was held and waits for nothing into its line, at its place in the order; an
        early one as soon as there is nothing else."""
        idle = not (self.weekday or self.weekend)
        if not idle and on < self.held_until:
            return
        last = len(self.held) if idle else bisect(self.held, on, key=NOT_BEFORE)
        due, later = self.held[:last], self.held[last:]
        kept: list[Work] = []
        for item in due:
            early = idle and item.place < 0
            if (item.not_before > on and not early) or not self.open.isdisjoint(item.needs):
                kept.append(item)
                continue
            item.not_before, item.held = date.min, False
            line = self.weekend if item.weekend else self.weekday
            line.insert(bisect(line, item.place, key=PLACE), item)
            if item.minutes < self.smallest:
                insort(self._short_of(line), item, key=PLACE)
        self.held = kept + later
        self.held_until = self.held[0].not_before if self.held else date.max

    def fill(self, on: date, room: int) -> tuple[list[Piece], int]:
        """The pieces of a day, and the minutes that stay free."""
        pieces: list[Piece] = []
        busy = self.rules.busy
        subjects = set(busy.get(on, ())) if busy else set()
        self.weekend_day = on.weekday() >= SATURDAY
        if self.balance.left:
            self.balance.begin(on)
        while room >= self.smallest or (room > 0 and self._has_short(room)):
            found = self._next(on, room, subjects)
            if not found:
                break
            line, item, minutes = found
            piece = Piece(item.task, item.kind, minutes)
            if item is line[0]:
                pieces.append(piece)
            else:
                add_piece(pieces, piece)
            room -= minutes
            if item.subject:
                subjects.add(item.subject)
            if item.part != NO_PART:
                self.balance.note(item.part, item.share, minutes)
            item.begun = True
            item.minutes -= minutes
            if item.minutes == 0:
                self._leave(line, item, minutes)
        return pieces, room

    def _leave(self, line: deque[Work], item: Work, minutes: int) -> None:
        """Take an item out of its line, all of which is laid: its last `minutes` just now. No cut
        leaves less than a smallest piece, so what ends with less was short from the beginning."""
        if item is line[0]:
            line.popleft()
        else:
            line.remove(item)
        self.open.discard(item.task)
        if minutes < self.smallest:
            self._short_of(line).remove(item)

    def _short_of(self, line: deque[Work]) -> list[Work]:
        return self.short_practice if line is self.weekend else self.short

    def _has_short(self, room: int) -> bool:
        """Whether something fits as a whole: into less than a smallest piece nothing is cut."""
        for line, short in ((self.weekday, self.short), (self.weekend, self.short_practice)):
            last = line[min(len(line), LOOK_AHEAD) - 1].place if short else 0
            for item in short:
                if item.place > last:
                    break
                if item.minutes <= room:
                    return True
        return False

    def _next(self, on: date, room: int, subjects: set[str]) -> "_Found | None":
        """The line, the work of it and the minutes that the day takes; None ends the day."""
        new = self.weekday[0] if self.weekday else None
        furthest = self.weekend[0].block + 1 if self.weekend else NO_BLOCK
        new_may = new is not None and new.block <= furthest and new.not_before <= on
        practice_first = (self.weekend_day or not new_may) and self._practice_may(on)
        if not (new_may or practice_first):
            return None
        line = self.weekend if practice_first else self.weekday
        found = self._from(line, on, room, subjects, furthest)
        if found or not self._must_wait(line[0], subjects):
            return found
        if not (new_may if practice_first else self._practice_may(on)):
            return None
        other = self.weekday if practice_first else self.weekend
        return self._from(other, on, room, subjects, furthest)

    def _practice_may(self, on: date) -> bool:
        """Whether the head of the practice line may come: all weekday work before it is laid."""
        if not self.weekend:
            return False
        practice = self.weekend[0]
        is_next = not self.weekday or self.weekday[0].place > practice.place
        return is_next and practice.not_before <= on

    def _from(
        self, line: deque[Work], on: date, room: int, subjects: set[str], furthest: int
    ) -> "_Found | None":
        """What a line gives: its head, or other work of which the week lacks more; else the first
        free work behind it that fits; whole if any."""
        head = line[0]
        minutes: int | None = None
        may_wait = head.needs or len(subjects) >= MOST_SUBJECTS
        if not (may_wait and self._must_wait(head, subjects)):
            minutes = head.minutes if head.minutes <= room else self._portion(head, room)
        if minutes is None:
            return self._out_of_turn(line, on, room, subjects, furthest)
        if head.begun or head.part == NO_PART:
            return line, head, minutes
        sought = self.balance.sought(head.part, head.share, self.weekend_day)
        evener = sought >= 0 and self._of_share(sought, line, on, room, subjects)
        return evener or (line, head, minutes)

    def _of_share(
        self, share: int, line: deque[Work], on: date, room: int, subjects: set[str]
    ) -> "_Found | None":
        """The first free work of a share in the head's part that passes over nothing of the same
        skill or resource: a book's chapters keep their order."""
        waiting, part, block = self.open, line[0].part, line[0].block
        for item in islice(line, 1, LOOK_AHEAD):
            if item.block > block:
                break
            if item.share != share or item.part != part or not item.free or item.not_before > on:
                continue
            if not waiting.isdisjoint(item.needs) or self._must_wait(item, subjects):
                continue
            minutes = self._portion(item, room)
            if minutes is not None and not passes_a_link(item, line):
                return line, item, minutes
        return None

    def _out_of_turn(
        self, line: deque[Work], on: date, room: int, subjects: set[str], furthest: int
    ) -> "_Found | None":
        """The first free work behind the head that fits: whole, else a piece of it."""
        whole_only = room < self.smallest
        head, waiting = line[0], self.open
        stage: str | None = None
        partly: _Found | None = None
        for item in islice(line, 1, LOOK_AHEAD):
            too_long = whole_only and item.minutes > room
            if too_long or not item.free or item.not_before > on:
                continue
            if not waiting.isdisjoint(item.needs) or self._must_wait(item, subjects):
                continue
            if stage is None:
                stage = head.stage if head.place >= 0 else _stage_of(line)
            out_of_bounds = item.block > furthest and not item.weekend
            if out_of_bounds or (item.stage != stage and not self.rules.gate_open):
                break
            minutes = self._portion(item, room)
            if minutes is None or is_more_of(item, line):
                continue
            if minutes == item.minutes:
                return line, item, minutes
            if partly is None:
                partly = line, item, minutes
        return partly

    def _portion(self, item: Work, room: int) -> int | None:
        """How much of it goes into `room` (`cut`); practice on a weekday is cut as weekday work."""
        if item.minutes <= room:
            return item.minutes
        least = item.least
        if least > self.rules.least and not self.weekend_day:
            least = self.rules.least
        return cut(item.minutes, room, least)

    def _must_wait(self, item: Work, subjects: set[str]) -> bool:
        """Whether something it needs is open, or it would bring a fourth subject to the day."""
        if item.needs:
            if not self.open.isdisjoint(item.needs):
                return True
            item.needs = ()
        if len(subjects) < MOST_SUBJECTS or not item.subject:
            return False
        return item.subject not in subjects


def _stage_of(line: Iterable[Work]) -> str:
    """The stage at the head of a line, early work aside."""
    return next((item.stage for item in line if item.place >= 0), "")


_Found = tuple[deque[Work], Work, int]
