"""A browser on the pages of a real home in a temporary folder, on whatever day a test likes.

`app_at(date(2026, 12, 20))` opens the same home on another day; `client` is its first evening, with
no plan yet. `begun` has a plan. What is sent carries the token that stands in the page.
"""

import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from zhixing.actions import planning
from zhixing.actions.desk import Desk, at_desk
from zhixing.actions.planning import Wishes
from zhixing.actions.routes import route
from zhixing.settings import read_settings, write_setting
from zhixing.web.app import make_app

SHANGHAI = timezone(timedelta(hours=8))
FIRST = date(2026, 12, 7)
TOKEN = re.compile(r'<meta name="token" content="([^"]+)">')
NUMBERS = count(1)


@dataclass
class Browser:
    """What a learner does in a browser. `environment` and `flags` win over the home's settings, as
    they do at a real door; `moment` may be moved."""

    home: Path
    moment: datetime
    environment: dict[str, str] = field(default_factory=dict)
    flags: dict[str, object] = field(default_factory=dict)
    http: TestClient = field(init=False)

    def __post_init__(self) -> None:
        app = make_app(self.settings, lambda: self.moment, frozenset({"testserver"}))
        self.http = TestClient(app, follow_redirects=False)

    def settings(self) -> Any:
        return read_settings(self.home, self.environment, self.flags)

    def desk(self) -> AbstractContextManager[Desk]:
        """A desk in the same home at the same moment, for what a test wants to have happened."""
        made = Desk(self.settings(), lambda: self.moment, lambda: f"test-{next(NUMBERS):06}")
        return at_desk(made)

    def get(self, address: str, **more: Any) -> Any:
        return self.http.get(address, **more)

    def read(self, address: str, status: int = 200) -> str:
        """The text of a page, redirections followed."""
        answer = self.http.get(address, follow_redirects=True)
        assert answer.status_code == status, answer.text[:2000]
        return answer.text

    @property
    def token(self) -> str:
        found = TOKEN.search(self.http.get("/settings").text)
        assert found is not None, "a page without a token"
        return found.group(1)

    def post(self, address: str, fields: Mapping[str, Any] | None = None, **more: Any) -> Any:
        """A form sent, with the token of the page; the answer itself, no redirection followed."""
        return self.http.post(address, data={"token": self.token, **(fields or {})}, **more)

    def send(self, address: str, fields: Mapping[str, Any] | None = None) -> str:
        """A form sent; the text of the page on which it ends."""
        answer = self.http.post(
            address, data={"token": self.token, **(fields or {})}, follow_redirects=True
        )
        assert answer.status_code == 200, answer.text[:2000]
        return answer.text


OpenAt = Callable[..., Browser]


@pytest.fixture(scope="session")
def warm_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a home remembers of the built-in pack: reading it anew takes most of a second."""
    home = tmp_path_factory.mktemp("warm") / "home"
    for language in ("en", "zh"):
        write_setting(home, "language", language)
        settings = read_settings(home, {}, {})
        with at_desk(Desk(settings, lambda: datetime.now(SHANGHAI), lambda: "none")) as desk:
            for name in desk.catalog.routes:
                route(desk, name)
    return home / "cache"


@pytest.fixture
def home(tmp_path: Path, warm_cache: Path) -> Path:
    """The folder of a home in which nothing happened yet."""
    shutil.copytree(warm_cache, tmp_path / "home" / "cache")
    return tmp_path / "home"


@pytest.fixture
def app_at(home: Path) -> Iterator[OpenAt]:
    """`app_at(day, hour=19, language="en")`: the pages of one home on that evening in Shanghai."""
    with ExitStack() as open_ones:

        def opened(day: date = FIRST, hour: int = 19, language: str = "en") -> Browser:
            write_setting(home, "language", language)
            moment = datetime(day.year, day.month, day.day, hour, tzinfo=SHANGHAI)
            browser = Browser(home, moment)
            open_ones.enter_context(browser.http)
            return browser

        yield opened


@pytest.fixture
def client(app_at: OpenAt) -> Browser:
    """The first evening, in English; no plan yet."""
    return app_at(FIRST)


@pytest.fixture
def begun(client: Browser) -> Browser:
    """The same with a plan of 15 hours a week from Monday 7 December 2026."""
    with client.desk() as desk:
        planning.begin_route(desk, Wishes(hours_per_week=15.0, start=FIRST))
    return client
