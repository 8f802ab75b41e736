"""What is each node called? Ids by place and kind, as the grammar of built-in routes gives them."""

from zhixing.records import Node
from zhixing.roadmap.naming import Names, unnamed_task
from zhixing.roadmap.sketch import Sketch
from zhixing.roadmap.wording import Label, label_text, language_of
from zhixing.words import Language

DEEPEST = 8  # deeper nodes stand beside their parents: Markdown lists nest no further


class _Ids:
    """Ids given out so far, in document order."""

    def __init__(self, route: str, language: Language) -> None:
        self.route, self.language = route, language
        self.names, self.tasks = Names("~"), Names()
        self.places: dict[str, int] = {}
        self.of_day: dict[tuple[int, int], int] = {}
        self.names.take(route)

    def numbered(self, place: str, kind: str) -> str:
        wanted = f"{place}/{kind}" if place else kind
        self.places[wanted] = self.places.get(wanted, 0) + 1
        return self.names.take(f"{wanted}-{self.places[wanted]}")


def identified(root: Sketch, route: str, language: Language | None = None) -> Node:
    """The finished tree of a route."""
    ids = _Ids(route, language or language_of(" ".join(s.title for s in root.walk())))
    title = " ".join(root.title.split()) or route
    children = _below(ids, root, "", 0, 0, 1)
    return Node("route", route, title, root.line, links=tuple(root.links), children=children)


def _below(
    ids: _Ids, node: Sketch, place: str, week: int, day: int, depth: int
) -> tuple[Node, ...]:
    nodes: list[Node] = []
    for child in node.inside:
        if depth < DEEPEST or not child.inside:
            nodes.append(_node(ids, child, place, week, day, depth))
        else:
            lifted, child.inside = child.inside, []
            nodes.append(_node(ids, child, place, week, day, depth))
            holder = Sketch("note", "", 0, inside=lifted)
            nodes += _below(ids, holder, place, week, day, depth)
    return tuple(nodes)


def _node(ids: _Ids, node: Sketch, place: str, week: int, day: int, depth: int) -> Node:
    if node.kind == "week":
        week, day = node.first or 0, 0
    elif node.kind == "day":
        day = node.first or 0
    name = _id(ids, node, place, week, day)
    return Node(
        node.kind,
        name,
        _title(ids, node),
        node.line,
        node.minutes,
        node.stars,
        tuple(node.links),
        _below(ids, node, name, week, day, depth + 1),
        node.first,
        node.last,
        node.task_kind,
        frozenset(node.marks),
        tuple(node.details),
    )


def _title(ids: _Ids, node: Sketch) -> str:
    """A node's words; a unit without any is called by its label."""
    if words := " ".join(node.title.split()):
        return words
    label = Label(node.kind, "", node.first, node.last, node.number)
    return label_text(ids.language, label)


def _id(ids: _Ids, node: Sketch, place: str, week: int, day: int) -> str:
    if node.task_kind is not None:
        ids.of_day[(week, day)] = ids.of_day.get((week, day), 0) + 1
        marks = frozenset(node.marks)
        wanted = unnamed_task(ids.route, node.task_kind, tuple(node.links), marks)
        number = f"{week}-{day}-{ids.of_day[(week, day)]}"
        return ids.tasks.take(wanted or f"{ids.route}/{node.task_kind}:{number}")
    if node.kind == "stage":
        return ids.names.take(f"stage-{node.number}")
    if node.kind == "milestone":
        return ids.numbered("", "milestone")
    if node.kind in ("month", "week", "day"):
        span = str(node.first) if node.first == node.last else f"{node.first}-{node.last}"
        inside = f"{place}/" if node.kind == "day" and place else ""
        return ids.names.take(f"{inside}{node.kind}-{span}")
    return ids.numbered(place, node.kind)
