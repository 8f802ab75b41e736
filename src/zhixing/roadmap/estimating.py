"""How long does what nobody timed take? Defaults by kind, fitted into what a unit says."""

import re

from zhixing.records import TaskKind
from zhixing.roadmap.roles import (
    MINUTES_OF_A_CHAPTER,
    MINUTES_OF_A_DAY,
    MINUTES_OF_A_WEEK,
    MINUTES_OF_RESOURCE,
    MINUTES_OF_TASK,
)
from zhixing.roadmap.sketch import OWN, UNITS, Sketch
from zhixing.roadmap.spans import HOURS_OF_A_DAY
from zhixing.roadmap.times import (
    MOST_WHOLE_DAYS,
    WEEKS_OF_A_MONTH,
    Times,
    bracketed,
    middle,
)
from zhixing.roadmap.wording import MOST_MINUTES, SECTION

_LEAST_OF_A_ROUTE = 600  # fewer minutes are those of a day or a week
_TIMED = UNITS | {"skill", "route", "note"}
_CHAPTER = re.compile(r"章|\bch(?:apters?|s?\.)\s*\d|\bchapters?\b|\bmodule \d", re.I)
_STEP = 5  # estimates are multiples of five minutes


def tasked(root: Sketch, *, any_unit: bool) -> None:
    """Give every unit something to do: where nothing below it asks, its own words do."""
    for node in list(root.walk()):
        if node.kind in UNITS:
            _settle_own(node)
    for node in list(root.walk()):
        if node.kind in UNITS | {"skill"} and not _asks(node):
            _fall_back(node, any_unit=any_unit)


def _settle_own(node: Sketch) -> None:
    """A task that repeats its unit's words goes where the unit asks for something else."""
    own = [child for child in node.inside if OWN in child.marks]
    others = [child for child in node.inside if OWN not in child.marks]
    if own and any(_asks(child) for child in others):
        node.links += [link for child in own for link in child.links]
        node.inside = others
    for child in own:
        child.marks.discard(OWN)


def _asks(node: Sketch) -> bool:
    return any(below.task_kind for below in node.walk())


def _fall_back(node: Sketch, *, any_unit: bool) -> None:
    """The criteria of a unit are what it asks for; without any, its title is."""
    if any(below.kind in UNITS for below in node.walk() if below is not node):
        return
    criteria = [below for below in node.walk() if below.kind == "criterion"]
    if node.kind == "skill" and not (criteria and any_unit):
        return
    if criteria and node.kind != "skill":
        for each in criteria:
            each.task_kind = "study"
        return
    if node.bare and node.kind != "skill" and _goals_asked(node):
        return
    notes = [child for child in node.inside if child.kind == "note" and not child.inside]
    if node.bare and notes and node.kind != "skill":
        notes[0].kind, notes[0].task_kind = "task", "study"
        stated = bracketed(notes[0].title).total
        notes[0].minutes = round(stated) if stated else None
    elif (node.title and (not node.bare or node.kind == "day")) or node.links:
        kind: TaskKind = "study"
        node.inside.insert(0, Sketch("task", node.title or node.links[0].label, node.line,
                                     links=node.links, task_kind=kind,
                                     marks=node.marks & {"done", "optional"}))  # fmt: skip
        node.links = []


def _goals_asked(node: Sketch) -> bool:
    """Whether lists below heads such as `Goals` were made what a unit asks for."""
    goals = [goal for part in node.inside if SECTION in part.marks for goal in part.inside
             if goal.kind == "note" and not goal.inside]  # fmt: skip
    for goal in goals:
        goal.kind, goal.task_kind = "task", "study"
    return bool(goals)


def estimated(root: Sketch) -> None:
    """Minutes for every task; those that nobody stated carry the mark "estimated"."""
    for node in root.walk():
        if node.minutes is not None and not 0 < node.minutes <= MOST_MINUTES:
            node.minutes = None
        if node.task_kind and node.minutes is None:
            node.minutes = _default(node)
            node.marks.add("estimated")
    _fit(root, Times(), inside=False)


def _default(node: Sketch) -> int:
    """By its length in weeks or days where it says one, else by what it is."""
    if node.times.weeks or node.times.days:
        weeks, days = (middle(each) if each else 0 for each in (node.times.weeks, node.times.days))
        whole = min(days, MOST_WHOLE_DAYS) * HOURS_OF_A_DAY * 60
        minutes = weeks * MINUTES_OF_A_WEEK + max(days * MINUTES_OF_A_DAY, whole)
        return min(round(minutes), MOST_MINUTES)
    if node.kind == "resource":
        said = dict(reversed(node.details))
        kind = said.get("kind") or said.get("type", "")
        if kind in ("book", "course") and _CHAPTER.search(f"{node.title} {said.get('remark', '')}"):
            return MINUTES_OF_A_CHAPTER
        return MINUTES_OF_RESOURCE.get(kind, 60)
    return MINUTES_OF_TASK[node.task_kind or "study"]


def _fit(node: Sketch, around: Times, *, inside: bool) -> None:
    """Scale estimates to the time that a unit states. A total that is said wins over one that
    follows from a pace; `inside`: a unit around says its total."""
    rates = {k: getattr(node.times, k) or getattr(around, k)
             for k in ("per_week", "per_day", "days_a_week")}  # fmt: skip
    here = Times(**rates)
    said = node.times.total if node.kind in _TIMED and _said_itself(node) else None
    if said and node.kind in UNITS | {"skill"}:
        node.minutes = min(round(said), MOST_MINUTES)
    for child in node.inside:
        _fit(child, here, inside=inside or said is not None)
    total = round(said) if said else None if inside else _from_pace(node, here)
    if total:
        node.settled = _scale(node, total)
    elif not inside and node.kind in UNITS:
        _fill_up(node, here)


def _said_itself(node: Sketch) -> bool:
    times = node.times
    if node.kind == "route" and times.minutes and middle(times.minutes) < _LEAST_OF_A_ROUTE:
        return False
    return bool(times.minutes or (times.weeks and times.weekly) or (times.days and times.per_day))


def _from_pace(node: Sketch, here: Times) -> int | None:
    """The length of a unit times the pace around it, in minutes."""
    if node.kind == "day":
        return round(middle(here.per_day)) * _length(node) if here.per_day else None
    weekly = here.weekly
    if node.kind not in UNITS or weekly is None:
        return None
    weeks = middle(node.times.weeks) if node.times.weeks else None
    if node.kind == "week":
        weeks = _length(node)
    elif node.kind == "month":
        weeks = weeks or _length(node) * WEEKS_OF_A_MONTH
    elif node.first is not None:
        weeks = weeks or _length(node)
    return round(middle(weekly) * weeks) if weeks else None


def _fill_up(node: Sketch, here: Times) -> None:
    """Where no pace is known, three lines for `Phase 1 (6 weeks)` are still no three hours' work:
    estimates grow to a low pace of our own, and never shrink to it."""
    if here.weekly or here.per_day or any(b.kind in UNITS for b in node.walk() if b is not node):
        return
    weeks = middle(node.times.weeks) if node.times.weeks else 0
    if not weeks and node.kind in ("week", "month"):
        weeks = _length(node) * (WEEKS_OF_A_MONTH if node.kind == "month" else 1)
    elif not weeks and node.first is not None and node.kind == "stage":
        weeks = _length(node)
    free, fixed = _free_and_fixed(node)
    total = round(weeks * MINUTES_OF_A_WEEK)
    if total > fixed + sum(each.minutes or 0 for each in free):
        node.settled = _scale(node, total)


def _length(node: Sketch) -> int:
    return (node.last or 0) - (node.first or 0) + 1


def _scale(node: Sketch, total: int) -> bool:
    """Estimates below `node` become shares of what stated tasks and settled units leave."""
    free, fixed = _free_and_fixed(node)
    left = total - fixed
    weight = sum(each.minutes or 0 for each in free)
    if not free or left < _STEP * len(free):
        return False
    given, due = 0, 0.0
    for each in free:
        due += left * (each.minutes or 0) / weight
        each.minutes = max(_STEP, round((due - given) / _STEP) * _STEP)
        given += each.minutes
    free[-1].minutes = max(1, (free[-1].minutes or 0) + left - given)
    return True


def _free_and_fixed(node: Sketch) -> tuple[list[Sketch], int]:
    """The tasks below that may be scaled, and the minutes of all that may not."""
    free, fixed, stack = list[Sketch](), 0, list(reversed(node.inside))
    while stack:
        child = stack.pop()
        if child.settled:
            fixed += sum(b.minutes or 0 for b in child.walk() if b.task_kind)
            continue
        if child.task_kind and "optional" not in child.marks:
            if "estimated" in child.marks:
                free.append(child)
            else:
                fixed += child.minutes or 0
        stack.extend(reversed(child.inside))
    return free, fixed
