"""Who may ask, and what may run in a page: the pages run code, so they answer their owner alone."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from starlette.routing import Route

from zhixing.actions.desk import LEARNER
from zhixing.errors import Problem
from zhixing.records import Attempt
from zhixing.settings import read_settings
from zhixing.web.app import PAGES
from zhixing.web.guard import content_policy
from zhixing.web.serving import serve as serve_pages

Here = Any  # Served, Browser and the rest live in conftest.py, which no test can import
LAB = "py-decorators"
PAGES_SEEN = (
    "/", "/welcome", "/plan", "/labs", f"/labs/{LAB}?part=context", "/notes", "/progress",
    "/settings", "/routes/math-16-weeks", "/skills/python-functions", "/task?id=1",
    "/labs/svd-compression",
)  # fmt: skip
POST = ("POST", "/undo")


# --- who asks -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Origin": "http://127.0.0.1"},
        {"Origin": "http://localhost.evil.example"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {"Sec_Fetch_Site": "Same-Origin, cross-site"},
    ],
)
def test_another_sites_page_changes_nothing_even_with_the_token(
    served: Here, kept: Here, headers: dict[str, str]
) -> None:
    before = kept(served.home)
    form = f"token={served.token}&theme=dark".encode()
    kind = "application/x-www-form-urlencoded"
    came = served.ask("POST", "/settings/theme", form, Content_Type=kind, **headers)
    assert came.status == 403
    assert came.text.count("\n") == 2, "a sentence in Chinese, and one in English"
    assert kept(served.home) == before


def test_our_own_page_is_answered(served: Here) -> None:
    form = f"token={served.token}&theme=light".encode()
    came = served.ask(
        "POST", "/settings/theme", form, Content_Type="application/x-www-form-urlencoded",
        Origin=f"http://{served.host}", Sec_Fetch_Site="same-origin",
    )  # fmt: skip
    assert came.status == 303


def _foreign_hosts(port: int) -> tuple[str, ...]:
    return (
        f"evil.example:{port}", "127.0.0.1", f"127.0.0.1:{port + 1}", f"127.0.0.1.:{port}",
        f"localhost.:{port}", f"LOCALHOST:{port}", "", f"[::2]:{port}", f"::1:{port}", "[::1]",
        f"0.0.0.0:{port}", f"127.1:{port}", f"2130706433:{port}", f"127.0.0.1:{port}@evil.example",
        f" 127.0.0.1:{port}/", f"127.0.0.2:{port}", f"[::ffff:127.0.0.1]:{port}",
    )  # fmt: skip


def test_a_name_that_was_rebound_to_this_machine_is_not_served(served: Here) -> None:
    for host, path in product(_foreign_hosts(served.port), ("/", "/static/1/seal.svg")):
        came = served.ask("GET", path, Host=host)
        assert came.status in (400, 421), (host, path)
        assert served.token not in came.text


def test_the_names_of_this_machine_are_served(served: Here) -> None:
    for name in ("127.0.0.1", "localhost", "[::1]"):
        assert served.ask("GET", "/labs", Host=f"{name}:{served.port}").status == 200


def test_no_other_machine_is_ever_served(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "zhixing", "serve", "--host", "0.0.0.0", "--home", tmp_path / "h"],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert run.returncode == 2
    assert "--host" in run.stderr
    for host in ("192.168.1.5", "::", "example.org", "", "127.0.0.2", "localhost.evil.example"):
        with pytest.raises(Problem):
            serve_pages(lambda: read_settings(tmp_path, {}, {}), datetime.now, host, None, print)


STRANGER = """
import socket, sys
line = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
host = f"Host: 127.0.0.1:{sys.argv[1]}"
line.sendall(f"GET /labs HTTP/1.1\\r\\n{host}\\r\\nConnection: close\\r\\n\\r\\n".encode())
while got := line.recv(65536):
    sys.stdout.write(got.decode("utf-8", "replace"))
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="owners are asked of Linux")
def test_another_user_of_this_machine_is_refused(served: Here) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can become another user")
    python = Path(shutil.which("python3", path="/usr/local/bin:/usr/bin:/bin") or sys.executable)
    command = [str(python), "-I", "-c", STRANGER, str(served.port)]
    try:
        stranger = subprocess.run(
            command, user=65534, group=65534, cwd="/", capture_output=True, text=True, timeout=30
        )
    except PermissionError:
        pytest.skip("user nobody may run no Python here")
    assert stranger.returncode == 0, stranger.stderr
    assert stranger.stdout.startswith("HTTP/1.1 403"), stranger.stdout[:200]
    assert served.token not in stranger.stdout
    own = subprocess.run(command, capture_output=True, text=True, timeout=30)
    assert own.stdout.startswith("HTTP/1.1 200")


def test_only_their_owner_can_read_the_token(served: Here) -> None:
    assert (served.home / "web.key").stat().st_mode & 0o077 == 0


# --- the token, and what changes something ------------------------------------------------------


def _routes() -> Iterator[tuple[str, str]]:
    """(method, address) of every route, its names filled in."""
    names = {"lab_id": LAB, "route_id": "math-16-weeks", "skill_id": "python-functions"}
    for page in PAGES:
        for route in _below(page.router):
            address = re.sub(r"{(\w+)(:\w+)?}", lambda m: names.get(m[1], "1"), route.path)
            for method in sorted(route.methods or ()):
                yield method, address + "?id=1&week=1&what=1"


def _below(router: Any) -> Iterator[Route]:
    for route in router.routes:
        inner = getattr(route, "original_router", None)  # a router within a router
        if inner is not None:
            yield from _below(inner)
        else:
            assert isinstance(route, Route)
            yield route


def test_nothing_changes_without_the_token_of_our_pages(begun: Here, kept: Here) -> None:
    before, token = kept(begun.home), begun.token
    changing = [one for one in _routes() if one[0] not in ("GET", "HEAD")]
    assert len(changing) > 15
    everything = {
        "minutes": "5", "text": "x", "name": "absorb", "theme": "dark", "language": "zh",
        "hours": "9", "reference": "task:1", "source": "1", "answer": "x",
    }  # fmt: skip
    for method, address in changing:
        tries: list[dict[str, Any]] = [
            {"data": everything},
            {"data": {**everything, "token": ""}},
            {"data": {**everything, "token": token[:-1]}},
            {"json": everything},
            {"json": {**everything, "token": token}},
            {"data": everything, "headers": {"X-Token": "null"}},
            {"data": {**everything, "token": token}, "headers": {"X-Token": "forged"}},
            {"data": everything, "params": {"id": "1", "token": token}},
            {"data": everything, "headers": {"Cookie": f"token={token}"}},
        ]
        for more in tries:
            came = begun.http.request(method, address, **more)
            assert came.status_code == 400, (method, address, more, came.status_code)
            assert "one of our own pages" in came.text
    assert kept(begun.home) == before


def test_looking_changes_nothing(begun: Here, kept: Here) -> None:
    before = kept(begun.home)
    looked = [address for method, address in _routes() if method == "GET"]
    for address in looked:
        if "/live" not in address:  # it never ends; the next test looks at it
            assert begun.get(address).status_code in (200, 303, 400), address
    assert kept(begun.home) == before


def test_following_a_lab_changes_nothing_and_ends_with_the_page(served: Here, kept: Here) -> None:
    before = kept(served.home)
    import http.client

    line = http.client.HTTPConnection("127.0.0.1", served.port, timeout=10)
    line.request("GET", f"/labs/{LAB}/live?stamp=x&attempt=")
    assert line.getresponse().status == 200
    line.close()
    assert served.ask("GET", "/labs").status == 200
    assert kept(served.home) == before


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"])
def test_other_ways_of_asking_are_not_understood(served: Here, method: str) -> None:
    came = served.ask(method, "/settings/theme", b"", X_Token=served.token)
    assert came.status in (400, 405)
    assert "access-control-allow-origin" not in came.headers


# --- too much, too odd --------------------------------------------------------------------------


def test_a_body_that_says_it_is_too_long_is_not_read(served: Here) -> None:
    for length in (str(13 * 1024 * 1024), "9" * 40, "-1", "1e9", "0x10"):
        came = served.ask("POST", "/undo", b"", Content_Length=length, X_Token=served.token)
        assert came.status in (400, 413), length


def test_a_body_that_does_not_say_how_long_it_is_is_cut_off(client: Here) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(13):
            yield b"x" * 1024 * 1024

    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    came = client.http.post("/undo", content=endless(), headers=kind)
    assert came.status_code == 413
    assert "12 MiB" in came.text
    token = {"X-Token": client.token, "Content-Type": "application/json"}
    came = client.http.post(f"/labs/{LAB}/answer", content=endless(), headers=token)
    assert came.status_code == 413


@pytest.mark.parametrize("length", ["3", "4000"])
def test_a_body_that_lies_about_its_length_harms_nobody_else(served: Here, length: str) -> None:
    import socket

    with socket.create_connection(("127.0.0.1", served.port), timeout=5) as line:
        head = f"POST /undo HTTP/1.1\r\nHost: {served.host}\r\nX-Token: {served.token}\r\n"
        line.sendall(f"{head}Content-Length: {length}\r\n\r\nabcdefgh".encode())
    assert served.ask("GET", "/labs").status == 200


ODD = (
    "..%2f..%2fapp.py", "..%2F..%2F..%2Fguard.py", "%2e%2e/%2e%2e/app.py", "../../app.py",
    "....//app.py", "%00", "seal.svg%00.js", "..%5c..%5capp.py", "/etc/passwd", "%2fetc%2fpasswd",
    "css/../../app.py", "css", "", ".", "js/%e2%80%ae", "%ff%fe",
)  # fmt: skip


def test_no_file_but_our_own_is_handed_out(served: Here) -> None:
    for path in ODD:
        came = served.ask("GET", f"/static/1/{path}")
        assert came.status in (400, 404, 405), path
        assert b"def make_app" not in came.body
        assert b"root:" not in came.body


@pytest.mark.parametrize(
    "name",
    ["..", "%2e%2e", "..%2f..%2fzhixing.db", "%00", "%ff%fe", "la-svd-image%00", "a" * 5000,
     "%F0%9F%92%A9", "<script>x</script>", "-rf", "CON", "%23"],
)  # fmt: skip
def test_odd_names_of_labs_are_answered_in_words(
    client: Here, harmless: Callable[[str], None], name: str
) -> None:
    for address in (f"/labs/{name}", f"/labs/{name}/answer.py", f"/labs/{name}/review",
                    f"/labs/{LAB}?part={name}", f"/routes/{name}", f"/skills/{name}",
                    f"/task?id={name}"):  # fmt: skip
        came = client.get(address, follow_redirects=True)
        assert came.status_code in (200, 400, 404), address
        harmless(came.text)
    token = {"X-Token": client.token}
    came = client.http.post(f"/labs/{name}/answer", json={"answer": "x"}, headers=token)
    assert came.status_code in (400, 404, 405)
    assert not list(client.home.glob("labs/*")), "an odd name made a folder"


ELSEWHERE = ["//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)",
    "/\n/evil.example", "/\t/evil.example", "\t//evil.example", "/\r\nSet-Cookie:%20a=b",
    " /labs", "\\\\evil.example", "labs", "/\x00/evil", "///evil.example", "/ /evil.example",
    "/\x7f/evil.example", "evil.example/", "@evil.example", "/\\/evil.example"]  # fmt: skip


def test_a_form_goes_on_to_our_own_pages_only(client: Here) -> None:
    otherwise = client.post("/settings/theme", {"theme": "dark"}).headers["location"]
    for then, more in product(ELSEWHERE, ({}, {"HX-Request": "true"})):
        came = client.http.post(
            "/settings/theme", params={"then": then}, data={"theme": "dark"},
            headers={"X-Token": client.token, **more},
        )  # fmt: skip
        assert came.headers.get("location", came.headers.get("hx-redirect")) == otherwise, then
        assert "set-cookie" not in came.headers


def test_a_form_goes_back_to_where_it_stood(client: Here) -> None:
    for then in ("/plan?week=2", "/task?id=%E7%BA%BF%E4%BB%A3", "/labs/a?part=b"):
        came = client.post(f"/settings/theme?then={then.replace('?', '%3F')}", {"theme": "dark"})
        assert came.headers["location"].partition("?")[0] == then.partition("?")[0]
        header = {"HX-Request": "true"}
        came = client.post("/settings/theme?then=/线代", {"theme": "dark"}, headers=header)
        assert came.headers["hx-redirect"].isascii()


# --- what the answers say to the browser --------------------------------------------------------


def _safe_headers(came: Any) -> None:
    policy = came.headers["content-security-policy"]
    nonce = re.search(r"'nonce-([\w-]{16,})'", policy)
    assert nonce is not None
    assert policy == content_policy(nonce[1])
    assert came.headers["x-content-type-options"] == "nosniff"
    assert came.headers["cross-origin-resource-policy"] == "same-origin"
    assert "set-cookie" not in came.headers


def test_every_answer_tells_the_browser_to_run_nothing_of_others(served: Here) -> None:
    for method, path in (
        ("GET", "/"), ("GET", "/nowhere"), ("GET", "/static/1/seal.svg"), ("GET", "/static/1/no"),
        ("GET", "/labs/nothing"), ("POST", "/undo"), ("PUT", "/"), ("GET", "/task"),
        ("GET", f"/labs/{LAB}/answer.py"),
    ):  # fmt: skip
        _safe_headers(served.ask(method, path, b"" if method != "GET" else None))
    _safe_headers(served.ask("GET", "/", Host="evil.example"))


def test_a_mistake_of_ours_is_answered_under_the_same_rules(client: Here) -> None:
    from starlette.testclient import TestClient

    app = client.http.app

    def broken() -> None:
        raise RuntimeError("<script>a mistake</script>")

    app.add_api_route("/broken", broken)
    came = TestClient(app, raise_server_exceptions=False).get("/broken")
    assert came.status_code == 500
    _safe_headers(came)
    assert "<script>a mistake" not in came.text
    assert "RuntimeError" in came.text


def test_the_policy_lets_no_script_in_but_our_files() -> None:
    policy = content_policy("n")
    for rule in ("default-src 'none'", "script-src 'self'", "base-uri 'none'",
                 "form-action 'self'", "frame-ancestors 'none'", "connect-src 'self'"):  # fmt: skip
        assert rule in policy
    script = next(rule for rule in policy.split("; ") if rule.startswith("script-src"))
    assert "unsafe" not in script
    assert "data:" not in script


# --- what stands in the pages -------------------------------------------------------------------


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_page_holds_a_script_a_handler_or_anything_from_elsewhere(
    begun: Here, harmless: Callable[..., None], language: str
) -> None:
    begun.flags["language"] = language
    for address in PAGES_SEEN:
        harmless(begun.read(address), address)
    for address in ("/nowhere", "/labs/nothing", "/task?id=nothing"):
        harmless(begun.get(address).text, address)


def test_markdown_and_cells_of_a_note_show_and_run_nothing(
    begun: Here, harmless: Callable[..., None], evil: str
) -> None:
    note = (
        f"{evil}\n\n[x](javascript:alert(1)) [y](JaVaScRiPt:alert(1)) [z](data:text/html,x)\n\n"
        "![s](data:image/svg+xml;base64,PHN2Zz4=) ![w](http://evil.example/x.png)\n\n"
        "![p](data:image/png;base64,iVBORw0KGgo=) <iframe srcdoc='x'></iframe>\n\n"
        '$<img src=x onerror=alert(1)>$\n\n```x-evil" onclick="alert(1)\n</code><script>\n```\n'
        "<svg/onload=alert(1)> <style>*{}</style> <a href='&#106;avascript:alert(1)'>q</a>\n"
    )
    page = begun.send("/task/note?id=1", {"text": note})
    harmless(page)
    assert "data:image/png;base64,iVBORw0KGgo=" in page, "a picture that is data is welcome"
    for address in ("/notes", "/"):
        harmless(begun.read(address), address)


def test_what_an_answer_prints_and_raises_is_shown_as_text(
    begun: Here, harmless: Callable[..., None], events_in: Here, evil: str
) -> None:
    answer = f"print({evil!r})\ndef changed(obj, name, value):\n    raise ValueError({evil!r})\n"
    came = begun.http.post(
        f"/labs/{LAB}/check?part=context", json={"answer": answer}, headers={"X-Token": begun.token}
    )
    for _, data in events_in(came.text):
        harmless(data["html"])
    page = begun.read(f"/labs/{LAB}?part=context")
    harmless(page)
    assert "x-evil" in page


def test_what_a_cell_prints_is_shown_as_text(
    begun: Here, harmless: Callable[..., None], evil: str
) -> None:
    task = re.search(r'data-cell="([^"]+)"', begun.read("/task?id=1"))
    assert task is not None
    came = begun.post(
        "/cells/run", {"reference": task[1], "source": f"print({evil!r})\n1/0  # {evil}"}
    )
    assert came.status_code == 200
    harmless(came.text)
    assert "x-evil" in came.text
    assert "ZeroDivisionError" in came.text


def test_a_notebook_is_taken_as_code_and_its_outputs_are_never_shown(
    begun: Here, harmless: Callable[..., None], evil: str
) -> None:
    output = {"output_type": "display_data", "metadata": {}, "data": {"text/html": [evil]}}
    code = {"cell_type": "code", "metadata": {}, "source": [f"x = {evil!r}"], "outputs": [output],
            "execution_count": 1}  # fmt: skip
    text = {"cell_type": "markdown", "metadata": {}, "source": [evil + "only-in-markdown"]}
    sheet = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [text, code]}
    name = f"{evil}.ipynb"
    token = {"X-Token": begun.token}
    came = begun.http.post(
        f"/labs/{LAB}/upload", files={"file": (name, json.dumps(sheet))}, headers=token
    )
    assert came.headers["content-type"] == "application/json"
    answer = came.json()["answer"]
    assert "text/html" not in answer
    assert "only-in-markdown" not in answer
    begun.http.post(f"/labs/{LAB}/answer", json={"answer": answer}, headers=token)
    harmless(begun.read(f"/labs/{LAB}"))
    wrong = begun.http.post(f"/labs/{LAB}/upload", files={"file": (name, "{")}, headers=token)
    assert wrong.status_code == 400
    harmless(wrong.text)


def test_a_hostile_pack_changes_no_page(
    client: Here, evil_pack: Path, harmless: Callable[..., None], events_in: Here, evil: str
) -> None:
    client.flags["packs"] = [str(evil_pack)]
    token = {"X-Token": client.token}
    client.send("/welcome/begin", {"first": "plan", "route": "evil"})
    for address in ("/", "/plan", "/labs", "/welcome?again=1", "/labs/evil-lab?part=one",
                    "/labs/evil-lab", "/routes/evil", "/task?id=1", "/task?id=2", "/task?id=3",
                    "/notes", "/progress", "/settings"):  # fmt: skip
        harmless(client.read(address), address)
    answer = {"answer": "def one():\n    return 2\n"}
    came = client.http.post("/labs/evil-lab/check?part=one", json=answer, headers=token)
    told = events_in(came.text)
    assert told[-1][0] == "verdict", told
    assert "x-evil" in told[-1][1]["html"], "the message and the slip are shown"
    for _, data in told:
        harmless(data["html"])
    harmless(client.http.post("/labs/evil-lab/hint?part=one", headers=token).text)
    with client.desk() as desk:
        attempts = desk.store.happenings(LEARNER, [Attempt])
    assert len(attempts) == 1


def test_an_essay_is_shown_as_text(begun: Here, harmless: Callable[..., None], evil: str) -> None:
    page = begun.send(
        "/labs/svd-compression/essay", {"text": f"# {evil}\n\n{evil} 12.5 … {evil}\n"}
    )
    harmless(page)
    assert "x-evil" in page
