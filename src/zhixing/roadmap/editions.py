"""Does a document say everything twice, once in each language? Then it is planned once."""

from itertools import combinations

from zhixing.records import Remark
from zhixing.roadmap.sketch import UNITS, Sketch
from zhixing.roadmap.wording import language_of
from zhixing.words import say

_LEAST_UNITS = 3


def translated(root: Sketch) -> list[Remark]:
    """Take the tasks off what repeats the same units in the other language, and say so."""
    remarks: list[Remark] = []
    for node in root.walk():
        if node.kind in UNITS:
            continue
        holders = [child for child in node.inside if child.kind not in UNITS]
        for one, other in combinations(holders[:40], 2):
            if _same_in_other_words(one, other):
                _silenced(other)
                why = say(
                    "this is line {line} once more in another language: its tasks are not planned"
                    " twice",
                    line=one.line,
                )
                remarks.append(Remark(other.line, str(why), why))
    return remarks


def _same_in_other_words(one: Sketch, other: Sketch) -> bool:
    units = _units(one)
    if len(units) < _LEAST_UNITS or units != _units(other):
        return False
    return language_of(_words(one)) != language_of(_words(other))


def _units(node: Sketch) -> list[tuple[str, int | None, int | None, str]]:
    return [(b.kind, b.first, b.last, b.number) for b in node.walk() if b.kind in UNITS]


def _words(node: Sketch) -> str:
    return " ".join(below.title for below in node.walk())


def _silenced(node: Sketch) -> None:
    for below in node.walk():
        if below.kind == "task":
            below.kind = "note"
        below.task_kind = None
        if below.kind not in UNITS:
            below.minutes = None
        below.marks.discard("estimated")
