"""Judges that stay warm while the server runs: one for grading, one for running cells.

A judge does one thing at a time; who comes second waits. One that ended is replaced by the next
call, so that nothing a learner hands in can stop the evening.
"""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress

from zhixing.errors import Problem
from zhixing.grader.grading import Judge
from zhixing.records import Lab
from zhixing.words import say

LONGEST_WAIT_SECONDS = 120.0
CLOSING_SECONDS = 3.0


class WarmJudge:
    """One judge and whose turn it is."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._judge: Judge | None = None
        self._closed = False
        self._warmed: tuple[Judge, object] | None = None
        # A judge dies with the thread that started it (Linux counts threads, not processes, as
        # parents), so one thread that lives as long as the server starts them all.
        self._nurse = ThreadPoolExecutor(1, thread_name_prefix="nurse")

    @contextmanager
    def in_turn(self) -> Iterator[Judge]:
        """The judge, for as long as the block lasts. Problem when others keep it for too long."""
        if not self._turn.acquire(timeout=LONGEST_WAIT_SECONDS):
            raise Problem(
                say("another check has been running for two minutes"),
                say("the judge process"),
                say("wait for it, or stop the server and start it again: nothing is lost"),
            )
        try:
            yield self._alive()
        except BaseException:
            self._drop()  # whatever happened in it, the next one starts clean
            raise
        finally:
            self._turn.release()

    def _alive(self) -> Judge:
        """The judge; a new one where the last has ended. Problem once the server is being
        stopped."""
        if self._closed:
            raise Problem(
                say("the server is being stopped"),
                say("the judge process"),
                say("start it again: what was saved is safe"),
            )
        if self._judge is not None and self._judge.process.poll() is not None:
            self._drop()
        if self._judge is None:
            self._judge = self._nurse.submit(Judge).result()
        return self._judge

    def warm(self, packages: tuple[str, ...]) -> None:
        """Have these libraries imported by the time somebody asks, without waiting for it."""
        self._begin(packages, lambda judge: judge.run("", packages))

    def warm_for(self, lab: Lab) -> None:
        """The same for a lab: its libraries, with the rights that its answers have."""
        self._begin((lab.packages, lab.sandbox), lambda judge: judge.warm(lab))

    def _begin(self, what: object, do: Callable[[Judge], object]) -> None:
        if not self._turn.locked():
            threading.Thread(target=self._warm, args=(what, do), daemon=True).start()

    def _warm(self, what: object, do: Callable[[Judge], object]) -> None:
        with suppress(Problem), self.in_turn() as judge:
            if self._warmed != (judge, what):
                do(judge)
                self._warmed = (judge, what)

    def _drop(self) -> None:
        if self._judge is not None:
            self._judge.close()
            self._judge = None

    def close(self) -> None:
        """End it, also in the middle of a grading: the attempt is then not remembered. Who has the
        judge hears that it ended, and puts it away."""
        self._closed, busy = True, self._judge
        ours = self._turn.acquire(blocking=False)
        if not ours and busy is not None:
            busy.process.terminate()
        if ours or self._turn.acquire(timeout=CLOSING_SECONDS):
            self._drop()
            self._turn.release()
        self._nurse.shutdown(wait=False)


class WarmJudges:
    """`grading` judges answers, `running` runs cells and draws figures: a slow cell keeps nobody
    from being checked."""

    def __init__(self) -> None:
        self.grading = WarmJudge()
        self.running = WarmJudge()

    def close(self) -> None:
        self.grading.close()
        self.running.close()
