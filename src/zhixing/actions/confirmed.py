"""What a learner confirmed about a roadmap of their own: its nodes, as things of the catalog."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from zhixing.records import Link, Node, Route


def with_matches(route: Route, matches: Mapping[str, str]) -> Route:
    """The route with what its nodes are in the catalog as links: a task that is a lab is checked
    by that lab."""
    if not matches:
        return route
    tasks = tuple(
        replace(task, links=_linked(task.links, matches.get(task.id), task.title))
        for task in route.tasks
    )
    return replace(route, root=_joined(route.root, matches), tasks=tasks)


def without_done_marks(route: Route) -> Route:
    """The route with all that its author had done still to do."""
    tasks = tuple(replace(task, done=False) for task in route.tasks)
    return replace(route, tasks=tasks)


def _joined(node: Node, matches: Mapping[str, str]) -> Node:
    return replace(
        node,
        links=_linked(node.links, matches.get(node.id), node.title),
        children=tuple(_joined(child, matches) for child in node.children),
    )


def _linked(links: Iterable[Link], reference: str | None, label: str) -> tuple[Link, ...]:
    """The links, the confirmed one first."""
    rest = tuple(links)
    if reference is None or any(link.url == reference for link in rest):
        return rest
    return (Link(reference, label), *rest)
