"""What a stranger's document has said so far: nodes in the making, before numbers and ids."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from zhixing.records import Link, NodeKind, TaskKind
from zhixing.roadmap.dates import Dates
from zhixing.roadmap.roles import Role
from zhixing.roadmap.times import NO_TIMES, Times

OWN = "own"  # the mark of a task that only repeats its unit's words, until it is settled
UNITS: frozenset[NodeKind] = frozenset({"stage", "month", "week", "day"})


@dataclass(slots=True)
class Sketch:
    """A node in the making. `times` is what its own words and lines say of time."""

    kind: NodeKind
    title: str
    line: int
    minutes: int | None = None
    stars: int | None = None
    links: list[Link] = field(default_factory=list)
    inside: list["Sketch"] = field(default_factory=list)
    first: int | None = None
    last: int | None = None
    number: str = ""
    task_kind: TaskKind | None = None
    marks: set[str] = field(default_factory=set)
    details: list[tuple[str, str]] = field(default_factory=list)
    times: Times = NO_TIMES
    days: float | None = None
    """How many days of the calendar it lasts, where its label says so: `Days 8–18`, dates."""
    dates: Dates | None = None
    settled: bool = False
    """The tasks below were fitted into a stated time."""
    bare: bool = False
    """The title is only the unit's label: there are no words to make a task of."""

    def walk(self) -> Iterator["Sketch"]:
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack += reversed(node.inside)

    def detail(self, name: str, words: str) -> None:
        """Remember what is said besides."""
        name, words = " ".join(name.split()), " ".join(words.split())
        if name and words:
            self.details.append((name, words))

    def timed(self, times: Times) -> None:
        """Statements of time that are not made yet; the first of each sort counts."""
        if times is NO_TIMES or times == NO_TIMES:
            return
        if self.times is NO_TIMES:
            self.times = times
            return
        fresh = {k: v for k, v in times._asdict().items() if getattr(self.times, k) is None}
        self.times = self.times._replace(**fresh)


class Around(NamedTuple):
    """What stands around a block: the node that time is said of, its role, and what it asks."""

    owner: Sketch
    role: Role | None = None
    unit: NodeKind | None = None
    asks: bool = False
    """Whether items here are things to do."""
    quiet: bool = False
    """Advice, tools, a template: nothing below asks for anything, whatever its heads say."""
    units: bool = True
    """Whether units may stand here."""

    def under(self, owner: Sketch) -> "Around":
        """Inside a unit or a skill."""
        unit = owner.kind if owner.kind in UNITS else self.unit
        return self._replace(owner=owner, unit=unit, role=None, asks=not self.quiet)
