"""Saving and checking an answer: checks as they end, as server-sent events."""

import json
import logging
import queue
import threading
import traceback
from collections.abc import Iterator
from itertools import chain
from typing import Annotated, Any

from fastapi import APIRouter, Body, Form
from fastapi.responses import Response, StreamingResponse

from zhixing.actions import answers, labs
from zhixing.actions.desk import Desk, at_desk
from zhixing.actions.labs import Checked
from zhixing.actions.leads import answer_file
from zhixing.errors import Problem
from zhixing.records import CheckResult, Lab, Part
from zhixing.web.pages.essays import changed_elsewhere
from zhixing.web.pages.verdicts import event, reference_of, verdict_of
from zhixing.web.showing import lab_url
from zhixing.web.visit import House, Visit, VisitDep, our_mistake
from zhixing.words import say

router = APIRouter()

LOG = logging.getLogger("uvicorn.error")
PATIENCE_SECONDS = 1.0
WAITING = say("Still running: the other checks, then your answer beside known slips…")


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
        return as_json({"stamp": kept.stamp})
    asked = at.html("fragments/conflict.html", theirs=kept.theirs)
    return as_json({"stamp": kept.stamp, "theirs": kept.theirs, "html": asked}, 409)


def as_json(data: object, status: int = 200) -> Response:
    return Response(json.dumps(data, ensure_ascii=True), status, media_type="application/json")


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
    answer: Annotated[list[str], Form(default_factory=list)],
    base: Annotated[str, Form()] = "",
    part: str = "",
) -> Response:
    """The same without scripts: the page again, with the verdict. A lab of several files has a
    field for each."""
    lab, one = labs.named(at.desk, reference_of(lab_id, part))
    with at.house.writing:
        text = answers.of_fields(lab, answer)
        kept = answers.keep(at.desk, lab, text, base or None)
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
    return _told(at, lab, heard)


def _grade(
    house: House, reference: str, heard: "queue.SimpleQueue[CheckResult | Checked | Exception]"
) -> None:
    try:
        desk = Desk(house.settings(), house.now, house.new_id, shelf=house.shelf)
        with at_desk(desk), house.judges.grading.in_turn() as judge:
            heard.put(labs.check(desk, reference, judge=judge, on_check=heard.put))
    except Exception as trouble:  # whatever it was is said on the page that waits
        heard.put(trouble)


def _told(at: Visit, lab: Lab, heard: "queue.SimpleQueue[Any]") -> Iterator[str]:
    failed, patient = False, False
    while True:
        try:
            one = heard.get(timeout=PATIENCE_SECONDS if failed and not patient else None)
        except queue.Empty:  # naming the slip of a slow lab runs each planted slip
            patient = True
            yield event("waiting", "", words=at.said(WAITING))
            continue
        if isinstance(one, CheckResult):
            failed |= one.outcome in ("fail", "error")
            yield event("check", at.html("fragments/check.html", lab=lab, check=one))
        elif isinstance(one, Checked):
            words = {"word": one.verdict.verdict, "seed": one.verdict.seed}
            yield event("verdict", verdict_of(at, one), **words)
            return
        else:
            yield event("trouble", _trouble(at, one))
            return


def _trouble(at: Visit, trouble: Exception) -> str:
    if isinstance(trouble, Problem):
        return at.html("fragments/letters.html", letters=trouble.letters, trace="")
    LOG.error("a check failed", exc_info=trouble)
    trace = "".join(traceback.format_exception(trouble))
    letters = (our_mistake(at.request.url.path),)
    return at.html("fragments/letters.html", letters=letters, trace=trace)
