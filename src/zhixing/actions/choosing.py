"""Which route? The one that fits three answers, and the one after it; how long a route is."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from zhixing.actions.desk import Desk
from zhixing.actions.profiles import FEWEST_HOURS, MOST_HOURS
from zhixing.actions.routes import route
from zhixing.planner.wanted import left_out
from zhixing.records import Plan, Route, Task
from zhixing.words import Said, say

CODING = ("none", "some", "daily")
MATHS = ("school", "faded", "fresh")
GOALS = ("understand", "build", "specialise", "all")
TRIAL = "try-two-days"
DEFAULT_HOURS = 15.0
WEEKS_A_MONTH = 52 / 12
FOUNDATIONS, MATHS_ROUTE, TWELVE = "foundations", "math-16-weeks", "cv-llm-rl-12-weeks"
FULL, FULL_STACK = "full-roadmap", "fullstack-20-weeks"
AFTER: Mapping[str, str] = {FOUNDATIONS: MATHS_ROUTE, MATHS_ROUTE: TWELVE, FULL: FULL_STACK}
"""What goes on where a route ends: the chains of the seeds."""


@dataclass(frozen=True)
class Answers:
    """Does one code, how much maths, what for; hours a week, a first day, a direction or none."""

    coding: str = "some"
    maths: str = "faded"
    hours_per_week: float = DEFAULT_HOURS
    start: datetime.date | None = None
    direction: str | None = None
    goal: str = "understand"


@dataclass(frozen=True)
class Recommended:
    """A route for these answers, why it, what should be known before, and what goes on after it
    ("" = nothing here)."""

    route: str
    why: Said
    before: tuple[Said, ...]
    after: str = ""


def recommend(desk: Desk, answers: Answers) -> Recommended:
    """The route that fits; where a catalog lacks it, or where it expects more than these answers
    say, one there is that does not."""
    wanted, why = _fitting(answers)
    if wanted not in desk.catalog.routes or not reaches(desk, wanted, answers):
        wanted = _otherwise(desk, answers)
        why = say("It is the route that is here.")
    after = AFTER.get(wanted, "")
    return Recommended(
        wanted,
        why,
        tuple(_before(desk, answers, wanted)),
        after if after in desk.catalog.routes else "",
    )


def _otherwise(desk: Desk, answers: Answers) -> str:
    others = [name for name in desk.catalog.routes if name != TRIAL]
    fitting = [name for name in others if reaches(desk, name, answers)] or others
    return MATHS_ROUTE if MATHS_ROUTE in fitting else next(iter(fitting), TRIAL)


def reaches(desk: Desk, route_id: str, answers: Answers) -> bool:
    """Whether these answers reach the entrance that a route states. Who codes daily and has the
    mathematics at hand may have trained networks: nobody asked, so the route's words are shown."""
    level = route(desk, route_id).level
    if level == "deep-learning":
        return answers.coding == "daily" and answers.maths == "fresh"
    return level != "code" or answers.coding != "none"


def _fitting(answers: Answers) -> tuple[str, Said]:
    if answers.goal == "all" or answers.coding == "none":
        return FULL, say("It begins at the first line of Python and leads to deployed models; the "
                         "longest of them, and nothing is taken for granted.")  # fmt: skip
    if answers.goal == "build":
        return FULL_STACK, say("Each week ends in something one can run: services, data, models, "
                               "a retrieval assistant that is deployed and watched.")  # fmt: skip
    if answers.maths == "school":
        return FOUNDATIONS, say("Derivatives, classical models and first networks come first, "
                                "without hurry; the sixteen weeks go on from there.")  # fmt: skip
    if answers.goal == "specialise" and answers.coding == "daily" and answers.maths == "fresh":
        return TWELVE, say("Code and mathematics are at hand: three fields, seven projects, "
                           "five to six hours a day.")  # fmt: skip
    return MATHS_ROUTE, say("Why models work, by hand and in code, and every day something runs; "
                            "the specialised weeks go on from there.")  # fmt: skip


def _before(desk: Desk, answers: Answers, wanted: str) -> Sequence[Said]:
    said = []
    found = route(desk, wanted)
    if found.expects and (found.level == "deep-learning" or not reaches(desk, wanted, answers)):
        said.append(expected(found))
    if answers.hours_per_week < 25 and wanted == TWELVE:
        said.append(say("It is written for 33 hours a week; with fewer its twelve weeks become "
                        "more, and the plan shows how many."))  # fmt: skip
    if answers.coding == "daily" and answers.maths == "fresh" and wanted in (MATHS_ROUTE, FULL):
        said.append(say("Much of the first stage may be known to you: pass the labs and leave "
                        "study out."))  # fmt: skip
    return said


def expected(found: Route) -> Said:
    """What a route expects, in its author's words."""
    return say("It expects: {what}.", what=found.expects)


# --- how long -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Length:
    """How long a route takes by its author: weeks, and minutes a week where they are said.
    `counted` = the author names the weeks; else they are reckoned from the minutes."""

    weeks: float
    pace_minutes: int | None
    counted: bool


def stated_hours(desk: Desk, route_id: str) -> float:
    """The hours a week that a roadmap of the learner's own names, to half an hour and as far as
    they can be asked for; the usual ones where it names none, and for a route of the catalog."""
    if not route_id or route_id in desk.catalog.routes:
        return DEFAULT_HOURS
    pace = route(desk, route_id).pace_minutes_per_week
    if not pace:
        return DEFAULT_HOURS
    return min(max(round(pace / 30) / 2, FEWEST_HOURS), MOST_HOURS)


def length_of(found: Route) -> Length:
    """The length of a route by its author; 0 weeks where nothing tells. Of a route of months the
    weeks are counted in each month anew: there the months tell."""
    pace = found.pace_minutes_per_week
    months = max(
        (n.last or n.first or 0 for n in found.root.walk() if n.kind == "month"), default=0
    )
    weeks = max((task.week for task in found.tasks), default=0)
    if months * WEEKS_A_MONTH - weeks > months / 2:
        return Length(float(round(months * WEEKS_A_MONTH)), pace, counted=False)
    if weeks:
        return Length(float(weeks), pace, counted=True)
    minutes = sum(task.minutes for task in needed(found))
    return Length(round(minutes / pace) if pace else 0.0, pace, counted=False)


def plan_minutes(found: Route) -> tuple[int, int]:
    """The fewest and the most minutes that a plan of this route has, by its direction or without
    one; optional work and what comes back apart."""
    lengths = {task.id: task.minutes for task in needed(found)}
    totals = [
        sum(minutes for name, minutes in lengths.items() if name not in elsewhere)
        for elsewhere in (left_out(found, one) for one in (None, *found.directions))
    ]
    return min(totals), max(totals)


def needed(found: Route) -> list[Task]:
    """The tasks whose hours are counted: not what is optional, not what comes back."""
    return [task for task in found.tasks if not (task.optional or task.recurring)]


def weeks_of(plan: Plan) -> int:
    """The weeks of seven days from the first day of a plan to its last."""
    first = plan.days[0].date if plan.days else plan.finish
    return -(-((plan.finish - first).days + 1) // 7)
