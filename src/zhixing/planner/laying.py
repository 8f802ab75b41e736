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

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from zhixing.planner.cutting import SMALLEST_PIECE
from zhixing.planner.hours import Room
from zhixing.planner.lines import Lines
from zhixing.planner.work import NO_RULES, Rules, Work
from zhixing.records import Piece

ONE_DAY = timedelta(days=1)
MOST_LENT = 240
LENT_FOR_A_REST_DAY = 100
"""Minutes: so much left over is made up for on a day whose minutes are all kept."""

Laid = dict[date, list[Piece]]


@dataclass(slots=True)
class Laying:
    """Work on its way onto days: the lines that wait for the day `on`, the minutes that days before
    have lent to it, and what is laid already."""

    lines: Lines
    room: Room
    on: date
    lent: int = 0
    laid: Laid = field(default_factory=dict)

    def fork(self, rules: Rules) -> "Laying":
        """A second one that goes on from here, by other rules. This one stays as it is."""
        return Laying(self.lines.fork(rules), self.room, self.on, self.lent, dict(self.laid))

    def go_on(self, until: date = date.max) -> None:
        """Lay the days before `until`, as far as there is work."""
        lines, rules, room = self.lines, self.lines.rules, self.room
        whole, tail, rest_days = rules.whole, rules.tail, rules.rest_days
        on, lent, laid = self.on, self.lent, self.laid
        while on < until and (lines.weekday or lines.weekend or lines.held):
            if lines.held:
                lines.release(on)
            most = minutes = room(on)
            if lent and whole and (minutes or lent >= _enough_lent(on < rest_days)):
                most, limit = minutes + lent, whole(on)
                if most > limit:
                    most = limit if limit > minutes else minutes
            if on >= tail and whole:
                most = max(most, whole(on))
            if most:
                pieces, left = lines.fill(on, most)
                if pieces:
                    laid[on] = pieces
                if whole and (lent or left):
                    lent = max(0, min(MOST_LENT, lent + minutes - most + left))
            on += ONE_DAY
        self.on, self.lent = on, lent


def lay(work: Iterable[Work], room: Room, start: date, rules: Rules = NO_RULES) -> Laid:
    """The pieces on their dates. `work` stands in an order that meets its needs, and is used up."""
    laying = Laying(Lines(list(work), rules), room, start)
    laying.go_on()
    return laying.laid


def _enough_lent(rest_day: bool) -> int:
    """How much was left over before a day without study minutes takes it up."""
    return LENT_FOR_A_REST_DAY if rest_day else SMALLEST_PIECE
