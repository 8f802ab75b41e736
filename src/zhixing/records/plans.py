"""Who learns, and what stands on which day?"""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as made
from datetime import date
from typing import Literal

from zhixing.records.routes import TaskKind
from zhixing.words import Language


@dataclass(frozen=True, slots=True)
class Profile:
    """A learner's time. `minutes` are Monday to Sunday, all of it, `reserve` included."""

    route: str
    start: date
    minutes: tuple[int, int, int, int, int, int, int]
    language: Language = "zh"
    days_off: frozenset[date] = frozenset()
    reserve: float = 0.15
    direction: str | None = None
    deadline: date | None = None
    more_routes: tuple[str, ...] = ()
    """Routes that follow the first one, in order; what they share is done once."""
    blocks: tuple[tuple[tuple[int, int], ...], ...] = ()
    """For Monday to Sunday, (minute of the day, minutes) of each block; () = no clock times."""
    holidays: str | None = None
    """The country whose public holidays are days off: "CN", "DE" … None = none."""
    emphasis: Literal["as-written", "maths-first", "practice-first"] = "as-written"
    known: frozenset[str] = frozenset()
    """Skills held before: their study is left out, one lab of each stays as a check."""
    pins: Mapping[str, date] = made(default_factory=dict)
    """Tasks that must stand on one date."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A task, or a share of one, on one day. `if_time` work (optional, recurring) stands in minutes
    that nothing else needs: missing it delays nothing."""

    task: str
    kind: TaskKind
    minutes: int
    if_time: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    """A dated day: its pieces, and minutes kept for review and slack."""

    date: date
    pieces: tuple[Piece, ...]
    reserve: int = 0

    @property
    def minutes(self) -> int:
        return sum(piece.minutes for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Plan:
    """Pieces of tasks on dated days. `lower_bound` is the first day on which the study minutes
    fit at all: no plan of the same tasks can finish earlier."""

    route: str
    days: tuple[Day, ...]
    finish: date
    lower_bound: date
    dropped: tuple[str, ...] = ()
    """Tasks that the learner left out to keep a date: no longer planned, until the plan is undone
    or made anew."""

    def day(self, on: date) -> Day | None:
        return next((day for day in self.days if day.date == on), None)


ReplanWay = Literal["absorb", "slide", "trim", "light", "forward"]


@dataclass(frozen=True, slots=True)
class ReplanOption:
    """One way on after missed days or other news, for the learner to choose. `moved` counts pieces
    on other days than before, the missed ones aside; `dropped` are the tasks that it leaves out."""

    name: ReplanWay
    plan: Plan
    missed: int
    moved: int
    slide_days: int
    dropped: tuple[str, ...] = ()
