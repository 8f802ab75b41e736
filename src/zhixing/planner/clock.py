"""At what time of the day does each piece begin?"""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from zhixing.records import Day, Piece, Profile

NOON, EVENING, MIDNIGHT = 12 * 60, 18 * 60, 24 * 60
PARTS: Mapping[str, tuple[int, int]] = MappingProxyType(
    {"morning": (0, NOON), "afternoon": (NOON, EVENING), "evening": (EVENING, MIDNIGHT)}
)
NO_WISHES: Mapping[str, str] = MappingProxyType({})


def times(
    day: Day, profile: Profile, wishes: Mapping[str, str] = NO_WISHES
) -> tuple[tuple[Piece, int], ...]:
    """The pieces of a day with the minute of the day on which each begins, in order of time.

    `wishes` are tasks' times of day ("morning" …): such a piece goes into a block of that part of
    the day if it fits into one whole, before all others. The others follow in the day's order. A
    piece longer than what is left of a block runs on in the next, as two shares with their own
    minutes. () for a learner without blocks; what is beyond the blocks is left out.
    """
    free = list(profile.blocks[day.date.weekday()]) if profile.blocks else []
    timed: list[tuple[Piece, int]] = []
    others: list[Piece] = []
    for piece in day.pieces:
        start = _in_its_part(free, piece.minutes, wishes.get(piece.task, ""))
        if start is None:
            others.append(piece)
        else:
            timed.append((piece, start))
    for piece in others:
        timed += _one_after_another(free, piece)
    return tuple(sorted(timed, key=lambda placed: placed[1]))


def _in_its_part(free: list[tuple[int, int]], minutes: int, part: str) -> int | None:
    """Take `minutes` from the first block that has them within a part of the day."""
    opens, closes = PARTS.get(part, (0, 0))
    for place, (start, length) in enumerate(free):
        first, last = max(start, opens), min(start + length, closes)
        if last - first >= minutes:
            rest = ((start, first - start), (first + minutes, start + length - first - minutes))
            free[place : place + 1] = [block for block in rest if block[1] > 0]
            return first
    return None


def _one_after_another(free: list[tuple[int, int]], piece: Piece) -> list[tuple[Piece, int]]:
    """Take a piece's minutes from the first blocks that have any; whole in one where it can be."""
    whole = next((block for block in free if block[1] >= piece.minutes), None)
    shares: list[tuple[Piece, int]] = []
    left = piece.minutes
    while left and free:
        block = whole or free[0]
        start, length = block
        taken, place = min(left, length), free.index(block)
        shares.append((replace(piece, minutes=taken), start))
        rest = (start + taken, length - taken)
        free[place : place + 1] = [rest] if rest[1] else []
        left -= taken
    return shares
