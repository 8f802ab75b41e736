"""What lies ahead and why: two honest dates, the mix of each stage, the reasons of a day, and what
in a plan would surprise."""

import datetime
from random import Random

from zhixing.actions.desk import Desk
from zhixing.actions.holidays import with_days_off
from zhixing.actions.replanning import mended_plan
from zhixing.actions.standing import standing, with_plan
from zhixing.actions.whole_routes import asked_route, shown_route
from zhixing.planner.doubts import Doubt, doubts
from zhixing.planner.forecast import Durations, Forecast, forecast
from zhixing.planner.mix import Mix, mixes
from zhixing.planner.why import Why, why
from zhixing.records import Plan, Profile

FIRST = "init"
"""Why a plan was accepted that is no change of another."""
SEED = 2024
"""One for all, so that a page seen twice says the same."""


def foreseen(desk: Desk) -> Forecast:
    """When the learner will be done, at the pace of what is finished."""
    now, profile, plan = with_plan(desk)
    dated, dice = with_days_off(profile), Random(SEED)
    return forecast(plan, dated, desk.today(), now.finished, now.worked(), dice, durations(desk))


def durations(desk: Desk) -> Durations:
    """(kind, planned, actual) minutes of the tasks that were done and timed."""
    now = standing(desk)
    if now.profile is None:
        return ()
    tasks = {task.id: task for task in asked_route(desk, now.profile).tasks}
    return [
        (tasks[done.task].kind, now.asked_minutes(done, tasks[done.task]), done.minutes)
        for done in now.all_done
        if done.task in tasks and done.minutes
    ]


def mix_by_stage(desk: Desk) -> tuple[Mix, ...]:
    """Theory, code and projects of the plan in force, stage by stage."""
    _, profile, plan = with_plan(desk)
    return mixes(plan, asked_route(desk, profile))


def reasons(desk: Desk, on: datetime.date) -> tuple[Why, ...]:
    """Why each piece of a date stands there. Problem: a date that is not in the plan."""
    now, profile, plan = with_plan(desk)
    route = asked_route(desk, profile, desk.language)
    return why(plan, route, profile, on, mended_plan(now))


def doubted(desk: Desk) -> tuple[Doubt, ...]:
    """What would surprise in the plan in force. Days that were over when it was made are told as
    long as nothing of a first plan is done: from then on the ways on speak of what was missed."""
    now, profile, plan = with_plan(desk)
    made = now.accepted
    if made is None or made.because != FIRST or now.all_done:
        return doubted_in(desk, profile, plan)
    made_on = made.at.astimezone(desk.now().tzinfo).date()
    return doubted_in(desk, profile, plan, made_on)


def doubted_in(
    desk: Desk, profile: Profile, plan: Plan, made_on: datetime.date = datetime.date.min
) -> tuple[Doubt, ...]:
    """What would surprise in a plan of a profile, with the titles of tasks; of days that were over
    before it was made nothing, unless that day is said."""
    tasks, titles = asked_route(desk, profile).tasks, {}
    if profile.pins or any(task.recurring for task in tasks):
        titles = {task.id: task.title for task in shown_route(desk, profile).tasks}
    return doubts(plan, profile, made_on, titles, tasks)
