"""Which plan does a route give for a learner's hours? The priority fill, in the author's order.

The route is laid twice: packed (each piece as early as the order allows) and in the author's own
weeks and days. The second is kept when it finishes less than a week later, or less than a tenth
of the packed plan's length: so a learner with the author's hours meets each day of the route on
its own weekday, and one with more hours is faster.

Source of the bounds: work that can be cut and one learner leave no idle time, so the finish
meets the capacity bound but for remainders of a day that are too small to cut into.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from types import MappingProxyType

from zhixing.planner.dated import earliest_finish, last_day, plan_from
from zhixing.planner.hours import Room, Week, room_of, study_minutes
from zhixing.planner.laying import (
    ONE_DAY,
    SATURDAY,
    SMALLEST_PIECE,
    Laid,
    Work,
    lay,
    smallest_pieces,
)
from zhixing.planner.rhythm import own_days
from zhixing.planner.slack import add_extras, is_extra
from zhixing.records import Plan, Profile, Route, Task

LATER_AT_MOST_DAYS = 6
LATER_AT_MOST_SHARE = 0.1
ToDo = tuple[Task, int]
NOTHING_SPENT: Mapping[str, int] = MappingProxyType({})


def fill(
    route: Route,
    profile: Profile,
    start: date,
    spent: Mapping[str, int] = NOTHING_SPENT,
    finished: frozenset[str] = frozenset(),
) -> Plan:
    """A plan of all that `route` still asks for, from `start` on.

    `spent` are minutes already worked on tasks that are not finished. Tasks marked done in the
    document count as finished. Every date up to the finish has a `Day`; a plan of nothing has none
    and ends on `start`. Problem: the profile has no study minutes.
    """
    week = study_minutes(profile)
    study, whole = room_of(week, profile), room_of(profile.minutes, profile)
    todo = [
        (task, minutes_left(task, spent.get(task.id, 0)))
        for task in route.tasks
        if not (task.done or task.id in finished or is_extra(task))
    ]
    laid = _lay_tasks(todo, week, study, start)
    bound = earliest_finish(sum(minutes for _, minutes in todo), study, start)
    add_extras(laid, route.tasks, study, whole, start, finished)
    return plan_from(route.id, laid, whole, start, bound)


def minutes_left(task: Task, spent: int) -> int:
    """Minutes a task that is not finished still needs: at least a smallest piece (or all of a
    shorter task) when it has taken longer than planned."""
    if spent < task.minutes:
        return task.minutes - max(0, spent)
    return min(task.minutes, SMALLEST_PIECE)


def _lay_tasks(todo: Sequence[ToDo], week: Week, study: Room, start: date) -> Laid:
    """The tasks packed, or on the author's own days if that costs little."""
    packed = lay(_works(todo, week), study, start)
    first = _first_study_day(study, start)
    own = own_days([task for task, _ in todo], first, study, week)
    if own is None:
        return packed
    in_rhythm = lay(_works(todo, week, own), study, start)
    length = (last_day(packed, first) - first).days + 1
    later = max(LATER_AT_MOST_DAYS, int(length * LATER_AT_MOST_SHARE))
    kept = last_day(in_rhythm, first) <= last_day(packed, first) + timedelta(days=later)
    return in_rhythm if kept else packed


def _works(todo: Sequence[ToDo], week: Week, own: Iterable[date] = ()) -> list[Work]:
    """The work to be laid. A learner without weekend time has one line only."""
    two_lines = sum(week[SATURDAY:]) > 0
    least, least_practice = smallest_pieces(week)
    waiting: list[Work] = []
    block = 0
    for place, (task, minutes) in enumerate(todo):
        weekend = two_lines and task.weekend
        if waiting and waiting[-1].weekend and not weekend:
            block += 1
        smallest = least_practice if weekend else least
        waiting.append(Work(task.id, task.kind, minutes, place, block, weekend, smallest))
    for item, on in zip(waiting, own, strict=False):
        item.not_before = on
    return waiting


def _first_study_day(study: Room, start: date) -> date:
    """`start`, or the first date after it that has study minutes."""
    on = start
    while study(on) == 0:
        on += ONE_DAY
    return on
