"""What is still open: what does today ask for, and what did earlier days leave?"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from zhixing.planner.cutting import SMALLEST_PIECE
from zhixing.records import Piece, Plan


@dataclass(frozen=True, slots=True)
class OpenPiece:
    """A piece of a plan that is not finished: minutes worked on it, minutes it still needs (more
    than the difference when the task takes longer than planned)."""

    date: date
    piece: Piece
    worked: int
    left: int


def due(
    plan: Plan, today: date, finished: frozenset[str], done: Mapping[str, int]
) -> tuple[Piece, ...]:
    """The open pieces of today, in the plan's order, with the minutes they still need.

    `finished` are tasks that need nothing more. `done` are minutes worked on tasks; they count
    for a task's earliest pieces, and its last piece stays open until the task is finished.
    """
    return tuple(
        replace(open_.piece, minutes=open_.left)
        for open_ in open_pieces(plan, finished, done)
        if open_.date == today
    )


def missed(
    plan: Plan, today: date, finished: frozenset[str], done: Mapping[str, int]
) -> tuple[Piece, ...]:
    """The open pieces of days before today, with the minutes they still need; work that stood
    in slack (`if_time`) is never missed."""
    return tuple(
        replace(open_.piece, minutes=open_.left)
        for open_ in open_pieces(plan, finished, done)
        if open_.date < today and not open_.piece.if_time
    )


def open_pieces(
    plan: Plan, finished: frozenset[str], done: Mapping[str, int]
) -> tuple[OpenPiece, ...]:
    """All pieces that are not finished, in the plan's order. See `due`."""
    dated = [(day.date, piece) for day in plan.days for piece in day.pieces]
    last = {piece.task: place for place, (_, piece) in enumerate(dated)}
    worked = dict(done)
    found: list[OpenPiece] = []
    for place, (on, piece) in enumerate(dated):
        if piece.task in finished:
            continue
        covered = min(worked.get(piece.task, 0), piece.minutes)
        worked[piece.task] = worked.get(piece.task, 0) - covered
        left = piece.minutes - covered
        if left > 0:
            found.append(OpenPiece(on, piece, covered, left))
        elif place == last[piece.task]:
            found.append(OpenPiece(on, piece, covered, min(piece.minutes, SMALLEST_PIECE)))
    return tuple(found)
