"""Control groups (cgroups(7)): a cap on memory and processes for a fork server and all below it.

Version 1 (a folder under each controller) and version 2 (one tree). Made by the keeper, joined by
the fork server before it imports anything; moving each answer would wait 8 ms for the kernel.
"""

import contextlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zhixing.grader import processes

ROOT = Path("/sys/fs/cgroup")
NAME = "zhixing-"
PROCESSES = 512
_count = 0


@dataclass(frozen=True)
class Group:
    """Folders that are one group: one in version 2, one a controller in version 1."""

    folders: tuple[Path, ...]
    memory_file: Path

    def as_plain(self) -> dict[str, Any]:
        return {"folders": list(map(str, self.folders)), "memory_file": str(self.memory_file)}

    def join(self) -> None:
        """Put the calling process into it."""
        for folder in self.folders:
            (folder / "cgroup.procs").write_text("0")

    def remove(self) -> None:
        for folder in self.folders:
            with contextlib.suppress(OSError):
                folder.rmdir()


def of_plain(values: dict[str, Any]) -> Group:
    return Group(tuple(map(Path, values["folders"])), Path(values["memory_file"]))


def _own(controller: str) -> Path | None:
    """Our group's folder: of a controller in version 1, of the one tree for ''."""
    with contextlib.suppress(OSError):
        for line in Path("/proc/self/cgroup").read_text().splitlines():
            _, names, path = line.split(":", 2)
            if controller in names.split(","):
                folder = ROOT / controller / path.lstrip("/")
                return folder if folder.is_dir() else ROOT / controller
    return None


def made() -> Group | None:
    """A new empty group with its caps set; None where we may not make one."""
    return _version_2() if (ROOT / "cgroup.controllers").exists() else _version_1()


def _version_1() -> Group | None:
    memory, pids = _own("memory"), _own("pids")
    if memory is None or pids is None:
        return None
    name = _next_name()
    group = Group((memory / name, pids / name), memory / name / "memory.limit_in_bytes")
    return group if _set_up(group, pids / name / "pids.max") else None


def _version_2() -> Group | None:
    """Below the root for root; else below our own group where it was delegated to us
    (`systemd-run --user --scope -p Delegate=yes`): we then move into a leaf first, since a group
    with processes of its own cannot hand controllers down."""
    name = _next_name()
    for parent in (ROOT, _own("")):
        if parent is None or not os.access(parent / "cgroup.subtree_control", os.W_OK):
            continue
        group = Group((parent / name,), parent / name / "memory.max")
        with contextlib.suppress(OSError):
            if parent != ROOT:
                (parent / "doors").mkdir(exist_ok=True)
                for pid in (parent / "cgroup.procs").read_text().split():
                    (parent / "doors" / "cgroup.procs").write_text(pid)
            (parent / "cgroup.subtree_control").write_text("+memory +pids")
        if _set_up(group, parent / name / "pids.max"):
            return group
    return None


def _set_up(group: Group, pids_file: Path) -> bool:
    try:
        for folder in group.folders:
            folder.mkdir()
        pids_file.write_text(str(PROCESSES))
        with group.memory_file.open("r+"):
            return True
    except OSError:
        group.remove()
        return False


def _next_name() -> str:
    global _count
    _count += 1
    return f"{NAME}{os.getpid()}-{_count}"


def clear_stale() -> None:
    """Remove groups whose keeper is no more."""
    own = [_own("memory"), _own("pids")] if not (ROOT / "cgroup.controllers").exists() else [
        ROOT, _own("")]  # fmt: skip
    for parent in own:
        with contextlib.suppress(OSError):
            for folder in (parent or ROOT).glob(f"{NAME}*"):
                pid = folder.name.removeprefix(NAME).partition("-")[0]
                if pid.isdigit() and not processes.alive(int(pid)):
                    with contextlib.suppress(OSError):
                        folder.rmdir()
