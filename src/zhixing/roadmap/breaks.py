"""Which lines of HTML only part others? `<br>` alone on a line, or between two labels of one line.

For Markdown they join what they part, or make a block of HTML of all below. Lines never move.
"""

import re
from dataclasses import replace

from zhixing.roadmap.blocks import Block
from zhixing.roadmap.phrases import phrase
from zhixing.roadmap.unitwords import unit_of

_PARTS = re.compile(r"\s{0,3}(?:<br\s*/?>\s*|</?p\s*>\s*|&nbsp;\s*)+", re.I)
_BREAK = re.compile(r"<br\s*/?>", re.I)
_FENCE = re.compile(r"\s{0,3}(?:`{3}|~{3})")
_WRAPPED = re.compile(
    r"\s*<(p|div|span)\b[^<>]{0,200}>(.{1,300})</\1\s*>\s*(?:<br\s*/?>)?\s*", re.I
)
_OPENS = re.compile(r"\s{0,3}<(?!br\b|p\s*>)", re.I)


def without_breaks(lines: list[str]) -> list[str]:
    """`lines` with such lines empty, but in fences and in blocks of HTML."""
    if not any(_PARTS.fullmatch(line) for line in lines):
        return lines
    result: list[str] = []
    fenced = html = False
    for line in lines:
        fenced ^= _FENCE.match(line) is not None
        html = bool(line.strip()) and (html or _OPENS.match(line) is not None)
        result.append("" if not (fenced or html) and _PARTS.fullmatch(line) else line)
    return result


def with_broken_lines(blocks: list[Block]) -> list[Block]:
    """`Week 1: Setup<br>Week 2: Python` in one line as the list that it is."""
    result: list[Block] = []
    for block in blocks:
        pieces = _pieces(block) if block.form == "paragraph" and "<" in block.text else []
        pieces = _wrapped(block) if block.form == "html" else pieces
        result += pieces or [block]
    return result


def _pieces(paragraph: Block) -> list[Block]:
    pieces = [
        replace(paragraph, form="item", text=piece.strip(), line=at, last=at)
        for at, line in enumerate(paragraph.text.split("\n"), start=paragraph.line)
        for piece in _BREAK.split(line) if piece.strip()
    ]  # fmt: skip
    units = [unit_of(phrase(piece.text, {}).text) for piece in pieces]
    named = [unit for unit in units if unit and unit.place == "head" and unit.separated]
    several = len(pieces) > paragraph.text.count("\n") + 1
    return pieces if several and len(named) > 1 and len(named) == len(pieces) else []


def _wrapped(html: Block) -> list[Block]:
    """`<p>Day 1: Setup</p>` above `<p>Day 2: Python</p>`: a line of words each."""
    lines = [
        replace(html, form="paragraph", text=found[2].strip(), line=at, last=at)
        for at, line in enumerate(html.text.split("\n"), start=html.line)
        if (found := _WRAPPED.fullmatch(line))
    ]
    named = [unit for line in lines if (unit := unit_of(phrase(line.text, {}).text))]
    written = sum(1 for line in html.text.split("\n") if line.strip())
    plain = all(unit.place == "head" and unit.separated for unit in named)
    return lines if len(named) > 1 and plain and len(lines) == written else []
