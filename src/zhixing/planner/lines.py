"""Which work does a day take next? Two lines of what waits, and when something comes out of turn.

The head of a line goes first. Work of which the catalog knows what it needs (`free`) may come out
of turn, within its stage, when the head does not fit, waits for something, or would bring a fourth
subject to the day; and, where the author has set no weeks, when the last days have had more
than their share of the head's kind (`balance`).
"""

from bisect import bisect
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from zhixing.planner.balance import NO_PART, Balance
from zhixing.planner.cutting import SMALLEST_PIECE, add_piece, cut
from zhixing.planner.hours import SATURDAY, Room
from zhixing.records import Link, Piece, TaskKind

MOST_SUBJECTS = 3
LOOK_AHEAD = 40
"""How many of a line are asked."""
NO_BLOCK = 1 << 60
SKILL = "skill:"


@dataclass(slots=True)
class Work:
    """Minutes of one task that wait for a day.

    `place` is the task's in the author's order; `block` counts the weekend blocks before it;
    `least` is the smallest piece it may be cut into. `minutes` shrinks while it is laid. `held`
    work stands in no line before its `not_before`, so that nothing waits behind it. A negative
    `place` comes before all in the author's order, and may come before its date too. `needs` are
    tasks to lay first; so is, by its `links`, open work on the same skill that the author has
    earlier. `share` is theory, code or project (`balance`), `part` the block of a stage within
    which it may give way to another share, but not to work with one of its `links`; `begun` work
    does not.
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
    share: int = 0
    part: int = NO_PART
    links: Sequence[Link] = ()
    begun: bool = False


@dataclass(frozen=True, slots=True)
class Rules:
    """What else a plan keeps: `whole` are a date's minutes with its reserve; `busy` the subjects
    that pinned work brings to a date. `gate_open` allows work out of turn from a later stage. From
    `tail` on days give all of `whole`, from `rest_days` on those that are all reserve make up for
    less than a sitting. `least` is the smallest piece on a weekday."""

    whole: Room | None = None
    busy: Mapping[date, frozenset[str]] = field(default_factory=dict)
    gate_open: bool = False
    tail: date = date.max
    rest_days: date = date.max
    least: int = SMALLEST_PIECE


NO_RULES = Rules()


class Lines:
    """The two lines, and what stands in neither yet."""

    def __init__(self, work: Sequence[Work], rules: Rules) -> None:
        self.rules = rules
        self.weekday = deque(item for item in work if not item.weekend and not item.held)
        self.weekend = deque(item for item in work if item.weekend and not item.held)
        self.held = [item for item in work if item.held]
        self.held_until = date.min
        self.weekend_day = False
        self.smallest = min((item.least for item in work), default=rules.least)
        self.open = {item.task for item in work}
        self.balance = Balance()
        self.balance.expect((i.part, i.share, i.minutes) for i in work if i.part != NO_PART)

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
        self.weekend_day = on.weekday() >= SATURDAY
        if self.balance.left:
            self.balance.begin(on)
        while room > 0 and (found := self._next(on, room, subjects)):
            line, place, minutes = found
            item = line[place]
            piece = Piece(item.task, item.kind, minutes)
            if place:
                add_piece(pieces, piece)
            else:
                pieces.append(piece)
            room -= minutes
            if item.subject:
                subjects.add(item.subject)
            if item.part != NO_PART:
                self.balance.note(item.part, item.share, minutes)
            item.begun = True
            item.minutes -= minutes
            if item.minutes == 0:
                del line[place]
                self.open.discard(item.task)
        return pieces, room

    def _next(self, on: date, room: int, subjects: set[str]) -> "_Found | None":
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
        if practice_may and (self.weekend_day or not new_may):
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
        """What a line gives: its head, or other work of which the week lacks more; else the first
        free work behind it that fits; whole if any."""
        head = line[0]
        if not self._must_wait(head, subjects):
            minutes = self._portion(head, room)
            if minutes is not None:
                if head.begun or head.part == NO_PART:
                    return line, 0, minutes
                sought = self.balance.sought(head.part, head.share, self.weekend_day)
                evener = sought >= 0 and self._of_share(sought, line, on, room, subjects)
                return evener or (line, 0, minutes)
        return self._out_of_turn(line, on, room, subjects, furthest)

    def _of_share(
        self, share: int, line: deque[Work], on: date, room: int, subjects: set[str]
    ) -> "_Found | None":
        """The first free work of a share in the head's part that passes over nothing of the same
        skill or resource: a book's chapters keep their order."""
        part = line[0].part
        ahead = list(islice(line, LOOK_AHEAD))
        able = [n for n, item in enumerate(ahead) if item.share == share and item.part == part]
        for place in able:
            item = ahead[place]
            if not item.free or item.not_before > on or self._must_wait(item, subjects):
                continue
            minutes = self._portion(item, room)
            if minutes is not None and not _shares_a_link(item, ahead[:place]):
                return line, place, minutes
        return None

    def _out_of_turn(
        self, line: deque[Work], on: date, room: int, subjects: set[str], furthest: int
    ) -> "_Found | None":
        """The first free work behind the head that fits: whole, else a piece of it."""
        ahead = list(islice(line, LOOK_AHEAD))
        enough = room >= self.smallest
        fitting = [n for n, item in enumerate(ahead) if enough or item.minutes <= room]
        stage: str | None = None
        partly: _Found | None = None
        for place in fitting:
            item = ahead[place]
            if not (place and item.free) or item.not_before > on or self._must_wait(item, subjects):
                continue
            if stage is None:
                stage = next((other.stage for other in line if other.place >= 0), "")
            out_of_bounds = item.block > furthest and not item.weekend
            if out_of_bounds or (item.stage != stage and not self.rules.gate_open):
                break
            minutes = self._portion(item, room)
            if minutes is None or _is_more_of(item, ahead, place):
                continue
            if minutes == item.minutes:
                return line, place, minutes
            if partly is None:
                partly = line, place, minutes
        return partly

    def _portion(self, item: Work, room: int) -> int | None:
        """How much of it goes into `room` (`cut`); practice on a weekday is cut as weekday work."""
        if item.minutes <= room:
            return item.minutes
        least = item.least if self.weekend_day else min(item.least, self.rules.least)
        return cut(item.minutes, room, least)

    def _waits(self, item: Work) -> bool:
        """Whether something it needs is open."""
        return not self.open.isdisjoint(item.needs)

    def _must_wait(self, item: Work, subjects: set[str]) -> bool:
        """Whether something it needs is open, or it would bring a fourth subject to the day."""
        if item.needs and not self.open.isdisjoint(item.needs):
            return True
        if len(subjects) < MOST_SUBJECTS or not item.subject:
            return False
        return item.subject not in subjects


def _is_more_of(item: Work, line: Sequence[Work], place: int) -> bool:
    """Whether the skill that an item studies is that of work before its place in the line."""
    skill = item.links[0].url if item.links else ""
    if not skill.startswith(SKILL):
        return False
    return any(other.links and other.links[0].url == skill for other in line[:place])


def _shares_a_link(item: Work, others: Iterable[Work]) -> bool:
    urls = {link.url for link in item.links}
    return any(link.url in urls for other in others for link in other.links)


_Found = tuple[deque[Work], int, int]
