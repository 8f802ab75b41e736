"""The learner's answer file, as a page keeps it: written whole or not at all, never over what
another window or editor saved meanwhile."""

import hashlib
import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from zhixing.actions.desk import Desk
from zhixing.actions.leads import NOTEBOOK, answer_file, answer_files, free_name, latest_answer
from zhixing.bundles import joined, loosely_parted, parted
from zhixing.errors import Problem, reason_of
from zhixing.export.notebooks import LARGEST_FILE, code_of
from zhixing.records import Lab
from zhixing.words import say

LONGEST = 1024 * 1024


@dataclass(frozen=True)
class Kept:
    """What stands in the file now. `stamp` names that text; `theirs` is set when nothing was
    written, because another text stands there than the page began with."""

    stamp: str
    theirs: str | None = None


def stamp_of(text: str) -> str:
    """A short name of a text, for telling whether it changed."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def read(desk: Desk, lab: Lab) -> str | None:
    """The answer as it stands, of a notebook its code; None when there is no file, or none that a
    page could show."""
    file = latest_answer(desk, lab.id)
    if lab.files:
        return _read_bundle(file, lab)
    return _read_one(file)


def _read_bundle(file: Path, lab: Lab) -> str | None:
    """All files as one text; one that is not there is empty."""
    texts = {each.name: _read_one(each) for each in answer_files(file, lab)}
    if all(text is None for text in texts.values()):
        return None
    try:
        return joined({name: text or "" for name, text in texts.items()})
    except Problem:
        return None


def _read_one(file: Path) -> str | None:
    try:
        if not file.is_file():
            return None
        with file.open("rb") as stream:
            raw = stream.read(LARGEST_FILE if file.name == NOTEBOOK else LONGEST)
        if file.name == NOTEBOOK:
            return code_of(raw, str(file))
    except (OSError, Problem):
        return None
    return _shown(raw)


def _shown(raw: bytes) -> str:
    """Bytes as the text of a page; what is no text shows as �."""
    return raw.decode("utf-8-sig", "replace").replace("\r\n", "\n")


def texts_of(lab: Lab, text: str) -> tuple[tuple[str, str], ...]:
    """(name, text) for each field of a page; the one of a single file has no name."""
    if not lab.files:
        return (("", text),)
    return tuple(loosely_parted(text, lab.files).items())


def of_fields(lab: Lab, fields: Sequence[str]) -> str:
    """The answer out of the fields of a form: one, or one a file."""
    texts = [field.replace("\r\n", "\n") for field in fields]
    if not lab.files:
        return texts[0] if texts else ""
    return joined(dict(zip(lab.files, [*texts, *[""] * len(lab.files)], strict=False)))


def keep(desk: Desk, lab: Lab, text: str, base: str | None) -> Kept:
    """Write the answer. `base` is the stamp of the text that the page began with; where the file
    holds another by now, nothing is written and that text comes back. None writes anyway. What the
    page never showed whole (another form of the answer, too long, no text) is put aside first."""
    text = text.replace("\r\n", "\n")
    if lab.files:
        text = joined(parted(text, lab.files))
    encoded = _bytes_of(text, lab)
    standing = read(desk, lab)
    if standing == text:
        return Kept(stamp_of(text))
    if base is not None and standing is not None and stamp_of(standing) != base:
        return Kept(stamp_of(standing), theirs=standing)
    file = answer_file(desk, lab.id)
    if lab.files:
        _keep_files(file, lab, text)
    else:
        _write(file, encoded, aside=not _was_shown(file, standing))
        _make_latest(file)
    return Kept(stamp_of(text))


def _keep_files(file: Path, lab: Lab, text: str) -> None:
    """Write each file of a bundle that changed."""
    for name, wanted in parted(text, lab.files).items():
        each = file.with_name(name)
        standing = _read_one(each)
        if standing != wanted:
            _write(each, wanted.encode(), aside=not _was_shown(each, standing))


def _was_shown(file: Path, standing: str | None) -> bool:
    """Whether the file holds nothing but the text that the page knows."""
    try:
        raw = file.read_bytes() if file.is_file() and file.stat().st_size <= LONGEST else None
    except OSError:
        return False
    if raw is None:
        return not file.exists()
    shown = _shown(raw)
    return shown == standing and "\ufffd" not in shown


def _make_latest(file: Path) -> None:
    """What was saved now is handed in now, also where the clock says that a notebook beside it
    will only be saved tomorrow."""
    with suppress(OSError):
        later = file.with_name(NOTEBOOK).stat().st_mtime_ns + 1_000_000
        if file.stat().st_mtime_ns < later:
            os.utime(file, ns=(later, later))


def _bytes_of(text: str, lab: Lab) -> bytes:
    try:
        encoded = text.encode("utf-8")
    except UnicodeEncodeError as trouble:
        raise Problem(
            say("the answer holds half a letter that no file can hold"),
            say("the answer to {lab}", lab=lab.id),
            say("delete the letter at position {place}", place=trouble.start + 1),
        ) from trouble
    if len(encoded) > LONGEST:
        raise Problem(
            say("the answer is {size} KiB long", size=len(encoded) // 1024),
            say("the answer to {lab}", lab=lab.id),
            say("an answer is at most 1 MiB of text: keep data out of it"),
        )
    return encoded


def _write(file: Path, content: bytes, *, aside: bool) -> None:
    fresh = file.with_name(f"{file.name}.{os.getpid()}.new")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with fresh.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        if aside:
            file.rename(free_name(file))
        fresh.replace(file)
    except OSError as trouble:
        fresh.unlink(missing_ok=True)
        raise Problem(
            say("the answer cannot be saved: {reason}", reason=reason_of(trouble)),
            str(file),
            say("make room or make the folder writable; your text is still in the page"),
        ) from trouble
