"""A lab in a notebook: laid out, gone on with, read when it was saved last, remembered as code."""

import json
import os
from pathlib import Path

import pytest

from zhixing.actions import labs, planning
from zhixing.actions.answer_texts import answer_text
from zhixing.actions.desk import Desk
from zhixing.actions.planning import Wishes
from zhixing.actions.standing import standing
from zhixing.errors import Problem
from zhixing.export.notebooks import as_notebook, code_of
from zhixing.grader.grading import Judge
from zhixing.grader.starter import without_markers
from zhixing.records import Lab

SOFTMAX = "dl-softmax-ce"


@pytest.fixture
def lab(desk: Desk) -> Lab:
    return desk.catalog.labs[SOFTMAX]


def solved(lab: Lab) -> bytes:
    """The notebook with the solution written into its cells, and a run's outputs in it."""
    solution = without_markers(lab.solution)
    notebook = json.loads(as_notebook("", lab.statement.en, solution, "en"))
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": ["<b>hi</b>"]}]
            cell["execution_count"] = 3
    return json.dumps(notebook).encode()


def saved_later(file: Path, than: Path) -> None:
    moment = than.stat().st_mtime + 10
    os.utime(file, (moment, moment))


def test_a_notebook_is_laid_out_and_never_written_over(desk: Desk) -> None:
    started = labs.start(desk, f"{SOFTMAX}#stable", notebook=True)
    assert started.answer.name == "answer.ipynb"
    assert not started.kept
    assert not started.answer.with_name("answer.py").exists()
    started.answer.write_bytes(b"mine")
    assert labs.start(desk, SOFTMAX, notebook=True).kept
    again = labs.start(desk, SOFTMAX, again=True, notebook=True)
    assert again.aside == started.answer.with_name("answer.1.ipynb")
    assert again.aside.read_bytes() == b"mine"
    assert "raise NotImplementedError" in code_of(again.answer.read_bytes())


def test_a_lab_begun_in_a_notebook_goes_on_there(desk: Desk) -> None:
    """The next part's `start LAB#PART` must not lay an empty answer.py over it."""
    first = labs.start(desk, f"{SOFTMAX}#stable", notebook=True)
    second = labs.start(desk, f"{SOFTMAX}#gradient")
    assert (second.answer, second.kept) == (first.answer, True)
    assert not first.answer.with_name("answer.py").exists()


def test_a_notebook_takes_over_what_answer_py_holds(desk: Desk, lab: Lab) -> None:
    labs.start(desk, SOFTMAX).answer.write_text("def mine():\n    return 1\n", encoding="utf-8")
    started = labs.start(desk, SOFTMAX, notebook=True)
    assert "def mine():" in code_of(started.answer.read_bytes())


def test_what_was_saved_last_is_read_and_what_is_remembered_is_its_code(
    desk: Desk, lab: Lab, judge: Judge
) -> None:
    planning.begin_route(desk, Wishes(hours_per_week=15))
    plain = labs.start(desk, SOFTMAX).answer
    notebook = labs.start(desk, SOFTMAX, notebook=True).answer
    notebook.write_bytes(solved(lab))
    saved_later(notebook, than=plain)
    checked = labs.check(desk, SOFTMAX, judge=judge)
    assert checked.verdict.passed
    assert checked.file == notebook
    [attempt] = standing(desk).attempts
    assert attempt.answer == code_of(solved(lab))
    assert "<b>hi</b>" not in attempt.answer
    saved_later(plain, than=notebook)
    checked = labs.check(desk, SOFTMAX, judge=judge)
    assert not checked.verdict.passed
    assert checked.file == plain


def test_any_file_called_ipynb_is_read_as_a_notebook(desk: Desk, lab: Lab, tmp_path: Path) -> None:
    file = tmp_path / "Handed in.IPYNB"
    file.write_bytes(solved(lab))
    assert answer_text(file, lab).startswith("# cell 1\n")
    file.write_text("x = 1\n", encoding="utf-8")
    with pytest.raises(Problem, match="not a notebook"):
        answer_text(file, lab)


def test_a_line_of_a_traceback_can_be_found_again(desk: Desk, judge: Judge, tmp_path: Path) -> None:
    """It names a line of the joined text, where `# cell N` stands above."""
    file = tmp_path / "broken.ipynb"
    cells = [
        {"cell_type": "code", "metadata": {}, "source": source, "outputs": []}
        for source in ("import numpy as np", "def log_softmax(Z):\n    return 1 / 0")
    ]
    file.write_text(json.dumps({"nbformat": 4, "metadata": {}, "cells": cells}), encoding="utf-8")
    checked = labs.check(desk, f"{SOFTMAX}#stable", file=file, judge=judge)
    assert checked.first is not None
    assert "line 6" in checked.first.trace
    lab = desk.catalog.labs[SOFTMAX]
    lines = answer_text(file, lab).splitlines()
    assert (lines[3], lines[5]) == ("# cell 2", "    return 1 / 0")
