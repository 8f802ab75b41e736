"""Which route? Routes side by side, and the one that fits three answers, with the one after it."""

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from zhixing.actions import planning
from zhixing.actions.desk import Desk
from zhixing.actions.profiles import FEWEST_HOURS, MOST_HOURS, Wishes, profile_of
from zhixing.actions.remembering import remembered
from zhixing.actions.routes import all_routes, route
from zhixing.actions.skill_maps import beneath
from zhixing.actions.standing import standing
from zhixing.errors import Problem
from zhixing.records import Catalog, Plan, Profile, ProfileSet, Route, Skill
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
    """The route that fits; where a catalog lacks it, the first one there is."""
    wanted, why = _fitting(answers)
    if wanted not in desk.catalog.routes:
        others = [name for name in desk.catalog.routes if name != TRIAL]
        wanted = MATHS_ROUTE if MATHS_ROUTE in others else next(iter(others), TRIAL)
        why = say("It is the route that is here.")
    after = AFTER.get(wanted, "")
    return Recommended(
        wanted, why, tuple(_before(answers, wanted)), after if after in desk.catalog.routes else ""
    )


def _fitting(answers: Answers) -> tuple[str, Said]:
    if answers.goal == "all" or (answers.coding == "none" and answers.goal != "build"):
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


def _before(answers: Answers, wanted: str) -> Sequence[Said]:
    said = []
    if answers.coding == "none" and wanted == FULL_STACK:
        said.append(say("Its first week expects loops and functions: give a first Python course "
                        "two weeks before it."))  # fmt: skip
    if answers.hours_per_week < 25 and wanted == TWELVE:
        said.append(say("It is written for 33 hours a week; with fewer its twelve weeks become "
                        "more, and the plan shows how many."))  # fmt: skip
    if answers.coding == "daily" and answers.maths == "fresh" and wanted in (MATHS_ROUTE, FULL):
        said.append(say("Much of the first stage may be known to you: pass the labs and leave "
                        "study out."))  # fmt: skip
    return said


# --- side by side ---------------------------------------------------------------------------


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
    return Length(round(_minutes(found) / pace) if pace else 0.0, pace, counted=False)


def _minutes(found: Route) -> int:
    return sum(task.minutes for task in found.tasks if not (task.optional or task.recurring))


def weeks_of(plan: Plan) -> int:
    """The weeks of seven days from the first day of a plan to its last."""
    first = plan.days[0].date if plan.days else plan.finish
    return -(-((plan.finish - first).days + 1) // 7)


@dataclass(frozen=True)
class RouteCard:
    """A route in a few facts. `for_whom` is its first sentence; `author` is how long it takes by
    its author, `own_weeks` at the learner's rhythm, without what they have done. `before` are
    skills that it takes for granted, most important first; `ends_in` is its last project; `after`
    goes on where it ends."""

    id: str
    title: str
    about: str
    for_whom: str
    minutes: int
    author: Length
    own_weeks: int
    tasks: int
    labs: int
    labs_planned: int
    skills: int
    directions: tuple[str, ...]
    before: tuple[Skill, ...]
    ends_in: str
    after: str
    own: bool
    in_force: bool


def cards(desk: Desk) -> tuple[RouteCard, ...]:
    """All routes but the trial, the shortest first; the learner's own at the end."""
    now = standing(desk)
    current = now.profile.route if now.profile else ""
    rhythm = rhythm_of(desk)
    made = [
        _card(desk, route(desk, name), current, rhythm)
        for name in all_routes(desk)
        if name != TRIAL
    ]
    return tuple(sorted(made, key=lambda card: (card.own, card.minutes, card.id)))


def rhythm_of(desk: Desk) -> Profile:
    """The learner's time, the one before a trial where one runs; the default before any plan."""
    known = [h.profile for h in standing(desk).happenings if isinstance(h, ProfileSet)]
    wished = [profile for profile in known if profile.route != TRIAL]
    return wished[-1] if wished else profile_of(desk, Wishes(hours_per_week=DEFAULT_HOURS))


def _own_weeks(desk: Desk, name: str, rhythm: Profile) -> int:
    """The weeks of a plan of this route alone, begun today."""
    known = route(desk, name).directions
    alone = replace(
        rhythm, route=name, more_routes=(), deadline=None, pins={}, start=desk.today(),
        direction=rhythm.direction if rhythm.direction in known else None,
    )  # fmt: skip

    def reckoned() -> int:
        try:
            return weeks_of(planning.laid_out(desk, alone, desk.today()))
        except Problem:  # no plan fits these hours
            return 0

    return remembered(desk, f"weeks of {name}", (alone,), reckoned)


def _first_sentence(text: str) -> str:
    found = re.match(r".*?(?:[。！？]|[.!?](?=\s|$))", text)
    return found[0] if found else text


def _card(desk: Desk, found: Route, current: str, rhythm: Profile) -> RouteCard:
    catalog = desk.catalog
    needed = [task for task in found.tasks if not (task.optional or task.recurring)]
    about = next((one.title for one in found.root.children if one.kind == "note"), "")
    labs = {name.partition("#")[0] for task in found.tasks for name in task.references("lab")}
    skills = {name for task in found.tasks for name in task.references("skill")}
    return RouteCard(
        id=found.id,
        title=found.title,
        about=about,
        for_whom=_first_sentence(about) if found.id in catalog.routes else "",
        minutes=sum(task.minutes for task in needed),
        author=length_of(found),
        own_weeks=_own_weeks(desk, found.id, rhythm),
        tasks=len(found.tasks),
        labs=sum(name in catalog.labs for name in labs),
        labs_planned=sum(name in catalog.planned for name in labs),
        skills=len(skills),
        directions=found.directions,
        before=_taken_for_granted(catalog, skills),
        ends_in=next((t.title for t in reversed(needed) if t.kind == "project"), ""),
        after=after if (after := AFTER.get(found.id, "")) in catalog.routes else "",
        own=found.id not in catalog.routes,
        in_force=found.id == current,
    )


MOST_BEFORE = 4
LEAST_STARS = 4


def _taken_for_granted(catalog: Catalog, skills: set[str]) -> tuple[Skill, ...]:
    """What the skills of a route rest on from before it begins: not what stands between two of
    its own, which it passes over."""
    missing = {
        need
        for name in skills
        if name in catalog.skills
        for need in catalog.skills[name].needs
        if need not in skills and need in catalog.skills and not beneath(catalog, need) & skills
    }
    weighty = (s for name in missing if (s := catalog.skills[name]).stars >= LEAST_STARS)
    found = sorted(weighty, key=lambda s: (-s.stars, s.id))
    return tuple(found[:MOST_BEFORE])
