"""What a way on leaves out, and what would have to change for a deadline to be met."""

from dataclasses import dataclass

from zhixing.actions.desk import Desk
from zhixing.actions.holidays import with_days_off
from zhixing.actions.standing import standing, with_plan
from zhixing.actions.whole_routes import asked_route, shown_route
from zhixing.planner.relaxing import Relaxation, relaxations
from zhixing.records import Plan, Profile, ReplanOption


@dataclass(frozen=True)
class LeftOut:
    """A task that a way on leaves out, with the minutes it still had in the plan."""

    task: str
    title: str
    minutes: int


def left_out(desk: Desk, option: ReplanOption) -> tuple[LeftOut, ...]:
    """What goes if the option is taken, in the order of the route; () for one that keeps all."""
    if not option.dropped:
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
        for task in option.dropped
    )


def changes_that_help(desk: Desk, profile: Profile, plan: Plan) -> tuple[Relaxation, ...]:
    """The least changes that would let the plan end by its deadline; () when it does, or has
    none. They are reckoned from today for the work that is still open."""
    deadline, today = profile.deadline, desk.today()
    if deadline is None or plan.finish <= deadline or deadline < today:
        return ()
    now = standing(desk)
    start = max(profile.start, today)
    return relaxations(
        asked_route(desk, profile), with_days_off(profile), start, now.worked(), now.finished,
        deadline,
    )  # fmt: skip
