"""Processes of an operating system, seen from outside: CPU seconds, memory, descendants, ends.

Linux tells all of it; elsewhere what cannot be known is None and the wall clock decides.
"""

import contextlib
import ctypes
import os
import signal
import struct
import sys
import time
from pathlib import Path

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_CHILD_SUBREAPER = 1, 4, 36
LINUX = sys.platform == "linux"
CREDENTIALS = struct.Struct("iII")
"""pid, uid, gid: how a process is named in a message (unix(7), SCM_CREDENTIALS)."""


_libc = ctypes.CDLL(None, use_errno=True) if LINUX else None


_plain = ctypes.PyDLL(None) if LINUX else None


def plain_fork() -> int:
    """fork(2) by the C library alone, without Python's handlers; for a process with one thread.

    After `os.fork` CPython makes its locks anew, `threading` and `logging` theirs, and `random`
    seeds itself: right where another thread may have held a lock, and some 190 copied pages (0.6
    ms) where there is none. With one thread the child is an exact copy and nothing is to be mended.
    """
    if _plain is None:
        return os.fork()
    pid = int(_plain.fork())
    if pid < 0:
        raise OSError(ctypes.get_errno() or 11, "no process can be made")
    return pid


def prctl(option: int, value: int) -> None:
    """One prctl(2) call on Linux; nothing elsewhere."""
    if _libc is not None:
        _libc.prctl(option, value, 0, 0, 0)


def end_with_parent(how: int = 9) -> None:
    """From here on this process gets a signal (SIGKILL: a number, since Windows has none) when the
    thread that started it ends."""
    prctl(PR_SET_PDEATHSIG, how)


def cpu_seconds(pid: int) -> float | None:
    """CPU seconds that process `pid` (all its threads) has used; None when it cannot be known.

    The clock id of another process: clock_getcpuclockid(3).
    """
    if not LINUX:
        return None
    try:
        return time.clock_gettime((~pid << 3) | 2)
    except OSError:
        return None


def parents() -> dict[int, int]:
    """Every visible process and its parent."""
    found: dict[int, int] = {}
    with contextlib.suppress(OSError):
        for entry in os.listdir("/proc"):  # noqa: PTH208 - called on hot paths
            if entry.isdigit():
                with contextlib.suppress(OSError, IndexError, ValueError):
                    stat = Path(f"/proc/{entry}/stat").read_text()
                    found[int(entry)] = int(stat[stat.rindex(")") + 2 :].split()[1])
    return found


def descendants(of: int, spare: frozenset[int] = frozenset()) -> set[int]:
    """All processes below `of`, without those in `spare` and what is below them."""
    children: dict[int, list[int]] = {}
    for pid, parent in parents().items():
        children.setdefault(parent, []).append(pid)
    found, waiting = set(), [of]
    while waiting:
        for child in children.get(waiting.pop(), []):
            if child not in spare and child not in found:
                found.add(child)
                waiting.append(child)
    return found


def kill(pid: int) -> None:
    """End a process and its group, whatever state they are in."""
    if pid <= 1:  # 0 and below mean groups, and 1 everybody's
        return
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(pid, signal.SIGKILL)


def sweep(spare: frozenset[int] = frozenset(), rounds: int = 50) -> None:
    """Kill everything below this process but `spare`, until nothing new appears."""
    for _ in range(rounds):
        reap(spare)
        if not _has_other_children(spare):
            return
        strays = descendants(os.getpid(), spare)
        if not strays:
            return
        for pid in strays:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)
        time.sleep(0.001)


def _has_other_children(spare: frozenset[int]) -> bool:
    """Does this process have children but `spare`? Strays are re-parented to a subreaper, so no
    other child means no stray. Where the kernel does not tell, yes."""
    try:
        listed = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
    except OSError:
        return True
    return any(int(pid) not in spare for pid in listed)


def reap(spare: frozenset[int] = frozenset()) -> None:
    """Collect children that ended, so that they do not stay as zombies."""
    with contextlib.suppress(ChildProcessError):
        while True:
            pid, _ = os.waitpid(-1, os.WNOHANG)
            if pid == 0 or pid in spare:
                return


def alive(pid: int) -> bool:
    """Is there a process of that number?"""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def tasks_of(user: int) -> int:
    """How many processes and threads a user has: what RLIMIT_NPROC counts."""
    count = 0
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                if entry.stat().st_uid == user:
                    count += sum(1 for _ in (entry / "task").iterdir())
    return count


def has_ended(pid: int) -> bool:
    """Has this child ended by itself? It stays to be waited for."""
    if not hasattr(os, "waitid"):
        return False
    try:
        return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
    except ChildProcessError:
        return True


def cpu_seconds_of_family(pid: int) -> float | None:
    """CPU seconds of a process, of all that lives below it, and of what they waited for; None when
    it cannot be known. In steps of a clock tick (proc_pid_stat(5), utime to cstime)."""
    if not LINUX:
        return None
    ticks = 0
    for each in (pid, *descendants(pid)):
        with contextlib.suppress(OSError, ValueError):
            stat = Path(f"/proc/{each}/stat").read_text()
            ticks += sum(map(int, stat[stat.rindex(")") + 2 :].split()[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")
