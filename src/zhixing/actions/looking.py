"""A task that no plan has: looked at, never begun."""

from dataclasses import dataclass

from zhixing.actions.desk import Desk
from zhixing.actions.routes import all_routes, route
from zhixing.actions.standing import standing
from zhixing.actions.whole_routes import shown_route
from zhixing.records import Node, Route, Task


@dataclass(frozen=True)
class Outside:
    """A task of a known route that the plan does not have. `in_plan` says that the plan has the
    route, and does the same work in another one of its chain; `begun` that there is a plan."""

    route: Route
    task: Task
    in_plan: bool
    begun: bool


def outside(desk: Desk, task_id: str) -> Outside | None:
    """The task of that full id, in the language of the desk; None where the plan has it, or where
    no route does."""
    name = task_id.partition("/")[0]
    if name not in all_routes(desk):
        return None
    found = route(desk, name, desk.language)
    task = found.task(task_id)
    if task is None:
        return None
    now = standing(desk)
    profile = now.profile if now.plan is not None else None
    if profile is None:
        return Outside(found, task, in_plan=False, begun=False)
    if shown_route(desk, profile).task(task_id) is not None:
        return None
    return Outside(found, task, name in (profile.route, *profile.more_routes), begun=True)


def advice_of(found: Route, task: Task) -> tuple[Node, ...]:
    """What a route says behind a task: how to do it, what to hand in."""
    node = next((one for one in found.root.walk() if one.id == task.id and one.task_kind), None)
    return tuple(one for one in node.children if one.kind == "note") if node else ()
