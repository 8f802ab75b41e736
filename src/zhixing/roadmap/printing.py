"""How is a route written down? In the grammar that compiling reads: the way back, without loss."""

import re
from typing import Literal

from zhixing.records import Link, Node, Route
from zhixing.roadmap.inline import escaped, escaped_url
from zhixing.roadmap.naming import Names, unnamed_task
from zhixing.roadmap.wording import (
    KIND_LABELS,
    MARK_WORDS,
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

_UNIT_KINDS = ("stage", "month", "week", "day", "milestone")
_ASKING = ("stage", "month", "week", "day", "milestone", "criterion", "rule")
_STAGE_ID = re.compile(r"stage-[0-9]{1,3}(?:\.[0-9]{1,2})?")
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
    said = {"level": route.level, "expects": route.expects, "ends": route.ends_in}
    lines += [f"{key}: {value}" for key, value in said.items() if value]
    return "\n".join([*lines, "---"])


def _below(route: Route, node: Node, names: Names, rank: int) -> list[list[str]]:
    """The blocks below a heading, as lines; items that follow one another are one block."""
    blocks: list[list[str]] = []
    if node.details:
        blocks.append([f"- {_detail(pair)}" for pair in node.details])
    in_list = bool(node.details)
    forms = _forms(node.children, rank)
    for child, form in zip(node.children, forms, strict=True):
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


def _forms(nodes: tuple[Node, ...], rank: int) -> list[Form]:
    """How siblings are written: what stands before a line that is no heading can be none itself."""
    forms: list[Form] = []
    headings = True
    for node in reversed(nodes):
        headings = headings and rank <= 6 and _headable(node)
        forms.append("heading" if headings else _form(node))
    return forms[::-1]


def _headable(node: Node) -> bool:
    if SECTION in node.marks and node.kind == "note":
        plain = node.minutes is None and node.stars is None and node.marks == {SECTION}
        return plain and node.task_kind is None
    return node.kind in _UNIT_KINDS and node.task_kind is None and not _of_its_own(node)


def _of_its_own(node: Node) -> bool:
    """A unit whose numbers its heading could not carry."""
    if node.kind == "stage":
        return _STAGE_ID.fullmatch(_AGAIN.sub("", node.id)) is None
    return node.kind in ("month", "week", "day") and node.first is None


def _form(node: Node) -> Form:
    if node.kind in ("task", "criterion") or node.children or _needs_marks(node):
        return "item"
    return "paragraph"


def _needs_marks(node: Node) -> bool:
    """Whether a line must say itself what it is: no form of the grammar says it."""
    if node.task_kind is not None:
        return node.kind != "task"
    if node.kind == "criterion":
        return bool(node.marks - {"done"} or node.stars or node.minutes is not None)
    if node.kind == "rule":
        return not node.id.startswith("rule:") or bool(node.marks or node.stars or node.details)
    direction = any(mark.startswith("direction:") for mark in node.marks)
    if node.kind != "note" or node.stars or node.details or node.minutes is not None:
        return True
    return bool(node.marks) and not direction


def _heading(node: Node, language: Language) -> str:
    if node.kind not in _UNIT_KINDS:  # a note that stands as a heading
        holds_tasks = any(below.task_kind or below.kind in _ASKING for below in node.walk())
        text = _line(node.title, node.links, " (node:note)" if holds_tasks else "")
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
    between = " · " if node.kind in ("month", "week", "day") else "：" if language == "zh" else ": "
    return f"{words}{between}{_line(node.title, node.links, brackets)}"


def _stage_number(node: Node) -> str:
    return _AGAIN.sub("", node.id).removeprefix("stage-") if node.kind == "stage" else ""


def _item(route: Route, node: Node, names: Names, indent: str) -> list[str]:
    """A list item, and below it, indented, what is said of it and what is nested in it."""
    text = _nested(node, route.language)
    if node.task_kind is not None:
        text = _task(route, node, names)
    elif _needs_marks(node):
        text = _marked(node, route.language)
    lines = [f"{indent}- {text}"]
    lines += [f"{indent}  - {_detail(pair)}" for pair in node.details]
    for child in node.children:
        lines += _item(route, child, names, indent + "  ")
    return lines


def _marked(node: Node, language: Language) -> str:
    """A line that says what it is: `title (node:skill) (4 ★)`."""
    number = _stage_number(node)
    if node.kind != "stage" and node.first is not None:
        number = str(node.first) if node.first == node.last else f"{node.first}–{node.last}"
    marks = [f"node:{node.kind} {number}".strip(), *_marks(node, language)]
    if node.kind == "stage" and node.first is not None:
        marks.append(f"weeks {node.first}–{node.last}")
    if "done" in node.marks:
        marks.append("mark:done")
    brackets = "".join(f" ({mark})" for mark in marks)
    return _item_begin(_line(node.title, node.links, brackets))


def _item_begin(line: str) -> str:
    """A line that no sign at its beginning makes something else."""
    opens = line.startswith("✅") or recurring_word(line)[0] or direction_word(line)[0]
    return _first_literally(line) if opens else _as_words(line)


def _detail(pair: tuple[str, str]) -> str:
    name, words = (escaped(part, dots=True) for part in pair)
    return _item_begin(f"{name} (detail) · {words}")


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
    if node.kind != "task":
        marks.insert(0, f"node:{node.kind}")
    checkbox = "[x]" if "done" in node.marks else "[ ]"
    colon = "：" if route.language == "zh" else ": "
    brackets = "".join(f" ({mark})" for mark in marks)
    return f"{checkbox} {word}{colon}{_line(node.title, node.links, brackets, dots=True)}"


def _marks(node: Node, language: Language) -> list[str]:
    marks = [duration(node.minutes, language)] if node.minutes is not None else []
    own = [SECTION] if node.kind in _UNIT_KINDS else []
    words = sorted(node.marks - {"done"})
    known = [word for word in words if word in MARK_WORDS or word.startswith("direction:")]
    marks += [", ".join(known)] if known else []
    marks += [f"mark:{word}" for word in words if word not in known and word not in own]
    marks += [f"{node.stars} ★"] if node.stars else []
    if "done" in node.marks and node.kind in _UNIT_KINDS and not _of_its_own(node):
        marks.append("mark:done")
    return marks


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
