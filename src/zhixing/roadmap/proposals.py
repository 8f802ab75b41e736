"""What may a model add to an imported route? Names, hours and order for nodes that are there.

A model reads the document's tree and proposes; this decides. Nothing else gets in: no node, no
address, no circle, no hours that cannot be. What is accepted is shown to the learner as a change.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from zhixing.records import Node, Route
from zhixing.roadmap.fitting import Hours
from zhixing.words import Said, say

MOST_HOURS: Final = 400.0
"""Of one node: half a year of evenings."""
LONGEST_ALIAS: Final = 80
MOST_ALIASES: Final = 4
"""Of one node."""
MOST_WAITS: Final = 20_000
"""Pairs of tasks of which one waits for the other, over all proposals."""
KEYS: Final[Mapping[str, str]] = {"alias": "alias", "hours": "hours", "prerequisite": "needs"}
"""Under which key each kind of proposal carries its value."""

_ADDRESS: Final = re.compile(
    r"[a-z][a-z0-9+.-]*://|\bwww\.|\b(?:mailto|javascript|data):|\]\(|<[a-z/!]"
    r"|\b[\w-]+\.(?:com|org|net|io|ai|dev|edu|gov|cn|top|xyz|app|me|co)\b(?:/|$|\s)",
    re.I,
)
_ONE_LINE: Final = re.compile(
    r"[^\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufeff]*"
)


class Twice(dict[str, object]):
    """A table of JSON that holds a key twice: which of the two values is meant, nobody knows."""

    key = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """An accepted one: `value` is an alias, the minutes, or the id of the node to do first."""

    node: str
    kind: Literal["alias", "hours", "prerequisite"]
    value: str | int

    def as_table(self) -> Mapping[str, str | float]:
        """As it is proposed: what `validate` reads."""
        value = self.value / 60 if isinstance(self.value, int) else self.value
        return {"node": self.node, "kind": self.kind, KEYS[self.kind]: value}


@dataclass(frozen=True, slots=True)
class Refusal:
    """A proposal as it came, and why it is not taken."""

    proposal: object
    why: Said


@dataclass(slots=True)
class _Order:
    """What must be over before what begins, as far as accepted."""

    parents: Mapping[str, str]
    children: Mapping[str, tuple[str, ...]]
    needs: dict[str, list[str]] = field(default_factory=dict)

    def closes_circle(self, node: str, first: str) -> bool:
        """Whether `first` cannot be over before `node` begins.

        A node ends after it began and after its children ended; it begins after its parent began
        and after what it needs ended.
        """
        waiting, seen = [(first, "end")], set[tuple[str, str]]()
        while waiting:
            at = waiting.pop()
            if at == (node, "begin"):
                return True
            if at in seen:
                continue
            seen.add(at)
            name, moment = at
            if moment == "end":
                waiting += [(name, "begin"), *((one, "end") for one in self.children[name])]
            else:
                waiting += [(one, "end") for one in self.needs.get(name, ())]
                if name in self.parents:
                    waiting.append((self.parents[name], "begin"))
        return False


@dataclass(slots=True)
class _Taken:
    """What was accepted so far, and what that leaves room for."""

    nodes: Mapping[str, Node]
    order: _Order
    hours: Hours
    accepted: dict[Proposal, None] = field(default_factory=dict)
    aliases: Counter[str] = field(default_factory=Counter)
    waits: int = 0

    def take(self, new: Proposal) -> Said | None:
        """Accept it; or why it cannot stand beside those accepted before."""
        if new in self.accepted:
            return say("it was proposed before")
        if new.kind == "alias":
            why = self._alias(new)
        elif new.kind == "hours":
            why = self._hours(new)
        else:
            why = self._wait(new)
        if why is None:
            self.accepted[new] = None
        return why

    def _alias(self, new: Proposal) -> Said | None:
        if self.nodes[new.node].title.casefold() == str(new.value).casefold():
            return say("it is called so already")
        if self.aliases[new.node] >= MOST_ALIASES:
            return say("{n} other names were proposed before", n=MOST_ALIASES)
        self.aliases[new.node] += 1
        return None

    def _hours(self, new: Proposal) -> Said | None:
        if new.node in self.hours.proposed:
            return say("other hours were proposed before")
        return self.hours.take(self.nodes[new.node], int(new.value))

    def _wait(self, new: Proposal) -> Said | None:
        first = str(new.value)
        if self.order.closes_circle(new.node, first):
            return say("it would close a circle: each would wait for the other")
        waits = _tasks_in(self.nodes[new.node]) * _tasks_in(self.nodes[first])
        if not waits:
            return say("one of the two asks for nothing: there is nothing to wait for")
        if self.waits + waits > MOST_WAITS:
            return say("this would make too many tasks wait for too many: name smaller parts")
        self.waits += waits
        self.order.needs.setdefault(new.node, []).append(first)
        return None


def validate(
    proposals: Iterable[object], route: Route
) -> tuple[tuple[Proposal, ...], tuple[Refusal, ...]]:
    """What of a model's proposals may be taken, in their order, and what may not, with reasons.

    A proposal is `{"node": id, "kind": "alias", "alias": "…"}`, or of kind hours with `hours`, or
    of kind prerequisite with `needs`, the id of the node that comes first. Ids of tasks may lack
    the route before them. Of proposals that contradict one another the first is taken.
    """
    nodes = {node.id: node for node in route.root.walk()}
    children = {name: tuple(one.id for one in node.children) for name, node in nodes.items()}
    order = _Order({one: name for name, below in children.items() for one in below}, children)
    taken = _Taken(nodes, order, Hours(route.root))
    refused: list[Refusal] = []
    for proposal in proposals:
        read = _read(proposal, nodes, route.id)
        why = taken.take(read) if isinstance(read, Proposal) else read
        if why is not None:
            refused.append(Refusal(proposal, why))
    return tuple(taken.accepted), tuple(refused)


def _tasks_in(node: Node) -> int:
    return sum(one.task_kind is not None for one in node.walk())


def _read(proposal: object, nodes: Mapping[str, Node], route: str) -> Proposal | Said:
    """The proposal by itself, or why it cannot be one."""
    if isinstance(proposal, Twice):
        return say('the key "{key}" stands twice', key=proposal.key[:40])
    if not isinstance(proposal, Mapping):
        return say("a proposal is a table with node, kind and a value")
    kind = proposal.get("kind")
    if not isinstance(kind, str) or kind not in KEYS:
        return say("only aliases, hours and prerequisites may be proposed")
    if set(proposal) != {"node", "kind", KEYS[kind]}:
        return say("it must hold node, kind and {key}, nothing else", key=KEYS[kind])
    name = _named(proposal.get("node"), nodes, route)
    if not name:
        return say("no node of the document has this id")
    value = proposal[KEYS[kind]]
    if kind == "alias":
        return _alias(name, value)
    if kind == "hours":
        return _hours(nodes[name], value)
    first = _named(value, nodes, route)
    if not first:
        return say("no node of the document has the id of what comes first")
    return Proposal(name, "prerequisite", first)


def _named(said: object, nodes: Mapping[str, Node], route: str) -> str:
    """The id that is meant, "" for none: a task may be called without its route."""
    if not isinstance(said, str):
        return ""
    return next((name for name in (said, f"{route}/{said}") if name in nodes), "")


def _alias(name: str, value: object) -> Proposal | Said:
    if not isinstance(value, str) or not value.strip():
        return say("an alias is a few words")
    if len(value) > LONGEST_ALIAS or not _ONE_LINE.fullmatch(value):
        return say("an alias is one short line of plain text")
    if _ADDRESS.search(value):
        return say("an alias may not hold an address")
    return Proposal(name, "alias", " ".join(value.split()))


def _hours(node: Node, value: object) -> Proposal | Said:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return say("hours are a number")
    if not 0 < value <= MOST_HOURS:  # neither is true of nan
        return say("hours lie above 0 and are at most {most}", most=int(MOST_HOURS))
    if node.minutes is not None and "estimated" not in node.marks:
        return say("the document itself says how long this takes")
    minutes = round(value * 60)
    return Proposal(node.id, "hours", minutes) if minutes else say("this is less than a minute")
