"""Settings: language, ground, hours, mirror, folders; export everything, forget everything."""

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import Response

from zhixing.settings import write_setting
from zhixing.web.visit import VisitDep

router = APIRouter()


@router.post("/settings/language")
def language(at: VisitDep, language: Annotated[str, Form()]) -> Response:
    write_setting(at.desk.settings.home, "language", language)
    return at.back()


@router.post("/settings/theme")
def theme(at: VisitDep, theme: Annotated[str, Form()]) -> Response:
    write_setting(at.desk.settings.home, "theme", theme)
    return at.back()
