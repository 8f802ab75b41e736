"""A roadmap of one's own: pasted or uploaded, understood beside its source, mended, kept."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response
from starlette.datastructures import FormData, UploadFile

from zhixing.actions import importing
from zhixing.actions.drafts import MOST_DRAFTS, Draft, name_of
from zhixing.actions.mending import lost_lines, mend_of
from zhixing.actions.standing import standing
from zhixing.actions.wording import near_date
from zhixing.errors import Problem
from zhixing.records import Mend, Node
from zhixing.web.drafts import Open
from zhixing.web.guard import whole_form
from zhixing.web.pages.beside_source import AGAIN, FIELD, Asked, shown
from zhixing.web.pages.settings import set_from_page
from zhixing.web.pages.today import running
from zhixing.web.visit import Visit, VisitDep
from zhixing.words import Said, say

router = APIRouter()

DID: Mapping[str, Said] = {
    "away": say("The draft is thrown away."),
    "changed": say("Saved."),
    "undone": say("As it was read again."),
}


@router.get("/import")
def import_page(
    at: VisitDep, draft: str = "", open: str = "", line: str = "", did: str = ""
) -> Response:
    """The empty form, with the drafts that are open; or a document that was read, as far as it was
    mended: `open` is the line that is being mended, `line` the one to come back to."""
    if not draft:
        return at.page(
            "import.html",
            found=None,
            drafts=at.house.drafts.listed(at.desk),
            when=lambda moment: _when(at, moment),
            MOST_DRAFTS=MOST_DRAFTS,
            did=DID.get(did),
            running=running(at),
        )
    kept = at.house.drafts.get(at.desk, draft)
    if kept is None:
        raise _gone()
    return _page(at, kept, Asked(open, line), did=DID.get(did))


@router.post("/import")
async def read(at: VisitDep, request: Request) -> Response:
    """What the document says, pasted as `text` or sent as `file`: a draft, and no route yet. The
    answer has an address, so that the way back and another language ask for nothing anew."""
    form = await whole_form(request)
    file = form.get("file")
    document: bytes | str = str(form.get("text", ""))
    name = ""
    if isinstance(file, UploadFile) and file.filename:
        document, name = await file.read(), file.filename
    if not document.strip():
        raise Problem(
            say("there is nothing to read"),
            say("the roadmap"),
            say("paste its text, or choose its file"),
        )
    found = importing.understood(at.desk, document, name)
    if not found.has_work:
        raise importing.nothing_to_plan(name or found.route.title)
    return at.go(f"/import?draft={at.house.drafts.begin(at.desk, found)}")


@router.post("/import/in")
async def in_another(at: VisitDep, request: Request) -> Response:
    """The review in another `language` or on another `theme`, with what was mended so far."""
    form = await whole_form(request)
    sent = _sent(at, form)
    setting = "language" if "language" in form else "theme"
    set_from_page(at, setting, str(form.get(setting, "")))
    return at.go(f"/import?{urlencode({'draft': sent.open.draft.name})}")


@router.post("/import/mend")
async def mend(at: VisitDep, request: Request) -> Response:
    """Take in what was typed, write it down, and go on: to a line to be mended (`open`), one that
    is left out (`out`), one that is again as it was read (`undo`). A script that asks gets nothing
    back: its page has it already."""
    form = await whole_form(request)
    sent = _sent(at, form)
    if sent.problem is not None:
        return _page(at, sent.open, sent.asked, sent.problem)
    if at.is_fragment:
        return Response(status_code=204)
    opened = str(form.get("open", ""))
    named = (str(form.get(name, "")) for name in ("undo", "out", "shut", "mend"))
    line = "" if opened else next((name for name in named if name), "")
    did = "undone" if form.get("undo") else "" if opened or form.get("shut") else "changed"
    asked = {"draft": sent.open.draft.name, "open": opened, "line": line, "did": did}
    return at.go(f"/import?{urlencode({name: value for name, value in asked.items() if value})}")


@router.post("/import/keep")
async def keep(at: VisitDep, request: Request) -> Response:
    """Keep it as a route, as the learner left it. Where a match is not known, the page again, with
    what was typed."""
    sent = _sent(at, await whole_form(request))
    if sent.problem is not None:
        return _page(at, sent.open, sent.asked, sent.problem)
    draft = sent.open.draft
    gone = sent.open.left_out
    said = {node: value for node, value in draft.typed.items() if value and node not in gone}
    try:
        matches = importing.confirmed(at.desk, said)
    except Problem as problem:
        return _page(at, sent.open, Asked(letters=problem.letters), problem)
    with at.house.writing:
        importing.keep(
            at.desk, draft.text, draft.route, matches, done_again=draft.again, mends=draft.mends
        )
    with suppress(Problem):  # it is kept: a draft that stays behind does no harm
        at.house.drafts.throw_away(at.desk, draft.name)
    begun = standing(at.desk).plan is not None
    return at.go(
        f"/settings/plan?route={draft.route}" if begun else f"/welcome?route={draft.route}"
    )


@router.post("/import/away")
def away(at: VisitDep, draft: Annotated[str, Form()]) -> Response:
    """Throw a draft away."""
    at.house.drafts.throw_away(at.desk, draft)
    return at.go("/import?did=away")


# --- what was sent ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sent:
    """A review that was sent: the draft with what was taken in of it, and what could not be."""

    open: Open
    asked: Asked
    problem: Problem | None = None


def _sent(at: Visit, form: FormData) -> Sent:
    """What a review says, written down; where the fields of a line are refused, the rest is."""
    before = _draft_of(at, form)
    typed = {
        name.removeprefix(FIELD): value.strip()
        for name, value in form.items()
        if name.startswith(FIELD) and isinstance(value, str)
    }
    known = {**before.draft.typed, **typed}
    now = replace(before, draft=replace(before.draft, typed=known, again=bool(form.get(AGAIN))))
    asked, problem = Asked(), None
    try:
        now = _mended(now, form)
    except Problem as refused:
        fields = {name: str(form.get(name, "")) for name in ("title", "minutes", "kind")}
        asked = Asked(str(form["mend"]), letters=refused.letters, fields=fields)
        problem = refused
    draft = replace(now.draft, title=now.route.title)
    return Sent(
        replace(now, draft=draft, written=at.house.drafts.put(at.desk, draft)), asked, problem
    )


def _draft_of(at: Visit, form: FormData) -> Open:
    """The draft of a review that was sent. One that was thrown away meanwhile is there again, by
    the text that the page itself carries."""
    text, route_id = str(form.get("text", "")).replace("\r\n", "\n"), str(form.get("route", ""))
    known = None
    with suppress(*([Problem] if text.strip() else [])):  # a damaged one is read anew
        known = at.house.drafts.get(at.desk, str(form.get("draft", "")) or name_of(route_id, text))
    if known is not None:
        return known
    if not text.strip():
        raise _gone()
    found = importing.understood(at.desk, text, route_id=route_id)
    return Open(Draft(found.route.id, found.text, title=found.route.title), found)


def _mended(now: Open, form: FormData) -> Open:
    """The draft with what was asked for its lines: the fields of the one that was open, one that
    is left out, one that is as it was read. Problem for a field that says nothing of its kind."""
    mends, typed = dict(now.draft.mends), dict(now.draft.typed)
    nodes = _lines_of(now)
    undo, out, opened = (str(form.get(name, "")) for name in ("undo", "out", "mend"))
    if opened in nodes and opened not in (undo, out) and not form.get("shut"):
        fields = (str(form.get(name, "")) for name in ("title", "minutes", "kind"))
        _put(mends, opened, mend_of(nodes[opened], mends.get(opened), *fields))
    if out in nodes:
        before = mends.get(out, Mend(nodes[out].line))
        lost = out not in {node.id for node in now.found.route.root.walk()}
        _put(mends, out, None if lost else replace(before, kind=""))
    if undo:
        mends.pop(undo, None)
        typed.pop(undo, None)
    return replace(now, draft=replace(now.draft, mends=mends, typed=typed))


def _put(mends: dict[str, Mend], name: str, mend: Mend | None) -> None:
    mends.pop(name, None)
    if mend is not None:
        mends[name] = mend


def _lines_of(now: Open) -> Mapping[str, Node]:
    """All lines that can be mended, as they were read: nodes, and those that became none."""
    found = now.found
    lost = {one.id: one for one in lost_lines(found.report, found.text)}
    return lost | {node.id: node for node in found.route.root.walk()}


# --- the page -----------------------------------------------------------------------------------


def _page(
    at: Visit, kept: Open, asked: Asked, problem: Problem | None = None, did: Said | None = None
) -> Response:
    return at.page(
        "import.html",
        400 if problem else 200,
        **shown(kept, asked, at.desk.catalog),
        did=did,
        running=running(at),
    )


def _when(at: Visit, moment: datetime) -> Said:
    """A day and a time of day, on this machine's clock."""
    here = moment.astimezone(at.desk.now().tzinfo)
    day = near_date(here.date(), at.desk.today())
    return say("{day}, {clock}", day=day, clock=f"{here:%H:%M}")


def _gone() -> Problem:
    return Problem(
        say(
            "this document is not at hand any more: its draft was thrown away, or newer ones took"
            " its place"
        ),
        say("the roadmap"),
        say("the page of your own roadmaps, /import, lists the drafts that are open"),
    )
