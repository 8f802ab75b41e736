"""Where does a route contradict itself? Hours against tasks, weeks against their order."""

from collections.abc import Iterator
from itertools import pairwise

from zhixing.records import Node, Remark
from zhixing.roadmap.naming import RHYTHMS
from zhixing.roadmap.wording import NODE_NAMES, duration
from zhixing.words import Bilingual, Said, say

_BESIDE_THE_HOURS = frozenset({"optional", *RHYTHMS})


def contradictions_in(root: Node) -> list[Remark]:
    """What the tree states twice and differently, each with the line that states it."""
    remarks = [
        *_backward([node for node in root.walk() if node.kind == "week" and not _holds_weeks(node)])
    ]
    for node in root.walk():
        remarks += _hours(node)
        if node.kind == "stage":
            remarks += _stage_weeks(node)
        remarks += _backward([child for child in node.children if child.kind == "day"])
    return remarks


def _holds_weeks(week: Node) -> bool:
    return any(below.kind == "week" for child in week.children for below in child.walk())


def _hours(node: Node) -> Iterator[Remark]:
    """A heading's hours are the sum of its tasks, optional and recurring ones aside; those of
    directions may count or not."""
    if node.minutes is None or node.task_kind is not None:
        return
    tasks = [below for child in node.children for below in child.walk() if below.task_kind]
    counted = [task for task in tasks if not task.marks & _BESIDE_THE_HOURS]
    total = sum(task.minutes or 0 for task in counted)
    if tasks and node.minutes not in (total, _without_directions(counted)):
        yield _remark(
            node,
            say(
                '"{title}" says {stated}, its tasks add up to {total}',
                title=node.title,
                stated=_duration(node.minutes),
                total=_duration(total),
            ),
        )


def _without_directions(tasks: list[Node]) -> int:
    """The minutes of a plan for which no direction was chosen: of the tasks under a mark of one
    only those that are core."""
    kept = [t for t in tasks if "core" in t.marks or not any(map(_names_direction, t.marks))]
    return sum(task.minutes or 0 for task in kept)


def _names_direction(mark: str) -> bool:
    return mark.startswith("direction:")


def _duration(minutes: int) -> Bilingual:
    return Bilingual(zh=duration(minutes, "zh"), en=duration(minutes, "en"))


def _stage_weeks(stage: Node) -> Iterator[Remark]:
    weeks = [node for node in stage.walk() if node.kind == "week"]
    stated = (stage.first, stage.last)
    found = (min((_first(w) for w in weeks), default=0), max((_last(w) for w in weeks), default=0))
    if stage.first is not None and weeks and stated != found:
        yield _remark(
            stage,
            say(
                '"{title}" says weeks {first} to {last}, below it stand weeks {least} to {most}',
                title=stage.title,
                first=stage.first,
                last=stage.last,
                least=found[0],
                most=found[1],
            ),
        )


def _backward(units: list[Node]) -> Iterator[Remark]:
    """Units whose number does not go on after the one before them."""
    for before, unit in pairwise(units):
        if _first(unit) <= _last(before):
            yield _remark(
                unit,
                say(
                    "{kind} {number} comes after {kind} {before}",
                    kind=NODE_NAMES[unit.kind],
                    number=_first(unit),
                    before=_last(before),
                ),
            )


def _first(unit: Node) -> int:
    return unit.first or 0


def _last(unit: Node) -> int:
    return unit.last or 0


def _remark(node: Node, why: Said) -> Remark:
    return Remark(node.line, str(why), why)
