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
from datetime import date, timedelta

from zhixing.planner.cutting import SMALLEST_PIECE
from zhixing.planner.hours import Room
from zhixing.planner.lines import NO_RULES, Lines, Rules, Work
from zhixing.records import Piece

ONE_DAY = timedelta(days=1)
MOST_LENT = 240
LENT_FOR_A_REST_DAY = 100
"""Minutes: so much left over is made up for on a day whose minutes are all kept."""

Laid = dict[date, list[Piece]]


def lay(work: Iterable[Work], room: Room, start: date, rules: Rules = NO_RULES) -> Laid:
    """The pieces on their dates. `work` stands in an order that meets its needs, and is used up."""
    lines = Lines(list(work), rules)
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
