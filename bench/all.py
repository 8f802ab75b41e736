"""Every measurement but the time of the tests, one after another, and one table of what was asked.

python bench/all.py            measure, then the table
python bench/all.py --table    the table of what was measured last, `make test` included
python bench/planning_page.py  of these the targets of planning alone: met or not
python bench/grading           not among them: the grader beside nbgrader, otter and pytest
"""

import json
import subprocess
import sys
from pathlib import Path

from measuring import HEAD, Figure
from reporting import RESULTS, told

NAMES = (
    "first_verdict", "today", "pages", "route_and_plan", "roadmap", "planning", "replanning",
    "growth", "exports", "store", "clean_start",
)  # fmt: skip


def measure(name: str) -> bool:
    """In a process of its own, so that no measurement warms another."""
    print(f"\n## {name}\n", flush=True)
    script = Path(__file__).with_name(f"{name}.py")
    return subprocess.run([sys.executable, script], check=False).returncode == 0


def last(name: str) -> tuple[list[str], str]:
    """Rows of its last run (those with a target and the ratios; all where there are none), and
    under which circumstances that was."""
    file = RESULTS / f"{name}.json"
    if not file.exists():
        return [], f"{name}: not measured here yet"
    kept = json.loads(file.read_text("utf-8"))
    figures = [Figure(**{**one, "values": tuple(one["values"])}) for one in kept["figures"]]
    asked = [f for f in figures if f.target is not None or f.unit == "×"]
    return [f.row() for f in asked or figures], f"`{kept['command']}`: {told(kept)}"


def main() -> None:
    failed = [] if "--table" in sys.argv[1:] else [name for name in NAMES if not measure(name)]
    print(f"\n## What was asked, and what was measured\n\n{HEAD}")
    # A row from another day would look like one of today's.
    found = [last(name) for name in (*NAMES, "test_time") if name not in failed]
    print("\n".join(row for rows, _ in found for row in rows))
    print("".join(f"\n- {circumstances}" for _, circumstances in found))
    if failed:
        raise SystemExit(f"\nnot measured, see above why: {', '.join(failed)}")


if __name__ == "__main__":
    main()
