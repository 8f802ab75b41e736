"""Notebooks and week packs as typed commands."""

import io
import json
import os
import pty
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from zhixing.export.notebooks import as_notebook
from zhixing.grader.starter import without_markers
from zhixing.records import Lab

SOFTMAX = "dl-softmax-ce"
PATIENCE_SECONDS = 60


def solved(lab: Lab) -> bytes:
    return as_notebook("", lab.statement.en, without_markers(lab.solution), "en")


def test_start_notebook_then_check_reads_it_and_says_so(learner, softmax):
    started = learner.outside().types("start", f"{SOFTMAX}#stable", "--notebook")
    assert started.code == 0, started.err
    notebook = learner.home / "labs" / SOFTMAX / "answer.ipynb"
    assert "answer.ipynb" in "".join(started.out.split())
    handed_out = learner.types("check", SOFTMAX)
    assert handed_out.code == 1
    assert "read:" in handed_out.out
    notebook.write_bytes(solved(softmax))
    assert learner.types("check", SOFTMAX, "--json").data["passed"] is True


def test_of_two_answers_the_one_saved_last_is_named(learner, softmax):
    plain = learner.answers(SOFTMAX, softmax.solution)
    assert "read:" not in learner.types("check", SOFTMAX).out
    notebook = plain.with_name("answer.ipynb")
    notebook.write_text("{}", encoding="utf-8")
    os.utime(notebook, (1, 1))
    said = learner.types("check", SOFTMAX)
    assert said.code == 0
    assert "answer.py" in "".join(said.out.split("read:")[1].split())
    os.utime(plain, (0, 0))
    said = learner.types("check", SOFTMAX)
    assert said.code == 2
    assert "answer.ipynb" in "".join(said.err.split())


def test_a_notebook_elsewhere_is_checked_with_file(stranger, softmax, tmp_path):
    file = tmp_path / "from a pupil.ipynb"
    file.write_bytes(solved(softmax))
    assert stranger.types("check", SOFTMAX, "--file", file).code == 0
    file.write_text("[", encoding="utf-8")
    said = stranger.types("check", SOFTMAX, "--file", file, "--json")
    assert said.code == 2
    assert "not a notebook" in said.letters[0]["what"]
    assert said.letters[0]["where"]


def test_watch_follows_the_notebook_that_is_there(learner, softmax):
    learner.types("start", SOFTMAX, "--notebook")
    notebook = learner.home / "labs" / SOFTMAX / "answer.ipynb"
    process = subprocess.Popen(
        [sys.executable, "-m", "zhixing", "check", SOFTMAX, "--watch", "--json"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=learner.environment(),
    )
    try:
        assert json.loads(process.stdout.readline())["passed"] is False
        fresh = notebook.with_suffix(".tmp")
        fresh.write_bytes(solved(softmax))
        fresh.replace(notebook)
        assert json.loads(process.stdout.readline())["passed"] is True
        learner.answers(SOFTMAX, "import numpy as np\n")
        assert json.loads(process.stdout.readline())["passed"] is False
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=PATIENCE_SECONDS)
    finally:
        process.kill()
        process.wait()


# --- week packs ---------------------------------------------------------------------------------


def test_a_pack_goes_to_a_file_or_through_a_pipe_with_the_same_bytes(learner, tmp_path):
    out = tmp_path / "week.zip"
    said = learner.types("plan", "export", "--format", "zip", "--week", 1, "--out", out, "--json")
    assert said.data == {"format": "zip", "file": str(out), "week": 1}
    piped = subprocess.run(
        [sys.executable, "-m", "zhixing", "plan", "export", "--format", "zip"],
        env=learner.environment(),
        capture_output=True,
        check=True,
        timeout=PATIENCE_SECONDS,
    )
    assert piped.stdout == out.read_bytes()
    with zipfile.ZipFile(io.BytesIO(piped.stdout)) as archive:
        assert {"README.md", "data/README.md"} <= set(archive.namelist())


def test_a_pack_is_not_poured_over_a_terminal_nor_into_json(learner):
    said = learner.types("plan", "export", "--format", "zip", "--json")
    assert said.code == 2
    assert "--out zhixing-week-1.zip" in said.letters[0]["next_step"]
    ours, its = pty.openpty()
    try:
        run = subprocess.run(
            [sys.executable, "-m", "zhixing", "plan", "export", "--format", "zip"],
            env=learner.environment(),
            stdin=subprocess.DEVNULL,
            stdout=its,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            timeout=PATIENCE_SECONDS,
        )
    finally:
        os.close(ours)
        os.close(its)
    assert run.returncode == 2
    assert "zhixing-week-1.zip" in run.stderr


@pytest.mark.parametrize("out", ["no/such/folder/w.zip", "."])
def test_a_place_that_cannot_be_written_is_a_letter(learner, out, tmp_path):
    said = learner.types("plan", "export", "--format", "zip", "--out", out, cwd=tmp_path)
    assert said.code == 2
    assert "cannot be written" in said.err


def test_a_pack_comes_back_and_is_graded(learner, catalog, tmp_path):
    """Taken home, solved in the notebook, handed in as the README of the pack says."""
    out = tmp_path / "week.zip"
    learner.types("plan", "export", "--format", "zip", "--week", 1, "--out", out)
    folder = tmp_path / "unpacked"
    zipfile.ZipFile(out).extractall(folder)
    readme = (folder / "README.md").read_text(encoding="utf-8")
    commands = [line.split() for line in readme.splitlines() if line.startswith("zhixing check ")]
    name = "np-essentials"
    [[_, *words]] = [command for command in commands if command[2] == name]
    file = Path(words[-1])
    assert learner.types(*words, cwd=folder).code == 1
    (folder / file).write_bytes(solved(catalog.labs[name]))
    assert learner.types(*words, cwd=folder).code == 0
