"""Do proposed hours fit into what a document states? What is stated stands; the rest is shared out.

Below a part that states its hours, what nobody proposed anything for shares what remains of them.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from zhixing.records import Node
from zhixing.roadmap.naming import RHYTHMS
from zhixing.words import Said, say

_STEP: Final = 5  # shares are multiples of five minutes
_TOO_LITTLE: Final = say("what is stated in it takes more than that")


class Hours:
    """The minutes of a route's tasks while hours are proposed, one after another."""

    def __init__(self, root: Node) -> None:
        self._above = {below.id: node for node in root.walk() for below in node.children}
        self._stated = {
            node.id: node.minutes
            for node in root.walk()
            if node.task_kind is None and node.minutes and "estimated" not in node.marks
        }
        self.minutes = {n.id: n.minutes or 0 for n in root.walk() if n.task_kind is not None}
        self.proposed: dict[str, int] = {}
        """What was proposed and taken: the id of a task or a part -> its minutes."""
        self.told: set[str] = set()
        """The tasks whose minutes follow from what was proposed for them or a part around them."""

    def take(self, node: Node, minutes: int) -> Said | None:
        """Give `node` these minutes; or why that cannot be, and then nothing changes."""
        if _is_beside(node):
            self.minutes[node.id] = self.proposed[node.id] = minutes
            self.told.add(node.id)
            return None
        free, taken = list(self._free(node)), self._taken(node)
        if not free:
            return say("nothing in it asks for time, or the document says how long all of it takes")
        if minutes - taken < len(free):
            return _TOO_LITTLE
        around = self._around(node)
        if around is not None and (why := self._make_room(around, node, free, minutes)):
            return why
        self._share(free, minutes - taken)
        self.proposed[node.id] = minutes
        self.told.update(free)
        return None

    def _around(self, node: Node) -> Node | None:
        """The nearest part above that has its hours."""
        above = self._above.get(node.id)
        while above is not None and above.id not in self._stated | self.proposed:
            above = self._above.get(above.id)
        return above

    def _make_room(
        self, around: Node, node: Node, free: Sequence[str], minutes: int
    ) -> Said | None:
        """Let what is open beside `node` share what remains of the hours around it."""
        whole = (self._stated | self.proposed)[around.id]
        beside = [task for task in self._free(around) if task not in free]
        now = sum(self.minutes[one.id] for one in node.walk() if _counts(one))
        rest = whole - minutes - (self._taken(around, beside) - now)
        if rest < len(beside) or (rest and not beside):
            return say(
                '"{part}" around it takes {hours} h: the rest of it would not fit',
                part=around.title[:60], hours=f"{whole / 60:g}",
            )  # fmt: skip
        self._share(beside, rest)
        return None

    def _free(self, node: Node) -> Iterator[str]:
        """The tasks at and below `node` that nobody timed, outside of parts with their hours."""
        stack = [node]
        while stack:
            one = stack.pop()
            closed = one.id in self.proposed or one.id in self._stated
            if closed and one is not node:
                continue
            if _counts(one) and _is_open(one) and one.id not in self.proposed:
                yield one.id
            stack.extend(reversed(one.children))

    def _taken(self, node: Node, free: Sequence[str] | None = None) -> int:
        """The minutes at and below `node` of all that is not `free`."""
        open_ones = frozenset(self._free(node) if free is None else free)
        counted = (one.id for one in node.walk() if _counts(one))
        return sum(self.minutes[name] for name in counted if name not in open_ones)

    def _share(self, tasks: Sequence[str], total: int) -> None:
        """Share `total` out by what the tasks had, at least a minute each."""
        had = {name: max(1, self.minutes[name]) for name in tasks}
        whole, left = sum(had.values()), total
        for at, name in enumerate(tasks):
            after = len(tasks) - at - 1
            share = round(total * had[name] / whole / _STEP) * _STEP
            self.minutes[name] = left if not after else max(1, min(share, left - after))
            left -= self.minutes[name]


def _counts(node: Node) -> bool:
    return node.task_kind is not None and not _is_beside(node)


def _is_beside(node: Node) -> bool:
    """A task that takes no share of the hours around it."""
    again = not node.marks.isdisjoint(RHYTHMS) and _is_open(node)
    return node.task_kind is not None and ("optional" in node.marks or again)


def _is_open(node: Node) -> bool:
    return node.minutes is None or "estimated" in node.marks


def minutes_proposed(root: Node, proposed: Mapping[str, int]) -> Hours:
    """The hours after these proposals, which were taken before, in their order."""
    hours = Hours(root)
    nodes = {node.id: node for node in root.walk()}
    for name, minutes in proposed.items():
        hours.take(nodes[name], minutes)
    return hours
