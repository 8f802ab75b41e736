"""The private folders of answers, and the fences around them, in a fork server.

A room is used by one answer after the other as long as none has touched it, so that its Landlock
ruleset is made once. One in which anything was written is removed.
"""

import contextlib
import os
import site
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from zhixing.grader import confinement, folders
from zhixing.grader.confinement import EXECUTE, READ, READ_DIR, READ_FILE, WRITE_FILE

SYSTEM = (
    "/usr/lib", "/usr/lib64", "/usr/local/lib", "/lib", "/lib64", "/usr/share",
    "/etc/ld.so.cache", "/etc/localtime", "/etc/fonts", "/etc/mime.types",
    "/proc/cpuinfo", "/proc/meminfo", "/proc/stat", "/sys/devices/system/cpu",
)  # fmt: skip
"""Libraries, and facts about the machine that any program may read."""
PROGRAMS = ("/usr/bin", "/bin", "/usr/local/bin", "/lib64", "/usr/lib", "/lib", "/usr/lib64")
SHARED_MEMORY = "/dev/shm"
PACKS = "zhixing.packs"
TICK_SECONDS = 0.005
"""Longer than a step of the clock that files are stamped with."""
DEVICES = (("/dev/null", READ_FILE | WRITE_FILE), ("/dev/zero", READ_FILE),
           ("/dev/urandom", READ_FILE), ("/dev/random", READ_FILE))  # fmt: skip


@dataclass
class Room:
    """One folder; `fence` is None at level process; `changed` is its time while untouched. Used
    from `usable` on (monotonic): whatever is done to it then has a later time."""

    path: str
    fence: confinement.Fence | None
    changed: int
    usable: float


class Rooms:
    """The rooms of one fork server; a free one is used again."""

    def __init__(self, base: str, fenced: bool, sandbox: Iterable[str], apart: bool) -> None:
        self.base, self.fenced, self.sandbox = base, fenced, frozenset(sandbox)
        self.apart = apart
        self.free: list[Room] = []
        self.clearing = folders.Clearing()
        self.count = 0
        self.readable = list(readable()) if fenced else []
        self.runnable = list(runnable()) if fenced and "exec" in self.sandbox else []
        self.shared_memory = _changed(SHARED_MEMORY) if apart else 0

    def take(self) -> Room:
        """An empty room. OSError where there is no space for one."""
        room = self.free.pop() if self.free else self._made()
        time.sleep(max(0.0, room.usable - time.monotonic()))
        return room

    def make_ready(self) -> None:
        """One free room more, while nobody waits for it."""
        self.free.append(self._made())

    def _made(self) -> Room:
        self.count += 1
        path = f"{self.base}/{self.count}"
        os.mkdir(path, 0o700)  # noqa: PTH102
        fence = self._fence(path) if self.fenced else None
        return Room(path, fence, _changed(path), time.monotonic() + TICK_SECONDS)

    def give_back(self, room: Room) -> None:
        """An untouched room is free again; another is removed, whatever was done in it: at once
        where all rooms share a small space, which the next answer needs; else by and by."""
        if self.apart and "exec" in self.sandbox:  # where modes can be changed, this one was not
            os.chmod(self.base, 0o700)  # noqa: PTH101
        if self.apart and "processes" in self.sandbox:
            self._clear_shared_memory()
        if _changed(room.path) == room.changed:
            self.free.append(room)
            return
        if self.apart:
            folders.remove(room.path)
        else:
            self.clearing.add(room.path)
        if room.fence is not None:
            os.close(room.fence.fd)

    def _clear_shared_memory(self) -> None:
        """A server that cannot clear it ends, and is replaced."""
        if _changed(SHARED_MEMORY) == self.shared_memory:
            return
        subprocess.run(
            ["/usr/bin/find", SHARED_MEMORY, "-mindepth", "1", "-delete"],
            check=False, capture_output=True,
        )  # fmt: skip
        os.chmod(SHARED_MEMORY, 0o700)  # noqa: PTH101
        if os.stat(SHARED_MEMORY).st_size:  # noqa: PTH116 - in memory a folder's size is its files
            raise SystemExit("shared memory is not to be cleared")
        self.shared_memory = _changed(SHARED_MEMORY)

    def _fence(self, path: str) -> confinement.Fence:
        loopback = "loopback" in self.sandbox and self.apart
        fence = confinement.Fence(network=loopback)
        for allowed, rights in self.readable:
            fence.allow(allowed, rights)
        for allowed, rights in self.runnable:
            fence.allow(allowed, rights)
        if self.apart and "processes" in self.sandbox:  # locks of multiprocessing lie there
            fence.allow(SHARED_MEMORY, confinement.WITHIN)
        fence.allow(path, confinement.WITHIN)
        return fence


def readable() -> Iterator[tuple[str, int]]:
    """What an answer may read: the libraries of Python and of the system, nothing of ours."""
    yield from _but_ours([*SYSTEM, *_libraries()])
    yield from DEVICES


def runnable() -> Iterator[tuple[str, int]]:
    """What an answer with the profile exec may start."""
    folders = [*PROGRAMS, f"{sys.base_prefix}/bin", f"{sys.prefix}/bin"]
    for path, rights in _but_ours(folders):
        yield path, rights | (EXECUTE if rights == READ else 0)
    yield f"{sys.prefix}/pyvenv.cfg", READ


def _but_ours(roots: Iterable[str]) -> Iterator[tuple[str, int]]:
    hidden = {Path(__file__).resolve().parents[1], *_our_packages()}
    for root in dict.fromkeys(str(Path(root).resolve()) for root in roots if Path(root).exists()):
        yield from _around(Path(root), hidden)


def _libraries() -> list[str]:
    paths = sysconfig.get_paths()
    base = [str(Path(sys.base_prefix) / name) for name in ("lib", "lib64")]
    found = [paths[name] for name in ("stdlib", "platstdlib", "purelib", "platlib")]
    return [*base, *found, *(path for path in site.getsitepackages())]


def _our_packages() -> set[Path]:
    """Folders of packs: they hold checks and solutions. Looked up where installed packages say what
    they offer (entry_points.txt): `importlib.metadata` takes five times as long."""
    from importlib.util import find_spec

    found = set()
    for module in _named_packs():
        with contextlib.suppress(ImportError, ValueError):
            spec = find_spec(module)
            places = spec.submodule_search_locations if spec else None
            found |= {Path(place).resolve() for place in places or ()}
    return found


def _named_packs() -> Iterator[str]:
    """The modules that installed packages name as packs."""
    for folder in sys.path:
        for said in Path(folder or ".").glob("*-info/entry_points.txt"):
            with contextlib.suppress(OSError):
                yield from _packs_in(said.read_text("utf-8", "replace"))


def _packs_in(entry_points: str) -> Iterator[str]:
    section = ""
    for line in entry_points.splitlines():
        if line.startswith("["):
            section = line.strip(" []")
        elif section == PACKS and "=" in line:
            yield line.partition("=")[2].partition("[")[0].strip()


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


def _changed(path: str) -> int:
    """When a folder was last changed: its entries, its mode, its times."""
    return os.stat(path).st_ctime_ns  # noqa: PTH116
