"""Processes seen from outside, by /proc: CPU seconds and memory of all that something started.

The script that measures adopts orphans: a process whose parent was killed would else take its CPU
seconds with it, counted by nobody.
"""

import ctypes
import os
import threading
import time
from collections.abc import Callable, Iterator, Set
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
PR_SET_CHILD_SUBREAPER = 36
TICKS = os.sysconf("SC_CLK_TCK")
SAMPLE_SECONDS = 0.005
ORPHAN_SECONDS = 10.0


def adopt_orphans() -> None:
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def below(pid: int) -> set[int]:
    """A process and all below it."""
    children: dict[int, list[int]] = {}
    for each in filter(str.isdigit, os.listdir("/proc")):  # noqa: PTH208 - many times a second
        with suppress(OSError):
            children.setdefault(_stat(int(each))[0], []).append(int(each))
    found, waiting = {pid}, [pid]
    while waiting:
        for child in children.get(waiting.pop(), ()):
            if child not in found:
                found.add(child)
                waiting.append(child)
    return found


def cpu_seconds(pid: int) -> float:
    """Of a process and all below it, ended ones too if they were waited for; to 1/100 s each."""
    total = 0
    for each in below(pid):
        with suppress(OSError):
            total += sum(_stat(each)[1])
    return total / TICKS


def _stat(pid: int) -> tuple[int, list[int]]:
    """The parent, and ticks: user, system, the same of children that were waited for."""
    words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(words[1]), [int(word) for word in words[11:15]]


def mib(pid: int) -> float:
    """Memory of a process; a page that n processes share counts 1/n (PSS). With page tables, which
    no PSS holds."""
    kib = 0
    for file, key in (("smaps_rollup", "Pss:"), ("status", "VmPTE:")):
        for line in Path(f"/proc/{pid}/{file}").read_text().splitlines():
            if line.startswith(key):
                kib += int(line.split()[1])
    return kib / 1024


def mib_below(pid: int, spare: Set[int] = frozenset()) -> float:
    total = 0.0
    for each in below(pid) - spare:
        with suppress(OSError):
            total += mib(each)
    return total


def with_orphans(call: Callable[[], T]) -> tuple[T, float]:
    """What a call gave, and CPU seconds of the processes that it left to us, once they ended."""
    before = _children()
    given = call()
    return given, sum(_cpu_of_orphan(pid) for pid in _children() - before)


def _cpu_of_orphan(pid: int) -> float:
    until = time.monotonic() + ORPHAN_SECONDS
    with suppress(ChildProcessError):
        while time.monotonic() < until:
            ended, _, used = os.wait4(pid, os.WNOHANG)
            if ended:
                return used.ru_utime + used.ru_stime
            time.sleep(SAMPLE_SECONDS)
        print(f"process {pid} was left behind and goes on: its CPU seconds are not counted")
    return 0.0


def bury_orphans() -> None:
    """Take leave of all that ended below this process, so that its CPU seconds count as ours."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _children() -> set[int]:
    me = os.getpid()
    threads = Path(f"/proc/{me}/task").glob("*/children")
    return {int(pid) for file in threads for pid in file.read_text().split()}


@contextmanager
def sampled(call: Callable[[], float]) -> Iterator[list[float]]:
    """What `call` gives every few milliseconds, from another thread, while the block runs."""
    seen: list[float] = []
    over = threading.Event()

    def look() -> None:
        while not over.is_set():
            seen.append(call())
            time.sleep(SAMPLE_SECONDS)

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield seen
    finally:
        over.set()
        thread.join()
