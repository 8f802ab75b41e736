"""Zhixing's own grader under the same questions: cold and warm, at each level of isolation."""

import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import count
from pathlib import Path

import msgspec
from learner import the_lab
from measuring import Took, done, ended, seconds_of

from grading import watching
from grading.assignments import Assignment, Submission
from grading.peers import Graded, Grader
from grading.tables import quantile
from zhixing.grader import isolation
from zhixing.grader.grading import Judge
from zhixing.grader.starter import without_markers
from zhixing.records import Lab, Limits, Verdict

ONCE = """
import sys, time, msgspec
from zhixing.grader.grading import Judge
from zhixing.grader.starting import Expected
from zhixing.records import Lab
lab, answer, level = sys.argv[1:4]
lab = msgspec.msgpack.decode(open(lab, "rb").read(), type=Lab)
with Judge(level, expected=Expected(lab.packages, lab.sandbox)) as judge:
    verdict = judge.grade(lab, open(answer, encoding="utf-8").read(), diagnose=False)
    there = time.time()
print(there, *(check.name for check in verdict.checks if check.outcome != "pass"))
"""


def levels() -> list[isolation.Level]:
    """The levels that this machine has, the highest first."""
    best = isolation.level()
    return [level for level in reversed(isolation.ORDER) if isolation.satisfies(best, level)]


@contextmanager
def opened(level: isolation.Level, assignment: Assignment) -> Iterator[Judge]:
    """A warm judge, once it has shown that its verdicts are really made at this level."""
    with Judge(level) as judge:
        verdict = judge.grade(assignment.lab, assignment.submissions[0].text)
        if verdict.isolation != level:
            raise SystemExit(f"asked for {level}, the verdict says {verdict.isolation}")
        yield judge


def failed(verdict: Verdict) -> frozenset[str]:
    return frozenset(check.name for check in verdict.checks if check.outcome != "pass")


def warm(judge: Judge, lab: Lab, one: Submission, diagnose: bool = False) -> Graded:
    """One more verdict of an open judge. The CPU seconds are the door's alone: see `cpu_each`."""
    found: list[Verdict] = []
    took = seconds_of(lambda: found.append(judge.grade(lab, one.text, diagnose=diagnose)))
    return Graded(one, took, failed(found[0]))


def opened_for_it(level: isolation.Level, lab: Lab, one: Submission) -> Graded:
    """A judge, a fork server, its libraries, one verdict, and the end of them all."""
    found: list[Verdict] = []

    def grade() -> None:
        with Judge(level) as judge:
            found.append(judge.grade(lab, one.text, diagnose=False))

    took, orphans = watching.with_orphans(lambda: _with_children(grade))
    return Graded(one, Took(took.wall, took.cpu + orphans), failed(found[0]))


def _with_children(call: Callable[[], None]) -> Took:
    before = os.times()
    took = seconds_of(call)
    after = os.times()
    below = after.children_user + after.children_system
    return Took(took.wall, took.cpu + below - before.children_user - before.children_system)


def cold(assignment: Assignment, place: Path, level: isolation.Level) -> Grader:
    """A Python process that imports the grader, grades one answer and ends. It tells when it had
    the verdict."""
    lab_file = place / f"{assignment.lab.id}.bin"
    lab_file.write_bytes(msgspec.msgpack.encode(assignment.lab))

    def run(one: Submission) -> Graded:
        answer = place / f"{one.name}.py"
        answer.write_text(one.text, "utf-8")
        command = [sys.executable, "-c", ONCE, lab_file, answer, level]
        begun = time.time()
        run, orphans = watching.with_orphans(partial(ended, command))
        if run.code:
            raise SystemExit(run.said)
        took = Took(run.took.wall, run.took.cpu + orphans)
        there, *said = run.said.split()
        return Graded(one, took, frozenset(said), float(there) - begun)

    return run


def check_command(place: Path) -> Grader:
    """`zhixing check --json`: the command that a learner types, with the catalog, the store and the
    curriculum's own lab, whose solution it is given whatever answer is asked for."""
    home, answer = place / "home", place / "check.py"
    lab = the_lab()
    right_text, serial = without_markers(lab.solution), count()
    zhixing = [sys.executable, "-m", "zhixing"]
    done([*zhixing, "init", "--yes", "--home", home])

    def run(one: Submission) -> Graded:
        answer.write_text(f"{right_text}\n# {next(serial)}\n", "utf-8")
        words = [*zhixing, "check", lab.id, "--json", "--file", answer, "--home", home]
        run, orphans = watching.with_orphans(partial(ended, words))
        right = run.code == 0 and json.loads(run.said)["passed"]
        took = Took(run.took.wall, run.took.cpu + orphans)
        return Graded(one, took, one.fails if right else frozenset({"check"}))

    return run


def cpu_each(
    judge: Judge, lab: Lab, answers: Sequence[Submission], diagnose: bool = False
) -> float:
    """CPU seconds of one warm verdict, of all processes: this one, the judge, the fork server, the
    answers'."""
    warm(judge, lab, answers[0], diagnose)
    below, here = watching.cpu_seconds(judge.process.pid), time.process_time()
    for one in answers:
        warm(judge, lab, one, diagnose)
    spent = watching.cpu_seconds(judge.process.pid) - below + time.process_time() - here
    return spent / len(answers)


def mib_in_flight(judge: Judge, lab: Lab, answer: str) -> float:
    """Memory that one answer in flight adds to judge and fork server. Held a while after each call
    of its last checks, when it has touched what it touches. The 9th of 10 looks: the largest may
    have counted a page on both sides of a fork."""
    held = Submission("held", f"{answer}\n{HOLD}", frozenset())
    warm(judge, lab, held)
    at_rest = watching.mib_below(judge.process.pid)
    with watching.sampled(lambda: watching.mib_below(judge.process.pid)) as seen:
        warm(judge, lab, held)
    return quantile(seen, 0.9) - at_rest


HOLD = """
import time as _time

def _held(function):
    def call(*arguments):
        value = function(*arguments)
        until = _time.perf_counter() + 0.03
        while _time.perf_counter() < until:
            pass
        return value
    return call

for _name in ("loss_and_gradient", "train"):
    if _name in globals():
        globals()[_name] = _held(globals()[_name])
"""


def overrun(judge: Judge, lab: Lab, answer: str, limit: float) -> float:
    """Seconds past its limit until there is a verdict on an answer that never ends."""
    begun = time.perf_counter()
    verdict = judge.grade(lab, answer, Limits(wall_seconds=limit), diagnose=False)
    over = time.perf_counter() - begun - limit
    if verdict.passed:
        raise SystemExit("an endless answer passed")
    return over
