"""What does a document ask? A route, its nodes and tasks, and what was understood of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from zhixing.words import Language, Said

TaskKind = Literal[
    "study", "lab", "essay", "note", "quiz", "project", "paper", "review", "interview"
]


NodeKind = Literal[
    "route", "stage", "month", "week", "day", "skill", "task", "resource", "project",
    "criterion", "milestone", "rule", "note",
]  # fmt: skip


Entrance = Literal["", "nothing", "code", "deep-learning"]
"""What a route takes for granted, from less to more: nothing, that one writes functions, that one
has trained networks; "" = it does not say."""


@dataclass(frozen=True, slots=True)
class Link:
    """`url` is a web address or a reference such as `lab:la-svd-image#svd`."""

    url: str
    label: str


@dataclass(frozen=True, slots=True)
class Node:
    """One thing a document says; `line` is 1-based, `minutes` None = not stated."""

    kind: NodeKind
    id: str
    title: str
    line: int
    minutes: int | None = None
    stars: int | None = None
    links: tuple[Link, ...] = ()
    children: tuple["Node", ...] = ()
    first: int | None = None
    last: int | None = None
    task_kind: TaskKind | None = None
    marks: frozenset[str] = frozenset()
    details: tuple[tuple[str, str], ...] = ()
    """What a table or a list says besides, as (name, words): ("type", "video"), ("language", "zh"),
    ("free", "30 h a week") … Ratings are `stars`."""

    def walk(self) -> Iterator["Node"]:
        """This node and all below it, in document order."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(node.children))


@dataclass(frozen=True, slots=True)
class Task:
    """One line of a route that takes time. `week` and `day` give order, never dates.

    `weekend` says that the author put it on a weekend. `recurring` is "", "daily", "weekly" or
    "monthly". What a catalog knows of a task is joined to it before planning: `needs` are tasks to
    finish first, `subject` is the field of its skill, `stars` how important that is (0 = unknown).
    """

    id: str
    kind: TaskKind
    title: str
    minutes: int
    links: tuple[Link, ...] = ()
    stage: str = ""
    week: int = 0
    day: int = 0
    weekend: bool = False
    optional: bool = False
    recurring: str = ""
    done: bool = False
    line: int = 0
    needs: tuple[str, ...] = ()
    subject: str = ""
    stars: int = 0
    core: bool = False
    """Never dropped when time is short."""
    estimated: bool = False
    """Nobody stated the minutes."""
    time_of_day: str = ""
    """"morning", "afternoon", "evening", or "" = any."""

    def references(self, kind: str) -> tuple[str, ...]:
        """What the links of one kind name: references("lab") -> ("la-svd-image#svd",)."""
        prefix = kind + ":"
        return tuple(k.url.removeprefix(prefix) for k in self.links if k.url.startswith(prefix))


@dataclass(frozen=True, slots=True)
class Route:
    """Stages → units → tasks, in order, towards a goal. In one language.

    `level` is the entrance, `expects` and `ends_in` are its author's words for what one brings and
    what one has at the end; "" where a route does not say.
    """

    id: str
    language: Language
    title: str
    root: Node
    tasks: tuple[Task, ...]
    pace_minutes_per_week: int | None = None
    directions: tuple[str, ...] = ()
    level: Entrance = ""
    expects: str = ""
    ends_in: str = ""

    def task(self, task_id: str) -> Task | None:
        return next((task for task in self.tasks if task.id == task_id), None)


@dataclass(frozen=True, slots=True)
class Remark:
    """A line of a document and what is to be said about it.

    `text` quotes the line, or says in English what contradicts; `why` is the sentence for people.
    """

    line: int
    text: str
    why: Said | None = None


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What compiling a document found. Nothing is dropped in silence."""

    understood: int
    not_understood: tuple[Remark, ...] = ()
    contradictions: tuple[Remark, ...] = ()
    assumed: tuple[Remark, ...] = ()
    """What the document leaves open and was filled in, such as the hours of a day."""


@dataclass(frozen=True, slots=True)
class Match:
    """What a node of somebody's roadmap is in our catalog, for the learner to confirm.

    `words` are those of the node that were recognised; `reference` is "skill:x", "lab:x" or
    "res:x"; `score` is 0 to 1, and 1 where nothing had to be guessed.
    """

    node: str
    line: int
    words: str
    reference: str
    score: float
    why: Literal["url", "title", "alias", "similar"]


@dataclass(frozen=True, slots=True)
class Mend:
    """What a learner says of one line of their roadmap, in place of what was read there.

    None is as it was read. `kind` "" says that neither the line nor what stands in it is a task.
    `line` is that of the node: a mend holds only where the node still begins on it.
    """

    line: int
    title: str | None = None
    minutes: int | None = None
    kind: TaskKind | Literal[""] | None = None
