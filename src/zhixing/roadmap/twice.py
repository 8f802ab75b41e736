"""Does a document lay out its plan twice: in an overview and in full, or once more at its end?

Then it is planned once, in the words that say more. What only the other says of time goes to the
units that stay.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from zhixing.records import Remark
from zhixing.roadmap.covering import LaidOut, key_of
from zhixing.roadmap.editions import silenced
from zhixing.roadmap.handing import (
    LEAST_UNITS,
    Overview,
    Pair,
    added_up,
    handed_over,
    said_again,
    told,
)
from zhixing.roadmap.likeness import plain
from zhixing.roadmap.sketch import UNITS, Sketch
from zhixing.roadmap.wording import language_of

_LEAST_OF_BOTH = 5
_MOST_PARTS, _NEAR = 40, 6
_SAME_TITLES, _SAME_WORDS = 0.6, 0.5
_MUCH_THINNER = 0.7
_CHOICE = re.compile(
    r"\b(?:tracks?|options?|version|variants?|alternatives?|(?:full|part)[ -]time|fast|slow|express"
    r"|accelerated|intensive|plan [a-d])\b|方案|版本?|轨道|快速|速成|加速|全职|在职|业余|强化|冲刺",
    re.I,
)
_OVERVIEW = re.compile(
    r"总览|概览|一览|概述|总表|汇总|总结|小结|大纲|简表|\b(?:overview|at a glance|summary|recap"
    r"|snapshot|outline|cheat ?sheet|tl;?dr)\b",
    re.I,
)
_TOKEN = re.compile(r"[a-z][a-z0-9+#]+|[\u3400-\u9fff]+")
_SPAN = re.compile(r"[(（]\s*(?:weeks?|days?|第)[^()（）]{1,20}[)）][:：]?", re.I)
_LABEL = frozenset({"week", "weeks", "day", "days", "month", "months", "stage", "phase"})


@dataclass(slots=True)
class _Part:
    """Units side by side, and what is called by their section or by the first of them."""

    head: Sketch
    units: list[Sketch]

    @property
    def laid_out(self) -> LaidOut:
        return LaidOut.of(self.units)


def said_twice(root: Sketch, overviews: Iterable[Overview]) -> list[Remark]:
    """Make notes of units that others repeat in more words, and say so. `overviews` are lines that
    only name units which headings lay out; what they say of time counts there too."""
    remarks: list[Remark] = []
    for node in list(root.walk()):
        parts = _parts(node)
        if not 2 <= len(parts) <= _MOST_PARTS:
            continue
        laid_out = {id(part): part.laid_out for part in parts}
        for part in [part for part in parts if len(part.units) >= LEAST_UNITS]:
            others = [each for each in parts if each is not part]
            choices = _choices([laid_out[id(each)] for each in others])
            pairs, full = next(
                ((pairs, each) for each in choices if (pairs := _repeated(part, each))), ([], None)
            )
            if full is not None:
                parts = others
                remarks.append(said_again(part.head.line, full.tops[0].line))
                remarks += handed_over(laid_out[id(part)], full)
                added_up(pairs)
                _made_one(node, pairs)
    said = {(each.text, each.line + n) for each in remarks for n in range(_NEAR)}
    return remarks + [each for each in told(root, overviews) if (each.text, each.line) not in said]


def _parts(node: Sketch) -> list[_Part]:
    """The units right below a node, anew from each restart, and sections with units in them."""
    parts: list[_Part] = []
    run: list[Sketch] = []
    for child in node.inside:
        if child.kind in UNITS:
            if run and _restarts(run, child):
                parts.append(_Part(run[0], run))
                run = []
            run.append(child)
        elif units := list(_topmost(child)):
            parts.append(_Part(child, units))
    return [*parts, _Part(run[0], run)] if run else parts


def _restarts(run: Sequence[Sketch], unit: Sketch) -> bool:
    first = next((each for each in run if each.kind == unit.kind), None)
    if first is None or first.first is None or unit.first is None:
        return False
    return key_of(first) == key_of(unit) or (unit.kind != "stage" and unit.first <= first.first)


def _topmost(node: Sketch) -> Iterator[Sketch]:
    for child in node.inside:
        if child.kind in UNITS:
            yield child
        elif child.inside:
            yield from _topmost(child)


def _choices(others: list[LaidOut]) -> Iterator[LaidOut]:
    """What may be the plan in full: all other parts together, or one of them."""
    if len(others) > 1:
        yield LaidOut.of([unit for each in others for unit in each.tops])
    yield from (each for each in others if len(each.tops) >= LEAST_UNITS)


def _repeated(part: _Part, full: LaidOut) -> list[Pair]:
    """Each unit of a part with those that say it in more words; [] where `full` does not say it
    all, or lays out anything else."""
    pairs: list[Pair] = []
    for unit in part.units:
        if not (found := full.like(unit)):
            return []
        pairs.append((unit, found))
    if len(pairs) + len(full.units) < _LEAST_OF_BOTH:
        return []
    met = {id(one) for _, found in pairs for one in found}
    kinds = {one.kind for _, found in pairs for one in found}
    if any(one.kind in kinds and id(one) not in met for one in full.units):
        return []
    said, more = _words(part.units), _words(full.tops)
    earlier = full.tops[0].line < part.head.line
    if len(said) > len(more) or (len(said) == len(more) and not earlier):
        return []
    if language_of(said) != language_of(more):
        return []  # another language is another matter
    thinner = len(said) <= len(more) * (1 if _sum_up(pairs) else _MUCH_THINNER)
    return pairs if _alike(part, pairs, thinner) else []


def _sum_up(pairs: Sequence[Pair]) -> bool:
    """Whether the units are stages or months of the weeks that they stand beside."""
    return all(unit.kind in ("stage", "month") and found[0].kind == "week" for unit, found in pairs)


def _made_one(node: Sketch, pairs: Sequence[Pair]) -> None:
    """Notes of what is said again; stages that only sum up weeks hold those weeks from now on."""
    staged = _sum_up(pairs)
    moved = {id(week) for _, found in pairs for week in found} if staged else set[int]()
    for each in list(node.walk()) if moved else ():
        each.inside = [child for child in each.inside if id(child) not in moved]
    for unit, found in pairs:
        for each in unit.inside if staged else [unit]:
            silenced(each)
        if staged:
            unit.inside += found


def _alike(part: _Part, pairs: Sequence[Pair], thinner: bool) -> bool:
    """Whether units are called alike; or, in a part with far fewer words that is no other way to
    choose, whether it is called an overview, or its hours or words stand again in the others."""
    if _CHOICE.search(part.head.title):
        return False
    worded = [(unit, found) for unit, found in pairs if _tokens([unit])]
    same = sum(_called_alike(unit, found) for unit, found in worded)
    if worded and same >= len(worded) * _SAME_TITLES:
        return True
    if not thinner:
        return False
    if not worded or _OVERVIEW.search(part.head.title) or all(_as_long(*pair) for pair in pairs):
        return True
    shares = (
        len(own & _tokens(found)) / len(own) for unit, found in worded if (own := _tokens([unit]))
    )
    return sum(shares) >= len(worded) * _SAME_WORDS


def _called_alike(unit: Sketch, found: Sequence[Sketch]) -> bool:
    words = plain(unit.title)
    others = [plain(each.title) for each in found]
    return bool(words) and len(found) == 1 and (words in others[0] or others[0] in words != "")


def _as_long(unit: Sketch, found: Sequence[Sketch]) -> bool:
    """Whether both state their hours, and the same."""
    stated = unit.minutes or unit.times.total
    others = [each.minutes or each.times.total for each in found]
    return bool(stated) and None not in others and sum(filter(None, others)) == stated


def _tokens(units: Iterable[Sketch]) -> set[str]:
    """English words and pairs of Chinese characters; not those of labels."""
    found: set[str] = set()
    for word in _TOKEN.findall(plain(_words(units))):
        found |= {word} if word.isascii() else {word[at : at + 2] for at in range(len(word) - 1)}
    return found - _LABEL


def _words(units: Iterable[Sketch]) -> str:
    """What units say, each thing once a unit: a row repeats its words as its task."""
    said = (dict.fromkeys(each.title for each in unit.walk()) for unit in units)
    return " ".join(_SPAN.sub(" ", title) for titles in said for title in titles)
