"""Where does each task stand in the author's order, and which tasks belong together?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from zhixing.planner.slack import is_extra
from zhixing.records import Route, Task


@dataclass(frozen=True, slots=True)
class Seat:
    """A task's place in the author's order. Weekday work and the weekend practice that follows it
    have one `block` number; `chains` are the skills and labs that its links name."""

    place: int
    block: int
    weekend: bool
    chains: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Seats:
    """The seats of a route's tasks. A task that the route does not know comes last."""

    seats: Mapping[str, Seat]
    members: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

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

    def _related(self, seat: Seat) -> Iterable[str]:
        return (other for chain in seat.chains for other in self.members.get(chain, ()))


def seats_of(route: Route) -> Seats:
    """The seats of all tasks of `route`; extras do not begin a block."""
    seats: dict[str, Seat] = {}
    members: dict[str, tuple[str, ...]] = {}
    block, after_weekend = 0, False
    for place, task in enumerate(route.tasks):
        if not is_extra(task):
            block += after_weekend and not task.weekend
            after_weekend = task.weekend
        seats[task.id] = Seat(place, block, task.weekend, _chains(task))
        for chain in seats[task.id].chains:
            members[chain] = (*members.get(chain, ()), task.id)
    return Seats(seats, members)


def _chains(task: Task) -> frozenset[str]:
    """The skills and labs a task names: parts of one lab share it."""
    labs = (f"lab:{name.partition('#')[0]}" for name in task.references("lab"))
    return frozenset([*labs, *(f"skill:{name}" for name in task.references("skill"))])
