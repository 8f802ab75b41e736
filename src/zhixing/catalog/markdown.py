"""Which lines of Markdown are code, and which are headings?"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_FENCE: Final = re.compile(r"\s*(```+|~~~+)")
_MARK: Final = re.compile(r"(#{1,6})[ \t]+")


@dataclass(frozen=True, slots=True)
class Fence:
    """A block of code. `info` is what stands after the opening mark; `first` and `last` are the
    lines of the two marks, from 1."""

    info: str
    first: int
    last: int
    code: str


@dataclass(frozen=True, slots=True)
class Heading:
    line: int
    level: int
    text: str


def lines_of(markdown: str) -> Iterator[tuple[int, str, bool]]:
    """(number, line, whether it is inside a code fence) of every line."""
    fence = ""
    for number, line in enumerate(markdown.splitlines(), 1):
        mark = _FENCE.match(line)
        yield number, line, bool(fence or mark)
        if mark and not fence:
            fence = mark[1]
        elif mark and mark[1].startswith(fence):
            fence = ""


def fences_of(markdown: str) -> Iterator[Fence]:
    """Every block of code; one that is never closed ends with the text."""
    fence, info, first, inside = "", "", 0, list[str]()
    number = 0
    for number, line in enumerate(markdown.splitlines(), 1):
        mark = _FENCE.match(line)
        if mark and not fence:
            fence, info, first, inside = mark[1], line[mark.end() :].strip(), number, []
        elif mark and mark[1].startswith(fence):
            yield Fence(info, first, number, "".join(f"{one}\n" for one in inside))
            fence = ""
        elif fence:
            inside.append(line)
    if fence:
        yield Fence(info, first, number, "".join(f"{one}\n" for one in inside))


def headings_of(markdown: str) -> tuple[Heading, ...]:
    """The headings written with #, in order; none inside code."""
    found = (_heading(number, line) for number, line, code in lines_of(markdown) if not code)
    return tuple(heading for heading in found if heading)


def _heading(number: int, line: str) -> Heading | None:
    """The heading that a line is; `## Recall ##` closes what it opened."""
    mark = _MARK.match(line)
    if mark is None:
        return None
    text = line[mark.end() :].strip()
    bare = text.rstrip("#")
    text = bare.rstrip() if bare.endswith((" ", "\t")) else text
    return Heading(number, len(mark[1]), text) if text.strip("#") else None
