"""The plan out of the house in the forms of other programs, and a filled-in sheet back in."""

from typing import Annotated

import msgspec
from fastapi import APIRouter, File, Form, UploadFile
from fastapi.responses import Response

from zhixing.actions import exports
from zhixing.actions.exports import SheetChange
from zhixing.errors import Problem
from zhixing.records import TaskDone, TaskSkipped
from zhixing.web.pages.today import running
from zhixing.web.visit import VisitDep
from zhixing.words import say

router = APIRouter()

LONGEST_ALARM = 7 * 24 * 60
"""Minutes before."""


@router.get("/plan/week.zip")
def as_week_pack(at: VisitDep, week: int | None = None) -> Response:
    return _handed_out(exports.file(at.desk, "zip", week=week))


@router.get("/plan/plan.md")
def as_markdown(at: VisitDep, week: int | None = None) -> Response:
    return _handed_out(exports.file(at.desk, "md", week=week))


@router.get("/plan/export")
def export(
    at: VisitDep, form: str = "xlsx", week: int | None = None, alarm: str = "", times: str = "zoned"
) -> Response:
    """The plan as a file; `week` = that week alone, `alarm` and `times` are for calendars."""
    made = exports.file(at.desk, form, week=week, alarm=_alarm(alarm), floating=times == "floating")
    return _handed_out(made)


def _alarm(typed: str) -> int | None:
    if not typed:
        return None
    if not (typed.isascii() and typed.isdigit() and int(typed[:6]) <= LONGEST_ALARM):
        raise Problem(
            say('"{value}" is not a number of minutes', value=typed[:40]),
            say("the reminder"),
            say("write whole minutes, at most a week of them"),
        )
    return int(typed[:6])


def _handed_out(made: exports.ExportFile) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{made.name}"'}
    return Response(made.content, media_type=made.media_type, headers=headers)


@router.post("/plan/read-back")
def read_back(at: VisitDep, file: Annotated[UploadFile, File()]) -> Response:
    """What a filled-in sheet would change; nothing is kept."""
    found = exports.read_back(at.desk, file.file.read())
    return at.page(
        "readback.html",
        changes=found.changes,
        letters=found.letters,
        packed=msgspec.json.encode(found.changes).decode(),
        running=running(at),
    )


@router.post("/plan/read-back/accept")
def accept(at: VisitDep, changes: Annotated[str, Form()]) -> Response:
    """Take in what the preview showed; sent twice, it counts once."""
    try:
        listed = msgspec.json.decode(changes, type=tuple[SheetChange, ...])
    except msgspec.DecodeError as trouble:
        raise Problem(
            say("what the sheet says cannot be read any more"),
            say("the filled-in sheet"),
            say("choose the file again"),
        ) from trouble
    with at.house.writing:
        happened = exports.apply(at.desk, listed)
    undoable = any(isinstance(one, TaskDone | TaskSkipped) for one in happened)
    return at.go("/plan?did=sheet" if undoable else "/plan?did=notes")
