"""What does a head make of the place it stands in? The role that counts there, what stands around
its children, and the node of a unit."""

import re

from zhixing.roadmap.dates import dates_in
from zhixing.roadmap.labelling import Part
from zhixing.roadmap.leads import without_lead
from zhixing.roadmap.lengths import DAYS_OF_A_MONTH, DAYS_OF_WORD, days_said
from zhixing.roadmap.phrases import Phrase
from zhixing.roadmap.roles import QUIET, Role, names_only
from zhixing.roadmap.sketch import OWN, Around, Sketch
from zhixing.roadmap.statements import without_end, without_stars
from zhixing.roadmap.times import bracketed
from zhixing.roadmap.unitwords import Unit, span_in, unit_of

_OPTIONAL = re.compile(
    r"[(（\[【][^()（）\[\]【】]{0,20}(?:\boptional\b|可选|选做|选修|选学)"
    r"|^\W{0,4}(?:optional|可选|选做|选修|选学)\s*[:：]", re.I
)  # fmt: skip


def settled(role: Role | None, head: str, around: Around) -> Role | None:
    """A role as it counts here: inside content and units, tools and techniques are to be learnt."""
    if role is None:
        return around.role
    if (
        around.role == "content"
        and role in ("rules", "tools", "aside", "papers", "time", "goals")
        and not (names_only(role, head) and role not in ("tools",))
    ):
        return "content"
    if around.unit or around.owner.kind == "skill":
        settled: dict[Role, Role] = {"tools": "content", "gathered": "resources"}
        return settled.get(role, role) if around.unit else role
    if role == "gathered" and around.asks and around.owner.kind == "note":
        return "resources"  # `推荐资源` below a topic is what to read for it
    return role


def inside_of(around: Around, role: Role | None, heading: bool) -> Around:
    """What stands around the children of a section of that role."""
    quiet = around.quiet or (role in QUIET and heading and around.unit is None)
    asks = around.asks and role not in QUIET and role != "criteria"
    if role == "gathered":
        asks = around.asks and around.owner.kind == "route"
    if around.owner.kind == "route" and around.asks is False and not around.quiet and heading:
        asks = False
    units = around.units and role not in ("template", "contents")
    return around._replace(role=role, quiet=quiet, asks=asks and not quiet, units=units)


def unit_node(unit: Unit, head: Phrase, line: int) -> Sketch:
    """The node of a label; weeks and days that a stage names besides are its own."""
    words, stars = without_stars(without_end(unit.rest)[0])
    bare = not words
    if bare and (unit.word or unit.weekday):
        words = without_lead(head.text)
    node = Sketch(unit.kind, words, line, links=list(head.links), stars=stars, first=unit.first,
                  last=unit.last, number=unit.number, bare=bare, dates=unit.dates)  # fmt: skip
    if is_optional(head.text):
        node.marks.add("optional")
    if unit.kind == "stage":
        node.days = None if days_said(bracketed(head.text)) else DAYS_OF_WORD.get(unit.word)
        if dates := dates_in(words):
            node.days = dates.days
        if weeks := span_in(words, "week"):
            node.first, node.last = weeks
        for name, kind, days in (("days", "day", 1.0), ("months", "month", DAYS_OF_A_MONTH)):
            if span := span_in(words, kind):  # type: ignore[arg-type]
                node.detail(name, f"{span[0]}–{span[1]}")
                node.days = node.days or (span[1] - span[0] + 1) * days
    return node


def compound(node: Sketch) -> Sketch:
    """`Week 3 / Day 1`: the day, in its week."""
    inner = unit_of(node.title) if node.kind in ("month", "week") and node.title else None
    if inner and inner.weekday and inner.dates:  # the week's own date
        node.title = inner.rest or node.title
        return node
    if inner is None or inner.kind not in ("week", "day") or inner.kind == node.kind or inner.word:
        return node
    if inner.place != "head" or re.match(r"[WD]\d+ \S", node.title):  # D3 is also a library
        return node
    lower = unit_node(inner, Phrase(inner.rest), node.line)
    lower.inside, lower.links, lower.times = node.inside, node.links, node.times
    for each in lower.inside:
        if OWN in each.marks and each.title == node.title:
            each.title = lower.title
    return Sketch(node.kind, "", node.line, first=node.first, last=node.last, inside=[lower],
                  bare=True, marks={"split"})  # fmt: skip


def weekday_of(part: Part, around: Around) -> Unit | None:
    """`Monday` names a day where a week is around it."""
    unit = unit_of(part.head.text) if around.unit == "week" else None
    return unit if unit and unit.weekday else None


def is_optional(head: str) -> bool:
    """`阶段 6：深入原理（可选，1–3 个月）`, `Optional: …`: so is all that stands below."""
    return _OPTIONAL.search(head) is not None
