"""`python nobody.py FOLDERS COMMAND …`: run a command as a user who has no rights at all.

Started as root. Folders (joined by `:`) that the command needs may lie where only root may enter:
in a mount namespace of its own, what keeps others out is covered by an empty folder that holds just
them, at their usual place. Nothing is copied, and nothing outside sees any of it.
"""

import ctypes
import os
import sys
from pathlib import Path

NOBODY = 65534
CLONE_NEWNS, MS_BIND, MS_REC, MS_PRIVATE = 0x20000, 0x1000, 0x4000, 0x40000
libc = ctypes.CDLL(None, use_errno=True)


def main() -> None:
    needed = [Path(name).resolve() for name in sys.argv[1].split(":")]
    if closed := {shut for path in needed if (shut := shut_folder(path))}:
        refused = libc.unshare(CLONE_NEWNS) or libc.mount(
            b"", b"/", None, MS_REC | MS_PRIVATE, None
        )
        if refused:
            raise SystemExit("Python lies where only root may go, and nothing may be mounted")
        for folder in closed:
            cover(folder, [path for path in needed if path.is_relative_to(folder)])
    os.setgroups([])
    os.setresgid(NOBODY, NOBODY, NOBODY)
    os.setresuid(NOBODY, NOBODY, NOBODY)
    os.execv(sys.argv[2], sys.argv[2:])


def shut_folder(path: Path) -> Path | None:
    """The outermost folder on the way to `path` that others may not enter."""
    way = [*reversed(path.parents), path]
    return next((folder for folder in way if not folder.stat().st_mode & 0o001), None)


def cover(folder: Path, needed: list[Path]) -> None:
    kept = {path: os.open(path, os.O_PATH | os.O_DIRECTORY) for path in needed}
    mount(b"none", folder, b"tmpfs", 0, b"mode=755")
    for path, fd in sorted(kept.items()):
        if not path.is_dir():  # else it lies in one of the others
            path.mkdir(parents=True)
            mount(f"/proc/self/fd/{fd}".encode(), path, None, MS_BIND | MS_REC, None)
        os.close(fd)


def mount(source: bytes, target: Path, kind: bytes | None, flags: int, data: bytes | None) -> None:
    if libc.mount(source, bytes(target), kind, flags, data):
        raise SystemExit(f"{target}: {os.strerror(ctypes.get_errno())}")


if __name__ == "__main__":
    main()
