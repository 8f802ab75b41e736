"""Have the last days had more than their share of theory, of code or of projects?

The share is that of the part at hand (the weekday or the weekend work of a block) in what is left
of it: its minutes forbid any other mix in the end, so days are even when they have them as that
part does. See `mix` for what a plan has beside 30, 50 and 20 per cent.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import get_args

from zhixing.planner.mix import WANTED, share_of
from zhixing.records import TaskKind

SHARES = tuple(WANTED)
THEORY, CODE = SHARES.index("theory"), SHARES.index("code")
UNEVEN = 30
"""Minutes over its share that a kind of work may have lately before another is sought."""
NO_PART = -1
NUMBERS: Mapping[TaskKind, int] = {
    kind: SHARES.index(share_of(kind)) for kind in get_args(TaskKind)
}
"""0, 1 or 2: theory, code or project."""
Minutes = list[int]


@dataclass(slots=True)
class Balance:
    """`left` are the minutes of each part that wait, by share; `used` those of the week so far and,
    each week halved, of those before it; `had` their sum."""

    left: dict[int, Minutes] = field(default_factory=dict)
    used: Minutes = field(default_factory=lambda: [0] * len(SHARES))
    had: int = 0
    sunday: date = date.min

    def expect(self, parts: Iterable[tuple[int, int, int]]) -> None:
        """Take up (part, share, minutes) of all that waits."""
        for part, share, minutes in parts:
            if part not in self.left:
                self.left[part] = [0] * len(SHARES)
            self.left[part][share] += minutes

    def goes_on(self, other: "Balance") -> None:
        """What the last days had is that of another."""
        self.used, self.had, self.sunday = list(other.used), other.had, other.sunday

    def begin(self, on: date) -> None:
        """A day begins, and with a Monday, or after it, a week."""
        if on > self.sunday:
            self.sunday = on + timedelta(days=6 - on.weekday())
            self.used = [minutes // 2 for minutes in self.used]
            self.had = sum(self.used)

    def note(self, part: int, share: int, minutes: int) -> None:
        """So many minutes were laid on the day."""
        self.used[share] += minutes
        self.had += minutes
        self.left[part][share] -= minutes

    def sought(self, part: int, share: int, weekend: bool) -> int:
        """The share that the week lacks most, if it has had too much of this one, or this one is
        theory and it is the weekend; else -1."""
        left, used = self.left[part], self.used
        if weekend and share == THEORY and left[CODE]:
            return CODE
        over = used[share] - UNEVEN
        if over <= 0:
            return -1
        waits, had = sum(left), self.had
        if over * waits <= had * left[share]:
            return -1
        most, lacks = -1, 0
        for other, minutes in enumerate(left):
            lacking = had * minutes - used[other] * waits
            if minutes and lacking > lacks:
                most, lacks = other, lacking
        return most
