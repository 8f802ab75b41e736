"""A document as it was understood, line by line beside its source, with what the learner mended."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from zhixing.actions.importing import Understood
from zhixing.actions.mending import MOST_MINUTES, UNITS, lost_lines, lost_name, made_ids
from zhixing.actions.wording import COUNTED, KINDS, counted, duration
from zhixing.errors import Letter
from zhixing.records import Catalog, Match, Node, NodeKind, Route
from zhixing.web.drafts import Open
from zhixing.words import Bilingual, Said, say

MOST_LINES = 4_000
"""Of the source on the page; what stands below is understood all the same."""
FIELD = "match:"
AGAIN = "done_again"
KIND_NAMES: Mapping[NodeKind, Said] = {
    "stage": say("stage"), "month": say("month"), "week": say("week"), "day": say("day"),
    "skill": say("skill"), "task": say("task"), "resource": say("resource"),
    "project": say("project"), "criterion": say("criterion"), "milestone": say("milestone"),
    "rule": say("rule"), "note": say("note"),
}  # fmt: skip
FEW, DEEPEST_FOLD = 6, 3
"""Lines that are never folded away; how deep parts fold."""


@dataclass(frozen=True)
class Asked:
    """What of a draft is looked at: the line that is being mended (by the name of its mend, "" =
    none), the line to come back to, and what was typed and refused."""

    opened: str = ""
    back_at: str = ""
    letters: tuple[Letter, ...] = ()
    fields: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Editor:
    """The fields of one line that is being mended. `read_as` is what was read there, `below` how
    many tasks stand in it; a unit has neither minutes nor kind, and only what `is_task` can be left
    out."""

    name: str
    line: int
    title: str
    minutes: str
    kind: str
    is_unit: bool
    is_task: bool
    read_as: Said
    below: int
    source: str


@dataclass(frozen=True)
class Shown:
    """A node on the page. `folds` = what is in it can be folded away, and `counts` then say what
    that is; `unsure` are matches in it to be looked at, `changed_below` its lines that the learner
    changed, `is_open` whether it begins unfolded. `left_out` = it was a task, and is none."""

    node: Node
    name: str
    inside: tuple["Shown", ...]
    folds: bool
    is_open: bool
    counts: tuple[Said, ...]
    unsure: int
    changed: bool
    changed_below: int
    left_out: bool
    read_as: Said | None
    editor: Editor | None


@dataclass(frozen=True)
class SourceLine:
    """One line of the document: what it became (`kind`, "" = nothing), or why it became nothing.
    `name` is that of its mend, where a task can be made of it."""

    number: int
    text: str
    kind: str
    why: Said | str | None
    name: str
    here: bool


def shown(at_hand: Open, asked: Asked, catalog: Catalog) -> dict[str, Any]:
    """What the page of a draft shows."""
    found, draft, route = at_hand.found, at_hand.draft, at_hand.route
    best = {match.node: match for match in found.matches}
    view = _View(at_hand, asked, frozenset(best.keys() - found.sure.keys()))
    return {
        **_sums(route),
        "draft": draft,
        "written": at_hand.written,
        "route": route,
        "parts": tuple(view.parts(route.root.children)),
        "unsure": len(view.unsure),
        "changed": len(view.changed),
        "heading": view.line(route.root),
        "found": found,
        "lines": tuple(_lines(found, view)),
        "lost_editor": view.editor_of_lost(),
        "cut": found.text.count("\n") + 1 > MOST_LINES,
        "typed": at_hand.typed,
        "letters": asked.letters,
        "refused": _refused(at_hand, asked.letters),
        "matches": best,
        "sure": found.sure,
        "called": {one.reference: _title(catalog, one) for one in found.matches},
        "known": tuple(_references(catalog)),
        "back_at": asked.back_at,
        "KINDS_OF": KIND_NAMES,
        "MOST_MINUTES": MOST_MINUTES,
        "field": FIELD,
        "AGAIN": AGAIN,
    }  # fmt: skip


def _sums(route: Route) -> dict[str, Any]:
    """What a route comes to, as the learner left it."""
    counts = Counter(node.kind for node in route.root.walk())
    once = [task for task in route.tasks if not task.recurring]
    return {
        "counts": [counted(kind, counts[kind]) for kind in COUNTED if counts[kind]],
        "minutes": sum(task.minutes for task in once),
        "estimated": sum(task.minutes for task in once if task.estimated),
        "done": sum(task.done for task in route.tasks),
    }


class _View:
    """How the nodes of one draft are shown."""

    def __init__(self, at_hand: Open, asked: Asked, unsure: frozenset[str]) -> None:
        self.asked, self.unsure, self.found = asked, unsure, at_hand.found
        self.read = {node.id: node for node in at_hand.found.route.root.walk()}
        self.lost = {one.id: one for one in lost_lines(at_hand.found.report, at_hand.found.text)}
        self.mends = at_hand.draft.mends
        self.source = at_hand.found.text.split("\n")
        proposed = at_hand.proposed
        other = {n for n, typed in at_hand.draft.typed.items() if typed != proposed.get(n, "")}
        self.changed = frozenset(other | self.mends.keys())
        self.made = made_ids(at_hand.found.route, self.mends)
        self.names = {made: name for name, made in self.made.items()}

    def name(self, node: Node) -> str:
        """What the mend of a node is called: its id as it was read."""
        return self.names.get(node.id, node.id)

    def parts(self, nodes: Sequence[Node], depth: int = 0) -> Iterator[Shown]:
        """The nodes as they are folded: what is long is closed, but for a part that is alone in
        its place, the first of a document, and the way to the line that is mended."""
        for at, node in enumerate(nodes):
            below = [one for one in node.walk() if one is not node]
            names = {self.name(one) for one in below}
            kinds = Counter(one.kind for one in below)
            first = at == 0 and depth == 0
            asked_for = not names.isdisjoint((self.asked.opened, self.asked.back_at))
            yield self.line(
                node,
                inside=tuple(self.parts(node.children, depth + (len(nodes) > 1))),
                folds=bool(below) and depth < DEEPEST_FOLD,
                is_open=len(below) <= FEW or len(nodes) == 1 or first or asked_for,
                counts=tuple(counted(kind, kinds[kind]) for kind in COUNTED if kinds[kind]),
                unsure=len(names & self.unsure),
                changed_below=len(names & self.changed),
            )

    def line(
        self,
        node: Node,
        inside: tuple[Shown, ...] = (),
        folds: bool = False,
        is_open: bool = True,
        counts: tuple[Said, ...] = (),
        unsure: int = 0,
        changed_below: int = 0,
    ) -> Shown:
        name = self.name(node)
        before = self.read.get(name)
        was_task = before is not None and before.task_kind is not None
        own = self.mends.get(name)
        left_out = (was_task and node.task_kind is None) or (own is not None and own.kind == "")
        changed = name in self.changed
        read_as = _read_as(before) if before is not None and (changed or left_out) else None
        editor = self._editor(node, before) if name == self.asked.opened else None
        return Shown(node, name, inside, folds, is_open, counts, unsure,
                     changed, changed_below, left_out, read_as, editor)  # fmt: skip

    def editor_of_lost(self) -> Editor | None:
        """The fields of a line that became nothing, and is no task yet."""
        node = self.lost.get(self.asked.opened)
        if node is None or node.id in self.made:
            return None
        return self._editor(node, None, kind="study")

    def _editor(self, node: Node, before: Node | None, kind: str = "") -> Editor:
        typed = self.asked.fields or {}
        below = sum(one.task_kind is not None for one in node.walk() if one is not node)
        minutes = "" if node.minutes is None else str(node.minutes)
        return Editor(
            name=self.name(node),
            line=node.line,
            title=typed.get("title", node.title),
            minutes=typed.get("minutes", minutes),
            kind=typed.get("kind", node.task_kind or kind),
            is_unit=node.kind in UNITS,
            is_task=node.task_kind is not None,
            read_as=_read_as(before),
            below=below,
            source=self.source[node.line - 1].strip() if 0 < node.line <= len(self.source) else "",
        )


def _read_as(before: Node | None) -> Said:
    """What was read in a line, before the learner said otherwise."""
    if before is None:
        return say("no meaning was found in it")
    kind = KINDS[before.task_kind] if before.task_kind else KIND_NAMES.get(before.kind, "")
    if before.minutes is None:
        return say("read as: {kind}, “{title}”", kind=kind, title=before.title)
    length = duration(before.minutes)
    return say("read as: {kind}, “{title}”, {time}", kind=kind, title=before.title, time=length)


def _refused(at_hand: Open, letters: Sequence[Letter]) -> Mapping[str, Letter]:
    """Node id -> the letter about what was typed there."""
    quoted = {str(dict(one.what.values).get("reference", "")): one
              for one in letters if isinstance(one.what, Said)}  # fmt: skip
    return {
        node: quoted[value[:80]]
        for node, value in at_hand.draft.typed.items()
        if value and value[:80] in quoted
    }


def _lines(found: Understood, view: _View) -> Iterator[SourceLine]:
    kinds = dict(_kinds_by_line((found.route.root,)))
    remarks = {remark.line: remark.why or remark.text for remark in found.report.not_understood}
    here = {mend.line for name, mend in view.mends.items() if name == view.asked.opened}
    here |= {n.line for n in found.route.root.walk() if n.id == view.asked.opened}
    here |= {n.line for n in view.lost.values() if n.id == view.asked.opened}
    for number, text in enumerate(found.text.split("\n")[:MOST_LINES], start=1):
        name = lost_name(number)
        can_be_task = name in view.lost and name not in view.made
        yield SourceLine(
            number,
            text,
            kinds.get(number, "") or ("task" if name in view.made else ""),
            None if name in view.made else remarks.get(number),
            name if can_be_task else "",
            number in here,
        )


def _kinds_by_line(nodes: Sequence[Node]) -> Iterator[tuple[int, str]]:
    for node in nodes:
        yield from _kinds_by_line(node.children)
        yield node.line, node.kind  # the outermost of a line wins


def _references(catalog: Catalog) -> Iterator[tuple[str, Bilingual]]:
    for skill in catalog.skills.values():
        yield f"skill:{skill.id}", skill.title
    for built in catalog.labs.values():
        yield f"lab:{built.id}", built.title
    for planned in catalog.planned.values():
        yield f"lab:{planned.id}", planned.title


def _title(catalog: Catalog, match: Match) -> Bilingual | str:
    kind, _, name = match.reference.partition(":")
    things: Mapping[str, Any] = {
        "skill": catalog.skills, "res": catalog.resources,
        "lab": {**catalog.planned, **catalog.labs},
    }[kind]  # fmt: skip
    title: Bilingual | str = things[name].title if name in things else match.reference
    return title
