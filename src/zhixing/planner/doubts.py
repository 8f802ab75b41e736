"""What in a plan would surprise the one who asked for it? Words beside a plan, never a refusal."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Literal

from zhixing.planner.holidays_cn import LAST_LUNAR_YEAR
from zhixing.records import Plan, Profile
from zhixing.words import Said, say

MOST_BELIEVED = 12 * 60
"""Minutes of study on one day."""
A_WEEK = timedelta(weeks=1)
CHINA = "CN"
NO_TITLES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Doubt:
    """`what` would surprise, for every door; `command` is what a terminal can do about it."""

    about: Literal["start", "hours", "pin", "holidays"]
    what: Said
    command: Said | None = None

    @property
    def told(self) -> Said:
        """All of it, as a terminal says it."""
        return say("{what} {how}", what=self.what, how=self.command) if self.command else self.what


def doubts(
    plan: Plan, profile: Profile, made_on: date, titles: Mapping[str, str] = NO_TITLES
) -> tuple[Doubt, ...]:
    """What the learner should know of a plan that was made on a day: days that were over by then,
    days longer than anybody studies, a pin that holds the end, holidays that nobody here knows.
    `titles` say what a task is called, else its id does."""
    return (
        *_days_over(plan, made_on),
        *_long_days(profile),
        *_holding_pin(plan, profile, titles),
        *_unknown_holidays(plan, profile),
    )


def _days_over(plan: Plan, made_on: date) -> Iterator[Doubt]:
    over = [day for day in plan.days if day.date < made_on and day.pieces]
    if over:
        yield Doubt(
            "start",
            say("The first day is over: {n} days of this plan count as missed.", n=len(over)),
            say(
                "`{command}` begins today, `{other}` mends it from here.",
                command="zhixing init --start today",
                other="zhixing replan",
            ),
        )


def _long_days(profile: Profile) -> Iterator[Doubt]:
    longest = max(profile.minutes)
    if longest > MOST_BELIEVED:
        what = say(
            "{hours:g} hours of study on one day: hardly anybody keeps up more than {most:g} for "
            "weeks. If it is less, say so, and the end will be honest.",
            hours=round(longest / 60, 1),
            most=MOST_BELIEVED / 60,
        )
        yield Doubt("hours", what)


def _holding_pin(plan: Plan, profile: Profile, titles: Mapping[str, str]) -> Iterator[Doubt]:
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
        what = say(
            "{task} is kept on {day} and holds the end; all other work is done on {other}.",
            task=titles.get(name, name),
            day=last,
            other=others[-1],
        )
        yield Doubt("pin", what)


def _unknown_holidays(plan: Plan, profile: Profile) -> Iterator[Doubt]:
    if profile.holidays == CHINA and plan.finish.year > LAST_LUNAR_YEAR:
        yield Doubt(
            "holidays",
            say(
                "Of China's holidays from {year} on only those with a fixed or solar date are "
                "known here: New Year by the moon, Dragon Boat and Mid-Autumn are missing.",
                year=LAST_LUNAR_YEAR + 1,
            ),
            say("`{command}` adds days that you know.", command="zhixing init --days-off DATE"),
        )
