"""What does a drawn roadmap in JSON say? Nodes and edges in the shape of roadmap.sh, as a route.

Order is by height, then from left to right. A subtopic belongs to the topic that an edge joins it
to, else to the one in the smallest box around both, else to the nearest one above.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from math import hypot

from zhixing.errors import Problem
from zhixing.records import ImportReport, Link, Remark, Route
from zhixing.roadmap.circles import circles
from zhixing.roadmap.estimating import estimated
from zhixing.roadmap.identities import identified
from zhixing.roadmap.roles import resource_kind
from zhixing.roadmap.shapes import (
    DRAWN,
    SUBTOPICS,
    TOPICS,
    Shape,
    entries_of,
    remark_on,
    shapes_of,
    text_of,
)
from zhixing.roadmap.sketch import Sketch
from zhixing.roadmap.statements import without_stars
from zhixing.roadmap.tasks import tasks_of
from zhixing.roadmap.wording import language_of
from zhixing.words import Language, say

_SLUG = re.compile(r"[a-z0-9]+")


def is_graph(text: str) -> bool:
    """Whether a text is meant as JSON: it begins with a brace and names nodes, or it is JSON."""
    if text.lstrip()[:1] == "{" and '"nodes"' in text:
        return True
    return text.lstrip()[:1] in ("{", "[") and text.rstrip()[-1:] in ("}", "]") and _is_json(text)


def _is_json(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict | list)
    except (ValueError, RecursionError):
        return False


def compile_graph(
    text: str, language: Language | None = None, route_id: str = "", content: str = ""
) -> tuple[Route, ImportReport]:
    """The route of a drawing; `content` is the JSON that tells of its nodes by id, where there is
    one. Raises a Problem for what is no such JSON."""
    document = _object(text)
    told = _told(document, _object(content) if content.strip() else {})
    if "nodes" not in document:
        raise _without_nodes()
    shapes, remarks = shapes_of(document, text)
    remarks += _circles(document, shapes)
    root = _root(document, shapes)
    topics, orphans = _hung(shapes, _joined(document))
    done = _done(document)
    placed = [((t.y, t.x), _skill(t, below, told, done)) for t, below in topics]
    placed += [((shape.y, shape.x), _note(shape)) for shape in shapes if _is_note(shape)]
    root.inside = [node for _, node in sorted(placed, key=lambda pair: pair[0])]
    remarks += [remark_on(shape, "no topic above it") for shape in orphans]
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


def _without_nodes() -> Problem:
    return Problem(
        say("this JSON holds no nodes: there is nothing to plan in it"),
        say("the whole text"),
        say("take the file in which the site keeps `nodes` and `edges`, or a Markdown text"),
    )


def _joined(document: Mapping[str, object]) -> set[tuple[str, str]]:
    pairs = [
        (text_of(e.get("source")), text_of(e.get("target")))
        for e in entries_of(document.get("edges"))
    ]
    return {pair for a, b in pairs for pair in ((a, b), (b, a))}


def _circles(document: Mapping[str, object], shapes: list[Shape]) -> list[Remark]:
    """Edges that lead back to where they began, each circle once: no order can follow them."""
    known = {shape.id: shape for shape in shapes}
    after: dict[str, list[str]] = {name: [] for name in known}
    for edge in entries_of(document.get("edges")):
        source, target = text_of(edge.get("source")), text_of(edge.get("target"))
        if source in known and target in known:
            after[source].append(target)
    return [_circle([known[name] for name in names]) for names in circles(after)]


def _circle(shapes: list[Shape]) -> Remark:
    names = " → ".join(shape.label or shape.id for shape in [*shapes[:6], shapes[0]])
    why = say("the edges run in a circle: {names}; the order on the page is taken", names=names)
    return Remark(shapes[0].line, shapes[0].label or shapes[0].id, why)


def _hung(
    shapes: list[Shape], joined: set[tuple[str, str]]
) -> tuple[list[tuple[Shape, list[Shape]]], list[Shape]]:
    """Topics with their subtopics, in order, and subtopics that no topic takes."""
    topics = [shape for shape in shapes if shape.type in TOPICS and shape.label]
    boxes = sorted((s for s in shapes if s.type == "section"), key=lambda s: s.width * s.height)
    below: dict[str, list[Shape]] = {topic.id: [] for topic in topics}
    orphans: list[Shape] = []
    for shape in shapes:
        if shape.type in SUBTOPICS and shape.label:
            home = _home(shape, topics, boxes, joined)
            (below[home.id] if home else orphans).append(shape)
    if not topics:
        return [(shape, []) for shape in orphans], []
    return [(topic, below[topic.id]) for topic in topics], orphans


def _home(
    shape: Shape, topics: list[Shape], boxes: list[Shape], joined: set[tuple[str, str]]
) -> Shape | None:
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
    for entry in entries_of(document.get("nodes")):
        data = entry.get("data")
        if isinstance(data, dict) and (data.get("links") or data.get("description")):
            told.setdefault(text_of(entry.get("id")), data)
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
    topic: Shape, below: list[Shape], told: Mapping[str, dict[str, object]], done: frozenset[str]
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


def _resources(shape: Shape, told: Mapping[str, dict[str, object]]) -> list[Sketch]:
    """What is told of a node: its description as a note, its links as resources."""
    entry = told.get(shape.id, {})
    nodes: list[Sketch] = []
    description = text_of(entry.get("description"))
    if description:
        nodes.append(Sketch("note", description, shape.line))
    for link in entries_of(entry.get("links")):
        url, title = text_of(link.get("url")), text_of(link.get("title"))
        if url:
            node = Sketch("resource", title or url, shape.line, links=[Link(url, title or url)])
            node.detail("type", text_of(link.get("type")) or resource_kind("", title, url))
            nodes.append(node)
    return nodes


def _root(document: Mapping[str, object], shapes: list[Shape]) -> Sketch:
    given = document.get("title")
    page = given.get("page") or given.get("card") if isinstance(given, dict) else given
    drawn = next((shape for shape in shapes if shape.type == "title"), None)
    title = (drawn.label if drawn else "") or text_of(page)
    return Sketch("route", title, drawn.line if drawn else 1)


def _is_note(shape: Shape) -> bool:
    known = (*TOPICS, *SUBTOPICS, *DRAWN, "title")
    return shape.type not in known and bool(shape.label)


def _note(shape: Shape) -> Sketch:
    links = [Link(shape.href, shape.label)] if shape.href.startswith("http") else []
    return Sketch("note", shape.label, shape.line, links=links)
