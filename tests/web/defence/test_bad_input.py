"""A bad day: sent twice, from an old tab, too much, cut off, killed, forgotten. Nothing that was
saved is lost, nothing happens twice, and what went wrong is said in words."""

import json
import os
import re
import resource
import shutil
import signal
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from zhixing.actions import planning
from zhixing.actions.planning import Wishes
from zhixing.actions.standing import standing
from zhixing.records import (
    Attempt,
    EssayHandedIn,
    NoteSaved,
    PlanAccepted,
    ProfileSet,
    TaskDone,
    TaskSkipped,
    TaskStarted,
    Undone,
)
from zhixing.store.opening import open_store

Here = Any  # Served, Browser and the rest live in conftest.py, which no test can import
LAB = "py-decorators"
CHECK = f"/labs/{LAB}/check?part=context"
SAVE = f"/labs/{LAB}/answer"
SLOW = "import time\nwhile True:\n    pass\n"
MIB = 1024 * 1024


def _answer(home: Path) -> Path:
    return home / "labs" / LAB / "answer.py"


def _in_words(text: str) -> None:
    assert "mistake of ours" not in text
    assert "Traceback" not in text


# --- twice --------------------------------------------------------------------------------------


def test_what_is_sent_twice_at_once_happens_once(serve: Here, told: Here, together: Here) -> None:
    one = serve()

    def twice(path: str, answered: tuple[int, int] = (303, 303), **fields: str) -> None:
        statuses = sorted(came.status for came in together(2, lambda: one.post(path, **fields)))
        assert tuple(statuses) == answered, path

    def count(kind: type) -> int:
        return len(told(one.home, kind))

    twice("/welcome/begin", first="trial", hours="12")
    assert (count(ProfileSet), count(PlanAccepted)) == (2, 1)
    twice("/welcome/keep")
    assert (count(ProfileSet), count(PlanAccepted)) == (3, 2)
    twice("/welcome/begin", first="plan", hours="15")
    assert (count(ProfileSet), count(PlanAccepted)) == (4, 3)
    twice("/task/begin?id=1")
    assert count(TaskStarted) == 1
    twice("/task/done?id=1", minutes="30")
    assert count(TaskDone) == 1
    done = told(one.home, TaskDone)[0].id
    twice("/undo", what=done)  # the second is told that it is taken back already
    assert [undone.what for undone in told(one.home, Undone)] == [done]
    twice("/task/skip?id=2")
    assert count(TaskSkipped) == 1
    twice("/task/note?id=1", text="what I saw")
    assert count(NoteSaved) == 1
    rubric = re.findall(r'name="(rate-[\w-]+)"', one.ask("GET", "/labs/svd-compression").text)
    ratings = dict.fromkeys(rubric, "yes")
    twice("/labs/svd-compression/essay", text="# mine\n", then="hand-in", **ratings)
    assert count(EssayHandedIn) == 1


def test_the_slack_of_a_plan_survives_its_trial(client: Here) -> None:
    """The trial has none: what is chosen after it must not begin from there."""
    client.send("/welcome/begin", {"first": "plan"})
    with client.desk() as desk:
        usual = standing(desk).profile.reserve
    for first in ("trial", "trial", "plan"):
        client.send("/welcome/begin", {"first": first, "hours": "9"})
    with client.desk() as desk:
        assert standing(desk).profile.reserve == usual > 0


def test_a_way_on_is_taken_once_and_only_as_it_was_shown(
    app_at: Here, begun: Here, told: Here
) -> None:
    late = app_at(date(2026, 12, 10))
    forms = re.findall(r'action="(/plan/choose\?seen=[^"]+)"', late.read("/plan"))
    assert forms
    yesterday = forms[0]
    late.moment += timedelta(days=1)
    refused = late.post(yesterday, {"name": "slide"})
    assert refused.status_code == 400
    assert "another day" in refused.text
    today = re.findall(r'action="(/plan/choose\?seen=[^"]+)"', late.read("/plan"))[0]
    for _ in range(2):
        assert late.post(today, {"name": "slide"}).status_code == 303
    assert len(told(late.home, PlanAccepted)) == 2, "the first, and one way on"
    assert begun.home == late.home


# --- tabs, back, and a page from yesterday ------------------------------------------------------


def _stamp(page: str) -> str:
    found = re.search(r'data-stamp="(\w+)"', page)
    assert found is not None
    return found[1]


def test_two_tabs_never_write_over_each_other(begun: Here) -> None:
    token = {"X-Token": begun.token}
    stamp = _stamp(begun.read(f"/labs/{LAB}"))
    first = begun.http.post(SAVE, json={"answer": "one = 1\n", "base": stamp}, headers=token)
    assert first.status_code == 200
    for path in (SAVE, CHECK):
        second = begun.http.post(path, json={"answer": "two = 2\n", "base": stamp}, headers=token)
        assert second.status_code == 409
        assert second.json()["theirs"] == "one = 1\n"
    form = {"answer": "two = 2\n", "base": stamp}
    without_scripts = begun.post(f"/labs/{LAB}/check-form", form)
    assert without_scripts.status_code == 400
    _in_words(without_scripts.text)
    assert _answer(begun.home).read_text() == "one = 1\n"
    again = {"answer": "two = 2\n", "base": second.json()["stamp"]}
    assert begun.http.post(SAVE, json=again, headers=token).status_code == 200
    assert _answer(begun.home).read_text() == "two = 2\n"


def test_notes_of_two_tabs_are_both_kept(begun: Here) -> None:
    base = re.search(r'name="base" value="(\w+)"', begun.read("/task?id=1"))
    assert base is not None
    for text in ("first tab", "second tab", "second tab"):
        begun.send("/task/note?id=1", {"text": text, "base": base[1]})
    page = begun.read("/task?id=1")
    note = page.partition('<textarea id="note-text"')[2].partition("</textarea>")[0]
    assert note.count("first tab") == note.count("second tab") == 1


def test_what_a_page_never_showed_is_put_aside_and_not_written_over(begun: Here) -> None:
    token = {"X-Token": begun.token}
    file = _answer(begun.home)
    file.parent.mkdir(parents=True)
    for content in (b"x = 1\n# caf\xe9\n", b"# " + b"x" * MIB + b"\nlast = 1\n"):
        file.write_bytes(content)
        stamp = _stamp(begun.read(f"/labs/{LAB}"))
        sent = {"answer": "mine = 2\n", "base": stamp}
        assert begun.http.post(SAVE, json=sent, headers=token).status_code == 200
        assert file.read_text() == "mine = 2\n"
        kept = [path.read_bytes() for path in file.parent.glob("answer.*.py")]
        assert content in kept
    assert len(kept) == 2, "and nothing else was put aside"


def test_the_answer_beside_a_notebook_is_not_lost(begun: Here, right: str) -> None:
    """A notebook was saved later: the page shows it, checks it, and saves over neither."""
    token = {"X-Token": begun.token}
    file = _answer(begun.home)
    file.parent.mkdir(parents=True)
    file.write_text("old = 1\n")
    cell = {"cell_type": "code", "metadata": {}, "source": right, "outputs": []}
    sheet = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [cell]}
    notebook = file.with_name("answer.ipynb")
    notebook.write_text(json.dumps(sheet))
    tomorrow = time.time() + 86400
    os.utime(notebook, (tomorrow, tomorrow))
    page = begun.read(f"/labs/{LAB}?part=context")
    shown = begun.get(f"/labs/{LAB}/answer.py").text
    came = begun.http.post(CHECK, json={"answer": shown, "base": _stamp(page)}, headers=token)
    assert '"word": "pass"' in came.text, "what is shown is what is checked"
    fresh = {"answer": shown + "\nmore = 1\n", "base": _stamp(page)}
    assert begun.http.post(SAVE, json=fresh, headers=token).status_code == 200
    assert begun.get(f"/labs/{LAB}/answer.py").text == fresh["answer"], "saved now is latest"
    assert [path.read_text() for path in file.parent.glob("answer.*.py")] == ["old = 1\n"]


def test_going_back_sends_nothing_again(begun: Here, kept: Here) -> None:
    came = begun.post("/task/done?id=1")
    assert (came.status_code, came.headers["cache-control"]) == (303, "no-store")
    before = kept(begun.home)
    for _ in range(2):
        begun.read(came.headers["location"])
    assert kept(begun.home) == before


def test_a_page_left_open_over_a_restart_and_a_night_still_works(serve: Here, told: Here) -> None:
    one = serve()
    one.post("/welcome/begin", first="plan")
    token = one.token
    page = one.ask("GET", "/").text
    [task] = set(re.findall(r'action="/task/begin\?id=([^"]+)"', page))
    one.stop()
    two = serve(one.home, ZHIXING_TODAY="2026-12-08")
    assert two.token == token
    assert two.post(f"/task/begin?id={task}").status == 303
    assert two.post(f"/task/done?id={task}").status == 303
    assert two.post(f"/task/skip?id={task}").status == 303
    assert len(told(one.home, TaskDone)) == 1
    assert not told(one.home, TaskSkipped), "done meanwhile: an old page cannot leave it out"


def test_a_task_that_left_the_plan_meanwhile_is_answered_in_words(begun: Here, kept: Here) -> None:
    page = begun.read("/")
    task = re.findall(r'action="/task/begin\?id=([^"]+)"', page)[0]
    begun.send("/welcome/begin", {"first": "trial"})
    before = kept(begun.home)
    for action in ("begin", "done", "skip", "note"):
        came = begun.post(f"/task/{action}?id={task}", {"text": "x"})
        assert came.status_code == 400, action
        _in_words(came.text)
    assert kept(begun.home) == before


# --- clocks -------------------------------------------------------------------------------------

SEEN = ("/", "/plan", "/labs", f"/labs/{LAB}", "/task?id=1", "/welcome?again=1", "/notes",
        "/progress", "/settings", "/routes/math-16-weeks")  # fmt: skip


@pytest.mark.parametrize("day", [date(1970, 1, 1), date(2026, 11, 7), date(2036, 12, 7)])
def test_a_clock_that_was_moved_is_no_accident(begun: Here, day: date) -> None:
    """Back a month, back to where dead batteries begin, forward ten years and more."""
    begun.send("/task/note?id=1", {"text": "written before"})
    begun.send("/task/begin?id=1")
    begun.moment = begun.moment.replace(year=day.year, month=day.month, day=day.day)
    for address in SEEN:
        came = begun.get(address, follow_redirects=True)
        assert came.status_code in (200, 400), address
        _in_words(came.text)
    with begun.desk() as desk:
        now = standing(desk)
        assert now.running is not None
        minutes = now.timed_minutes(now.running.task, desk.now())
        assert minutes is None or 0 <= minutes <= 360, "the timer measured nonsense"
    for option in ("absorb", "slide", "trim"):
        _in_words(begun.post("/plan/choose", {"name": option}).text)
    begun.moment = begun.moment.replace(year=2026, month=12, day=7)
    assert "written before" in begun.read("/task?id=1")


def test_at_the_end_of_time_the_clock_is_named(begun: Here) -> None:
    begun.moment = datetime(9999, 12, 31, 23, 59, tzinfo=timezone(timedelta(hours=8)))
    for address in SEEN:
        came = begun.get(address)
        assert came.status_code == 400
        assert "9999" in came.text
        _in_words(came.text)


# --- too much, too odd --------------------------------------------------------------------------


def test_a_megabyte_is_kept_to_the_letter_and_eight_are_refused_in_words(begun: Here) -> None:
    token = {"X-Token": begun.token}
    whole = ("# 长\n" * (MIB // 6))[: MIB // 4] + "\n"
    whole += "x" * (MIB - len(whole.encode()))
    assert begun.http.post(SAVE, json={"answer": whole}, headers=token).status_code == 200
    assert _answer(begun.home).read_text("utf-8") == whole
    assert begun.get(f"/labs/{LAB}/answer.py").text == whole
    for size in (MIB + 1, 8 * MIB):
        for path in (SAVE, CHECK):
            came = begun.http.post(path, json={"answer": "x" * size}, headers=token)
            assert came.status_code == 400
            assert "KiB" in came.text
    for path, name in (("/task/note?id=1", "text"), ("/cells/run", "source"),
                       ("/labs/svd-compression/essay", "text")):  # fmt: skip
        fields = {name: "x" * 8 * MIB, "reference": "lab:svd-compression"}
        in_parts = {key: (None, value) for key, value in fields.items()}
        for send in ({"data": fields}, {"files": in_parts}):
            came = begun.http.post(path, headers=token, **send)
            assert came.status_code == 400, path
            _in_words(came.text)
            assert "1 MiB" in came.text or "KiB" in came.text
    assert _answer(begun.home).read_text("utf-8") == whole


ODD_TEXTS = ["x = 1\0\n", "\ufeffx = 1\n", "x = 1\r\ny = 2\r\n",
    "x = '\u2028'\n", "\x1b[2J", "", "\t \n",
    "def f(:\n", "(" * 3000, "# 学" * 9, "\x0c\x0b\x85\n"]  # fmt: skip


def test_odd_texts_are_kept_as_they_are_and_judged_in_words(begun: Here, events_in: Here) -> None:
    token = {"X-Token": begun.token}
    for text in ODD_TEXTS:
        came = begun.http.post(CHECK, json={"answer": text}, headers=token)
        assert came.status_code == 200
        name, data = events_in(came.text)[-1]
        assert name == "verdict", data
        assert data["word"] != "pass"
        _in_words(data["html"].replace("Traceback (most recent", ""))
        assert _answer(begun.home).read_bytes().decode() == text.replace("\r\n", "\n")
        begun.read(f"/labs/{LAB}?part=context")


@pytest.mark.parametrize(
    "body",
    [b'{"answer": "\\ud800"}', b'{"answer": "\xff"}', b"{", b"[]", b'"x"', b"", b'{"answer": 1}',
     b'{"answer": null}', b'{"answer": "x", "base": 5}', b"[" * 100_000, b'{"answer": ["x"]}',
     b'{"base": "x"}', b'{"answer": "x", "base": "\\udfff"}', b"NaN"],
)  # fmt: skip
def test_what_no_page_of_ours_sends_changes_nothing(begun: Here, kept: Here, body: bytes) -> None:
    before = kept(begun.home)
    for path in (SAVE, CHECK):
        came = begun.http.post(
            path, content=body, headers={"X-Token": begun.token, "Content-Type": "application/json"}
        )
        if b"udfff" in body:
            continue  # an odd base is another text's stamp: nothing to write over here
        assert came.status_code in (400, 422), (path, came.status_code)
        _in_words(came.text)
    if b"udfff" not in body:
        assert kept(begun.home) == before


@pytest.mark.parametrize(
    ("name", "content", "status"),
    [
        ("a.ipynb", b"{", 400), ("a.ipynb", b"[]", 400), ("a.ipynb", b'{"nbformat": 4}', 400),
        ("a.ipynb", b"[" * 200_000, 400), ("a.py", b"\xff\xfe", 400), ("a.py", b"x" * 5 * MIB, 400),
        ("a.py", b"", 200), ("", b"x = 1", 422), ("a.IPYNB", b"\x00" * 100, 400),
        ("\u202e.ipynb", b"null", 400), ("a.ipynb", b"x" * 13 * MIB, 413),
    ],
)  # fmt: skip
def test_a_file_that_is_no_answer_is_refused_in_words(
    begun: Here, name: str, content: bytes, status: int
) -> None:
    token = {"X-Token": begun.token}
    files = {"file": (name, content)}
    came = begun.http.post(f"/labs/{LAB}/upload", files=files, headers=token)
    assert came.status_code == status
    _in_words(came.text)
    assert not _answer(begun.home).exists(), "a file is taken into the page, not into the home"


def test_a_notebook_of_eleven_megabytes_of_pictures_is_its_few_lines(begun: Here) -> None:
    output = {"output_type": "display_data", "data": {"image/png": "A" * 11 * MIB}, "metadata": {}}
    cell = {"cell_type": "code", "metadata": {}, "source": "x = 1", "outputs": [output]}
    raw = json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [cell]})
    came = begun.http.post(
        f"/labs/{LAB}/upload", files={"file": ("a.ipynb", raw)}, headers={"X-Token": begun.token}
    )
    assert came.status_code == 200
    assert came.json()["answer"].endswith("x = 1\n")


UNFIT: list[tuple[str, dict[str, str]]] = [
    ("/task/done?id=1", {"minutes": "-5"}), ("/task/done?id=1", {"minutes": "1e3"}),
    ("/task/done?id=1", {"minutes": "٣٠"}), ("/task/done?id=1", {"minutes": "99999"}),
    ("/welcome/begin", {"hours": "nan"}), ("/welcome/begin", {"hours": "-1"}),
    ("/welcome/begin", {"hours": "1e999"}), ("/welcome/begin", {"start": "0001-01-01"}),
    ("/welcome/begin", {"start": "9999-12-31"}), ("/welcome/begin", {"start": "2026-02-30"}),
    ("/welcome/begin", {"coding": "yes"}), ("/welcome/begin", {"route": "nowhere"}),
    ("/welcome/preview", {"hours": "inf"}), ("/plan/choose", {"name": "absorb"}),
    ("/plan/choose", {}), ("/settings/language", {"language": "fr"}),
    ("/settings/theme", {"theme": "\r\n[x]"}), ("/task/done", {}), ("/task/done?id=", {}),
    ("/task/note?id=1", {"text": " ", "then": "done"}), ("/task/done?id=99", {}),
    ("/labs/svd-compression/essay", {"text": "x", "then": "hand-in"}),
    ("/labs/svd-compression/essay", {"text": "x", "then": "hand-in", "rate-x": "yes"}),
    ("/cells/run", {"reference": "../x", "source": "1"}),
]  # fmt: skip


def test_fields_that_do_not_fit_are_answered_in_words(begun: Here, told: Here) -> None:
    kinds = (TaskDone, PlanAccepted, EssayHandedIn)
    before = len(told(begun.home, *kinds))
    for path, fields in UNFIT:
        came = begun.post(path, fields)
        assert came.status_code in (400, 422), (path, fields, came.status_code)
        _in_words(came.text)
    assert len(told(begun.home, *kinds)) == before


# --- interrupted --------------------------------------------------------------------------------


def _wait_for(what: Callable[[], Any], seconds: float = 20) -> Any:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if found := what():
            return found
        time.sleep(0.05)
    raise AssertionError(f"waited {seconds} s in vain")


def _send_and_go(one: Here, path: str, what: object) -> None:
    """Send, wait until the answer begins, and close the page."""
    line = HTTPConnection("127.0.0.1", one.port, timeout=30)
    head = {"X-Token": one.token, "Content-Type": "application/json"}
    line.request("POST", path, json.dumps(what).encode(), head)
    line.getresponse()
    line.close()


def test_a_check_whose_page_was_closed_is_remembered_all_the_same(
    serve: Here, told: Here, right: str
) -> None:
    one = serve()
    one.post("/welcome/begin", first="plan")
    _send_and_go(one, CHECK, {"answer": right})
    [attempt] = _wait_for(lambda: told(one.home, Attempt))
    assert attempt.verdict.verdict == "pass"
    assert 'data-verdict-word="pass"' in one.ask("GET", f"/labs/{LAB}?part=context").text


def test_a_server_killed_in_the_middle_leaves_a_home_that_opens(
    serve: Here, told: Here, events_in: Here, right: str
) -> None:
    one = serve()
    one.post("/welcome/begin", first="plan")
    _send_and_go(one, CHECK, {"answer": SLOW})
    one.kill()
    assert _answer(one.home).read_text() == SLOW, "saved before it was judged"
    two = serve(one.home)
    texts = ["# one\n" * 100_000, "# two\n" * 120_000]
    saving = threading.Event()

    def save_and_save() -> None:
        with suppress(OSError):
            for n in range(1000):
                two.send(SAVE, {"answer": texts[n % 2]})
                saving.set()

    thread = threading.Thread(target=save_and_save)
    thread.start()
    saving.wait(20)
    time.sleep(0.11)
    two.kill()
    thread.join()
    assert _answer(one.home).read_text() in texts, "the old text or the new one, never half"
    three = serve(one.home)
    assert three.ask("GET", f"/labs/{LAB}").status == 200
    came = three.send(CHECK, {"answer": right})
    assert events_in(came.text)[-1][1]["word"] == "pass"
    assert len(told(one.home, Attempt)) == 1


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="limits are changed on Linux only")
def test_a_full_disk_loses_nothing_and_is_said_in_words(serve: Here, told: Here) -> None:
    one = serve()
    one.post("/welcome/begin", first="plan")
    one.send(SAVE, {"answer": "before = 1\n"})
    one.post("/task/note?id=1", text="before")
    unlimited = resource.prlimit(one.process.pid, resource.RLIMIT_FSIZE)
    log = one.home / "zhixing.db-wal"
    full = (log.stat().st_size if log.exists() else 0) + 300_000
    resource.prlimit(one.process.pid, resource.RLIMIT_FSIZE, (full, unlimited[1]))
    try:
        for came in (
            one.send(SAVE, {"answer": "x" * 900_000}),
            one.post("/task/note?id=1", text="y" * 900_000),
        ):
            assert came.status == 400, came.text[:500]
            _in_words(came.text)
        assert "before" in one.ask("GET", "/task?id=1").text
    finally:
        resource.prlimit(one.process.pid, resource.RLIMIT_FSIZE, unlimited)
    assert _answer(one.home).read_text() == "before = 1\n"
    assert not list(_answer(one.home).parent.glob("*.new"))
    assert [note.text for note in told(one.home, NoteSaved)] == ["before"]
    assert one.send(SAVE, {"answer": "after = 1\n"}).status == 200
    assert one.post("/task/note?id=1", text="after").status == 303


# --- the home changes under the server ----------------------------------------------------------


def _begin_again(browser: Here, hours: float) -> None:
    with browser.desk() as desk:
        planning.begin_route(desk, Wishes(hours_per_week=hours, start=date(2026, 12, 7)))


def test_a_home_that_is_gone_is_a_first_run(begun: Here) -> None:
    begun.send("/task/note?id=1", {"text": "an old secret"})
    token = begun.token
    begun.flags["language"] = "en"
    shutil.rmtree(begun.home)
    assert begun.get("/").headers["location"] == "/welcome"
    assert begun.http.post("/task/done?id=1", data={"token": token}).status_code == 400
    assert begun.token == token
    _begin_again(begun, 10.0)
    assert "an old secret" not in begun.read("/task?id=1")
    assert "10 hours a week" in begun.read("/plan")


def test_what_was_forgotten_is_shown_nowhere(begun: Here) -> None:
    begun.send("/task/note?id=1", {"text": "an old secret"})
    assert "an old secret" in begun.read("/task?id=1")
    with open_store(begun.home / "zhixing.db") as store:
        store.forget("me")
    for address in SEEN:
        assert "an old secret" not in begun.get(address, follow_redirects=True).text
    _begin_again(begun, 10.0)
    begun.send("/task/note?id=1", {"text": "something new"})
    assert "an old secret" not in begun.read("/task?id=1")


def test_another_database_in_its_place_is_read_anew(begun: Here, tmp_path: Path) -> None:
    """As many happenings, with the same numbers: only their ids differ."""
    assert "15 hours a week" in begun.read("/plan")
    other = replace(begun, home=tmp_path / "other")
    with other.http:
        _begin_again(other, 10.0)
    for file in begun.home.glob("zhixing.db*"):
        file.unlink()
    shutil.copy(other.home / "zhixing.db", begun.home / "zhixing.db")
    assert "10 hours a week" in begun.read("/plan")


def test_unreadable_settings_are_said_and_mended_without_a_restart(begun: Here) -> None:
    file = begun.home / "settings.toml"
    before = file.read_bytes()
    token = {"X-Token": begun.token}
    for broken in (b"language = \n", b"\xff\xfe", b'language = "fr"\n', b"a = [" * 5000):
        file.write_bytes(broken)
        for address in ("/", "/labs", "/settings", "/nowhere"):
            came = begun.get(address)
            assert came.status_code in (400, 404, 500), address
            assert "settings.toml" in came.text
            _in_words(came.text)
        saved = begun.http.post(SAVE, json={"answer": "x"}, headers=token)
        assert saved.status_code in (400, 500)
        file.unlink()
        file.mkdir()
        assert "settings.toml" in begun.get("/").text
        file.rmdir()
        file.write_bytes(before)
        assert begun.get("/").status_code == 200


def test_two_servers_on_one_home_see_the_same(begun: Here, told: Here, together: Here) -> None:
    other = replace(begun)
    with other.http:
        for number in range(1, 4):
            (begun if number % 2 else other).send(f"/task/note?id={number}", {"text": f"n{number}"})
        for number in range(1, 4):
            for browser in (begun, other):
                assert f"n{number}" in browser.read(f"/task?id={number}")
        shelves = [one.http.app.state.house for one in (begun, other)]

        def writes_and_reads() -> None:
            for n in range(12):
                begun.post("/task/note?id=1", {"text": f"text {n} {threading.get_ident()}"})
                other.get("/")

        together(3, writes_and_reads)
        for house in shelves:
            with begun.desk() as desk:
                desk.shelf = house.shelf
                seen = standing(desk).happenings
            assert [h.id for h in seen] == [h.id for h in told(begun.home)], "each once, in order"


def test_a_pack_that_is_edited_shows_its_new_text_and_a_broken_one_stops_nothing(
    client: Here, evil_pack: Path
) -> None:
    client.flags["packs"] = [str(evil_pack)]
    statement = evil_pack / "labs" / "python" / "evil-lab" / "statement.en.md"
    before = statement.read_text()
    for n in range(2):
        statement.write_text(before.replace("## Hints", f"Edition number {n}\n\n## Hints"))
        assert f"Edition number {n}" in client.read("/labs/evil-lab")
    toml = statement.with_name("lab.toml")
    whole = toml.read_text()
    toml.write_text("title = [")
    assert client.get("/labs/evil-lab").status_code == 400
    assert client.get(f"/labs/{LAB}").status_code == 200
    toml.write_text(whole)
    assert client.get("/labs/evil-lab").status_code == 200
    shutil.rmtree(evil_pack)
    assert client.get("/labs/evil-lab").status_code == 400
    assert client.get("/labs").status_code == 200


# --- judges -------------------------------------------------------------------------------------


def _judge_of(browser: Here) -> Any:
    return browser.http.app.state.house.judges.grading._judge


def test_a_judge_that_was_killed_is_replaced_by_the_next_check(
    begun: Here, events_in: Here, right: str
) -> None:
    token = {"X-Token": begun.token}

    def check(answer: str) -> tuple[str, dict[str, Any]]:
        came = begun.http.post(CHECK, json={"answer": answer}, headers=token)
        last: tuple[str, dict[str, Any]] = events_in(came.text)[-1]
        return last

    assert check(right)[1]["word"] == "pass"
    os.kill(_judge_of(begun).process.pid, signal.SIGKILL)
    _judge_of(begun).process.wait()
    assert check(right + "# idle\n")[1]["word"] == "pass"
    pid = _judge_of(begun).process.pid
    killer = threading.Timer(0.3, os.kill, (pid, signal.SIGKILL))
    killer.start()
    _, data = check(SLOW)
    killer.join()
    _in_words(data["html"])
    assert data.get("word") != "pass"
    assert check(right + "# again\n")[1]["word"] == "pass"


WILD = (
    "while True:\n    print('x' * 10000)",
    "import time\ntime.sleep(60)",
    "import os\nfor _ in range(3):\n    os.fork()\nwhile True:\n    pass",
)
"""It floods, it sleeps, it forks."""


@pytest.mark.skipif(sys.platform == "win32", reason="forks")
def test_a_cell_that_runs_wild_keeps_nobody_from_being_checked(
    begun: Here, events_in: Here, right: str
) -> None:
    token = {"X-Token": begun.token}
    begun.http.post(CHECK, json={"answer": right}, headers=token)  # warm
    for cell in WILD:
        ended: list[int] = []
        fields = {"reference": "lab:svd-compression", "source": cell}

        def run(fields: dict[str, str] = fields, ended: list[int] = ended) -> None:
            ended.append(begun.http.post("/cells/run", data=fields, headers=token).status_code)

        wild = threading.Thread(target=run)
        wild.start()
        time.sleep(0.3)
        came = begun.http.post(CHECK, json={"answer": f"{right}# {cell!r}\n"}, headers=token)
        assert events_in(came.text)[-1][1]["word"] == "pass"
        if not ended:  # it would end by its limits: the test need not wait for them
            begun.http.app.state.house.judges.running._judge.process.terminate()
        wild.join(60)
        assert ended in ([200], [400]), cell
    again = begun.post("/cells/run", {"reference": "lab:svd-compression", "source": "print(6 * 7)"})
    assert "42" in again.text
