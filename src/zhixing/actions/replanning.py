"""What a way on leaves out, and what would have to change for a deadline to be met."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from zhixing.actions.desk import Desk
from zhixing.actions.holidays import with_days_off
from zhixing.actions.remembering import remembered
from zhixing.actions.standing import Standing, standing, with_plan
from zhixing.actions.whole_routes import asked_route, shown_route
from zhixing.errors import Problem
from zhixing.planner.relaxing import Relaxation, relaxations
from zhixing.records import Plan, PlanAccepted, Profile, ReplanOption
from zhixing.words import say

MOST_NAMED = 5


@dataclass(frozen=True)
class LeftOut:
    """A task that a way on leaves out, with the minutes it still had in the plan."""

    task: str
    title: str
    minutes: int


@dataclass(frozen=True)
class Farthest:
    """A task whose last day is another one with a way on."""

    task: str
    title: str
    old: date
    new: date


def farthest(desk: Desk, plan: Plan, other: Plan) -> tuple[Farthest, ...]:
    """The tasks that `other` moves farthest from their days in `plan`, at most five, the farthest
    first; of those moved alike the earlier ones first."""
    _, profile, _ = with_plan(desk)
    titles = {task.id: task.title for task in shown_route(desk, profile).tasks}
    old, new = _last_days(plan), _last_days(other)
    moved = [task for task in old if task in new and new[task] != old[task]]
    moved.sort(key=lambda task: (-abs((new[task] - old[task]).days), old[task]))
    return tuple(
        Farthest(task, titles.get(task, task), old[task], new[task]) for task in moved[:MOST_NAMED]
    )


def _last_days(plan: Plan) -> dict[str, date]:
    """The last day of each task that does not stand in slack."""
    return {p.task: day.date for day in plan.days for p in day.pieces if not p.if_time}


MENDED = frozenset({"absorb", "slide", "trim", "light"})
"""The ways on that move single pieces of a plan; the others lay it out again."""


def mended_plan(now: Standing) -> Plan | None:
    """The plan that the one in force came from by such ways on; None if it was laid out so."""
    made = {one.id: one for one in now.happenings if isinstance(one, PlanAccepted)}
    one = now.accepted
    while one is not None and one.because in MENDED and one.replaces in made:
        one = made[one.replaces]
    return one.plan if one is not None and one is not now.accepted else None


def left_out(desk: Desk, option: ReplanOption) -> tuple[LeftOut, ...]:
    """What goes if the option is taken, in the order of the route; () for one that keeps all."""
    return going(desk, option.dropped)


def going(desk: Desk, tasks: Sequence[str]) -> tuple[LeftOut, ...]:
    """Tasks that are to go, with what they have in the plan in force."""
    if not tasks:
        return ()
    now, profile, plan = with_plan(desk)
    found = shown_route(desk, profile)
    titles = {task.id: task.title for task in found.tasks}
    minutes: dict[str, int] = {}
    for piece in (piece for day in plan.days for piece in day.pieces):
        minutes[piece.task] = minutes.get(piece.task, 0) + piece.minutes
    worked = now.worked()
    return tuple(
        LeftOut(task, titles.get(task, task), minutes.get(task, 0) - worked.get(task, 0))
        for task in tasks
    )


def changes_that_help(desk: Desk, profile: Profile, plan: Plan) -> tuple[Relaxation, ...]:
    """The least changes that would let the plan end by its deadline; () when it does, or has
    none. They are reckoned from today for the work that is still open."""
    deadline = profile.deadline
    if deadline is None or plan.finish <= deadline or deadline < desk.today():
        return ()
    return remembered(
        desk, "relaxations", (profile,), lambda: _relaxations(desk, profile, deadline)
    )


def least_to_leave_out(desk: Desk, profile: Profile) -> tuple[str, ...]:
    """The tasks whose leaving costs least and lets a plan of `profile` end by its deadline, in the
    order of the route. Problem where it does so anyway, has no deadline, or nothing is enough."""
    deadline = profile.deadline
    changes: tuple[Relaxation, ...] = ()
    if deadline is not None and deadline >= desk.today():
        changes = remembered(
            desk, "relaxations", (profile,), lambda: _relaxations(desk, profile, deadline)
        )
    found = next((one.names for one in changes if one.name == "drop" and one.meets), ())
    if not found:
        raise Problem(
            say("no task has to be left out, or leaving tasks out is not enough"),
            say("the deadline"),
            say("look at the plan again: it tells what would help"),
        )
    return found


def _relaxations(desk: Desk, profile: Profile, deadline: date) -> tuple[Relaxation, ...]:
    now = standing(desk)
    start = max(profile.start, desk.today())
    return relaxations(
        asked_route(desk, profile), with_days_off(profile), start, now.worked(), now.finished,
        deadline,
    )  # fmt: skip
