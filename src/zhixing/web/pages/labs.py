"""A lab: statement, editor, checks one by one, the slip, hints, the picture, what comes next."""

import asyncio
import json
import logging
import queue
import threading
import traceback
from collections.abc import AsyncIterator, Iterator
from itertools import chain
from typing import Annotated, Any

from fastapi import APIRouter, Body, Form, Request, UploadFile
from fastapi.responses import Response, StreamingResponse

from zhixing.actions import answers, days, lab_states, labs
from zhixing.actions.desk import Desk, at_desk
from zhixing.actions.labs import Checked
from zhixing.actions.leads import answer_file
from zhixing.actions.running import figures
from zhixing.actions.standing import standing
from zhixing.actions.wording import long_date
from zhixing.errors import Problem
from zhixing.records import Attempt, CheckResult, Lab, Part, Verdict
from zhixing.web.pages.essays import changed_elsewhere, essay_page
from zhixing.web.pages.today import running
from zhixing.web.showing import lab_url
from zhixing.web.visit import House, Visit, VisitDep, our_mistake
from zhixing.words import Bilingual, Said, say

router = APIRouter()

LIVE_SECONDS = 0.5
LOG = logging.getLogger("uvicorn.error")


def reference_of(lab_id: str, part: str) -> str:
    return f"{lab_id}#{part}" if part else lab_id


@router.get("/labs/{lab_id}")
def lab_page(at: VisitDep, lab_id: str, part: str = "") -> Response:
    lab, one = labs.named(at.desk, reference_of(lab_id, part))
    if lab.essay is not None:
        return essay_page(at, lab)
    at.house.judges.grading.warm(lab.packages)
    text = _text(at.desk, lab)
    now = standing(at.desk)
    attempt = lab_states.last_attempt(now, lab, one)
    same = attempt is not None and attempt.answer == text
    passed = lab_states.passed_names(now, lab)
    names = {one.name} if one else set(labs.part_names(lab))
    return at.page(
        "lab.html",
        lab=lab,
        part=one,
        answer=text,
        stamp=answers.stamp_of(text),
        file=str(answer_file(at.desk, lab.id)),
        place=lab.parts.index(one) + 1 if one else 0,
        passed=passed,
        passed_here=names <= passed,
        has_figure=_drawn(lab, one),
        hints=lab_states.hints_taken(at.desk, lab, one),
        last_attempt=attempt.id if attempt else "",
        running=running(at),
        **(_verdict_values(at, attempt) if attempt and same else {"verdict": None}),
    )


def _drawn(lab: Lab, part: Part | None) -> bool:
    source = lab.figure_source or ""
    return part is not None and f"def draw_{part.name.replace('-', '_')}(" in source


def _verdict_values(at: Visit, attempt: Attempt) -> dict[str, Any]:
    first = lab_states.first_to_mend(attempt.verdict)
    when = long_date(attempt.at.astimezone(at.desk.now().tzinfo).date())
    return shown(attempt.verdict, first) | {"when": at.said(when)}


def shown(verdict: Verdict, first: CheckResult | None) -> dict[str, Any]:
    """What the fragment of a verdict needs."""
    versions = ", ".join(f"{name} {number}" for name, number in verdict.versions.items())
    return {"verdict": verdict, "first": first, "versions": versions, "titles": (), "onward": None}


# --- saving -------------------------------------------------------------------------------------


@router.post("/labs/{lab_id}/answer")
def save(
    at: VisitDep,
    lab_id: str,
    answer: Annotated[str, Body()],
    base: Annotated[str | None, Body()] = None,
) -> Response:
    """Save the text of the page. 409 with the other text where another window was faster."""
    lab, _ = labs.named(at.desk, lab_id)
    with at.house.writing:
        kept = answers.keep(at.desk, lab, answer, base)
    return _kept(at, kept)


def _kept(at: Visit, kept: answers.Kept) -> Response:
    if kept.theirs is None:
        return _json({"stamp": kept.stamp})
    asked = at.html("fragments/conflict.html", theirs=kept.theirs)
    return _json({"stamp": kept.stamp, "theirs": kept.theirs, "html": asked}, 409)


def _json(data: object, status: int = 200) -> Response:
    return Response(json.dumps(data, ensure_ascii=True), status, media_type="application/json")


@router.post("/labs/{lab_id}/again")
def again(at: VisitDep, lab_id: str) -> Response:
    with at.house.writing:
        labs.start(at.desk, lab_id, again=True, notebook=False)
    return at.go(lab_url(lab_id))


@router.post("/labs/{lab_id}/upload")
def upload(at: VisitDep, lab_id: str, file: UploadFile) -> Response:
    """A notebook or a file of Python, as the text of an answer: for the page to take over."""
    labs.named(at.desk, lab_id)
    raw = file.file.read(answers.LONGEST * 12 + 1)
    text = labs.text_of(raw, file.filename or "answer.py")
    return _json({"answer": text})


@router.get("/labs/{lab_id}/answer.py")
def answer_py(at: VisitDep, lab_id: str) -> Response:
    lab, _ = labs.named(at.desk, lab_id)
    return Response(_text(at.desk, lab), media_type="text/x-python; charset=utf-8")


@router.get("/labs/{lab_id}/answer.ipynb")
def answer_ipynb(at: VisitDep, lab_id: str) -> Response:
    lab, _ = labs.named(at.desk, lab_id)
    notebook = labs.notebook_of(lab, _text(at.desk, lab), at.language)
    return Response(notebook, media_type="application/x-ipynb+json")


def _text(desk: Desk, lab: Lab) -> str:
    return answers.read(desk, lab) or lab_states.starter(lab)


# --- checking -----------------------------------------------------------------------------------


@router.post("/labs/{lab_id}/check")
def check(
    at: VisitDep,
    lab_id: str,
    answer: Annotated[str, Body()],
    base: Annotated[str | None, Body()] = None,
    part: str = "",
) -> Response:
    """Save, then grade: checks as they end, and the verdict, as server-sent events."""
    lab, one = labs.named(at.desk, reference_of(lab_id, part))
    with at.house.writing:
        kept = answers.keep(at.desk, lab, answer, base)
    if kept.theirs is not None:
        return _kept(at, kept)
    events = chain([event("saved", "", stamp=kept.stamp)], _graded(at, lab, one))
    return StreamingResponse(events, media_type="text/event-stream")


@router.post("/labs/{lab_id}/check-form")
def check_form(
    at: VisitDep,
    lab_id: str,
    answer: Annotated[str, Form()] = "",
    base: Annotated[str, Form()] = "",
    part: str = "",
) -> Response:
    """The same without scripts: the page again, with the verdict."""
    lab, one = labs.named(at.desk, reference_of(lab_id, part))
    with at.house.writing:
        kept = answers.keep(at.desk, lab, answer, base or None)
    if kept.theirs is not None:
        raise changed_elsewhere(str(answer_file(at.desk, lab.id)))
    for _ in _graded(at, lab, one):
        pass
    return at.go(lab_url(reference_of(lab_id, part)))


def _graded(at: Visit, lab: Lab, part: Part | None) -> Iterator[str]:
    """Events of one grading. It runs in a thread of its own, at a desk of its own: a page that is
    closed meanwhile stops listening, the verdict is remembered all the same."""
    heard: queue.SimpleQueue[CheckResult | Checked | Exception] = queue.SimpleQueue()
    house, reference = at.house, reference_of(lab.id, part.name if part else "")
    threading.Thread(target=_grade, args=(house, reference, heard), daemon=True).start()
    return _told(at, heard)


def _grade(
    house: House, reference: str, heard: "queue.SimpleQueue[CheckResult | Checked | Exception]"
) -> None:
    try:
        desk = Desk(house.settings(), house.now, house.new_id, shelf=house.shelf)
        with at_desk(desk), house.judges.grading.in_turn() as judge:
            heard.put(labs.check(desk, reference, judge=judge, on_check=heard.put))
    except Exception as trouble:  # whatever it was is said on the page that waits
        heard.put(trouble)


def _told(at: Visit, heard: "queue.SimpleQueue[Any]") -> Iterator[str]:
    while True:
        one = heard.get()
        if isinstance(one, CheckResult):
            yield event("check", at.html("fragments/check.html", check=one))
        elif isinstance(one, Checked):
            yield event("verdict", _verdict(at, one), word=one.verdict.verdict)
            return
        else:
            yield event("trouble", _trouble(at, one))
            return


def event(name: str, html: str, **more: object) -> str:
    """One server-sent event; its data is JSON on one line."""
    return f"event: {name}\ndata: {json.dumps({'html': html, **more})}\n\n"


def _verdict(at: Visit, checked: Checked) -> str:
    values = shown(checked.verdict, checked.first)
    values["titles"] = [_title(at.desk, task) for task in checked.tasks_done]
    if checked.verdict.passed:
        values["onward"] = onward(at, checked.lab)
    return at.html("fragments/verdict.html", **values)


def _title(desk: Desk, task_id: str) -> str:
    return days.named_task(desk, task_id).title


def onward(at: Visit, lab: Lab) -> tuple[str, Said | Bilingual]:
    """Where to go after a pass: the next part of this lab that is due today, else today's page."""
    now = standing(at.desk)
    if now.plan is None:
        return "/", say("On to a plan of your own")
    passed = lab_states.passed_names(now, lab)
    due = [line for line in days.today(at.desk).lines if line.state in ("open", "running")]
    for line in due:
        for reference in line.task.references("lab"):
            lab_id, _, name = reference.partition("#")
            part = lab.part(name)
            if lab_id == lab.id and part is not None and name not in passed:
                return lab_url(reference), say("Next: {title}", title=part.title)
    return "/", say("Back to today")


def _trouble(at: Visit, trouble: Exception) -> str:
    if isinstance(trouble, Problem):
        return at.html("fragments/letters.html", letters=trouble.letters, trace="")
    LOG.error("a check failed", exc_info=trouble)
    trace = "".join(traceback.format_exception(trouble))
    letters = (our_mistake(at.request.url.path),)
    return at.html("fragments/letters.html", letters=letters, trace=trace)


# --- hints, pictures, what happens elsewhere ----------------------------------------------------


@router.post("/labs/{lab_id}/hint")
def hint(at: VisitDep, lab_id: str, part: str = "") -> Response:
    with at.house.writing:
        rung = labs.hint(at.desk, reference_of(lab_id, part))
    return at.page("fragments/hint.html", hint=rung)


@router.post("/labs/{lab_id}/figure")
def figure(at: VisitDep, lab_id: str, part: str = "") -> Response:
    lab, _ = labs.named(at.desk, reference_of(lab_id, part))
    with at.house.judges.running.in_turn() as judge:
        both = figures(at.desk, reference_of(lab_id, part), _text(at.desk, lab), judge)
    if both is None:
        raise Problem(say("this part has no picture"), lab_id, say("its checks say what it does"))
    return at.page("fragments/figure.html", mine=both.mine, wanted=both.wanted)


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
    while not await request.is_disconnected():
        try:
            seen = await asyncio.to_thread(_look, request, house, reference, stamp, attempt)
        except Problem:
            return  # a page that is loaded again shows it; the browser asks again by itself
        stamp, attempt = seen.stamp, seen.attempt
        for one in seen.events:
            yield one
        await asyncio.sleep(LIVE_SECONDS)


class Seen:
    """One look at a lab: the stamp of its file, its latest attempt, and what is new of both."""

    def __init__(self, stamp: str, attempt: str) -> None:
        self.stamp, self.attempt = stamp, attempt
        self.events: list[str] = []


def _look(request: Request, house: House, reference: str, stamp: str, attempt: str) -> Seen:
    seen = Seen(stamp, attempt)
    desk = Desk(house.settings(), house.now, house.new_id, shelf=house.shelf)
    with at_desk(desk):
        lab, part = labs.named(desk, reference)
        text = answers.read(desk, lab)
        if text is not None and answers.stamp_of(text) != stamp:
            seen.stamp = answers.stamp_of(text)
            seen.events.append(event("file", "", answer=text, stamp=seen.stamp))
        latest = lab_states.last_attempt(standing(desk), lab, part)
        if latest is not None and latest.id != attempt:
            seen.attempt = latest.id
            at = Visit(request, house, desk)
            values = shown(latest.verdict, lab_states.first_to_mend(latest.verdict))
            html = at.html("fragments/verdict.html", **values)
            seen.events.append(event("verdict", html, word=latest.verdict.verdict))
    return seen
