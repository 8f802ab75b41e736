"""Where do figures go? A table on the screen and a file, with when and how busy it was."""

import json
import os
import platform
import resource
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from measuring import HEAD, ROOT, Figure

RESULTS = ROOT / "bench" / "results"
QUIET = 0.1
"""The share of all cores that other programs may take; above it, times are too high."""


def report(name: str, figures: Sequence[Figure], *notes: str) -> None:
    """Print the figures as a table, and keep them in bench/results/NAME.json."""
    command = f"python bench/{name}.py"
    taken = {"command": command, **_circumstances(), "notes": notes}
    RESULTS.mkdir(exist_ok=True)
    kept = {**taken, "figures": [asdict(figure) for figure in figures]}
    (RESULTS / f"{name}.json").write_text(json.dumps(kept, ensure_ascii=False, indent=1), "utf-8")
    print(f"`{command}` · {told(taken)}\n\n{HEAD}")
    print("\n".join(figure.row() for figure in figures))
    print("".join(f"\n- {note}" for note in notes))


def told(taken: Mapping[str, Any]) -> str:
    """Where and when, in one line."""
    others = taken["others"]
    share = "not known here" if others is None else f"{others:.0%}"
    line = "{at} · commit {commit} · Python {python} · {cores} cores".format(**taken)
    busy = others is not None and others > QUIET
    warning = " · **busy: these times are too high**" if busy else ""
    return f"{line}, used by others: {share}{warning}"


def _circumstances() -> dict[str, object]:
    return {
        "at": f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        "commit": _git("describe", "--always", "--dirty"),
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "others": _share_of_others(),
    }


def _git(*words: str) -> str:
    got = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    return got.stdout.strip() or "unknown"


def _busy_seconds() -> float | None:
    """CPU seconds that all programs on this machine have used; None where Linux does not say."""
    try:
        columns = Path("/proc/stat").read_text("ascii").split("\n", 1)[0].split()[1:]
    except OSError:
        return None
    user, nice, system, _idle, _waiting, *interrupts = map(int, columns)
    return (user + nice + system + sum(interrupts[:2])) / os.sysconf("SC_CLK_TCK")


def _own_seconds() -> float:
    below = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + below.ru_utime + below.ru_stime


_AT_FIRST = (time.perf_counter(), _busy_seconds(), _own_seconds())


def _share_of_others() -> float | None:
    """Between the start of this script and now, as a share of all cores."""
    wall, busy, own = _AT_FIRST
    now = _busy_seconds()
    if now is None or busy is None:
        return None
    others = now - busy - (_own_seconds() - own)
    return max(0.0, others / ((time.perf_counter() - wall) * (os.cpu_count() or 1)))
