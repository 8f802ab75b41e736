"""Crashes, full disks, locked folders and other processes: a letter at worst, and nothing lost."""

import itertools
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from zhixing.errors import Problem
from zhixing.records import NoteSaved
from zhixing.store import engine
from zhixing.store.keeping import Store
from zhixing.store.opening import open_store

NOON = datetime(2026, 12, 7, 12, tzinfo=UTC)

PREPARED = """
import os, sys
from datetime import UTC, datetime
from pathlib import Path
from zhixing.errors import Problem
from zhixing.records import NoteSaved
from zhixing.store.opening import open_store

def note(id_, size=40):
    at = datetime(2026, 12, 7, 12, tzinfo=UTC)
    return NoteSaved(id=id_, learner="me", at=at, task="t", text="x" * size)

file = Path(sys.argv[1])
"""


def note(id_: str, size: int = 40) -> NoteSaved:
    return NoteSaved(id=id_, learner="me", at=NOON, task="t", text="x" * size)


def program(script: str, file: Path, *words: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", PREPARED + script, str(file), *words]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def printed(running: "subprocess.Popen[str]") -> list[str]:
    out, err = running.communicate(timeout=60)
    assert running.returncode == 0, err
    return out.splitlines()


def ids(file: Path) -> list[str]:
    with open_store(file) as store:
        return [happening.id for happening in store.happenings("me")]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "home" / "zhixing.db"


def test_two_processes_share_a_new_home_and_nothing_is_lost_or_doubled(file: Path) -> None:
    script = """
with open_store(file) as store:
    print(store.secret().hex())
    for number in range(200):
        store.append(note(f"{sys.argv[2]}{number}"), note(f"both{number}"))
"""
    running = [program(script, file, name) for name in "ab"]
    keys = [printed(one) for one in running]
    assert keys[0] == keys[1]
    written = ids(file)
    assert [i for i in written if i.startswith("a")] == [f"a{n}" for n in range(200)]
    assert [i for i in written if i.startswith("both")] == [f"both{n}" for n in range(200)]
    assert len(written) == len(set(written)) == 600
    assert sorted(f.name for f in file.parent.iterdir()) == ["secret.key", "zhixing.db"]


@pytest.mark.parametrize("lines", [1, 7, 60])
def test_what_was_acknowledged_survives_a_kill(file: Path, lines: int) -> None:
    script = """
with open_store(file) as store:
    for number in range(100_000):
        store.append(note(f"{number}a", 3000), note(f"{number}b"))
        print(number, flush=True)
"""
    with program(script, file) as running:
        assert running.stdout is not None
        acknowledged = [running.stdout.readline().strip() for _ in range(lines)]
        running.send_signal(signal.SIGKILL)
        acknowledged += running.stdout.read().split()
    written = ids(file)
    assert len(acknowledged) >= lines
    assert set(written) >= {f"{number}{half}" for number in acknowledged for half in "ab"}
    assert [i[:-1] for i in written if i.endswith("a")] == [i[:-1] for i in written[1::2]]


def append_for_ever(store: Store, written: list[str]) -> None:
    for number in itertools.count():
        store.append(note(f"{number}", 2000), note(f"{number}+"))
        written += [f"{number}", f"{number}+"]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of 256 KiB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(disk)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("this account may not mount a small disk")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk_is_a_letter_and_takes_nothing_that_was_acknowledged(small_disk: Path) -> None:
    file = small_disk / "zhixing.db"
    ballast = small_disk / "ballast"
    with open_store(file) as store:
        ballast.write_bytes(bytes(100_000))
        written: list[str] = []
        with pytest.raises(Problem, match="the disk is full") as caught:
            append_for_ever(store, written)
        assert str(file) in str(caught.value)
        assert [h.id for h in store.happenings("me")] == written
        ballast.unlink()
        store.append(note("after"))
    assert ids(file) == [*written, "after"]


def test_a_home_is_not_begun_on_a_full_disk(small_disk: Path) -> None:
    (small_disk / "ballast").write_bytes(bytes(240_000))
    with pytest.raises(Problem, match="the disk is full"):
        open_store(small_disk / "zhixing.db")
    assert [f.name for f in small_disk.iterdir()] == ["ballast"]


def test_a_quota_is_a_letter_and_takes_nothing_that_was_acknowledged(file: Path) -> None:
    script = """
import resource
with open_store(file) as store:
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
    try:
        for number in range(1000):
            store.append(note(f"{number}", 2000), note(f"{number}+"))
            print(number)
    except Problem as problem:
        print(problem)
"""
    pytest.importorskip("resource", reason="limits on files are POSIX only")
    *acknowledged, letter = printed(program(script, file))
    assert "the disk refused" in letter
    assert ids(file) == [i for number in acknowledged for i in (number, f"{number}+")]


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that another user may enter, unlike pytest's own."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.mark.skipif(os.name != "posix", reason="modes of folders are POSIX only")
def test_a_folder_that_may_not_be_written_is_a_letter(open_folder: Path) -> None:
    script = """
with open_store(file.parent / "warm" / "zhixing.db") as store:
    store.append(note("warm"))
with open_store(file) as store:
    store.append(note("1"))
file.parent.chmod(0o555)
if os.getuid() == 0:
    os.setuid(65534)
for path in (file, file.with_name("new.db"), file.parent / "new" / "zhixing.db"):
    try:
        open_store(path).happenings("me")
    except Problem as problem:
        print(problem)
try:
    open_store(file).secret()
except Problem as problem:
    print(problem)
"""
    file = open_folder / "zhixing.db"
    letters = printed(program(script, file))
    open_folder.chmod(0o755)
    assert len(letters) == 4
    assert all(str(open_folder) in letter and "--home FOLDER" in letter for letter in letters)
    assert ids(file) == ["1"]


def test_a_program_that_keeps_the_home_busy_is_a_letter(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_store(file) as store:
        store.append(note("1"))
    monkeypatch.setattr(engine, "PRAGMAS", ("PRAGMA busy_timeout = 50", *engine.PRAGMAS[1:]))
    with open_store(file) as store, closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        for change in (lambda: store.append(note("2")), lambda: store.forget("me")):
            with pytest.raises(Problem, match="kept the file busy"):
                change()
        assert store.happenings("me") == (note("1"),)
        other.execute("ROLLBACK")
        other.execute("BEGIN")
        other.execute("SELECT * FROM happenings").fetchall()
        with pytest.raises(Problem, match="kept the file busy"):
            store.forget("me")
        other.execute("ROLLBACK")
        assert store.forget("me") == 0
    assert b"xxxx" not in file.read_bytes()


def test_a_file_overwritten_while_open_is_a_letter(file: Path) -> None:
    with open_store(file) as store:
        store.append(*(note(f"{number}", 500) for number in range(100)))
    with open_store(file) as store:
        file.write_bytes(file.read_bytes()[:4096] + b"noise" * 20_000)
        with pytest.raises(Problem, match="not a whole SQLite database") as caught:
            store.happenings("me")
        assert str(file) in str(caught.value)


def test_a_table_that_is_gone_is_a_damaged_home(file: Path) -> None:
    with open_store(file) as store:
        with closing(sqlite3.connect(file)) as other:
            other.execute("DROP TABLE happenings")
        with pytest.raises(Problem, match="no such table"):
            store.happenings("me")


@pytest.mark.parametrize("body", ["{garbage", "{}", "", 7])
def test_a_row_that_cannot_be_read_is_a_damaged_home(file: Path, body: object) -> None:
    with open_store(file) as store:
        with closing(sqlite3.connect(file)) as other, other:
            other.execute(
                "INSERT INTO happenings (id, learner, at, kind, schema, body) "
                "VALUES ('x', 'me', '2026-12-07', 'TaskDone', 1, ?)",
                (body,),
            )
        with pytest.raises(Problem, match="the TaskDone x is damaged"):
            store.happenings("me")


def test_a_mistake_of_ours_stays_a_mistake(file: Path) -> None:
    with (
        open_store(file) as store,
        pytest.raises(DBAPIError, match="syntax error"),
        engine.reading(store._engine, file) as connection,
    ):
        connection.exec_driver_sql("SELEC 1")
