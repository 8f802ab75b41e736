"""What stands on the days of a plan: what was done, what is left, in the route's minutes of now."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from zhixing.planner.day import OpenPiece, open_pieces
from zhixing.planner.interruption import Interruption
from zhixing.records import Day, Piece, Plan

DRIFT = 0.05


def begun(
    plan: Plan, spent: Mapping[str, int], finished: frozenset[str]
) -> dict[tuple[date, str], OpenPiece]:
    """The open pieces of tasks that were worked on."""
    if not spent:
        return {}
    worked = [
        replace(day, pieces=pieces)
        for day in plan.days
        if (pieces := tuple(p for p in day.pieces if p.task in spent))
    ]
    opened = open_pieces(replace(plan, days=tuple(worked)), finished, spent)
    return {(one.date, one.piece.task): one for one in opened if not one.piece.if_time}


def read_past(
    at: Interruption,
    day: Day,
    begun: Mapping[tuple[date, str], OpenPiece],
    spent: Mapping[str, int],
    finished: frozenset[str],
) -> None:
    """Take up a day that is over: what was worked on stays, the rest was missed."""
    if all(piece.task in finished or piece.if_time for piece in day.pieces):
        at.past.append(day)
        return
    kept, before = [], len(at.missed)
    for piece in day.pieces:
        if piece.if_time or piece.task in finished:
            kept.append(piece)
            continue
        one = begun.get((day.date, piece.task))
        worked, left = (one.worked, one.left) if one else (0, piece.minutes)
        if one is None and piece.task in spent:
            kept.append(piece)
            continue
        if worked:
            kept.append(replace(piece, minutes=worked))
        if piece.task in at.seats.places:
            at.missed.append(replace(piece, minutes=left))
    at.missed_days += len(at.missed) > before
    pieces = tuple(kept)
    at.past.append(day if pieces == day.pieces else replace(day, pieces=pieces))


def read_ahead(
    at: Interruption,
    day: Day,
    begun: Mapping[tuple[date, str], OpenPiece],
    spent: Mapping[str, int],
    finished: frozenset[str],
) -> None:
    """Take up the open pieces of a day from today on, and whether it may stay as it is."""
    number = day.date.toordinal()
    at.days[number] = day
    at.planned_for[number] = day.minutes + day.reserve
    known, is_today = at.seats.places, number == at.today
    ahead: list[Piece] = []
    extras: list[Piece] = []
    for piece in day.pieces:
        task = piece.task
        over = task in finished
        if piece.if_time:
            if task in known and not over:
                extras.append(piece)
        elif is_today and (over or spent.get(task, 0) > 0):
            at.fixed.append(piece)
        elif over:
            at.freed += piece.minutes
        elif task not in known:
            at.gone += 1
        elif task not in spent or (day.date, task) in begun:
            ahead.append(piece)
    _note(at, number, ahead, extras, len(day.pieces))


def _note(
    at: Interruption, number: int, ahead: list[Piece], extras: list[Piece], planned: int
) -> None:
    if ahead:
        at.ahead[number] = ahead
    if extras:
        at.extras[number] = extras
    fixed = len(at.fixed) if number == at.today else 0
    if len(ahead) + len(extras) + fixed == planned:
        at.as_they_are.add(number)


def read_times(
    at: Interruption,
    planned: Mapping[str, int],
    spent: Mapping[str, int],
    finished: frozenset[str],
) -> None:
    """Give the pieces of untouched tasks the minutes that the route asks for now, if an author or
    another text of it has changed them by a twentieth or more: less is no news."""
    known = at.seats.tasks
    untouched = {
        name: minutes
        for name, minutes in planned.items()
        if name in known and name not in finished and name not in spent
    }
    drift = {
        name: known[name].minutes - minutes
        for name, minutes in untouched.items()
        if known[name].minutes != minutes
    }
    asked = sum(untouched.values()) + sum(known[n].minutes for n in at.plan.dropped if n in known)
    if not drift or sum(map(abs, drift.values())) < DRIFT * asked:
        return
    at.retimed = True
    for number in sorted(at.ahead, reverse=True):
        kept = _retimed(at.ahead[number], drift)
        if kept != at.ahead[number]:
            at.ahead[number] = kept
            at.as_they_are.discard(number)
    at.missed = _retimed(at.missed[::-1], drift)[::-1]


def _retimed(pieces: Sequence[Piece], drift: dict[str, int]) -> list[Piece]:
    """The pieces with what `drift` adds to their tasks or takes from them, as far as it goes."""
    kept = []
    for piece in pieces:
        change = max(drift.get(piece.task, 0), -piece.minutes)
        if change:
            drift[piece.task] -= change
        if piece.minutes + change > 0:
            kept.append(replace(piece, minutes=piece.minutes + change))
    return kept
