"""Which lines right below an item are units of their own? `第01周 Linux` under `1. **阶段1**`.

For CommonMark they go on with the item's words; for their author each is an item in it, or the next
one of its list. Lines never move.
"""

import re
from dataclasses import replace
from itertools import groupby, pairwise
from typing import NamedTuple

from zhixing.roadmap.blocks import Block
from zhixing.roadmap.phrases import phrase
from zhixing.roadmap.unitwords import RANK, Unit, unit_of

_LONGEST_LINE = 160
_SENTENCE_END = re.compile(r"[。；;！!？?，,.]\s*$")


class _Head(NamedTuple):
    """A line of an item that names a unit: which item, which of its lines, 0 for the first."""

    item: Block
    at: int
    unit: Unit


def with_tails(blocks: list[Block]) -> list[Block]:
    """`blocks` with such lines as items."""
    result: list[Block] = []
    for is_item, run in groupby(blocks, key=lambda block: block.form == "item"):
        every = list(run)
        for block in every:
            if block.inside and block.form in ("item", "quote"):
                block.inside = with_tails(block.inside)
        result += _parted(every) if is_item else every
    return result


def _parted(items: list[Block]) -> list[Block]:
    """A list whose items end where the lines below them begin to count."""
    if not any("\n" in item.text for item in items):
        return items
    heads = [head for item in items for head in _heads(item)]
    kinds = {head.unit.kind for head in heads if head.at}
    if len(kinds) != 1:
        return items
    kind = kinds.pop()
    heads = [head for head in heads if head.unit.kind == kind]
    if len(heads) < 2 or not _counts_on(heads):
        return items
    held: dict[int, list[_Head]] = {}
    for head in heads:
        held.setdefault(id(head.item), []).append(head)
    return [
        each for item in items
        for each in (_cut(item, held[id(item)]) if id(item) in held else [item])
    ]  # fmt: skip


def _heads(item: Block) -> list[_Head]:
    lines = item.text.split("\n")
    named = ((at, _unit(line)) for at, line in enumerate(lines))
    return [_Head(item, at, unit) for at, unit in named if unit]


def _unit(line: str) -> Unit | None:
    unit = unit_of(phrase(line, {}).text) if len(line) <= _LONGEST_LINE else None
    if unit is None or unit.place != "head" or unit.word or unit.weekday or unit.first is None:
        return None
    return unit if unit.separated or (unit.rest and not _SENTENCE_END.search(line)) else None


def _counts_on(heads: list[_Head]) -> bool:
    """Whether each unit follows the one before, or begins again in another item."""
    return all(
        after.unit.first == (before.unit.last or 0) + 1
        or (after.unit.first == 1 and after.item is not before.item)
        for before, after in pairwise(heads)
    )


def _with_sign(line: str, unit: Unit) -> str:
    """`Week 3 Threads` → `Week 3: Threads`, as a label needs where nothing beside it counts on."""
    line = line.strip()
    if unit.separated or not line.endswith(unit.rest):
        return line
    return f"{line.removesuffix(unit.rest).rstrip()}: {unit.rest}"


def _cut(item: Block, heads: list[_Head]) -> list[Block]:
    """The item and, in it or behind it, one for each unit that its further lines name."""
    lines = item.text.split("\n")
    cuts = [*[head.at for head in heads if head.at], len(lines)]
    signed = {head.at: _with_sign(lines[head.at], head.unit) for head in heads}
    pieces = [
        Block("item", "\n".join([signed[a], *lines[a + 1 : b]]), item.line + a, item.line + b - 1)
        for a, b in pairwise(cuts)
    ]
    first = replace(item, text="\n".join(lines[: cuts[0]]), last=item.line + cuts[0] - 1)
    if not pieces:
        return [item]
    if heads[0].at:  # the item itself is called otherwise: it holds them
        own = unit_of(phrase(lines[0], {}).text)
        if own and RANK.get(own.kind, 9) > RANK[heads[0].unit.kind]:
            return [item]
        pieces[-1].inside, first.inside = item.inside, pieces
        return [first]
    pieces[-1].inside, first.inside = item.inside, []
    return [first, *pieces]
