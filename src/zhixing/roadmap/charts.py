"""What do drawings in characters say? Trees of `├──` and `└──`, and chains of arrows."""

import re
from typing import NamedTuple

_BRANCH = re.compile(
    r"^(?P<indent>[\s│|┃║]*)(?:[├└┣┗┝┕╠╚]|[+`\\](?=[-─]))[─━═\-]*[>\s]*(?P<text>.*)$"
)
_RAILS = re.compile(r"[\s│|┃║▼↓⬇v^]*")
_ARROW = re.compile(r"\s*(?:→|⟶|➡️?|=>|->|-->|⇒|»|▶)\s*")
_ARROW_LINE = re.compile(r"[\s│|]*(?:↓|⬇️?|▼|v|→|\|)[\s│|]*")


class Leaf(NamedTuple):
    """A line of a drawing: its depth from 0, its words, and its line within the drawing."""

    depth: int
    text: str
    at: int


def tree_in(text: str) -> list[Leaf]:
    """The leaves of a tree drawn in characters; [] if `text` draws none."""
    lines = text.split("\n")
    drawn = [_BRANCH.match(line) for line in lines]
    if sum(found is not None for found in drawn) < 2:
        return []
    leaves, columns = list[Leaf](), list[int]()
    for at, (line, found) in enumerate(zip(lines, drawn, strict=True)):
        if found is None:
            words = line.strip()
            if words and not _RAILS.fullmatch(line):
                columns = []
                leaves.append(Leaf(0, words, at))
            continue
        column = len(found["indent"].expandtabs(4))
        while columns and columns[-1] >= column:
            columns.pop()
        columns.append(column)
        if found["text"].strip():
            leaves.append(Leaf(len(columns), found["text"].strip(), at))
    return leaves


def chain_in(text: str) -> list[Leaf]:
    """The links of an arrow chain in their order; [] if `text` is none."""
    steps, arrows = list[Leaf](), 0
    for at, line in enumerate(text.split("\n")):
        if not line.strip():
            continue
        if _ARROW_LINE.fullmatch(line):
            arrows += 1
            continue
        pieces = [piece.strip() for piece in _ARROW.split(line)]
        arrows += len(pieces) - 1
        steps += [Leaf(0, piece, at) for piece in pieces if piece]
    return steps if arrows and arrows >= len(steps) / 2 and len(steps) > 1 else []
