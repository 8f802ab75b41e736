"""One request: the desk it works at, and how a page is shown to the person who asked."""

import threading
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from zhixing.actions.desk import Desk, at_desk
from zhixing.actions.shelf import Shelf
from zhixing.settings import Settings
from zhixing.web.showing import render
from zhixing.web.warm import WarmJudges
from zhixing.words import Language, Sayable


@dataclass(frozen=True)
class House:
    """What one running server was given: how to read the settings, the clock, warm judges. The
    shelf remembers between requests what a desk would read anew."""

    settings: Callable[[], Settings]
    now: Callable[[], datetime]
    judges: WarmJudges
    shelf: Shelf
    token: str
    new_id: Callable[[], str] = lambda: uuid.uuid4().hex
    writing: threading.Lock = field(default_factory=threading.Lock)
    """Held while a request changes what happened: two tabs, or a double click, take turns."""


@dataclass
class Visit:
    """One request at one desk."""

    request: Request
    house: House
    desk: Desk

    @property
    def language(self) -> Language:
        return self.desk.language

    @property
    def is_fragment(self) -> bool:
        """Whether a script asked, for a part of the page it is on."""
        return "HX-Request" in self.request.headers or "X-Token" in self.request.headers

    def page(self, template: str, status: int = 200, **values: object) -> HTMLResponse:
        """A page, or a part of one, in the language and theme of the home."""
        return HTMLResponse(self.html(template, **values), status)

    def html(self, template: str, **values: object) -> str:
        given: Mapping[str, object] = {
            "language": self.language,
            "theme": self.desk.settings.theme,
            "token": self.house.token,
            "nonce": self.request.scope.get("state", {}).get("nonce", ""),
            "path": self.request.url.path,
            "here": self.request.url.path
            + (f"?{self.request.url.query}" if self.request.url.query else ""),
        }
        return render(template, {**given, **values})

    def said(self, text: Sayable | str) -> str:
        return text if isinstance(text, str) else text.render(self.language)

    def go(self, address: str) -> Response:
        """On to another page after something was done (303: going back does not do it again)."""
        if "HX-Request" in self.request.headers:
            return Response(status_code=204, headers={"HX-Redirect": address})
        return RedirectResponse(address, 303)

    def back(self, otherwise: str = "/") -> Response:
        """On to where the form said it stands, if that is one of our own pages."""
        wanted = self.request.query_params.get("then", "") or otherwise
        ours = wanted.startswith("/") and not wanted.startswith(("//", "/\\"))
        return self.go(wanted if ours else otherwise)


def house_of(request: Request) -> House:
    house: House = request.app.state.house
    return house


def visit(request: Request, house: Annotated[House, Depends(house_of)]) -> Iterator[Visit]:
    """The visit of this request; its desk is closed afterwards."""
    desk = Desk(house.settings(), house.now, house.new_id, shelf=house.shelf)
    with at_desk(desk):
        yield Visit(request, house, desk)


VisitDep = Annotated[Visit, Depends(visit)]
