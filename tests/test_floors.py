"""The floors hold; and whoever breaks them, or adds a room without a floor, is told."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

PLANTED = {
    "a room imports its neighbour": ("planner/planted.py", "import zhixing.store.opening"),
    "a room imports the hall": ("catalog/planted.py", "import zhixing.actions"),
    "a record imports a room": ("records/labs.py", "import zhixing.planner"),
    "a room without a floor": ("cellar/__init__.py", ""),
    "a pure room asks for the time": ("mastery/planted.py", "import time"),
    "a pure room opens files": ("roadmap/planted.py", "from pathlib import Path"),
    "the door loads numpy": ("cli/planted.py", "import numpy as np"),
    "the engine imports content": ("grader/planted.py", "import zhixing_curriculum"),
    "the hall writes SQL": ("actions/planted.py", "import sqlalchemy"),
    "a circle in a room": ("store/trouble.py", "import zhixing.store.opening"),
}


def floors(folder: Path) -> "subprocess.CompletedProcess[str]":
    """What import-linter says of the sources in `folder`."""
    script = "from importlinter.cli import lint_imports_command as c; c(['--no-cache'])"
    return subprocess.run(
        [
            sys.executable,
            "-c",
            f"import sys; sys.path.insert(0, {str(folder / 'src')!r}); {script}",
        ],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def sources(folder: Path) -> Path:
    """A copy of the sources, to be spoilt."""
    for package in ("zhixing", "zhixing_curriculum"):
        only_python = shutil.ignore_patterns(
            "labs", "__pycache__", "*.md", "*.toml", "*.mo", "*.po"
        )
        shutil.copytree(ROOT / "src" / package, folder / "src" / package, ignore=only_python)
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def test_the_floors_hold(tmp_path: Path) -> None:
    said = floors(sources(tmp_path))
    assert said.returncode == 0, said.stdout + said.stderr


@pytest.mark.parametrize(("where", "line"), PLANTED.values(), ids=PLANTED)
def test_who_breaks_a_floor_is_told(where: str, line: str, tmp_path: Path) -> None:
    file = sources(tmp_path) / "src" / "zhixing" / where
    file.parent.mkdir(exist_ok=True)
    with file.open("a", encoding="utf-8") as spoilt:
        spoilt.write(f"\n{line}\n")
    said = floors(tmp_path)
    assert said.returncode == 1, said.stdout + said.stderr
    assert "BROKEN" in said.stdout or "Missing" in said.stdout
