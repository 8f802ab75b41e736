"""Roadmaps that are being looked at and not kept yet, in a folder of the home: a file each.

They outlive a reload, another language and a restart. A file is written beside the old one and
takes its name when it is whole, so that whatever kills the program leaves the old draft or the new
one. They are no part of what happened: a draft may be thrown away.
"""

import contextlib
import hashlib
import json
import os
import re
import stat
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from zhixing.errors import Problem, reason_of
from zhixing.records import Mend
from zhixing.settings import settle
from zhixing.words import Said, say

FOLDER = "drafts"
MOST_DRAFTS = 8
MOST_BYTES = 48 * 1024 * 1024
"""Of all drafts together; the oldest go first, and the newest always stays."""
LARGEST = 40 * 1024 * 1024
"""Bytes of a file that is read at all."""
LEFT_BEHIND_SECONDS = 600
"""A file in the making that is older was left by a program that was killed."""

_NAME = re.compile(r"[0-9a-f]{20}")


@dataclass(frozen=True)
class Draft:
    """A document under the id that its route would have, and what the learner said of it so far:
    `typed` by node what it is in the catalog, as it was typed; `mends` by node. `again` = what is
    marked as done shall be planned too. `title` and `at` are for the list."""

    route: str
    text: str
    typed: Mapping[str, str] = field(default_factory=dict)
    mends: Mapping[str, Mend] = field(default_factory=dict)
    again: bool = False
    title: str = ""
    at: datetime | None = None

    @property
    def name(self) -> str:
        return name_of(self.route, self.text)


@dataclass(frozen=True)
class Listed:
    """A draft in the list, newest first: `draft` is None where its file cannot be read, and `why`
    says so."""

    name: str
    draft: Draft | None
    why: Said | None = None


def name_of(route_id: str, text: str) -> str:
    """What the address of a draft calls it: the same for the same document under the same id."""
    said = f"{route_id}\n{text}"
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:20]


def put(home: Path, draft: Draft, at: datetime) -> None:
    """Write it down. OSError where the disk or its rights prevent it: then the draft that stood
    there before still does."""
    folder = home / FOLDER
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = folder / f"{draft.name}.json"
    fresh = folder / f".{draft.name}.{os.getpid()}"
    said = asdict(draft) | {"at": at.astimezone(UTC).isoformat()}
    raw = json.dumps(said, ensure_ascii=False).encode("utf-8", "surrogatepass")
    try:
        with open(os.open(fresh, _WRITING, 0o600), "wb") as stream:  # noqa: PTH123 (a descriptor)
            stream.write(raw)
            stream.flush()
            os.fsync(stream.fileno())
        fresh.replace(file)
    except BaseException:
        with contextlib.suppress(OSError):
            fresh.unlink()
        raise
    settle(folder)
    _make_room(folder, file)


_WRITING = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0)


def get(home: Path, name: str) -> Draft | None:
    """The draft of that name; None where there is none. Problem for a damaged one."""
    if not _NAME.fullmatch(name):
        return None
    try:
        return _read(home / FOLDER / f"{name}.json")
    except FileNotFoundError:
        return None
    except (OSError, _Damaged) as trouble:
        raise Problem(
            _why(trouble),
            say("a draft of a roadmap"),
            say("throw it away at /import, and paste the roadmap once more"),
        ) from trouble


def listed(home: Path) -> tuple[Listed, ...]:
    """All drafts, newest first; one that is damaged is no harm to the others."""
    found = []
    for file in _files(home / FOLDER):
        try:
            found.append(Listed(file.stem, _read(file)))
        except FileNotFoundError:
            continue
        except (OSError, _Damaged) as trouble:
            found.append(Listed(file.stem, None, _why(trouble)))
    return tuple(found)


def throw_away(home: Path, name: str) -> None:
    """Gone for good; one that is gone already is as well. Problem where the disk refuses."""
    if not _NAME.fullmatch(name):
        return
    try:
        (home / FOLDER / f"{name}.json").unlink(missing_ok=True)
    except NotADirectoryError:  # there are no drafts at all
        return
    except OSError as trouble:
        raise Problem(
            say("the draft cannot be thrown away: {reason}", reason=reason_of(trouble)),
            str(home / FOLDER),
            say("allow writing in that folder, and try once more"),
        ) from trouble


def forget_all(home: Path) -> None:
    """Every draft, and what is left of one, thrown away."""
    folder = home / FOLDER
    for file in [*_files(folder), *_in_the_making(folder)]:
        file.unlink(missing_ok=True)
    with contextlib.suppress(OSError):  # somebody else keeps a file in it
        folder.rmdir()


# --- files --------------------------------------------------------------------------------------


class _Damaged(Exception):
    """What stands in the file is no draft, or another one."""


def _why(trouble: Exception) -> Said:
    if isinstance(trouble, OSError):
        return say("this draft cannot be read: {reason}", reason=reason_of(trouble))
    return say("this draft is damaged: what stands in its file is not what was written")


def _read(file: Path) -> Draft:
    """The draft in a file. OSError, or _Damaged where it is not what was written: its name says
    what its document must be."""
    seen = file.stat()
    if not stat.S_ISREG(seen.st_mode) or seen.st_size > LARGEST:
        raise _Damaged
    try:
        said = json.loads(file.read_bytes().decode("utf-8", "surrogatepass"))
        draft = msgspec.convert(said, Draft)
    except (ValueError, RecursionError) as trouble:  # of JSON, of UTF-8, of msgspec
        raise _Damaged from trouble
    if draft.name != file.stem:
        raise _Damaged
    return draft


def _files(folder: Path) -> list[Path]:
    """The files of drafts, newest first."""
    dated = []
    for file in folder.glob("*.json"):
        with contextlib.suppress(OSError):  # gone while we looked
            dated.append((file.lstat().st_mtime_ns, file))
    return [file for _, file in sorted(dated, reverse=True) if _NAME.fullmatch(file.stem)]


def _in_the_making(folder: Path) -> Iterator[Path]:
    return (file for file in folder.glob(".*") if _NAME.fullmatch(file.name[1:21]))


def _make_room(folder: Path, newest: Path) -> None:
    """The oldest drafts make room for the newest; what was left half-written goes too."""
    total = 0
    for at, file in enumerate(_files(folder)):
        with contextlib.suppress(OSError):
            total += file.stat().st_size
            if file != newest and (at >= MOST_DRAFTS or total > MOST_BYTES):
                file.unlink()
    for file in _in_the_making(folder):
        with contextlib.suppress(OSError):
            if newest.stat().st_mtime - file.stat().st_mtime > LEFT_BEHIND_SECONDS:
                file.unlink()
