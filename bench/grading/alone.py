"""Ours by itself: CPU seconds, memory and overrun of a warm verdict, each with a target of its own.

Targets are for the highest level that there is; the others stand beside it.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import cycle, islice

from grading import assignments, ours
from grading.assignments import Assignment
from grading.tables import Row
from zhixing.grader.grading import Judge
from zhixing.grader.isolation import Level

MOST_MS = {"numpy": 3.0, "torch": 20.0}
MOST_MIB = {"numpy": 10.0, "torch": 40.0}
MOST_MS_OVER = 20.0
LIMIT = 0.3
ENDLESS = (
    "while True: pass",
    "sum(range(10**13))",
    "import time\ntime.sleep(1e6)",
    "import signal\nfor n in range(1, 32):\n    try: signal.signal(n, signal.SIG_IGN)\n"
    "    except (OSError, ValueError): pass\nwhile True: pass",
)
"""Busy in Python, busy in C, asleep, and deaf to signals."""


def rows(
    name: str, assignment: Assignment, levels: Sequence[Level], repeats: int, endless: int
) -> list[Row]:
    listed: list[Row] = []
    for level in levels:
        at = f"{name}, warm, level {level}"
        with ours.opened(level, assignment) as judge:
            found = _costs(judge, name, at, assignment, repeats)
            if name == "numpy":
                found += [_as_it_stands(judge, at, repeats), _overrun(judge, at, endless)]
        listed += found if level == levels[0] else (replace(row, most=None) for row in found)
        print(f"{at}: by itself", flush=True)
    return listed


def _costs(judge: Judge, name: str, at: str, assignment: Assignment, repeats: int) -> list[Row]:
    lab, many = assignment.lab, assignment.many(assignment.sample)
    few, least = many[: len(assignment.submissions)], assignments.smallest(assignment)
    return [
        Row(
            f"{at}: CPU of a verdict, all processes",
            "ms",
            tuple(1000 * ours.cpu_each(judge, lab, many) for _ in range(repeats)),
            most=MOST_MS[name],
        ),
        Row(
            f"{at}: memory of an answer in flight",
            "MiB",
            tuple(ours.mib_in_flight(judge, lab, lab.solution) for _ in range(repeats)),
            most=MOST_MIB[name],
        ),
        Row(
            f"{at}: CPU of a verdict, slips of wrong answers named",
            "ms",
            tuple(1000 * ours.cpu_each(judge, lab, few, diagnose=True) for _ in range(repeats)),
        ),
        Row(
            f"{at}: CPU of the smallest verdict, one check of one call",
            "ms",
            tuple(1000 * ours.cpu_each(judge, least.lab, least.many(50)) for _ in range(repeats)),
        ),
    ]


def _as_it_stands(judge: Judge, at: str, repeats: int) -> Row:
    """The curriculum's own lab, of nine checks and some forty calls."""
    one = assignments.as_it_stands()
    spent = (ours.cpu_each(judge, one.lab, one.many(30)) for _ in range(repeats))
    what = f"{at}: CPU of a verdict on {one.lab.id}, {len(one.lab.checks)} checks"
    return Row(what, "ms", tuple(1000 * seconds for seconds in spent))


def _overrun(judge: Judge, at: str, count: int) -> Row:
    lab = assignments.softmax().lab
    answers = islice(cycle(ENDLESS), count)
    over = tuple(1000 * ours.overrun(judge, lab, answer, LIMIT) for answer in answers)
    what = f"{at}: verdict on an endless answer, past its limit of {LIMIT} s"
    return Row(what, "ms", over, most=MOST_MS_OVER, by=0.99)
