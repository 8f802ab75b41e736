"""Which quotes are the plan? Callouts that a unit heads, and quotes where nothing else counts."""

import re
from dataclasses import replace

from zhixing.roadmap.blocks import Block
from zhixing.roadmap.columns import unit_columns
from zhixing.roadmap.phrases import phrase
from zhixing.roadmap.unitwords import Unit, unit_of

_CALLOUT = re.compile(r"\[![\w-]{2,20}\][+-]?[^\S\n]+([^\n]{2,200})(?:\n|$)")
_LONGEST_LINE = 300


def unquoted(blocks: list[Block]) -> list[Block]:
    """`blocks` with such quotes as the blocks that they hold, below a head where they have one."""
    if not any(block.form == "quote" for block in blocks):
        return blocks
    blocks = [each for block in blocks for each in _called_out(block)]
    if any(_any_unit(block) for block in blocks if block.form != "quote"):
        return blocks
    plans = {id(block) for block in blocks if block.form == "quote" and _units(block)}
    if sum(len(_units(block)) for block in blocks if id(block) in plans) < 2:
        return blocks
    return [each for block in blocks for each in (block.inside if id(block) in plans else [block])]


def _called_out(quote: Block) -> list[Block]:
    """`> [!note] 第1周` above its list: a head and the list; else the quote itself."""
    first = quote.inside[0] if quote.form == "quote" and quote.inside else None
    title = _CALLOUT.match(first.text) if first and first.form in ("paragraph", "lead") else None
    unit = _label(title[1]) if title else None
    if first is None or title is None or unit is None:
        return [quote]
    head = Block("bold", title[1].strip(), first.line, first.line)
    rest = first.text[title.end() :]
    below = [replace(first, form="paragraph", text=rest, line=first.line + 1)] if rest else []
    return [head, *below, *quote.inside[1:], Block("break", "", quote.last, quote.last)]


def _label(text: str) -> Unit | None:
    unit = unit_of(phrase(text, {}).text) if len(text) <= _LONGEST_LINE else None
    plain = unit and unit.place == "head" and unit.separated and not (unit.word or unit.weekday)
    return unit if plain else None


def _units(block: Block) -> list[Unit]:
    """What the lines of a block and of its lists name."""
    own = [unit for line in block.text.split("\n") if (unit := _label(line))]
    return own + [unit for each in block.inside if block.form != "table" for unit in _units(each)]


def _any_unit(block: Block) -> bool:
    if block.form == "table":
        return bool(unit_columns(block))
    return bool(_units(block)) if block.form != "fence" else False
