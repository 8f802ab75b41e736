"""Does a document say everything twice, once in each language? Then it is planned once: the units
of the second half are not units of the plan, and name those of the first in the other language."""

from collections.abc import Iterator
from itertools import combinations

from zhixing.records import Remark
from zhixing.roadmap.sketch import OWN, UNITS, Sketch
from zhixing.roadmap.times import NO_TIMES
from zhixing.roadmap.wording import SECTION, language_of
from zhixing.words import say

_LEAST_UNITS = 3
_MOST_PARTS = 40

Unit = tuple[str, int | None, int | None, str]


def translated(root: Sketch) -> list[Remark]:
    """Make notes of what repeats the same units in the other language, and say so."""
    remarks: list[Remark] = []
    for node in list(root.walk()):
        if node.kind in UNITS:
            continue
        for one, other in _halves(node):
            if _same_in_other_words(one, other):
                remarks.append(_remark(one, other))
                _named_after(_units(other), _units(one))
                for part in other:
                    silenced(part)
    return remarks


def _halves(node: Sketch) -> Iterator[tuple[list[Sketch], list[Sketch]]]:
    """What may say the same twice: two sections, the units here and a section behind them, or the
    units here, one half after the other."""
    units = [child for child in node.inside if child.kind in UNITS]
    sections = [child for child in node.inside if child.kind not in UNITS and child.inside]
    for one, other in combinations(sections[:_MOST_PARTS], 2):
        yield [one], [other]
    for section in sections[:_MOST_PARTS]:
        yield units, [section]
    if len(units) % 2 == 0:
        yield units[: len(units) // 2], units[len(units) // 2 :]


def _same_in_other_words(one: list[Sketch], other: list[Sketch]) -> bool:
    units = [_numbers(unit) for unit in _units(one)]
    if len(units) < _LEAST_UNITS or units != [_numbers(unit) for unit in _units(other)]:
        return False
    return language_of(_words(one)) != language_of(_words(other))


def _units(parts: list[Sketch]) -> list[Sketch]:
    return [below for part in parts for below in part.walk() if below.kind in UNITS]


def _numbers(unit: Sketch) -> Unit:
    return unit.kind, unit.first, unit.last, unit.number


def _words(parts: list[Sketch]) -> str:
    return " ".join(below.title for part in parts for below in part.walk())


def _remark(one: list[Sketch], other: list[Sketch]) -> Remark:
    why = say(
        "this is line {line} once more in another language: its tasks are not planned twice",
        line=one[0].line,
    )
    return Remark(other[0].line, str(why), why)


def _named_after(others: list[Sketch], units: list[Sketch]) -> None:
    for unit, other in zip(units, others, strict=True):
        unit.detail(language_of(other.title), other.title)


def silenced(node: Sketch) -> None:
    """Make notes of a unit and all in it: nothing there is planned."""
    for below in node.walk():
        own = [child for child in below.inside if OWN in child.marks]
        below.links += [link for child in own for link in child.links]
        below.inside = [child for child in below.inside if OWN not in child.marks]
        if below.kind == "task":
            below.kind = "note"
        if below.kind in UNITS:
            below.kind, below.first, below.last, below.number = "note", None, None, ""
            below.marks |= {SECTION} if below.inside else set()
        below.task_kind = None
        below.minutes = None
        below.days = None
        below.dates, below.times = None, NO_TIMES
        below.marks.discard("estimated")
