"""What a learner says of lines of their roadmap, in place of what was read: laid over the route.

The document stays as it was given. A line that was mended carries the mark `mended`, so that every
page can tell the learner's own word from the author's.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Literal, get_args

from zhixing.errors import Problem
from zhixing.records import ImportReport, Mend, Node, NodeKind, Route, TaskKind
from zhixing.words import say

MENDED = "mended"
"""The mark of a node of which the learner said something."""
LOST = "line-"
"""What the name of a mend begins with whose line became no node at all; its number follows."""
TASK_KINDS: tuple[TaskKind, ...] = get_args(TaskKind)
UNITS = ("route", "stage", "month", "week", "day", "milestone")
"""What holds work and is none itself: of these the title can be mended, and all be left out."""
LONGEST_TITLE = 300
MOST_MINUTES = 500 * 60
"""Of one line; what takes longer is more than one task."""
_SIGNS = re.compile(r"^[\s\-*+#>|]*(?:\[[ xX]?\]\s*)?|[\s|]+$")
"""What stands around the words of a line of Markdown."""
_STAYING: tuple[NodeKind, ...] = ("resource", "skill")
"""Kinds of nodes that are what they are, whether they are work or not."""


def mended(route: Route, mends: Mapping[str, Mend]) -> Route:
    """The route as the learner left it: lines with other words, minutes or kinds, lines that are
    no tasks, and lines that are tasks after all."""
    from zhixing.roadmap.tasks import tasks_of

    if not mends:
        return route
    made = made_ids(route, mends)
    root = _laid_over(route.root, mends, made, None)
    for name, mend in sorted(mends.items(), key=lambda pair: pair[1].line):
        if name.startswith(LOST) and name in made and mend.kind:
            root = _placed(root, _found_again(made[name], mend, mend.kind))
    return replace(route, title=root.title, root=root, tasks=tasks_of(root))


def made_ids(route: Route, mends: Mapping[str, Mend]) -> Mapping[str, str]:
    """The name of a mend -> the id of the task that its line became, of lines that were none. The
    id stays when the kind is mended once more."""
    read = {node.id: node for node in route.root.walk()}
    lines = {node.line for node in read.values()}
    made = {}
    for name, mend in mends.items():
        node = read.get(name)
        is_new = node.task_kind is None and node.line == mend.line if node else (
            name.startswith(LOST) and mend.line not in lines)  # fmt: skip
        if mend.kind and is_new:
            words = name.replace("~", "-again-").replace("/", "-")
            made[name] = f"{route.id}/study:{words}"
    return made


def _laid_over(
    node: Node, mends: Mapping[str, Mend], made: Mapping[str, str], around: Mend | None
) -> Node:
    """The node and what stands in it; `around` is a mend above it that says "no task"."""
    own = mends.get(node.id)
    own = own if own is not None and own.line == node.line else None
    asked = own if own is not None and own.kind is not None else around
    changed = _with(node, own) if own is not None else node
    if asked is not None and asked.kind is not None:
        changed = _as_kind(changed, asked.kind)
    below = asked if asked is not None and asked.kind == "" else None
    inside = tuple(_laid_over(child, mends, made, below) for child in node.children)
    return replace(changed, id=made.get(node.id, node.id), children=inside)


def _with(node: Node, mend: Mend) -> Node:
    """The node with the words and the minutes of a mend, and its mark."""
    return replace(
        node,
        title=node.title if mend.title is None else mend.title,
        minutes=node.minutes if mend.minutes is None else mend.minutes,
        marks=(node.marks | {MENDED}) - ({"estimated"} if mend.minutes is not None else set()),
    )


def _as_kind(node: Node, kind: TaskKind | Literal[""]) -> Node:
    """The node as work of a kind; for "" as none."""
    if kind == "":
        if node.task_kind is None:
            return node
        stays = node.kind if node.kind in _STAYING else "note"
        return replace(node, kind=stays, task_kind=None, marks=node.marks | {MENDED})
    made = replace(node, kind=_kind_of_node(node.kind, kind), task_kind=kind)
    if made.minutes is not None:
        return made
    return replace(made, minutes=_usual(kind), marks=made.marks | {"estimated"})


def _kind_of_node(before: NodeKind, kind: TaskKind) -> NodeKind:
    if kind == "project":
        return "project"
    return before if before in _STAYING else "task"


def _usual(kind: TaskKind) -> int:
    """The minutes of work of which nobody says how long it takes."""
    from zhixing.roadmap.roles import MINUTES_OF_TASK

    return MINUTES_OF_TASK[kind]


# --- lines in which no meaning was found ---------------------------------------------------------


def lost_name(line: int) -> str:
    """What the mend of a line is called that became no node."""
    return f"{LOST}{line}"


def lost_lines(report: ImportReport, text: str) -> Iterator[Node]:
    """The lines in which no meaning was found, as notes that a learner may make tasks of."""
    lines = text.split("\n")
    for remark in report.not_understood:
        if 1 <= remark.line <= len(lines) and (words := _SIGNS.sub("", lines[remark.line - 1])):
            yield Node("note", lost_name(remark.line), words[:LONGEST_TITLE], remark.line)


def _found_again(name: str, mend: Mend, kind: TaskKind) -> Node:
    """The task that a line is after all, though no meaning was found in it."""
    title = mend.title or lost_name(mend.line)
    return _as_kind(_with(Node("note", name, title, mend.line), mend), kind)


def _placed(root: Node, new: Node) -> Node:
    """The tree with a node more: in the part in which its line stands, behind what is before it."""
    at = sum(node.line <= new.line for node in root.children)
    before, after = root.children[:at], root.children[at:]
    if before and before[-1].task_kind is None and (before[-1].children or _holds(before[-1])):
        return replace(root, children=(*before[:-1], _placed(before[-1], new), *after))
    return replace(root, children=(*before, new, *after))


def _holds(node: Node) -> bool:
    return node.kind in UNITS


# --- what is typed -------------------------------------------------------------------------------


def mend_of(node: Node, before: Mend | None, title: str, minutes: str, kind: str) -> Mend | None:
    """What was typed about a line, where it differs from what was read; None where nothing does.
    A unit keeps what was said `before` of its kind. Problem for what is no title, no number of
    minutes, no kind."""
    words = " ".join(title.split())
    if not words or len(words) > LONGEST_TITLE:
        raise Problem(
            say("a line is called by 1 to {n} letters", n=LONGEST_TITLE),
            say("line {line}", line=node.line),
            say("write a few words, or take the change back"),
        )
    asked = _kind_typed(kind, node)
    if node.kind in UNITS:
        changed = before.kind if before is not None else None
    else:
        changed = asked if asked != (node.task_kind or "") else None
    same = words == " ".join(node.title.split()) and not node.id.startswith(LOST)
    found = Mend(node.line, None if same else words, _minutes_typed(minutes, node), changed)
    nothing = found == Mend(node.line) or (node.id.startswith(LOST) and not found.kind)
    return None if nothing else found


def _minutes_typed(typed: str, node: Node) -> int | None:
    typed = typed.strip()
    if not typed:
        return None
    minutes = int(typed) if typed.isdecimal() and len(typed) < len("1000000") else 0
    if not 1 <= minutes <= MOST_MINUTES:
        raise Problem(
            say('"{value}" is no number of minutes', value=typed[:40]),
            say("line {line}", line=node.line),
            say("write a whole number from 1 to {n}", n=MOST_MINUTES),
        )
    return minutes if minutes != node.minutes else None


def _kind_typed(typed: str, node: Node) -> TaskKind | Literal[""]:
    """The kind that was chosen; "" is no task."""
    if not typed:
        return ""
    found = next((kind for kind in TASK_KINDS if kind == typed), None)
    if found is None:
        raise Problem(
            say('"{value}" is none of the answers offered', value=typed[:40]),
            say("line {line}", line=node.line),
            say("choose one of: {known}", known=", ".join(TASK_KINDS)),
        )
    return found
