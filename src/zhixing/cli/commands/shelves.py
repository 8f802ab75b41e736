"""routes, skills, labs: what there is; with an ID all of it."""

from zhixing.actions import labs as lab_actions
from zhixing.actions import routes as route_actions
from zhixing.actions.choosing import plan_minutes
from zhixing.actions.desk import at_hand
from zhixing.actions.leads import leads
from zhixing.catalog import finding
from zhixing.cli.completing import lab_ids, offered, route_ids, skill_ids
from zhixing.cli.door import Door
from zhixing.cli.params import argument
from zhixing.cli.plain import plain
from zhixing.cli.speaking import command
from zhixing.records import Lab, PlannedLab, Route, Skill
from zhixing.words import say


@command("routes", about=say("the routes; with an ID all of one, week by week"))
@argument("route", about=say("a route"), metavar="[ID]", required=False,
          shell_complete=offered(route_ids))  # fmt: skip
def routes(door: Door, route: str | None) -> None:
    from zhixing.cli.pages.shelves import route_page, routes_page
    from zhixing.roadmap.tree import as_tree

    with door.desk() as desk:
        if route is not None:
            found = route_actions.route(desk, route)
            door.show(
                lambda: {**as_tree(found), **_entrance(found)},
                lambda paper: route_page(paper, found, lambda node: leads(desk, node)),
            )
            return
        every = [route_actions.route(desk, name) for name in route_actions.all_routes(desk)]
        data = [_plain_route(each) for each in every]
        door.show(lambda: {"routes": data}, lambda paper: routes_page(paper, every))


def _plain_route(route: Route) -> dict[str, object]:
    return {
        "id": route.id,
        "title": route.title,
        "language": route.language,
        "tasks": len(route.tasks),
        "minutes": sum(t.minutes for t in route.tasks if not t.optional and not t.recurring),
        "weeks": max((task.week for task in route.tasks), default=0),
        "pace_minutes_per_week": route.pace_minutes_per_week,
        "directions": list(route.directions),
        "plan_minutes": list(plan_minutes(route)),
        **_entrance(route),
    }


def _entrance(route: Route) -> dict[str, object]:
    return {"level": route.level, "expects": route.expects, "ends_in": route.ends_in}


@command("skills", about=say("the skills; with an ID what it is, and what shows it"))
@argument("skill", about=say("a skill"), metavar="[ID]", required=False,
          shell_complete=offered(skill_ids))  # fmt: skip
def skills(door: Door, skill: str | None) -> None:
    from zhixing.cli.pages.shelves import skill_page, skills_page

    with door.desk() as desk:
        catalog = desk.catalog
        if skill is not None:
            found = at_hand(desk, finding.skill, skill)
            used = [catalog.resources[r] for r in found.resources if r in catalog.resources]
            data = {**_plain_skill(found), "resources": plain(used)}
            door.show(lambda: data, lambda paper: skill_page(paper, found, used))
            return
        every = list(catalog.skills.values())
        listed = [_plain_skill(each) for each in every]
        door.show(lambda: {"skills": listed}, lambda paper: skills_page(paper, every))


def _plain_skill(skill: Skill) -> dict[str, object]:
    shown = plain(skill)
    assert isinstance(shown, dict)
    return shown


@command("labs", about=say("the labs; with an ID its statement and its parts"))
@argument("lab", about=say("a lab"), metavar="[ID]", required=False,
          shell_complete=offered(lab_ids))  # fmt: skip
def labs(door: Door, lab: str | None) -> None:
    from zhixing.cli.pages.shelves import lab_page, labs_page, planned_page

    with door.desk() as desk:
        catalog = desk.catalog
        planned = catalog.planned.get(lab or "")
        if planned is not None:
            door.show(lambda: _plain_planned(planned), lambda paper: planned_page(paper, planned))
        elif lab is not None:
            found, _ = lab_actions.named(desk, lab)
            data = {**_plain_lab(found), "statement": plain(found.statement)}
            door.show(lambda: data, lambda paper: lab_page(paper, found))
        else:
            built = [_plain_lab(each) for each in catalog.labs.values()]
            listed = built + [_plain_planned(each) for each in catalog.planned.values()]
            door.show(lambda: {"labs": listed}, lambda paper: labs_page(paper, catalog))


def _plain_lab(lab: Lab) -> dict[str, object]:
    """A lab without what would give it away: no solution, checks or mutants."""
    return {
        "id": lab.id,
        "area": lab.area,
        "built": True,
        "title": plain(lab.title),
        "kind": lab.kind,
        "minutes": lab.minutes,
        "skills": list(lab.skills),
        "needs": list(lab.needs),
        "helps": list(lab.helps),
        "packages": list(lab.packages),
        "parts": plain(lab.parts),
        "budget_cpu_seconds": lab.budget_cpu_seconds,
        "level": lab.level,
        "sources": list(lab.sources),
        "version": lab.version,
    }


def _plain_planned(lab: PlannedLab) -> dict[str, object]:
    return {
        "id": lab.id,
        "area": lab.field,
        "built": False,
        "title": plain(lab.title),
        "kind": lab.kind,
        "minutes": lab.minutes,
        "parts": plain(lab.parts),
        "criterion": plain(lab.criterion),
    }
