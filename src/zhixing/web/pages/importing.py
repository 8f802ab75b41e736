"""A roadmap of one's own: pasted or uploaded, understood beside its source, mended, kept."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.datastructures import FormData, UploadFile

from zhixing.actions import importing
from zhixing.actions.importing import Understood
from zhixing.actions.standing import standing
from zhixing.actions.wording import COUNTED, counted
from zhixing.errors import Letter, Problem
from zhixing.records import Catalog, Match, Node, NodeKind
from zhixing.web.drafts import Draft, name_of
from zhixing.web.guard import whole_form
from zhixing.web.pages.settings import set_from_page
from zhixing.web.pages.today import running
from zhixing.web.visit import Visit, VisitDep
from zhixing.words import Bilingual, Said, say

router = APIRouter()

MOST_LINES = 4_000
"""Of the source on the page; what stands below is understood all the same."""
FIELD = "match:"
AGAIN = "done_again"
KIND_NAMES: Mapping[NodeKind, Said] = {
    "stage": say("stage"), "month": say("month"), "week": say("week"), "day": say("day"),
    "skill": say("skill"), "task": say("task"), "resource": say("resource"),
    "project": say("project"), "criterion": say("criterion"), "milestone": say("milestone"),
    "rule": say("rule"), "note": say("note"),
}  # fmt: skip
FEW, DEEPEST_FOLD = 6, 3
"""Lines that are never folded away; how deep parts fold."""


@dataclass(frozen=True)
class Shown:
    """A node on the page. `folds` = what is in it can be folded away, and `counts` then say what
    that is; `unsure` are matches in it to be looked at, `is_open` whether it begins unfolded."""

    node: Node
    inside: tuple["Shown", ...]
    folds: bool
    is_open: bool
    counts: tuple[Said, ...]
    unsure: int


@dataclass(frozen=True)
class SourceLine:
    """One line of the document: what it became (`kind`, "" = nothing), or why it became nothing."""

    number: int
    text: str
    kind: str
    why: Said | str | None


@router.get("/import")
def import_page(at: VisitDep, draft: str = "") -> Response:
    """The empty form; or a document that was read, as far as it was mended."""
    if not draft:
        return at.page("import.html", found=None, running=running(at))
    kept = at.house.drafts.get(draft)
    if kept is None:
        raise Problem(
            say("this document is not at hand any more: it was never kept"),
            say("the roadmap"),
            say("paste it once more at /import"),
        )
    return at.page("import.html", **_shown(at, kept))


@router.post("/import")
async def read(at: VisitDep, request: Request) -> Response:
    """What the document says, pasted as `text` or sent as `file`; nothing is kept. The answer has
    an address, so that the way back and another language ask for nothing to be sent anew."""
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
    return at.go(f"/import?draft={at.house.drafts.put(Draft(found))}")


@router.post("/import/in")
async def in_another(at: VisitDep, request: Request) -> Response:
    """The review in another `language` or on another `theme`, with what was mended so far."""
    form = await whole_form(request)
    name = at.house.drafts.put(_draft_of(at, form))
    setting = "language" if "language" in form else "theme"
    set_from_page(at, setting, str(form.get(setting, "")))
    return at.go(f"/import?draft={name}")


@router.post("/import/keep")
async def keep(at: VisitDep, request: Request) -> Response:
    """Keep it as a route, with the matches as the learner left them. Where one is not known, the
    page again, with what was typed."""
    draft = _draft_of(at, await whole_form(request))
    at.house.drafts.put(draft)
    route_id, said = draft.found.route.id, draft.typed.items()
    try:
        matches = importing.confirmed(at.desk, {node: value for node, value in said if value})
    except Problem as problem:
        return at.page("import.html", 400, **_shown(at, draft, problem.letters))
    with at.house.writing:
        importing.keep(at.desk, draft.found.text, route_id, matches, done_again=draft.again)
    begun = standing(at.desk).plan is not None
    return at.go(f"/settings/plan?route={route_id}" if begun else f"/welcome?route={route_id}")


def _draft_of(at: Visit, form: FormData) -> Draft:
    """The document of a review that was sent, and its matches as they stand there."""
    text, route_id = str(form.get("text", "")).replace("\r\n", "\n"), str(form.get("route", ""))
    typed = {
        name.removeprefix(FIELD): value.strip()
        for name, value in form.items()
        if name.startswith(FIELD) and isinstance(value, str)
    }
    known = at.house.drafts.get(name_of(route_id, text))
    found = known.found if known else importing.understood(at.desk, text, route_id=route_id)
    return Draft(found, typed, again=bool(form.get(AGAIN)))


def _shown(at: Visit, draft: Draft, letters: Sequence[Letter] = ()) -> dict[str, Any]:
    found = draft.found
    counts = Counter(node.kind for node in found.route.root.walk())
    best = {match.node: match for match in found.matches}
    unsure = frozenset(best.keys() - found.sure.keys())
    return {
        "parts": tuple(_parts(found.route.root.children, unsure)),
        "unsure": len(unsure),
        "found": found,
        "counts": [counted(kind, counts[kind]) for kind in COUNTED if counts[kind]],
        "lines": tuple(_lines(found)),
        "cut": found.text.count("\n") + 1 > MOST_LINES,
        "minutes": sum(task.minutes for task in found.route.tasks if not task.recurring),
        "estimated": sum(
            task.minutes for task in found.route.tasks if task.estimated and not task.recurring
        ),
        "done": sum(task.done for task in found.route.tasks),
        "typed": draft.typed or {**dict.fromkeys(best, ""), **found.sure},
        "again": draft.again,
        "letters": letters,
        "refused": _refused(draft, letters),
        "matches": best,
        "sure": found.sure,
        "called": {one.reference: _title(at.desk.catalog, one) for one in found.matches},
        "known": tuple(_references(at.desk.catalog)),
        "KINDS_OF": KIND_NAMES,
        "field": FIELD,
        "AGAIN": AGAIN,
        "running": running(at),
    }


def _refused(draft: Draft, letters: Sequence[Letter]) -> Mapping[str, Letter]:
    """Node id -> the letter about what was typed there."""
    quoted = {str(dict(one.what.values).get("reference", "")): one
              for one in letters if isinstance(one.what, Said)}  # fmt: skip
    return {
        node: quoted[value[:80]]
        for node, value in draft.typed.items()
        if value and value[:80] in quoted
    }


def _parts(nodes: Sequence[Node], unsure: frozenset[str], depth: int = 0) -> Iterator[Shown]:
    """The nodes as they are folded: what is long is closed, but for a part that is alone in its
    place, and the first of a document."""
    for at, node in enumerate(nodes):
        below = [one for one in node.walk() if one is not node]
        kinds = Counter(one.kind for one in below)
        yield Shown(
            node=node,
            inside=tuple(_parts(node.children, unsure, depth + (len(nodes) > 1))),
            folds=bool(below) and depth < DEEPEST_FOLD,
            is_open=len(below) <= FEW or len(nodes) == 1 or (at == 0 and depth == 0),
            counts=tuple(counted(kind, kinds[kind]) for kind in COUNTED if kinds[kind]),
            unsure=sum(one.id in unsure for one in below),
        )


def _lines(found: Understood) -> Iterator[SourceLine]:
    kinds = dict(_kinds_by_line((found.route.root,)))
    remarks = {remark.line: remark.why or remark.text for remark in found.report.not_understood}
    for number, text in enumerate(found.text.split("\n")[:MOST_LINES], start=1):
        yield SourceLine(number, text, kinds.get(number, ""), remarks.get(number))


def _kinds_by_line(nodes: Sequence[Node]) -> Iterator[tuple[int, str]]:
    for node in nodes:
        yield from _kinds_by_line(node.children)
        yield node.line, node.kind  # the outermost of a line wins


def _references(catalog: Catalog) -> Iterator[tuple[str, Bilingual]]:
    for skill in catalog.skills.values():
        yield f"skill:{skill.id}", skill.title
    for built in catalog.labs.values():
        yield f"lab:{built.id}", built.title
    for planned in catalog.planned.values():
        yield f"lab:{planned.id}", planned.title


def _title(catalog: Catalog, match: Match) -> Bilingual | str:
    kind, _, name = match.reference.partition(":")
    things: Mapping[str, Any] = {
        "skill": catalog.skills, "res": catalog.resources,
        "lab": {**catalog.planned, **catalog.labs},
    }[kind]  # fmt: skip
    title: Bilingual | str = things[name].title if name in things else match.reference
    return title
