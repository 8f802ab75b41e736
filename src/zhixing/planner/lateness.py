"""How late may a piece come when a plan is mended, so that the author's order is still felt?

By so many days more than were missed, and never behind all that the route has two weeks later.
Days are counted as in `date.toordinal`.
"""

from zhixing.planner.interruption import Interruption, Table

MOST_DAYS = 7
"""A piece that had its day comes by so many days and the missed ones later, not more."""
WEEKS_BETWEEN = 2
NEVER = 10**9


def week_ends(at: Interruption) -> dict[int, int]:
    """The last open day of each week of the route, by its number, in the plan as it was; none of a
    route without weeks."""
    tasks = at.seats.tasks
    ends: dict[int, int] = {}
    for day, pieces in at.before.items():
        for piece in pieces:
            task = tasks.get(piece.task)
            if task is not None and task.week > 0:
                ends[task.week] = max(ends.get(task.week, 0), day)
    return ends


def keeps_order(at: Interruption, laid: Table) -> bool:
    """Whether no piece of the days that change comes too late."""
    last = {piece.task: day for day, pieces in sorted(laid.items()) for piece in pieces}
    homeless = {piece.task for piece in at.homeless}
    stood: dict[str, int] = {}
    for day, pieces in at.before.items():
        for piece in pieces:
            if piece.task in last:
                stood[piece.task] = max(stood.get(piece.task, 0), day)
    ends = week_ends(at)
    most = at.missed_days + MOST_DAYS
    for task, day in last.items():
        old = stood.get(task, 0)
        if old and task not in homeless and day > old + most:
            return False
        known = at.seats.tasks.get(task)
        week = known.week if known is not None else 0
        end = ends.get(week + WEEKS_BETWEEN, NEVER) if week > 0 else NEVER
        if day > max(old, end, at.frozen_until) and at.pin(task) is None:
            return False
    return True
