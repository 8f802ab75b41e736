"""What an answer's file, or its several files, say: text that can be graded, or a letter."""

import stat
from pathlib import Path

from zhixing.bundles import joined, parted
from zhixing.errors import Problem, reason_of
from zhixing.export.notebooks import LARGEST_FILE, code_of
from zhixing.records import Lab
from zhixing.words import say

LARGEST_ANSWER = 4 * 2**20


def answer_text(path: Path, lab: Lab) -> str:
    """The answer in a file; of a notebook, its code; of several files, their bundle: `path` is one
    of them, their folder, or a bundle. Problem when there is none, or it is no text."""
    if lab.files:
        return _bundle_at(path, lab)
    return _text_at(path, lab)


def _bundle_at(path: Path, lab: Lab) -> str:
    if not path.is_dir() and path.name not in lab.files:
        return joined(parted(_text_at(path, lab), lab.files))
    folder = path if path.is_dir() else path.parent
    if path.is_file():
        _refuse_one_of_several(path, lab)
    return joined({name: _text_at(folder / name, lab) for name in lab.files})


def _refuse_one_of_several(path: Path, lab: Lab) -> None:
    """One of the files was named, and the others are not beside it."""
    missing = [name for name in lab.files if not path.with_name(name).exists()]
    if missing:
        raise Problem(
            say("this lab asks for several files; missing: {files}", files=", ".join(missing)),
            str(path),
            say(
                "--file wants the folder that holds them all; `zhixing start {lab}` lays them out",
                lab=lab.id,
            ),
        )


def _text_at(path: Path, lab: Lab) -> str:
    try:
        seen = path.stat()
        if not stat.S_ISREG(seen.st_mode):
            raise _no_plain_file(path)
        with path.open("rb") as file:  # one byte more than may be: that it is too large is seen
            raw = file.read((LARGEST_FILE if _is_notebook(path.name) else LARGEST_ANSWER) + 1)
    except OSError as trouble:
        raise Problem(
            say("there is no answer to read: {reason}", reason=reason_of(trouble)),
            str(path),
            say("`zhixing start {lab}` lays out the starter; or give --file", lab=lab.id),
        ) from trouble
    return text_of(raw, str(path))


def text_of(raw: bytes, name: str) -> str:
    """The answer in the bytes of a file; `name` says by its ending whether they are a notebook's.
    Problem when it is no text, or too large."""
    if _is_notebook(name):
        return code_of(raw, name)
    if len(raw) > LARGEST_ANSWER:
        raise Problem(
            say("the answer is over 4 MiB"), name, say("an answer is code: keep data out of it")
        )
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as trouble:
        raise Problem(
            say("the answer is not UTF-8 text: byte {byte}", byte=trouble.start),
            name,
            say("save it as UTF-8 in your editor"),
        ) from trouble


def _is_notebook(name: str) -> bool:
    return name.lower().endswith(".ipynb")


def _no_plain_file(path: Path) -> Problem:
    what = say("this is a folder") if path.is_dir() else say("this is not a plain file")
    return Problem(what, str(path), say("an answer is a file of Python: name one with --file"))
