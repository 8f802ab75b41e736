"""When does the rest end if it comes as early as the hours allow?

For a learner who is ahead, or has more hours than before: the frozen days stay, and what is open
beyond them is planned as in a first plan.
"""

from collections import Counter
from datetime import date

from zhixing.planner.filling import fill
from zhixing.planner.interruption import Interruption
from zhixing.planner.replanned import replanned
from zhixing.records import Day, Plan, Profile, Route


def hastened(at: Interruption, route: Route, profile: Profile, finished: frozenset[str]) -> Plan:
    """The plan of all that is open, from the frozen days on as early as it can be."""
    start = at.frozen_until + 1
    left: Counter[str] = Counter()
    for piece in at.homeless:
        left[piece.task] += piece.minutes
    for day, pieces in at.ahead.items():
        for piece in pieces if day >= start else ():
            left[piece.task] += piece.minutes
    seen_soon = {p.task for day in range(at.today, start) for p in at.extras.get(day, ())}
    over = {
        name
        for name, task in at.seats.tasks.items()
        if name in finished or (task.optional and name in seen_soon)
        or (name not in left and not task.optional and not task.recurring)
    }  # fmt: skip
    tasks = at.seats.tasks
    spent = {name: tasks[name].minutes - minutes for name, minutes in left.items()}
    rest = fill(route, profile, date.fromordinal(start), spent, frozenset(over))
    near = replanned(at, {day: [] for day in at.ahead if day >= start}, at.study)
    if not rest.days:
        return near
    days = [day for day in near.days if day.date.toordinal() < start]
    days += _between(days, at, start)
    bound = min(rest.finish, max(near.lower_bound, rest.lower_bound))
    return Plan(at.plan.route, (*days, *rest.days), rest.finish, bound, at.plan.dropped)


def _between(days: list[Day], at: Interruption, start: int) -> list[Day]:
    """The empty dates from the last of `days` (or today) to the day before `start`."""
    first = max(at.today, days[-1].date.toordinal() + 1 if days else at.today)
    return [Day(date.fromordinal(n), (), at.whole(n)) for n in range(first, start)]
