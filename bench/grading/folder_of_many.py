"""`zhixing grade FOLDER` on a class of many: what a teacher types."""

import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from measuring import ROOT, done, ended

from grading.assignments import HERE, Assignment, Submission
from grading.tables import Rate
from grading.throughput import JUDGES

LAB_TOML = """\
title = {{ zh = "{id}", en = "{id}" }}
kind = "python"
skills = []
packages = {packages}
budget_cpu_seconds = {budget}

{mutants}"""
GRADE = [sys.executable, "-m", "zhixing", "grade"]


def is_there() -> bool:
    return ended([*GRADE, "--help"]).code == 0


def rate(assignment: Assignment, count: int) -> Rate:
    """Start, answers in, verdicts with the slips named, results on the disk, all counted."""
    answers = assignment.many(count)
    (ROOT / "bench" / "results").mkdir(exist_ok=True)
    # Beside the project: a system's folder for temporary files may lie in memory.
    with TemporaryDirectory(dir=ROOT / "bench" / "results") as made:
        place = Path(made)
        pack, folder, out = place / "pack", place / "answers", place / "results.jsonl"
        lay_out(assignment, pack)
        folder.mkdir()
        for n, one in enumerate(answers):
            (folder / f"{n:06}.py").write_text(one.text, "utf-8")
        words = ["--lab", assignment.lab.id, "--pack", pack, "--out", out, "--jobs", JUDGES]
        begun = time.perf_counter()
        done([*GRADE, folder, *words, "--home", place / "home"])
        seconds = time.perf_counter() - begun
        wrong = wrong_of(out, answers)
    who = f"{assignment.lab.id}, zhixing grade --jobs {JUDGES}, slips named"
    return Rate(who, count, JUDGES, count / seconds, wrong)


def wrong_of(results: Path, answers: Sequence[Submission]) -> int:
    rows = [json.loads(line) for line in results.read_text("utf-8").splitlines()]
    if len(rows) != len(answers):
        raise SystemExit(f"{len(rows)} verdicts on {len(answers)} answers")
    failed = ({c["name"] for c in row["checks"] if c["outcome"] != "pass"} for row in rows)
    return sum(seen != one.fails for seen, one in zip(failed, answers, strict=True))


def lay_out(assignment: Assignment, pack: Path) -> None:
    """A pack of this one lab: enough of one to grade with."""
    lab = assignment.lab
    folder = pack / "labs" / "dl" / lab.id
    folder.mkdir(parents=True)
    (pack / "pack.toml").write_text('name = "bench"\nlanguages = ["zh", "en"]\n', "utf-8")
    mutants = (HERE / lab.id.removeprefix("bench-") / "wrong.toml").read_text("utf-8")
    facts = LAB_TOML.format(
        id=lab.id,
        packages=json.dumps(lab.packages),
        budget=lab.budget_cpu_seconds,
        mutants=mutants,
    )
    for name, text in (
        ("lab.toml", facts),
        ("solution.py", lab.solution),
        ("checks.py", lab.checks_source),
    ):
        (folder / name).write_text(text, "utf-8")
