"""Which database is this? One of ours and of this version is opened, a missing one made."""

import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from zhixing.errors import Problem
from zhixing.store.placing import make_once
from zhixing.store.trouble import WAIT_SECONDS, damaged, database_problem, file_problem
from zhixing.words import say

if TYPE_CHECKING:
    from zhixing.store.keeping import Store

SCHEMA = "1"
"""The version of the tables. Another one is another program's, and is left alone."""

HEADER_BYTES = 100
"""https://www.sqlite.org/fileformat.html; bytes 16 and 17 are the size of a page."""


def open_store(path: Path) -> "Store":
    """The store whose database is the file `path` (HOME/zhixing.db); made, with its folder, if new.

    Raises Problem, and leaves the file as it is, when it is of another version, not ours, damaged,
    or not to be read or written.
    """
    try:
        if not path.exists():
            _make(path)
        _must_be_whole(path)
    except OSError as error:
        raise file_problem(error, path) from error
    _must_be_ours(path)
    from zhixing.store.keeping import Store  # SQLAlchemy takes a fifth of a second

    return Store(path)


def _make(path: Path) -> None:
    from zhixing.store.engine import lay_out

    make_once(path, lambda unnamed: lay_out(unnamed, path, SCHEMA))


def _must_be_whole(path: Path) -> None:
    if not path.is_file():
        raise damaged(say("no file, where the database should be"), path)
    size = path.stat().st_size
    if size < HEADER_BYTES or _is_cut(path, size):
        raise damaged(say("not a whole SQLite database ({size} bytes)", size=size), path)


def _is_cut(path: Path, size: int) -> bool:
    """Does the file end within a page? A log may stand for what is missing; then SQLite judges.

    SQLite itself fills up such a page with zeros, and takes files of 0 and 1 byte for new ones.
    """
    log = path.with_name(path.name + "-wal")
    with suppress(FileNotFoundError):  # SQLite takes it away when the last one closes
        if log.stat().st_size > 0:
            return False
    with path.open("rb") as database:
        page_bytes = int.from_bytes(database.read(HEADER_BYTES)[16:18], "big")
    return page_bytes >= 512 and size % page_bytes != 0


def _must_be_ours(path: Path) -> None:
    try:
        version = _version(path)
    except sqlite3.Error as error:
        if "no such" in str(error):  # table or column
            raise damaged(say("a database of another program"), path) from error
        raise database_problem(error, path) or error from error
    if version != SCHEMA:
        raise _of_another_version(version, path)


def _version(path: Path) -> str | None:
    """What the file says of itself; opened for reading only, so that it is not even tidied up."""
    address = f"{path.absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, timeout=WAIT_SECONDS, uri=True)) as connection:
        found = connection.execute("SELECT value FROM meta WHERE name = 'schema'").fetchone()
    return None if found is None else str(found[0])


def _of_another_version(version: str | None, path: Path) -> Problem:
    return Problem(
        what=say(
            "this home is written in version {seen}, and this program reads version {ours}",
            seen=version or "?",
            ours=SCHEMA,
        ),
        where=str(path),
        next_step=say(
            "it was left as it is: update this program (`pip install --upgrade zhixing`), use the "
            "one that wrote it, or choose another home: `--home FOLDER`"
        ),
    )
