"""What did the author mean by blocks that Markdown reads otherwise? Each step mends one habit."""

from dataclasses import replace

from zhixing.roadmap.blanks import with_columns
from zhixing.roadmap.blocks import Document
from zhixing.roadmap.breaks import with_broken_lines
from zhixing.roadmap.plain import with_headings
from zhixing.roadmap.quoted import unquoted
from zhixing.roadmap.tails import with_tails
from zhixing.roadmap.turned import with_rows

_STEPS = (unquoted, with_broken_lines, with_tails, with_rows, with_columns)


def as_meant(document: Document) -> Document:
    """`document` with lists, tables and heads where its author saw them; lines stay in place."""
    blocks = document.blocks
    for step in _STEPS:
        blocks = step(blocks)
    return with_headings(replace(document, blocks=blocks))
