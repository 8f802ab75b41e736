"""Which isolation is there? Probed and written into every verdict, never claimed beyond that.

`full`: namespaces, a seccomp allow-list, Landlock, a control group. `rootless`: seccomp, Landlock
and limits, for any user of a Linux of 2021 or later. `process`: a process of its own with limits
and nothing more: an answer then has the user's rights.
"""

import functools
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import Any

from zhixing.grader import confinement, control_groups, syscalls
from zhixing.grader.processes import LINUX
from zhixing.grader.starting import LEVELS
from zhixing.grader.starting import Level as Level

ORDER = LEVELS
PROBE_SECONDS = 20.0
KILLED = "it was killed"
"""What a trial says that somebody else ended: it is made once more, and then believed."""


PROBE = (sys.executable, "-I", "-B", "-m", "zhixing.grader.isolation")


@dataclass(frozen=True)
class Isolation:
    """What there is here. `landlock` is its ABI; the texts say why not, "" where it works."""

    level: Level
    landlock: int = 0
    no_seccomp: str = ""
    no_namespaces: str = ""
    no_control_group: str = ""
    unknown: str = ""
    """Why nobody could find out; the level is then `process`, and may be too low."""

    @property
    def signals_stay_inside(self) -> bool:
        """Can a process that may send signals reach only what it started?"""
        return self.level == "full" or self.landlock >= 6

    def as_plain(self) -> dict[str, Any]:
        return asdict(self)


def of_plain(values: dict[str, Any]) -> Isolation:
    return Isolation(**values)


def satisfies(have: str, want: str) -> bool:
    """Is level `have` at least level `want`?"""
    order: tuple[str, ...] = ORDER
    return want in order and have in order and order.index(have) >= order.index(want)


def probed(at_most: Level = "full") -> Isolation:
    """What the kernel gives this process, tried out in children of it; call it with one thread."""
    if not LINUX or platform.machine() not in syscalls.ARCHITECTURES:
        return Isolation("process", 0, *(f"no {sys.platform} {platform.machine()}",) * 3)
    landlock = confinement.landlock_abi()
    seccomp = _why_not(_try_filter)
    found = Isolation("process", landlock, seccomp)
    if not landlock or seccomp:
        return replace(found, no_namespaces="-", no_control_group="-")
    found = replace(
        found, no_namespaces=_why_not(_try_namespaces), no_control_group=_why_not(_try_group)
    )
    best: Level = "rootless" if found.no_namespaces or found.no_control_group else "full"
    return replace(found, level=min(best, at_most, key=ORDER.index))


def _try_filter() -> None:
    confinement.no_new_rights()
    confinement.Fence().close_in()
    confinement.Filter((), apart=False, signals=False).load()


def _try_namespaces() -> None:
    confinement.new_namespaces()
    if child := os.fork():
        if os.waitpid(child, 0)[1]:
            raise confinement.Refused(1, "mounts")
        return
    try:
        confinement.private_mounts(tempfile.gettempdir(), 1, 16)
        confinement.next_child_apart()
        os._exit(0)
    finally:
        os._exit(1)


def _try_group() -> None:
    group = control_groups.made()
    if group is None:
        raise confinement.Refused(1, "none may be made")
    group.remove()


def _why_not(trial: Callable[[], None]) -> str:
    """Do it in a child; "" if it worked, else what the kernel said, or KILLED, twice."""
    said = _tried(trial)
    return _tried(trial) if said == KILLED else said


def _tried(trial: Callable[[], None]) -> str:
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        said = b"it did not end"
        try:
            os.close(read)
            trial()
            said = b""
        except OSError as error:
            said = str(error.strerror or error).encode()[:500] or b"refused"
        finally:
            os.write(write, said + b"\0")
            os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as file:
        told = file.read()
    os.waitpid(pid, 0)
    return told[:-1].decode(errors="replace") if told.endswith(b"\0") else KILLED


@functools.cache
def here() -> Isolation:
    """What there is on this machine, found out once by a process of its own; by a second one if
    the first is killed or does not end. If that fails too, the level is `process`, and the reasons
    say that nobody could find out."""
    why = ""
    for _ in range(2):
        try:
            told = subprocess.run(PROBE, capture_output=True, timeout=PROBE_SECONDS, check=True)
            return of_plain(json.loads(told.stdout))
        except (OSError, subprocess.SubprocessError, ValueError, TypeError) as error:
            why = f"the probe failed twice: {_short(error)}"
    return Isolation("process", 0, *(why,) * 3, unknown=why)


def _short(error: Exception) -> str:
    """How a probe failed, without the command line that it was."""
    if isinstance(error, subprocess.CalledProcessError):
        code = error.returncode
        return f"signal {-code}" if code < 0 else f"exit code {code}"
    if isinstance(error, subprocess.TimeoutExpired):
        return f"no reply within {error.timeout:g} s"
    return str(error)


def level() -> Level:
    """The level that gradings on this machine have."""
    return here().level


if __name__ == "__main__":
    sys.stdout.write(json.dumps(probed().as_plain()))
