"""An essay: a template to fill in, numbers of one's own, what a machine counts, one's review."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from zhixing.actions import answers, essays, labs
from zhixing.actions.standing import standing
from zhixing.errors import Problem
from zhixing.records import Lab
from zhixing.web.pages.today import running
from zhixing.web.showing import lab_url
from zhixing.web.visit import Visit, VisitDep
from zhixing.words import say

router = APIRouter()

RATE = "rate-"


def essay_page(at: Visit, lab: Lab) -> Response:
    text = essays.text_of(at.desk, lab)
    return at.page(
        "essay.html",
        lab=lab,
        essay=essays.essay_of(lab),
        text=text,
        stamp=answers.stamp_of(text),
        counted=essays.counted(at.desk, lab, text),
        handed=standing(at.desk).essays.get(lab.id),
        file=str(essays.essay_file(at.desk, lab)),
        running=running(at),
    )


async def _fields(request: Request) -> dict[str, str]:
    form = await request.form()
    return {name: value for name, value in form.items() if isinstance(value, str)}


@router.post("/labs/{lab_id}/essay")
def save_or_hand_in(
    at: VisitDep, lab_id: str, fields: Annotated[dict[str, str], Depends(_fields)]
) -> Response:
    """Save the text; hand it in when that was asked for."""
    lab, _ = labs.named(at.desk, lab_id)
    text = fields.get("text", "").replace("\r\n", "\n")
    ratings = {k.removeprefix(RATE): v for k, v in fields.items() if k.startswith(RATE)}
    with at.house.writing:
        kept = answers.keep(at.desk, lab, text, fields.get("base") or None)
        if kept.theirs is not None:
            raise changed_elsewhere(str(essays.essay_file(at.desk, lab)))
        if fields.get("then") == "hand-in" and not _handed_in(at, lab, text, ratings):
            essays.hand_in(at.desk, lab.id, text, ratings)
    place = "counted" if fields.get("then") != "hand-in" else "text"
    return at.go(f"{lab_url(lab.id)}#{place}")


def _handed_in(at: Visit, lab: Lab, text: str, ratings: dict[str, str]) -> bool:
    """Whether exactly this was handed in last, and would count as it did."""
    last = standing(at.desk).essays.get(lab.id)
    return (
        last is not None
        and (last.text, dict(last.ratings)) == (text, ratings)
        and last.complete == essays.counted(at.desk, lab, text).complete
    )


def changed_elsewhere(file: str) -> Problem:
    """What a page without scripts says when another editor was faster."""
    return Problem(
        say("the file was changed elsewhere since this page began"),
        file,
        say("go back, copy your text, load the page again, and join the two; nothing was written"),
    )
