"""Routes side by side: how long each is, what it takes for granted, what it ends in."""

import re
from dataclasses import dataclass, replace

from zhixing.actions import planning
from zhixing.actions.choosing import (
    AFTER,
    DEFAULT_HOURS,
    TRIAL,
    Length,
    length_of,
    needed,
    plan_minutes,
    weeks_of,
)
from zhixing.actions.desk import Desk
from zhixing.actions.profiles import Wishes, profile_of
from zhixing.actions.remembering import remembered
from zhixing.actions.routes import all_routes, route
from zhixing.actions.skill_maps import beneath
from zhixing.actions.standing import standing
from zhixing.errors import Problem
from zhixing.records import Catalog, Entrance, Profile, ProfileSet, Route, Skill


@dataclass(frozen=True)
class RouteCard:
    """A route in a few facts. `for_whom` is its first sentence; `minutes` are the fewest and the
    most that a plan of it has: the direction decides. `author` is how long it takes by its author,
    `own_weeks` at the learner's rhythm, without what they have done. `level`, `expects` and
    `ends_in` are its author's; where there are none, `before` are skills that it rests on, most
    important first, and `ends_in` is its last project. `after` goes on where it ends."""

    id: str
    title: str
    about: str
    for_whom: str
    minutes: tuple[int, int]
    author: Length
    own_weeks: int
    tasks: int
    labs: int
    labs_planned: int
    skills: int
    directions: tuple[str, ...]
    level: Entrance
    expects: str
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
    return tuple(sorted(made, key=lambda card: (card.own, card.minutes[1], card.id)))


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
    about = next((one.title for one in found.root.children if one.kind == "note"), "")
    labs = {name.partition("#")[0] for task in found.tasks for name in task.references("lab")}
    skills = {name for task in found.tasks for name in task.references("skill")}
    return RouteCard(
        id=found.id,
        title=found.title,
        about=about,
        for_whom=_first_sentence(about) if found.id in catalog.routes else "",
        minutes=plan_minutes(found),
        author=length_of(found),
        own_weeks=_own_weeks(desk, found.id, rhythm),
        tasks=len(found.tasks),
        labs=sum(name in catalog.labs for name in labs),
        labs_planned=sum(name in catalog.planned for name in labs),
        skills=len(skills),
        directions=found.directions,
        level=found.level,
        expects=found.expects,
        before=() if found.expects else _taken_for_granted(catalog, skills),
        ends_in=found.ends_in or _last_project(found),
        after=after if (after := AFTER.get(found.id, "")) in catalog.routes else "",
        own=found.id not in catalog.routes,
        in_force=found.id == current,
    )


def _last_project(found: Route) -> str:
    return next((t.title for t in reversed(needed(found)) if t.kind == "project"), "")


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
