"""The two files of a grading that goes on where it stopped.

The ledger, `RESULTS.ledger`, is append-only: a line for each answer as soon as it is graded, in any
order. The results hold the same rows in the order of the answers, and can be made again from the
ledger at any time. What a kill tore at the end of either is cut off at the next start. Whoever
holds the ledger has a lock on it.
"""

import errno
import hashlib
import json
import os
import secrets
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

from zhixing.actions.leads import free_name
from zhixing.errors import Problem, reason_of
from zhixing.words import say

SUFFIX = ".ledger"
SECRET_BYTES = 32
HEADER = b"zhixing-ledger 1 "
NONE = "-"
BEGINNING = b'{"answer": "'
"""How every row begins."""
WAIT_SECONDS = 0.5
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@dataclass(frozen=True, slots=True)
class Graded:
    """A row and what names it: `key` the answer as it stood, under these conditions; `text` the
    text alone. `final` is False where grading itself failed: the next run tries again."""

    key: str
    text: str
    row: bytes
    final: bool = True


class Lines:
    """A file that only grows, by whole lines: what is torn is cut off, also on a full disk."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self.number = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            self.size = os.fstat(self.number).st_size
        except OSError as trouble:
            raise _refused(path, trouble) from trouble

    def lines(self) -> Iterator[bytes]:
        """The whole lines, without their ends; a torn one is not among them."""
        with self.path.open("rb") as stream:
            yield from (line[:-1] for line in stream if line.endswith(b"\n"))

    def cut(self, size: int) -> None:
        os.ftruncate(self.number, size)
        self.size = size

    def append(self, raw: bytes) -> None:
        """All of it or nothing. Problem when the disk takes no more."""
        try:
            written = 0
            while written < len(raw):
                written += os.pwrite(self.number, raw[written:], self.size + written)
        except OSError as trouble:
            os.ftruncate(self.number, self.size)
            raise _refused(self.path, trouble) from trouble
        self.size += len(raw)

    def keep(self) -> None:
        """Onto the disk itself."""
        os.fsync(self.number)

    def close(self) -> None:
        if self.number >= 0:
            os.close(self.number)
            self.number = -1


class Ledger:
    """What was graded so far: rows by key, and the secret that their seeds come from."""

    def __init__(self, results: Path, again: bool = False) -> None:
        _refuse_what_is_no_file(results)
        path = results.with_name(results.name + SUFFIX)
        self.file = _locked(path)
        if again:
            self.file = _begun_again(self.file, path, results)
        self.rows: dict[str, tuple[int, int]] = {}
        self.texts: dict[str, str] = {}
        self.written: set[bytes] = set()
        self.secret = ""
        self._read()
        if not self.secret:
            self.secret = secrets.token_hex(SECRET_BYTES)
            self.file.append(HEADER + self.secret.encode() + b"\n")

    def _read(self) -> None:
        """Every whole line; from the first that is none on, nothing counts."""
        place = 0
        for raw in self.file.lines():
            if place == 0 and raw.startswith(HEADER):
                self.secret = raw.removeprefix(HEADER).decode("ascii", "replace")
            elif self.secret and (graded := _graded(raw)):
                if graded.final:
                    self.rows[graded.key] = (place + len(raw) - len(graded.row), len(graded.row))
                    self.texts[graded.key] = graded.text
                self.written.add(_short(graded.row))
            else:
                break
            place += len(raw) + 1
        if place < self.file.size:
            self._refuse_foreign()
            self.file.cut(place)

    def _refuse_foreign(self) -> None:
        """A file that was never a ledger is not cut."""
        begins = os.pread(self.file.number, len(HEADER), 0)
        if not HEADER.startswith(begins):
            raise Problem(
                say("this is not the ledger of a grading"),
                str(self.file.path),
                say("move it away, or name another file with --out"),
            )

    def row(self, key: str) -> Graded | None:
        """What is known already."""
        if key not in self.rows:
            return None
        place, size = self.rows[key]
        return Graded(key, self.texts[key], os.pread(self.file.number, size, place))

    def add(self, graded: Iterable[Graded]) -> None:
        """Write down what was graded just now. Problem on a full disk."""
        self.file.append(b"".join(_line(one) for one in graded))

    def ours(self, line: bytes) -> bool:
        """Whether this row was ever written down here."""
        return _short(line) in self.written


def _line(one: Graded) -> bytes:
    """key text final row, with spaces between; a row is JSON of one line."""
    told = f"{one.key or NONE} {one.text or NONE} {int(one.final)} "
    return told.encode() + one.row + b"\n"


def _graded(raw: bytes) -> Graded | None:
    """What a line of the ledger holds; None when it is none."""
    match raw.split(b" ", 3):
        case [key, text, final, row] if row.startswith(BEGINNING) and row.endswith(b"}"):
            known = text.decode("ascii", "replace").replace(NONE, "")
            return Graded(key.decode("ascii", "replace"), known, row, final == b"1")
    return None


def _short(row: bytes) -> bytes:
    return hashlib.blake2b(row, digest_size=12).digest()


def _locked(path: Path) -> Lines:
    """The ledger, ours alone until it is closed; also when it was put aside while we waited."""
    import fcntl  # not on Windows, where nothing is graded yet

    until = time.monotonic() + WAIT_SECONDS  # who was killed may take a moment to go
    while True:
        file = Lines(path)
        try:
            fcntl.flock(file.number, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if path.exists() and os.path.samestat(os.fstat(file.number), path.stat()):
                return file
        except BlockingIOError as trouble:
            if time.monotonic() > until:
                raise _in_use(path) from trouble
            time.sleep(0.05)
        except OSError as trouble:
            raise _refused(path, trouble) from trouble
        file.close()


def _in_use(path: Path) -> Problem:
    return Problem(
        say("another grading writes to these results"),
        str(path),
        say("wait until it is done, or name another file with --out"),
    )


def _begun_again(file: Lines, path: Path, results: Path) -> Lines:
    """Both files put aside under a number; the lock on the old one ends with it."""
    try:
        for old in (results, path):
            if old.exists() and old.stat().st_size:
                old.rename(free_name(old))
    except OSError as trouble:
        raise _refused(path, trouble) from trouble
    finally:
        file.close()
    return _locked(path)


class Results:
    """The file of rows in order. `begin` says how many of the rows known so far it has already."""

    def __init__(self, path: Path) -> None:
        self.file = Lines(path)
        self.aside: Path | None = None

    def begin(self, rows: Iterable[bytes], ours: Callable[[bytes], bool]) -> int:
        """Keep the beginning that is right; what follows is written again. A file with lines that
        are not from here is put aside whole."""
        with self.file.path.open("rb") as stream:
            lines = stream.readlines()
        same = takewhile(lambda pair: pair[0] == pair[1] + b"\n", zip(lines, rows, strict=False))
        kept = sum(1 for _ in same)
        rest = lines[kept:]
        torn = rest.pop() if rest and not rest[-1].endswith(b"\n") else b""
        if all(ours(line[:-1]) for line in rest) and _begins_like_a_row(torn):
            self.file.cut(sum(map(len, lines[:kept])))
            return kept
        self._put_aside()
        return 0

    def _put_aside(self) -> None:
        path = self.file.path
        self.aside = free_name(path)
        self.file.close()
        path.rename(self.aside)
        self.file = Lines(path)


def _begins_like_a_row(torn: bytes) -> bool:
    return torn.startswith(BEGINNING) or BEGINNING.startswith(torn)


def _refuse_what_is_no_file(path: Path) -> None:
    if path.exists() and not path.is_file():
        raise Problem(
            say("the results cannot be written there: it is not a plain file"),
            str(path),
            say("name a file with --out, such as results.jsonl"),
        )


def refuse_another_lab(results: Path, reference: str) -> None:
    """Problem where verdicts of another lab, or of another part, stand there: none is replaced."""
    if not results.is_file():
        return
    try:
        with results.open("rb") as stream:
            first = stream.readline()
    except OSError as trouble:
        raise _refused(results, trouble) from trouble
    held = _reference_of(first)
    if held is not None and held != reference:
        raise Problem(
            say("this file holds verdicts of lab {lab}", lab=held),
            str(results),
            say("name another file with --out; --again puts this one aside under a number"),
        )


def _reference_of(row: bytes) -> str | None:
    """LAB or LAB#PART that a row is about; None where it is no row."""
    try:
        told = json.loads(row) if row.startswith(BEGINNING) else None
    except (ValueError, RecursionError):
        return None
    match told:
        case {"lab": str(lab), "part": str(part)}:
            return f"{lab}#{part}"
        case {"lab": str(lab)}:
            return lab
    return None


def _refused(path: Path, trouble: OSError) -> Problem:
    step = say("make the folder, or name another file with --out")
    if trouble.errno in FULL:
        step = say("make room (`df -h`) and give the same command: it goes on where it stopped")
    return Problem(
        say("the results cannot be written: {reason}", reason=reason_of(trouble)), str(path), step
    )
