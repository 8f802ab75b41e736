"""Markdown on paper: statements, hints and readings, set for a terminal.

Code, tables and formulas stand as they were written; paragraphs and lists are wrapped. Formulas are
left as TeX: a terminal cannot set them, and a renderer would eat their backslashes.
"""

import re
from collections.abc import Iterator

from zhixing.cli.ink import MARGIN, Paper, Span

_FENCE = re.compile(r"\s*(```|~~~)")
_HEADING = re.compile(r"(#+)\s+(.*)")
_ITEM = re.compile(r"(\s*)([-*+]|\d+[.)])\s+(.*)")
_AS_IT_IS = re.compile(r"\s*(?:\||\$\$|>)")
_INLINE = re.compile(
    r"\*\*(?P<strong>.+?)\*\*|`(?P<code>[^`]+)`"
    r"|(?<!!)\[(?P<label>[^\]]*)\]\((?P<url>[^)\s]+)\)|\[reading:(?P<reading>[a-z0-9-]+)\]"
)


def prose(paper: Paper, markdown: str, indent: int = MARGIN) -> None:
    """The text on paper, block by block."""
    for kind, text in _blocks(markdown):
        if kind == "blank":
            paper.gap()
        elif kind == "exact":
            paper.exact((text, "strong"), indent=indent + 2)
        elif kind == "heading":
            paper.say((text, "strong"), indent=indent)
        elif kind == "item":
            _item(paper, text, indent)
        else:
            paper.say(*inline(paper, text), indent=indent)


def _item(paper: Paper, text: str, indent: int) -> None:
    found = _ITEM.match(text)
    assert found is not None
    mark = "· " if found[2] in "-*+" else f"{found[2]} "
    deep = indent + len(found[1])
    paper.say(mark, *inline(paper, found[3]), indent=deep, hang=len(mark))


def _blocks(markdown: str) -> Iterator[tuple[str, str]]:
    """(kind, text) of each block: lines of one paragraph or item are joined, as Markdown reads
    them; of code, tables and formulas every line is a block of its own."""
    held = ("", "")
    for kind, line in _kinds(markdown):
        if kind == "paragraph" and held[1]:
            held = (held[0], _joined(held[1], line))
            continue
        if held[1]:
            yield held
        held = (kind, line) if kind in ("paragraph", "item") else ("", "")
        if not held[1]:
            yield kind, line
    if held[1]:
        yield held


def _kinds(markdown: str) -> Iterator[tuple[str, str]]:
    """Each line and what it is by itself."""
    code = False
    for line in markdown.strip("\n").splitlines():
        if _FENCE.match(line):
            code = not code
        elif code or _AS_IT_IS.match(line):
            yield "exact", line
        elif not line.strip():
            yield "blank", ""
        elif heading := _HEADING.match(line):
            yield "heading", heading[2]
        else:
            yield ("item", line) if _ITEM.match(line) else ("paragraph", line.strip())


def _joined(first: str, second: str) -> str:
    """Two lines of one paragraph: between Chinese signs no space belongs."""
    wide = ord(first[-1]) > 0x2E7F and ord(second[0]) > 0x2E7F
    return first + ("" if wide else " ") + second


def inline(paper: Paper, text: str) -> list[Span]:
    """Bold and code as tones (code keeps its marks where there are no tones), links as their words
    and address; a cited reading is left out."""
    spans: list[Span] = []
    end = 0
    for found in _INLINE.finditer(text):
        spans.append(text[end : found.start()])
        end = found.end()
        if found["strong"]:
            spans.append((found["strong"], "strong"))
        elif found["code"]:
            spans.append((found["code"] if paper.live else found[0], "strong"))
        elif found["label"] is not None:
            spans += [found["label"], (f" ({found['url']})", "quiet")]
    spans.append(text[end:])
    return [span for span in spans if span]
