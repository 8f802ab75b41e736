"""The first run: three questions, a route that fits the answers, and two days to try it.

A trial is a plan of a route of its own. The plan that was previewed is kept as the profile before
it, so that "keep this plan" needs no question asked twice.
"""

import datetime
from dataclasses import replace

from zhixing.actions import planning
from zhixing.actions.choosing import TRIAL, Answers, recommend
from zhixing.actions.days import Today
from zhixing.actions.desk import Desk
from zhixing.actions.planning import Wishes
from zhixing.actions.routes import plannable, route
from zhixing.actions.standing import Standing, standing
from zhixing.errors import Problem
from zhixing.planner import hours
from zhixing.records import Day, Piece, Plan, PlanAccepted, Profile, ProfileSet, Route
from zhixing.settings import write_setting
from zhixing.words import say

TRIAL_MINUTES = 90
"""A day of the trial takes about 75 minutes; what the learner has a day may be less."""


def wishes_of(desk: Desk, answers: Answers, route_id: str | None = None) -> Wishes:
    chosen = route_id or recommend(desk, answers).route
    known = route(desk, chosen).directions
    return Wishes(
        route=chosen,
        direction=answers.direction if answers.direction in known else None,
        hours_per_week=answers.hours_per_week,
        start=answers.start or desk.today(),
        language=desk.language,
    )


def preview(desk: Desk, wishes: Wishes) -> tuple[Profile, Plan]:
    """The plan that these wishes would give; nothing is kept. What they leave open is as it was
    before a trial: its profile, without slack, is no ground for a long plan."""
    profile = planning.profile_of(desk, wishes, wished_profile(desk))
    return profile, planning.laid_out(desk, profile, max(profile.start, desk.today()))


def has_trial(desk: Desk) -> bool:
    """Whether the two-day trial is among the routes here."""
    return TRIAL in desk.catalog.routes


def begin_trial(desk: Desk, wishes: Wishes) -> Plan:
    """Two days first. The profile of the long plan is remembered before the trial's own. Asked for
    twice, they begin once."""
    wished, _ = preview(desk, wishes)
    start = max(wished.start, desk.today())
    trial = replace(
        wished, route=TRIAL, start=start, minutes=_enough(wished.minutes), days_off=frozenset(),
        reserve=0.0, deadline=None, direction=None,
    )  # fmt: skip
    now = standing(desk)
    plan = _day_by_day(plannable(route(desk, TRIAL, trial.language)), start, now.finished)
    if _in_force(now, trial, plan) and wished_profile(desk) == wished:
        return plan
    if wishes.language is not None:
        write_setting(desk.settings.home, "language", wishes.language)
    stamps = [desk.stamp() for _ in range(3)]
    desk.store.append(
        ProfileSet(id=stamps[0][0], learner=stamps[0][1], at=stamps[0][2], profile=wished),
        ProfileSet(id=stamps[1][0], learner=stamps[1][1], at=stamps[1][2], profile=trial),
        PlanAccepted(
            id=stamps[2][0], learner=stamps[2][1], at=stamps[2][2], plan=plan, because="trial",
            replaces=now.accepted.id if now.accepted else None,
        ),
    )  # fmt: skip
    return plan


def begin_plan(desk: Desk, wishes: Wishes) -> Plan:
    """The long plan at once. Asked for twice, it begins once."""
    profile, plan = preview(desk, wishes)
    if _in_force(standing(desk), profile, plan):
        return plan
    if wishes.language is not None:
        write_setting(desk.settings.home, "language", wishes.language)
    return planning.take_up(desk, profile)


def _in_force(now: Standing, profile: Profile, plan: Plan) -> bool:
    return now.profile == profile and now.plan == plan


def _day_by_day(found: Route, start: datetime.date, finished: frozenset[str]) -> Plan:
    """Each day of the route on a day of its own, one after the other, whatever weekday it is."""
    numbers = sorted({(task.week, task.day) for task in found.tasks})
    days = []
    for n, number in enumerate(numbers):
        mine = [t for t in found.tasks if (t.week, t.day) == number and t.id not in finished]
        pieces = tuple(Piece(task.id, task.kind, task.minutes) for task in mine)
        days.append(Day(start + datetime.timedelta(days=n), pieces))
    finish = start + datetime.timedelta(days=max(len(numbers) - 1, 0))
    return Plan(found.id, tuple(days), finish, finish)


def _enough(week: hours.Week) -> hours.Week:
    """Every day takes a day of the trial, whatever the week is like."""
    return tuple(max(minutes, TRIAL_MINUTES) for minutes in week)  # type: ignore[return-value]


def trial_is_over(page: Today) -> bool:
    """Whether the trial has nothing open any more, or its days are past."""
    if page.route != TRIAL:
        return False
    everything = page.finished_tasks >= page.all_tasks
    return everything or (page.next is None and page.date >= page.finish)


def wished_profile(desk: Desk) -> Profile | None:
    """The profile that was previewed before the trial began."""
    kept = [h.profile for h in standing(desk).happenings if isinstance(h, ProfileSet)]
    long = [profile for profile in kept if profile.route != TRIAL]
    return long[-1] if long else None


def keep_plan(desk: Desk) -> Plan:
    """After the trial: the plan that was previewed. It begins on the next evening where this one
    was worked on already. Problem where there was no such plan."""
    wished = wished_profile(desk)
    if wished is None:
        raise Problem(
            say("no longer plan was chosen before the trial"),
            say("the two-day trial"),
            say("choose a route and your hours first"),
        )
    profile = _kept_profile(desk, wished)
    now = standing(desk)
    if now.profile == profile and now.plan is not None:
        return now.plan
    return planning.take_up(desk, profile)


def kept_plan(desk: Desk) -> tuple[Profile, Plan] | None:
    """What `keep_plan` would begin; nothing is kept."""
    wished = wished_profile(desk)
    if wished is None:
        return None
    profile = _kept_profile(desk, wished)
    return profile, planning.laid_out(desk, profile, profile.start)


def _kept_profile(desk: Desk, wished: Profile) -> Profile:
    now, today = standing(desk), desk.today()
    worked = {done.at.astimezone(desk.now().tzinfo).date() for done in now.all_done}
    first = today + datetime.timedelta(days=1) if today in worked else today
    return replace(wished, start=max(wished.start, first))
