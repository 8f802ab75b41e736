"""What in a plan would surprise the one who asked for it? Words beside a plan, never a refusal."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Literal

from zhixing.planner.holidays_cn import LAST_LUNAR_YEAR
from zhixing.planner.recurring import claims_room
from zhixing.planner.slack import round_of
from zhixing.records import Plan, Profile, Task
from zhixing.words import Said, say

MOST_BELIEVED = 12 * 60
"""Minutes of study on one day."""
A_WEEK = timedelta(weeks=1)
CHINA = "CN"
ROUNDS = frozenset({"weekly", "monthly"})
NO_TITLES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Doubt:
    """`what` would surprise, for every door; `command` is what a terminal can do about it."""

    about: Literal["start", "hours", "pin", "holidays", "recurring"]
    what: Said
    command: Said | None = None

    @property
    def told(self) -> Said:
        """All of it, as a terminal says it."""
        return say("{what} {how}", what=self.what, how=self.command) if self.command else self.what


def doubts(
    plan: Plan,
    profile: Profile,
    made_on: date,
    titles: Mapping[str, str] = NO_TITLES,
    tasks: Sequence[Task] = (),
) -> tuple[Doubt, ...]:
    """What the learner should know of a plan that was made on a day: days that were over by then,
    days longer than anybody studies, a pin that holds the end, holidays that nobody here knows,
    work that should come back and hardly does. `titles` say what a task is called, else its id
    does; `tasks` are those of the route."""
    return (
        *_days_over(plan, made_on),
        *_long_days(profile),
        *_holding_pin(plan, profile, titles),
        *_unknown_holidays(plan, profile),
        *_hardly_coming_back(plan, tasks, titles),
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


def _hardly_coming_back(
    plan: Plan, tasks: Sequence[Task], titles: Mapping[str, str]
) -> Iterator[Doubt]:
    """Recurring work with room of its own that this plan has in less than half of its rounds."""
    weeks = {task.id: task.week for task in tasks}
    for task in tasks:
        if not (task.recurring in ROUNDS and claims_room(task)):
            continue
        begun = next(
            (d.date for d in plan.days if any(weeks.get(p.task, 0) >= task.week for p in d.pieces)),
            plan.finish,
        )
        days = [day for day in plan.days if day.date >= begun]
        rounds = {round_of(task.recurring, day.date) for day in days}
        found = {
            round_of(task.recurring, day.date)
            for day in days
            if any(piece.task == task.id for piece in day.pieces)
        }
        if 2 * len(found) < len(rounds) - 1:
            often = _how_often(task.recurring, len(found), len(rounds))
            what = say(
                "{task} finds room {often} of this plan: what comes back keeps a quarter of a week "
                "at most, and no day that is too short. More hours a week help, or less such work.",
                task=titles.get(task.id, task.id),
                often=often,
            )
            yield Doubt("recurring", what)


def _how_often(recurring: str, found: int, rounds: int) -> Said:
    if recurring == "weekly":
        return say("in {n} of {all} weeks", n=found, all=rounds)
    return say("in {n} of {all} months", n=found, all=rounds)
