"""Does every unit ask for something? Where no line below it does, its criteria or its words do."""

from zhixing.records import TaskKind
from zhixing.roadmap.sketch import OWN, UNITS, Sketch
from zhixing.roadmap.times import bracketed
from zhixing.roadmap.wording import SECTION


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
