"""Does every unit ask for something? Where no line below it does, its criteria or its words do."""

import re

from zhixing.records import TaskKind
from zhixing.roadmap.rests import is_rest
from zhixing.roadmap.sketch import OWN, UNITS, Sketch
from zhixing.roadmap.times import bracketed
from zhixing.roadmap.wording import SECTION

_LEAST_DAYS = 3
_CHECKLIST = re.compile(r"check[- ]?list|清单|自查|检查表", re.I)


def tasked(root: Sketch, *, any_unit: bool) -> None:
    """Give every unit something to do: where nothing below it asks, its own words do."""
    for node in list(root.walk()):
        if node.kind in UNITS:
            _rested(node)
            _supported(node)
            _settle_own(node)
    for node in list(root.walk()):
        if node.kind in UNITS | {"skill"} and not _asks(node):
            _fall_back(node, any_unit=any_unit)


def _rested(node: Sketch) -> None:
    """What says nothing but rest is no task: alone in its unit, or by more than one word."""
    tasks = [below for below in node.walk() if below.task_kind]
    for task in tasks:
        alone = len(tasks) == 1 or (node.kind == "day" and task.title.lower() in ("off", "rest"))
        if task.kind == "task" and is_rest(task.title, whole=alone):
            task.kind, task.task_kind, task.minutes = "note", None, None
            task.marks.discard(OWN)


def _supported(week: Sketch) -> None:
    """Beside days that all state their hours, `资源：…` is what they are spent with; a checklist is
    what they come to."""
    days = [child for child in week.inside if child.kind == "day"]
    if week.kind != "week" or len(days) < _LEAST_DAYS:
        return
    if all(day.minutes or day.times.total for day in days):
        for child in week.inside:
            if child.kind == "resource" and child.minutes is None:
                child.task_kind = None
            if child.kind == "note" and _CHECKLIST.search(child.title):
                for each in child.inside:
                    if each.kind == "task" and each.minutes is None:
                        each.kind, each.task_kind = "criterion", None


def _settle_own(node: Sketch) -> None:
    """A task that repeats its unit's words goes where the unit asks for something else."""
    own = [child for child in node.inside if OWN in child.marks]
    others = [child for child in node.inside if OWN not in child.marks]
    if own and any(_asks(child) for child in others):
        node.links += [link for child in own for link in child.links]
        for child in own:
            node.timed(child.times.rates)
        node.inside = others
    for child in own:
        child.marks.discard(OWN)


def _asks(node: Sketch) -> bool:
    return any(below.task_kind for below in node.walk())


def _fall_back(node: Sketch, *, any_unit: bool) -> None:
    """The criteria of a unit are what it asks for; without any, its title is."""
    if any(below.kind in UNITS for below in node.walk() if below is not node):
        return
    if any(is_rest(each.title, whole=True) for each in (node, *node.inside)):
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
