"""The judge's own work on an answer, and where it ends.

What a check does with a reply is done here, in the judge, and a reply may make it much. It counts
into the one deadline of the answer: by the clock the same moment, and as many CPU seconds again,
though not beyond MOST_WORK.
"""

import contextlib
import signal
import time
import types
from collections.abc import Iterator
from typing import NoReturn

LEAST_WORK, MOST_WORK = 2.0, 20.0
"""CPU seconds that the checks of one answer have at least, and at most, together. Those of the
built-in labs use 1.3 at most for a right answer."""
GRACE_SECONDS = 0.4
"""By the clock, after the answer's time: for a check that has its last reply and looks at it."""
UNBROKEN = ("zhixing.grader.hatchery", "zhixing.grader.workers")
"""A check that is stopped is not stopped in here: half a word to a fork server confuses it."""


class Stuck(BaseException):
    """A check itself used all its CPU seconds, or (`late`) went on after the answer's time was
    over. No Exception: nothing that a check or a callback runs in may swallow it."""

    def __init__(self, late: bool = False) -> None:
        super().__init__()
        self.late = late


class ToldToEnd(SystemExit):
    """The judge is to end. A check that raises SystemExit of its own is another matter."""


def end_when_told() -> None:
    """From here on a polite request to end unwinds, so that `finally` clears up."""

    def told(_number: int, _frame: types.FrameType | None) -> NoReturn:
        raise ToldToEnd(1)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, told)


class Work:
    """CPU seconds that the checks of one answer may use, together; one of them at most half."""

    def __init__(self, cpu_seconds: float) -> None:
        self.limit = min(max(LEAST_WORK, cpu_seconds), MOST_WORK)
        self.used = 0.0

    @property
    def left(self) -> float:
        return self.limit - self.used

    @property
    def over(self) -> bool:
        """Is too little left to begin with? (The timer counts in ticks, and may be early.)"""
        return self.left < self.limit / 20

    @property
    def share(self) -> float:
        return self.limit / 2

    @contextlib.contextmanager
    def one_check(self, wall_end: float) -> Iterator[None]:
        """Stuck past this check's share, or past `wall_end` (monotonic)."""
        begun, wall_left = time.process_time(), max(0.0, wall_end - time.monotonic())
        try:
            with at_most(max(0.01, min(self.left, self.share)), wall_left + GRACE_SECONDS):
                yield
        finally:
            self.used += time.process_time() - begun


@contextlib.contextmanager
def at_most(cpu_seconds: float, wall_seconds: float) -> Iterator[None]:
    """Raises Stuck once this process itself has used `cpu_seconds` inside, or so many seconds have
    passed; and again every second, should it be swallowed."""

    def stuck(number: int, frame: types.FrameType | None) -> None:
        if not _unbroken(frame):
            raise Stuck(late=number == signal.SIGALRM)

    if not hasattr(signal, "setitimer"):  # Windows: nothing watches the judge there
        yield
        return
    before = [signal.signal(number, stuck) for number in (signal.SIGPROF, signal.SIGALRM)]
    signal.setitimer(signal.ITIMER_PROF, cpu_seconds, 1.0)
    signal.setitimer(signal.ITIMER_REAL, wall_seconds, 1.0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGPROF, before[0])
        signal.signal(signal.SIGALRM, before[1])


def _unbroken(frame: types.FrameType | None) -> bool:
    """Is what runs now to be let alone for another second?"""
    while frame is not None:
        ours = frame.f_globals.get("__name__") in UNBROKEN
        if ours or frame.f_code.co_name in ("at_most", "end_process"):
            return True
        frame = frame.f_back
    return False
