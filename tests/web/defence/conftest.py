"""What an attacker, an accident or a bad day needs: a real server, raw requests, a hostile pack."""

import hashlib
import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from zhixing.actions.desk import Desk, at_desk
from zhixing.settings import read_settings
from zhixing.store.opening import open_store

DAY = "2026-12-07"
LAB = "py-decorators"
PART = "context"
RIGHT = """\
import contextlib
absent = object()

@contextlib.contextmanager
def changed(obj, name, value):
    old = getattr(obj, name, absent)
    setattr(obj, name, value)
    try:
        yield obj
    finally:
        if old is absent:
            delattr(obj, name)
        else:
            setattr(obj, name, old)
"""
SAFE_PLACES = ("cache", "web.key", "zhixing.db-wal", "zhixing.db-shm", "zhixing.db")


@dataclass
class Came:
    """An answer as it came over the wire."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")


@dataclass
class Served:
    """`zhixing serve` in a process of its own."""

    home: Path
    process: subprocess.Popen[str]
    address: str
    port: int = field(init=False)

    def __post_init__(self) -> None:
        self.port = int(self.address.rstrip("/").rpartition(":")[2])

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def token(self) -> str:
        return (self.home / "web.key").read_text("ascii").strip()

    def ask(self, method: str, path: str, body: bytes | None = None, /, **headers: str) -> Came:
        """One request as it is; `Sec_Fetch_Site="…"` is a header. Host is ours unless given."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as line:
            line.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in {"Host": self.host, **named}.items():
                line.putheader(name, value)
            if body is not None and "Content-Length" not in named:
                line.putheader("Content-Length", str(len(body)))
            line.endheaders(body)
            answer = line.getresponse()
            return Came(
                answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()
            )

    def post(self, path: str, **fields: str) -> Came:
        """A form of our own page."""
        body = urlencode({"token": self.token, **fields}).encode()
        return self.ask("POST", path, body, Content_Type="application/x-www-form-urlencoded")

    def send(self, path: str, what: object) -> Came:
        """JSON from a script of our own page."""
        body = json.dumps(what).encode()
        return self.ask("POST", path, body, Content_Type="application/json", X_Token=self.token)

    def kill(self) -> None:
        """As a power cut would."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGINT)
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.kill()
        if self.process.stdout:
            self.process.stdout.close()


Serve = Callable[..., Served]


@pytest.fixture(scope="session")
def catalog_bin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a home remembers of the built-in pack, so that not every test parses it anew."""
    home = tmp_path_factory.mktemp("remembered")
    settings = read_settings(home, {}, {})
    with at_desk(Desk(settings, lambda: datetime.now().astimezone(), str)) as desk:
        assert desk.catalog.labs
    return home / "cache" / "catalog.bin"


@pytest.fixture
def home(tmp_path: Path, catalog_bin: Path) -> Path:
    cache = tmp_path / "home" / "cache"
    cache.mkdir(parents=True)
    shutil.copy(catalog_bin, cache)
    return cache.parent


def started(home: Path, *flags: str, **environment: str) -> Served:
    """A server that can be reached."""
    process = subprocess.Popen(
        [sys.executable, "-m", "zhixing", "serve", "--home", str(home), "--json", *flags],
        env={**os.environ, "ZHIXING_TODAY": DAY, "ZHIXING_LANGUAGE": "en", **environment},
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, start_new_session=True,
    )  # fmt: skip
    assert process.stdout is not None
    return Served(home, process, json.loads(process.stdout.readline())["address"])


@pytest.fixture
def serve(home: Path) -> Iterator[Serve]:
    """`serve(home)` starts a real server, which ends with the test."""
    with ExitStack() as ending:

        def serving(at: Path = home, *flags: str, **environment: str) -> Served:
            served = started(at, *flags, **environment)
            ending.callback(served.stop)
            return served

        yield serving


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A real server with a plan, for tests that only knock."""
    one = started(tmp_path_factory.mktemp("served") / "home")
    try:
        came = one.post("/welcome/begin", coding="some", maths="faded", hours="15", first="plan")
        assert came.status == 303, came.text
        yield one
    finally:
        one.stop()


def events_in(text: str) -> list[tuple[str, dict[str, Any]]]:
    """(name, data) of each server-sent event."""
    found = []
    for block in text.strip().split("\n\n"):
        name, _, data = block.partition("\n")
        found.append((name.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    return found


def kept(home: Path) -> dict[str, str]:
    """What a home holds: its happenings, and every file that is not made again by itself."""
    state = {}
    for path in sorted(home.rglob("*")):
        name = path.relative_to(home).as_posix()
        if path.is_file() and name.partition("/")[0] not in SAFE_PLACES:
            state[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    if (home / "zhixing.db").exists():
        with open_store(home / "zhixing.db") as store:
            state["happenings"] = str(store.tally("me"))
    return state


def told(home: Path, *kinds: type) -> list[Any]:
    """The happenings of these kinds."""
    with open_store(home / "zhixing.db") as store:
        return list(store.happenings("me", kinds or None))


def together(count: int, call: Callable[[], Any]) -> list[Any]:
    """What `count` calls at the same moment give."""
    found: list[Any] = []
    gate = threading.Barrier(count)

    def one() -> None:
        gate.wait()
        found.append(call())

    threads = [threading.Thread(target=one) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


# --- what stands in a page ----------------------------------------------------------------------

MARK = "x-evil"
EVIL = f"<{MARK} onclick=alert(1)>hm</{MARK}><script>/* {MARK} */alert(1)</script>"


class Seen(HTMLParser):
    """What a browser could run in a page: tags, handlers, addresses that are code."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.dangers: list[str] = []
        self._inline = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        given = {name: value or "" for name, value in attrs}
        self._inline = tag in ("script", "style")
        for name, value in given.items():
            address = "".join(value.split()).lower()
            if name.startswith("on") or name == "srcdoc" or name.startswith("hx-on"):
                self.dangers.append(f"{tag} {name}={value}")
            if address.startswith(("javascript:", "vbscript:", "data:text")):
                self.dangers.append(f"{tag} {name}={value}")
            if tag in ("script", "link", "img", "iframe") and name in ("src", "href"):
                ours = value.startswith("/static/") or value.startswith("data:image/png;base64,")
                if not ours:
                    self.dangers.append(f"{tag} loads {value}")
            if name == "style" and ("url" in address or "expression" in address):
                self.dangers.append(f"{tag} style={value}")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self._inline = False

    def handle_endtag(self, tag: str) -> None:
        self._inline = False

    def handle_data(self, data: str) -> None:
        if self._inline and data.strip():
            self.dangers.append(f"inline: {data[:60]}")


def must_be_harmless(html: str, where: str = "") -> None:
    """No script of anybody else, no handler, nothing loaded from elsewhere."""
    seen = Seen(html)
    assert not seen.dangers, (where, seen.dangers)
    assert MARK not in seen.tags, (where, "markup of others became markup of the page")


# --- a pack whose every word is an attack -------------------------------------------------------


@pytest.fixture
def evil_pack(tmp_path: Path) -> Path:
    pack = tmp_path / "evil"
    lab = pack / "labs" / "python" / "evil-lab"
    lab.mkdir(parents=True)
    (pack / "pack.toml").write_text('name = "evil"\nlanguages = ["zh", "en"]\nlicence = "MIT"\n')
    title = json.dumps(EVIL)
    (lab / "lab.toml").write_text(
        f'title = {{ zh = {title}, en = {title} }}\nkind = "python"\nskills = []\n'
        f'packages = ["python"]\nbudget_cpu_seconds = 1\nsources = [{title}]\n\n'
        f"[parts.one]\ntitle = {{ zh = {title}, en = {title} }}\nminutes = 10\n"
        'checks = ["it_is_one"]\n\n'
        '[[mutants]]\nslip = "gives-two"\nfind = "return 1"\nput = "return 2"\n'
        f'fails = ["it_is_one"]\nwhy = {{ zh = {title}, en = {title} }}\n'
    )
    for language in ("zh", "en"):
        (lab / f"statement.{language}.md").write_text(
            f"# {EVIL}\n\n{EVIL}\n\n[x](javascript:alert(1)) ![x](http://evil.example/x.png)\n\n"
            f"![x](data:image/svg+xml;base64,PHN2Zz4=)\n\n$\\href{{javascript:alert(1)}}{{x}}$\n\n"
            f"## Hints\n\n### it_is_one\n\n1. {EVIL} {language}\n"
        )
    (lab / "solution.py").write_text(
        "def one():\n    # <answer> give one\n    return 1\n    # </answer>\n"
    )
    (lab / "checks.py").write_text(
        f"def check_it_is_one(answer, rng):\n    assert answer.one() == 1, {EVIL!r}\n"
    )
    for language in ("zh", "en"):
        (pack / "routes").mkdir(exist_ok=True)
        (pack / "routes" / f"evil.{language}.md").write_text(
            f"# {EVIL}\n\n## Week 1 · {EVIL}\n\n### Day 1 (1 h)\n\n"
            f"- [ ] Study {EVIL} (30 min)\n- [ ] Lab [{EVIL}](lab:evil-lab#one) (30 min)\n"
            f"- [ ] Study [x](javascript:alert(1)) (10 min)\n"
        )
    return pack


def free_port() -> int:
    with closing(socket.socket()) as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


# --- the same, for tests: no test can import this file ------------------------------------------


@pytest.fixture(name="kept")
def _kept() -> Callable[[Path], dict[str, str]]:
    return kept


@pytest.fixture(name="told")
def _told() -> Callable[..., list[Any]]:
    return told


@pytest.fixture(name="together")
def _together() -> Callable[..., list[Any]]:
    return together


@pytest.fixture(name="events_in")
def _events_in() -> Callable[[str], list[tuple[str, dict[str, Any]]]]:
    return events_in


@pytest.fixture
def harmless() -> Callable[..., None]:
    return must_be_harmless


@pytest.fixture
def evil() -> str:
    return EVIL


@pytest.fixture
def right() -> str:
    """An answer that passes the part `context` of py-decorators."""
    return RIGHT
