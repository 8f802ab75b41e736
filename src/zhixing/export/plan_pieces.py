"""A plan as other programs get it: its pieces, each with all that a row or an event says."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Literal

from zhixing.records import Link, TaskKind
from zhixing.words import Language, Said, say

State = Literal["open", "done", "skipped", "missed"]

STATES: Mapping[str, Said] = {
    "open": say("open"), "done": say("done"), "skipped": say("skipped"),
}  # fmt: skip
"""What a person may choose for a piece; what was missed is still open."""
OPENS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""How a text begins that a spreadsheet may take for a formula."""
MINUTES_A_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class PlanPiece:
    """A share of a task on a day. `id` is the task's with "@" and which share it is, by date, from
    1: it never changes while the plan is the same. `times` are (minute of the day, minutes), empty
    without clock times; `taken` are real minutes. Texts are in the language of the plan."""

    id: str
    task: str
    date: date
    week: int
    weekday: str
    kind: TaskKind
    kind_name: str
    title: str
    minutes: int
    state: State = "open"
    taken: int | None = None
    times: tuple[tuple[int, int], ...] = ()
    stage: str = ""
    unit: str = ""
    lab: str = ""
    links: tuple[Link, ...] = ()
    note: str = ""

    @property
    def choice(self) -> str:
        """The state, as a person would choose it."""
        return "open" if self.state == "missed" else self.state

    @property
    def clock(self) -> str:
        """19:00–20:30; several blocks with a comma between; "" without clock times."""
        return ", ".join(f"{clock(at)}–{clock(at + minutes)}" for at, minutes in self.times)


@dataclass(frozen=True, slots=True)
class PlanExport:
    """A plan to hand out. `name` tells this learner's plan from others', wherever events of
    several come together; `likely` and `safe` are the dates by which it is done in half and in four
    of five runs of a forecast, where there is one."""

    name: str
    route: str
    title: str
    language: Language
    pieces: tuple[PlanPiece, ...]
    first: date
    finish: date
    likely: date | None = None
    safe: date | None = None


def clock(minute: int) -> str:
    """08:05; the end of the day is 24:00."""
    return f"{minute // 60:02}:{minute % 60:02}"


def days_of(pieces: Iterable[PlanPiece]) -> Iterator[tuple[date, Sequence[PlanPiece]]]:
    """The pieces day by day; they come in the order of their dates."""
    for on, some in groupby(pieces, key=lambda piece: piece.date):
        yield on, tuple(some)


def monday_of(on: date) -> date:
    return on - timedelta(days=on.weekday())


def web_links(piece: PlanPiece) -> tuple[Link, ...]:
    """The links that any program can open."""
    return tuple(link for link in piece.links if link.url.startswith(("http://", "https://")))


def harmless(text: str) -> str:
    """The text with a sign before it that keeps a spreadsheet from reading a formula."""
    return "'" + text if text.startswith(OPENS_A_FORMULA) else text
