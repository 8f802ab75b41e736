"""One request: the desk it works at, and how a page is shown to the person who asked."""

import re
import threading
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated
from urllib.parse import parse_qsl, quote, urlencode

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from zhixing.actions.desk import Desk, at_desk
from zhixing.actions.shelf import Shelf
from zhixing.errors import Letter, Problem
from zhixing.settings import Settings
from zhixing.web.drafts import Drafts
from zhixing.web.languages import as_asked
from zhixing.web.on_pages import on_page
from zhixing.web.showing import render
from zhixing.web.warm import WarmJudges
from zhixing.words import Language, Sayable, say

OUR_PAGE = re.compile(r"/(?!/)[^\\\x00-\x20\x7f]*")
"""An address on this server. Browsers read a backslash as a slash, and leave out tabs and ends of
lines: with them `/` and `/` could come to stand side by side, and the rest be another machine."""

LAST_YEAR = 9000
"""Plans reach years ahead, and no date is later than 9999."""


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
    drafts: Drafts = field(default_factory=Drafts)
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
        told = on_page(text)
        return told if isinstance(told, str) else told.render(self.language)

    def go(self, address: str) -> Response:
        """On to another page after something was done (303: going back does not do it again)."""
        if "HX-Request" in self.request.headers:
            plain = quote(address, safe="/:?#[]@!$&'()*+,;=%~")
            return Response(status_code=204, headers={"HX-Redirect": plain})
        return RedirectResponse(address, 303)

    def back(self, otherwise: str = "/", did: str = "") -> Response:
        """On to where the form said it stands, if that is one of our own pages; `did` tells it
        what was done."""
        wanted = self.request.query_params.get("then", "") or otherwise
        address = wanted if OUR_PAGE.fullmatch(wanted) else otherwise
        if did:
            path, _, asked = address.partition("#")[0].partition("?")
            kept = [pair for pair in parse_qsl(asked) if pair[0] != "did"]
            address = f"{path}?{urlencode([*kept, ('did', did)])}"
        return self.go(address)


def house_of(request: Request) -> House:
    house: House = request.app.state.house
    return house


def desk_of(request: Request, house: House) -> Desk:
    """A desk that speaks as who asks would like it; close it."""
    settings = as_asked(house.settings(), request.headers.get("accept-language", ""))
    return Desk(settings, house.now, house.new_id, shelf=house.shelf)


def visit(request: Request, house: Annotated[House, Depends(house_of)]) -> Iterator[Visit]:
    """The visit of this request; its desk is closed afterwards."""
    with at_desk(desk_of(request, house)) as desk:
        yield Visit(request, house, desk)


def clock_within_reason(house: Annotated[House, Depends(house_of)]) -> None:
    """A dependency of every page. Problem when the clock leaves no room for a plan after today."""
    today = house.now().date()
    if today.year > LAST_YEAR:
        raise Problem(
            say("the clock of this machine says {day}", day=today.isoformat()),
            say("the clock"),
            say("set it right, and load the page again"),
        )


def our_mistake(where: str) -> Letter:
    """What is said where our own code failed."""
    return Letter(
        say("this is a mistake of ours, not yours"),
        where,
        say("what you had saved is safe; please report it with the lines below"),
    )


VisitDep = Annotated[Visit, Depends(visit)]
