"""Which tasks of a route does this learner ask for, and in which order?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from zhixing.planner.ordering import in_order
from zhixing.records import Node, Profile, Route, Task

DIRECTION = "direction:"
Skills = Mapping[str, frozenset[str]]


def wanted(route: Route, profile: Profile, skills: Skills | None = None) -> Route:
    """The route without what another direction asks, without what is known, ordered as the
    profile says and so that no task comes before what it needs. Doing it twice changes nothing.

    `skills` are what each task shows; without it, the skills that its links name. Problem: tasks
    that wait for one another.
    """
    tasks: Sequence[Task] = route.tasks
    if profile.direction is not None:
        elsewhere = set(_elsewhere(route.root, profile.direction))
        tasks = [task for task in tasks if task.id not in elsewhere]
    if profile.known:
        tasks = _without_known(tasks, profile.known, skills)
    return replace(route, tasks=in_order(tasks, profile.emphasis))


def _elsewhere(node: Node, direction: str) -> Iterator[str]:
    """The tasks under a mark of other directions only."""
    marks = {mark for mark in node.marks if mark.startswith(DIRECTION)}
    if marks and DIRECTION + direction not in marks:
        yield from (below.id for below in node.walk() if below.task_kind is not None)
        return
    for child in node.children:
        yield from _elsewhere(child, direction)


def _without_known(
    tasks: Sequence[Task], known: frozenset[str], skills: Skills | None
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
