"""Texts that hurt whoever parses them: no notes or some, in time, and nothing left running."""

import os
import time
from pathlib import Path

import pytest

from zhixing.grader.readers import WALL_SECONDS
from zhixing.grader.reviewing import MOST_NOTES, Remarks, remarks
from zhixing.records import Catalog

MIB = 1024 * 1024


def f_string(depth: int) -> str:
    text = "1"
    for _ in range(depth):
        text = 'f"{' + text + '}"'
    return text


TEXTS = {
    "a mebibyte of brackets": "[" * MIB,
    "a hundred thousand nested parentheses": "(" * 100_000 + "1" + ")" * 100_000,
    "ninety nested parentheses": "(" * 90 + "1" + ")" * 90,
    "zero bytes": "x = 1\0\n" * 1000,
    "lone surrogates": "x = '\ud800'\n\udfff = 1\n",
    "two hundred thousand lines": "x = 1\n" * 200_000,
    "too long": "#" * (MIB + 1),
    "an f-string in an f-string": "x = " + f_string(150),
    "an f-string of many parts": 'x = f"' + "{x!r:>{x}}" * 50_000 + '"',
    "a sum of a quarter million": "x = " + "1+" * 250_000 + "1",
    "a quarter million signs": "x = " + "-" * 250_000 + "1",
    "a chain of attributes": "x = a" + ".b" * 250_000,
    "a ladder of elifs": "if a:\n    b\n" + "elif a:\n    b\n" * 30_000,
    "lambdas": "x = " + "lambda: " * 50_000 + "1",
    "steps to the right": "".join(" " * n + "if a:\n" for n in range(99)) + " " * 99 + "b",
    "a number of a mebibyte": "x = " + "9" * (MIB - 10),
    "only line ends": "\r" * MIB,
    "decorators": "@a\n" * 100_000 + "def f(): pass\n",
    "one function of many returns": "def f():\n" + "    return 1\n" * 50_000,
    "names by the thousand": "def f():\n" + "".join(f"    a{n} = {n}\n" for n in range(30_000)),
}  # fmt: skip


def below() -> list[str]:
    """The processes that this one started and that are still there."""
    return Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_that_hurts_gives_notes_or_none_in_time(name: str, built_in: Catalog) -> None:
    lab = built_in.labs["dl-softmax-ce"]
    before, since = below(), time.monotonic()
    seen = remarks(TEXTS[name], lab.solution, lab.packages)
    assert time.monotonic() - since < 2 * WALL_SECONDS + 2
    assert isinstance(seen, Remarks)
    assert len(seen.notes) <= MOST_NOTES
    assert all(len(note.excerpt) < 1000 for note in seen.notes)
    assert below() == before


def test_a_reader_cannot_write_or_run_anything(built_in: Catalog, tmp_path: Path) -> None:
    lab = built_in.labs["dl-softmax-ce"]
    mark = tmp_path / "reached"
    text = f"# coding: utf-8\nopen({str(mark)!r}, 'w').write('x')\nraise SystemExit\n"
    remarks(text, lab.solution, lab.packages)
    assert not mark.exists()
