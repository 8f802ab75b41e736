"""Which tasks of a route does this learner ask for, and in which order?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from zhixing.planner.ordering import in_order
from zhixing.records import Node, Profile, Route, Task

DIRECTION = "direction:"
CORE = "core"
UNITS = frozenset({"stage", "month", "week"})
Skills = Mapping[str, frozenset[str]]


def wanted(route: Route, profile: Profile, skills: Skills | None = None) -> Route:
    """The route without what another direction asks (what waits for one, where none is chosen),
    without what is known, ordered as the profile says and so that no task comes before what it
    needs. Doing it twice changes nothing.

    `skills` are what each task shows; without it, the skills that its links name. Problem: tasks
    that wait for one another.
    """
    elsewhere = left_out(route, profile.direction)
    tasks: Sequence[Task] = route.tasks
    if elsewhere:
        tasks = [task for task in tasks if task.id not in elsewhere]
    if profile.known:
        tasks = without_known(tasks, profile.known, skills)
    return replace(route, tasks=in_order(tasks, profile.emphasis))


def waiting(route: Route) -> frozenset[str]:
    """The tasks that no plan has before one of the route's directions is chosen: those under a mark
    of one, but for weeks (or stages, in a route without weeks) that have no other work, and for
    a task that is core as well: until one is chosen, it stands for its like."""
    if not route.directions:
        return frozenset()
    waits, _ = _waiting(route.root)
    here = {task.id for task in route.tasks} if waits else set()
    return frozenset(here.intersection(waits))


def _waiting(unit: Node) -> tuple[list[str], bool]:
    """Those of a unit, and whether it has other work; none where it has not."""
    marked: list[str] = []
    has_other = False
    nodes = list(unit.children)
    while nodes:
        node = nodes.pop()
        if node.marks and any(mark.startswith(DIRECTION) for mark in node.marks):
            if CORE in node.marks:
                has_other = True
            else:
                marked += _tasks_of(node)
        elif node.kind in UNITS:
            below, other = _waiting(node)
            marked += below
            has_other |= other
        else:
            has_other |= node.task_kind is not None
            nodes += node.children
    return (marked, True) if has_other else ([], bool(marked))


def _tasks_of(node: Node) -> list[str]:
    return [below.id for below in node.walk() if below.task_kind is not None]


def left_out(route: Route, direction: str | None) -> frozenset[str]:
    """The tasks that a plan of this direction has not; None = no direction is chosen."""
    if direction is None:
        return waiting(route)
    return frozenset(_elsewhere(route.root, direction))


def _elsewhere(node: Node, direction: str) -> Iterator[str]:
    """The tasks under a mark of other directions only."""
    marks = {mark for mark in node.marks if mark.startswith(DIRECTION)}
    if marks and DIRECTION + direction not in marks:
        yield from _tasks_of(node)
        return
    for child in node.children:
        yield from _elsewhere(child, direction)


def without_known(
    tasks: Sequence[Task], known: frozenset[str], skills: Skills | None = None
) -> list[Task]:
    """Without the study and the labs whose skills are all known; the first lab that shows a known
    skill stays: a claim is checked once."""
    kept: list[Task] = []
    unchecked = set(known)
    for task in tasks:
        shown = frozenset(task.references("skill")) if skills is None else skills[task.id]
        is_known = bool(shown) and shown <= known
        if task.kind == "lab" and is_known:
            is_known = not shown & unchecked
            unchecked -= shown
        if not (is_known and task.kind in ("study", "lab", "quiz")):
            kept.append(task)
    return kept
