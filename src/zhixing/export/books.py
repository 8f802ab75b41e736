"""A plan as a task book: the route by dated days, which compiles to the same tasks again.

A task stands on the day of its last share, where one ticks it; its earlier shares are lines without
a box. What has no day stands at the end, so that nothing of the route is lost.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import get_args

from zhixing.export.plan_pieces import PlanExport, PlanPiece, days_of
from zhixing.records import Link, Node, Route, Task, TaskKind
from zhixing.words import say

SECTION = frozenset({"section"})
HANDED_DOWN = ("optional", "core", "morning", "afternoon", "evening", "estimated")
"""Marks of a heading that hold for the tasks below it; those of directions do so as well."""
BESIDE_THE_HOURS = frozenset({"optional", "daily", "weekly", "monthly"})
"""Marks of tasks that a day's own hours do not count, in the grammar of routes."""
_AGAIN = re.compile(r"\.[0-9]+$")
"""What tells the second task of one reference from the first."""


@dataclass(frozen=True, slots=True)
class Binding:
    """What a book needs besides the plan: how it opens, titles of weeks and days, the state of
    every task of the route, addresses of resources by `res:` reference."""

    opening: str
    week_title: Callable[[int], str]
    day_title: Callable[[date], str]
    done: frozenset[str]
    skipped: frozenset[str]
    addresses: Mapping[str, str]


def as_book(plan: PlanExport, route: Route, binding: Binding, whole: bool = True) -> Route:
    """The route as the plan has it, to be written down as a document. `whole` = with what stands
    on no day of the plan."""
    book = _Book(plan, route, binding)
    children = [Node("note", "note-1", binding.opening, 1)]
    children += book.rules() if whole else ()
    children += book.weeks()
    children += book.rest() if whole else ()
    root = replace(route.root, children=tuple(children), details=())
    return replace(route, root=root)


class _Book:
    """One book being made. `placed` are the tasks that stand on a day of it."""

    def __init__(self, plan: PlanExport, route: Route, binding: Binding) -> None:
        self.plan, self.route, self.binding = plan, route, binding
        self.tasks = {task.id: task for task in route.tasks}
        self.nodes = dict(_task_nodes(route.root, frozenset()))
        self.last = {piece.task: piece.id for piece in plan.pieces}
        self.names = _names(route)
        self.worked: dict[str, int] = {}
        self.placed: set[str] = set()
        self.milestones = list(_milestones(route.root))

    def rules(self) -> Iterator[Node]:
        """The rules of the route, wherever it gives them."""
        for node in self.route.root.walk():
            if node.kind == "rule":
                yield replace(node, links=self._links(node))

    def weeks(self) -> Iterator[Node]:
        by_week: dict[int, list[PlanPiece]] = {}
        for piece in self.plan.pieces:
            by_week.setdefault(piece.week, []).append(piece)
        for number, pieces in by_week.items():
            days = [self._day(on, some) for on, some in days_of(pieces)]
            title = self.binding.week_title(number)
            yield Node("week", f"week-{number}", title, 1, first=number, last=number,
                       children=(*days, *self._milestones_reached()))  # fmt: skip

    def _day(self, on: date, pieces: Sequence[PlanPiece]) -> Node:
        children = tuple(node for piece in pieces for node in self._piece(piece))
        number, minutes = on.isoweekday(), sum(piece.minutes for piece in pieces)
        whole = minutes == sum(node.minutes or 0 for node in children)
        asked = sum(node.minutes or 0 for node in children if not node.marks & BESIDE_THE_HOURS)
        return Node("day", f"day-{number}", self.binding.day_title(on), 1, first=number,
                    last=number, children=children,
                    minutes=asked if whole and asked else None)  # fmt: skip

    def _piece(self, piece: PlanPiece) -> Iterator[Node]:
        """The task where it ends, else a line that says how far it gets."""
        task = self.tasks.get(piece.task)
        if task is None:
            return
        self.worked[task.id] = self.worked.get(task.id, 0) + piece.minutes
        if piece.id == self.last[piece.task]:
            self.placed.add(task.id)
            yield self._task(task)
        elif not task.recurring:
            share = say(
                "{title}: the first {n} of {minutes} minutes",
                title=task.title,
                n=self.worked[task.id],
                minutes=max(task.minutes, piece.minutes),
            )
            yield Node("note", "note-2", share.render(self.route.language), 1)

    def _task(self, task: Task) -> Node:
        node, handed_down = self.nodes[task.id]
        marks = (node.marks | handed_down) - {"done"}
        if task.id in self.binding.done or task.done:
            marks |= {"done"}
        return replace(
            node,
            id=self.names[task.id],
            marks=marks,
            links=self._links(node),
            children=tuple(self._said(node.children)),
        )

    def _said(self, nodes: Iterable[Node]) -> Iterator[Node]:
        """What is said below a node, without the tasks there: these have days of their own."""
        for node in nodes:
            if node.task_kind is None and node.kind != "milestone":
                inside = tuple(self._said(node.children))
                yield replace(node, links=self._links(node), children=inside)

    def _links(self, node: Node) -> tuple[Link, ...]:
        """The links with the addresses of resources: a book is read anywhere. A reference by which
        the task is called stays beside its address."""
        return tuple(told for link in node.links for told in self._link(node, link))

    def _link(self, node: Node, link: Link) -> Iterator[Link]:
        address = self.binding.addresses.get(link.url)
        if address is None or _AGAIN.sub("", node.id).endswith(f"/{link.url}"):
            yield link
        if address is not None:
            yield Link(address, link.label)

    def _milestones_reached(self) -> Iterator[Node]:
        """The milestones of which the dated work before them is all placed."""
        for before, node in list(self.milestones):
            if before & self.last.keys() <= self.placed:
                self.milestones.remove((before, node))
                inside = tuple(self._said(node.children))
                yield replace(node, links=self._links(node), children=inside)

    def rest(self) -> Iterator[Node]:
        """What stands on no day: done before, left out, without a date."""
        free = [task for task in self.route.tasks if task.id not in self.placed]
        done = self.binding.done | {task.id for task in free if task.done}
        groups = (
            (say("Done before"), [t for t in free if t.id in done]),
            (say("Left out"), [t for t in free if t.id in self.binding.skipped - done]),
            (say("Without a date"), [t for t in free if t.id not in self.binding.skipped | done]),
        )
        for title, tasks in groups:
            if tasks:
                inside = tuple(self._task(task) for task in tasks)
                yield Node("note", "note-3", title.render(self.route.language), 1, children=inside,
                           marks=SECTION)  # fmt: skip


def _names(route: Route) -> Mapping[str, str]:
    """What each task is called in the book, whose tasks are all of one route: those of routes that
    follow the first take its name before their own, with their route's behind it where that name
    is taken already."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for task in route.tasks:
        of, _, rest = task.id.partition("/")
        name = f"{route.id}/{_by_kind(task, rest)}"
        if name in taken:
            words = re.sub(r"[^a-z0-9]+", "-", rest.lower()).strip("-")
            name = f"{route.id}/{task.kind}:{words}-{of}"
        names[task.id] = name
        taken.add(name)
    return names


def _by_kind(task: Task, rest: str) -> str:
    """What a task is called behind its route. One of which the learner says that it is another
    kind of work takes the name of that: readers tell the kind from it."""
    kind, _, name = rest.partition(":")
    if kind == task.kind or kind not in get_args(TaskKind) or _refers(task, rest):
        return rest
    return f"{task.kind}:{name}"


def _refers(task: Task, rest: str) -> bool:
    return any(link.url == _AGAIN.sub("", rest) for link in task.links)


def _task_nodes(
    node: Node, handed_down: frozenset[str]
) -> Iterator[tuple[str, tuple[Node, frozenset[str]]]]:
    """Task id -> its node, and the marks of what stands above it."""
    if node.task_kind is not None:
        yield node.id, (node, handed_down)
    below = {mark for mark in node.marks if mark in HANDED_DOWN or mark.startswith("direction:")}
    for child in node.children:
        yield from _task_nodes(child, handed_down | below)


def _milestones(root: Node) -> Iterator[tuple[frozenset[str], Node]]:
    """Each milestone, with the tasks that stand in the document between it and the one before."""
    before: set[str] = set()
    for node in root.walk():
        if node.task_kind is not None:
            before.add(node.id)
        elif node.kind == "milestone":
            yield frozenset(before), node
            before = set()
