"""The same checks without a grader: a plain script, and pytest, each importing the answer."""

from pathlib import Path

from zhixing.records import Lab

EVEN = {
    "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",  # what other packages add to pytest is not its fault
    "OMP_NUM_THREADS": "1",  # as in our answer processes
    "OPENBLAS_NUM_THREADS": "1",
}
"""Their environment, so that the comparison is even."""

SCRIPT = """\
import inspect
import numpy as np
import answer, checks

answer.keep = lambda value: value
given = {"answer": answer, "rng": np.random.default_rng(7)}
for name, check in vars(checks).copy().items():
    if name.startswith("check_"):
        check(**{wanted: given[wanted] for wanted in inspect.signature(check).parameters})
"""
CONFTEST = """\
import numpy as np
import pytest
import answer as module

@pytest.fixture
def answer():
    module.keep = lambda value: value
    return module

@pytest.fixture
def rng():
    return np.random.default_rng(7)
"""
PYTEST_INI = "[pytest]\npython_files = checks.py\npython_functions = check_*\n"


def lay_out(folder: Path, lab: Lab, answer: str) -> None:
    texts = {"answer.py": answer, "checks.py": lab.checks_source, "run.py": SCRIPT}
    for name, text in (texts | {"conftest.py": CONFTEST, "pytest.ini": PYTEST_INI}).items():
        (folder / name).write_text(text, "utf-8")
