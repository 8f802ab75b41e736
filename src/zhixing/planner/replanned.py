"""From the days that change to a whole plan: the days that stay are taken over as they are."""

from collections.abc import Iterator, Sequence
from datetime import date

from zhixing.planner.cutting import add_piece
from zhixing.planner.interruption import Interruption, Minutes, Table
from zhixing.records import Day, Piece, Plan

WEEK = 7


def replanned(at: Interruption, laid: Table, room: Minutes, dropped: tuple[str, ...] = ()) -> Plan:
    """The plan with the pieces of `laid` on its days; a day that stays is the same object.

    `room` gives the minutes that the lower bound counts with. The finish is the last date with a
    piece that is not `if_time`; the old one where nothing is left, but not before today.
    """
    finish = _finish(at, laid)
    extras = _extras(at, laid, finish)
    days = list(at.past)
    for number in range(at.today, finish + 1) if _is_open(at, laid) else ():
        if number in at.as_they_are and number not in laid and number not in extras:
            days.append(at.days[number])
            continue
        work = laid[number] if number in laid else at.ahead.get(number, ())
        days.append(_day(at, number, work, extras))
    left_out = tuple(dict.fromkeys((*at.plan.dropped, *dropped)))
    end, bound = date.fromordinal(finish), date.fromordinal(min(finish, at.bound(room)))
    return Plan(at.plan.route, tuple(days), end, bound, left_out)


def _is_open(at: Interruption, laid: Table) -> bool:
    return bool(at.fixed or any(laid.values()) or any(at.ahead.values()))


def _finish(at: Interruption, laid: Table) -> int:
    for number in range(max([at.last, *laid]), at.today, -1):
        if laid[number] if number in laid else at.ahead.get(number):
            return number
    return at.today


def _day(at: Interruption, number: int, work: Sequence[Piece], extras: Table) -> Day:
    """A day anew, in the order of the route; what is fixed on today comes first."""
    pieces: list[Piece] = []
    for piece in at.fixed if number == at.today else ():
        add_piece(pieces, piece)
    for piece in sorted(work, key=lambda piece: at.seats.place(piece.task)):
        add_piece(pieces, piece)
    pieces += extras.get(number, at.extras.get(number, ()))
    planned = sum(piece.minutes for piece in pieces)
    return Day(date.fromordinal(number), tuple(pieces), max(0, at.whole(number) - planned))


def _extras(at: Interruption, laid: Table, finish: int) -> Table:
    """The `if_time` pieces of the days on which they change: what no longer has room goes to the
    next day with slack, what comes back every week to another of its week; else it stays out."""
    if not at.extras:
        return {}
    found: Table = {}
    homeless = []
    for number in [n for n in at.extras if n in laid or n not in at.as_they_are]:
        left = at.whole(number) - _load(at, laid, number)
        found[number] = []
        for piece in at.extras[number]:
            if piece.minutes <= left:
                left -= piece.minutes
                found[number].append(piece)
            else:
                homeless.append((number, piece))
    for number, piece in homeless:
        for day in _other_days(at, number, piece, finish):
            here = found.get(day, at.extras.get(day, []))
            used = _load(at, laid, day) + sum(other.minutes for other in here)
            if at.study(day) - used >= piece.minutes and all(o.task != piece.task for o in here):
                found[day] = [*here, piece]
                break
    return found


def _other_days(at: Interruption, number: int, piece: Piece, finish: int) -> Iterator[int]:
    """Where an extra may go instead, the nearest first."""
    often = at.seats.tasks[piece.task].recurring
    if often == "weekly":
        monday = number - (number - 1) % WEEK
        yield from range(max(at.today, monday), min(finish, monday + WEEK - 1) + 1)
    elif not often or often == "monthly":
        yield from range(number + 1, finish + 1)


def _load(at: Interruption, laid: Table, number: int) -> int:
    taken = at.taken if number == at.today else 0
    work = laid[number] if number in laid else at.ahead.get(number, ())
    return taken + sum(piece.minutes for piece in work)
