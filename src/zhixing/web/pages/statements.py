"""The statement of a lab beside one of its parts: what belongs to the others is folded away."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from zhixing.records import Lab, Part
from zhixing.words import Language

HEADING = re.compile(r"^(#{2,3}) +((?:\d+|[一二三四五六七八九十]+)[.、].*)$")
"""Of a part: numbered, as in "## 2. Combine"."""
ANY_HEADING = re.compile(r"^(#{1,6}) ")
FENCE = re.compile(r"^ {0,3}(```|~~~)")


@dataclass(frozen=True)
class Passage:
    """A piece of a statement, in Markdown. `folded` is the heading under which it is put away,
    "" where it is shown as it stands; `is_own` = it is of the part that is open."""

    text: str
    folded: str = ""
    is_own: bool = False


def passages(lab: Lab, part: Part | None, language: Language) -> tuple[Passage, ...]:
    """The statement in pieces; one piece where no part is open, or where its numbered headings
    are not one for each part."""
    text = re.sub(r"\A\s*# [^\n]*\n", "", lab.statement.render(language))
    lines = text.split("\n")
    heads = _headings(lines)
    if part is None or len(heads) != len(lab.parts):
        return (Passage(text),)
    ends = [_end(lines, first, heads) for first in heads]
    found, reached = [], 0
    for one, first, end in zip(lab.parts, heads, ends, strict=True):
        found.append(Passage("\n".join(lines[reached:first])))
        found.append(_passage(lines[first:end], one is part))
        reached = end
    found.append(Passage("\n".join(lines[reached:])))
    return tuple(one for one in found if one.text.strip() or one.folded)


def _passage(lines: Sequence[str], is_own: bool) -> Passage:
    if is_own:
        return Passage("\n".join(lines), is_own=True)
    head = HEADING.match(lines[0])
    assert head is not None, "a passage of a part begins with its heading"
    return Passage("\n".join(lines[1:]), folded=head[2].strip())


def _headings(lines: Sequence[str]) -> list[int]:
    """Where the parts begin: their headings, which are none inside of code."""
    found, in_code = [], False
    for at, line in enumerate(lines):
        in_code ^= FENCE.match(line) is not None
        if not in_code and HEADING.match(line):
            found.append(at)
    return found


def _end(lines: Sequence[str], first: int, heads: Sequence[int]) -> int:
    """Where the part that begins at `first` ends: at the next one, or at a heading as high."""
    head = ANY_HEADING.match(lines[first])
    depth, in_code = len(head[1]) if head else 0, False
    for at in range(first + 1, len(lines)):
        in_code ^= FENCE.match(lines[at]) is not None
        other = None if in_code else ANY_HEADING.match(lines[at])
        if at in heads or (other is not None and len(other[1]) <= depth):
            return at
    return len(lines)
