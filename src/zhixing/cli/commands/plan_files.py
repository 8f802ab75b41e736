"""plan export, plan read: the plan in the forms of other programs, and a filled-in sheet back."""

import errno
import os
import stat
import sys
from contextlib import suppress
from pathlib import Path

import click

from zhixing.actions import exports
from zhixing.actions.exports import ExportFile
from zhixing.cli.door import Door
from zhixing.cli.kinds import NumberKind, WordKind
from zhixing.cli.params import argument, option
from zhixing.cli.plain import plain, write_json
from zhixing.cli.speaking import command
from zhixing.errors import Problem, reason_of
from zhixing.words import Said, say

FOR_PROGRAMS = ("xlsx", "zip")
"""Forms that are nothing to read on a screen."""
LARGEST_FILE = 64 * 1024 * 1024
LONGEST_ALARM = 7 * 24 * 60

week_option = option("--week", about=say("one week alone"), metavar="N",
                     type=NumberKind(1, 10_000))  # fmt: skip


@command(
    "export",
    about=say(
        "the plan for other programs: spreadsheet (xlsx, csv), calendar (ics), task book (md), "
        "json, or a week to take along (zip)"
    ),
    more=say(
        "With --out it is written to a file, whole or not at all. What is filled in in the xlsx "
        "comes back with `zhixing plan read`. A calendar can be imported again and again: events "
        "change, none comes twice. A zip holds one week, this one unless --week says which: "
        "briefs, statements, starters as .py and as notebooks, criteria."
    ),
)
@option("--format", "asked", about=say("xlsx, ics, csv, md, json or zip; --json alone asks for "
        "json as well"), metavar="FORMAT", type=WordKind(exports.FORMS))  # fmt: skip
@option("--out", about=say("the file to write; without it, standard output"), metavar="F",
        type=click.Path(path_type=Path))  # fmt: skip
@week_option
@option("--alarm", about=say("ics: an alarm so many minutes before each piece; without clock "
        "times, before 9 in the morning"), metavar="MIN",
        type=NumberKind(0, LONGEST_ALARM))  # fmt: skip
@option("--floating", about=say("ics: clock times without a time zone"), is_flag=True)
@option("--zone", about=say("ics: the time zone; without it, the one of this machine"),
        metavar="NAME")  # fmt: skip
def export(
    door: Door,
    asked: str | None,
    out: Path | None,
    week: int | None,
    alarm: int | None,
    floating: bool,
    zone: str | None,
) -> None:
    form = asked or ("json" if door.as_json else "md")
    with door.desk() as desk:
        made = exports.file(desk, form, week=week, alarm=alarm, floating=floating, zone=zone)
        if out is None:
            _to_stdout(door, form, made)
            return
        write_whole(out, made.content)
        data: dict[str, object] = {"format": form, "file": str(out)}
        if form == "zip":
            data["week"] = made.week
        door.show(lambda: data, lambda paper: paper.exact(str(out)))


def _to_stdout(door: Door, form: str, made: ExportFile) -> None:
    if form == "md" and door.as_json:
        write_json({"markdown": made.content.decode()}, sys.stdout)
        return
    if form in FOR_PROGRAMS and (door.as_json or sys.stdout.isatty()):
        raise Problem(
            say("a {form} is nothing to read on a screen", form=form),
            say("zhixing plan export --format {form}", form=form),
            say("name a file: --out {file}", file=made.name),
        )
    if form != "json" and door.as_json:
        write_json({"format": form, "text": made.content.decode("utf-8-sig")}, sys.stdout)
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(made.content)
    sys.stdout.flush()


def write_whole(out: Path, content: bytes) -> None:
    """The file with this content, whole: who looks sees the old one or the new one. Problem: the
    system refuses, the disk is full; what was there before stays."""
    try:
        _write_whole(out.resolve(), content)
    except (OSError, RuntimeError) as trouble:  # RuntimeError: a link that leads to itself
        raise Problem(
            say("the file cannot be written: {reason}", reason=_reason(trouble)),
            str(out),
            say("name another with --out, or leave it out: then it goes to standard output"),
        ) from trouble


def _reason(trouble: OSError | RuntimeError) -> Said | str:
    if isinstance(trouble, OSError):
        return reason_of(trouble)
    return say("a link leads to itself")


def _write_whole(target: Path, content: bytes) -> None:
    there = target.stat() if target.exists() else None
    if there is not None and not stat.S_ISREG(there.st_mode):
        if stat.S_ISDIR(there.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        target.write_bytes(content)  # a pipe or a device: there is nothing to put in its place
        return
    fresh = target.with_name(f".zhixing-{os.getpid()}.part")
    try:
        with fresh.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        if there is not None:
            fresh.chmod(stat.S_IMODE(there.st_mode))
        fresh.replace(target)
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)


# --- back in ------------------------------------------------------------------------------------


@command(
    "read",
    about=say("read a filled-in xlsx back: what is done, skipped, how long it took, notes"),
    more=say(
        "Without --apply nothing changes: it shows what would, row by row, and what it cannot "
        "take. The plan is never changed by a sheet; `zhixing undo` takes all of it back at once."
    ),
)
@argument("file", about=say("the .xlsx that `zhixing plan export` wrote, filled in"),
          metavar="FILE", type=click.Path(path_type=Path))  # fmt: skip
@option("--apply", "taken", about=say("remember these changes"), is_flag=True)
def read(door: Door, file: Path, taken: bool) -> None:
    from zhixing.cli.pages.plan_files import read_page

    raw = _content(file)
    with door.desk() as desk:
        found = exports.read_back(desk, raw)
        applied = len(exports.apply(desk, found.changes)) if taken else 0
        data = {
            "changes": plain(found.changes),
            "letters": plain(found.letters),
            "applied": applied,
        }
        remembered = applied if taken else None
        door.show(lambda: data, lambda paper: read_page(paper, found, remembered, file))


def _content(file: Path) -> bytes:
    """The file's bytes, of a huge one only the beginning. Problem: it cannot be read."""
    try:
        if not stat.S_ISREG(file.stat().st_mode):
            raise OSError(0, "no plain file")
        with file.open("rb") as stream:
            return stream.read(LARGEST_FILE)
    except OSError as trouble:
        raise Problem(
            say("the file cannot be read: {reason}", reason=reason_of(trouble)),
            str(file),
            say("give the .xlsx that `zhixing plan export` wrote"),
        ) from trouble
