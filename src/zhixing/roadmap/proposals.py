"""What may a model add to an imported route? Names, hours and order for nodes that are there.

A model reads the document's tree and proposes; this decides. Nothing else gets in: no node, no
address, no circle, no hours that cannot be. What is accepted is shown to the learner as a change.
"""

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from zhixing.records import Node, Route
from zhixing.words import Said, say

MOST_HOURS: Final = 400.0
"""Of one node: half a year of evenings."""
LONGEST_ALIAS: Final = 80
KEYS: Final[Mapping[str, str]] = {"alias": "alias", "hours": "hours", "prerequisite": "needs"}
"""Under which key each kind of proposal carries its value."""

_ADDRESS: Final = re.compile(
    r"[a-z][a-z0-9+.-]*://|\bwww\.|\b(?:mailto|javascript|data):|\]\(|<[a-z/!]"
    r"|\b[\w-]+\.(?:com|org|net|io|ai|dev|edu|gov|cn|top|xyz|app|me|co)\b(?:/|$|\s)",
    re.I,
)
_ONE_LINE: Final = re.compile(r"[^\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]*")


@dataclass(frozen=True, slots=True)
class Proposal:
    """An accepted one: `value` is an alias, the minutes, or the id of the node to do first."""

    node: str
    kind: Literal["alias", "hours", "prerequisite"]
    value: str | int


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


def validate(
    proposals: Iterable[object], route: Route
) -> tuple[tuple[Proposal, ...], tuple[Refusal, ...]]:
    """What of a model's proposals may be taken, in their order, and what may not, with reasons.

    A proposal is `{"node": id, "kind": "alias", "alias": "…"}`, or of kind hours with `hours`, or
    of kind prerequisite with `needs`, the id of the node that comes first. Of proposals that
    contradict one another the first is taken.
    """
    nodes = {node.id: node for node in route.root.walk()}
    children = {name: tuple(one.id for one in node.children) for name, node in nodes.items()}
    order = _Order({one: name for name, below in children.items() for one in below}, children)
    accepted: dict[tuple[str, str, str | int], Proposal] = {}
    refused: list[Refusal] = []
    for proposal in proposals:
        read = _read(proposal, nodes)
        if isinstance(read, Proposal):
            why = _clash(read, accepted.values(), order)
            if why is None:
                accepted[(read.node, read.kind, read.value)] = read
                if read.kind == "prerequisite":
                    order.needs.setdefault(read.node, []).append(str(read.value))
                continue
            read = why
        refused.append(Refusal(proposal, read))
    return tuple(accepted.values()), tuple(refused)


def _read(proposal: object, nodes: Mapping[str, Node]) -> Proposal | Said:
    """The proposal by itself, or why it cannot be one."""
    if not isinstance(proposal, Mapping):
        return say("a proposal is a table with node, kind and a value")
    kind, name = proposal.get("kind"), proposal.get("node")
    if not isinstance(kind, str) or kind not in KEYS:
        return say("only aliases, hours and prerequisites may be proposed")
    if set(proposal) != {"node", "kind", KEYS[kind]}:
        return say("it must hold node, kind and {key}, nothing else", key=KEYS[kind])
    if not isinstance(name, str) or name not in nodes:
        return say("no node of the document has this id")
    value = proposal[KEYS[kind]]
    if kind == "alias":
        return _alias(name, value)
    if kind == "hours":
        return _hours(nodes[name], value)
    if not isinstance(value, str) or value not in nodes:
        return say("no node of the document has the id of what comes first")
    return Proposal(name, "prerequisite", value)


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
    if not math.isfinite(value) or not 0 < value <= MOST_HOURS:
        return say("hours lie above 0 and are at most {most}", most=int(MOST_HOURS))
    if node.minutes is not None and "estimated" not in node.marks:
        return say("the document itself says how long this takes")
    minutes = round(value * 60)
    return Proposal(node.id, "hours", minutes) if minutes else say("this is less than a minute")


def _clash(new: Proposal, accepted: Iterable[Proposal], order: _Order) -> Said | None:
    """Why it cannot stand beside those accepted before; None if it can."""
    for old in accepted:
        if old == new:
            return say("it was proposed before")
        if old.node == new.node and old.kind == new.kind == "hours":
            return say("other hours were proposed before")
    if new.kind == "prerequisite" and order.closes_circle(new.node, str(new.value)):
        return say("it would close a circle: each would wait for the other")
    return None
