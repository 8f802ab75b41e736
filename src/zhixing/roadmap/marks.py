"""Which marks stand in a bracket? Minutes, kinds, names, directions, what a node is."""

import re
from functools import lru_cache
from typing import Literal, NamedTuple, get_args

from zhixing.records import NodeKind
from zhixing.roadmap.wording import KIND_WORDS, MARK_WORDS, SCHEMES, minutes_in, weeks_in

Sort = Literal["reference", "minutes", "weeks", "word", "kind", "name", "node", "stars", "mark",
               "detail"]  # fmt: skip
# Which marks act in which kind of line; elsewhere the bracket is words like any other.
IN_PROSE: frozenset[Sort] = frozenset({"reference"})
IN_UNIT: frozenset[Sort] = frozenset({"reference", "minutes", "word", "stars", "mark"})
IN_STAGE: frozenset[Sort] = IN_UNIT | {"weeks"}
IN_TASK: frozenset[Sort] = IN_UNIT | {"kind", "name", "node"}
IN_NODE: frozenset[Sort] = IN_STAGE | {"node", "detail"}  # lines that carry `(node:skill)`
_NAME = r"[A-Za-z0-9][A-Za-z0-9._-]*"
_REFERENCE = re.compile(rf"(?:{'|'.join(SCHEMES)}):{_NAME}(?:#{_NAME})?")
_OWN_NAME = re.compile(rf"id:\s*({_NAME}|{_NAME}/(?:{'|'.join(SCHEMES)}):{_NAME}(?:#{_NAME})?)")
_DIRECTION = re.compile(r"direction:[A-Za-z][\w-]*")
_NODE = re.compile(
    r"node:(stage|month|week|day|skill|task|resource|project|criterion|milestone|rule|note)"
    r"(?:\s([0-9]{1,4}(?:\.[0-9]{1,2})?)(?:–([0-9]{1,4}))?)?"
)
_STARS = re.compile(r"([1-5]) ★")
_OTHER_MARK = re.compile(r"mark:([a-z][a-z:-]{0,40})")
_BETWEEN_MARKS = re.compile(r"\s*[,，、;；]\s*")


class Mark(NamedTuple):
    """One item of a bracket. `number` is minutes; `weeks` the first and last of a stage."""

    sort: Sort
    value: str
    number: int = 0
    weeks: tuple[int, int] | None = None
    node: "NodeMark | None" = None


class NodeMark(NamedTuple):
    """`(node:week 5–6)`: what a line is that has no form of its own; a stage's number is text."""

    kind: NodeKind
    first: str = ""
    last: str = ""

    @property
    def span(self) -> tuple[int, int] | None:
        if not self.first or self.kind == "stage":
            return None
        return int(float(self.first)), int(self.last or float(self.first))


@lru_cache(maxsize=1024)  # a route says `(45 min)` a hundred times
def marks_in(bracket: str) -> tuple[Mark, ...]:
    """`45 min, optional` → two marks; () as soon as one item is not understood."""
    marks = [_mark(item) for item in _BETWEEN_MARKS.split(bracket.strip())]
    known = tuple(mark for mark in marks if mark is not None)
    return known if len(known) == len(marks) else ()


def _mark(item: str) -> Mark | None:
    word = item.lower()
    if word in KIND_WORDS:
        return Mark("kind", word)
    if word in MARK_WORDS:
        return Mark("word", MARK_WORDS[word])
    if (minutes := minutes_in(item)) is not None:
        return Mark("minutes", item, number=minutes)
    if weeks := weeks_in(item):
        return Mark("weeks", item, weeks=weeks)
    if _REFERENCE.fullmatch(item):
        return Mark("reference", item)
    if _DIRECTION.fullmatch(item):
        return Mark("word", item)
    if name := _OWN_NAME.fullmatch(item):
        return Mark("name", name[1])
    return _node_mark(item)


def _node_mark(item: str) -> Mark | None:
    """The marks of what has no form of its own: `node:skill`, `4 ★`, `mark:code`, `detail`."""
    if node := _NODE.fullmatch(item):
        kind = next(kind for kind in get_args(NodeKind) if kind == node[1])
        return Mark("node", item, node=NodeMark(kind, node[2] or "", node[3] or ""))
    if stars := _STARS.fullmatch(item):
        return Mark("stars", item, number=int(stars[1]))
    if other := _OTHER_MARK.fullmatch(item):
        return Mark("mark", other[1])
    return Mark("detail", item) if item == "detail" else None
