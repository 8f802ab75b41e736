"""The web app: pages put together, what goes wrong said in words, everything behind the guard."""

import traceback
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles

from zhixing.actions.shelf import Shelf
from zhixing.errors import Letter, Problem
from zhixing.settings import Settings
from zhixing.web.guard import Guard, page_token, same_page
from zhixing.web.pages import (
    cells,
    essays,
    labs,
    notes,
    plan,
    progress,
    reviews,
    settings,
    shelves,
    tasks,
    today,
    welcome,
)  # fmt: skip
from zhixing.web.showing import HERE
from zhixing.web.visit import House, Visit, visit
from zhixing.web.warm import WarmJudges
from zhixing.words import say

PAGES = (
    today,
    welcome,
    tasks,
    labs,
    reviews,
    essays,
    cells,
    plan,
    notes,
    progress,
    settings,
    shelves,
)


def make_app(
    settings: Callable[[], Settings], now: Callable[[], datetime], hosts: frozenset[str]
) -> FastAPI:
    """The app of one home. `settings` is asked for every request; `hosts` are the exact names
    (with port) under which it may be reached."""
    token = page_token(settings().home)
    house = House(settings, now, WarmJudges(), Shelf(), token)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        house.judges.close()

    from fastapi import Depends

    app = FastAPI(
        title="Zhixing", docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan,
        dependencies=[Depends(same_page)],
    )  # fmt: skip
    app.state.house, app.state.token = house, token
    app.mount("/static/{version}", Lasting(directory=HERE / "static"), name="static")
    for page in PAGES:
        app.include_router(page.router)
    app.add_exception_handler(Problem, _problem)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _unfit)
    app.add_exception_handler(Exception, _ours)
    app.add_middleware(Guard, hosts=hosts)
    return app


class Lasting(StaticFiles):
    """Files whose address changes with their content: a browser may keep them."""

    def file_response(self, *args: object, **kwargs: object) -> Response:
        response = super().file_response(*args, **kwargs)  # type: ignore[arg-type]
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response


def _problem(request: Request, trouble: Exception) -> Response:
    assert isinstance(trouble, Problem)
    return _letters(request, trouble.letters, 400)


def _http(request: Request, trouble: Exception) -> Response:
    status = trouble.status_code if isinstance(trouble, HTTPException) else 500
    what = say("there is no such page") if status == 404 else say("this cannot be asked here")
    letter = Letter(what, request.url.path, say("go back to today's page"))
    return _letters(request, (letter,), status)


def _unfit(request: Request, trouble: Exception) -> Response:
    names = ""
    if isinstance(trouble, RequestValidationError):
        names = ", ".join(str(one["loc"][-1]) for one in trouble.errors())
    letter = Letter(
        say("what was sent does not fit this page: {names}", names=names),
        request.url.path,
        say("load the page again, and send it once more"),
    )
    return _letters(request, (letter,), 422)


def _ours(request: Request, trouble: Exception) -> Response:
    """A mistake of ours: said as such, with its traceback folded; nothing is hidden."""
    text = "".join(traceback.format_exception(trouble))
    letter = Letter(
        say("this is a mistake of ours, not yours"),
        request.url.path,
        say("what you had saved is safe; please report it with the lines below"),
    )
    return _letters(request, (letter,), 500, text)


def _letters(
    request: Request, letters: tuple[Letter, ...], status: int, trace: str = ""
) -> Response:
    """Letters as a page; as a fragment where a script asked. Where even the settings cannot be
    read, they are the letters."""
    try:
        opened = visit(request, request.app.state.house)
        one = next(opened)
    except Problem as problem:
        return _plain(problem.letters)
    try:
        template = "fragments/letters.html" if one.is_fragment else "problem.html"
        return one.page(template, status, letters=letters, trace=trace)
    finally:
        opened.close()  # type: ignore[attr-defined]


def _plain(letters: tuple[Letter, ...]) -> Response:
    lines = [letter.render(language) for letter in letters for language in ("zh", "en")]
    return Response("\n\n".join(lines), 500, media_type="text/plain; charset=utf-8")


__all__ = ["Visit", "make_app"]
