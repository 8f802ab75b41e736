"""After a pass: how the answer reads, and the author's way beside it."""

from fastapi import APIRouter
from fastapi.responses import Response

from zhixing.actions import labs, reviews
from zhixing.web.pages.today import running
from zhixing.web.pages.verdicts import onward, reference_of
from zhixing.web.visit import VisitDep

router = APIRouter()


@router.get("/labs/{lab_id}/review")
def review_page(at: VisitDep, lab_id: str, part: str = "") -> Response:
    reference = reference_of(lab_id, part)
    lab, one = labs.named(at.desk, reference)
    return at.page(
        "review.html",
        lab=lab,
        part=one,
        reference=reference,
        review=reviews.review(at.desk, reference),
        onward=onward(at, lab),
        running=running(at),
    )
