"""In which order may tasks come, so that none comes before what it needs?

The author's order wherever it can be kept. An emphasis moves tasks within their stage only, and
only tasks of which the catalog knows what they need: any other stays behind its neighbour.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from heapq import heapify, heappop, heappush
from itertools import pairwise

from zhixing.errors import Problem
from zhixing.records import Task
from zhixing.words import say

Rank = Callable[[Task], int]
Needs = Mapping[str, Sequence[str]]
PRACTICE = frozenset({"lab", "project", "essay"})
RANKS: Mapping[str, Rank] = {
    "maths-first": lambda task: 0 if task.subject == "math" else 1,
    "practice-first": lambda task: 0 if task.kind in PRACTICE else 1,
}


def needs_of(tasks: Sequence[Task]) -> Needs:
    """What each task waits for among `tasks`; nothing waits for optional or recurring work."""
    waited_for = {task.id for task in tasks if not (task.optional or task.recurring)}
    return {
        task.id: task.needs
        if waited_for.issuperset(task.needs) and task.id not in task.needs
        else [need for need in task.needs if need in waited_for and need != task.id]
        for task in tasks
        if task.needs
    }


def in_order(tasks: Sequence[Task], emphasis: str) -> tuple[Task, ...]:
    """The tasks in an order that meets their needs. Problem: tasks that wait for one another."""
    rank = RANKS.get(emphasis)
    if rank is None and _is_met(tasks):
        return tuple(tasks)
    needs = needs_of(tasks)
    if not _is_met(tasks, needs):
        tasks = _sorted(tasks, needs, lambda _: 0)
    if rank is None:
        return tuple(tasks)
    bound = {**needs}
    for before, task in pairwise(tasks):
        if not (task.subject or task.needs):
            bound[task.id] = [before.id]
    return _sorted(tasks, bound, rank)


def above(needs: Needs, task: str) -> set[str]:
    """All tasks that come before `task`: its needs, theirs, and so on."""
    found: set[str] = set()
    waiting = [task]
    while waiting:
        for need in needs.get(waiting.pop(), ()):
            if need not in found:
                found.add(need)
                waiting.append(need)
    return found


def _is_met(tasks: Sequence[Task], needs: Needs | None = None) -> bool:
    """Whether no task comes before what it needs; without `needs`, before any that it names."""
    met: set[str] = set()
    for task in tasks:
        if task.needs and not met.issuperset(task.needs if needs is None else needs[task.id]):
            return False
        met.add(task.id)
    return True


def _sorted(tasks: Sequence[Task], needs: Needs, rank: Rank) -> tuple[Task, ...]:
    """Kahn's order with a heap: among tasks whose needs are met, by stage, rank and place."""
    stages = {stage: n for n, stage in enumerate(dict.fromkeys(task.stage for task in tasks))}
    keys = {
        task.id: (stages[task.stage], rank(task), place) for place, task in enumerate(tasks)
    }  # fmt: skip
    waits = {task.id: len(set(needs.get(task.id, ()))) for task in tasks}
    followers: defaultdict[str, list[str]] = defaultdict(list)
    for task in tasks:
        for need in set(needs.get(task.id, ())):
            followers[need].append(task.id)
    ready = [keys[task.id] for task in tasks if not waits[task.id]]
    heapify(ready)
    order: list[Task] = []
    while ready:
        task = tasks[heappop(ready)[2]]
        order.append(task)
        for follower in followers[task.id]:
            waits[follower] -= 1
            if not waits[follower]:
                heappush(ready, keys[follower])
    if len(order) < len(tasks):
        raise _waiting_for_one_another(tasks, needs, {task.id for task in order})
    return tuple(order)


def _waiting_for_one_another(tasks: Sequence[Task], needs: Needs, met: set[str]) -> Problem:
    """The letter about one circle among the tasks that are not `met`."""
    at = next(task.id for task in tasks if task.id not in met)
    path: list[str] = []
    while at not in path:
        path.append(at)
        at = next(need for need in needs[at] if need not in met)
    circle = [*path[path.index(at) :], at]
    return Problem(
        say("tasks need one another: none of them can come first"),
        " → ".join(circle),
        say("take one of these needs out of the route"),
    )
