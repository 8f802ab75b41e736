"""Where does each task stand in the author's order, and which tasks belong together?

Two ties hold tasks in order. Needs are hard: a task comes after all that it needs. Strands are the
author's order among tasks that share a skill or a lab, among the projects of a week, and on one day
of the route the study before its lab and notes. A task `gives` to the later tasks that `take` from
the same strand. Within a week of the route strands are as hard as needs.

A route of which the catalog knows few needs, as one that was brought in, has only the author's
order to hold it together: there every task keeps its turn, and a week's tasks share a strand.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from zhixing.planner.slack import is_extra
from zhixing.planner.ties import Tied, Ties
from zhixing.records import Route, Task

DAY = "day:"
"""How the strand of a day of the route begins, and that of a week where tasks keep their turn; the
others are skills and labs."""
PROJECTS = "projects:"
"""How the strand of a week's projects begins: the parts of one are tasks of that kind."""
KNOWN_ENOUGH = 0.5
"""The share of a route's tasks with known needs from which on those needs hold it together."""


@dataclass(slots=True)
class Seats:
    """The seats of a route's tasks: their `places` in its order; `blocks` number the weekday work
    together with the weekend practice after it. `in_turn` = only the author's order is known."""

    tasks: Mapping[str, Task]
    places: Mapping[str, int]
    blocks: Mapping[str, int]
    in_turn: bool = False
    ties: Ties = field(default_factory=Ties)
    _strands: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = field(default_factory=dict)
    _needs: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def place(self, task: str) -> int:
        """Its place in the order; after all others for a task that the route does not know."""
        return self.places.get(task, len(self.places))

    def weekend(self, task: str) -> bool:
        found = self.tasks.get(task)
        return found is not None and found.weekend

    def subject(self, task: str) -> str:
        found = self.tasks.get(task)
        return found.subject if found else ""

    def needs(self, task: str) -> tuple[str, ...]:
        """The tasks of the route to finish before it; nothing waits for optional or recurring
        work."""
        known = self._needs.get(task)
        if known is None:
            mine = self.place(task)
            named = self.tasks[task].needs if task in self.tasks else ()
            known = tuple(n for n in named if self.place(n) < mine and not is_extra(self.tasks[n]))
            self._needs[task] = known
        return known

    def of_one_week(self, one: str, other: str) -> bool:
        """Whether the author has both in the same week."""
        tasks = self.tasks
        if one not in tasks or other not in tasks:
            return False
        return 0 < tasks[one].week == tasks[other].week

    def tie(self, task: str) -> None:
        """See to it that `ties` know the task."""
        if task in self.ties.known:
            return
        found, (gives, takes) = self.tasks.get(task), self._ends(task)
        week, weekend = (found.week, found.weekend) if found else (0, False)
        block, needs = self.blocks.get(task, 0), self.needs(task)
        hard = frozenset(strand for strand in takes if strand.startswith(DAY))
        place = self.place(task)
        self.ties.add(Tied(task, place, week, block, weekend, needs, gives, takes, hard))

    def gives(self, task: str) -> tuple[str, ...]:
        """The strands on which later tasks wait for it."""
        return self._ends(task)[0]

    def takes(self, task: str) -> tuple[str, ...]:
        """The strands on which it waits for earlier tasks; the route's day, if any, comes last."""
        return self._ends(task)[1]

    def _ends(self, task: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        known = self._strands.get(task)
        if known is None:
            known = self._tied(self.tasks[task]) if task in self.tasks else ((), ())
            self._strands[task] = known
        return known

    def _tied(self, task: Task) -> tuple[tuple[str, ...], tuple[str, ...]]:
        gives, takes = _strands(task)
        if not self.in_turn or is_extra(task):
            return gives, takes
        week = f"{DAY}{task.stage}.{task.week}.{task.weekend:d}"
        return (week, *gives), (week, *takes)


def seats_of(route: Route) -> Seats:
    """The seats of all tasks of `route`, which stand in an order that meets their needs
    (`wanted`)."""
    tasks: dict[str, Task] = {}
    places: dict[str, int] = {}
    blocks: dict[str, int] = {}
    block, after_weekend = 0, False
    for place, task in enumerate(route.tasks):
        name = task.id
        tasks[name] = task
        places[name] = place
        if not (task.optional or task.recurring):
            if after_weekend and not task.weekend:
                block += 1
            after_weekend = task.weekend
        blocks[name] = block
    return Seats(tasks, places, blocks, _is_in_turn(route))


def _is_in_turn(route: Route) -> bool:
    tasks = [task for task in route.tasks if not is_extra(task)]
    return sum(bool(task.needs) for task in tasks) < KNOWN_ENOUGH * len(tasks)


def _strands(task: Task) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What a task gives to, and what it takes from."""
    if is_extra(task):
        return (), ()
    found = []
    for link in task.links:
        kind, _, name = link.url.partition(":")
        if kind == "lab":
            found.append("lab:" + name.partition("#")[0])
        elif kind == "skill":
            found.append(link.url)
    if task.kind == "project" and task.week > 0:
        found.append(f"{PROJECTS}{task.week}")
    strands = tuple(dict.fromkeys(found))
    if not (task.week > 0 and task.day > 0):
        return strands, strands
    day = f"{DAY}{task.week}.{task.day}.{task.weekend:d}"
    if task.kind == "study":
        return (*strands, day), strands
    return strands, (*strands, day)
