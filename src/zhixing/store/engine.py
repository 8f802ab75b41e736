"""How does the program talk to the database? Durable, patient, one writer at a time."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, insert
from sqlalchemy.exc import DBAPIError

from zhixing.store.tables import META, METADATA
from zhixing.store.trouble import WAIT_SECONDS, busy, database_problem

PRAGMAS = (
    f"PRAGMA busy_timeout = {WAIT_SECONDS * 1000:.0f}",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",  # a commit is on the disk before `append` returns
    "PRAGMA fullfsync = ON",  # on macOS a plain fsync stops at the drive's own cache
)


def engine_on(file: Path) -> Engine:
    """An engine for the SQLite database `file`, which is created when missing."""
    engine = create_engine(URL.create("sqlite", database=str(file)))
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def lay_out(file: Path, name: Path, schema: str) -> None:
    """Makes `file`, which will be called `name`, a database of empty tables and their version."""
    engine = engine_on(file)
    try:
        with writing(engine, name) as connection:
            METADATA.create_all(connection)
            connection.execute(insert(META), {"name": "schema", "value": schema})
    finally:
        engine.dispose()


@contextmanager
def reading(engine: Engine, file: Path) -> Iterator[Connection]:
    """A connection that sees one state of the database, whatever others write meanwhile."""
    with _in_words(file), engine.connect() as connection:
        yield connection


@contextmanager
def writing(engine: Engine, file: Path) -> Iterator[Connection]:
    """A connection whose writes all happen at the end of the block, or none of them.

    The lock is taken at once: a reader that turns writer could be refused without waiting.
    """
    with _in_words(file), engine.execution_options(begin="IMMEDIATE").begin() as connection:
        yield connection


def overwrite_what_was_deleted(engine: Engine, file: Path) -> None:
    """Rewrites the database without its gaps, and cuts the log beside it to nothing.

    Deleting alone, even with SQLite's `secure_delete`, leaves pieces of text in the file.
    Raises Problem when a reader keeps the old state open for too long.
    """
    with _in_words(file), closing(engine.raw_connection()) as connection:
        cursor = connection.cursor()
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        [(in_use, _pages, _moved)] = cursor.fetchall()
    if in_use:
        raise busy(file)


@contextmanager
def _in_words(file: Path) -> Iterator[None]:
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        problem = database_problem(cause, file) if isinstance(cause, sqlite3.Error) else None
        if problem is None:
            raise
        raise problem from error


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # transactions begin where `_begin` says, nowhere else
    for pragma in PRAGMAS:
        connection.execute(pragma)


def _begin(connection: Connection) -> None:
    mode = connection.get_execution_options().get("begin", "DEFERRED")
    connection.exec_driver_sql(f"BEGIN {mode}")
