"""Which plan does a route give for a learner's hours? The priority fill, in the author's order.

The route is laid packed (each piece as early as the order allows) or in the author's own weeks and
days. The second is kept when it finishes less than a week later, or less than a tenth of the packed
plan's length: so a learner with the author's hours meets each day of the route on its own weekday,
and one with more hours is faster. A deadline that only the packed plan meets decides for that.

Source of the bounds: work that can be cut and one learner leave no idle time, so the finish meets
the capacity bound but for remainders of a day that are too small to cut into, which `laying` lends
to later days.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

from zhixing.errors import Problem
from zhixing.planner.cutting import SMALLEST_PIECE
from zhixing.planner.dated import plan_from
from zhixing.planner.hours import room_of, study_minutes
from zhixing.planner.laying import Laid
from zhixing.planner.ordering import needs_of
from zhixing.planner.packing import laid_out
from zhixing.planner.pins import pinned_work
from zhixing.planner.slack import add_extras
from zhixing.planner.wanted import wanted
from zhixing.planner.works import Terms
from zhixing.records import Plan, Profile, Route, Task
from zhixing.words import say

NOTHING_SPENT: Mapping[str, int] = MappingProxyType({})
LONGEST_WEEKS = 100 * 52
GATE_PROJECTS = 2
AS_WRITTEN = "as-written"


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
    and ends on `start`. Problem: the profile has no study minutes, so few that the work would take
    a century, a pin that cannot be met, tasks that need one another.
    """
    tasks = wanted(route, profile).tasks
    gate_open = _gate_is_open(route, finished)
    laid, bound = _work_laid(tasks, profile, start, spent, finished, gate_open)
    study, whole = room_of(study_minutes(profile), profile), room_of(profile.minutes, profile)
    add_extras(laid, tasks, study, whole, start, finished)
    return plan_from(route.id, laid, whole, start, bound)


def work_on_days(
    route: Route,
    profile: Profile,
    start: date,
    spent: Mapping[str, int] = NOTHING_SPENT,
    finished: frozenset[str] = frozenset(),
) -> Laid:
    """The work of the plan that `fill` gives, without what stands in slack: enough to know when it
    ends. The tasks of `route` are those that are `wanted`, in that order."""
    gate_open = _gate_is_open(route, finished)
    return _work_laid(route.tasks, profile, start, spent, finished, gate_open)[0]


def _work_laid(
    tasks: Sequence[Task],
    profile: Profile,
    start: date,
    spent: Mapping[str, int],
    finished: frozenset[str],
    gate_open: bool,
) -> tuple[Laid, date]:
    """The work on dates, and the capacity bound. `tasks` are all that the learner asks for."""
    week = study_minutes(profile)
    todo = [
        (task, minutes_left(task, spent[task.id]) if task.id in spent else task.minutes)
        for task in tasks
        if not (task.done or task.id in finished)
        and (not (task.optional or task.recurring) or task.id in profile.pins)
    ]
    _is_in_a_lifetime(sum([minutes for _, minutes in todo]), sum(week))
    needs = needs_of([task for task, _ in todo])
    study, whole = room_of(week, profile), room_of(profile.minutes, profile)
    pinned = pinned_work(todo, profile, needs, start, whole)
    evenly = profile.emphasis == AS_WRITTEN
    terms = Terms(week, start, study, whole, needs, pinned, gate_open, profile.deadline, evenly)
    return laid_out(todo, tasks, terms)


def minutes_left(task: Task, spent: int) -> int:
    """Minutes a task that is not finished still needs: at least a smallest piece (or all of a
    shorter task) when it has taken longer than planned."""
    if spent < task.minutes:
        return task.minutes - max(0, spent)
    return min(task.minutes, SMALLEST_PIECE)


def _gate_is_open(route: Route, finished: frozenset[str]) -> bool:
    """Whether work of a later stage may begin early: two projects and a self-test are done."""
    kinds = [task.kind for task in route.tasks if task.done or task.id in finished]
    return kinds.count("project") >= GATE_PROJECTS and "quiz" in kinds


def _is_in_a_lifetime(minutes: int, a_week: int) -> None:
    weeks = minutes / a_week
    if weeks > LONGEST_WEEKS:
        raise Problem(
            say("with these hours the route would take {years} years", years=round(weeks / 52)),
            say("{hours} hours of work, {minutes} minutes a week", hours=round(minutes / 60),
                minutes=a_week),
            say("try `{command}`", command="zhixing init --hours-per-week 15"),
        )  # fmt: skip
