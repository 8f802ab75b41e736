"""What happened? The only thing that is stored."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as made
from datetime import date, datetime
from typing import Literal

from zhixing.records.plans import Plan, Profile
from zhixing.records.routes import Mend
from zhixing.records.verdicts import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """Append-only. `at` is aware UTC."""

    id: str
    learner: str
    at: datetime
    schema: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileSet(Happening):
    profile: Profile


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteImported(Happening):
    """A roadmap of the learner's own, as they gave it. `matches` is what they confirmed: the id of
    a node of it -> what that is in the catalog (`skill:x`, `lab:x`, `res:x`); `mends` is what they
    say of a node in place of the document; `proposals` are the names, hours and order that somebody
    else proposed and that were taken."""

    route: str
    text: str
    sha: str
    matches: Mapping[str, str] = made(default_factory=dict)
    done_again: bool = False
    """What the text marks as done is planned all the same."""
    mends: Mapping[str, Mend] = made(default_factory=dict)
    proposals: tuple[Mapping[str, str | float], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanAccepted(Happening):
    plan: Plan
    because: str
    replaces: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskStarted(Happening):
    task: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskDone(Happening):
    """`minutes` is the time it took: measured by the timer, or said by the learner, or None. `on`
    is set where one time alone is done of work that comes back: the day it stood on in the plan."""

    task: str
    minutes: int | None = None
    by: Literal["learner", "lab", "self-review"] = "learner"
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskSkipped(Happening):
    task: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteSaved(Happening):
    task: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt(Happening):
    """An answer and its verdict. `counted` is False for re-runs with a given seed."""

    lab: str
    part: str | None
    answer: str
    verdict: Verdict
    counted: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class HintTaken(Happening):
    lab: str
    check: str
    rung: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CellRan(Happening):
    """The learner ran the cell of a brief or an essay (`reference`: brief:id, lab:id). Nothing is
    judged; what it printed is there for an essay to quote."""

    reference: str
    source: str
    output: str
    finished: bool
    cpu_seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class EssayHandedIn(Happening):
    """A text and what its writer says of it: `ratings[item]` is yes, partly or no. `complete` is
    what a machine could count in it; whether it is good is the writer's own word."""

    lab: str
    text: str
    ratings: Mapping[str, str]
    complete: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class QuizAnswered(Happening):
    item: str
    skill: str
    answer: str
    correct: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CardReviewed(Happening):
    card: str
    rating: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked(Happening):
    question: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Replied(Happening):
    asked: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone(Happening):
    """Takes back the effect of an earlier happening; both stay written."""

    what: str
