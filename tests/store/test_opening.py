"""A home is made whole, opened when it is ours, and otherwise left alone with a letter."""

import contextlib
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from zhixing.errors import Problem
from zhixing.records import TaskStarted
from zhixing.store.opening import open_store

NOON = datetime(2026, 12, 7, 12, tzinfo=UTC)
STARTED = TaskStarted(id="1", learner="me", at=NOON, task="t")


def a_home(file: Path, happenings: int = 40) -> None:
    with open_store(file) as store:
        for number in range(happenings):
            store.append(TaskStarted(id=f"{number}", learner="me", at=NOON, task="t" * 200))


def sql(file: Path, *statements: str) -> None:
    with contextlib.closing(sqlite3.connect(file, isolation_level=None)) as database:
        for statement in statements:
            database.execute(statement)


def a_newer_home(file: Path) -> None:
    a_home(file)
    sql(file, "UPDATE meta SET value = '2' WHERE name = 'schema'")


def a_newer_home_after_a_crash(file: Path) -> None:
    """A log of changes lies beside the file; to open it in the usual way would move them in."""
    a_home(file)
    crash = "import os, sqlite3, sys; d = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
    crash += "d.execute(\"UPDATE meta SET value = '2'\"); os._exit(0)"
    subprocess.run([sys.executable, "-c", crash, file], check=True)
    assert file.with_name(file.name + "-wal").stat().st_size > 0


def a_home_without_a_version(file: Path) -> None:
    a_home(file)
    sql(file, "DELETE FROM meta")


def another_programs_database(file: Path) -> None:
    sql(file, "CREATE TABLE bookmarks (url TEXT)")


def a_database_with_another_meta(file: Path) -> None:
    sql(file, "CREATE TABLE meta (version INTEGER)")


def an_empty_database(file: Path) -> None:
    sql(file, "CREATE TABLE t (x)", "DROP TABLE t")


def a_text(file: Path) -> None:
    file.write_text("# my notes\n" * 100, encoding="utf-8")


def nothing(file: Path) -> None:
    file.touch()


FOREIGN = {
    a_newer_home: r"version 2, and this program reads version 1",
    a_newer_home_after_a_crash: r"version 2, and this program reads version 1",
    a_home_without_a_version: r"version \?",
    another_programs_database: "another program",
    a_database_with_another_meta: "another program",
    an_empty_database: "another program",
    a_text: "not a whole SQLite database",
    nothing: "not a whole SQLite database",
}


@pytest.mark.parametrize(("make", "said"), FOREIGN.items(), ids=[m.__name__ for m in FOREIGN])
def test_what_is_not_ours_is_refused_with_words_and_not_touched(
    make: Callable[[Path], None], said: str, tmp_path: Path
) -> None:
    file = tmp_path / "zhixing.db"
    make(file)
    before = contents(tmp_path)
    with pytest.raises(Problem, match=said) as caught:
        open_store(file)
    assert str(file) in str(caught.value)
    assert "left as it is" in str(caught.value) or "left as it was" in str(caught.value)
    assert contents(tmp_path) == before


def contents(folder: Path) -> dict[str, bytes]:
    """All bytes in a folder; `-shm` is SQLite's shared memory and an empty `-wal` its empty log."""
    files = {f.name: f.read_bytes() for f in folder.iterdir()}
    return {name: held for name, held in files.items() if held and not name.endswith("-shm")}


def test_a_file_cut_short_anywhere_is_refused_and_not_touched(tmp_path: Path) -> None:
    whole = tmp_path / "zhixing.db"
    a_home(whole)
    held = whole.read_bytes()
    for length in sorted({1, 15, 16, 99, 100, 511, 512, *range(1, len(held), 1531)}):
        cut = tmp_path / f"cut-{length}.db"
        cut.write_bytes(held[:length])
        with pytest.raises(Problem, match="not a whole SQLite database"):
            open_store(cut)
        assert cut.read_bytes() == held[:length]


def test_a_folder_or_a_lost_link_in_its_place_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "zhixing.db"
    folder.mkdir()
    link = tmp_path / "link.db"
    link.symlink_to(tmp_path / "lost")
    for file in (folder, link):
        with pytest.raises(Problem, match="no file, where the database should be"):
            open_store(file)


def test_a_home_below_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("not a folder", encoding="utf-8")
    with pytest.raises(Problem, match=r"Not a directory|exists"):
        open_store(tmp_path / "home" / "zhixing.db")


@pytest.mark.parametrize("name", ["home", "家 100% ?a=b#c", "a'b\"c;d"])
def test_a_new_home_is_the_database_and_nothing_else(name: str, tmp_path: Path) -> None:
    file = tmp_path / "deep" / name / "zhixing.db"
    with open_store(file) as store:
        assert store.happenings("me") == ()
        store.append(STARTED)
    assert [f.name for f in file.parent.iterdir()] == ["zhixing.db"]
    with open_store(file) as store:
        assert store.happenings("me") == (STARTED,)


def test_a_file_system_without_links_has_homes_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_self: Path, _target: Path) -> None:
        raise PermissionError("no links here")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    file = tmp_path / "zhixing.db"
    with open_store(file) as store:
        store.append(STARTED)
        key = store.secret()
    with open_store(file) as store:
        assert store.happenings("me") == (STARTED,)
        assert store.secret() == key
    assert sorted(f.name for f in tmp_path.iterdir()) == ["secret.key", "zhixing.db"]


def test_a_commit_waits_for_the_disk_and_readers_never_wait_for_a_writer(tmp_path: Path) -> None:
    with open_store(tmp_path / "zhixing.db") as store, store._engine.connect() as connection:
        ask = connection.exec_driver_sql
        assert ask("PRAGMA synchronous").scalar() == 2  # FULL
        assert ask("PRAGMA journal_mode").scalar() == "wal"
        assert ask("PRAGMA busy_timeout").scalar() == 10_000


def test_a_home_put_back_from_a_copy_without_the_log_opens(tmp_path: Path) -> None:
    file, copy = tmp_path / "zhixing.db", tmp_path / "copy.db"
    a_home(file, 3)
    sql(file, f"VACUUM INTO '{copy}'")
    with open_store(copy) as store:
        assert len(store.happenings("me")) == 3


def test_only_opening_a_store_loads_sqlalchemy() -> None:
    ask = "import zhixing.store.opening, sys; print('sqlalchemy' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", ask], check=True, capture_output=True, text=True)
    assert run.stdout.strip() == "False"


def test_300_happenings_are_read_with_as_many_statements_as_three(tmp_path: Path) -> None:
    def statements(happenings: int) -> list[str]:
        file = tmp_path / f"{happenings}.db"
        a_home(file, happenings)
        asked: list[str] = []

        def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
            asked.append(statement)

        event.listen(Engine, "before_cursor_execute", note)
        try:
            with open_store(file) as store:
                assert len(store.happenings("me")) == happenings
        finally:
            event.remove(Engine, "before_cursor_execute", note)
        return asked

    assert statements(300) == statements(3)
    assert 1 <= len(statements(30)) <= 3
