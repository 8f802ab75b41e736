"""Where does everything come if homeless work takes its turn and only what must gives way?

A wave with a patience: what was missed goes first after the frozen days. What it pushes out goes
into the room between while other pieces keep their days, but for a week at most, or until the next
week of the route is over: then it goes first in turn, so nothing passes far behind what the author
has after it. No piece has its day while what it needs is still waiting. Nothing comes before its
old day, and where the days have taken up all that waits, the wave is over: the plan behind it stays
as it is. Where only the author's order holds a route together (`Seats.in_turn`), work lets earlier
work of its line go first, on the coming days too. A wave that may use the reserve is more patient:
missed work goes first from the middle of the coming week on.

Work is put into study minutes, and what a day leaves of them is lent to the days after it; what
stood in the reserve already may stay there. The two lines of
`laying` hold for what waits: weekday work goes first on weekdays, practice first on weekends, after
the weekday work of its block; a line that cannot go on leaves the day to the other. So a missed
evening moves the end by a day or two, not by a week. A light week halves the study minutes of the
days after the frozen ones.
"""

from dataclasses import dataclass, field
from itertools import islice

from zhixing.planner.cutting import add_piece, cut, smallest_pieces
from zhixing.planner.hours import SATURDAY, Week
from zhixing.planner.interruption import Interruption, Table
from zhixing.planner.lateness import week_ends
from zhixing.planner.laying import MOST_LENT
from zhixing.planner.waiting import Queue, Waiting
from zhixing.records import Piece

LIGHT_DAYS = 7
DAYS_BEFORE_SUNDAY = 3
DAYS_OF_A_WEEK = 7
PATIENCE, MORE_PATIENCE = 6, 9
"""For so many days what waits lets the pieces of the days have their places; then it goes first."""
FAR = 24
"""How many of a line are asked before a day is given up, unless that leaves it idle."""


def weekday(day: int) -> int:
    """0 = Monday, of a day counted as in `date.toordinal`."""
    return (day - 1) % DAYS_OF_A_WEEK


def slide(
    at: Interruption,
    week: Week,
    light: bool = False,
    reserve: bool = False,
    patience: int = PATIENCE,
) -> Table:
    """The days that change, each with all its pieces but those fixed on today and the extras.
    `week` are the study minutes from Monday to Sunday; with `reserve` the wave may use all there
    is, and is over sooner."""
    two_lines = sum(week[:SATURDAY]) > 0 and sum(week[SATURDAY:]) > 0
    return _Wave(at, week, light, reserve, patience, Queue(at, two_lines)).run()


def coming_sunday(at: Interruption) -> int:
    """The Sunday of the coming week: 8 to 14 days, today among them."""
    return at.today + 2 * DAYS_OF_A_WEEK - 1 - weekday(at.today)


@dataclass(slots=True)
class _Wave:
    at: Interruption
    week: Week
    light: bool
    reserve: bool
    patience: int
    queue: Queue
    least: tuple[int, int] = (1, 1)
    late_due: int = 0
    ends: dict[int, int] = field(default_factory=dict)
    lent: int = 0
    subjects: set[str] = field(default_factory=set)
    comes: dict[int, list[Piece]] = field(default_factory=dict)
    laid: Table = field(default_factory=dict)

    def run(self) -> Table:
        at = self.at
        self.least = smallest_pieces(self.week)
        self.ends = week_ends(at)
        at_once = not self.reserve
        self.late_due = at.frozen_until if at_once else coming_sunday(at) - DAYS_BEFORE_SUNDAY
        missed = sorted(at.missed, key=lambda piece: at.seats.place(piece.task))
        self.comes[at.today] = missed
        for day, piece in (*at.displaced, *at.lacking):
            pin = at.pin(piece.task)
            self.comes.setdefault(max(at.today, day if pin is None else pin), []).append(piece)
        for pieces in self.comes.values():
            self.queue.announce(piece.task for piece in pieces)
        special = {*self.comes, *(at.shrunk if at.tight or at.displaced else ())}
        if self.light:
            special.update(self._light_days())
        end, day = max(special), at.today
        while day <= end or self.queue.line:
            if day in special or not self._passes(day):
                self._take_day(day)
            day += 1
        return self.laid

    def _passes(self, day: int) -> bool:
        """Whether the day stays as it is: nothing waits that it could take, and nothing it has
        must wait for that."""
        own = self.at.ahead.get(day, ())
        if self.queue.line:
            load = sum([piece.minutes for piece in own])
            left = self._room(day, load) - load
            if left < 0 or (left and left >= self._smallest()):
                return False
            if any(item.due < day for item in self.queue.line):
                return False
        return not self.queue.holds_up(own)

    def _due(self, piece: Piece, day: int) -> int:
        """Until when it lets others go first from `day` on; not behind the week of the route after
        its own."""
        due = day + self.patience
        task = self.at.seats.tasks.get(piece.task)
        if task is None or task.week <= 0:
            return due
        return min(due, max(day, self.ends.get(task.week + 1, due)))

    def _smallest(self) -> int:
        """The minutes of the smallest piece of what waits."""
        return min(*self.least, min(item.minutes for item in self.queue.line))

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

    def _kept(self, day: int) -> int:
        """The day's study minutes for other work than is fixed."""
        taken = self.at.taken if day == self.at.today else 0
        return max(0, self.at.study(day) - self._claimed(day) - taken)

    def _most(self, day: int) -> int:
        """The day's minutes with its reserve, but of a light week."""
        if self.light and day in self._light_days():
            return 0
        taken = self.at.taken if day == self.at.today else 0
        return self.at.whole(day) - self._claimed(day) - taken

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
        self.queue.announce(piece.task for piece in own)
        self.queue.weeks_hold = day > self.at.frozen_until
        late = len(self.at.missed) if day == self.at.today else 0
        for n, piece in enumerate(self.comes.get(day, ())):
            self.queue.join(piece, day, self.late_due if n < late else self._due(piece, day))
        for piece in own:
            self.queue.join(piece, day, self._due(piece, day), stays=True)
        self.subjects = {self.at.seats.subject(piece.task) for piece in self._fixed(day)} - {""}
        put: list[Piece] = []
        borrowed = min(self.lent, max(0, self._most(day) - room)) if room else 0
        room = self._keep(day, room + borrowed, put)
        far = FAR
        while room > 0 and self.queue.line:
            used = self._fill(day, room, put, far)
            if not used and far >= len(self.queue.line):
                break
            far = far if used else len(self.queue.line)
            room -= used
        if self.queue.line:
            kept = self._kept(day) - sum(piece.minutes for piece in put)
            self.lent = max(0, min(MOST_LENT, self.lent + kept))
        self.queue.close_day()
        if set(put) != set(own):
            self.laid[day] = put

    def _keep(self, day: int, room: int, put: list[Piece]) -> int:
        """Put what stays on this day: what is pinned to it, the reserve included, then missed work
        that has waited too long, then what stands there; the room that is left."""
        whole = self.at.whole(day) - sum(piece.minutes for piece in self._fixed(day))
        queue = self.queue
        for item in queue.line:
            needs = self.at.seats.needs(item.piece.task) if item.pinned else ()
            if item.pinned and item.minutes <= whole and queue.tasks.keys().isdisjoint(needs):
                whole -= item.minutes
                room = max(0, room - self._put(item, item.minutes, put))
        for item in queue.line:
            if item.due < day and item.minutes and not queue.must_wait(item, self.subjects):
                room -= self._put(item, cut(item.minutes, room, self.least[0]) or 0, put)
        for item in (*queue.line, *queue.line):  # what waits for its neighbour is asked again
            if item.stays and 0 < item.minutes <= room and not queue.needs_wait(item):
                room -= self._put(item, item.minutes, put)
        queue.drop_served()
        return room

    def _fill(self, day: int, room: int, put: list[Piece], far: int) -> int:
        """One walk over the first `far` of each line; the minutes that were put."""
        practice_first = weekday(day) >= SATURDAY
        used = 0
        for practice in (practice_first, not practice_first):
            line = (item for item in self.queue.line if item.practice is practice)
            for item in islice(line, far):
                if used == room:
                    break
                if self.queue.must_wait(item, self.subjects):
                    continue
                minutes = cut(item.minutes, room - used, self.least[practice])
                if minutes:
                    used += self._put(item, minutes, put)
            self.queue.drop_served()
        return used

    def _put(self, item: Waiting, minutes: int, put: list[Piece]) -> int:
        if not minutes:
            return 0
        if subject := self.at.seats.subject(item.piece.task):
            self.subjects.add(subject)
        add_piece(put, Piece(item.piece.task, item.piece.kind, minutes))
        self.queue.serve(item, minutes)
        return minutes
