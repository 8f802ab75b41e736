"""The same checks as a plain script and under pytest: a process for each answer."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from measuring import Ended, Took, ended
from rivals import EVEN, PYTEST_INI

from grading.assignments import Assignment, Submission
from grading.environments import environment

SCRIPT = """

if __name__ == "__main__":
    import sys

    import answer

    failed = []
    for name, check in list(globals().items()):
        if name.startswith("check_"):
            try:
                check(answer, np.random.default_rng(7))
            except Exception as error:
                failed.append(name)
                print(f"{name}: {error}")
    sys.exit(bool(failed))
"""
CONFTEST = """\
import numpy as np
import pytest
import answer as module

@pytest.fixture
def answer():
    return module

@pytest.fixture
def rng():
    return np.random.default_rng(7)
"""
OUTSIDE: Mapping[str, str] = EVEN | dict.fromkeys(("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV"), "")
"""What a peer's environment is, beyond ours: one thread, and nothing that leads into our own."""


@dataclass(frozen=True)
class Graded:
    """One answer graded: what it took, and the checks that it was said to fail."""

    submission: Submission
    took: Took
    failed: frozenset[str]
    there: float = 0.0
    """Seconds from the start of the process until it had the verdict, where it tells."""

    @property
    def right(self) -> bool:
        return self.failed == self.submission.fails


Grader = Callable[[Submission], Graded]


def scripts(assignment: Assignment, place: Path, env: str) -> dict[str, Grader]:
    """`python checks.py` and `python -m pytest`, in the environment of that name."""
    python = environment(env)
    lay_out(assignment, place)

    def script(one: Submission) -> Graded:
        run = ended([python, "checks.py"], place / "script" / one.name, OUTSIDE)
        return graded(one, run, re.findall(r"^check_(\w+): ", run.said, re.MULTILINE))

    def pytest(one: Submission) -> Graded:
        command = [python, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
        run = ended(command, place / "pytest" / one.name, OUTSIDE)
        return graded(one, run, re.findall(r"^FAILED checks.py::check_(\w+)", run.said, re.M))

    return {"python checks.py": script, "python -m pytest": pytest}


def lay_out(assignment: Assignment, place: Path) -> None:
    checks = assignment.lab.checks_source
    for one in assignment.submissions:
        files = {
            "script": {"checks.py": checks + SCRIPT},
            "pytest": {"checks.py": checks, "conftest.py": CONFTEST, "pytest.ini": PYTEST_INI},
        }
        for kind, texts in files.items():
            folder = place / kind / one.name
            folder.mkdir(parents=True)
            for name, text in ({"answer.py": one.text} | texts).items():
                (folder / name).write_text(text, "utf-8")


def graded(one: Submission, run: Ended, failed: list[str]) -> Graded:
    """Its exit code must agree with what it printed; else it did not grade at all."""
    if run.code != int(bool(failed)):
        raise SystemExit(f"{one.name}: ended with {run.code}\n{run.said}")
    return Graded(one, run.took, frozenset(failed))
