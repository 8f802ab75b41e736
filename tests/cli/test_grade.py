"""`zhixing grade` at the door: what it shows, what it writes, what it refuses."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from zhixing.grader.starter import cut_starter, planted, without_markers

SOFTMAX = "dl-softmax-ce"
OWN = "--allow-process"


@pytest.fixture
def folder(tmp_path, softmax) -> Path:
    """Five answers: two right, two with the same slip, one not begun."""
    right, slip = without_markers(softmax.solution), planted(softmax, softmax.mutants[0])
    texts = {
        "ann.py": right, "王 小明_1_assignsubmission_file/answer.py": right + "\n# mine\n",
        "bob.py": slip, "eve.py": slip, "nobody.py": cut_starter(softmax.solution),
    }  # fmt: skip
    for name, text in texts.items():
        file = tmp_path / "class" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return tmp_path / "class"


def lines(text: str) -> list[dict]:
    return [json.loads(line) for line in text.splitlines()]


def test_a_class_is_graded_without_a_home_and_makes_none(stranger, folder):
    said = stranger.types("grade", folder, "--lab", SOFTMAX, OWN)
    assert said.code == 0, said.err
    assert "answers: 5 · 2 passed · 3 not passed" in said.out
    assert "Commonest slips" in said.out
    assert "bob.py, eve.py" in said.out
    assert not stranger.home.exists()


def test_without_a_file_json_prints_a_verdict_a_line_in_order(stranger, folder):
    said = stranger.types("grade", folder, "--lab", SOFTMAX, OWN, "--json", "--seed", "7")
    rows = lines(said.out)
    assert [row["answer"] for row in rows] == [
        "ann.py", "bob.py", "eve.py", "nobody.py", "王 小明_1_assignsubmission_file/answer.py"
    ]  # fmt: skip
    assert [row["passed"] for row in rows] == [True, False, False, False, True]
    assert {row["seed"] for row in rows} == {"7"}


def test_a_row_is_what_check_says_of_the_same_answer_and_seed(stranger, folder):
    rows = lines(
        stranger.types("grade", folder, "--lab", SOFTMAX, OWN, "--json", "--seed", "7").out
    )
    checked = stranger.types(
        "check", SOFTMAX, "--file", folder / "bob.py", "--seed", "7", "--json"
    ).data
    row = rows[1]
    assert row.pop("answer") == "bob.py"
    assert list(row) == list(checked)
    for verdict in (row, checked):
        del verdict["cpu_seconds"]
        for check in verdict["checks"]:
            del check["cpu_seconds"]
    assert row == checked


def test_one_part_is_graded_alone(stranger, folder):
    said = stranger.types("grade", folder, "--lab", f"{SOFTMAX}#gradient", OWN, "--json")
    rows = lines(said.out)
    assert {row["part"] for row in rows} == {"gradient"}
    assert [row["passed"] for row in rows] == [True, True, True, False, True]


def test_tables_are_written_in_the_language_of_the_call(stranger, folder, tmp_path):
    files = [tmp_path / f"class.{kind}" for kind in ("xlsx", "csv", "md")]
    words = [word for file in files for word in ("--summary", file)]
    said = stranger.types("grade", folder, "--lab", SOFTMAX, OWN, *words)
    assert said.code == 0, said.err
    book = load_workbook(files[0])
    assert book.sheetnames == ["answers", "checks", "slips"]
    assert book.worksheets[0].max_row == 6
    assert files[1].read_bytes().startswith(b"\xef\xbb\xbf")
    assert "bob.py" in files[2].read_text()


def test_with_a_file_json_prints_the_summary_and_the_file_has_the_rows(stranger, folder, tmp_path):
    out = tmp_path / "r.jsonl"
    said = stranger.types("grade", folder, "--lab", SOFTMAX, OWN, "--out", out, "--json")
    assert said.data["verdicts"] == {"pass": 2, "fail": 3, "inconclusive": 0, "error": 0}
    assert said.data["same_text"] == [["bob.py", "eve.py"]]
    assert len(lines(out.read_text())) == 5


def test_the_folder_may_be_named_after_the_lab(stranger, folder):
    named = folder.rename(folder.with_name(SOFTMAX))
    said = stranger.types("grade", named, OWN, "--json")
    assert said.code == 0, said.err
    assert {row["lab"] for row in lines(said.out)} == {SOFTMAX}


def test_a_terminal_sees_how_far_it_is(stranger, folder):
    ours, theirs = pty.openpty()
    words = ["grade", str(folder), "--lab", SOFTMAX, OWN]
    run = subprocess.run(
        [sys.executable, "-m", "zhixing", *words], stderr=theirs, stdout=subprocess.DEVNULL,
        env={**stranger.environment(), "TERM": "xterm"}, timeout=120, check=False,
    )  # fmt: skip
    os.close(theirs)
    seen = os.read(ours, 65536).decode()
    os.close(ours)
    assert run.returncode == 0
    assert "5 of 5 answers" in seen
    assert "━" in seen


REFUSED = [
    (["{folder}"], "which lab"),
    (["{folder}", "--lab", "dl-softmax"], "dl-softmax-ce"),
    (["{folder}", "--lab", "dl-softmax-ce#no"], "no part"),
    (["{folder}", "--lab", "pca-meaning"], "essay"),
    (["{folder}/nowhere", "--lab", SOFTMAX], "no folder"),
    (["{folder}", "--lab", SOFTMAX, "--summary", "x.pdf"], ".xlsx"),
    (["{folder}", "--lab", SOFTMAX, "--summary", "no/x.csv"], "No such file"),
    (["{folder}", "--lab", SOFTMAX, "--out", "no/r.jsonl"], "No such file"),
    (["{folder}", "--lab", SOFTMAX, "--out", "{folder}"], "not a plain file"),
    (["{folder}", "--lab", SOFTMAX, "--out", "/dev/null"], "not a plain file"),
    (["{folder}", "--lab", SOFTMAX, "--jobs", "0"], "whole number"),
    (["{empty}", "--lab", SOFTMAX], "no answer in this folder"),
    (["{folder}", "--lab", SOFTMAX, "--pack", "{empty}"], "pack.toml"),
]


@pytest.mark.parametrize(("words", "says"), REFUSED)
def test_what_cannot_be_done_is_a_letter_with_a_next_step(stranger, folder, tmp_path, words, says):
    (tmp_path / "empty").mkdir()
    places = {"folder": folder, "empty": tmp_path / "empty"}
    said = stranger.types("grade", *[word.format(**places) for word in words], OWN)
    assert said.code == 2, said.out
    assert says in said.err
    assert " · " in said.err
    assert "Traceback" not in said.err
