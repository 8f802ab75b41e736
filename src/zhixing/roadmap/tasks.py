"""Which tasks does a tree of nodes hold, in order, and where does each stand?"""

from collections.abc import Iterator
from dataclasses import replace

from zhixing.records import Node, Task
from zhixing.roadmap.naming import RHYTHMS

WEEKEND = (6, 7)


def tasks_of(root: Node) -> tuple[Task, ...]:
    """All tasks below `root` in document order. Optional is inherited; minutes not stated are 0."""
    nowhere = Task("", "study", "", 0)
    return tuple(_below(root, nowhere))


def _below(node: Node, around: Task) -> Iterator[Task]:
    """The tasks at and below `node`; `around` carries what its units say: stage, week, day."""
    if node.task_kind is not None:
        yield _task(node, around)
    elif node.kind != "task":
        around = _entered(node, around)
    for child in node.children:
        yield from _below(child, around)


def _task(node: Node, around: Task) -> Task:
    return Task(
        id=node.id,
        kind=node.task_kind or "study",
        title=node.title,
        minutes=node.minutes or 0,
        links=node.links,
        stage=around.stage,
        week=around.week,
        day=around.day,
        weekend=around.weekend,
        optional=around.optional or "optional" in node.marks,
        recurring=next((rhythm for rhythm in RHYTHMS if rhythm in node.marks), ""),
        done="done" in node.marks,
        stars=node.stars or 0,
        estimated="estimated" in node.marks,
        line=node.line,
    )


def _entered(node: Node, around: Task) -> Task:
    if "optional" in node.marks:
        around = replace(around, optional=True)
    first = node.first or 0
    if node.kind == "stage":
        return replace(around, stage=node.id, week=0, day=0, weekend=False)
    if node.kind == "week":
        return replace(around, week=first, day=0, weekend=False)
    if node.kind == "day":
        return replace(around, day=first, weekend=first in WEEKEND)
    return around
