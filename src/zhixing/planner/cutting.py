"""Into which pieces may work be cut, and how do pieces share a day?"""

from collections.abc import Sequence
from dataclasses import replace

from zhixing.planner.hours import SATURDAY
from zhixing.records import Piece

SMALLEST_PIECE = 25
SHORT_PIECE = 20
SHORTEST_PIECE = 10
LONG_DAY = 90
MIDDLING_DAY = 60


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
    if room < least or minutes < 2 * least:
        return None
    return room if room <= minutes - least else minutes - least


def add_piece(pieces: list[Piece], piece: Piece) -> None:
    """Append `piece` to a day; a second piece of a task joins the first."""
    for place, other in enumerate(pieces):
        if other.task == piece.task:
            pieces[place] = replace(other, minutes=other.minutes + piece.minutes)
            return
    pieces.append(piece)
