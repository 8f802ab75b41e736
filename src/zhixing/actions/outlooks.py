"""How does the plan end? Its last day beside the earliest possible one, two honest dates, and the
deadline with the changes that would keep it."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from zhixing.actions.desk import Desk
from zhixing.actions.foreseeing import foreseen
from zhixing.actions.holidays import with_days_off
from zhixing.actions.replanning import changes_that_help, mended_plan
from zhixing.actions.standing import Standing, with_plan
from zhixing.actions.whole_routes import asked_route, shown_route, waiting_tasks
from zhixing.planner.hours import Room, room_of, study_minutes
from zhixing.planner.relaxing import Relaxation
from zhixing.planner.why import Why, why
from zhixing.records import Plan, Profile, ReplanWay

DAY = datetime.timedelta(days=1)
LATER: tuple[ReplanWay, ...] = ("slide", "light")
"""Ways on that trade the end for calm."""


@dataclass(frozen=True)
class Help:
    """A change that would let the plan end by its deadline; `titles` are what goes by it."""

    change: Relaxation
    titles: tuple[str, ...]


@dataclass(frozen=True)
class Outlook:
    """`later` are days from the lower bound to the end; `returning` the minutes of work that comes
    back, where time kept for it moves the lower bound; `idle` the study minutes that stay free
    until the lower bound, `pinned` the last pin that keeps the end from being earlier, `because`
    the way on that was taken last where it moves the end; `waiting` are the tasks that the plan
    will have once a direction is chosen."""

    finish: datetime.date
    lower_bound: datetime.date
    later: int
    returning: int
    idle: int
    pinned: datetime.date | None
    because: ReplanWay | None
    p50: datetime.date
    p80: datetime.date
    pace: float
    reserve: float
    deadline: datetime.date | None
    helps: tuple[Help, ...]
    waiting: int = 0

    @property
    def is_met(self) -> bool:
        return self.deadline is None or self.finish <= self.deadline


def outlook(desk: Desk) -> Outlook:
    """How the plan in force ends."""
    now, profile, plan = with_plan(desk)
    ahead = foreseen(desk)
    because = now.accepted.because if now.accepted else ""
    bound = _bound(now, profile, plan, desk.today())
    pins = [on for on in profile.pins.values() if on > bound]
    return Outlook(
        finish=plan.finish,
        lower_bound=bound,
        later=(plan.finish - bound).days,
        returning=_returning(desk, now, profile, plan),
        idle=_idle(profile, plan, desk.today(), bound),
        pinned=max(pins, default=None),
        because=next((way for way in LATER if way == because), None),
        p50=ahead.p50,
        p80=ahead.p80,
        pace=ahead.pace,
        reserve=profile.reserve,
        deadline=profile.deadline,
        helps=helps_of(desk, profile, plan),
        waiting=waiting_tasks(desk, profile),
    )


def _bound(now: Standing, profile: Profile, plan: Plan, today: datetime.date) -> datetime.date:
    """The first day on which what is open fits with the reserve kept. A plan that was absorbed
    into reckons its own bound with the reserve used up, which is no day to compare with."""
    on = _alone(now, profile, plan, today)
    return min(plan.finish, max(plan.lower_bound, on))


def _returning(desk: Desk, now: Standing, profile: Profile, plan: Plan) -> int:
    """The minutes of work that comes back, from today on; 0 where all else fits no earlier
    without it."""
    today = desk.today()
    if profile.pins or _alone(now, profile, plan, today) >= plan.lower_bound:
        return 0
    tasks = asked_route(desk, profile).tasks
    recurring = {task.id for task in tasks if task.recurring} - now.finished
    ahead = (piece for day in plan.days if day.date >= today for piece in day.pieces)
    return sum(piece.minutes for piece in ahead if piece.if_time and piece.task in recurring)


def _alone(now: Standing, profile: Profile, plan: Plan, today: datetime.date) -> datetime.date:
    """The first day on which what is open fits, without work that comes back."""
    room = _study_room(profile)
    left = sum(
        piece.minutes
        for day in plan.days
        if day.date >= today
        for piece in day.pieces
        if not (piece.if_time or piece.task in now.finished)
    )
    on = max(today, plan.days[0].date) if plan.days else today
    left -= room(on)
    while left > 0 and on < plan.finish:
        on += DAY
        left -= room(on)
    return on


def _study_room(profile: Profile) -> Room:
    dated = with_days_off(profile)
    return room_of(study_minutes(dated), dated)


def _idle(profile: Profile, plan: Plan, today: datetime.date, bound: datetime.date) -> int:
    """Study minutes that nothing needs, from today to the lower bound."""
    room = _study_room(profile)
    used = {day.date: sum(p.minutes for p in day.pieces if not p.if_time) for day in plan.days}
    first = max(today, plan.days[0].date) if plan.days else today
    days = (first + n * DAY for n in range((bound - first).days + 1))
    return sum(max(0, room(on) - used.get(on, 0)) for on in days)


def helps_of(desk: Desk, profile: Profile, plan: Plan) -> tuple[Help, ...]:
    """The least changes that would let a plan of `profile` end by its deadline; () when it does."""
    return tuple(_helps(desk, profile, plan))


def _helps(desk: Desk, profile: Profile, plan: Plan) -> Iterator[Help]:
    changes = changes_that_help(desk, profile, plan)
    if not changes:
        return
    titles = {task.id: task.title for task in shown_route(desk, profile).tasks}
    skills = desk.catalog.skills
    titles |= {name: skill.title.render(desk.language) for name, skill in skills.items()}
    for change in changes:
        yield Help(change, tuple(titles.get(name, name) for name in change.names))


def reasons_of(desk: Desk, days: Sequence[datetime.date]) -> dict[datetime.date, tuple[Why, ...]]:
    """Why each piece of these days of the plan stands there, with titles in the desk's language."""
    now, profile, plan = with_plan(desk)
    titles = {task.id: task.title for task in shown_route(desk, profile).tasks}
    asked = asked_route(desk, profile)
    tasks = tuple(replace(task, title=titles.get(task.id, task.title)) for task in asked.tasks)
    said = replace(asked, tasks=tasks)
    mended = mended_plan(now)
    return {on: why(plan, said, profile, on, mended) for on in days}
