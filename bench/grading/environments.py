"""The peers, each in a virtual environment of its own, in a cache that the next run uses again."""

import os
import subprocess
import sys
import venv
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

import platformdirs

PLACE = platformdirs.user_cache_path("zhixing-bench")
NUMPY = f"numpy=={version('numpy')}"
"""The numpy that our own answers are run with: the comparison is even."""

ENVIRONMENTS: Mapping[str, tuple[str, ...]] = {
    "plain": (NUMPY, "pytest==9.2.0"),
    "torch": (NUMPY, "torch==2.13.0", "pytest==9.2.0"),
    "nbgrader": (NUMPY, "nbgrader==0.9.6"),
    "otter": (NUMPY, "otter-grader==7.0.0", "ipykernel==7.4.0"),
}


def environment(name: str) -> Path:
    """The Python of one of ENVIRONMENTS, installed first if it is not there complete."""
    folder = PLACE / f"{name}-{sys.version_info.major}.{sys.version_info.minor}"
    python = folder / "bin" / "python"
    complete, wanted = folder / "complete.txt", "\n".join(ENVIRONMENTS[name])
    if complete.exists() and complete.read_text("utf-8") == wanted:
        return python
    print(f"Installing {', '.join(ENVIRONMENTS[name])} into {folder}", flush=True)
    venv.create(folder, clear=True, with_pip=True)
    install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*install, *ENVIRONMENTS[name]], check=True)
    complete.write_text(wanted, "utf-8")
    return python


def without_ours() -> dict[str, str]:
    """This process's variables, less those that would lead a peer into our own environment."""
    ours = ("VIRTUAL_ENV", "PYTHONPATH", "PYTHONHOME")
    return {name: value for name, value in os.environ.items() if name not in ours}


if __name__ == "__main__":
    for each in sys.argv[1:] or ENVIRONMENTS:
        print(environment(each))
