"""What counts time, and what holds what does? Chapters above weeks, rows, ranges that go on."""

from collections import Counter
from itertools import pairwise

from zhixing.roadmap.blocks import Block
from zhixing.roadmap.columns import cell_span, unit_columns
from zhixing.roadmap.labels import HOLDERS
from zhixing.roadmap.phrases import References, phrase
from zhixing.roadmap.unitwords import Unit, unit_of

_LONGEST_LABEL, _BOLD_LEVEL = 200, 7


def holders(blocks: list[Block], references: References) -> Counter[str]:
    """How many headings such as `Chapter 1` hold weeks, days or months, by their word."""
    open_heads: list[tuple[int, str]] = []
    counts = Counter[str]()
    for block in blocks:
        unit = None
        if block.form in ("heading", "bold"):
            level = block.level or _BOLD_LEVEL
            open_heads = [each for each in open_heads if each[0] < level]
            unit = unit_of(phrase(block.text, references).text)
            if unit and unit.word in HOLDERS:
                open_heads.append((level, unit.word))
        if not open_heads:
            continue
        numbered = block.form == "table" and bool(unit_columns(block))
        if numbered or counts_time(block) or (unit and _is_time(unit)):
            counts.update(word for _, word in open_heads)
            open_heads = []
    return counts


def rows_of(every: list[Block]) -> set[tuple[str, int | str, int | str]]:
    """What the rows of tables number."""
    tables = [(block, unit_columns(block)) for block in every if block.form == "table"]
    return {
        (column, *span)
        for table, columns in tables for column, at in columns.items() for row in table.inside[1:]
        if at < len(row.cells) and (span := cell_span(row.cells[at], column))
    }  # fmt: skip


def is_chain(units: list[Unit]) -> bool:
    """Whether ranges begin at 1 and each goes on where the one before ends."""
    spans = [(unit.first or 0, unit.last or 0) for unit in units]
    return len(spans) > 1 and spans[0][0] == 1 and all(
        after[0] == before[1] + 1 for before, after in pairwise(spans)
    )  # fmt: skip


def counts_time(block: Block) -> bool:
    unit = unit_of(phrase(block.text[:_LONGEST_LABEL], {}).text) if block.form == "item" else None
    return unit is not None and _is_time(unit)


def _is_time(unit: Unit) -> bool:
    timed = unit.kind in ("month", "week", "day") and unit.place == "head"
    return timed and unit.separated and not unit.weekday
