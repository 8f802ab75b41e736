"""Which plan stands only in a fence of plain text? `第1周：…` line by line between ``` signs.

A fence that repeats what headings, lists or tables say is an overview and stays one, and so do
code, drawings, bars of progress and forms to fill in.
"""

import re
from dataclasses import replace

from zhixing.roadmap.bars import is_gantt
from zhixing.roadmap.blanks import columned
from zhixing.roadmap.blocks import Block, Document, blocks_of
from zhixing.roadmap.charts import chain_in, tree_in
from zhixing.roadmap.columns import unit_columns
from zhixing.roadmap.drawings import WORDS
from zhixing.roadmap.phrases import phrase
from zhixing.roadmap.unitwords import DATE, LAST, RANK, Unit, unit_of

_SIGNS = re.compile(r"^\s*(?:#{1,6}\s+|[-*+•>]\s+)?")
_PROGRESS = re.compile(r"\d\s*%|\[\s{2,}\]|[█░▓■□]|_{3,}|\.{6,}|…{3,}")
_EXAMPLES = ("markdown", "md")
_LONGEST_LINE = 300
_RULED = re.compile(r"^\s*\|?[\s:]*-{3,}[\s:|-]*\|", re.M)
Key = tuple[str, int | None, int | None, str]


def opened(document: Document) -> Document:
    """`document` with such fences as the lists or tables that they are."""
    if not _any_may_plan(document.blocks):
        return document
    known = _known(document.blocks)
    served: set[int] = set()
    blocks = _opened(document.blocks, known, served)
    return replace(document, blocks=blocks, served=document.served | served)


def _any_may_plan(blocks: list[Block]) -> bool:
    for block in blocks:
        if block.form == "fence" and _may_plan(block):
            return True
        if block.inside and block.form != "table" and _any_may_plan(block.inside):
            return True
    return False


def _all(blocks: list[Block]) -> list[Block]:
    return [each for block in blocks for each in (block, *_all(block.inside))]


def _opened(blocks: list[Block], known: set[Key], served: set[int]) -> list[Block]:
    result: list[Block] = []
    for block in blocks:
        block.inside = _opened(block.inside, known, served)
        inner = _inner(block, known) if _may_plan(block) else []
        if inner:
            served |= {block.line, block.last}
        result += inner or [block]
    return result


def _may_plan(block: Block) -> bool:
    if block.form != "fence" or block.info.split(" ")[0].lower() not in WORDS or is_gantt(block):
        return False
    if block.info.lower() in _EXAMPLES or _PROGRESS.search(block.text):
        return False
    return _RULED.search(block.text) is not None or len(_named(block.text)) > 1


def _named(text: str) -> list[Unit]:
    return [unit for line in text.split("\n") if (unit := _unit(line))]


def _unit(line: str, upper: str = "") -> Unit | None:
    """The unit with which a line begins, with words behind it; also one that calls itself
    `upper`."""
    bare = _SIGNS.sub("", line, count=1).strip()
    unit = unit_of(phrase(bare, {}).text) if bare and len(bare) < _LONGEST_LINE else None
    if unit is None or unit.place != "head" or unit.weekday or not unit.rest:
        return None
    if unit.word not in ("", upper):
        return None
    wide = re.match(r"\S+\s?\S*(?:\s{2,}|\t)", bare) is not None
    return unit if unit.separated or wide else None


def _key(unit: Unit) -> Key:
    return unit.kind, unit.first, unit.last, unit.number


def _known(blocks: list[Block]) -> set[Key]:
    """What headings, items and first cells name outside of fences."""
    keys: set[Key] = set()
    for block in _all(blocks):
        if block.form in ("heading", "bold", "item"):
            text = block.text.split("\n")[0]
        else:
            text = block.cells[0] if block.form == "row" and block.cells else ""
        unit = unit_of(phrase(text, {}).text) if text else None
        keys.update([_key(unit)] if unit else ())
    return keys


def _inner(fence: Block, known: set[Key]) -> list[Block]:
    if _RULED.search(fence.text):
        blocks = blocks_of(fence.text.split("\n")).blocks
        numbered = any(block.form == "table" and unit_columns(block) for block in blocks)
        return _shifted(blocks, fence.line) if numbered else []
    units = _named(fence.text)
    again = sum(_key(unit) in known for unit in units)
    if again * 2 >= len(units) or len({unit.rest for unit in units}) < 2 or not _forwards(units):
        return []
    if tree_in(fence.text) or chain_in(fence.text):
        return []
    text = fence.text.rstrip("\n")
    drawn = columned(Block("paragraph", text, fence.line + 1, fence.line + 1 + text.count("\n")))
    tables = [block for block in drawn if block.form == "table"]
    return drawn if tables else _items(fence)


def _shifted(blocks: list[Block], by: int) -> list[Block]:
    return [
        replace(
            block, line=block.line + by, last=block.last + by, inside=_shifted(block.inside, by)
        )
        for block in blocks
    ]


def _forwards(units: list[Unit]) -> bool:
    """Whether the units of the finest kind count on, but for a new beginning at 1."""
    finest = max((unit.kind for unit in units), key=lambda kind: RANK.get(kind, 0))
    reached = 0
    for unit in units:
        if unit.kind == finest and unit.first is not None:
            if unit.first <= reached and unit.first > 1:
                return False
            reached = unit.last or unit.first
    return True


def _upper(lines: list[str]) -> str:
    """The word of what holds weeks or days: `第一部分：…` above `第一周：…`; "" for none."""
    units = (unit_of(_SIGNS.sub("", line, count=1).strip()) for line in lines if line.strip())
    words = [unit.word for unit in units if unit and unit.place == "head" and unit.rest]
    return words[0] if words and words.count(words[0]) > 1 and words[0] not in (DATE, LAST) else ""


def _items(fence: Block) -> list[Block]:
    """One item for each unit, finer ones inside coarser ones, other lines inside the last."""
    top: list[Block] = []
    path: list[tuple[int, Block]] = []
    lines = fence.text.split("\n")
    upper = _upper(lines)
    for at, line in enumerate(lines, start=fence.line + 1):
        if not line.strip():
            continue
        unit = _unit(line, upper)
        item = Block("item", _SIGNS.sub("", line, count=1).strip(), at, at)
        rank = RANK.get(unit.kind, 9) if unit else 99
        while path and path[-1][0] >= rank:
            path.pop()
        (path[-1][1].inside if path else top).append(item)
        if unit:
            path.append((rank, item))
    return top
