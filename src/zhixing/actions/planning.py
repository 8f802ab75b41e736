"""Plans: a first one, the one in force, other days' plans, exports."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import count

from zhixing.actions.desk import Desk
from zhixing.actions.foreseeing import foreseen, mix_by_stage
from zhixing.actions.holidays import with_days_off
from zhixing.actions.leads import planned_lab
from zhixing.actions.profiles import DEFAULT_HOURS as DEFAULT_HOURS
from zhixing.actions.profiles import DEFAULT_ROUTE as DEFAULT_ROUTE
from zhixing.actions.profiles import Wishes as Wishes
from zhixing.actions.profiles import profile_of as profile_of
from zhixing.actions.remembering import remembered
from zhixing.actions.rounds import Times, done_times
from zhixing.actions.routes import short_id
from zhixing.actions.standing import Standing, standing, week_number, with_plan
from zhixing.actions.undoing import last_change as last_change
from zhixing.actions.undoing import undo as undo
from zhixing.actions.whole_routes import asked_route, shown_route
from zhixing.errors import Problem
from zhixing.planner.day import missed
from zhixing.planner.filling import fill
from zhixing.planner.replanning import options
from zhixing.records import (
    Day,
    Plan,
    PlanAccepted,
    Profile,
    ProfileSet,
    ReplanOption,
    Route,
    TaskKind,
    TaskSkipped,
)
from zhixing.settings import write_setting
from zhixing.words import say


def preview(desk: Desk, wishes: Wishes) -> tuple[Profile, Plan]:
    """The plan that these wishes would give; nothing is kept. What is finished stays finished."""
    now = standing(desk)
    profile = profile_of(desk, wishes, now.profile)
    start = max(profile.start, desk.today()) if now.plan else profile.start
    return profile, laid_out(desk, profile, start)


def laid_out(
    desk: Desk, profile: Profile, start: datetime.date, without: frozenset[str] = frozenset()
) -> Plan:
    """The plan of a profile from `start` on, `without` some tasks: what is finished or worked on
    stays so."""
    now = standing(desk)
    found = asked_route(desk, profile)
    return fill(found, with_days_off(profile), start, now.worked(), now.finished | without)


def begin_route(desk: Desk, wishes: Wishes) -> tuple[Profile, Plan]:
    """Set the profile and accept the plan that follows from it; both are remembered together.

    A language that was asked for is from then on the home's own.
    """
    profile, plan = preview(desk, wishes)
    if wishes.language is not None:
        write_setting(desk.settings.home, "language", wishes.language)
    accept(desk, profile, plan, "init")
    return profile, plan


def take_up(desk: Desk, profile: Profile) -> Plan:
    """Accept a profile as it is, and the plan that follows from it."""
    plan = laid_out(desk, profile, profile.start)
    accept(desk, profile, plan, "init")
    return plan


def accept(
    desk: Desk, profile: Profile, plan: Plan, because: str, left_out: Sequence[str] = ()
) -> None:
    """Remember a profile and its plan together, and tasks that are left out for it, so that
    undoing takes back all of it: what happens together shares what stands before the dot."""
    before = standing(desk).accepted
    together, learner, at = desk.stamp()
    ids = (f"{together}.{n}" for n in count(1)) if left_out else iter((together, desk.stamp()[0]))
    desk.store.append(
        ProfileSet(id=next(ids), learner=learner, at=at, profile=profile),
        *(TaskSkipped(id=next(ids), learner=learner, at=at, task=name) for name in left_out),
        PlanAccepted(
            id=next(ids),
            learner=learner,
            at=at,
            plan=plan,
            because=because,
            replaces=before.id if before else None,
        ),
    )


def ways_on(desk: Desk) -> tuple[ReplanOption, ...]:
    """What can be done about missed days, each with its effect; () when nothing was missed."""
    return remembered(desk, "ways on", (), lambda: _ways_on(desk))


def _ways_on(desk: Desk) -> tuple[ReplanOption, ...]:
    now, profile, plan = with_plan(desk)
    found, dated = asked_route(desk, profile), with_days_off(profile)
    return options(plan, found, dated, now.worked(), now.finished, desk.today())


def choose(desk: Desk, name: str) -> ReplanOption:
    """Accept one of the ways on. Problem when it is not offered today."""
    offered = ways_on(desk)
    chosen = next((option for option in offered if option.name == name), None)
    if chosen is None:
        if not offered:
            raise Problem(
                say("nothing was missed: there is nothing to replan"),
                say("{day}", day=desk.today()),
                say("`zhixing today` shows what is due"),
            )
        raise Problem(
            say('"{name}" is not possible today', name=name),
            say("zhixing replan --choose"),
            say("possible: {names}", names=", ".join(option.name for option in offered)),
        )
    now = standing(desk)
    made = desk.stamp()
    desk.store.append(
        PlanAccepted(
            id=made[0],
            learner=made[1],
            at=made[2],
            plan=chosen.plan,
            because=name,
            replaces=now.accepted.id if now.accepted else None,
        )
    )
    return chosen


@dataclass(frozen=True)
class PlanRow:
    """One piece of a plan as a person sees it. `short` is the id as a person types it; `checked`
    is False for a lab that is planned and not built yet."""

    date: datetime.date
    task: str
    title: str
    kind: TaskKind
    minutes: int
    state: str  # open, done, skipped, missed
    short: str = ""
    checked: bool = True


def rows(desk: Desk, week: int | None = None) -> tuple[PlanRow, ...]:
    """The plan in force, piece by piece; `week` counts from 1, from Monday to Sunday. Problem when
    the plan has no such week."""
    now, profile, plan = with_plan(desk)
    _has_week(plan, week)
    found = shown_route(desk, profile)
    titles = {task.id: task.title for task in found.tasks}
    unchecked = {task.id for task in found.tasks if planned_lab(desk.catalog, task)}
    late = {piece.task for piece in missed(plan, desk.today(), now.finished, now.worked())}
    times = done_times(now, plan, found.tasks)
    listed = []
    for day in plan.days:
        if week is not None and week_number(plan, day.date) != week:
            continue
        for piece in day.pieces:
            state = _state(now, times, piece.task, day.date, desk.today(), late)
            title = titles.get(piece.task, piece.task)
            listed.append(
                PlanRow(
                    day.date,
                    piece.task,
                    title,
                    piece.kind,
                    piece.minutes,
                    state,
                    short_id(found, piece.task),
                    piece.task not in unchecked,
                )
            )
    return tuple(listed)


def _has_week(plan: Plan, week: int | None) -> None:
    last = week_number(plan, plan.days[-1].date) if plan.days else 0
    if week is not None and not 1 <= week <= last:
        raise Problem(
            say("the plan has no week {week}", week=week),
            say("--week"),
            say("it has the weeks 1 to {last}: `zhixing plan show` lists them", last=last),
        )


@dataclass(frozen=True)
class PlanWeek:
    """A week of the plan. `minutes` and `reserve` are Monday to Sunday; `units` are the titles of
    the route's weeks that its work belongs to; `done` are planned minutes of work that was done."""

    number: int
    monday: datetime.date
    units: tuple[str, ...]
    minutes: tuple[int, ...]
    reserve: tuple[int, ...]
    done: int


def weeks(desk: Desk) -> tuple[PlanWeek, ...]:
    """The plan in force, a record a week."""
    now, profile, plan = with_plan(desk)
    found = shown_route(desk, profile)
    titles, times = _units(found), done_times(now, plan, found.tasks)
    numbered: dict[int, list[Day]] = {}
    for day in plan.days:
        numbered.setdefault(week_number(plan, day.date), []).append(day)
    return tuple(
        PlanWeek(
            number=number,
            monday=days[0].date - datetime.timedelta(days=days[0].date.weekday()),
            units=_distinct(titles.get(p.task, "") for d in days for p in d.pieces),
            minutes=_by_weekday((day.date, day.minutes) for day in days),
            reserve=_by_weekday((day.date, day.reserve) for day in days),
            done=sum(
                p.minutes
                for day in days
                for p in day.pieces
                if p.task in now.done or (p.task, day.date) in times
            ),
        )
        for number, days in numbered.items()
    )


def _units(found: Route) -> Mapping[str, str]:
    """task id -> the title of the route's week that it stands in."""
    return {
        below.id: week.title
        for week in found.root.walk()
        if week.kind == "week"
        for below in week.walk()
        if below.task_kind is not None
    }


def _distinct(titles: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(title for title in titles if title))


def _by_weekday(amounts: Iterable[tuple[datetime.date, int]]) -> tuple[int, ...]:
    week = [0] * 7
    for on, minutes in amounts:
        week[on.weekday()] += minutes
    return tuple(week)


def _state(
    now: Standing, times: Times, task: str, on: datetime.date, today: datetime.date, late: set[str]
) -> str:
    if task in now.done or (task, on) in times:
        return "done"
    if task in now.skipped:
        return "skipped"
    return "missed" if on < today and task in late else "open"


def as_json(desk: Desk, week: int | None = None) -> Mapping[str, object]:
    """The plan as DESIGN 6 prints it: days with pieces, finish, lower bound; and when it will
    honestly be done, by half and by four fifths of the chances; and the mix of each stage."""
    _, profile, plan = with_plan(desk)
    ahead = foreseen(desk)
    days: dict[str, list[dict[str, object]]] = {}
    for row in rows(desk, week):
        piece = {"task": row.task, "title": row.title, "kind": row.kind, "minutes": row.minutes}
        days.setdefault(row.date.isoformat(), []).append({**piece, "state": row.state})
    return {
        "route": profile.route,
        "days": [{"date": on, "pieces": pieces} for on, pieces in days.items()],
        "finish": plan.finish.isoformat(),
        "lower_bound": plan.lower_bound.isoformat(),
        "forecast": {"p50": ahead.p50.isoformat(), "p80": ahead.p80.isoformat()},
        "mix": [asdict(mix) for mix in mix_by_stage(desk)],
    }
