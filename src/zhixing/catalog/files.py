"""Which files does a pack hold? The only module that opens a pack's files.

A pack has a fixed layout, so only its known folders are entered: no loop of links and no home
folder given by mistake is walked. What has no place in the layout is a letter, never dropped.
"""

import hashlib
import os
import re
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from zhixing.catalog.places import at
from zhixing.errors import Letter, nearest, reason_of
from zhixing.words import Said, say

LARGEST_FILE: Final = 4 * 1024 * 1024
"""Bytes. The longest text we know is below 1 MiB; tomllib and ast need about 100 times a file."""

_LAB = r"labs/[\w-]+/[\w-]+"
_READ: Final = re.compile(
    r"pack\.toml|aliases\.toml|skills/[\w-]+\.toml|resources/[\w-]+\.toml|labs/planned\.toml"
    rf"|{_LAB}/(?:(?:lab|noticed)\.toml|statement\.(?:zh|en)\.md)"
    rf"|{_LAB}/(?:solution|checks|probes|data|figure|cell|witness)\.py"
    rf"|{_LAB}/(?:template\.(?:zh|en)\.md|rubric\.toml)"
    rf"|{_LAB}/alternatives/[\w-]+\.py"
    rf"|{_LAB}/(?:solution|starter|alternatives/[\w-]+)/(?!\.DS_Store)[\w.-]+"
    r"|routes/[\w-]+\.(?:zh|en)\.md|(?:readings|briefs)/[\w-]+/[\w-]+\.(?:zh|en)\.md"
)
_ENTERED: Final = re.compile(
    rf"skills|resources|labs(?:/[\w-]+)?|{_LAB}(?:/solution|/starter|/alternatives(?:/[\w-]+)?)?"
    r"|routes"
    r"|(?:readings|briefs)(?:/[\w-]+)?"
)
_OF_AN_ANSWER: Final = re.compile(
    rf"{_LAB}/(?:solution|starter|alternatives/[\w-]+)/(?!\.DS_Store|__pycache__)[\w.-]+"
)
"""Files that an answer has: there .dockerignore, README.md and pyproject.toml have a meaning."""
_LATER: Final = re.compile(r"cards|quizzes|projects|datasets\.toml|quizzes\.py")
_IGNORED: Final = re.compile(
    r"(?:.*/)?(?:\..*|__pycache__|__init__\.py)"
    r"|(?:README|LICENSE|LICENCE|NOTICE|CHANGELOG|CONTRIBUTING)(?:\.[\w.-]+)?|pyproject\.toml"
)
_LAB_FILES: Final = (
    "lab.toml", "statement.zh.md", "statement.en.md", "solution.py", "checks.py", "probes.py",
    "data.py", "witness.py", "figure.py", "solution", "starter", "alternatives", "template.zh.md",
    "template.en.md", "rubric.toml", "cell.py", "noticed.toml",
)  # fmt: skip
_ROOT: Final = (
    "pack.toml", "aliases.toml", "skills", "resources", "labs", "routes", "readings", "briefs",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PackFiles:
    """The bytes of a pack's files by path inside the pack, such as `skills/math.toml`."""

    folder: str
    contents: Mapping[str, bytes]
    faults: Mapping[str, Letter]

    def digest(self) -> bytes:
        """32 bytes that differ when any path or content differs."""
        total = hashlib.blake2b(self.folder.encode(), digest_size=32)
        for path, content in self.contents.items():
            total.update(f"\0{path}\0{len(content)}\0".encode())
            total.update(content)
        return total.digest()


@dataclass(frozen=True, slots=True)
class PackTexts:
    """The same as text; `faulty` are paths about which there is a letter already."""

    folder: str
    texts: Mapping[str, str]
    faulty: frozenset[str]

    def shown(self, path: str) -> str:
        return f"{self.folder}/{path}"


def shown(path: Path) -> str:
    """The path as text that can always be printed, also where its name is not Unicode."""
    return str(path).encode("utf-8", "backslashreplace").decode("utf-8")


def pack_files(folder: Path) -> PackFiles:
    """All files of a pack that this version reads, sorted, and letters for the others."""
    if not _is_pack(folder):
        return PackFiles(shown(folder), {}, {"": _not_a_pack(folder)})
    contents: dict[str, bytes] = {}
    faults: dict[str, Letter] = {}
    for path, found in _walk(folder, ""):
        if isinstance(found, Letter):
            faults[path] = found
        else:
            contents[path] = found
    return PackFiles(shown(folder), contents, faults)


def pack_texts(files: PackFiles, letters: list[Letter]) -> PackTexts:
    """UTF-8 without its mark, lines ended by \\n; what is anything else goes to `letters`."""
    texts: dict[str, str] = {}
    faulty = set(files.faults)
    letters += files.faults.values()
    for path, content in files.contents.items():
        try:
            texts[path] = content.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError as trouble:
            place = at(f"{files.folder}/{path}", content.count(b"\n", 0, trouble.start) + 1)
            letters.append(Letter(say("this is not UTF-8"), place, say("save the file as UTF-8")))
            faulty.add(path)
    return PackTexts(files.folder, texts, frozenset(faulty))


def _is_pack(folder: Path) -> bool:
    try:
        return stat.S_ISREG((folder / "pack.toml").stat().st_mode)
    except (OSError, ValueError):  # ValueError: a NUL in the name
        return False


def _walk(folder: Path, inside: str) -> Iterator[tuple[str, bytes | Letter]]:
    """(path inside the pack, content or letter), in the order of names."""
    try:
        with os.scandir(folder) as entries:
            names = sorted((_printed(entry.name), entry.name) for entry in entries)
    except OSError as trouble:
        yield inside, _unreadable(folder, trouble)
        return
    for printed, name in names:
        path = f"{inside}/{printed}" if inside else printed
        passed_over = _IGNORED.fullmatch(path) or _LATER.fullmatch(path)
        if not passed_over or _OF_AN_ANSWER.fullmatch(path):
            yield from _one(folder / name, path)


def _one(place: Path, path: str) -> Iterator[tuple[str, bytes | Letter]]:
    try:
        mode = place.stat().st_mode
        if stat.S_ISDIR(mode) and _ENTERED.fullmatch(path):
            yield from _walk(place, path)
        elif stat.S_ISREG(mode) and _READ.fullmatch(path):
            yield path, _content(place)
        else:
            yield path, _misplaced(place, path)
    except OSError as trouble:
        yield path, _unreadable(place, trouble)


def _content(file: Path) -> bytes | Letter:
    with file.open("rb", buffering=0) as stream:
        content = stream.read(LARGEST_FILE + 1) or b""
    if len(content) <= LARGEST_FILE:
        return content
    return Letter(
        say("the file is larger than {limit} MiB", limit=LARGEST_FILE // 1024**2),
        say("{file}", file=shown(file)),
        say("texts of a pack are small: split it, or let the lab generate its data"),
    )


def _printed(name: str) -> str:
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def _not_a_pack(folder: Path) -> Letter:
    what = say("there is no pack.toml in this folder")
    if not folder.exists():
        what = say("there is no such folder")
    return Letter(
        what,
        say("{file}", file=shown(folder)),
        say("mend the path: `zhixing settings` shows the folders of packs and who named them"),
    )


def _unreadable(place: Path, trouble: OSError) -> Letter:
    return Letter(
        say("cannot be read: {why}", why=reason_of(trouble)),
        say("{file}", file=shown(place)),
        say("allow reading it, mend the link, or take it out of the pack"),
    )


def _misplaced(place: Path, path: str) -> Letter:
    if _READ.fullmatch(path):
        what = say("a plain file is wanted here, this is something else")
        next_step = say("put the file there, or rename this")
    elif _ENTERED.fullmatch(path):
        what = say("a folder is wanted here, this is a file")
        next_step = say("put it where its kind belongs")
    else:
        what = say('nothing in a pack is called "{path}"', path=path)
        next_step = _place_for(path)
    return Letter(what, say("{file}", file=shown(place)), next_step)


def _place_for(path: str) -> Said:
    parent, _, name = path.rpartition("/")
    known = _LAB_FILES if re.fullmatch(_LAB, parent) else () if parent else _ROOT
    close = nearest(name, known)
    if close:
        return say('did you mean "{nearest}"?', nearest=close)
    return say("take it out, or give it its place: docs/author shows the layout of a pack")
