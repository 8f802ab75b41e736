"""How is a route written down? In the grammar that compiling reads: the way back, without loss."""

import re
from typing import Literal

from zhixing.records import Link, Node, Route
from zhixing.roadmap.inline import escaped, escaped_url
from zhixing.roadmap.naming import Names, unnamed_task
from zhixing.roadmap.wording import (
    KIND_LABELS,
    SECTION,
    Label,
    direction_word,
    duration,
    kind_word,
    label_of,
    label_text,
    recurring_word,
)
from zhixing.words import Language

Form = Literal["heading", "paragraph", "item"]

_UNIT_KINDS = ("stage", "week", "day", "milestone")
_AGAIN = re.compile(r"~[0-9]+$")
_BLOCK_BEGIN = re.compile(r"[-+*>=~|_#:<]")
_NUMBERED = re.compile(r"([0-9]{1,9})([.)])")


def as_markdown(route: Route) -> str:
    """The route as a document; compiling it gives an equal route, line numbers aside."""
    names = Names()
    blocks = [_front_matter(route), f"# {_line(route.title, route.root.links)}"]
    blocks += ["\n".join(lines) for lines in _below(route, route.root, names, 2)]
    return "\n\n".join(blocks) + "\n"


def _front_matter(route: Route) -> str:
    lines = ["---", f"id: {route.id}", f"language: {route.language}"]
    if route.pace_minutes_per_week is not None:
        lines.append(f"pace: {duration(route.pace_minutes_per_week, 'en')}/week")
    if route.directions:
        lines.append(f"directions: [{', '.join(route.directions)}]")
    return "\n".join([*lines, "---"])


def _below(route: Route, node: Node, names: Names, rank: int) -> list[list[str]]:
    """The blocks below a heading, as lines; items that follow one another are one block."""
    blocks: list[list[str]] = []
    in_list = False
    for child in node.children:
        form = _form(child)
        if form == "heading":
            blocks.append([f"{'#' * rank} {_heading(child, route.language)}"])
            blocks += _below(route, child, names, rank + 1)
        elif form == "paragraph":
            blocks.append([_paragraph(child, route.language)])
        elif in_list:
            blocks[-1] += _item(route, child, names, "")
        else:
            blocks.append(_item(route, child, names, ""))
        in_list = form == "item"
    return blocks


def _form(node: Node) -> Form:
    if node.kind in _UNIT_KINDS or SECTION in node.marks:
        return "heading"
    return "item" if node.kind in ("task", "criterion") or node.children else "paragraph"


def _heading(node: Node, language: Language) -> str:
    if node.kind not in _UNIT_KINDS:
        text = _line(node.title, node.links)
        return _first_literally(text) if label_of(text) else text
    label = Label(node.kind, "", node.first, node.last, _stage_number(node))
    words = label_text(language, label)
    marks = _marks(node, language)
    if node.kind == "stage" and node.first is not None:
        marks.append(f"weeks {node.first}–{node.last}")
    named = node.kind == "milestone" and node.id.startswith("milestone:")
    own = [_AGAIN.sub("", node.id)] if named else []
    brackets = "".join(f" ({mark})" for mark in marks + own)
    if node.title == words and not node.links:
        return words + brackets
    between = " · " if node.kind in ("week", "day") else "：" if language == "zh" else ": "
    return f"{words}{between}{_line(node.title, node.links, brackets)}"


def _stage_number(node: Node) -> str:
    return _AGAIN.sub("", node.id).removeprefix("stage-") if node.kind == "stage" else ""


def _item(route: Route, node: Node, names: Names, indent: str) -> list[str]:
    """A list item, and below it, indented, what is nested in it."""
    text = _task(route, node, names) if node.kind == "task" else _nested(node, route.language)
    lines = [f"{indent}- {text}"]
    for child in node.children:
        lines += _item(route, child, names, indent + "  ")
    return lines


def _nested(node: Node, language: Language) -> str:
    if node.kind == "criterion":
        checkbox = "[x] " if "done" in node.marks else ""
        return f"{checkbox}✅ {_line(node.title, node.links)}"
    line = _paragraph(node, language).removeprefix("> ")
    looks_like_task = node.links and kind_word(line)[0] is not None
    return _first_literally(line) if looks_like_task else line


def _task(route: Route, node: Node, names: Names) -> str:
    kind = node.task_kind or "study"
    word = KIND_LABELS[route.language][kind]
    marks = _marks(node, route.language)
    unnamed = unnamed_task(route.id, kind, node.links, node.marks)
    if unnamed is None or names.coming(unnamed) != node.id:
        own_name = node.id.removeprefix(f"{route.id}/{kind}:")
        marks.append(f"id:{own_name}")
        unnamed = node.id
    names.take(unnamed)
    checkbox = "[x]" if "done" in node.marks else "[ ]"
    colon = "：" if route.language == "zh" else ": "
    brackets = "".join(f" ({mark})" for mark in marks)
    return f"{checkbox} {word}{colon}{_line(node.title, node.links, brackets, dots=True)}"


def _marks(node: Node, language: Language) -> list[str]:
    hours = [duration(node.minutes, language)] if node.minutes is not None else []
    words = sorted(node.marks - {"done"})
    return hours + ([", ".join(words)] if words else [])


def _paragraph(node: Node, language: Language) -> str:
    direction = next((m for m in node.marks if m.startswith("direction:")), None)
    if direction:
        name = direction.removeprefix("direction:")
        rest = "" if node.title == name and not node.links else f" {_line(node.title, node.links)}"
        return f"direction: {name} →{rest}"
    line = _line(node.title, node.links)
    if node.kind == "rule":
        word = "规则：" if language == "zh" else "Rule: "
        return f"> {word}{line} ({_AGAIN.sub('', node.id)})"
    return _as_words(line)


def _as_words(line: str) -> str:
    """A line that opens no block and no statement of the grammar but is read as words."""
    if found := _NUMBERED.match(line):
        return f"{found[1]}\\{line[found.start(2) :]}"
    if _BLOCK_BEGIN.match(line):
        return "\\" + line
    opens = recurring_word(line)[0] or direction_word(line)[0]
    return _first_literally(line) if opens or line.startswith("✅") else line


def _first_literally(line: str) -> str:
    return f"&#x{ord(line[0]):X};{line[1:]}"


def _line(title: str, links: tuple[Link, ...], brackets: str = "", *, dots: bool = False) -> str:
    """Words, brackets and links: a link whose label stands in the words is set there, the others
    behind dots. With `dots`, those of the words are no separators."""
    before_dot = len(title.partition(" · ")[0])
    words, at, used = "", 0, 0
    for link in links:
        start = title.find(link.label, at, before_dot)
        if start < 0:
            break
        words += escaped(title[at:start], dots=dots) + _link(link)
        at, used = start + len(link.label), used + 1
    behind = "".join(f" · {_link(link)}" for link in links[used:])
    return words + escaped(title[at:], dots=dots) + brackets + behind


def _link(link: Link) -> str:
    return f"[{escaped(link.label)}]({escaped_url(link.url)})"
