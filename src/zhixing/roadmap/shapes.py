"""Which shapes does a drawn roadmap in JSON hold? Its nodes with their words, places and lines."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from zhixing.records import Remark
from zhixing.words import say

TOPICS, SUBTOPICS = (
    ("topic",),
    ("subtopic", "todo", "checklist", "todo-checkbox", "checklist-item"),
)
DRAWN = ("vertical", "horizontal", "section", "legend", "group")  # lines and boxes: no words


@dataclass(frozen=True, slots=True)
class Shape:
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

    def holds(self, other: "Shape") -> bool:
        return (self.x <= other.x <= self.x + self.width
                and self.y <= other.y <= self.y + self.height)  # fmt: skip


def entries_of(value: object) -> list[dict[str, object]]:
    listed = value if isinstance(value, list) else []
    return [entry for entry in listed if isinstance(entry, dict)]


def text_of(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _number(value: object) -> float:
    usable = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if usable and abs(value) < 1e9 else 0.0  # type: ignore[arg-type]


def shapes_of(document: Mapping[str, object], text: str) -> tuple[list[Shape], list[Remark]]:
    """All nodes in reading order, and those that carry neither an id nor a label."""
    places = _lines_of_ids(text)
    shapes, remarks = list[Shape](), list[Remark]()
    for entry in entries_of(document.get("nodes")):
        data = entry.get("data")
        data = data if isinstance(data, dict) else {}
        size = entry.get("measured")
        size = size if isinstance(size, dict) else {}
        at = entry.get("position")
        at = at if isinstance(at, dict) else {}
        name = text_of(entry.get("id"))
        shape = Shape(
            name,
            text_of(entry.get("type")).lower(),
            text_of(data.get("label")) or text_of(data.get("title")),
            _number(at.get("x")),
            _number(at.get("y")),
            _number(entry.get("width")) or _number(size.get("width")),
            _number(entry.get("height")) or _number(size.get("height")),
            text_of(data.get("href")) or text_of(data.get("url")),
            places.get(name, 1),
        )
        shapes.append(shape)
        if not shape.label and shape.type in (*TOPICS, *SUBTOPICS):
            remarks.append(remark_on(shape, "no label"))
    shapes.sort(key=lambda shape: (shape.y, shape.x))
    return [shape for shape in shapes if shape.label or shape.type in DRAWN], remarks


def _lines_of_ids(text: str) -> dict[str, int]:
    """The first line that names each id as `"id": "…"`."""
    places: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        for found in re.finditer(r'"id"\s*:\s*"([^"\\]{1,200})"', line):
            places.setdefault(found[1], number)
    return places


def remark_on(shape: Shape, why: str) -> Remark:
    said = (
        say("the node has no label") if why == "no label" else say("no topic takes this subtopic")
    )
    return Remark(shape.line, shape.label or shape.id, said)
