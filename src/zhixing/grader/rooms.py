"""The private folders of answers, and the fences around them, in a fork server.

A room is made once and used by one answer after the other: emptied in between, never remade, so
that its Landlock ruleset is made once too. The server walks what an answer left without following
a link.
"""

import contextlib
import os
import shutil
import site
import subprocess
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from zhixing.grader import confinement
from zhixing.grader.confinement import EXECUTE, READ, READ_DIR, READ_FILE, WRITE_FILE

SYSTEM = (
    "/usr/lib", "/usr/lib64", "/usr/local/lib", "/lib", "/lib64", "/usr/share",
    "/etc/ld.so.cache", "/etc/localtime", "/etc/fonts", "/etc/mime.types",
    "/proc/cpuinfo", "/proc/meminfo", "/proc/stat", "/sys/devices/system/cpu",
)  # fmt: skip
"""Libraries, and facts about the machine that any program may read."""
PROGRAMS = ("/usr/bin", "/bin", "/usr/local/bin", "/lib64", "/usr/lib", "/lib", "/usr/lib64")
SHARED_MEMORY = "/dev/shm"
DEVICES = (("/dev/null", READ_FILE | WRITE_FILE), ("/dev/zero", READ_FILE),
           ("/dev/urandom", READ_FILE), ("/dev/random", READ_FILE))  # fmt: skip


@dataclass
class Room:
    """One folder; `fence` is None at level process."""

    path: str
    fence: confinement.Fence | None


class Rooms:
    """The rooms of one fork server; a free one is used again."""

    def __init__(self, base: str, fenced: bool, sandbox: Iterable[str], apart: bool) -> None:
        self.base, self.fenced, self.sandbox = base, fenced, frozenset(sandbox)
        self.apart = apart
        self.free: list[Room] = []
        self.count = 0
        self.readable = list(readable()) if fenced else []

    def take(self) -> Room:
        """An empty room. OSError where there is no space for one."""
        if self.free:
            return self.free.pop()
        self.count += 1
        path = f"{self.base}/{self.count}"
        os.mkdir(path, 0o700)  # noqa: PTH102
        return Room(path, self._fence(path) if self.fenced else None)

    def give_back(self, room: Room) -> None:
        """Empty it; a room that will not be emptied is not used again."""
        if self.apart and "processes" in self.sandbox:
            emptied(SHARED_MEMORY)
        if self.apart and "exec" in self.sandbox:  # where modes can be changed, this one was not
            os.chmod(self.base, 0o700)  # noqa: PTH101
        if emptied(room.path):
            self.free.append(room)
        else:
            force_removed(room.path)
            if room.fence is not None:
                os.close(room.fence.fd)

    def _fence(self, path: str) -> confinement.Fence:
        loopback = "loopback" in self.sandbox and self.apart
        fence = confinement.Fence(network=loopback)
        for allowed, rights in self.readable:
            fence.allow(allowed, rights)
        if "exec" in self.sandbox:
            for folder in (*PROGRAMS, sys.base_prefix, f"{sys.prefix}/bin"):
                fence.allow(folder, READ | EXECUTE)
            fence.allow(f"{sys.prefix}/pyvenv.cfg", READ)
        if self.apart and "processes" in self.sandbox:  # locks of multiprocessing lie there
            fence.allow(SHARED_MEMORY, confinement.WITHIN)
        fence.allow(path, confinement.WITHIN)
        return fence


def readable() -> Iterator[tuple[str, int]]:
    """What an answer may read: the libraries of Python and of the system, nothing of ours."""
    hidden = {Path(__file__).resolve().parents[1], *_our_packages()}
    roots = [*SYSTEM, *_libraries()]
    for root in dict.fromkeys(str(Path(root).resolve()) for root in roots if Path(root).exists()):
        yield from _around(Path(root), hidden)
    yield from DEVICES


def _libraries() -> list[str]:
    paths = sysconfig.get_paths()
    base = [str(Path(sys.base_prefix) / name) for name in ("lib", "lib64")]
    found = [paths[name] for name in ("stdlib", "platstdlib", "purelib", "platlib")]
    return [*base, *found, *(path for path in site.getsitepackages())]


def _our_packages() -> set[Path]:
    """Folders of this engine and of packs: they hold checks and solutions."""
    from importlib.metadata import entry_points
    from importlib.util import find_spec

    found = set()
    for entry in entry_points(group="zhixing.packs"):
        with contextlib.suppress(ImportError, ValueError):
            spec = find_spec(entry.value)
            found |= (
                {Path(p).resolve() for p in (spec.submodule_search_locations or ())}
                if spec
                else set()
            )
    return found


def _around(folder: Path, hidden: set[Path]) -> Iterator[tuple[str, int]]:
    """A folder, or what is in it, without the hidden ones. Names may be listed everywhere."""
    below = {path for path in hidden if path.is_relative_to(folder)}
    if not below:
        yield str(folder), READ
        return
    if folder in hidden:
        return
    yield str(folder), READ_DIR
    with contextlib.suppress(OSError):
        for entry in folder.iterdir():
            yield from _around(entry.resolve() if entry.is_symlink() else entry, hidden)


def emptied(path: str) -> bool:
    """Remove what lies in a folder. False if something stays."""
    try:
        with os.scandir(path) as entries:
            names = [(entry.path, entry.is_dir(follow_symlinks=False)) for entry in entries]
        if not names:
            return True
        for name, is_folder in names:
            if is_folder:
                shutil.rmtree(name, ignore_errors=True)
            else:
                os.unlink(name)  # noqa: PTH108
        os.chmod(path, 0o700)  # noqa: PTH101
        return not os.listdir(path)  # noqa: PTH208
    except (OSError, RecursionError):
        return False


def force_removed(path: str) -> None:
    """The same by the system's own rm, for what is too deep or was made unreadable."""
    for command in (["/bin/chmod", "-R", "u+rwX", "--", path], ["/bin/rm", "-rf", "--", path]):
        subprocess.run(command, check=False, capture_output=True)
