"""What do lines outside of lists say? Paragraphs line by line, and units that a line names."""

import re
from dataclasses import dataclass, field

from zhixing.records import NodeKind, Remark
from zhixing.roadmap.blocks import Block
from zhixing.roadmap.leaves import done_or_ticked, hour_mark, leaf
from zhixing.roadmap.phrases import Phrase, References
from zhixing.roadmap.placing import inside_of, settled, unit_node
from zhixing.roadmap.roles import Role, role_of
from zhixing.roadmap.sketch import OWN, Around, Sketch
from zhixing.roadmap.statements import Statement, lines_of, statement, steps_of
from zhixing.roadmap.surveying import Key, Survey, key_of, repeats
from zhixing.roadmap.times import bracketed, of_head
from zhixing.roadmap.unitwords import RANK, Unit, unit_of
from zhixing.roadmap.wording import SECTION

_BADGES = re.compile(
    r"(?:\s*\[\s*!\[[^\[\]]{0,200}\](?:\([^()\s]{0,1000}\)|\[[^\[\]]{0,100}\])\s*\]"
    r"(?:\([^()\s]{0,1000}\)|\[[^\[\]]{0,100}\])\s*){1,40}"
)
_ASIDE = re.compile(r"([*_])(?!\1).*(?<!\1)\1", re.S)  # a line in italics

_LONGEST_LABEL = 60


@dataclass(slots=True)
class Labelled:
    """A document on its way: what all heads say together, and the lines that became nodes."""

    survey: Survey
    taken: set[int] = field(default_factory=set)
    remarks: list[Remark] = field(default_factory=list)

    open: list[Key] = field(default_factory=list)
    """The units of heads that stand around this place, and below the last of each kind."""
    last: dict[NodeKind, Key] = field(default_factory=dict)

    def names_again(self, unit: Unit) -> bool:
        """`Day 1: Exercises` inside day 1 is a part of it, and `Day 1 Key Learnings` behind it."""
        key = key_of(unit)
        glued = not unit.separated and bool(unit.rest) and self.last.get(unit.kind) == key
        finer = unit_of(unit.rest) if glued or key in self.open else None
        if finer and finer.place == "head" and finer.kind != unit.kind and not finer.word:
            return False  # `Week 1, Day 2` behind `Week 1, Day 1`
        return key in self.open or glued

    def enter(self, unit: Unit) -> None:
        """From here on, until it leaves `open`, everything stands in `unit`."""
        key = key_of(unit)
        self.open.append(key)
        rank = RANK.get(unit.kind, 9)
        self.last = {kind: each for kind, each in self.last.items() if RANK.get(kind, 9) < rank}
        self.last[unit.kind] = key

    @property
    def references(self) -> References:
        return self.survey.references

    def take(self, block: Block) -> None:
        self.taken.update(range(block.line, block.last + 1))

    def said(self, raw: str, line: int) -> Statement:
        return statement(raw, line, self.references)


def spoken(at: Labelled, block: Block, around: Around) -> list[Sketch]:
    """The nodes of a paragraph, line by line."""
    at.take(block)
    nodes: list[Sketch] = []
    told: list[tuple[Unit, Sketch]] = []
    label: tuple[Sketch, Around] | None = None
    for offset, raw in lines_of(block.text):
        said = at.said(raw, block.line + offset)
        if not said.text:
            continue
        if (alone := _alone(at, raw, said, around)) is not None:
            nodes += alone
            continue
        unit = None if _ASIDE.fullmatch(raw) else _line_unit(at, said, around)
        if unit and not unit.weekday and repeats(at.survey, [unit]):
            told.append((unit, Sketch("note", "", said.line, times=of_head(said.text))))
            unit = None
        if unit is None and _labels(said, nodes):
            label = _labelled(said, around)
            nodes.append(label[0])
            continue
        label = label if unit is None else None
        if unit:
            nodes.append(spoken_unit(unit, said, around))
            holders = _held(nodes, RANK[unit.kind])
            if holders is not nodes:
                holders.append(nodes.pop())
        elif label:
            label[0].inside += line_nodes(said, label[1], item=True)
        elif nodes and nodes[-1].kind in RANK:
            holder = innermost(nodes[-1])
            holder.inside += line_nodes(said, around.under(holder), item=True)
        else:
            nodes += line_nodes(said, around, item=False)
    at.survey.overviews += [told] if told else []
    return nodes


def _alone(at: Labelled, raw: str, said: Statement, around: Around) -> list[Sketch] | None:
    """A line that is read wherever it stands: badges, or steps with times; None for others."""
    if _BADGES.fullmatch(raw):  # pictures that lead somewhere: known, not to be studied
        return [Sketch("note", said.text, said.line, links=list(said.links))]
    steps = [at.said(step, said.line) for step in steps_of(raw)] if around.asks else []
    nodes = [each for step in steps for each in line_nodes(step, around, item=True)]
    return nodes if steps else None


def _labels(said: Statement, nodes: list[Sketch]) -> bool:
    """`Study materials:` behind days that are lines: it closes them and heads the lines below."""
    after = any(node.kind in RANK for node in nodes)
    bare = not said.links and not said.checkbox and len(said.text) < _LONGEST_LABEL
    return after and bare and said.text.endswith((":", "："))


def _labelled(said: Statement, around: Around) -> tuple[Sketch, Around]:
    role = settled(role_of(said.text), said.text, around)
    node = Sketch("note", said.text, said.line, marks={SECTION})
    return node, inside_of(around, role, heading=False)


def _held(nodes: list[Sketch], rank: int) -> list[Sketch]:
    """Where a unit of `rank` belongs that follows others as a line: in the last higher one."""
    siblings, earlier = nodes, nodes[:-1]
    while earlier and RANK.get(earlier[-1].kind, 9) < rank:
        siblings = earlier[-1].inside
        earlier = siblings
    return siblings


def innermost(node: Sketch) -> Sketch:
    while node.inside and node.inside[-1].kind in RANK:
        node = node.inside[-1]
    return node


def _line_unit(at: Labelled, said: Statement, around: Around) -> Unit | None:
    """`Day 1: …` as a line of plain text, where another line or heading counts so too."""
    unit = unit_of(said.text) if around.units and len(said.text) < 300 else None
    if unit is None or not unit.separated or unit.word or unit.place != "head":
        return None
    if unit.weekday:
        return unit if around.unit == "week" else None
    headed = sum(kind == unit.kind for kind, _, _ in at.survey.headed)
    enough = at.survey.lines.get(unit.kind, 0) + headed >= 2
    return unit if enough else None


def line_nodes(said: Statement, around: Around, *, item: bool) -> list[Sketch]:
    """The node of a line without anything below it; prose asks for nothing."""
    role = settled(role_of(said.head), said.head, around) if said.head else around.role
    if role == "time" or (said.head and role_of(said.head) == "time"):
        around.owner.timed(said.times)
    elif around.owner.kind != "route" and not item and said.times.weekly:
        around.owner.timed(said.times.rates)
    if not item and not _lists(said, role) and not hour_mark(said, around):
        asking = around if said.head and role in ("projects", "resources", "exercises") else None
        if asking is None:
            kept = role if role in ("rules", "criteria", "goals", "time") else "goals"
            return [leaf(said, around._replace(asks=False), kept if said.head else "goals")]
    node = leaf(said, around, role)
    if done_or_ticked(said, role, around):
        node.marks.add("done")
    return [node]


def _lists(said: Statement, role: Role | None) -> bool:
    """Whether a paragraph's line stands for an item: (nearly) nothing but its link."""
    labels = sum(len(link.label) for link in said.links)
    if role in ("resources", "papers", "gathered") and said.head and len(said.text) < 160:
        return True
    return bool(said.links) and labels * 10 >= len(said.text) * 8 and len(said.text) > 3


def spoken_unit(unit: Unit, said: Statement, around: Around) -> Sketch:
    """A unit named by an item or a line: what follows the label is what to do."""
    node = unit_node(unit, Phrase(""), said.line)
    node.timed(bracketed(said.text))
    if said.done or said.ticked:
        node.marks.add("done")
    if unit.rest:
        words = Phrase(node.title, said.links)
        own = said._replace(said=words, head="", rest=words)
        node.inside = line_nodes(own, around.under(node), item=True)
        for each in node.inside:
            each.marks.add(OWN)
    return node
