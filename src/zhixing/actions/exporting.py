"""Everything of one learner as a zip: what happened, the plan, notes, answers, settings.

Nothing in it is a key, and nothing in it can be made again. It is finished before the first byte
of it is handed on, so that there is never half of one.
"""

import json
import os
import re
import stat
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from zhixing.actions.desk import DATABASE, Desk
from zhixing.actions.planning import as_json
from zhixing.actions.standing import Standing, standing
from zhixing.actions.taskbook import taskbook
from zhixing.actions.wording import long_date
from zhixing.errors import Problem, reason_of
from zhixing.settings import FILE
from zhixing.store.writing import row_of
from zhixing.words import Said, say

LARGEST_FILE = 20 * 1024 * 1024
LABS = "labs"
_CREDENTIALS = re.compile(r"(?<=://)[^/\s\"'@]+@")
_UNSAFE = re.compile(r"[^\w.-]+")
_LONGEST_NAME = 100
_PLAIN_FILE = 0o100644 << 16
_UNIX = 3


@dataclass
class _Bundle:
    """A zip being written; `left_out` are files of the home that are not in it, and why."""

    archive: zipfile.ZipFile
    moment: tuple[int, int, int, int, int, int]
    left_out: list[tuple[str, Said]] = field(default_factory=list)

    def add(self, name: str, content: str | bytes) -> None:
        entry = zipfile.ZipInfo(name, self.moment)
        entry.external_attr, entry.create_system = _PLAIN_FILE, _UNIX
        entry.compress_type = zipfile.ZIP_DEFLATED
        self.archive.writestr(entry, content.encode() if isinstance(content, str) else content)


def exported(desk: Desk) -> IO[bytes]:
    """The zip, whole, at its beginning; a file without a name, gone once closed. Problem when it
    cannot be written."""
    try:
        return _written(desk)
    except OSError as trouble:
        raise Problem(
            say("the export cannot be written: {why}", why=reason_of(trouble)),
            tempfile.tempdir or "TMPDIR",
            say("free some space there, or name another folder in TMPDIR, and export again"),
        ) from trouble


def _written(desk: Desk) -> IO[bytes]:
    whole = tempfile.TemporaryFile(prefix="zhixing-export-")  # noqa: SIM115 (who asked closes it)
    try:
        with zipfile.ZipFile(whole, "w") as archive:
            _fill(desk, _Bundle(archive, desk.now().timetuple()[:6]))
        whole.seek(0)
    except BaseException:
        whole.close()
        raise
    return whole


def _fill(desk: Desk, bundle: _Bundle) -> None:
    there = (desk.settings.home / DATABASE).exists()
    now = standing(desk)
    bundle.add("happenings.jsonl", "".join(_lines(desk)) if there else "")
    if now.plan is not None:
        _add_plan(desk, bundle)
    for name, text in _notes(now).items():
        bundle.add(f"notes/{name}.md", text)
    for name, path in _answers(desk.settings.home, bundle):
        _add_file(bundle, name, path)
    settings = desk.settings.home / FILE
    if settings.is_file():
        bundle.add(FILE, _CREDENTIALS.sub("", settings.read_text(encoding="utf-8-sig")))
    unread = desk.store.unread(desk.learner) if there else {}
    bundle.add("README.md", "\n".join(_readme(desk, bundle, unread)) + "\n")


def _add_plan(desk: Desk, bundle: _Bundle) -> None:
    """The plan for people and programs; where its route is gone, what happened still has it."""
    try:
        bundle.add("plan.md", taskbook(desk))
        bundle.add("plan.json", json.dumps(as_json(desk), ensure_ascii=False, indent=1) + "\n")
    except Problem as problem:
        bundle.left_out.append(("plan.md, plan.json", say("{why}", why=problem.letters[0].what)))


def _lines(desk: Desk) -> Iterator[str]:
    """Every happening, in the order written, as the JSON that the database holds and its kind."""
    for happening in desk.store.happenings(desk.learner):
        row = row_of(happening)
        yield f'{{"kind":{json.dumps(row.kind)},{row.body[1:]}\n'


def _notes(now: Standing) -> Mapping[str, str]:
    """File name -> the note, word for word."""
    named: dict[str, str] = {}
    for task, note in now.notes.items():
        if note.text:
            plain = _UNSAFE.sub("-", task).strip(".-")[:_LONGEST_NAME] or "note"
            name, again = plain, 1
            while name.casefold() in {one.casefold() for one in named}:
                again += 1
                name = f"{plain}-{again}"
            named[name] = note.text
    return named


def _answers(home: Path, bundle: _Bundle) -> Iterator[tuple[str, Path]]:
    """(name in the zip, file) of what lies in labs/; links and what is too large are left out."""
    top = home / LABS
    if top.is_symlink():
        bundle.left_out.append((LABS, say("a link")))
        return

    def unread(trouble: OSError) -> None:
        place = Path(str(trouble.filename)).relative_to(home)
        if trouble.filename != str(top) or top.exists():
            bundle.left_out.append((_printable(place), say("{why}", why=reason_of(trouble))))

    for folder, folders, files in os.walk(top, onerror=unread):
        here = Path(folder)
        bundle.left_out += [
            (_printable((here / name).relative_to(home)), say("a link"))
            for name in sorted(folders)
            if (here / name).is_symlink()
        ]
        folders.sort()
        for name in sorted(files):
            yield _printable((here / name).relative_to(home)), here / name


def _add_file(bundle: _Bundle, name: str, path: Path) -> None:
    try:
        content = _content(path)
    except OSError as trouble:
        content = say("{why}", why=reason_of(trouble))
    if isinstance(content, Said):
        bundle.left_out.append((name, content))
    else:
        bundle.add(name, content)


def _content(path: Path) -> bytes | Said:
    """What the file holds, or why it stays out. A link that takes its place meanwhile is not
    followed."""
    seen = path.lstat()
    if stat.S_ISLNK(seen.st_mode):
        return say("a link")
    if not stat.S_ISREG(seen.st_mode):
        return say("no plain file")
    if seen.st_size > LARGEST_FILE:
        return say("{n} MiB", n=round(seen.st_size / 2**20, 1))
    number = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
    with open(number, "rb") as stream:  # noqa: PTH123 (a descriptor)
        return stream.read(LARGEST_FILE)


def _printable(path: Path) -> str:
    """A name that a zip can hold, with / between folders."""
    return path.as_posix().encode("utf-8", "backslashreplace").decode("utf-8")


# --- the page on top ----------------------------------------------------------------------------


def _readme(desk: Desk, bundle: _Bundle, unread: Mapping[str, int]) -> Iterator[str]:
    def spoken(text: Said) -> str:
        return text.render(desk.language)

    yield from (f"# {spoken(say('All that Zhixing keeps of you'))}", "")
    yield from (spoken(say("Exported on {day}.", day=long_date(desk.today()))), "")
    listed = (
        ("happenings.jsonl", say("everything that happened, one JSON object a line, oldest first")),
        ("plan.md, plan.json", say("the plan in force, to read and for programs")),
        ("notes/", say("each note as it stands, word for word")),
        ("labs/", say("your answers and essays, as they lie in the home folder")),
        ("settings.toml", say("the settings of the home, without passwords in addresses")),
    )
    yield from (f"- `{name}`: {spoken(text)}" for name, text in listed)
    yield ""
    yield spoken(
        say("Not in it: the keys of this home (secret.key, web.key) and what can be made again.")
    )
    if unread:
        count = sum(unread.values())
        yield ""
        yield spoken(
            say("{n} happenings of a newer version of Zhixing could not be read: they stay in the "
                "database, and are not in here.", n=count)
        )  # fmt: skip
    if bundle.left_out:
        yield from ("", f"## {spoken(say('Left out'))}", "")
        yield spoken(say("Links, files over 20 MiB, and what could not be read:"))
        yield from ("", *(f"- `{_one_line(name)}`: {spoken(why)}" for name, why in bundle.left_out))


def _one_line(name: str) -> str:
    return " ".join(name.replace("`", "'").split())
