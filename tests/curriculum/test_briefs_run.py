"""Every cell that a learner is asked to run does run, as it stands, in both languages.

The cells are taken from the files themselves, so that a page cannot be right while its file is not.
All of them run in one process, one after another, each with a fresh namespace.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

PACK = Path(__file__).parents[2] / "src" / "zhixing_curriculum"
CELL = re.compile(r"^```python run\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LANGUAGES = ("zh", "en")

RUNNER = """
import contextlib, io, json, sys, traceback
import matplotlib.pyplot as plt
said = {}
for name, source in json.load(sys.stdin).items():
    output, trace = io.StringIO(), ""
    try:
        with contextlib.redirect_stdout(output):
            exec(compile(source, name, "exec"), {"__name__": "__main__"})
    except Exception:
        trace = traceback.format_exc()
    plt.close("all")
    said[name] = [output.getvalue(), trace]
json.dump(said, sys.stdout)
"""


def cells() -> Iterator[tuple[str, str]]:
    """(name, source) of every cell of a brief, and of every essay."""
    for file in sorted(PACK.glob("briefs/*/*.md")):
        for number, found in enumerate(CELL.findall(file.read_text(encoding="utf-8"))):
            yield f"{file.relative_to(PACK)}{'+' * number}", found
    for file in sorted(PACK.glob("labs/*/*/cell.py")):
        yield str(file.relative_to(PACK)), file.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def ran() -> dict[str, tuple[str, str]]:
    """name → what it printed, its traceback."""
    done = subprocess.run(
        [sys.executable, "-c", RUNNER],
        input=json.dumps(dict(cells())),
        capture_output=True,
        text=True,
        env=os.environ | {"MPLBACKEND": "Agg", "OMP_NUM_THREADS": "1"},
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    said: dict[str, Any] = json.loads(done.stdout)
    return {name: (output, trace) for name, (output, trace) in said.items()}


def test_every_brief_has_one_cell_in_both_languages() -> None:
    briefs = {file.name.removesuffix(".md") for file in PACK.glob("briefs/*/*.md")}
    ids = {name.rpartition(".")[0] for name in briefs}
    assert briefs == {f"{name}.{language}" for name in ids for language in LANGUAGES}
    found = [name for name, _ in cells() if name.startswith("briefs")]
    assert found
    assert len(found) == len(briefs)
    assert not [name for name in found if name.endswith("+")]


def test_every_cell_runs_to_its_end(ran: dict[str, tuple[str, str]]) -> None:
    broken = {name: trace for name, (_, trace) in ran.items() if trace}
    assert not broken, "\n".join(broken.values())


def test_every_cell_prints_something(ran: dict[str, tuple[str, str]]) -> None:
    assert not [name for name, (output, _) in ran.items() if not output.strip()]
