"""Which files does an answer have? `files = [...]` of lab.toml, and the folders that hold them:
solution/ with the author's own, alternatives/NAME/ with other right ones, starter/ where the answer
begins with code to mend, which cannot be cut from the solution."""

import re
from collections.abc import Sequence
from typing import Final

from zhixing.bundles import joined
from zhixing.catalog.code import marker_letters
from zhixing.catalog.folders import LabFiles
from zhixing.catalog.places import at
from zhixing.catalog.tables import Entry
from zhixing.catalog.values import Unfit, near_or_all, seen, texts
from zhixing.errors import Letter, Problem
from zhixing.words import say

SOLUTION: Final = "solution/"
STARTER: Final = "starter/"
ALTERNATIVES: Final = "alternatives/"
RUN_AS_PYTHON: Final = ("python", "program", "service")
_NAME: Final = re.compile(r"(?!\.{1,2}$)(?!statement\.)[A-Za-z0-9_.][A-Za-z0-9_.-]{0,63}")


def files_of(facts: Entry, kind: str | None) -> tuple[str, ...]:
    """The names of an answer's files; () where it is one text of Python."""
    names: tuple[str, ...] = facts.take("files", _file_names, ())
    if kind == "files" and not names and "files" not in facts.table:
        facts.report(
            say("a lab of kind files names none"),
            say('write files = ["Dockerfile", "compose.yaml"]'),
            "files",
        )
    if kind in RUN_AS_PYTHON and names and not names[0].endswith(".py"):
        facts.report(
            say("{name} cannot be run", name=names[0]),
            say("name first the file of Python that is run, or make the lab of kind files"),
            "files",
        )
    return names


def _file_names(value: object) -> tuple[str, ...]:
    listed = texts(value)
    for name in listed:
        if not _NAME.fullmatch(name):
            raise Unfit(
                say("{value} is no name for a file of an answer", value=seen(name)),
                say("letters, digits, dot, hyphen and underscore; no folder, not statement.*"),
            )
        if sum(other.lower() == name.lower() for other in listed) > 1:
            raise Unfit(say('"{name}" stands here twice', name=name), say("take one out"))
    return listed


def solution_of(files: LabFiles, names: Sequence[str], letters: list[Letter]) -> str:
    """The author's files as one bundle; "" and letters when one is missing or none is to be
    written."""
    before = len(letters)
    texts_of = _texts(files, SOLUTION, names, letters)
    if len(letters) > before:
        return ""
    marked = [name for name in names if "<answer" in texts_of[name]]
    if _has_starter(files):
        letters += (_cut_as_well(files.place(SOLUTION + name)) for name in marked)
        return _joined(files, SOLUTION, texts_of, letters)
    for name in marked or names[:1]:
        letters += marker_letters(files.place(SOLUTION + name), texts_of[name])
    return _joined(files, SOLUTION, texts_of, letters)


def starter_in(files: LabFiles, names: Sequence[str], letters: list[Letter]) -> str:
    """The files that an answer begins with, as a bundle, where the author wrote them; else ""."""
    if not names or not _has_starter(files):
        return ""
    before = len(letters)
    texts_of = _texts(files, STARTER, names, letters)
    return _joined(files, STARTER, texts_of, letters) if len(letters) == before else ""


def _has_starter(files: LabFiles) -> bool:
    return any(path.startswith(STARTER) for path in files.texts)


def _cut_as_well(place: str) -> Letter:
    return Letter(
        say("the starter is written, and marked to be cut as well"),
        at(place),
        say("take the lines # <answer> out of the solution, or the folder starter/"),
    )


def alternatives_of(files: LabFiles, names: Sequence[str], letters: list[Letter]) -> dict[str, str]:
    """Other right answers: alternatives/NAME/FILE, as bundles by NAME."""
    folders = {path.split("/")[1] for path in files.texts if path.startswith(ALTERNATIVES)}
    found = {}
    for folder in sorted(folders):
        before = len(letters)
        inside = f"{ALTERNATIVES}{folder}/"
        texts_of = _texts(files, inside, names, letters)
        if len(letters) == before:
            found[folder] = _joined(files, inside, texts_of, letters)
    return found


def _texts(
    files: LabFiles, folder: str, names: Sequence[str], letters: list[Letter]
) -> dict[str, str]:
    for name in names:
        step = say("add it: lab.toml names it in files")
        letters += files.missing(folder + name, step)
    return {name: files.texts.get(folder + name, "") for name in names}


def _joined(files: LabFiles, folder: str, texts_of: dict[str, str], letters: list[Letter]) -> str:
    try:
        return joined(texts_of)
    except Problem as problem:
        where = files.place(folder.rstrip("/"))
        letters += (Letter(one.what, at(where), one.next_step) for one in problem.letters)
        return ""


def unnamed_letters(files: LabFiles, names: Sequence[str]) -> list[Letter]:
    """Letters for files of an answer that `files` does not name, and for a solution.py beside
    them."""
    letters = [
        _unnamed(files, path, names)
        for path in files.texts
        if _is_of_an_answer(path) and path.rpartition("/")[2] not in names
    ]
    if names and "solution.py" in files.texts:
        letters.append(
            Letter(
                say("the solution of a lab with files lies in solution/"),
                at(files.place("solution.py")),
                say("move it there, or take files out of lab.toml"),
            )
        )
    return letters


def _is_of_an_answer(path: str) -> bool:
    inside_alternative = path.startswith(ALTERNATIVES) and path.count("/") == 2
    return path.startswith((SOLUTION, STARTER)) or inside_alternative


def _unnamed(files: LabFiles, path: str, names: Sequence[str]) -> Letter:
    name = path.rpartition("/")[2]
    step = near_or_all(name, names) if names else say('name it in lab.toml: files = ["…"]')
    return Letter(
        say('no file of the answer is called "{name}"', name=name), at(files.place(path)), step
    )
