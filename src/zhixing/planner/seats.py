"""Where does each task stand in the author's order, and which tasks belong together?"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from zhixing.planner.slack import is_extra
from zhixing.records import Route, Task


@dataclass(frozen=True, slots=True)
class Seat:
    """A task's place in the author's order. Weekday work and the weekend practice that follows it
    have one `block` number; `chains` are the skills and labs that its links name; `day` is its
    week and day in the route, None where the route has no weeks."""

    place: int
    block: int
    weekend: bool
    chains: frozenset[str] = frozenset()
    study: bool = False
    day: tuple[int, int, bool] | None = None


@dataclass(frozen=True, slots=True)
class Seats:
    """The seats of a route's tasks. A task that the route does not know comes last.

    `members` names the tasks of each chain, `blocks` those of a block's weekdays or weekend: all in
    the author's order and without extras (optional, recurring), which nothing waits for. `days`
    names the tasks of each day of the route, likewise.
    """

    seats: Mapping[str, Seat]
    members: Mapping[str, Sequence[str]]
    blocks: Mapping[tuple[int, bool], Sequence[str]]
    days: Mapping[tuple[int, int, bool], Sequence[str]]

    def of(self, task: str) -> Seat:
        return self.seats.get(task) or Seat(len(self.seats), 0, False)

    def before(self, task: str) -> set[str]:
        """The earlier tasks that share a skill or a lab with `task`."""
        mine = self.of(task)
        return {other for other in self._related(mine) if self.of(other).place < mine.place}

    def after(self, task: str) -> set[str]:
        """The later tasks that share a skill or a lab with `task`."""
        mine = self.of(task)
        return {other for other in self._related(mine) if self.of(other).place > mine.place}

    def studied_before(self, task: str) -> set[str]:
        """The study tasks of the same route day that the author put before `task`."""
        mine = self.of(task)
        mates = self.days.get(mine.day, ()) if mine.day else ()
        return {m for m in mates if self.of(m).study and self.of(m).place < mine.place}

    def practised_after(self, task: str) -> set[str]:
        """What the author put after a study task on its route day: its lab, its notes."""
        mine = self.of(task)
        mates = self.days.get(mine.day, ()) if mine.day and mine.study else ()
        return {m for m in mates if self.of(m).place > mine.place}

    def _related(self, seat: Seat) -> Iterable[str]:
        return (other for chain in seat.chains for other in self.members.get(chain, ()))


def seats_of(route: Route) -> Seats:
    """The seats of all tasks of `route`."""
    seats: dict[str, Seat] = {}
    members: defaultdict[str, list[str]] = defaultdict(list)
    blocks: defaultdict[tuple[int, bool], list[str]] = defaultdict(list)
    days: defaultdict[tuple[int, int, bool], list[str]] = defaultdict(list)
    block, after_weekend = 0, False
    for place, task in enumerate(route.tasks):
        if is_extra(task):
            seats[task.id] = Seat(place, block, task.weekend)
            continue
        block += after_weekend and not task.weekend
        after_weekend = task.weekend
        seat = Seat(place, block, task.weekend, _chains(task), task.kind == "study", _day(task))
        seats[task.id] = seat
        blocks[block, task.weekend].append(task.id)
        for chain in seat.chains:
            members[chain].append(task.id)
        if seat.day is not None:
            days[seat.day].append(task.id)
    return Seats(seats, members, blocks, days)


def _day(task: Task) -> tuple[int, int, bool] | None:
    return (task.week, task.day, task.weekend) if task.week > 0 and task.day > 0 else None


def _chains(task: Task) -> frozenset[str]:
    """The skills and labs a task names: parts of one lab share it."""
    labs = (f"lab:{name.partition('#')[0]}" for name in task.references("lab"))
    return frozenset([*labs, *(f"skill:{name}" for name in task.references("skill"))])
