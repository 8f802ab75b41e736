"""What are the ways on when something is new? Options with their price, for the learner to choose.

A plan is never made again from the beginning: it is compared with what the profile and the route
ask for now (`interruption`), and at most three ways are offered.

- **absorb** keeps the date and moves few pieces (`absorbing`).
- **slide** lets the homeless work take its turn and what it pushes out move on (`sliding`).
- **trim** keeps the date and leaves something out (`trimming`); only where absorbing cannot.
- **light** slides through a week of half the hours, after three missed days or more.
- **forward** ends sooner, after early finishes or with more hours: offered, never forced.

Days before today do not change but for what was missed there; a piece of today that was begun
stays on today; the pieces of today and the next two days stay unless what they need is late.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from zhixing.errors import Problem
from zhixing.planner.absorbing import absorbed
from zhixing.planner.churn import moved
from zhixing.planner.hastening import hastened
from zhixing.planner.hours import Week, room_of, study_minutes
from zhixing.planner.interruption import Interruption, Minutes, Table, minutes_of
from zhixing.planner.news import interruption
from zhixing.planner.replanned import replanned
from zhixing.planner.seats import Seats, seats_of
from zhixing.planner.sliding import slide
from zhixing.planner.trimming import trimmed
from zhixing.planner.wanted import wanted
from zhixing.records import Plan, Profile, ReplanOption, ReplanWay, Route, Task

MANY_MISSED_DAYS = 3
DAYS_OF_A_WEEK = 7
MOST_WAYS = 3
MOST_REPAIRS = 3


def options(
    plan: Plan,
    route: Route,
    profile: Profile,
    spent: Mapping[str, int],
    finished: frozenset[str],
    today: date,
) -> tuple[ReplanOption, ...]:
    """The ways on from `plan` on `today`; none if nothing is new, or nothing can be gained.

    `spent` are minutes worked on tasks, `finished` tasks that need nothing more (see `day.due`).
    `slide_days` are days from the old finish to the new one. A plan taken from an option has
    nothing new until something else happens. Problem: the profile has no study minutes.
    """
    asked = _Asked(route, _seats(route, profile), profile, spent, finished, today)
    at = asked.compared(plan)
    ways = _Ways(asked, at)
    found = ways.on() if at.is_news else []
    if len(found) < MOST_WAYS and ways.may_hasten:
        found += ways.forward()
    return tuple(option for option in found if option.plan.days != plan.days)


_LATEST: dict[str, tuple[tuple[Task, ...], tuple[object, ...], Seats]] = {}
"""The seats of the latest route: a learner replans the same one, and they do not change."""


def _seats(route: Route, profile: Profile) -> Seats:
    asked = (profile.direction, profile.known, profile.emphasis)
    latest = _LATEST.get("")
    if latest is None or latest[0] is not route.tasks or latest[1] != asked:
        latest = (route.tasks, asked, seats_of(wanted(route, profile)))
        _LATEST[""] = latest
    return latest[2]


@dataclass(slots=True)
class _Asked:
    """What the profile and the route ask for on a day."""

    route: Route
    seats: Seats
    profile: Profile
    spent: Mapping[str, int]
    finished: frozenset[str]
    today: date
    week: Week = field(init=False)
    study: Minutes = field(init=False)
    whole: Minutes = field(init=False)

    def __post_init__(self) -> None:
        self.week = study_minutes(self.profile)
        self.study = minutes_of(room_of(self.week, self.profile))
        self.whole = minutes_of(room_of(self.profile.minutes, self.profile))

    def compared(self, plan: Plan) -> Interruption:
        """What is new in `plan`."""
        rooms = (self.study, self.whole)
        return interruption(
            plan, self.seats, self.profile, *rooms, self.spent, self.finished, self.today
        )


@dataclass(frozen=True, slots=True)
class _Ways:
    asked: _Asked
    at: Interruption

    def on(self) -> list[ReplanOption]:
        """Absorb if it can be, and slide; else slide with trim or a light week beside it."""
        at = self.at
        taken_in = absorbed(at, self.asked.week)
        if taken_in is not None:
            taken_in = self._settled(taken_in)
            taken_in = (
                taken_in if taken_in.finish <= max(at.plan.finish, self.asked.today) else None
            )
        slid = self._option("slide", self._settled(replanned(at, self._slide(at), at.study)))
        if taken_in is not None:
            found = [self._option("absorb", taken_in), slid]
            return found[:1] if found[0].plan.days == slid.plan.days else found
        found = [slid, *self._trim(slid)]
        if at.missed_days >= MANY_MISSED_DAYS:
            light = replanned(at, slide(at, self.asked.week, light=True), at.study)
            found.append(self._option("light", self._settled(light)))
        return found

    @property
    def may_hasten(self) -> bool:
        """Whether a day's study was finished early, or the days have more hours than before, and
        nothing that the frozen days need is late."""
        at = self.at
        if not at.grown and at.freed * DAYS_OF_A_WEEK < sum(self.asked.week):
            return False
        late = {piece.task for piece in at.homeless}
        soon = (p for day in range(at.today, at.frozen_until + 1) for p in at.ahead.get(day, ()))
        return not late or all(late.isdisjoint(at.seats.needs(piece.task)) for piece in soon)

    def forward(self) -> list[ReplanOption]:
        """The rest as early as the hours allow; [] if the end does not come sooner by that, or a
        pin stands in the way."""
        asked = self.asked
        try:
            plan = hastened(self.at, asked.route, asked.profile, asked.finished)
        except Problem:
            return []
        return [self._option("forward", plan)] if plan.finish < self.at.plan.finish else []

    def _slide(self, at: Interruption) -> Table:
        return slide(at, self.asked.week)

    def _settled(self, plan: Plan) -> Plan:
        """The plan with what lost its pin back on it, if that can be."""
        for _ in range(MOST_REPAIRS if self.asked.profile.pins else 0):
            at = self.asked.compared(plan)
            if not at.is_news:
                break
            taken_in = absorbed(at, self.asked.week)
            plan = taken_in or replanned(at, self._slide(at), at.study)
        return plan

    def _trim(self, slid: ReplanOption) -> list[ReplanOption]:
        until = self._date_to_keep()
        if slid.plan.finish <= until or until < self.asked.today:
            return []
        found = trimmed(self.at, until.toordinal(), self._slide, self.asked.finished)
        if found is None:
            return []
        left, laid, dropped = found
        plan = self._settled(replanned(left, laid, left.study, dropped))
        if plan.finish > until:
            return []
        return [self._option("trim", plan, left, dropped)]

    def _date_to_keep(self) -> date:
        """The deadline where the plan in force meets it, else the plan's own end."""
        finish, deadline = self.at.plan.finish, self.asked.profile.deadline
        return finish if deadline is None else max(finish, deadline)

    def _option(
        self,
        name: ReplanWay,
        plan: Plan,
        before: Interruption | None = None,
        dropped: tuple[str, ...] = (),
    ) -> ReplanOption:
        at = before or self.at
        days = (plan.finish - at.plan.finish).days
        return ReplanOption(name, plan, len(self.at.missed), moved(at, plan), days, dropped)
