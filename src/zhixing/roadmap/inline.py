"""What does one line say? Its readable words, its links, and the marks in its brackets.

A bracket is a mark only if all of it is understood: `(45 min, optional)` is; `(Strang, 45 min)` is
not and stays among the words. A backslash or an entity takes a character literally, as in
CommonMark; `escaped` is the way back.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from zhixing.records import Link, TaskKind
from zhixing.roadmap.marks import Mark, NodeMark, Sort, marks_in
from zhixing.roadmap.reading import UNREADABLE
from zhixing.roadmap.wording import KIND_WORDS

_ONCE: frozenset[Sort] = frozenset({"minutes", "weeks", "kind", "name", "node", "stars"})

_BRACKET = r"[(（](?P<bracket>[^()（）\[\]\\`]{1,120})[)）]"
_CODE = r"(?P<code>(?P<ticks>`++)[^\n]{1,400}?(?<!`)(?P=ticks)(?!`))"
# Bounds keep hostile lines linear; no label of a roadmap comes near them.
_LABEL = r"(?P<label>(?:\\.|`[^`]{0,200}`|[^\[\]\\]|\[[^\[\]]{0,200}\]){0,1000}+)"
_URL = r"(?P<url>(?:\\\S|[^\s()<>\\]|\([^\s()<>]{0,200}\)){0,2000}+)"
_SIGN = re.compile(r"[\\&`\[<(（*·]")  # every piece that is not words begins with one of these
_PIECE = re.compile(
    rf"""
    \\(?P<literal>[!-/:-@\[-`{{-~])
  | (?P<entity>&(?:\#[0-9]{{1,7}}|\#[xX][0-9a-fA-F]{{1,6}}|[A-Za-z][A-Za-z0-9]{{1,31}});)
  | {_CODE} | (?P<lone>`+)
  | \[{_LABEL}\]\({_URL}\)
  | <(?P<address>https?://[^\s<>]+)>
  | {_BRACKET}
  | (?P<strong>\*\*)
  | (?P<dot>(?<=\s)·(?=\s))
    """,
    re.VERBOSE,
)
_WHOLE_BRACKET = re.compile(_BRACKET)
_CHINESE = r"[\u2e80-\u9fff\uff00-\uffef]"
_CHINESE_LINE_END = re.compile(rf"(?<={_CHINESE})\n[ \t]*(?={_CHINESE})")

_ESCAPE = re.compile(
    r"""
    `[^`\n]{1,400}`(?!`)                          # code stays code
  | [\\\[\]`]
  | \*\*+
  | <(?=[A-Za-z/!?])
  | &(?=\#?[A-Za-z0-9]{1,31};)
  | (?<!\S)\#                                     # at the end of a heading it would be dropped
  | [(（]
  | (?<!\S)·(?!\S)
    """,
    re.VERBOSE,
)
_SEPARATING_DOT = re.compile(r"(?<=[^·\s]\s)·(?=\s[^·\s])")


class Piece(NamedTuple):
    """A stretch of a line, from `start` to `end`: words, a link, marks, `**` or a dot."""

    sort: Literal["words", "link", "marks", "strong", "dot"]
    start: int
    end: int
    text: str
    url: str = ""
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What a line says. Links: those among the words, bracketed references, trailing ones.

    `segments` are the words between the dots of the line, `title` all of them. `twice` are the
    sorts of marks that may stand once and stand more often; the first counts.
    """

    segments: tuple[str, ...]
    links: tuple[Link, ...] = ()
    references: tuple[str, ...] = ()
    trailing: tuple[Link, ...] = ()
    minutes: int | None = None
    weeks: tuple[int, int] | None = None
    kind: TaskKind | None = None
    name: str | None = None
    words: frozenset[str] = frozenset()
    node: NodeMark | None = None
    stars: int | None = None
    detail: bool = False
    twice: tuple[Sort, ...] = ()

    @property
    def title(self) -> str:
        return " · ".join(self.segments)

    def own(self, scheme: str) -> str | None:
        """The reference by which the line names itself: own("rule") → "rule:x"."""
        return next((url for url in self.references if url.startswith(scheme + ":")), None)

    def all_links(self, title: str, own: str | None = None) -> tuple[Link, ...]:
        """All links in order, the own name aside; a bracketed reference is labelled `title`."""
        bracketed = tuple(Link(url, title) for url in self.references if url != own)
        return self.links + bracketed + self.trailing


@dataclass(slots=True)
class Segment:
    """What stands between two dots of a line."""

    words: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    worded: bool = False


def read_line(text: str, act: frozenset[Sort]) -> Reading:
    """What `text` says, where brackets of the sorts in `act` are marks.

    Nothing but links between two dots is no part of the words, the first segment aside:
    `[x](skill:x) (45 min) · [video](res:y)` says "x".
    """
    segments, marks = _segments(_pieces(one_line(text)), act)
    titles = [_joined(s.words) for at, s in enumerate(segments) if s.worded or at == 0]
    once = {mark.sort: mark for mark in reversed(marks) if mark.sort in _ONCE}
    kind, minutes = once.get("kind"), once.get("minutes")
    return Reading(
        segments=tuple(title for title in titles if title),
        links=tuple(segments[0].links),
        references=tuple(mark.value for mark in marks if mark.sort == "reference"),
        trailing=tuple(link for segment in segments[1:] for link in segment.links),
        minutes=minutes.number if minutes else None,
        weeks=once["weeks"].weeks if "weeks" in once else None,
        kind=KIND_WORDS[kind.value] if kind else None,
        name=once["name"].value if "name" in once else None,
        words=frozenset(mark.value for mark in marks if mark.sort in ("word", "mark")),
        node=once["node"].node if "node" in once else None,
        stars=once["stars"].number if "stars" in once else None,
        detail=any(mark.sort == "detail" for mark in marks),
        twice=tuple(sort for sort in once if sum(mark.sort == sort for mark in marks) > 1),
    )


def split_items(text: str) -> list[str]:
    """A line of several tasks, `a · b · [link](url)`, cut at its dots; links stay with theirs."""
    line = one_line(text)
    dots = [(p.start, p.end) for p in _pieces(line) if p.sort == "dot"]
    starts, ends = [0, *(end for _, end in dots)], [*(start for start, _ in dots), len(line)]
    items: list[str] = []
    for start, end in zip(starts, ends, strict=True):
        item = line[start:end].strip()
        if items and not any(p.sort == "words" and p.text.strip() for p in _pieces(item)):
            items[-1] += f" · {item}"
        elif item:
            items.append(item)
    return items


def one_line(text: str) -> str:
    """A paragraph as one line; Chinese lines join without a space."""
    return _CHINESE_LINE_END.sub("", text).replace("\n", " ") if "\n" in text else text


def escaped(text: str, *, dots: bool = False) -> str:
    """`text` written so that `read_line` gives it back as words, whatever marks act; with `dots`
    in one segment."""
    return _ESCAPE.sub(_escape_with_dots if dots else _escape_one, text)


def escaped_url(url: str) -> str:
    """`url` as it stands in `[label](…)`."""
    return re.sub(r"[\\()<>]", lambda found: "\\" + found[0], url)


def _pieces(line: str) -> Iterator[Piece]:
    """All of `line` from left to right; a bracket that is no mark is words like any other."""
    words_from = at = 0
    while sign := _SIGN.search(line, at):
        found = _PIECE.match(line, sign.start())
        piece = _piece(found) if found else None
        if found is None or piece is None:
            at = sign.end()
            continue
        if words_from < found.start():
            yield Piece("words", words_from, found.start(), line[words_from : found.start()])
        yield piece
        words_from = at = found.end()
    if words_from < len(line):
        yield Piece("words", words_from, len(line), line[words_from:])


def _piece(found: re.Match[str]) -> Piece | None:
    start, end = found.span()
    if found["bracket"] is not None:
        marks = marks_in(found["bracket"])
        return Piece("marks", start, end, found[0], marks=marks) if marks else None
    if found["label"] is not None:
        return Piece("link", start, end, _label(found["label"]), _url(found["url"]))
    if found["address"] is not None:
        return Piece("link", start, end, found["address"], found["address"])
    if found["strong"] is not None:
        return Piece("strong", start, end, found[0])
    if found["dot"] is not None:
        return Piece("dot", start, end, " · ")
    if found["entity"] is not None:
        return Piece("words", start, end, _character(found[0]))
    return Piece("words", start, end, found["literal"] or found[0])


def _segments(
    pieces: Iterator[Piece], act: frozenset[Sort]
) -> tuple[list[Segment], tuple[Mark, ...]]:
    line = list(pieces)
    paired = sum(piece.sort == "strong" for piece in line) % 2 == 0
    segments = [Segment()]
    marks: list[Mark] = []
    for piece in line:
        here = segments[-1]
        if piece.sort == "dot":
            segments.append(Segment())
        elif piece.sort == "link":
            here.links.append(Link(piece.url, piece.text))
            here.words.append(piece.text)
        elif piece.sort == "marks" and all(mark.sort in act for mark in piece.marks):
            marks += piece.marks
            here.words.append(" ")
        elif not (piece.sort == "strong" and paired):
            here.words.append(piece.text)
            here.worded = here.worded or not piece.text.isspace()
    return segments, tuple(marks)


def _label(raw: str) -> str:
    """The readable text of a link: no escapes, no paired `**`; code keeps its backticks."""
    if not _ESCAPE.search(raw):
        return " ".join(raw.split())
    pieces = list(_pieces(raw))
    paired = sum(piece.sort == "strong" for piece in pieces) % 2 == 0
    shown = [piece for piece in pieces if not (piece.sort == "strong" and paired)]
    return _joined([raw[p.start : p.end] if p.sort == "link" else p.text for p in shown])


def _character(entity: str) -> str:
    """The character of `&#x…;`; what no text may hold stays as it was written."""
    character = html.unescape(entity)
    return entity if not character or UNREADABLE.search(character) else character


def _url(raw: str) -> str:
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", raw)


def _joined(words: list[str]) -> str:
    return " ".join("".join(words).split())


def _escape_one(found: re.Match[str]) -> str:
    sign, text = found[0], found.string
    if len(sign) > 2 and sign[0] == "`":
        return sign
    if sign in "(（":
        bracket = _WHOLE_BRACKET.match(text, found.start())
        if bracket is None or not marks_in(bracket["bracket"]):
            return sign
        return "\\(" if sign == "(" else "&#xFF08;"
    if sign == "·":
        return sign if _SEPARATING_DOT.match(text, found.start()) else "&middot;"
    return "".join("\\" + character for character in sign)


def _escape_with_dots(found: re.Match[str]) -> str:
    return "&middot;" if found[0] == "·" else _escape_one(found)
