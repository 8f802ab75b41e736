"""The judge's side of workers: a pool of warm processes, each for one answer, and then no more.

Used where a warm process cannot be forked. `SpawnNest` has for each environment READY workers that
import while nobody waits; a hatch hands the oldest its answer and starts another. A worker is never
used twice. The level is always `process`: an answer has the rights of who runs it.
"""

import contextlib
import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from zhixing.errors import Problem
from zhixing.grader import descriptors, folders, keeper, nest, processes, worker
from zhixing.grader.answering import AnswerProcess, Ended, Gone
from zhixing.grader.hatchery import START_SECONDS, Room
from zhixing.grader.isolation import Isolation
from zhixing.grader.starting import ALONE, environment
from zhixing.words import Said, say

READY = 2
TRIALS = 3
LOOK_SECONDS = 0.2
COMMAND = (sys.executable, *ALONE, "-m", worker.__name__)


class Worker:
    """One process that waits, or is taken. `spent` is what warming up cost it."""

    def __init__(self, packages: Sequence[str], folder: str) -> None:
        self.line, line = descriptors.pair()
        self.output, written = descriptors.outlet()
        self.theirs = [line.detach(), written]
        self.spent, self.ready = 0.0, False
        self.process = subprocess.Popen(
            COMMAND,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**environment(), "TMPDIR": folder},  # what an import makes goes with the pool
            cwd=folder,
            start_new_session=True,
            pass_fds=() if descriptors.WINDOWS else self.theirs,
        )
        places = [descriptors.handed(fd, self.process.pid) for fd in self.theirs]
        with contextlib.suppress(Gone):  # that it is dead is found out by who takes it
            self.tell({"packages": packages, "line": places[0], "output": places[1]})
        if not descriptors.WINDOWS:  # there they must be open until the other side has them
            self._let_go()

    def _let_go(self) -> None:
        while self.theirs:
            descriptors.close(self.theirs.pop())

    def tell(self, words: dict[str, object]) -> None:
        """One line on its standard input. Gone when nobody listens."""
        assert self.process.stdin is not None
        try:
            self.process.stdin.write(json.dumps(words).encode() + b"\n")
            self.process.stdin.flush()
        except OSError as error:
            raise Gone(f"a worker ended: {error}") from error

    def wait_until_ready(self) -> None:
        """Gone if it did not wake up."""
        if self.ready:
            return
        until = time.monotonic() + START_SECONDS
        while not select.select([self.line], [], [], LOOK_SECONDS)[0]:
            if time.monotonic() > until or self.process.poll() is not None:
                raise Gone("a worker did not start")
        (self.spent,) = worker.READY.unpack(self._heard(worker.READY.size))
        self.ready = True
        self._let_go()

    def take_on(self, order: dict[str, object], extra: Sequence[int]) -> None:
        """Hand it its order; from here on it belongs to an answer. Gone if it ended before."""
        self.wait_until_ready()
        self.tell(order)
        if extra:
            socket.send_fds(self.line, [worker.HERE], extra)
        self._heard(len(worker.HERE))

    def _heard(self, count: int) -> bytes:
        self.line.settimeout(START_SECONDS)
        try:
            told = self.line.recv(count, socket.MSG_WAITALL)
        except OSError as error:
            raise Gone(f"a worker ended: {error}") from error
        if len(told) < count:
            raise Gone("a worker ended")
        return told

    def end(self) -> Ended:
        """Kill it with what it started, and collect it."""
        assert self.process.stdin is not None
        ended = _ended(self.process)
        with contextlib.suppress(OSError):
            self.process.stdin.close()
        self._let_go()
        return ended

    def discard(self) -> None:
        """The end of one that was never taken."""
        self.end()
        self.line.close()
        descriptors.close(self.output)


def _ended(process: subprocess.Popen[bytes]) -> Ended:
    if sys.platform == "win32":
        kill = ["taskkill", "/F", "/T", "/PID", str(process.pid)]
        subprocess.run(kill, check=False, capture_output=True)
        process.kill()
        return Ended(process.wait() << 8, 0.0, 0)
    if process.returncode is not None:
        return Ended(process.returncode, 0.0, 0)
    processes.kill(process.pid)
    try:
        _, status, used = os.wait4(process.pid, 0)
    except ChildProcessError:  # somebody killed it, and it was swept up
        status, used = signal.SIGKILL, None
    process.returncode = os.waitstatus_to_exitcode(status)
    if used is None:
        return Ended(status, 0.0, 0)
    peak = used.ru_maxrss // (1024 if sys.platform == "darwin" else 1)
    return Ended(status, used.ru_utime + used.ru_stime, peak)


@dataclass
class SpawnedProcess(AnswerProcess):
    """An answer in a worker: what warming up cost is not the answer's."""

    warming: float = 0.0

    def cpu_now(self) -> float:
        """CPU seconds of the answer so far; 0 where nobody outside can tell, and the wall clock
        decides."""
        now = processes.cpu_seconds(self.pid) if self.how is None else None
        self.cpu = max(self.cpu, (now or 0.0) - self.warming)
        return self.cpu


class SpawnKeeper:
    """Gives pools of workers, as a keeper gives fork servers."""

    def __init__(self) -> None:
        why = "workers are not shut in"
        self.isolation = Isolation("process", 0, why, why, why)
        self.nests: list[SpawnNest] = []
        processes.prctl(processes.PR_SET_CHILD_SUBREAPER, 1)
        if not descriptors.WINDOWS:
            keeper.clear_stale()

    def start(self, packages: Sequence[str], sandbox: Sequence[str] = ()) -> "SpawnNest":
        """A new pool; it warms up while the caller goes on. Gone where there is no space."""
        del sandbox  # nobody is shut in: nothing need be allowed
        pool = SpawnNest(self, packages)
        self.nests.append(pool)
        return pool

    def sweep(self) -> None:
        """End what answers left that got away from their group. Linux alone tells of it."""
        if processes.LINUX:
            spare = (pid for pool in self.nests for pid in pool.numbers())
            processes.sweep(spare=frozenset(spare))

    def close(self) -> None:
        while self.nests:
            self.nests[-1].close()


class SpawnNest:
    """The workers of one environment, and the folders that answers live in."""

    def __init__(self, owner: SpawnKeeper, packages: Sequence[str]) -> None:
        self.keeper, self.packages = owner, tuple(packages)
        self.waiting: list[Worker] = []
        self.clearing = folders.Clearing()
        self.busy: dict[int, tuple[Worker, str]] = {}
        self.count = 0
        self.alive = True
        try:
            self.base = tempfile.mkdtemp(prefix=f"{keeper.PREFIX}{os.getpid()}-")
        except OSError as trouble:
            raise Gone("room") from trouble
        self._fill()

    def wait_until_ready(self) -> None:
        """Gone if the worker that is next did not wake up."""
        self._fill()
        self.waiting[0].wait_until_ready()

    def numbers(self) -> list[int]:
        """The processes that are its own."""
        return [*self.busy, *(one.process.pid for one in self.waiting), *self.clearing.processes]

    def _fill(self) -> None:
        """Have READY workers. Gone where the system gives no more processes."""
        try:
            while len(self.waiting) < READY:
                self.waiting.append(Worker(self.packages, self.base))
        except OSError as trouble:
            raise Gone(f"no worker could be started: {trouble}") from trouble

    def room(self) -> Room:
        """A private folder for several processes. Gone where there is no space."""
        self.count += 1
        path = Path(self.base, str(self.count))
        try:
            path.mkdir(0o700)
        except OSError as trouble:
            raise Gone("room") from trouble
        return Room(self.count, str(path))

    def leave(self, room: Room) -> None:
        """Empty it and give it back."""
        self._clear(room.path)

    def hatch(
        self,
        cpu_seconds: float,
        memory_mib: int,
        *,
        room: Room | None = None,
        extra: Sequence[int] = (),
        file_mib: int = nest.FILE_MIB,
    ) -> SpawnedProcess:
        """An answer process in the worker that waited longest, in a fresh private folder or in
        `room`; it finds the descriptors `extra` at 101, 102, … Gone when no worker can be had."""
        if extra and descriptors.WINDOWS:
            raise needs_wsl(say("a descriptor for an answer"))
        folder = (room or self.room()).path
        order = {"folder": folder, "cpu_seconds": cpu_seconds, "memory_mib": memory_mib,
                 "file_mib": file_mib, "extra": len(extra)}  # fmt: skip
        own = "" if room else folder
        for _ in range(TRIALS):
            try:
                found = self._taken(order, extra, own)
            except Gone:
                continue
            with contextlib.suppress(Gone):  # the next hatch tries again
                self._fill()
            pid = found.process.pid
            return SpawnedProcess(
                self, pid, found.line, found.output, folder, pid, warming=found.spent
            )
        if own:
            _remove(own)
        raise Gone("no worker started")

    def _taken(self, order: dict[str, object], extra: Sequence[int], folder: str) -> Worker:
        """A worker that has its order. Gone if it ended before."""
        self._fill()
        found = self.waiting.pop(0)
        self.busy[found.process.pid] = found, folder
        try:
            found.take_on(order, extra)
        except (Gone, OSError) as trouble:
            del self.busy[found.process.pid]
            found.discard()
            raise Gone("a worker ended") from trouble
        return found

    def end(self, inner: int, _outer: int) -> Ended:
        """Kill an answer process and whatever it started; its folder goes too."""
        if inner not in self.busy:
            return Ended(0, 0.0, 0)
        found, folder = self.busy.pop(inner)
        how = found.end()
        self.keeper.sweep()
        if folder:
            self._clear(folder)
        return replace(how, cpu=max(0.0, how.cpu - found.spent))

    def _clear(self, folder: str) -> None:
        """At once if it is empty, else by and by: a verdict does not wait for it."""
        if descriptors.WINDOWS or not _touched(folder):
            _remove(folder)
        else:
            self.clearing.add(folder)

    def close(self) -> None:
        """End all workers, and remove all folders."""
        self.alive = False
        for one in self.waiting:
            one.discard()
        for found, _ in self.busy.values():
            found.end()
        self.waiting.clear()
        self.busy.clear()
        self.clearing.end()
        self.keeper.nests.remove(self)
        self.keeper.sweep()
        _remove(self.base)


def _touched(folder: str) -> bool:
    """Is anything in it?"""
    try:
        os.rmdir(folder)  # noqa: PTH106
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return False


def _remove(folder: str) -> None:
    if descriptors.WINDOWS:
        shutil.rmtree(folder, ignore_errors=True)
    else:
        folders.remove(folder)


def needs_wsl(where: Said) -> Problem:
    """What Windows has no means for: programs, services and witnesses are given descriptors."""
    return Problem(
        say("Windows cannot hand on descriptors, which this needs"),
        where,
        say("inside WSL it is a Linux: `wsl --install`, then install Zhixing there"),
    )
