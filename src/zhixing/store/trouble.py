"""What can a person mend when a file of the home gives trouble? One letter for each trouble."""

import errno
import os
import shutil
import sqlite3
from pathlib import Path

from zhixing.errors import Problem, reason_of
from zhixing.words import Said, Sayable, say

WAIT_SECONDS = 10.0
"""How long one process waits for another one to finish writing."""


def database_problem(error: sqlite3.Error, file: Path) -> Problem | None:
    """The letter for an error of SQLite, or None when it is a mistake of ours.

    The low byte of a code is its primary one: https://www.sqlite.org/rescode.html
    """
    match getattr(error, "sqlite_errorcode", sqlite3.SQLITE_OK) & 0xFF:
        case sqlite3.SQLITE_FULL:
            return _full(file)
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM | sqlite3.SQLITE_CANTOPEN:
            return _closed_to_us(say("the file cannot be opened for writing"), file)
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return busy(file)
        case sqlite3.SQLITE_NOTADB | sqlite3.SQLITE_CORRUPT:
            return damaged(say("not a whole SQLite database ({reason})", reason=str(error)), file)
        case sqlite3.SQLITE_IOERR:
            return _full(file) if _is_full(file.parent) else _unwritten(str(error), file)
        case _ if is_misshapen(error):
            return damaged(say("not the database it was ({reason})", reason=str(error)), file)
        case _:
            return None


def is_misshapen(error: sqlite3.Error) -> bool:
    """Does a table, a column or readable text lack that we wrote? SQLite has no code for it."""
    return str(error).startswith(("no such", "Could not decode", "table happenings has no"))


def file_problem(error: OSError, file: Path) -> Problem:
    """The letter for an error of the operating system about a file or folder of the home."""
    reason = reason_of(error)
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            return _full(file)
        case errno.EIO | errno.EFBIG:
            return _unwritten(reason, file)
        case _:
            return _closed_to_us(say("the file cannot be used: {reason}", reason=reason), file)


def damaged(what: Sayable, file: Path) -> Problem:
    """The letter for a file that is not, or no longer, what we wrote. It is left as it is."""
    return Problem(
        what=what,
        where=str(file),
        next_step=say(
            "it was left as it is: move it away (`mv {file} {aside}`), put back a copy of yours if "
            "there is one, and type the command again",
            file=file,
            aside=file.with_name(file.name + ".aside"),
        ),
    )


def busy(file: Path) -> Problem:
    """The letter for a home that another program keeps to itself."""
    return Problem(
        what=say("another program has kept the file busy for {seconds:g} s", seconds=WAIT_SECONDS),
        where=str(file),
        next_step=say("end it, or wait for it, and type the command again: nothing was lost"),
    )


def _is_full(folder: Path) -> bool:
    """SQLite's shared memory beside the file (32 KiB) meets a full disk as an error of its own."""
    return shutil.disk_usage(folder).free < 64 * 1024


def _full(file: Path) -> Problem:
    return Problem(
        what=say("the disk is full: this was not written; all that was written before is there"),
        where=str(file),
        next_step=say("free some space (`df -h {folder}`), and type it again", folder=_there(file)),
    )


def _closed_to_us(what: Sayable, file: Path) -> Problem:
    return Problem(
        what=what,
        where=str(file),
        next_step=say(
            "give yourself the right to write there (`ls -ld {folder}` shows whose it is), or "
            "choose another home: `--home FOLDER`",
            folder=_there(file),
        ),
    )


def _there(file: Path) -> Path:
    """The folder of the file, or the nearest above it that exists."""
    return next((p for p in file.absolute().parents if os.path.isdir(p)), file.parent)  # noqa: PTH112


def _unwritten(reason: Said | str, file: Path) -> Problem:
    return Problem(
        what=say("the disk refused: {reason}; all that was written before is there", reason=reason),
        where=str(file),
        next_step=say(
            "look at space, quota and the disk itself (`df -h {folder}`), and type it again",
            folder=file.parent,
        ),
    )
