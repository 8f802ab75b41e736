"""The web app: pages put together, what goes wrong said in words, everything behind the guard."""

import traceback
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime

from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from zhixing.actions.shelf import Shelf
from zhixing.errors import Letter, Problem
from zhixing.settings import Settings
from zhixing.web.guard import Guard, page_token, same_page
from zhixing.web.pages import (
    cells,
    checking,
    essays,
    importing,
    labs,
    live,
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
from zhixing.web.visit import House, Visit, clock_within_reason, our_mistake, visit
from zhixing.web.warm import WarmJudges
from zhixing.words import Said, say

PAGES = (
    today,
    welcome,
    tasks,
    labs,
    live,
    reviews,
    essays,
    cells,
    checking,
    plan,
    notes,
    progress,
    settings,
    shelves,
    importing,
)

HOME = say("go back to today's page")
HTTP: Mapping[int, tuple[Said, Said]] = {
    400: (
        say("what was sent cannot be read, or one text of it is over 1 MiB"),
        say("load the page again, and send less at once; what you wrote is still in it"),
    ),
    404: (say("there is no such page"), HOME),
    413: (
        say("this is more than 12 MiB at once"),
        say("send less; of a notebook, clear the outputs first: only its code is read"),
    ),
}
"""What can be said of answers that no page of ours gave: (what, next step)."""


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

    app = Guarded(
        title="Zhixing", docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan,
        dependencies=[Depends(same_page), Depends(clock_within_reason)],
    )  # fmt: skip
    app.state.house, app.state.token, app.state.hosts = house, token, hosts
    app.mount("/static/{version}", Lasting(directory=HERE / "static"), name="static")
    for page in PAGES:
        app.include_router(page.router)
    app.add_exception_handler(Problem, _problem)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _unfit)
    app.add_exception_handler(Exception, _ours)
    return app


class Guarded(FastAPI):
    """The guard stands outside of everything, also of what answers after a mistake of ours."""

    def build_middleware_stack(self) -> ASGIApp:
        return Guard(super().build_middleware_stack(), self.state.hosts)


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
    what, step = HTTP.get(status, (say("this cannot be asked here"), HOME))
    return _letters(request, (Letter(what, request.url.path, step),), status)


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
    return _letters(request, (our_mistake(request.url.path),), 500, text)


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
