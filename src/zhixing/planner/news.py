"""What is new since a plan was made: what was missed, does not fit, is lacking, or is gone?"""

from bisect import bisect_right
from collections.abc import Mapping
from datetime import date

from zhixing.planner.days_read import begun, read_ahead, read_past, read_times
from zhixing.planner.filling import minutes_left
from zhixing.planner.interruption import Interruption, Minutes
from zhixing.planner.pins import FARTHEST
from zhixing.planner.seats import Seats
from zhixing.planner.slack import is_extra
from zhixing.records import Piece, Plan, Profile


def interruption(
    plan: Plan,
    seats: Seats,
    profile: Profile,
    study: Minutes,
    whole: Minutes,
    spent: Mapping[str, int],
    finished: frozenset[str],
    today: date,
) -> Interruption:
    """What is new in `plan` as of today. Pieces of finished tasks on later days are gone."""
    first = today.toordinal()
    last = max(first, plan.days[-1].date.toordinal() if plan.days else first)
    at = Interruption(plan, first, last, seats, study, whole)
    started = begun(plan, spent, finished)
    planned: dict[str, int] = {}
    for day in plan.days:
        for piece in day.pieces:
            if not piece.if_time:
                planned[piece.task] = planned.get(piece.task, 0) + piece.minutes
        if day.date < today:
            read_past(at, day, started, spent, finished)
        else:
            read_ahead(at, day, started, spent, finished)
    read_times(at, planned, spent, finished)
    _read_pins(at, profile)
    at.before = {day: list(pieces) for day, pieces in at.ahead.items()}
    _read_rooms(at)
    _read_lacking(at, planned, spent, finished)
    return at


def _read_pins(at: Interruption, profile: Profile) -> None:
    """Take up what does not stand on the date of its pin. A pin counts where its date has room for
    all that is pinned there, and what the task needs does not come later; not one that is more than
    a year after the end."""
    last = at.plan.finish.toordinal() + FARTHEST.days
    numbers = {task: on.toordinal() for task, on in profile.pins.items()}
    wanted = {task: number for task, number in numbers.items() if at.today <= number <= last}
    if not wanted:
        return
    days: dict[str, list[tuple[int, Piece]]] = {}
    for number, pieces in at.ahead.items():
        for piece in pieces:
            days.setdefault(piece.task, []).append((number, piece))
    late = {piece.task for piece in at.missed}
    load: dict[int, int] = {}
    for task in wanted.keys() & days.keys():
        minutes = sum(piece.minutes for _, piece in days[task])
        load[wanted[task]] = load.get(wanted[task], 0) + minutes
    at.pins = {
        task: pin
        for task, pin in wanted.items()
        if task in days and load[pin] <= at.whole(pin)
        and not any(n in late or any(day > pin for day, _ in days.get(n, ()))
                    for n in at.seats.needs(task))
    }  # fmt: skip
    for task, pin in at.pins.items():
        for number, piece in days[task]:
            if number != pin:
                _displace(at, number, piece)
    at.pinned = frozenset(t for t in at.pins if all(n == at.pins[t] for n, _ in days[t]))


def _displace(at: Interruption, number: int, piece: Piece) -> None:
    at.ahead[number] = [other for other in at.ahead[number] if other is not piece]
    at.displaced.append((number, piece))
    at.as_they_are.discard(number)


def _read_rooms(at: Interruption) -> None:
    """Compare the minutes that each day had when it was planned with those that it has now."""
    for number, planned_for in at.planned_for.items():
        room = at.whole(number)
        if room == planned_for and not at.retimed:
            continue
        if room != planned_for:
            at.as_they_are.discard(number)
        at.grown |= room > planned_for
        taken = at.taken if number == at.today else 0
        load = taken + sum(piece.minutes for piece in at.ahead.get(number, ()))
        if room < planned_for:
            at.shrunk.add(number)
            at.tight |= at.study(number) < load <= room
        by_place = sorted(at.ahead.get(number, ()), key=lambda p: -at.seats.place(p.task))
        for piece in sorted(by_place, key=lambda piece: piece.task in at.pinned):
            if load > room:
                _displace(at, number, piece)
                load -= piece.minutes


def _read_lacking(
    at: Interruption,
    planned: Mapping[str, int],
    spent: Mapping[str, int],
    finished: frozenset[str],
) -> None:
    """The tasks that the plan does not have, each with the day from which it wants a place: that
    of the first piece after it in the order, and not before what it needs."""
    dropped = set(at.plan.dropped)
    found = [
        task
        for name, task in at.seats.tasks.items()
        if name not in planned and name not in finished and name not in dropped
        and not task.done and task.minutes > 0 and not is_extra(task)
    ]  # fmt: skip
    if not found:
        return
    by_place: dict[bool, list[tuple[int, int]]] = {False: [], True: []}
    days_of: dict[str, int] = {}
    for number in sorted(at.ahead):
        for piece in at.ahead[number]:
            seat = (at.seats.place(piece.task), number)
            by_place[at.seats.weekend(piece.task)].append(seat)
            days_of[piece.task] = number
    end = max(days_of.values(), default=at.today)
    for line in by_place.values():
        _from_the_end(line)
    for task in sorted(found, key=lambda task: at.seats.place(task.id)):
        line = by_place[task.weekend]
        after = bisect_right(line, (at.seats.place(task.id), at.last))
        on = line[after][1] if after < len(line) else end
        on = max([on, *(days_of.get(need, 0) for need in at.seats.needs(task.id))])
        days_of[task.id] = on
        piece = Piece(task.id, task.kind, minutes_left(task, spent.get(task.id, 0)))
        at.lacking.append((on, piece))


def _from_the_end(line: list[tuple[int, int]]) -> None:
    """Sort (place, day) and give each the earliest day of those from its place on."""
    line.sort()
    earliest = line[-1][1] if line else 0
    for n in range(len(line) - 1, -1, -1):
        earliest = min(earliest, line[n][1])
        line[n] = (line[n][0], earliest)
