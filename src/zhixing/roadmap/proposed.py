"""What becomes of a route with the proposals that were taken? Hours, names and order, each marked
as proposed: never as what the document says."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import heapify, heappop, heappush
from typing import Final

from zhixing.records import Node, Route, Task
from zhixing.roadmap.fitting import Hours, minutes_proposed
from zhixing.roadmap.proposals import Proposal

PROPOSED: Final = "proposed"
"""The mark of a node whose hours somebody else than its author named."""
ALIAS, AFTER = "alias, proposed", "after, proposed"
"""Under which names a node's details tell of an alias, and of what comes before it."""


@dataclass(frozen=True, slots=True)
class _Said:
    """What the proposals say of the nodes of a route."""

    hours: Hours
    titles: Mapping[str, str]
    aliases: Mapping[str, Sequence[str]]
    firsts: Mapping[str, Sequence[str]]


def with_proposals(route: Route, proposals: Iterable[Proposal]) -> Route:
    """The route with proposals that `validate` accepted for it. What is proposed to come first
    does: its tasks stand before those that wait for it, all others where they stood."""
    accepted = tuple(proposals)
    if not accepted:
        return route
    minutes = {one.node: int(one.value) for one in accepted if one.kind == "hours"}
    aliases, firsts = defaultdict[str, list[str]](list), defaultdict[str, list[str]](list)
    for one in accepted:
        if one.kind == "alias":
            aliases[one.node].append(str(one.value))
        elif one.kind == "prerequisite":
            firsts[one.node].append(str(one.value))
    titles = {node.id: node.title for node in route.root.walk()}
    said = _Said(minutes_proposed(route.root, minutes), titles, aliases, firsts)
    needs = _needs(route.root, firsts)
    tasks = [_task(task, said.hours, needs.get(task.id, ())) for task in route.tasks]
    return replace(route, root=_node(route.root, said), tasks=_in_order(tasks))


def _node(node: Node, said: _Said) -> Node:
    marks, minutes = node.marks, node.minutes
    if node.id in said.hours.proposed or node.id in said.hours.told:
        marks |= {PROPOSED}
    if node.id in said.hours.minutes and said.hours.minutes[node.id] != (minutes or 0):
        minutes, marks = said.hours.minutes[node.id], marks | {"estimated"}
    elif node.id in said.hours.proposed:
        minutes, marks = said.hours.proposed[node.id], marks | {"estimated"}
    details = [(ALIAS, words) for words in said.aliases.get(node.id, ())]
    details += [(AFTER, said.titles[first]) for first in said.firsts.get(node.id, ())]
    return replace(
        node, minutes=minutes, marks=marks, details=(*node.details, *details),
        children=tuple(_node(child, said) for child in node.children),
    )  # fmt: skip


def _task(task: Task, hours: Hours, needs: Sequence[str]) -> Task:
    minutes = hours.minutes.get(task.id, task.minutes)
    guessed = minutes != task.minutes or task.id in hours.told
    added = [name for name in needs if name not in task.needs and name != task.id]
    return replace(task, minutes=minutes, estimated=task.estimated or guessed,
                   needs=(*task.needs, *added))  # fmt: skip


def _needs(root: Node, firsts: Mapping[str, Sequence[str]]) -> Mapping[str, Sequence[str]]:
    """What each task waits for: all tasks of what its node, or a part around it, comes after."""
    nodes = {node.id: node for node in root.walk()}
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for name, before in firsts.items():
        wanted = dict.fromkeys(task for first in before for task in _tasks_of(nodes[first]))
        for task in _tasks_of(nodes[name]):
            found[task] |= wanted
    return {name: tuple(wanted) for name, wanted in found.items()}


def _tasks_of(node: Node) -> list[str]:
    return [one.id for one in node.walk() if one.task_kind is not None]


def _in_order(tasks: Sequence[Task]) -> tuple[Task, ...]:
    """The tasks, each behind what it needs, else as they stood. The planner finds needs from what
    stands before a task: so nothing it finds can close a circle with what was proposed."""
    places = {task.id: place for place, task in enumerate(tasks)}
    waits = [len({n for n in task.needs if n in places}) for task in tasks]
    followers: defaultdict[str, list[int]] = defaultdict(list)
    for place, task in enumerate(tasks):
        for need in {n for n in task.needs if n in places}:
            followers[need].append(place)
    ready = [place for place, count in enumerate(waits) if not count]
    heapify(ready)
    order: list[Task] = []
    while ready:
        task = tasks[heappop(ready)]
        order.append(task)
        for place in followers[task.id]:
            waits[place] -= 1
            if not waits[place]:
                heappush(ready, place)
    return tuple(order)
