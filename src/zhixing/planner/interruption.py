"""What do missed days leave of a plan: what is over, what was missed, what still lies ahead?"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from zhixing.planner.day import OpenPiece, open_pieces
from zhixing.records import Day, Piece, Plan

DatedPiece = tuple[date, Piece]


@dataclass(frozen=True, slots=True)
class Interruption:
    """A plan on a day when something was missed.

    `past` are the days before today with only what was worked on; `missed` is the rest of them.
    `fixed` stays on today: finished there, or begun. `ahead` may move: open pieces from today on.
    `extras` are `if_time` pieces from today on.
    """

    plan: Plan
    today: date
    past: tuple[Day, ...]
    missed: tuple[DatedPiece, ...]
    fixed: tuple[Piece, ...]
    ahead: tuple[DatedPiece, ...]
    extras: tuple[DatedPiece, ...]


def interruption(
    plan: Plan, today: date, finished: frozenset[str], done: Mapping[str, int]
) -> Interruption:
    """The parts of `plan` as of today. Pieces of finished tasks on later days are gone."""
    opened = open_pieces(plan, finished, done)
    left_behind = [o for o in opened if o.date < today and not o.piece.if_time]
    on_today = plan.day(today)
    fixed = [
        piece
        for piece in (on_today.pieces if on_today else ())
        if not piece.if_time and (piece.task in finished or done.get(piece.task, 0) > 0)
    ]
    ahead = [(o.date, o.piece) for o in opened if o.date >= today]
    return Interruption(
        plan=plan,
        today=today,
        past=tuple(_worked(day, left_behind) for day in plan.days if day.date < today),
        missed=tuple((o.date, replace(o.piece, minutes=o.left)) for o in left_behind),
        fixed=tuple(fixed),
        ahead=tuple(
            (on, p) for on, p in ahead if not p.if_time and not (on == today and p in fixed)
        ),
        extras=tuple((on, piece) for on, piece in ahead if piece.if_time),
    )


def _worked(day: Day, left_behind: list[OpenPiece]) -> Day:
    """A past day with only what was worked on."""
    open_here = {o.piece.task: o for o in left_behind if o.date == day.date}
    pieces: list[Piece] = []
    for piece in day.pieces:
        open_ = None if piece.if_time else open_here.get(piece.task)
        if open_ is None:
            pieces.append(piece)
        elif open_.worked > 0:
            pieces.append(replace(piece, minutes=open_.worked))
    return replace(day, pieces=tuple(pieces))
