"""How late may a piece come when a plan is mended, so that the author's order is still felt?

By so many days more than were missed, and never behind all that the route has two weeks later.
Days are counted as in `date.toordinal`.
"""

from dataclasses import dataclass

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


@dataclass(slots=True)
class Lateness:
    """How late a piece may come; `ends` as `week_ends` gives them."""

    at: Interruption
    ends: dict[int, int]

    def of_moved(self, task: str, day: int) -> int:
        """The last day for a piece that stood on `day`."""
        return min(day + self.at.missed_days + MOST_DAYS, self.of_week(task, day))

    def of_week(self, task: str, day: int = 0) -> int:
        """The last day by the week of the route; for a piece that stood there at least `day`."""
        known = self.at.seats.tasks.get(task)
        week = known.week if known is not None else 0
        end = self.ends.get(week + WEEKS_BETWEEN, NEVER) if week > 0 else NEVER
        return max(day, end, self.at.frozen_until)


def keeps_order(at: Interruption, laid: Table, lateness: Lateness) -> bool:
    """Whether no piece of the days that change comes too late."""
    last = {piece.task: day for day, pieces in sorted(laid.items()) for piece in pieces}
    homeless = {piece.task for piece in at.homeless}
    stood: dict[str, int] = {}
    for day, pieces in at.before.items():
        for piece in pieces:
            if piece.task in last:
                stood[piece.task] = max(stood.get(piece.task, 0), day)
    for task, day in last.items():
        old = stood.get(task, 0)
        if old and task not in homeless and day > lateness.of_moved(task, old):
            return False
        if day > lateness.of_week(task, old) and at.pin(task) is None:
            return False
    return True
