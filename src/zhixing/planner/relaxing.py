"""A plan cannot end by the deadline: what is the least that would have to change?

Each way is tried by planning again, alone, and told with its effect: more hours a week, more weeks,
less kept in reserve, what to leave out, which skills to prove at once instead of studying them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import accumulate
from typing import Literal

from zhixing.planner.filling import fill, minutes_left
from zhixing.planner.hours import MOST_HOURS_A_DAY, STEP, Room, Week, room_of, study_minutes
from zhixing.planner.seats import seats_of
from zhixing.planner.slack import is_extra
from zhixing.planner.trimming import what_goes
from zhixing.planner.wanted import wanted
from zhixing.records import Plan, Profile, Route, Task

LEAST_RESERVE = 0.10
HUNDREDTH = 0.01
HALF_HOUR = 30
ROUNDS = 3
MOST_PLANS = 4
WEEK = 7
RelaxationWay = Literal["hours", "weeks", "reserve", "drop", "known"]


@dataclass(frozen=True, slots=True)
class Relaxation:
    """One change and when the plan ends with it. `amount` is minutes a week more (hours), weeks
    more (weeks), the share left in reserve (reserve), minutes of work that go (drop, known).
    `names` are the tasks that go, or the skills. `meets` = the deadline is met by it alone."""

    name: RelaxationWay
    amount: float
    finish: date
    meets: bool = True
    names: tuple[str, ...] = ()


def relaxations(
    route: Route,
    profile: Profile,
    start: date,
    spent: Mapping[str, int],
    finished: frozenset[str],
    deadline: date,
) -> tuple[Relaxation, ...]:
    """The least changes, side by side, that let the plan end by `deadline`; () when it does.

    What cannot help at all is left out; a smaller reserve is told even where it is not enough.
    Problem: the profile has no study minutes.
    """
    profile = replace(profile, deadline=deadline)
    asked = _Asked(wanted(route, profile), profile, start, spent, finished, deadline)
    plan = asked.plan(profile)
    if plan.finish <= deadline:
        return ()
    late = (plan.finish - deadline).days
    ways: list[Relaxation | None] = [
        asked.more_hours(),
        Relaxation("weeks", -(-late // WEEK), plan.finish),
        asked.less_reserve(plan),
        asked.less_work(),
        asked.tests(),
    ]
    return tuple(way for way in ways if way is not None)


@dataclass(slots=True)
class _Asked:
    route: Route
    profile: Profile
    start: date
    spent: Mapping[str, int]
    finished: frozenset[str]
    deadline: date

    def plan(self, profile: Profile, without: frozenset[str] = frozenset()) -> Plan:
        return fill(self.route, profile, self.start, self.spent, self.finished | without)

    def open_minutes(self) -> dict[str, int]:
        return {
            task.id: minutes_left(task, self.spent.get(task.id, 0))
            for task in self.route.tasks
            if not (task.done or task.id in self.finished or is_extra(task))
        }

    def room_until(self, profile: Profile) -> int:
        """The study minutes from the start to the deadline."""
        room: Room = room_of(study_minutes(profile), profile)
        days = (self.deadline - self.start).days + 1
        return sum(room(self.start + timedelta(days=n)) for n in range(days))

    def more_hours(self) -> Relaxation | None:
        """The fewest half hours a week more, in the shape of the learner's week."""
        work = sum(self.open_minutes().values())

        def may_do(steps: int) -> bool:
            more = _with_more(self.profile, steps * HALF_HOUR)
            return more is None or self.room_until(more) >= work

        most = (int(MOST_HOURS_A_DAY) * 60 * WEEK - sum(self.profile.minutes)) // HALF_HOUR
        if most < 1:
            return None
        least = _first(may_do, 1, most)
        plans: dict[int, Plan] = {}

        def does(steps: int) -> bool:
            more = _with_more(self.profile, steps * HALF_HOUR)
            if more is None:
                return True
            plans[steps] = self.plan(more)
            return plans[steps].finish <= self.deadline

        steps = _near(does, least, most)
        if steps is None or steps not in plans:
            return None
        return Relaxation("hours", steps * HALF_HOUR, plans[steps].finish)

    def less_reserve(self, plan: Plan) -> Relaxation | None:
        """The largest reserve, not under a tenth, that is small enough; a tenth if none is."""
        hundredths = round(100 * self.profile.reserve) - round(100 * LEAST_RESERVE)
        if hundredths < 1:
            return None
        plans: dict[int, Plan] = {}

        def does(less: int) -> bool:
            plans[less] = self.plan(replace(self.profile, reserve=self._reserve(less)))
            return plans[less].finish <= self.deadline

        if does(hundredths):
            less = _first(does, 1, hundredths)
            return Relaxation("reserve", self._reserve(less), plans[less].finish)
        finish = plans[hundredths].finish
        if finish >= plan.finish:
            return None
        return Relaxation("reserve", LEAST_RESERVE, finish, meets=False)

    def _reserve(self, less: int) -> float:
        return round(self.profile.reserve - less * HUNDREDTH, 2)

    def less_work(self) -> Relaxation | None:
        """What goes at the least loss (`trimming`)."""
        seats = seats_of(self.route)
        minutes = self.open_minutes()
        may_go = {t: m for t, m in minutes.items() if not self.spent.get(t)}
        lacking = sum(minutes.values()) - self.room_until(self.profile)
        for _ in range(ROUNDS):
            gone = what_goes(seats, may_go, max(1, lacking), self.finished)
            if gone is None:
                return None
            plan = self.plan(self.profile, gone)
            freed = sum(may_go[name] for name in gone)
            if plan.finish <= self.deadline:
                names = tuple(sorted(gone, key=seats.place))
                return Relaxation("drop", freed, plan.finish, names=names)
            lacking = freed + max(1, _after(plan, self.deadline))
        return None

    def tests(self) -> Relaxation | None:
        """The fewest skills to prove at once, the largest first: their study is left out, and one
        lab of each stays as the check. Those that need not have gone are kept."""
        minutes = self.open_minutes()
        saved: dict[str, int] = {}
        for task in self.route.tasks:
            for skill in _studied(task) if task.id in minutes else ():
                saved[skill] = saved.get(skill, 0) + minutes[task.id]
        largest = sorted(saved, key=lambda skill: (-saved[skill], skill))
        plans: dict[int, tuple[Plan, int]] = {}

        def does(count: int) -> bool:
            known = self.profile.known | frozenset(largest[:count])
            profile = replace(self.profile, known=known)
            left = {task.id for task in wanted(self.route, profile).tasks}
            plans[count] = self.plan(profile), sum(m for t, m in minutes.items() if t not in left)
            return plans[count][0].finish <= self.deadline

        lacking = sum(minutes.values()) - self.room_until(self.profile)
        sums = accumulate(saved[skill] for skill in largest)
        enough = next((n for n, total in enumerate(sums, 1) if total >= lacking), len(largest))
        count = _near(does, enough, len(largest)) if largest else None
        if count is None:
            return None
        plan, less = plans[count]
        return Relaxation("known", less, plan.finish, names=tuple(largest[:count]))


def _studied(task: Task) -> tuple[str, ...]:
    """The skill of which a task is the study: left out when that is known."""
    skills = task.references("skill") if task.kind == "study" else ()
    return skills if len(skills) == 1 else ()


def _after(plan: Plan, deadline: date) -> int:
    return sum(
        piece.minutes
        for day in plan.days
        if day.date > deadline
        for piece in day.pieces
        if not piece.if_time
    )


def _with_more(profile: Profile, minutes: int) -> Profile | None:
    """The profile with so many minutes a week more, shared out as its own are, in steps of five;
    None when a day would pass sixteen hours."""
    total = sum(profile.minutes)
    wanted_days = [own * (total + minutes) / total for own in profile.minutes]
    steps = [int(day // STEP) for day in wanted_days]
    by_remainder = sorted(range(WEEK), key=lambda n: (steps[n] * STEP - wanted_days[n], n))
    for day in by_remainder[: (total + minutes) // STEP - sum(steps)]:
        steps[day] += 1
    week = [count * STEP for count in steps]
    if max(week) > MOST_HOURS_A_DAY * 60:
        return None
    return replace(profile, minutes=_week(week))


def _week(minutes: list[int]) -> Week:
    monday, tuesday, wednesday, thursday, friday, saturday, sunday = minutes
    return monday, tuesday, wednesday, thursday, friday, saturday, sunday


def _first(does: Callable[[int], bool], low: int, high: int) -> int:
    """The first number from `low` to `high` that does, if a larger one always does when a smaller
    one did; `high` when none below it does."""
    while low < high:
        middle = (low + high) // 2
        if does(middle):
            high = middle
        else:
            low = middle + 1
    return low


def _near(does: Callable[[int], bool], low: int, high: int) -> int | None:
    """As `_first`, for an answer that is likely near `low` and dear to ask for: the least found
    with a few questions. None when nothing was found."""
    failed, at, step, found = low - 1, low, 1, 0
    for _ in range(MOST_PLANS):
        if found:
            if found - failed == 1:
                break
            at = (failed + found) // 2
        if does(at):
            found = at
        elif at == high:
            break
        else:
            failed = at
            at, step = min(high, at + step), 4 * step
    return found or None
