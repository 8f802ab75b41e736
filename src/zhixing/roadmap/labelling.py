"""Which heads name units? Headings, bold lines, items, rows and lines, labelled and nested.

A list or a table that only repeats what headings lay out in full is an overview, no second plan.
Words such as "part" or "step" make stages only where at least two headings say so.
"""

from dataclasses import dataclass, field

from zhixing.roadmap.blocks import Block
from zhixing.roadmap.leads import enumerated
from zhixing.roadmap.phrases import Phrase, phrase
from zhixing.roadmap.roles import Role, role_of
from zhixing.roadmap.surveying import Survey, bold_label, headed_unit
from zhixing.roadmap.unitwords import RANK, Unit

_BOLD_LEVEL, _LEAD_LEVEL = 7.0, 9.0


@dataclass(slots=True)
class Part:
    """A block with what it heads. `unit` is set only where the label counts."""

    block: Block
    head: Phrase
    unit: Unit | None = None
    role: Role | None = None
    level: float = 0.0
    inside: list["Part"] = field(default_factory=list)


def nested(blocks: list[Block], survey: Survey) -> list[Part]:
    """Blocks under their headings, bold lines and leads; same rank, higher unit holds the lower."""
    root = Part(Block("document", "", 0, 0), Phrase(""), level=-1.0)
    stack = [root]
    for block in blocks:
        part = _part(block, survey)
        if part.level:
            while stack[-1].level >= part.level or _beside(stack[-1], part):
                stack.pop()
            stack[-1].inside.append(part)
            stack.append(part)
            continue
        while stack[-1].level >= _LEAD_LEVEL and block.form not in (
            "item",
            "table",
            "fence",
            "quote",
        ):
            stack.pop()
        if block.form == "break":
            while stack[-1].level >= _BOLD_LEVEL:
                stack.pop()
        stack[-1].inside.append(part)
    return root.inside


def _beside(above: Part, part: Part) -> bool:
    """A plain heading holds no unit of its own rank."""
    return above.unit is None and above.block.level > 0 and above.block.level == part.block.level


def _part(block: Block, survey: Survey) -> Part:
    if block.form == "paragraph" and (unit := bold_label(survey, block)):
        level = _BOLD_LEVEL + RANK.get(unit.kind, 0) / 10
        return Part(block, phrase(block.text, survey.references), unit, None, level)
    if block.form not in ("heading", "bold", "lead"):
        return Part(block, Phrase(""))
    head = phrase(block.text, survey.references)
    unit = headed_unit(survey, head.text, (block.form, block.level))
    level = float(block.level) or (
        _LEAD_LEVEL if block.form == "lead" and not unit else _BOLD_LEVEL
    )
    rank = RANK.get(unit.kind, 0) if unit else 0
    if level == _BOLD_LEVEL and not unit:  # `**1. …**` stands below `**Projects**`
        level += 0.8 if enumerated(head.text) else 0.6
    level += rank / 10
    return Part(block, head, unit, role_of(head.text), level)
