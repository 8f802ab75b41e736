"""What does a drawn roadmap in JSON say? Nodes and edges in the shape of roadmap.sh, as a route.

Order is by height, then from left to right. A subtopic belongs to the topic that an edge joins it
to, else to the one in the smallest box around both, else to the nearest one above.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import hypot

from zhixing.errors import Problem
from zhixing.records import ImportReport, Link, Remark, Route
from zhixing.roadmap.estimating import estimated
from zhixing.roadmap.identities import identified
from zhixing.roadmap.roles import resource_kind
from zhixing.roadmap.sketch import Sketch
from zhixing.roadmap.statements import without_stars
from zhixing.roadmap.tasks import tasks_of
from zhixing.roadmap.wording import language_of
from zhixing.words import Language, say

_TOPICS, _SUBTOPICS = (
    ("topic",),
    ("subtopic", "todo", "checklist", "todo-checkbox", "checklist-item"),
)
_DRAWN = ("vertical", "horizontal", "section", "legend", "group")  # lines and boxes: no words
_SLUG = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class _Shape:
    """A node of the drawing; `y` grows downwards."""

    id: str
    type: str
    label: str
    x: float
    y: float
    width: float
    height: float
    href: str
    line: int

    def holds(self, other: "_Shape") -> bool:
        return (self.x <= other.x <= self.x + self.width
                and self.y <= other.y <= self.y + self.height)  # fmt: skip


def is_graph(text: str) -> bool:
    """Whether a text is meant as JSON: it begins with a brace and names nodes."""
    return text.lstrip()[:1] == "{" and '"nodes"' in text


def compile_graph(
    text: str, language: Language | None = None, route_id: str = "", content: str = ""
) -> tuple[Route, ImportReport]:
    """The route of a drawing; `content` is the JSON that tells of its nodes by id, where there is
    one. Raises a Problem for what is no such JSON."""
    document = _object(text)
    told = _told(document, _object(content) if content.strip() else {})
    shapes, remarks = _shapes(document, text)
    root = _root(document, shapes)
    topics, orphans = _hung(shapes, _joined(document))
    done = _done(document)
    placed = [((t.y, t.x), _skill(t, below, told, done)) for t, below in topics]
    placed += [((shape.y, shape.x), _note(shape)) for shape in shapes if _is_note(shape)]
    root.inside = [node for _, node in sorted(placed, key=lambda pair: pair[0])]
    remarks += [_remark(shape, "no topic above it") for shape in orphans]
    estimated(root)
    words = " ".join(shape.label for shape in shapes)
    name = route_id or "-".join(_SLUG.findall(root.title.lower()))[:60].strip("-") or "route"
    spoken = language or language_of(words)
    tree = identified(root, name, spoken)
    route = Route(name, spoken, tree.title, tree, tasks_of(tree))
    understood = len(shapes) - len(orphans)
    return route, ImportReport(understood, tuple(sorted(remarks, key=lambda r: r.line)))


def _object(text: str) -> dict[str, object]:
    try:
        document = json.loads(text)
        text.encode()  # an escape may stand for half a letter only
        json.dumps(document, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as problem:  # ValueError: a number of thousands of digits
        where = getattr(problem, "lineno", 1)
        raise Problem(
            say("this is no JSON that can be read"),
            say("line {line}", line=where),
            say("export the roadmap once more, as the site saves it"),
        ) from None
    if isinstance(document, dict):
        return document
    raise Problem(
        say("a drawn roadmap is one object with nodes and edges"),
        say("the whole text"),
        say("export the roadmap once more, as the site saves it"),
    )


def _entries(value: object) -> list[dict[str, object]]:
    listed = value if isinstance(value, list) else []
    return [entry for entry in listed if isinstance(entry, dict)]


def _text(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _number(value: object) -> float:
    usable = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if usable and abs(value) < 1e9 else 0.0  # type: ignore[arg-type]


def _shapes(document: Mapping[str, object], text: str) -> tuple[list[_Shape], list[Remark]]:
    """All nodes in reading order, and those that carry neither an id nor a label."""
    places = _lines_of_ids(text)
    shapes, remarks = list[_Shape](), list[Remark]()
    for entry in _entries(document.get("nodes")):
        data = entry.get("data")
        data = data if isinstance(data, dict) else {}
        size = entry.get("measured")
        size = size if isinstance(size, dict) else {}
        at = entry.get("position")
        at = at if isinstance(at, dict) else {}
        name = _text(entry.get("id"))
        shape = _Shape(
            name,
            _text(entry.get("type")).lower(),
            _text(data.get("label")) or _text(data.get("title")),
            _number(at.get("x")),
            _number(at.get("y")),
            _number(entry.get("width")) or _number(size.get("width")),
            _number(entry.get("height")) or _number(size.get("height")),
            _text(data.get("href")) or _text(data.get("url")),
            places.get(name, 1),
        )
        shapes.append(shape)
        if not shape.label and shape.type in (*_TOPICS, *_SUBTOPICS):
            remarks.append(_remark(shape, "no label"))
    shapes.sort(key=lambda shape: (shape.y, shape.x))
    return [shape for shape in shapes if shape.label or shape.type in _DRAWN], remarks


def _lines_of_ids(text: str) -> dict[str, int]:
    """The first line that names each id as `"id": "…"`."""
    places: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        for found in re.finditer(r'"id"\s*:\s*"([^"\\]{1,200})"', line):
            places.setdefault(found[1], number)
    return places


def _joined(document: Mapping[str, object]) -> set[tuple[str, str]]:
    pairs = [
        (_text(e.get("source")), _text(e.get("target"))) for e in _entries(document.get("edges"))
    ]
    return {pair for a, b in pairs for pair in ((a, b), (b, a))}


def _hung(
    shapes: list[_Shape], joined: set[tuple[str, str]]
) -> tuple[list[tuple[_Shape, list[_Shape]]], list[_Shape]]:
    """Topics with their subtopics, in order, and subtopics that no topic takes."""
    topics = [shape for shape in shapes if shape.type in _TOPICS and shape.label]
    boxes = sorted((s for s in shapes if s.type == "section"), key=lambda s: s.width * s.height)
    below: dict[str, list[_Shape]] = {topic.id: [] for topic in topics}
    orphans: list[_Shape] = []
    for shape in shapes:
        if shape.type in _SUBTOPICS and shape.label:
            home = _home(shape, topics, boxes, joined)
            (below[home.id] if home else orphans).append(shape)
    if not topics:
        return [(shape, []) for shape in orphans], []
    return [(topic, below[topic.id]) for topic in topics], orphans


def _home(
    shape: _Shape, topics: list[_Shape], boxes: list[_Shape], joined: set[tuple[str, str]]
) -> _Shape | None:
    for topic in topics:
        if (shape.id, topic.id) in joined:
            return topic
    for box in boxes:
        inside = [topic for topic in topics if box.holds(topic)]
        if box.holds(shape) and inside:
            return min(inside, key=lambda topic: hypot(topic.x - shape.x, topic.y - shape.y))
    above = [topic for topic in topics if topic.y <= shape.y]
    return max(above, key=lambda topic: topic.y, default=topics[0] if topics else None)


def _told(
    document: Mapping[str, object], content: Mapping[str, object]
) -> dict[str, dict[str, object]]:
    """What is told of nodes, by id: the content's entries are keyed by id, or `slug@id`."""
    inner = document.get("content")
    told: dict[str, dict[str, object]] = {}
    for source in (inner if isinstance(inner, dict) else {}, content):
        for name, entry in source.items():
            if isinstance(entry, dict):
                told[name.rpartition("@")[2]] = entry
    for entry in _entries(document.get("nodes")):
        data = entry.get("data")
        if isinstance(data, dict) and (data.get("links") or data.get("description")):
            told.setdefault(_text(entry.get("id")), data)
    return told


def _done(document: Mapping[str, object]) -> frozenset[str]:
    progress = document.get("progress")
    kept = progress.get("done") if isinstance(progress, dict) else document.get("done")
    return (
        frozenset(name for name in kept if isinstance(name, str))
        if isinstance(kept, list)
        else frozenset()
    )


def _skill(
    topic: _Shape, below: list[_Shape], told: Mapping[str, dict[str, object]], done: frozenset[str]
) -> Sketch:
    """A topic: a skill that its subtopics, or else its own words, ask to study."""
    title, stars = without_stars(topic.label)
    node = Sketch("skill", title, topic.line, stars=stars)
    if topic.id in done:
        node.marks.add("done")
    node.inside = _resources(topic, told)
    for shape in below or [replace(topic, label=title)]:
        task = Sketch("task", shape.label, shape.line, task_kind="study")
        if shape.id in done:
            task.marks.add("done")
        if below:
            task.inside = _resources(shape, told)
        node.inside.append(task)
    return node


def _resources(shape: _Shape, told: Mapping[str, dict[str, object]]) -> list[Sketch]:
    """What is told of a node: its description as a note, its links as resources."""
    entry = told.get(shape.id, {})
    nodes: list[Sketch] = []
    description = _text(entry.get("description"))
    if description:
        nodes.append(Sketch("note", description, shape.line))
    for link in _entries(entry.get("links")):
        url, title = _text(link.get("url")), _text(link.get("title"))
        if url:
            node = Sketch("resource", title or url, shape.line, links=[Link(url, title or url)])
            node.detail("type", _text(link.get("type")) or resource_kind("", title, url))
            nodes.append(node)
    return nodes


def _root(document: Mapping[str, object], shapes: list[_Shape]) -> Sketch:
    given = document.get("title")
    page = given.get("page") or given.get("card") if isinstance(given, dict) else given
    drawn = next((shape for shape in shapes if shape.type == "title"), None)
    title = (drawn.label if drawn else "") or _text(page)
    return Sketch("route", title, drawn.line if drawn else 1)


def _is_note(shape: _Shape) -> bool:
    known = (*_TOPICS, *_SUBTOPICS, *_DRAWN, "title")
    return shape.type not in known and bool(shape.label)


def _note(shape: _Shape) -> Sketch:
    links = [Link(shape.href, shape.label)] if shape.href.startswith("http") else []
    return Sketch("note", shape.label, shape.line, links=links)


def _remark(shape: _Shape, why: str) -> Remark:
    said = (
        say("the node has no label") if why == "no label" else say("no topic takes this subtopic")
    )
    return Remark(shape.line, shape.label or shape.id, said)
