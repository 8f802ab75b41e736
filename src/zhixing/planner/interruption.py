"""What a plan has become since it was made, for those who mend it.

Days are counted as in `date.toordinal`, so that a day is a number to add to.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from zhixing.planner.hours import Room
from zhixing.planner.seats import Seats
from zhixing.records import Day, Piece, Plan

FROZEN_DAYS = 2
Minutes = Callable[[int], int]
Table = dict[int, list[Piece]]


@dataclass(slots=True)
class Interruption:
    """A plan on a day when something is new. `missed` to `lacking` look for a new place.

    `past` are the days before today with only what was worked on; `missed` is the rest of them.
    `displaced` stand on days that can no longer hold them, or not on their pin; `lacking` the plan
    does not have at all. `fixed` stays on today: finished there, or begun. `ahead` are the other
    open pieces from today on, `before` the same with those displaced; `extras` the `if_time` ones.
    `pinned` are tasks that stand on the date of their pin; `days` those of the plan from today on,
    of which `as_they_are` have neither other pieces nor other hours than before; `planned_for` the
    minutes that each had when it was planned.
    """

    plan: Plan
    today: int
    last: int
    seats: Seats
    study: Minutes
    whole: Minutes
    past: list[Day] = field(default_factory=list)
    missed: list[Piece] = field(default_factory=list)
    displaced: list[tuple[int, Piece]] = field(default_factory=list)
    lacking: list[tuple[int, Piece]] = field(default_factory=list)
    fixed: list[Piece] = field(default_factory=list)
    before: Table = field(default_factory=dict)
    ahead: Table = field(default_factory=dict)
    extras: Table = field(default_factory=dict)
    pins: Mapping[str, int] = field(default_factory=dict)
    pinned: frozenset[str] = frozenset()
    days: dict[int, Day] = field(default_factory=dict)
    planned_for: dict[int, int] = field(default_factory=dict)
    bounds: dict[Minutes, int] = field(default_factory=dict)
    as_they_are: set[int] = field(default_factory=set)
    shrunk: set[int] = field(default_factory=set)
    missed_days: int = 0
    gone: int = 0
    retimed: bool = False
    tight: bool = False
    grown: bool = False
    freed: int = 0

    @property
    def is_news(self) -> bool:
        """Whether the plan cannot simply go on."""
        return bool(self.homeless or self.gone or self.retimed or self.tight)

    @property
    def homeless(self) -> list[Piece]:
        """All pieces that look for a place."""
        return [*self.missed, *(p for _, p in self.displaced), *(p for _, p in self.lacking)]

    @property
    def frozen_until(self) -> int:
        """The last day whose pieces stay unless what they need comes later."""
        return self.today + FROZEN_DAYS

    @property
    def taken(self) -> int:
        """Minutes of today that are spoken for."""
        return sum(piece.minutes for piece in self.fixed)

    def bound(self, room: Minutes) -> int:
        """The first day on which `room` holds all that is open, beside what is fixed on today."""
        known = self.bounds.get(room)
        if known is not None:
            return known
        left = sum(piece.minutes for piece in self.homeless) + min(self.taken, room(self.today))
        for pieces in self.ahead.values():
            for piece in pieces:
                left += piece.minutes
        number = self.today
        left -= room(number)
        while left > 0:
            number += 1
            left -= room(number)
        self.bounds[room] = number
        return number

    def pin(self, task: str) -> int | None:
        """The day that the learner chose for a task, if it is not over."""
        return self.pins.get(task)


def minutes_of(room: Room) -> Minutes:
    """The minutes of a room by the number of a day, each asked once."""
    known: dict[int, int] = {}

    def minutes(day: int) -> int:
        found = known.get(day)
        if found is None:
            found = known[day] = room(date.fromordinal(day))
        return found

    return minutes
