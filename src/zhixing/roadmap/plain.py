"""What does a page without any Markdown mean? Copied from a site, its headings are lines alone."""

from dataclasses import replace

from zhixing.roadmap.blocks import Block, Document
from zhixing.roadmap.phrases import phrase
from zhixing.roadmap.roles import names_only, role_of
from zhixing.roadmap.unitwords import unit_of

_LONGEST = 60


def with_headings(document: Document) -> Document:
    """`document` with its lone lines as headings, where it has no headings and at least two lines
    name a unit: `第一阶段：基础` holds what stands below it, `推荐资源` leads its list."""
    blocks = document.blocks
    if any(block.form in ("heading", "bold") for block in blocks):
        return document
    units = [_names_unit(block, document) for block in blocks]
    if sum(units) < 2 or not _hold_more(units, blocks):
        return document
    promoted = [
        replace(block, form="bold") if unit
        else replace(block, form="lead") if _names_role(block, document) else block
        for unit, block in zip(units, blocks, strict=True)
    ]  # fmt: skip
    return replace(document, blocks=promoted)


def _hold_more(units: list[bool], blocks: list[Block]) -> bool:
    """Whether more than a list or a sentence stands between lines that name units."""
    between, most = 0, 0
    for unit, block in zip(units, blocks, strict=True):
        between = 0 if unit else between + (block.form in ("paragraph", "table"))
        most = max(most, between if any(units) else 0)
    return most > 1


def _line(block: Block) -> bool:
    return block.form == "paragraph" and "\n" not in block.text and len(block.text) <= _LONGEST


def _names_unit(block: Block, document: Document) -> bool:
    unit = unit_of(phrase(block.text, document.references).text) if _line(block) else None
    return bool(unit and unit.separated and unit.place == "head" and not unit.word
                and not unit.weekday)  # fmt: skip


def _names_role(block: Block, document: Document) -> bool:
    text = phrase(block.text, document.references).text if _line(block) else ""
    role = role_of(text)
    return role is not None and (names_only(role, text) or len(text) <= 6)
