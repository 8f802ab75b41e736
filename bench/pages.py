"""What do the pages cost the server, and the browser?  python bench/pages.py

CPU seconds of each page in a home of 8,000 happenings, asked for in this process, and of starting
the app; the wait for the first result of a check, from a real server. Bytes are those that a
browser must have before it can paint: the page, its style sheets, and the scripts loaded at once.
"""

import json
import re
import signal
import subprocess
import sys
import time
from contextlib import closing
from datetime import datetime
from http.client import HTTPConnection
from pathlib import Path
from posixpath import normpath
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

from measuring import Figure, Took, done, seconds_of
from reporting import report
from starlette.testclient import TestClient
from today import fill_home

from zhixing.catalog.packs import pack_folders
from zhixing.catalog.reading import read_catalog
from zhixing.grader.starter import planted, without_markers
from zhixing.settings import read_settings
from zhixing.web.app import make_app

HAPPENINGS, ROUNDS, STARTS, CHECKS = 8000, 9, 5, 10
LAB, PART = "la-transform-rank", "combine"
PAGES = {
    "today": "/",
    "plan": "/plan",
    "labs": "/labs",
    "a lab": f"/labs/{LAB}?part={PART}",
    "an essay": "/labs/svd-compression",
    "a task": "/task?id=1",
    "notes": "/notes",
    "progress": "/progress",
    "settings": "/settings",
    "welcome": "/welcome?again=1",
    "a route": "/routes/math-16-weeks",
    "a skill": "/skills/la-vectors",
}
CPU_SECONDS, BYTES, START_SECONDS, FIRST_RESULT_SECONDS = 0.05, 300_000, 1.5, 0.3
START = (
    "from pathlib import Path; import sys; from datetime import datetime;"
    "from zhixing.settings import read_settings; from zhixing.web.app import make_app;"
    "home = Path(sys.argv[1]);"
    "make_app(lambda: read_settings(home, {}, {}), datetime.now, frozenset())"
)
LOADED = re.compile(r'<(?:link rel="stylesheet" href|script [^>]*src|img [^>]*src)="(/[^"]+)"')
IMPORTED = re.compile(r'(?:^|;|\n)\s*import\s[^"\']*["\'](\.[^"\']+)["\']')


def browser_on(home: Path) -> TestClient:
    def settings() -> Any:
        return read_settings(home, {}, {})

    app = make_app(settings, lambda: datetime.now().astimezone(), frozenset({"testserver"}))
    return TestClient(app, follow_redirects=False)


def bytes_to_paint(browser: TestClient, page: str) -> int:
    """The page with the sheets, scripts and pictures it names, and what those scripts import."""
    wanted, seen = [*LOADED.findall(page)], set()
    total = len(page.encode())
    while wanted:
        address = wanted.pop()
        if address in seen:
            continue
        seen.add(address)
        text = browser.get(address).content
        total += len(text)
        if address.endswith(".js"):
            found = IMPORTED.findall(text.decode())
            wanted += [normpath(f"{address}/../{name}") for name in found]
    return total


def first_results(home: Path) -> tuple[float, ...]:
    """Wall seconds from handing in to the first check that ended: a real server, whose judge is
    warm after the first two."""
    lab = read_catalog(pack_folders(()))[0].labs[LAB]
    answers = [without_markers(lab.solution), without_markers(planted(lab, lab.mutants[0]))]
    command = [sys.executable, "-m", "zhixing", "serve", "--json", "--home", str(home)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            address = urlsplit(json.loads(server.stdout.readline())["address"])
            token = (home / "web.key").read_text("ascii").strip()
            head = {"X-Token": token, "Content-Type": "application/json"}
            took = []
            for n in range(CHECKS + 2):
                text = f"{answers[n % 2]}\n# {n}\n"  # another text is another seed
                took.append(_first_result(address.netloc, json.dumps({"answer": text}), head))
        finally:
            server.send_signal(signal.SIGINT)
    return tuple(took[2:])


def _first_result(host: str, body: str, head: dict[str, str]) -> float:
    with closing(HTTPConnection(host)) as line:
        started = time.perf_counter()
        line.request("POST", f"/labs/{LAB}/check?part={PART}", body, head)
        answer = line.getresponse()
        for told in answer:
            if told == b"event: check\n":
                took = time.perf_counter() - started
                answer.read()
                return took
    raise SystemExit("a check told nothing")


def main() -> None:
    with TemporaryDirectory() as made:
        home = Path(made) / "home"
        fill_home(home, HAPPENINGS)
        starts = [done([sys.executable, "-c", START, home]).took for _ in range(STARTS)]
        figures = [
            Figure("start of the app, CPU", "s", tuple(s.cpu for s in starts), START_SECONDS)
        ]
        with browser_on(home) as browser:
            first = seconds_of(lambda: browser.get("/"))
            figures.append(Figure("the first page after it, CPU", "s", (first.cpu,)))
            weights = []
            for name, address in PAGES.items():
                took, page = _page(browser, address)
                cpu = tuple(1000 * one.cpu for one in took)
                figures.append(Figure(f"{name}, CPU", "ms", cpu, 1000 * CPU_SECONDS))
                weight = bytes_to_paint(browser, page) / 1000
                weights.append(Figure(f"{name}, to paint", "kB", (weight,), BYTES / 1000))
            for name in ("today", "progress"):
                cpu = tuple(1000 * one.cpu for one in _after_a_note(browser, PAGES[name]))
                figures.append(Figure(f"{name} after something happened, CPU", "ms", cpu))
        results = first_results(home)
    wait = Figure("check in the page, wall to the first result", "s", results, FIRST_RESULT_SECONDS)
    report("pages", [*figures, *weights, wait], f"a home with a plan and {HAPPENINGS} happenings.")


def _after_a_note(browser: TestClient, address: str) -> list[Took]:
    """What the page costs when it cannot rest on what it knew."""
    token, took = browser.app.state.token, []  # type: ignore[attr-defined]
    for n in range(ROUNDS):
        browser.post("/task/note?id=1", data={"token": token, "text": f"note {n} {address}"})
        took.append(seconds_of(lambda: browser.get(address)))
    return took


def _page(browser: TestClient, address: str) -> tuple[list[Took], str]:
    page = browser.get(address)
    if page.status_code != 200:
        raise SystemExit(f"{address} answers {page.status_code}")
    return [seconds_of(lambda: browser.get(address)) for _ in range(ROUNDS)], page.text


if __name__ == "__main__":
    main()
