"""A lab: statement, editor, verdict, hints a rung at a time, the picture, files to take along."""

from typing import Any

from fastapi import APIRouter, UploadFile
from fastapi.responses import Response

from zhixing.actions import answers, lab_states, labs
from zhixing.actions.answer_texts import text_of
from zhixing.actions.desk import Desk
from zhixing.actions.leads import answer_file, answer_files
from zhixing.actions.running import figures
from zhixing.actions.standing import standing
from zhixing.actions.wording import long_date
from zhixing.errors import Problem
from zhixing.records import Attempt, Lab, Part
from zhixing.web.pages.checking import as_json
from zhixing.web.pages.essays import essay_page
from zhixing.web.pages.statements import passages
from zhixing.web.pages.today import running
from zhixing.web.pages.verdicts import reference_of, shown
from zhixing.web.showing import lab_url
from zhixing.web.visit import Visit, VisitDep
from zhixing.words import say

router = APIRouter()


@router.get("/labs/{lab_id}")
def lab_page(at: VisitDep, lab_id: str, part: str = "") -> Response:
    lab, one = labs.named(at.desk, reference_of(lab_id, part))
    if lab.essay is not None:
        return essay_page(at, lab)
    at.house.judges.grading.warm_for(lab)
    text = _text(at.desk, lab)
    now = standing(at.desk)
    attempt = lab_states.last_attempt(now, lab, one)
    same = attempt is not None and attempt.answer == text
    passed = labs.passed_before(now, lab)
    names = {one.name} if one else set(labs.part_names(lab))
    return at.page(
        "lab.html",
        lab=lab,
        part=one,
        passages=passages(lab, one, at.language),
        texts=answers.texts_of(lab, text),
        stamp=answers.stamp_of(text),
        file="\n".join(map(str, answer_files(answer_file(at.desk, lab.id), lab))),
        place=lab.parts.index(one) + 1 if one else 0,
        passed=passed,
        failed_since=lab_states.failed_since(now, lab),
        passed_here=names <= passed,
        check_names=[(c, at.said(lab.check_title(c))) for c in (one or lab).checks],
        has_figure=_drawn(lab, one),
        hints=lab_states.hints_taken(at.desk, lab, one),
        last_attempt=attempt.id if attempt else "",
        running=running(at),
        **(_verdict_values(at, lab, attempt) if attempt and same else {"verdict": None}),
    )


def _drawn(lab: Lab, part: Part | None) -> bool:
    source = lab.figure_source or ""
    return part is not None and f"def draw_{part.name.replace('-', '_')}(" in source


def _verdict_values(at: Visit, lab: Lab, attempt: Attempt) -> dict[str, Any]:
    first = labs.first_to_mend(attempt.verdict)
    when = long_date(attempt.at.astimezone(at.desk.now().tzinfo).date())
    return shown(lab, attempt.verdict, first) | {"when": at.said(when)}


# --- the file of the answer ---------------------------------------------------------------------


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
    text = text_of(raw, file.filename or "answer.py")
    return as_json({"answer": text})


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


# --- hints and pictures -------------------------------------------------------------------------


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
