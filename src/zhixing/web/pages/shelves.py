"""What there is: labs, a route, a skill."""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from zhixing.actions.choosing import TRIAL, plan_minutes
from zhixing.actions.comparing import cards, rhythm_of
from zhixing.actions.desk import at_hand
from zhixing.actions.drafts import name_of
from zhixing.actions.labs import part_names, passed_before
from zhixing.actions.mending import MENDED
from zhixing.actions.progress import progress
from zhixing.actions.routes import all_routes, route
from zhixing.actions.skill_maps import skill_map
from zhixing.actions.standing import Standing, standing
from zhixing.actions.wording import DIRECTIONS, ENTRANCES, LANGUAGE_NAMES, RESOURCE_KINDS
from zhixing.catalog import finding
from zhixing.planner.wanted import DIRECTION
from zhixing.records import Node, Route, Skill, Task
from zhixing.web.linking import linked
from zhixing.web.pages.progress import LEVELS
from zhixing.web.pages.today import running
from zhixing.web.skill_maps import skill_map as drawn_map
from zhixing.web.visit import Visit, VisitDep
from zhixing.words import Said, say

router = APIRouter()

REACH: dict[str, Said] = {
    "open": say("opens in China"),
    "slow": say("slow in China"),
    "blocked": say("does not open in China"),
    "unknown": say("reach in China not checked"),
}


@router.get("/labs")
def labs_page(at: VisitDep) -> Response:
    now = standing(at.desk)
    labs = sorted(at.desk.catalog.labs.values(), key=lambda lab: (lab.area, lab.id))
    passed = {lab.id: len(passed_before(now, lab)) for lab in labs}
    parts = {lab.id: len(part_names(lab)) for lab in labs}
    return at.page(
        "labs.html",
        labs=labs,
        passed=passed,
        parts=parts,
        planned=sorted(at.desk.catalog.planned.values(), key=lambda lab: (lab.field, lab.id)),
        running=running(at),
    )


@router.get("/routes")
def routes_page(at: VisitDep) -> Response:
    """All routes side by side: how long, what for, what they take for granted and end in."""
    listed = cards(at.desk)
    titles = {card.id: card.title for card in listed}
    return at.page(
        "routes.html",
        cards=listed,
        titles=titles,
        hours=sum(rhythm_of(at.desk).minutes) / 60,
        ENTRANCES=ENTRANCES,
        DIRECTIONS=DIRECTIONS,
        begun=standing(at.desk).plan is not None,
        running=running(at),
    )


@router.get("/routes/{route_id}")
def route_page(at: VisitDep, route_id: str) -> Response:
    found = route(at.desk, route_id, at.language)
    now, skills = standing(at.desk), skill_map(at.desk, found)
    told = say("the skills of this route, and what each rests on").render(at.language)
    signs = {level: sign for level, (sign, *_) in LEVELS.items()}
    return at.page(
        "route.html",
        route=found,
        done=now.done,
        linked=lambda node: linked(at.desk, node),
        direction=direction_of,
        DIRECTIONS=DIRECTIONS,
        ENTRANCES=ENTRANCES,
        minutes=plan_minutes(found),
        in_force=route_id in in_force(now),
        begun=now.plan is not None,
        is_trial=route_id == TRIAL,
        own_text=_draft_name(at, now, route_id),
        MENDED=MENDED,
        map=drawn_map(skills, signs, at.language, told) if skills else None,
        skills=skills,
        called={one.id: one.title for one in skills},
        LEVELS=LEVELS,
        running=running(at),
    )


def direction_of(node: Node | None) -> str:
    """The direction that a line of a route is meant for; "" for all."""
    marks = node.marks if node is not None else ()
    return next((mark.removeprefix(DIRECTION) for mark in marks if mark.startswith(DIRECTION)), "")


def in_force(now: Standing) -> tuple[str, ...]:
    """The routes that the plan is made of; none without a plan."""
    if now.plan is None or now.profile is None:
        return ()
    return now.profile.route, *now.profile.more_routes


def _draft_name(at: Visit, now: Standing, route_id: str) -> str:
    """Under which name a roadmap of the learner's own is mended again; "" for other routes."""
    own = now.imported.get(route_id)
    return name_of(own.route, own.text) if own and route_id not in at.desk.catalog.routes else ""


@router.get("/skills/{skill_id}")
def skill_page(at: VisitDep, skill_id: str) -> Response:
    skill = at_hand(at.desk, finding.skill, skill_id)
    catalog = at.desk.catalog
    return at.page(
        "skill.html",
        skill=skill,
        held=progress(at.desk).mastery.skills.get(skill.id),
        labs=[lab for lab in catalog.labs.values() if skill.id in lab.skills],
        needs=[catalog.skills[name] for name in skill.needs if name in catalog.skills],
        opens=[one for one in catalog.skills.values() if skill.id in one.needs],
        taught=taught_in(at, skill),
        resources=[catalog.resources[n] for n in skill.resources if n in catalog.resources],
        **about_resources(),
        running=running(at),
    )


def taught_in(at: Visit, skill: Skill) -> list[tuple[Route, list[Task]]]:
    """The routes that name a skill, each with the tasks that do, in their order."""
    routes = [route(at.desk, name, at.language) for name in all_routes(at.desk)]
    named = [(one, [t for t in one.tasks if skill.id in t.references("skill")]) for one in routes]
    return [(one, tasks) for one, tasks in named if tasks]


def about_resources() -> dict[str, Any]:
    """What `resource_item` of the templates says of a resource."""
    return {"REACH": REACH, "RESOURCE_KINDS": RESOURCE_KINDS, "LANGUAGE_NAMES": LANGUAGE_NAMES}
