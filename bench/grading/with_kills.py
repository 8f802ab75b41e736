"""Ten thousand answers with kill -9 thrown at every kind of process, beside a run nobody disturbs.

`python bench/grading/with_kills.py [COUNT]`: the rows must be the same, CPU seconds aside.
"""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from measuring import ROOT

from grading.assignments import softmax
from grading.folder_of_many import GRADE, lay_out

KINDS = ("leader", "worker", "judge", "keeper", "fork server", "answer")
EVERY_SECONDS = 0.4
VARYING = ("cpu_seconds", "cached")


def children(pid: int) -> list[int]:
    with suppress(OSError):
        return [int(p) for p in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def levels(leader: int) -> dict[str, list[int]]:
    """The processes by kind: leader > worker > judge > keeper > fork server > answer. At level full
    a fork server is two: the one that waits outside its namespace is passed over."""
    found: dict[str, list[int]] = {"leader": [leader]}
    rows = [leader]
    for kind in KINDS[1:]:
        rows = [child for pid in rows for child in children(pid)]
        if kind == "fork server":
            inner = [child for pid in rows for child in children(pid) if _is_server(child)]
            rows = inner or rows
        found[kind] = rows
    return found


def _is_server(pid: int) -> bool:
    """Born into a process namespace as its first?"""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("NSpid:"):
                return line.split()[-1] == "1" and len(line.split()) == 3
    return False


def graded(place: Path, out: str, disturb: Callable[[subprocess.Popen[str]], None] | None) -> int:
    """Grades until it is done; how many times it was started."""
    words = ["--lab", "bench-softmax", "--pack", place / "pack", "--out", place / out,
             "--jobs", "2", "--seed", "one-for-both", "--home", place / "home"]  # fmt: skip
    for start in range(1, 200):
        process = subprocess.Popen(
            [*GRADE, str(place / "answers"), *map(str, words)],
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        if disturb is not None:
            disturb(process)
        _, said = process.communicate()
        if process.returncode == 0:
            return start
        if process.returncode != -signal.SIGKILL:
            raise SystemExit(f"ended with {process.returncode}: {said[-2000:]}")
    raise SystemExit("it never ended")


def killer(thrown: dict[str, int], dice: random.Random) -> Callable[[subprocess.Popen[str]], None]:
    """Kills one process every EVERY_SECONDS, kind after kind; the leader once in six."""

    def disturb(process: subprocess.Popen[str]) -> None:
        time.sleep(2.5)  # it reads the folder
        while process.poll() is None:
            time.sleep(EVERY_SECONDS * dice.uniform(0.5, 1.5))
            kind = min(KINDS, key=lambda each: (thrown[each], each))
            alive = levels(process.pid).get(kind, [])
            if alive and process.poll() is None:
                with suppress(ProcessLookupError):
                    os.kill(dice.choice(alive), signal.SIGKILL)
                    thrown[kind] += 1

    return disturb


def rows(file: Path) -> list[dict[str, object]]:
    read = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    for row in read:
        for check in (row, *row.get("checks", ())):
            for key in VARYING:
                check.pop(key, None)
    return read


def main(count: int) -> int:
    assignment = softmax()
    thrown = dict.fromkeys(KINDS, 0)
    (ROOT / "bench" / "results").mkdir(exist_ok=True)
    with TemporaryDirectory(dir=ROOT / "bench" / "results") as made:
        place = Path(made)
        (place / "answers").mkdir()
        for n, one in enumerate(assignment.many(count)):
            (place / "answers" / f"{n:06}.py").write_text(one.text, "utf-8")
        lay_out(assignment, place / "pack")
        begun = time.perf_counter()
        graded(place, "quiet.jsonl", None)
        quiet = time.perf_counter() - begun
        begun = time.perf_counter()
        starts = graded(place, "killed.jsonl", killer(thrown, random.Random(1)))
        killed = time.perf_counter() - begun
        ours, theirs = rows(place / "quiet.jsonl"), rows(place / "killed.jsonl")
    pairs = [(a, b) for a, b in zip(ours, theirs, strict=False) if a != b]
    differ = [a["answer"] for a, _ in pairs]
    for a, b in pairs[:3]:
        what = {key: (a[key], b.get(key)) for key in a if a[key] != b.get(key)}
        sys.stdout.write(f"{a['answer']}: {json.dumps(what, ensure_ascii=False)[:1500]}\n")
    same = len(ours) == len(theirs) == count and not differ
    sys.stdout.write(
        f"{count} answers: undisturbed {quiet:.0f} s ({count / quiet:.0f}/s); "
        f"with kills {killed:.0f} s, started {starts} times, thrown at "
        f"{', '.join(f'{kind} {n}' for kind, n in thrown.items())}; "
        f"{'every row the same' if same else f'{len(differ)} rows differ: {differ[:5]}'}\n"
    )
    return 0 if same else 1


if __name__ == "__main__":
    raise SystemExit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000))
