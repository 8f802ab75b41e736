"""What a way on leaves out, and what would have to change for a deadline to be met."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from zhixing.actions.desk import Desk
from zhixing.actions.holidays import with_days_off
from zhixing.actions.remembering import remembered
from zhixing.actions.standing import standing, with_plan
from zhixing.actions.whole_routes import asked_route, shown_route
from zhixing.errors import Problem
from zhixing.planner.relaxing import Relaxation, relaxations
from zhixing.records import Plan, Profile, ReplanOption
from zhixing.words import say


@dataclass(frozen=True)
class LeftOut:
    """A task that a way on leaves out, with the minutes it still had in the plan."""

    task: str
    title: str
    minutes: int


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
    found = next((change.names for change in changes if change.name == "drop"), ())
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
