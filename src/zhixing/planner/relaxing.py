"""A plan cannot end by the deadline: what is the least that would have to change?

Each way is tried by planning again, alone, and told with its effect: more hours a week, more weeks,
less kept in reserve, what to leave out, which skills to prove at once instead of studying them.

Planning is dear, so a change is guessed first, by the minutes it gives until the deadline: fewer
than the work asks for cannot be enough, and of the others work takes the same share as in the plan
that is too late. Then its neighbours are tried.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Literal

from zhixing.planner.dated import last_day
from zhixing.planner.filling import minutes_left, work_on_days
from zhixing.planner.guessing import first, near
from zhixing.planner.hours import MOST_HOURS_A_DAY, STEP, Room, Week, room_of, study_minutes
from zhixing.planner.laying import Laid
from zhixing.planner.packing import minutes_after
from zhixing.planner.recurring import claims_of
from zhixing.planner.seats import Seats, seats_of
from zhixing.planner.slack import is_extra
from zhixing.planner.trimming import what_goes
from zhixing.planner.wanted import wanted, without_known
from zhixing.records import Profile, Route, Task

LEAST_RESERVE = 0.10
HUNDREDTH = 0.01
HALF_HOUR = 30
CLOSE = 60
"""Minutes: no closer than this is sought what may go."""
ROUNDS = 3
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

    More hours, a smaller reserve and leaving out are told even where they are not enough (then
    `meets` is false): the hours that would be needed, and how far all that may go would get.
    Problem: the profile has no study minutes.
    """
    profile = replace(profile, deadline=deadline)
    asked = _Asked(wanted(route, profile), profile, start, spent, finished, deadline)
    late = asked.end(profile)
    if late <= deadline:
        return ()
    ways: list[Relaxation | None] = [
        asked.more_hours(late),
        Relaxation("weeks", -(-(late - deadline).days // WEEK), late),
        asked.less_reserve(late),
        asked.less_work(),
        asked.tests(),
    ]
    return tuple(way for way in ways if way is not None)


@dataclass(slots=True)
class _Asked:
    """`work` are the open minutes; `share` is the part of the study minutes until the deadline that
    the plan as it is gives to them; `packed`: there is no plan on the author's own days. `days` are
    those until the deadline, `skills` what each task shows, `ends` what was found out already."""

    route: Route
    profile: Profile
    start: date
    spent: Mapping[str, int]
    finished: frozenset[str]
    deadline: date
    minutes: dict[str, int] = field(default_factory=dict)
    work: int = 0
    packed: bool = False
    share: float = 1.0
    days: list[date] = field(default_factory=list)
    skills: dict[str, frozenset[str]] = field(default_factory=dict)
    ends: dict[tuple[Week, float], date] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.minutes = {
            task.id: minutes_left(task, self.spent.get(task.id, 0))
            for task in self.route.tasks
            if not (task.done or task.id in self.finished or is_extra(task))
        }
        self.work = sum(self.minutes.values())
        self.packed = any(t.week < 1 for t in self.route.tasks if t.id in self.minutes)
        days = (self.deadline - self.start).days + 1
        self.days = [self.start + timedelta(days=n) for n in range(days)]
        self.skills = {t.id: frozenset(t.references("skill")) for t in self.route.tasks}

    def laid(self, profile: Profile, without: frozenset[str] = frozenset()) -> Laid:
        """The work on days for a profile with other minutes, or without some tasks."""
        return work_on_days(self.route, profile, self.start, self.spent, self.finished | without)

    def end(self, profile: Profile) -> date:
        """When the plan of a profile with other hours or reserve ends; that of the plan as it is
        tells the share, too."""
        changed = profile.minutes, profile.reserve
        if changed in self.ends:
            return self.ends[changed]
        laid = self.laid(profile)
        room = self.room_until(self.profile)
        if profile is self.profile and room:
            self.share = min(1.0, (self.work - minutes_after(laid, self.deadline)) / room)
        self.ends[changed] = last_day(laid, self.start)
        return self.ends[changed]

    def room_until(self, profile: Profile) -> int:
        """The study minutes from the start to the deadline; without those that recurring work
        claims where the route has no weeks of its own to keep to."""
        week = study_minutes(profile)
        room: Room = room_of(week, profile)
        if self.packed:
            claims = claims_of(self.route.tasks, self.minutes, week, room, self.start)
            room = claims.leave(room) if claims else room
        return sum(map(room, self.days))

    def least(self, changed: Callable[[int], Profile | None], most: int) -> tuple[int, date] | None:
        """The least number, from 1 to `most`, whose profile ends in time, and when; a number
        without a profile is too much."""
        rooms: dict[int, int] = {}

        def holds(count: int, share: float) -> bool:
            profile = changed(count)
            if profile is None:
                return True
            if count not in rooms:
                rooms[count] = self.room_until(profile)
            return share * rooms[count] >= self.work

        low = first(lambda count: holds(count, 1.0), 1, most)
        guess = first(lambda count: holds(count, self.share), low, most)
        ends: dict[int, date] = {}

        def does(count: int) -> bool:
            profile = changed(count)
            if profile is None:
                return True
            ends[count] = self.end(profile)
            return ends[count] <= self.deadline

        found = near(does, low, guess, most)
        return None if found is None or found not in ends else (found, ends[found])

    def more_hours(self, late: date) -> Relaxation | None:
        """The fewest half hours a week more, in the shape of the learner's week."""
        most = (int(MOST_HOURS_A_DAY) * 60 * WEEK - sum(self.profile.minutes)) // HALF_HOUR
        if most < 1:
            return None
        found = self.least(lambda steps: _with_more(self.profile, steps * HALF_HOUR), most)
        if found is not None:
            return Relaxation("hours", found[0] * HALF_HOUR, found[1])
        return self._too_many_hours(late, most)

    def _too_many_hours(self, late: date, most: int) -> Relaxation | None:
        """At least so many minutes a week more would hold the work, and the end with the most that
        a day takes; None where too few hours are not what is in the way."""
        studied = self.work * WEEK / len(self.days) / (1 - self.profile.reserve)
        more = -(-int(studied - sum(self.profile.minutes)) // HALF_HOUR) * HALF_HOUR
        if more < HALF_HOUR:
            return None
        full = first(lambda n: _with_more(self.profile, n * HALF_HOUR) is None, 1, most) - 1
        longest = _with_more(self.profile, full * HALF_HOUR)
        finish = late if longest is None else self.end(longest)
        return Relaxation("hours", more, finish, meets=False)

    def less_reserve(self, late: date) -> Relaxation | None:
        """The largest reserve, not under a tenth, that is small enough; a tenth if none is, where
        the plan then ends before `late`."""
        most = round(100 * self.profile.reserve) - round(100 * LEAST_RESERVE)
        if most < 1:
            return None
        finish = self.end(self._with_less(most))
        if finish <= self.deadline:
            found = self.least(self._with_less, most) or (most, finish)
            return Relaxation("reserve", self._with_less(found[0]).reserve, found[1])
        if finish >= late:
            return None
        return Relaxation("reserve", LEAST_RESERVE, finish, meets=False)

    def _with_less(self, hundredths: int) -> Profile:
        return replace(
            self.profile, reserve=round(self.profile.reserve - hundredths * HUNDREDTH, 2)
        )

    def less_work(self) -> Relaxation | None:
        """What goes at the least loss (`trimming`)."""
        seats = seats_of(self.route)
        may_go = {t: m for t, m in self.minutes.items() if not self.spent.get(t)}
        lacking = self.work - self.room_until(self.profile)
        for _ in range(ROUNDS):
            gone = what_goes(seats, may_go, max(1, lacking), self.finished)
            if gone is None:
                return self._all_that_may_go(seats, may_go, lacking)
            laid = self.laid(self.profile, gone)
            freed = sum(may_go[name] for name in gone)
            finish = last_day(laid, self.start)
            if finish <= self.deadline:
                names = tuple(sorted(gone, key=seats.place))
                return Relaxation("drop", freed, finish, names=names)
            lacking = freed + max(1, minutes_after(laid, self.deadline))
        return None

    def _all_that_may_go(
        self, seats: Seats, may_go: Mapping[str, int], lacking: int
    ) -> Relaxation | None:
        """How far leaving out gets where even all that may go is too little: close to the most."""
        least: frozenset[str] = frozenset()
        low, high = 0, min(lacking, sum(may_go.values()))
        while high - low > CLOSE:
            half = (low + high) // 2
            gone = what_goes(seats, may_go, half, self.finished)
            if gone is None:
                high = half
            else:
                low, least = half, gone
        if not least:
            return None
        finish = last_day(self.laid(self.profile, least), self.start)
        names = tuple(sorted(least, key=seats.place))
        freed = sum(may_go[name] for name in least)
        return Relaxation("drop", freed, finish, finish <= self.deadline, names)

    def tests(self) -> Relaxation | None:
        """The fewest skills to prove at once, the largest first: their study is left out, and one
        lab of each stays as the check."""
        saved: dict[str, int] = {}
        for task in self.route.tasks:
            for skill in _studied(task) if task.id in self.minutes else ():
                saved[skill] = saved.get(skill, 0) + self.minutes[task.id]
        largest = sorted(saved, key=lambda skill: (-saved[skill], skill))
        if not largest:
            return None
        room = self.room_until(self.profile)
        lacking = self.work - room
        low = first(lambda n: self._saved(largest[:n]) >= lacking, 1, len(largest))
        lacking = self.work - int(self.share * room)
        guess = first(lambda n: self._saved(largest[:n]) >= lacking, low, len(largest))
        ends: dict[int, date] = {}

        def does(count: int) -> bool:
            ends[count] = self._end_knowing(largest[:count])
            return ends[count] <= self.deadline

        count = near(does, low, guess, len(largest))
        if count is None:
            return None
        names = tuple(largest[:count])
        return Relaxation("known", self._saved(names), ends[count], names=names)

    def _knowing(self, skills: Sequence[str]) -> Route:
        known = self.profile.known | frozenset(skills)
        tasks = without_known(self.route.tasks, known, self.skills)
        return replace(self.route, tasks=tuple(tasks))

    def _end_knowing(self, skills: Sequence[str]) -> date:
        route = self._knowing(skills)
        laid = work_on_days(route, self.profile, self.start, self.spent, self.finished)
        return last_day(laid, self.start)

    def _saved(self, skills: Sequence[str]) -> int:
        """The minutes that go when these skills are known."""
        left = {task.id for task in self._knowing(skills).tasks}
        return sum(minutes for task, minutes in self.minutes.items() if task not in left)


def _studied(task: Task) -> tuple[str, ...]:
    """The skill of which a task is the study: left out when that is known."""
    skills = task.references("skill") if task.kind == "study" else ()
    return skills if len(skills) == 1 else ()


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
