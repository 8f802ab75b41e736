"""What of a template was filled in? A text and its template in; the writer's own words and the gaps
out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from zhixing.catalog.essays import TO_FILL
from zhixing.catalog.markdown import Heading, headings_of, lines_of
from zhixing.words import Language

_LETTERS: Final = {
    "zh": re.compile("[㐀-鿿豈-﫿]"),
    "en": re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*"),
}
_SAYS: Final = re.compile(r"[^\W_]")
_GAP: Final = re.compile(f"(?<!{TO_FILL}){TO_FILL}(?!{TO_FILL})")
"""A single …; two of them are the Chinese ellipsis, which is a sign like any other."""


@dataclass(frozen=True, slots=True)
class Count:
    """`words` are the writer's own lines, without headings, code and what the template says;
    `letters` how long they are. `missing` and `empty` are headings of the template,
    `placeholders` the lines, from 1, in which a … is left."""

    words: tuple[str, ...]
    letters: int
    missing: tuple[str, ...]
    empty: tuple[str, ...]
    placeholders: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that is no heading, without what the template had there already."""

    number: int
    own: str
    code: bool


def count_of(text: str, template: str, language: Language) -> Count:
    """What was written beside the template's own lines. Code fills a section, and is no words."""
    asked, given = headings_of(template), headings_of(text)
    theirs = _lines(template, asked)
    mine = [line for line in _lines(text, given, _prompts(theirs)) if line.own.strip(f" {TO_FILL}")]
    pairs = _pairs(asked, given)
    words = tuple(line.own for line in mine if not line.code)
    return Count(
        words=words,
        letters=sum(len(_LETTERS[language].findall(line)) for line in words),
        missing=tuple(wanted.text for wanted, there in pairs if there is None),
        empty=tuple(
            wanted.text
            for wanted, there in pairs
            if there is not None
            and _says_below(wanted, asked, theirs)
            and not _says_below(there, given, mine)
        ),
        placeholders=tuple(n for n, line, code in lines_of(text) if not code and _GAP.search(line)),
    )


def _lines(text: str, headings: Sequence[Heading], prompts: Sequence[str] = ()) -> list[_Line]:
    """The lines of a text that are no headings, each without the prompt that it begins with."""
    skipped = {heading.line for heading in headings}
    found = []
    for number, line, code in lines_of(text):
        if number in skipped or not line.strip():
            continue
        prompt = next((one for one in prompts if line.strip().startswith(one)), "")
        found.append(_Line(number, line.strip()[len(prompt) :], code))
    return found


def _prompts(template: Sequence[_Line]) -> list[str]:
    """What the lines of a template begin with, up to their …, the longest first."""
    starts = {line.own.split(TO_FILL)[0].strip() for line in template}
    return sorted(starts - {""}, key=len, reverse=True)


def _says_below(heading: Heading, headings: Sequence[Heading], lines: Sequence[_Line]) -> bool:
    """Whether anything is said, or asked for, between this heading and the next, of whatever
    level."""
    end = next((other.line for other in headings if other.line > heading.line), None)
    return any(
        heading.line < line.number and (end is None or line.number < end)
        for line in lines
        if _SAYS.search(line.own) or TO_FILL in line.own
    )


def _pairs(
    asked: Sequence[Heading], given: Sequence[Heading]
) -> list[tuple[Heading, Heading | None]]:
    """Each heading of the template with the one in the text that keeps it; each is taken once."""
    left = list(given)
    pairs: list[tuple[Heading, Heading | None]] = []
    for wanted in asked:
        kept = _keeps(wanted.text)
        there = next((one for one in left if kept.fullmatch(" ".join(one.text.split()))), None)
        if there is not None:
            left.remove(there)
        pairs.append((wanted, there))
    return pairs


def _keeps(heading: str) -> re.Pattern[str]:
    """A heading as it was, whatever stands for its …; for texts whose spaces are single."""
    parts = (re.escape(" ".join(part.split())) for part in heading.split(TO_FILL))
    return re.compile(".*".join(parts), re.IGNORECASE)
