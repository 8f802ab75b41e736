"""What happens to a lab elsewhere, seen from its open page: another editor, a terminal."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import Response, StreamingResponse

from zhixing.actions import answers, lab_states, labs
from zhixing.actions.desk import DATABASE, at_desk
from zhixing.actions.standing import standing
from zhixing.errors import Problem
from zhixing.records import Lab, Part
from zhixing.web.pages.verdicts import event, onward, reference_of, shown
from zhixing.web.visit import House, Visit, VisitDep, desk_of

router = APIRouter()

LIVE_SECONDS = 0.5


@router.get("/labs/{lab_id}/live")
async def live(
    request: Request, at: VisitDep, lab_id: str, part: str = "", stamp: str = "", attempt: str = ""
) -> Response:
    """What happens to this lab elsewhere: the file saved by another editor, a check in a
    terminal. Server-sent events, until the page is closed, or there is nothing to look at."""
    return StreamingResponse(
        _watched(request, at.house, reference_of(lab_id, part), stamp, attempt),
        media_type="text/event-stream",
    )


async def _watched(
    request: Request, house: House, reference: str, stamp: str, attempt: str
) -> AsyncIterator[str]:
    seen = Seen(stamp, attempt)
    while not await request.is_disconnected():
        try:
            await asyncio.to_thread(_look, request, house, reference, seen)
        except Problem:
            return  # a page that is loaded again shows it; the browser asks again by itself
        for one in seen.events:
            yield one
        seen.events.clear()
        await asyncio.sleep(LIVE_SECONDS)


@dataclass
class Seen:
    """What was seen of a lab so far: the stamp of its file, its latest attempt, how the database
    looked from outside (it is opened only when it moved); and the events of the last look."""

    stamp: str
    attempt: str
    outside: object = None
    events: list[str] = field(default_factory=list)


def _look(request: Request, house: House, reference: str, seen: Seen) -> None:
    with at_desk(desk_of(request, house)) as desk:
        lab, part = labs.named(desk, reference)
        text = answers.read(desk, lab)
        if text is not None and answers.stamp_of(text) != seen.stamp:
            seen.stamp = answers.stamp_of(text)
            seen.events.append(event("file", "", answer=text, stamp=seen.stamp))
        outside = _outside(desk.settings.home / DATABASE)
        if outside != seen.outside:
            _latest(Visit(request, house, desk), lab, part, seen)
            seen.outside = outside


def _outside(database: Path) -> object:
    """When and how large the database and its log are; a reader's own opening changes neither."""
    found: list[tuple[int, int] | None] = []
    for file in (database, database.with_name(f"{database.name}-wal")):
        try:
            stat = file.stat()
        except OSError:
            found.append(None)
        else:
            found.append((stat.st_mtime_ns, stat.st_size) if stat.st_size else None)
    return tuple(found)


def _latest(at: Visit, lab: Lab, part: Part | None, seen: Seen) -> None:
    latest = lab_states.last_attempt(standing(at.desk), lab, part)
    if latest is None or latest.id == seen.attempt:
        return
    seen.attempt = latest.id
    values = shown(lab, latest.verdict, labs.first_to_mend(latest.verdict))
    if latest.verdict.passed:
        values["onward"] = onward(at, lab)
    html = at.html("fragments/verdict.html", **values)
    words = {"word": latest.verdict.verdict, "seed": latest.verdict.seed}
    seen.events.append(event("verdict", html, **words))
