"""What does a heading make of itself that names no unit? A skill, a milestone, a project, or a note
with a role that its children stand in."""

import re

from zhixing.roadmap.labelling import Part
from zhixing.roadmap.leads import enumerated
from zhixing.roadmap.placing import (
    inside_of,
    is_optional,
    settled,
)
from zhixing.roadmap.roles import PLAN_WORDS, Role
from zhixing.roadmap.sketch import Around, Sketch
from zhixing.roadmap.statements import (
    without_stars,
)
from zhixing.roadmap.tables import states_times
from zhixing.roadmap.times import bracketed, times_in

_SKILL = re.compile(
    r"^\W*(?:技能点|知识点|技能|skill)\s*\d+(?:\.\d+)?\s*[:：.、-]\s*(?P<rest>.*)$", re.I | re.S
)
_AFTER = re.compile(
    r"\d+\s*(?:个)?(?:月|周|weeks?|months?|年|years?)\s*(?:后|in\b|以后|之后)|after\s+\d+", re.I
)
MILESTONE = re.compile(r"\W*(?:里程碑|milestone)\s*\d*\s*[:：]\s*(?=\S)", re.I)


def section_head(part: Part, around: Around) -> tuple[Sketch, Around, Role | None]:
    """The node of a heading that names no unit, what stands around its children, and its role."""
    head = part.head.text
    words, stars = without_stars(head)
    role = settled(part.role, words, around)
    role = None if role in ("aside", "contents") and _holds_a_plan(part) else role
    node = Sketch("note", words or head, part.block.line, stars=stars, links=list(part.head.links))
    inner = _entered(
        node, part, around, inside_of(around, role, part.block.form == "heading"), role
    )
    node.timed(bracketed(head))
    if is_optional(head):
        node.marks.add("optional")
    if node.kind == "note" and role != "time" and not around.unit and around.owner.kind != "skill":
        inner = inner._replace(owner=node)
    if node.kind == "note" and around.unit:
        around.owner.timed(times_in(head).rates)
    return node, inner, role


def _entered(node: Sketch, part: Part, around: Around, inner: Around, role: Role | None) -> Around:
    """Make a section a skill, a milestone or a project where its head or its place says so."""
    skill = _SKILL.match(node.title)
    if (skill or (node.stars and not around.quiet)) and around.role not in (
        "gathered",
        "resources",
    ):
        node.kind, node.title = "skill", (skill and skill["rest"]) or node.title
        return around.under(node)
    named = role == "milestones" and (_AFTER.search(node.title) or MILESTONE.match(part.head.text))
    if around.role == "milestones" or named:
        node.kind, node.stars = "milestone", None
        return inner._replace(owner=node, role="criteria")
    counted = part.block.form == "heading" or enumerated(part.head.text)
    if around.role == "projects" and part.role is None and counted:
        node.kind, node.task_kind = "project", "project" if around.asks else None
        node.stars = None
        return inner._replace(role="goals", asks=False)
    return inner


def _holds_a_plan(part: Part) -> bool:
    """`学习路径概览` with headings below it is the path, a few lines below it are an overview; a
    table with durations is a plan whatever stands above it."""
    if any(each.block.form == "table" and states_times(each.block) for each in part.inside):
        return True
    headed = sum(each.block.form == "heading" for each in part.inside)
    return headed > 1 and PLAN_WORDS.search(part.head.text) is not None
