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
"""

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from zhixing.planner.hours import Room
from zhixing.records import Piece, TaskKind

ONE_DAY = timedelta(days=1)
SMALLEST_PIECE = 25
SHORT_PIECE = 20
SHORTEST_PIECE = 10
LONG_DAY = 90
MIDDLING_DAY = 60
SATURDAY = 5

Laid = dict[date, list[Piece]]


@dataclass(slots=True)
class Work:
    """Minutes of one task that wait for a day.

    `place` is the task's in the author's order; `block` counts the weekend blocks before it;
    `least` is the smallest piece it may be cut into. `minutes` shrinks while it is laid.
    """

    task: str
    kind: TaskKind
    minutes: int
    place: int
    block: int
    weekend: bool
    least: int
    not_before: date = date.min


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


def lay(work: Iterable[Work], room: Room, start: date) -> Laid:
    """The pieces on their dates. `work` stands in the author's order and is used up."""
    waiting = list(work)
    weekday = deque(item for item in waiting if not item.weekend)
    weekend = deque(item for item in waiting if item.weekend)
    laid: Laid = {}
    on = start
    while weekday or weekend:
        pieces = _fill_day(on, room(on), weekday, weekend)
        if pieces:
            laid[on] = pieces
        on += ONE_DAY
    return laid


def add_piece(pieces: list[Piece], piece: Piece) -> None:
    """Append `piece` to a day; a second piece of a task joins the first."""
    for place, other in enumerate(pieces):
        if other.task == piece.task:
            pieces[place] = replace(other, minutes=other.minutes + piece.minutes)
            return
    pieces.append(piece)


def _fill_day(on: date, room: int, weekday: deque[Work], weekend: deque[Work]) -> list[Piece]:
    pieces: list[Piece] = []
    while room > 0 and (line := _next_line(on, weekday, weekend)):
        item = line[0]
        minutes = cut(item.minutes, room, item.least)
        if minutes is None:
            break
        add_piece(pieces, Piece(item.task, item.kind, minutes))
        room -= minutes
        item.minutes -= minutes
        if item.minutes == 0:
            line.popleft()
    return pieces


def _next_line(on: date, weekday: deque[Work], weekend: deque[Work]) -> deque[Work] | None:
    """The line whose first work this day takes; None when neither may begin."""
    new = weekday[0] if weekday else None
    practice = weekend[0] if weekend else None
    new_may = (
        new is not None
        and new.not_before <= on
        and (practice is None or new.block <= practice.block + 1)
    )
    practice_may = (
        practice is not None
        and practice.not_before <= on
        and (new is None or new.place > practice.place)
    )
    if practice_may and (on.weekday() >= SATURDAY or not new_may):
        return weekend
    return weekday if new_may else None
