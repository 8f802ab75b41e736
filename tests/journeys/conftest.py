"""A real Chromium on the real app: a home in a temporary folder, a clock that a test moves.

`site` is a served home, still empty; `begun` has the plan of sixteen weeks from Monday 7 December
2026. `open_tab()` opens a page; when the test ends, every page must have kept quiet: nothing in
the console, no word to any other host.
"""

import os
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Error,
    Locator,
    Page,
    Playwright,
    sync_playwright,
)

from zhixing.actions import planning
from zhixing.actions.desk import Desk, at_desk
from zhixing.actions.planning import Wishes
from zhixing.grader.starter import planted, without_markers
from zhixing.records import Catalog, Lab
from zhixing.settings import read_settings, write_setting
from zhixing.web.app import make_app
from zhixing.web.serving import hosts_of

SHANGHAI = timezone(timedelta(hours=8))
FIRST = date(2026, 12, 7)
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge")
NUMBERS = count(1)
PATIENCE_MS = 15_000
"""A busy machine is slow, and that is not what these tests are about."""


def browser_path() -> str:
    """Where Chromium is: as ZHIXING_BROWSER says, else on the PATH; "" when there is none."""
    named = os.environ.get("ZHIXING_BROWSER", "")
    if named:
        return shutil.which(named) or ""
    found = (shutil.which(name) for name in NAMES)
    return next((path for path in found if path), "")


def open_browser(playwright: Playwright, path: str) -> Browser:
    """A browser without a window. Root has no sandbox to be put in; containers little /dev/shm."""
    flags = ["--disable-dev-shm-usage", "--disable-gpu", "--force-color-profile=srgb"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        flags.append("--no-sandbox")
    return playwright.chromium.launch(executable_path=path, args=flags)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser of all journeys. Without one they are skipped, by name; where
    ZHIXING_NEEDS_BROWSER=1 that is a failure."""
    path = browser_path()
    if not path:
        missing = (
            "no Chromium here: install one (Debian: `apt install chromium`; or Google Chrome or "
            "Edge), or name it in ZHIXING_BROWSER"
        )
        if os.environ.get("ZHIXING_NEEDS_BROWSER") == "1":
            pytest.fail(missing)
        pytest.skip(missing)
    with sync_playwright() as playwright:
        browser = open_browser(playwright, path)
        yield browser
        browser.close()


@dataclass
class Site:
    """One home and the server of its pages. `moment` is the clock: move it and the day changes.
    `stop` and `start` keep the address, as a learner's own server does."""

    home: Path
    moment: datetime = datetime(FIRST.year, FIRST.month, FIRST.day, 19, tzinfo=SHANGHAI)
    port: int = 0
    server: uvicorn.Server | None = None
    thread: threading.Thread | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def settings(self) -> Any:
        return read_settings(self.home, {}, {})

    def set(self, language: str, theme: str = "light") -> None:
        write_setting(self.home, "language", language)
        write_setting(self.home, "theme", theme)

    def on(self, day: int, hour: int = 19, minute: int = 0) -> None:
        """It is that day of the plan, counted from 1, in Shanghai."""
        at = FIRST + timedelta(days=day - 1)
        self.moment = datetime(at.year, at.month, at.day, hour, minute, tzinfo=SHANGHAI)

    def desk(self) -> AbstractContextManager[Desk]:
        """A desk in this home, for what a test wants to have happened, or to have been kept."""
        made = Desk(self.settings(), lambda: self.moment, lambda: f"journey-{next(NUMBERS):06}")
        return at_desk(made)

    def start(self) -> None:
        listening = socket.socket()
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("127.0.0.1", self.port))
        self.port = listening.getsockname()[1]
        app = make_app(self.settings, lambda: self.moment, hosts_of("127.0.0.1", self.port))
        config = uvicorn.Config(
            app, log_level="critical", access_log=False, timeout_graceful_shutdown=0, ws="none"
        )
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=self.server.run, args=([listening],), daemon=True)
        self.thread.start()
        self.wait_for(lambda: self.server is not None and self.server.started)

    def stop(self) -> None:
        if self.server is not None and self.thread is not None:
            self.server.should_exit = True
            self.thread.join(20)
            self.server = self.thread = None

    def wait_for(self, happened: Callable[[], object], seconds: float = 20.0) -> None:
        """Wait until it has happened, outside the browser; fails when it does not."""
        until = time.monotonic() + seconds
        while not happened():
            assert time.monotonic() < until, "it did not happen"
            time.sleep(0.02)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A served home in which nothing has happened yet; in English, on paper."""
    site = Site(tmp_path / "home")
    site.set("en")
    site.start()
    yield site
    site.stop()


@pytest.fixture
def begun(site: Site) -> Site:
    """The same with a plan of 15 hours a week from Monday 7 December 2026."""
    with site.desk() as desk:
        planning.begin_route(desk, Wishes(hours_per_week=15.0, start=FIRST))
    return site


@dataclass
class Heard:
    """What the pages of one test said in the console, and whom they asked."""

    console: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    forgiven: tuple[str, ...] = ()

    def listen(self, page: Page, site: Site) -> None:
        page.on("console", lambda said: said.type == "error" and self.console.append(said.text))
        page.on("pageerror", lambda trouble: self.console.append(f"uncaught: {trouble}"))
        page.on("request", lambda asked: self._asked(asked.url, site))

    def _asked(self, url: str, site: Site) -> None:
        if not url.startswith((site.address, "data:", "blob:", "about:")):
            self.elsewhere.append(url)

    def judge(self) -> None:
        loud = [one for one in self.console if not any(f in one for f in self.forgiven)]
        assert not loud, f"the console said: {loud}"
        assert not self.elsewhere, f"another host was asked: {self.elsewhere}"


@pytest.fixture
def heard() -> Heard:
    """What was said in the consoles of this test; `forgiven` are pieces of what may be said."""
    return Heard()


@dataclass
class Tab:
    """A page that somebody sits at, and what they do there."""

    page: Page
    site: Site

    def go(self, path: str) -> None:
        self.page.goto(self.site.address + path)

    def click(self, name: str, within: str = "main") -> None:
        """Click the button or link of that name (the first of several)."""
        place = self.page.locator(within)
        named = place.get_by_role("button", name=name, exact=True)
        named.or_(place.get_by_role("link", name=name, exact=True)).first.click()

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.site.address)

    @property
    def editor(self) -> Locator:
        """The editor that the scripts put over the answer."""
        return self.page.locator(".lab .cm-content")

    @property
    def answer(self) -> str:
        """The whole answer; the editor itself shows only what is on the screen."""
        self.editor.wait_for()
        return self.page.locator(".lab textarea[name=answer]").input_value()

    @property
    def verdict(self) -> Locator:
        return self.page.locator("[data-verdict] .verdict")

    @property
    def state(self) -> Locator:
        """The word beside the buttons: saved, not saved yet, checking …"""
        return self.page.locator(".lab .toolbar [data-state]")

    def paste(self, text: str) -> None:
        """Put `text` in place of the whole answer, as one does who copied it from elsewhere."""
        self.editor.click()
        self.page.keyboard.press("ControlOrMeta+a")
        self.editor.evaluate(PASTE, text)

    def rewrite(self, old: str, new: str) -> None:
        """Type `new`, key by key, in place of the line that holds `old`."""
        line = self.page.locator(".lab .cm-line", has_text=old).first
        line.click()
        self.page.keyboard.press("End")
        self.page.keyboard.press("Shift+Home")
        self.page.keyboard.type(new)

    def check(self) -> None:
        """Ctrl-Enter, and wait for the verdict."""
        self.page.keyboard.press("ControlOrMeta+Enter")
        self.page.locator(".lab [data-check]:not([disabled])").wait_for()
        self.verdict.wait_for()


PASTE = """(element, text) => {
  const data = new DataTransfer()
  data.setData("text/plain", text)
  const more = {clipboardData: data, bubbles: true, cancelable: true}
  element.dispatchEvent(new ClipboardEvent("paste", more))
}"""

OpenTab = Callable[..., Tab]


@pytest.fixture
def open_tab(chromium: Browser, site: Site, heard: Heard) -> Iterator[OpenTab]:
    """`open_tab("/plan", width=390, …)`: somebody at a page in a browser of their own;
    `beside=tab` opens it in the same browser, with what that keeps."""
    contexts: list[BrowserContext] = []

    def opened(path: str = "/", width: int = 1280, beside: Tab | None = None, **more: Any) -> Tab:
        if beside is None:
            size = {"width": width, "height": 860}
            contexts.append(chromium.new_context(viewport=size, reduced_motion="reduce", **more))
            contexts[-1].set_default_timeout(PATIENCE_MS)
        page = (beside.page.context if beside else contexts[-1]).new_page()
        heard.listen(page, site)
        page.goto(site.address + path)
        return Tab(page, site)

    yield opened
    for context in contexts:
        with suppress(Error):
            context.close()
    heard.judge()


def slipped(lab: Lab, slip: str) -> str:
    """The solution with that slip planted, as a learner would have written it."""
    mutant = next(one for one in lab.mutants if one.slip == slip)
    return without_markers(planted(lab, mutant))


@pytest.fixture(scope="session")
def answers(built_in: Catalog) -> Callable[..., str]:
    """`answers("la-transform-rank")` is a right answer; with a slip's name, a wrong one."""

    def written(lab: str, slip: str | None = None) -> str:
        found = built_in.labs[lab]
        return slipped(found, slip) if slip else without_markers(found.solution)

    return written
