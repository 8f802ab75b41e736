"""What goes from an overview to the plan that it sums up? Hours that only it states, and ticks."""

from collections.abc import Iterable, Sequence

from zhixing.records import Remark
from zhixing.roadmap.covering import Key, LaidOut, key_of
from zhixing.roadmap.items import mark_done
from zhixing.roadmap.sketch import Sketch
from zhixing.roadmap.times import Times
from zhixing.roadmap.unitwords import Unit
from zhixing.words import say

LEAST_UNITS = 2
Pair = tuple[Sketch, list[Sketch]]
Overview = list[tuple[Unit, Sketch]]


def said_again(line: int, full: int) -> Remark:
    """What the report says of a plan on `line` that line `full` lays out in more words."""
    why = say(
        "the plan that line {line} lays out stands here once more, in fewer words: it is planned"
        " once",
        line=full,
    )
    return Remark(line, str(why), why)


def handed_over(part: LaidOut, full: LaidOut) -> list[Remark]:
    """Give what a part says of the time of its units, and which of them are done; tells where the
    hours of both differ."""
    remarks: list[Remark] = []
    open_ones = not all(_is_done(unit) for unit in part.tops)  # else the ticks are ornaments
    for unit in part.units:
        for same in full.called.get(key_of(unit), ()):
            remarks += _given(unit, same)
            if open_ones and _is_done(unit):
                mark_done(same)
    return remarks


def added_up(pairs: Sequence[Pair]) -> None:
    """`Weeks 1–2` take what week 1 and week 2 take."""
    held: dict[int, tuple[Sketch, list[int]]] = {}
    for unit, found in pairs:
        for one in found if len(found) == 1 and key_of(found[0]) != key_of(unit) else ():
            minutes = unit.minutes or round(unit.times.total or 0)
            held.setdefault(id(one), (one, []))[1].append(minutes)
    for one, shares in held.values():
        if one.minutes is None and one.times.total is None and all(shares):
            one.minutes = sum(shares)
            one.timed(Times(minutes=(one.minutes, one.minutes)))


def _is_done(unit: Sketch) -> bool:
    asked = [each for each in unit.walk() if each.task_kind]
    return "done" in unit.marks or (bool(asked) and all("done" in each.marks for each in asked))


def told(root: Sketch, overviews: Iterable[Overview]) -> list[Remark]:
    """Give the hours of tables and lists that only name units to those, and say what they are: such
    as name each unit of a kind once. Others are about the units, as a list of books by stages."""
    remarks: list[Remark] = []
    laid_out = LaidOut.of([root])
    for overview in overviews:
        known = [(line, laid_out.called.get(_key_of(unit), [])) for unit, line in overview]
        met = [(line, same[0]) for line, same in known if len(same) == 1]
        named = {id(unit) for _, unit in met}
        kinds = {unit.kind for _, unit in met}
        every = sum(unit.kind in kinds for unit in laid_out.units)
        if len(named) < LEAST_UNITS or not len(named) == len(overview) == every:
            continue
        for line, unit in met:
            remarks += _given(line, unit)
        remarks.append(said_again(overview[0][1].line, min(unit.line for _, unit in met)))
    return remarks


def _key_of(unit: Unit) -> Key:
    return key_of(Sketch(unit.kind, "", 0, first=unit.first, last=unit.last, number=unit.number))


def _given(line: Sketch, unit: Sketch) -> list[Remark]:
    """Say of a unit what a line says of its time; where it says otherwise itself, that is told."""
    there, own = (each.minutes or each.times.total for each in (line, unit))
    if not own:
        unit.minutes = line.minutes
        unit.timed(line.times)
        if line.minutes and unit.times.minutes is None:
            unit.timed(Times(minutes=(line.minutes, line.minutes)))
    if not there or not own or abs(there - own) < 1:
        return []
    why = say(
        "{there} h are stated here and {own} h on line {line}, for the same: line {line} counts",
        there=f"{there / 60:.3g}", own=f"{own / 60:.3g}", line=unit.line,
    )  # fmt: skip
    return [Remark(line.line, str(why), why)]
