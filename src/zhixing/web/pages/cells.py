"""Cells: run a piece of Python and show what it printed and drew. Nothing is judged."""

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import Response

from zhixing.actions.running import run_cell
from zhixing.web.visit import VisitDep

router = APIRouter()


@router.post("/cells/run")
def run(
    at: VisitDep, reference: Annotated[str, Form()], source: Annotated[str, Form()]
) -> Response:
    with at.house.judges.running.in_turn() as judge:
        ran = run_cell(at.desk, reference, source.replace("\r\n", "\n"), judge)
    return at.page("fragments/ran.html", ran=ran)
