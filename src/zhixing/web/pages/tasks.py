"""A task: its brief, a cell to run, a note, what to watch, and done."""

from typing import Annotated, Any

from fastapi import APIRouter, Form
from fastapi.responses import Response

from zhixing.actions import days
from zhixing.actions.answers import stamp_of
from zhixing.actions.choosing import TRIAL
from zhixing.actions.desk import Desk
from zhixing.actions.leads import built_labs, leads, planned_lab
from zhixing.actions.looking import advice_of, outside
from zhixing.actions.meaning import meant_by
from zhixing.actions.routes import all_routes, criteria_of, place_of, route
from zhixing.actions.running import PACKAGES
from zhixing.actions.standing import with_plan
from zhixing.actions.whole_routes import shown_route
from zhixing.errors import Problem
from zhixing.records import Brief, Resource, Route, Skill, Task, TaskDone
from zhixing.web.linking import linked
from zhixing.web.pages.shelves import about_resources
from zhixing.web.pages.today import running
from zhixing.web.showing import task_url
from zhixing.web.visit import Visit, VisitDep
from zhixing.words import say

router = APIRouter()

JOINED = "\n\n---\n\n"
"""Between the notes of two windows."""
SCRATCH = "import numpy as np\n\n"


@router.get("/task")
def task_page(at: VisitDep, id: str) -> Response:
    if apart := outside(at.desk, id):
        return at.page("task_outside.html", **_of_route(at, apart.route, apart.task), apart=apart,
                       is_trial=apart.route.id == TRIAL, running=running(at))  # fmt: skip
    task = days.named_task(at.desk, id)
    at.house.judges.running.warm(PACKAGES)
    now, profile, plan = with_plan(at.desk)
    done = days.done_before(at.desk, id)
    note = now.notes[task.id].text if task.id in now.notes else ""
    return at.page(
        "task.html",
        **_of_route(at, shown_route(at.desk, profile, at.language), task),
        state=_state(at.desk, task, done),
        took=done.minutes if done else None,
        on=meant_by(at.desk, id).on
        or next((d.date for d in plan.days for p in d.pieces if p.task == task.id), None),
        pinned=profile.pins.get(task.id),
        today=at.desk.today(),
        scratch=SCRATCH,
        note=note,
        note_stamp=stamp_of(note),
        running=running(at),
    )


def _of_route(at: Visit, found: Route, task: Task) -> dict[str, Any]:
    """What a route and the catalog say of a task, whoever looks at it."""
    catalog = at.desk.catalog
    name = task.id.partition("/")[0]
    return {
        "task": task,
        "home": route(at.desk, name, at.language) if name in all_routes(at.desk) else found,
        "unit": next((n.title for n in place_of(found, task) if n.kind == "week"), ""),
        "criteria": criteria_of(found, task),
        "advice": [linked(at.desk, one) for one in advice_of(found, task)],
        "brief": brief_of(at.desk, task),
        "readings": [
            catalog.readings[name]
            for name in task.references("reading")
            if name in catalog.readings
        ],
        "planned": planned_lab(catalog, task),
        "skills": _skills(at.desk, task),
        "resources": _resources(at.desk, task),
        "addresses": [one for one in leads(at.desk, task) if one.kind == "web"],
        "labs": _labs(at, task),
        **about_resources(),
    }


def brief_of(desk: Desk, task: Task) -> Brief | None:
    """The brief that a task links, if it is here."""
    named = (desk.catalog.briefs.get(name) for name in task.references("brief"))
    return next((brief for brief in named if brief is not None), None)


def _state(desk: Desk, task: Task, done: TaskDone | None) -> str:
    now, _, _ = with_plan(desk)
    if done is not None:
        return "done"
    if task.id in now.skipped:
        return "skipped"
    return "running" if now.running is not None and now.running.task == task.id else "open"


def _skills(desk: Desk, task: Task) -> list[Skill]:
    return [desk.catalog.skills[n] for n in task.references("skill") if n in desk.catalog.skills]


def _resources(desk: Desk, task: Task) -> list[tuple[Resource, str]]:
    """Each resource with the part of it that the route names."""
    found = []
    for link in task.links:
        name = link.url.removeprefix("res:")
        if link.url.startswith("res:") and name in desk.catalog.resources:
            resource = desk.catalog.resources[name]
            title = resource.title.render(desk.language)
            same = link.label in (title, name)
            found.append((resource, title if same else f"{title} · {link.label}"))
    return found


def _labs(at: Visit, task: Task) -> list[tuple[str, str]]:
    listed = []
    for reference in built_labs(at.desk.catalog, task):
        lab_id, _, part_name = reference.partition("#")
        lab = at.desk.catalog.labs[lab_id]
        part = lab.part(part_name)
        listed.append((reference, at.said(part.title if part else lab.title)))
    return listed


@router.post("/task/done")
def done(
    at: VisitDep,
    id: str,
    minutes: Annotated[str, Form()] = "",
    text: Annotated[str, Form()] = "",
    base: Annotated[str, Form()] = "",
) -> Response:
    """A task is done; what stands in the note beside it is saved with it."""
    took = _minutes(minutes)
    with at.house.writing:
        if text.strip():
            _save_note(at.desk, id, text, base)
        days.done(at.desk, id, took)
    return at.go("/?did=done")


def _minutes(typed: str) -> int | None:
    typed = typed.strip()
    if not typed:
        return None
    if not typed.isascii() or not typed.isdigit() or len(typed) > 5:
        raise Problem(
            say('"{value}" is not a number of minutes', value=typed[:40]),
            say("minutes"),
            say("write whole minutes, such as 45, or leave it empty: the timer measures"),
        )
    return int(typed)


@router.post("/task/note")
def note(
    at: VisitDep,
    id: str,
    text: Annotated[str, Form()] = "",
    base: Annotated[str, Form()] = "",
    then: Annotated[str, Form()] = "stay",
) -> Response:
    """Save a note, and finish its task if that was asked for."""
    with at.house.writing:
        _save_note(at.desk, id, text, base)
        if then == "done":
            _needs_words(text)
            days.done(at.desk, id)
    if then == "done":
        return at.go("/?did=done")
    task = days.named_task(at.desk, id)
    return at.go(task_url(task.id) + "#note")


def _save_note(desk: Desk, id: str, text: str, base: str) -> None:
    """Save a note; one that another window saved meanwhile is kept above it, never lost."""
    text = text.replace("\r\n", "\n")
    before = days.note(desk, id)
    standing_text = before.text if before else ""
    if standing_text.endswith(f"{JOINED}{text}"):
        text = standing_text  # sent twice
    elif base and standing_text not in ("", text) and stamp_of(standing_text) != base:
        text = f"{standing_text}{JOINED}{text}"
    if text != standing_text:
        days.note(desk, id, text)


def _needs_words(text: str) -> None:
    if not text.strip():
        raise Problem(
            say("the note is empty, and the note is the task"),
            say("your note"),
            say("write a line of your own; “Leave it out” skips the task"),
        )
