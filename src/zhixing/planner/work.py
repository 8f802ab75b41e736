"""What waits for a day: the minutes of a task, and what a plan keeps besides."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from operator import attrgetter

from zhixing.planner.balance import NO_PART
from zhixing.planner.cutting import SMALLEST_PIECE
from zhixing.planner.hours import Room
from zhixing.records import Link, TaskKind

SKILL = "skill:"


@dataclass(slots=True, eq=False)
class Work:
    """Minutes of one task that wait for a day.

    `place` is the task's in the author's order; `block` counts the weekend blocks before it;
    `least` is the smallest piece it may be cut into. `minutes` shrinks while it is laid. `held`
    work stands in no line before its `not_before`, so that nothing waits behind it. A negative
    `place` comes before all in the author's order, and may come before its date too. `needs` are
    tasks to lay first, () as soon as they are; so is, by its `links`, open work on the same skill
    that the author has earlier. `share` is theory, code or project (`balance`), `part` the block of
    a stage within which it may give way to another share, but not to work with one of its `links`;
    `begun` work does not.
    """

    task: str
    kind: TaskKind
    minutes: int
    place: int
    block: int
    weekend: bool
    least: int
    not_before: date = date.min
    subject: str = ""
    stage: str = ""
    free: bool = False
    needs: Sequence[str] = ()
    links: Sequence[Link] = ()
    held: bool = False
    share: int = 0
    part: int = NO_PART
    begun: bool = False


@dataclass(frozen=True, slots=True)
class Rules:
    """What else a plan keeps: `whole` are a date's minutes with its reserve; `busy` the subjects
    that pinned work brings to a date. `gate_open` allows work out of turn from a later stage. From
    `tail` on days give all of `whole`, from `rest_days` on those that are all reserve make up for
    less than a sitting. `least` is the smallest piece on a weekday."""

    whole: Room | None = None
    busy: Mapping[date, frozenset[str]] = field(default_factory=dict)
    gate_open: bool = False
    tail: date = date.max
    rest_days: date = date.max
    least: int = SMALLEST_PIECE


NO_RULES = Rules()


_fields_of = attrgetter(*(one.name for one in fields(Work)))


def copied(item: Work) -> Work:
    """The same work once more: what is laid of one does not shrink the other."""
    return Work(*_fields_of(item))


def is_more_of(item: Work, line: Iterable[Work]) -> bool:
    """Whether the skill that an item studies is that of work before it in the line."""
    skill = item.links[0].url if item.links else ""
    if not skill.startswith(SKILL):
        return False
    for other in line:
        if other is item:
            break
        if other.links and other.links[0].url == skill:
            return True
    return False


def passes_a_link(item: Work, line: Iterable[Work]) -> bool:
    """Whether work before an item in the line has one of its links."""
    urls = {link.url for link in item.links}
    for other in line:
        if other is item:
            break
        for link in other.links:
            if link.url in urls:
                return True
    return False
