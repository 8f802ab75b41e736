"""Where attacks are graded: a process for each level, which says what came of each.

Started as `python grounds.py LEVEL`; a request and a reply are one line of JSON each. After every
attack a good answer is graded by the same judge, and what the attack left is looked for and taken
away: processes below this one's judge, files, System V objects, queues.
"""

import ctypes
import inspect
import json
import os
import re
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import msgspec

from zhixing.errors import Problem
from zhixing.grader import isolation
from zhixing.grader.grading import Judge
from zhixing.records import Lab, Limits, Verdict

MARK = os.environ["HOSTILE_MARK"]
KEPT = {f"{MARK}-target", f"{MARK}-home"}
SHARED = ("/tmp", "/var/tmp", "/dev/shm", "/dev/mqueue", "/run", "/run/lock", "/", "/etc")
ROOM = re.compile(r"zhixing-\d+-\w+(/\d+)?|matplotlib.*|zhixing(/.*)?")
KEY = 0x5A585A58
SETTLING_SECONDS = 3.0
CLEARING_SECONDS = 20.0


def main() -> None:
    level = sys.argv[1]
    have = isolation.level()
    if not isolation.satisfies(have, level):
        say({"unavailable": f"level {have} is the highest here"})
        return
    with judge_of(level) as judge:
        say({"ready": True})
        grounds = Grounds(judge)
        for line in sys.stdin:
            say(grounds.graded(json.loads(line)))


def judge_of(level: str) -> Judge:
    if "level" in inspect.signature(Judge).parameters:
        return Judge(level=level)
    return Judge()


def say(reply: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(reply) + "\n")
    sys.stdout.flush()


def told(
    request: dict[str, Any],
    verdicts: list[Any] | None = None,
    left: list[str] | None = None,
    after: str = "",
    problem: str | None = None,
) -> dict[str, Any]:
    """The reply; `after` is why a good answer does not pass now."""
    mine = {"name": request["name"], "verdicts": verdicts or [], "left": left or []}
    return {**mine, "after": after, "problem": problem}


class Grounds:
    """One judge, one attack after the other."""

    def __init__(self, judge: Judge) -> None:
        self.judge = judge
        self.lab_text, self.lab = "", None
        self.rest = 0

    def graded(self, request: dict[str, Any]) -> dict[str, Any]:
        """What an attack came to, what it left, and whether a good answer passes afterwards."""
        if request["lab"] != self.lab_text:
            self.lab_text = request["lab"]
            self.lab = msgspec.json.decode(self.lab_text, type=Lab)
            if refused := self.good():
                return told(request, problem=refused)
            self.rest = len(ours())
        assert self.lab is not None
        verdicts, problem = [], None
        try:
            for _ in range(request["times"]):
                verdicts.append(msgspec.to_builtins(self.verdict(self.lab, request)))
        except Exception as error:  # a Problem is for people; anything else is a hole
            problem = f"{type(error).__name__}: {error}"
        left = [f"{'note' if MARK in path.name else 'file'} {path}" for path in stray_files()]
        refused = self.good()
        left += self.stray_processes()
        clear_away()
        return told(request, verdicts, left, refused, problem)

    def verdict(self, lab: Lab, request: dict[str, Any]) -> Verdict:
        limits = Limits(**request["limits"])
        return self.judge.grade(lab, request["text"], limits, diagnose=request["diagnose"])

    def good(self) -> str:
        """Why the lab's own solution does not pass now; nothing if it does."""
        assert self.lab is not None
        try:
            verdict = self.judge.grade(self.lab, self.lab.solution, diagnose=False)
        except Problem as error:
            return str(error)
        return (
            "" if verdict.passed else str([c for c in verdict.checks if c.outcome != "pass"])[:600]
        )

    def stray_processes(self) -> list[str]:
        """What runs below the judge and did not before: a moment is given for ends to end."""
        until = time.monotonic() + SETTLING_SECONDS
        while len(found := ours()) > self.rest and time.monotonic() < until:
            time.sleep(0.02)
        return [f"process {name}" for name in found.values()] if len(found) > self.rest else []


def ours() -> dict[int, str]:
    """Processes that carry this one's folder in their environment, or the mark in their command.

    Whoever forks keeps the environment that it began with; who calls another program may drop it.
    """
    sign, found = tempfile.gettempdir().encode(), {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) == os.getpid():
            continue
        try:
            command, environment = (
                (entry / "cmdline").read_bytes(),
                (entry / "environ").read_bytes(),
            )
            name = (entry / "comm").read_text().strip()
        except OSError:
            continue
        if sign in environment or MARK.encode() in command:
            found[int(entry.name)] = f"{name} {command[:80]!r}"
    return found


def stray_files() -> list[Path]:
    """Files where none should be: in this process's own folder, and marked ones in shared folders.

    A judge may have folders of its own there, each with the empty rooms of answers in it.
    """
    own = Path(tempfile.gettempdir())
    until = time.monotonic() + CLEARING_SECONDS
    while any(own.glob("zhixing-*/*-gone")) and time.monotonic() < until:  # it is cleared beside
        time.sleep(0.02)
    left = [path for path in own.rglob("*") if not ROOM.fullmatch(str(path.relative_to(own)))]
    for folder in filter(Path.is_dir, map(Path, SHARED)):
        left += [path for path in folder.iterdir() if MARK in path.name and path.name not in KEPT]
    return left


def clear_away() -> None:
    """Take away what level `process` lets an answer leave, so that the next one starts clean."""
    for path in stray_files():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink()
    for pid, name in ours().items():
        if MARK in name:
            os.kill(pid, signal.SIGKILL)
    libc = ctypes.CDLL(None)
    remove = 0  # IPC_RMID
    for get, control in (
        (lambda: libc.shmget(KEY, 0, 0), lambda n: libc.shmctl(n, remove, None)),
        (lambda: libc.semget(KEY, 0, 0), lambda n: libc.semctl(n, 0, remove)),
        (lambda: libc.msgget(KEY, 0), lambda n: libc.msgctl(n, remove, None)),
    ):
        if (number := get()) >= 0:
            control(number)
    libc.mq_unlink(f"/{MARK}-note".encode())
    libc.sem_unlink(f"/{MARK}-note".encode())


if __name__ == "__main__":
    main()
