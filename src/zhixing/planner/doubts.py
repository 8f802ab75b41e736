"""What in a plan would surprise the one who asked for it? Words beside a plan, never a refusal."""

from collections.abc import Iterator
from datetime import date, timedelta

from zhixing.planner.holidays_cn import LAST_LUNAR_YEAR
from zhixing.records import Plan, Profile
from zhixing.words import Said, say

MOST_BELIEVED = 12 * 60
"""Minutes of study on one day."""
A_WEEK = timedelta(weeks=1)
CHINA = "CN"


def doubts(plan: Plan, profile: Profile, today: date) -> tuple[Said, ...]:
    """What the learner should know of a plan that was just made: days that are over, days longer
    than anybody studies, a pin that holds the end, holidays that nobody here knows."""
    found = (_days_over, _long_days, _holding_pin, _unknown_holidays)
    return tuple(said for doubt in found for said in doubt(plan, profile, today))


def _days_over(plan: Plan, _: Profile, today: date) -> Iterator[Said]:
    over = [day for day in plan.days if day.date < today and day.pieces]
    if over:
        yield say(
            "The first day is over: {n} days of this plan count as missed. `{command}` begins "
            "today, `{other}` mends it from here.",
            n=len(over),
            command="zhixing init --start today",
            other="zhixing replan",
        )


def _long_days(_: Plan, profile: Profile, __: date) -> Iterator[Said]:
    longest = max(profile.minutes)
    if longest > MOST_BELIEVED:
        yield say(
            "{hours:g} hours of study on one day: hardly anybody keeps up more than {most:g} for "
            "weeks. If it is less, say so, and the end will be honest.",
            hours=longest / 60,
            most=MOST_BELIEVED / 60,
        )


def _holding_pin(plan: Plan, profile: Profile, _: date) -> Iterator[Said]:
    """Where a pin stands on the last day, a week or more after the other work."""
    pinned = profile.pins
    last = max((on for on in pinned.values() if on == plan.finish), default=None)
    if last is None:
        return
    others = [
        day.date
        for day in plan.days
        if any(not (p.if_time or pinned.get(p.task) == last) for p in day.pieces)
    ]
    if others and last - others[-1] >= A_WEEK:
        name = next(task for task, on in pinned.items() if on == last)
        yield say(
            "{task} is kept on {day} and holds the end; all other work is done on {other}.",
            task=name,
            day=last,
            other=others[-1],
        )


def _unknown_holidays(plan: Plan, profile: Profile, _: date) -> Iterator[Said]:
    if profile.holidays == CHINA and plan.finish.year > LAST_LUNAR_YEAR:
        yield say(
            "Of China's holidays from {year} on only those with a fixed or solar date are known "
            "here: New Year by the moon, Dragon Boat and Mid-Autumn are missing. `{command}` adds "
            "days that you know.",
            year=LAST_LUNAR_YEAR + 1,
            command="zhixing init --days-off DATE",
        )
