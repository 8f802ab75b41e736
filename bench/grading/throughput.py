"""How many answers a second, and is it as many at 10,000 as at 100?"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack

from grading import ours
from grading.assignments import Assignment, Submission
from grading.tables import Rate
from zhixing.grader import isolation
from zhixing.grader.grading import Judge

JUDGES = 2
LONGEST_SECONDS = 240.0
"""What would take longer by the rate before it is left out, and the page says so."""


class Queue:
    """Answers that several threads take in turn; wrong verdicts are counted."""

    def __init__(self, assignment: Assignment, count: int) -> None:
        self.lab = assignment.lab
        self.waiting: Iterator[Submission] = iter(assignment.many(count))
        self.lock, self.wrong, self.graded = threading.Lock(), 0, 0

    def work(self, judge: Judge) -> None:
        while True:
            with self.lock:
                one = next(self.waiting, None)
            if one is None:
                return
            graded = ours.warm(judge, self.lab, one)
            with self.lock:
                self.graded += 1
                self.wrong += not graded.right
            if not graded.right:
                print(f"WRONG: {one.name}: {sorted(graded.failed)} failed")


def rate(assignment: Assignment, count: int, level: isolation.Level) -> Rate:
    """From the first answer to the last verdict, the judges being warm."""
    queue = Queue(assignment, count)
    with ExitStack() as open_ones:
        judges = [open_ones.enter_context(ours.opened(level, assignment)) for _ in range(JUDGES)]
        threads = [threading.Thread(target=queue.work, args=(judge,)) for judge in judges]
        begun = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        seconds = time.perf_counter() - begun
    if queue.graded != count:
        raise SystemExit(f"{queue.graded} of {count} answers were graded: a judge ended")
    return Rate(f"{assignment.lab.id}, {level}", count, JUDGES, count / seconds, queue.wrong)


def rates(
    assignment: Assignment, rate_of: Callable[[Assignment, int], Rate], counts: tuple[int, ...]
) -> list[Rate]:
    found: list[Rate] = []
    for count in counts:
        if found and count / found[-1].per_second > LONGEST_SECONDS:
            print(f"{found[-1].who}: {count:,} answers would take too long")
            break
        found.append(rate_of(assignment, count))
        print(f"{found[-1]}", flush=True)
    return found
