"""When will this learner be done, honestly? Two dates from a seeded simulation, never one.

What is left is worked off with tasks that take longer or shorter than planned, at the learner's own
pace, on days of which some are missed. What the day keeps for review stays kept; the rest of the
reserve takes up delays. Nobody finishes before the plan does: its days are walked one by one.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import exp, log, sqrt
from typing import Protocol

from zhixing.planner.day import open_pieces
from zhixing.planner.hours import room_of
from zhixing.planner.pace import PRIOR_TASKS, pace, paces
from zhixing.records import Plan, Profile, TaskKind

TASK_NOISE = 0.3
"""Standard deviation of log(actual / planned) of one task."""
LEARNER_NOISE = 0.2
"""The same of what learners differ by; it shrinks as tasks are finished."""
MISSED = 0.06
"""Share of study days that are missed."""
REVIEW_SHARE, REVIEW_MINUTES = 0.1, 15
RUNS = 300
LONGEST_DAYS = 40_000

Durations = Sequence[tuple[TaskKind, int, int]]


class Dice(Protocol):
    """Seeded by who asks, as `random.Random` is."""

    def random(self) -> float: ...

    def gauss(self, mu: float, sigma: float) -> float: ...


@dataclass(frozen=True, slots=True)
class Forecast:
    """In half of the runs the work was done by `p50`, in four of five by `p80`."""

    p50: date
    p80: date
    pace: float
    """Actual over planned time of what is finished; 1.0 until five tasks are."""
    left: int
    """Minutes of open work as the route says them."""
    likely: int
    """The same at the learner's pace, kind by kind."""


def forecast(
    plan: Plan,
    profile: Profile,
    today: date,
    finished: frozenset[str],
    done: Mapping[str, int],
    dice: Dice,
    durations: Durations = (),
) -> Forecast:
    """When the open work of `plan` is done, seen from `today`.

    `done` are minutes worked on open tasks, `durations` (kind, planned, actual) minutes of finished
    ones. The same arguments and dice of the same seed give the same dates.
    """
    left, mean, spread, overall = _work(plan, finished, done, durations)
    likely = round(mean)
    known = sum(1 for _, planned, actual in durations if min(planned, actual) > 0)
    drift = LEARNER_NOISE * sqrt(PRIOR_TASKS / (PRIOR_TASKS + known))
    first = max(today, plan.days[0].date) if plan.days else today
    days = _StudyDays(profile, first)
    ends: list[date] = []
    for _ in range(RUNS if mean > 0 else 0):
        minutes = dice.gauss(mean, spread) * exp(dice.gauss(-drift * drift / 2, drift))
        ends.append(days.end(max(1.0, minutes), dice))
    ends.sort()
    if not ends:
        return Forecast(plan.finish, plan.finish, overall, left, likely)
    p50, p80 = ends[RUNS // 2], ends[RUNS * 4 // 5]
    return Forecast(max(p50, plan.finish), max(p80, plan.finish), overall, left, likely)


def _work(
    plan: Plan, finished: frozenset[str], done: Mapping[str, int], durations: Durations
) -> tuple[int, float, float, float]:
    """The minutes left as the route says them; their mean and standard deviation at the learner's
    pace; and the pace of all kinds together."""
    overall = pace([(planned, actual) for _, planned, actual in durations])
    own = paces(durations)
    left: Counter[str] = Counter()
    kinds: dict[str, TaskKind] = {}
    for open_ in open_pieces(plan, finished, done):
        if not open_.piece.if_time:
            left[open_.piece.task] += open_.left
            kinds[open_.piece.task] = open_.piece.kind
    taken = [minutes * own.get(kinds[task], overall) for task, minutes in left.items()]
    noise = exp(TASK_NOISE * TASK_NOISE) - 1
    spread = sqrt(noise * sum(minutes * minutes for minutes in taken))
    return left.total(), sum(taken), spread, overall


class _StudyDays:
    """Minutes for new work and delays, added up over the days from `first` on."""

    def __init__(self, profile: Profile, first: date) -> None:
        self.room = room_of(profile.minutes, profile)
        self.dates: list[date] = []
        self.until: list[int] = []
        self.ahead = first

    def end(self, minutes: float, dice: Dice) -> date:
        """The date on which `minutes` are worked off when some days are missed."""
        missed = -1
        while True:
            last = self._holding(minutes)
            missed += 1 + int(log(1 - dice.random()) / log(1 - MISSED))
            if missed > last or last == LONGEST_DAYS - 1:
                return self.dates[last]
            minutes += self.until[missed] - (self.until[missed - 1] if missed else 0)

    def _holding(self, minutes: float) -> int:
        """The place of the day by which so many minutes have passed."""
        while (not self.until or self.until[-1] < minutes) and len(self.dates) < LONGEST_DAYS:
            room = self.room(self.ahead)
            if room > 0:
                before = self.until[-1] if self.until else 0
                self.dates.append(self.ahead)
                self.until.append(before + room - min(REVIEW_MINUTES, int(room * REVIEW_SHARE)))
            self.ahead += timedelta(days=1)
        return min(bisect_left(self.until, minutes), len(self.until) - 1)
