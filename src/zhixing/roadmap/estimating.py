"""How long does what nobody timed take? Defaults by kind, shared out over what a unit says.

A stated time stands. A part that states its hours shares them out over its tasks; one that states
only its length gets what a learner of the author's pace has in that time, or of ours where the
author names none. Parts within share what their parent has, by their own lengths.
"""

import re
from dataclasses import dataclass, field

from zhixing.records import Remark
from zhixing.roadmap.lengths import DAYS_OF_A_WEEK, PACE_MINUTES_A_DAY, days_of, minutes_at
from zhixing.roadmap.naming import RHYTHMS
from zhixing.roadmap.roles import MINUTES_OF_A_CHAPTER, MINUTES_OF_RESOURCE, MINUTES_OF_TASK
from zhixing.roadmap.sketch import UNITS, Sketch
from zhixing.roadmap.spans import HOURS_OF_A_DAY
from zhixing.roadmap.times import MOST_WHOLE_DAYS, NO_TIMES, Times, middle
from zhixing.roadmap.wording import MOST_MINUTES
from zhixing.words import say

_LEAST_OF_A_ROUTE = 600  # fewer minutes are those of a day or a week
_TIMED = UNITS | {"skill", "route", "note"}
_CHAPTER = re.compile(r"章|\bch(?:apters?|s?\.)\s*\d|\bchapters?\b|\bmodule \d", re.I)
_STEP = 5  # estimates are multiples of five minutes


def estimated(root: Sketch) -> list[Remark]:
    """Minutes for every task; those that nobody stated carry the mark "estimated". Gives what had
    to be assumed for it."""
    for node in root.walk():
        if node.minutes is not None and not 0 < node.minutes <= MOST_MINUTES:
            node.minutes = None
    _of_every_day(root, None)
    for node in root.walk():
        if node.task_kind and node.minutes is None:
            node.minutes = _default(node)
            node.marks.add("estimated")
    assumed: list[Sketch] = []
    _fit(root, _Around(assumed=assumed))
    return [_assumption(assumed[0])] if assumed else []


def _of_every_day(node: Sketch, days: float | None) -> None:
    """`Weeks 1–2: scales, 20 min a day` takes 20 minutes on each of its 14 days."""
    daily = node.times.per_day
    if node.task_kind and node.minutes is None and daily and days:
        node.minutes = min(round(middle(daily) * days), MOST_MINUTES) or None
    days = (days_of(node) if node.kind in UNITS else None) or days
    for child in node.inside:
        _of_every_day(child, days)


def _assumption(node: Sketch) -> Remark:
    why = say(
        "nobody says how many hours there are: {hours} h a day are assumed where only a length is"
        " stated",
        hours=PACE_MINUTES_A_DAY // 60,
    )
    return Remark(node.line, str(why), why)


def _default(node: Sketch) -> int:
    """By its length in weeks or days where it says one, else by what it is."""
    if node.days:
        return min(max(_STEP, round(node.days * PACE_MINUTES_A_DAY)), MOST_MINUTES)
    if node.times.weeks or node.times.days:
        weeks, days = (middle(each) if each else 0 for each in (node.times.weeks, node.times.days))
        whole = min(days, MOST_WHOLE_DAYS) * HOURS_OF_A_DAY * 60
        long = (weeks * DAYS_OF_A_WEEK + days) * PACE_MINUTES_A_DAY
        return min(round(max(long, whole)), MOST_MINUTES)
    if node.kind == "resource":
        said = dict(reversed(node.details))
        kind = said.get("kind") or said.get("type", "")
        if kind in ("book", "course") and _CHAPTER.search(f"{node.title} {said.get('remark', '')}"):
            return MINUTES_OF_A_CHAPTER
        return MINUTES_OF_RESOURCE.get(kind, 60)
    return MINUTES_OF_TASK[node.task_kind or "study"]


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands around a node: the pace, whether a part around has a time that holds for all
    below it, and whether that one states its minutes itself."""

    pace: Times = NO_TIMES
    timed: bool = False
    stated: bool = False
    assumed: list[Sketch] = field(default_factory=list)


def _fit(node: Sketch, around: _Around, share: int | None = None) -> None:
    """Give the tasks below `node` the minutes that it states, its `share` of what its parent has,
    or what the pace gives for its length."""
    rates = {k: getattr(node.times, k) or getattr(around.pace, k)
             for k in ("per_week", "per_day", "days_a_week")}  # fmt: skip
    pace = Times(**rates)
    said = _said_itself(node)
    if said and node.kind in UNITS | {"skill"}:
        node.minutes = said
    total = said or share
    assumes = total is None and not around.timed and not (pace.weekly or pace.per_day)
    if total is None and not around.timed:
        total = _from_length(node, pace)
    stated = said is not None or (share is not None and around.stated)
    if total and _shared_out(node, total, _Around(pace, True, stated, around.assumed)):
        node.settled = True
        if assumes:
            around.assumed.append(node)
        return
    timed = around.timed or said is not None
    for child in node.inside:
        _fit(child, _Around(pace, timed, assumed=around.assumed))


def _said_itself(node: Sketch) -> int | None:
    """The minutes that a node states for all below it: itself, or as a length and a pace."""
    times = node.times
    if node.kind not in _TIMED or node.task_kind is not None:
        return None
    if node.kind == "route" and times.minutes and middle(times.minutes) < _LEAST_OF_A_ROUTE:
        return None
    if not (times.minutes or (times.weeks and times.weekly) or (times.days and times.per_day)):
        return _of_its_days(node)
    total = round(times.total or 0)
    return total if 0 < total <= MOST_MINUTES else None


def _of_its_days(node: Sketch) -> int | None:
    """`Days 9–14`, in which a line says `8 hours per day`."""
    days = days_of(node) if node.kind == "day" and node.times.per_day else None
    return round(minutes_at(node.times, node, days)) if days else None


def _from_length(node: Sketch, pace: Times) -> int | None:
    """The minutes of a node's days. The route's own length counts where no part names one."""
    if node.kind == "route":
        days = None if any(days_of(below) for below in node.walk()) else node.days
    else:
        days = days_of(node)
    return min(round(minutes_at(pace, node, days)), MOST_MINUTES) if days else None


@dataclass(slots=True)
class _Portion:
    """A task to be timed, or a part that shares its minutes out itself. `least` are the minutes
    that it cannot go below, `weight` is its claim."""

    node: Sketch
    weight: float
    least: int
    part: bool = False
    most: int | None = None
    """What a learner of the stated pace has in the part's own length; None: no limit."""


def _shared_out(node: Sketch, total: int, around: _Around) -> bool:
    """Share `total` out over what `node` asks for; False where nothing is free or too little is
    left for it."""
    by_parts, fixed = _portions(node, around)
    if not by_parts:
        return False
    if _divided(by_parts, total - fixed, around):
        return True
    flat, fixed = _tasks_alone(node)
    return _divided(flat, total - fixed, around)


def _divided(portions: list[_Portion], left: int, around: _Around) -> bool:
    """Give each portion its share of `left` in steps of five minutes, the last what remains; False,
    and nothing done, where that is less than one of them needs."""
    weight = sum(each.weight for each in portions)
    if not portions or weight <= 0:
        return False
    shares: list[int] = []
    due = 0.0
    for each in portions:
        due += left * each.weight / weight
        shares.append(max(each.least, round((due - sum(shares)) / _STEP) * _STEP))
    shares[-1] += left - sum(shares)
    if shares[-1] < max(1, portions[-1].least if portions[-1].part else 1):
        return False
    if left < sum(each.least for each in portions):
        return False
    for each, share in zip(portions, shares, strict=True):
        if each.part:
            _fit(each.node, around, share if each.most is None else min(share, each.most))
        else:
            each.node.minutes = share
    return True


def _portions(node: Sketch, around: _Around) -> tuple[list[_Portion], int]:
    """What is below `node`: its own tasks and the topmost parts with a length or hours of their
    own, and the minutes of all that is settled."""
    portions, fixed, stack = list[_Portion](), 0, list(reversed(node.inside))
    while stack:
        child = stack.pop()
        days, said = days_of(child), _said_itself(child)
        if said:
            _fit(child, around)
        if days or said:
            free, stated = _tasks_alone(child)
            if said or not free:
                fixed += stated + sum(each.node.minutes or 0 for each in free)
            elif days:
                least = stated + sum(each.least for each in free)
                most = _most(child, days, around)
                portions.append(_Portion(child, days * PACE_MINUTES_A_DAY, least, True, most))
            continue
        if _counts(child):
            if "estimated" in child.marks:
                portions.append(_Portion(child, child.minutes or 0, _STEP))
            else:
                fixed += child.minutes or 0
        stack.extend(reversed(child.inside))
    return portions, fixed


def _most(part: Sketch, days: float, around: _Around) -> int | None:
    """Week 2 is a week long, whatever else of its month nobody filled."""
    pace = around.pace
    if around.stated or not (pace.weekly or pace.per_day):
        return None
    return round(minutes_at(pace, part, days))


def _tasks_alone(node: Sketch) -> tuple[list[_Portion], int]:
    """The tasks below that may be timed, and the minutes of all that may not."""
    free, fixed, stack = list[_Portion](), 0, list(reversed(node.inside))
    while stack:
        child = stack.pop()
        if child.settled:
            fixed += sum(each.minutes or 0 for each in child.walk() if _counts(each))
            continue
        if _counts(child):
            if "estimated" in child.marks:
                free.append(_Portion(child, child.minutes or 0, _STEP))
            else:
                fixed += child.minutes or 0
        stack.extend(reversed(child.inside))
    return free, fixed


def _counts(node: Sketch) -> bool:
    """What is done each week or day, nobody knows how long, keeps its default: it takes no share of
    a month, but its minutes again and again."""
    again = "estimated" in node.marks and not node.marks.isdisjoint(RHYTHMS)
    return node.task_kind is not None and "optional" not in node.marks and not again
