"""Which tables have their weeks side by side? `| | Week 1 | Week 2 |` above its rows."""

import re
from dataclasses import replace
from itertools import pairwise

from zhixing.roadmap.blocks import Block
from zhixing.roadmap.phrases import phrase
from zhixing.roadmap.unitwords import Unit, unit_of

_WORDS = re.compile(r"[^\W\d_]")
_FEWEST = 2


def with_rows(blocks: list[Block]) -> list[Block]:
    """`blocks` with such tables turned: a row for each week."""
    return [_turned(block) if block.form == "table" else block for block in blocks]


def _turned(table: Block) -> Block:
    if len(table.inside) < 2:
        return table
    header, *rows = table.inside
    if _label(header.cells[-1]) is None:
        return table
    labels = [_label(cell) for cell in header.cells]
    begin = 0 if labels[0] else 1
    units = [unit for unit in labels[begin:] if unit]
    if len(units) < _FEWEST or len(units) < len(labels) - begin or not _counts_on(units):
        return table
    said = [_cell(row, at) for row in rows for at in range(begin, len(labels))]
    if len(set(said)) < _FEWEST or 2 * sum(bool(_WORDS.search(cell)) for cell in said) < len(said):
        return table  # to be ticked off
    names = [_cell(row, 0) if begin else "Topic" for row in rows]
    top = replace(header, cells=[units[0].kind, *names])
    return replace(table, inside=[top, *(
        replace(header, cells=[header.cells[at], *(_cell(row, at) for row in rows)])
        for at in range(begin, len(labels))
    )])  # fmt: skip


def _cell(row: Block, at: int) -> str:
    return row.cells[at] if at < len(row.cells) else ""


def _label(cell: str) -> Unit | None:
    unit = unit_of(phrase(cell, {}).text) if cell else None
    plain = unit and unit.place == "head" and not (unit.word or unit.weekday or unit.dates)
    return unit if plain else None


def _counts_on(units: list[Unit]) -> bool:
    numbers = [(unit.first or _number(unit), unit.last or _number(unit)) for unit in units]
    one_kind = len({unit.kind for unit in units}) == 1
    return one_kind and all(after[0] == before[1] + 1 for before, after in pairwise(numbers))


def _number(unit: Unit) -> int:
    return int(unit.number) if unit.number.isdecimal() else 0
