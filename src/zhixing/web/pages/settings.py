"""Settings: language, ground, mirror, folders, where each came from; export, forget."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Annotated

from fastapi import APIRouter, Form
from fastapi.responses import Response, StreamingResponse
from starlette.background import BackgroundTask

from zhixing.actions import exporting, planning
from zhixing.actions.desk import DATABASE
from zhixing.actions.mirrors import pip_install, torch_asked_for
from zhixing.actions.taken_back import last_change
from zhixing.errors import Problem
from zhixing.records import (
    Attempt,
    CellRan,
    EssayHandedIn,
    Happening,
    HintTaken,
    NoteSaved,
    PlanAccepted,
    TaskDone,
)
from zhixing.settings import NAMES, Settings, write_setting
from zhixing.web.pages import rhythm
from zhixing.web.pages.today import GONE, IS_GONE, running
from zhixing.web.visit import Visit, VisitDep
from zhixing.words import Said, say

router = APIRouter()
router.include_router(rhythm.router)

NAMED: dict[str, Said] = {
    "home": say("home folder"), "language": say("language"), "theme": say("ground"),
    "mirror": say("mirror"), "packs": say("packs"), "data": say("data folder"),
}  # fmt: skip
COUNTED: tuple[tuple[type[Happening], Said], ...] = (
    (TaskDone, say("tasks done")),
    (NoteSaved, say("notes saved")),
    (Attempt, say("attempts at labs")),
    (HintTaken, say("hints taken")),
    (EssayHandedIn, say("essays handed in")),
    (CellRan, say("cells run")),
    (PlanAccepted, say("plans")),
)
FORGET = ("忘记", "forget")
BLOCK = 256 * 1024
DID: dict[str, Said] = {
    "plan": say("The plan has changed."),
    "saved": say("Saved."),
    GONE: IS_GONE,
}


@router.get("/settings")
def settings_page(at: VisitDep, did: str = "") -> Response:
    found = at.desk.settings
    return at.page(
        "settings.html",
        settings=found,
        rows=found.rows(),
        named=NAMED,
        fixed={name: is_fixed(found, name) for name in NAMES},
        rhythm=rhythm.rhythm_of(at),
        packs=at.desk.catalog.packs,
        pip=pip_install(found.mirror, *torch_asked_for()),
        has_data=found.data is None or found.data.is_dir(),
        did=DID.get(did),
        did_plan=did == "plan",
        last_change=planning.last_change(at.desk),
        undoes=last_change(at.desk),
        running=running(at),
    )


def is_fixed(found: Settings, name: str) -> bool:
    """Whether a flag or the environment says it: they win over what a page could write."""
    template = found.where_from(name).template
    return template.startswith(("environment variable", "flag "))


@router.post("/settings/language")
def language(at: VisitDep, language: Annotated[str, Form()]) -> Response:
    return set_from_page(at, "language", language)


@router.post("/settings/theme")
def theme(at: VisitDep, theme: Annotated[str, Form()]) -> Response:
    return set_from_page(at, "theme", theme)


@router.post("/settings/mirror")
def mirror(at: VisitDep, mirror: Annotated[str, Form()] = "") -> Response:
    return set_from_page(at, "mirror", mirror.strip() or None)


@router.post("/settings/data")
def data(at: VisitDep, data: Annotated[str, Form()] = "") -> Response:
    typed = data.strip()
    if not typed:
        return set_from_page(at, "data", None)
    try:
        folder = Path(typed).expanduser()
    except RuntimeError:  # "~someone" where there is no such person: the settings say it in words
        folder = Path(typed)
    return set_from_page(at, "data", str(folder))


def set_from_page(at: Visit, name: str, value: str | None) -> Response:
    """Write a setting, and go back to where the form stood. Problem where it is set from outside,
    or is no value of that setting."""
    found = at.desk.settings
    if is_fixed(found, name):
        raise Problem(
            say("this is set from outside, and wins over the page"),
            found.where_from(name),
            say("change it there, or start Zhixing without it"),
        )
    with at.house.writing:
        write_setting(found.home, name, value)
    return at.back("/settings?did=saved")


# --- export -------------------------------------------------------------------------------------


@router.get("/settings/export.zip")
def export(at: VisitDep) -> Response:
    whole = exporting.exported(at.desk)
    name = f"zhixing-{at.desk.today().isoformat()}.zip"
    return StreamingResponse(
        _blocks(whole),
        media_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
        background=BackgroundTask(whole.close),
    )


def _blocks(whole: IO[bytes]) -> Iterator[bytes]:
    with whole:
        while block := whole.read(BLOCK):
            yield block


# --- forget -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Kept:
    """What there is of one kind."""

    name: Said
    count: int


@router.get("/settings/forget")
def forget_page(at: VisitDep) -> Response:
    there = (at.desk.settings.home / DATABASE).exists()
    happened = at.desk.store.happenings(at.desk.learner) if there else ()
    counted = (Kept(name, sum(isinstance(one, kind) for one in happened)) for kind, name in COUNTED)
    labs = at.desk.settings.home / exporting.LABS
    return at.page(
        "forget.html",
        counts=[one for one in counted if one.count],
        total=len(happened),
        labs=labs if labs.exists() else None,
        home=at.desk.settings.home,
        running=running(at),
    )


@router.post("/settings/forget")
def forget(at: VisitDep, word: Annotated[str, Form()] = "") -> Response:
    if word.strip().casefold() not in FORGET:
        raise Problem(
            say("nothing was forgotten: the word was not typed"),
            say("forget everything"),
            say("type 忘记 or forget into the field, if that is what you want"),
        )
    with at.house.writing:
        if (at.desk.settings.home / DATABASE).exists():
            at.desk.store.forget(at.desk.learner)
    at.house.drafts.forget(at.desk)
    response = at.go("/welcome")
    response.headers["Clear-Site-Data"] = '"storage"'  # drafts that the browser kept
    return response
