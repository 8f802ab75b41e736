"""What there is: labs, a route, a skill."""

from fastapi import APIRouter
from fastapi.responses import Response

from zhixing.actions.choosing import cards, rhythm_of
from zhixing.actions.desk import at_hand
from zhixing.actions.labs import part_names, passed_before
from zhixing.actions.progress import progress
from zhixing.actions.routes import route
from zhixing.actions.skill_maps import skill_map
from zhixing.actions.standing import standing
from zhixing.catalog import finding
from zhixing.web.pages.progress import LEVELS
from zhixing.web.pages.today import running
from zhixing.web.skill_maps import skill_map as drawn_map
from zhixing.web.visit import VisitDep
from zhixing.words import say

router = APIRouter()


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
        begun=standing(at.desk).plan is not None,
        running=running(at),
    )


@router.get("/routes/{route_id}")
def route_page(at: VisitDep, route_id: str) -> Response:
    found = route(at.desk, route_id, at.language)
    skills = skill_map(at.desk, found)
    told = say("the skills of this route, and what each rests on").render(at.language)
    signs = {level: sign for level, (sign, *_) in LEVELS.items()}
    return at.page(
        "route.html",
        route=found,
        done=standing(at.desk).done,
        map=drawn_map(skills, signs, at.language, told) if skills else None,
        skills=skills,
        called={one.id: one.title for one in skills},
        LEVELS=LEVELS,
        running=running(at),
    )


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
        resources=[catalog.resources[n] for n in skill.resources if n in catalog.resources],
        running=running(at),
    )
