"""The same checks for nbgrader and for otter-grader: the answer is a cell of a notebook."""

import json
import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from measuring import Took, done

from grading.assignments import Assignment, Submission
from grading.environments import environment
from grading.peers import OUTSIDE, Graded, Grader

Cell = dict[str, object]

CONFIG = """\
c = get_config()
c.CourseDirectory.course_id = "bench"
c.ClearSolutions.code_stub = {"python": "raise NotImplementedError"}
"""
STUB = "### BEGIN SOLUTION\npass\n### END SOLUTION"
MEET = "import sys\n\nanswer = sys.modules['__main__']\n\n"
CASE = """

from types import SimpleNamespace

from otter.test_files import test_case

OK_FORMAT = False
name = "{name}"
points = 1


@test_case(points=1)
def test_it(env):
    check_{name}(SimpleNamespace(**env), np.random.default_rng(7))
"""


def notebook(cells: Sequence[Cell]) -> str:
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return json.dumps(
        {
            "cells": list(cells),
            "metadata": {"kernelspec": kernel, "language_info": {"name": "python"}},
            "nbformat": 4,
            "nbformat_minor": 5,
        }
    )


def cell(identity: str, source: str, **metadata: object) -> Cell:
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": identity,
        "metadata": metadata,
        "outputs": [],
        "source": source,
    }


def apart(place: Path, command: Path) -> Mapping[str, str]:
    """Nothing of the person who measures is read or written: settings, histories, kernels. What a
    peer calls by name is found beside its own command, as in an activated environment."""
    names = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
    folders = {name: str(place / name.lower()) for name in names}
    return {**OUTSIDE, **folders, "PATH": f"{command.parent}{os.pathsep}{os.environ['PATH']}"}


class Nbgrader:
    """A course of one assignment, and what `nbgrader autograde` writes of it."""

    def __init__(self, assignment: Assignment, place: Path) -> None:
        self.assignment, self.course = assignment, place / "course"
        self.command = environment("nbgrader").with_name("nbgrader")
        self.apart = apart(place, self.command)
        self._found_course()

    def _found_course(self) -> None:
        source = self.course / "source" / "ps1" / "ps1.ipynb"
        source.parent.mkdir(parents=True)
        source.write_text(notebook(self._cells()), "utf-8")
        (self.course / "nbgrader_config.py").write_text(CONFIG, "utf-8")
        done([self.command, "generate_assignment", "ps1"], self.course, self.apart)
        released = (self.course / "release" / "ps1" / "ps1.ipynb").read_text("utf-8")
        for one in self.assignment.submissions:
            handed_in = self.course / "submitted" / one.name / "ps1" / "ps1.ipynb"
            handed_in.parent.mkdir(parents=True)
            handed_in.write_text(_answered(released, one.text), "utf-8")

    def _cells(self) -> list[Cell]:
        lab = self.assignment.lab
        checks = [
            cell(name, f"{name}(answer, np.random.default_rng(7))", nbgrader=_of(name, grade=True))
            for name in (f"check_{name}" for name in lab.checks)
        ]
        meeting = cell("meeting", MEET + lab.checks_source, nbgrader=_of("meeting"))
        return [cell("answer", STUB, nbgrader=_of("answer", solution=True)), meeting, *checks]

    def one(self, one: Submission) -> Graded:
        """One command for one answer."""
        return Graded(one, self._autograde("--student", one.name), self._failed(one))

    def whole_class(self) -> list[Graded]:
        """One command for all answers: each has its share of what it took."""
        took, count = self._autograde(), len(self.assignment.submissions)
        share = Took(took.wall / count, took.cpu / count)
        return [Graded(one, share, self._failed(one)) for one in self.assignment.submissions]

    def _autograde(self, *words: str) -> Took:
        for done_before in (self.course / "autograded").glob("*"):
            shutil.rmtree(done_before)
        command = [self.command, "autograde", "ps1", "--force", *words]
        return done(command, self.course, self.apart).took

    def _failed(self, one: Submission) -> frozenset[str]:
        file = self.course / "autograded" / one.name / "ps1" / "ps1.ipynb"
        cells = json.loads(file.read_text("utf-8"))["cells"]
        return frozenset(
            each["metadata"]["nbgrader"]["grade_id"].removeprefix("check_")
            for each in cells
            if each["metadata"]["nbgrader"]["grade"]
            and any(output["output_type"] == "error" for output in each["outputs"])
        )


def _of(identity: str, grade: bool = False, solution: bool = False) -> dict[str, object]:
    """nbgrader's note on a cell: is it graded, is it the learner's?"""
    kind = {"grade": grade, "solution": solution, "locked": not solution, "task": False}
    points = {"points": 1} if grade else {}
    return {"grade_id": identity, "schema_version": 3} | kind | points


def _answered(released: str, text: str) -> str:
    book = json.loads(released)
    book["cells"][0]["source"] = text
    return json.dumps(book)


def otter(assignment: Assignment, place: Path) -> Grader:
    """`otter run`, one command for one answer, without a container."""
    command = environment("otter").with_name("otter")
    variables = apart(place, command)
    tests = place / "tests"
    tests.mkdir(parents=True)
    for name in assignment.lab.checks:
        text = assignment.lab.checks_source + CASE.format(name=name)
        (tests / f"{name}.py").write_text(text, "utf-8")
    generate = [command, "generate", "-t", tests, "-o", place / "autograder.zip"]
    done([*generate, "--no-requirements", "--no-environment"], place, variables)

    def run(one: Submission) -> Graded:
        folder = place / one.name
        folder.mkdir(exist_ok=True)
        book = folder / "ps1.ipynb"
        book.write_text(notebook([cell("answer", one.text)]), "utf-8")
        words = [command, "run", "-a", place / "autograder.zip", "-o", folder, book]
        took = done(words, folder, variables).took
        results = json.loads((folder / "results.json").read_text("utf-8"))["tests"]
        failed = (each["name"] for each in results if each.get("score", 1) < 1)
        return Graded(one, took, frozenset(failed))

    return run
