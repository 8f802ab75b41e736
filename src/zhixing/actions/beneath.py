"""What lies below a folder that others filled, opened step by step: never through a link.

Each folder on the way is opened from the one above it, so that nothing which takes the place of
one meanwhile leads elsewhere. Where a system cannot do that, each step is looked at first.
"""

import os
import stat
from dataclasses import dataclass
from pathlib import Path

STEP_BY_STEP = os.open in os.supports_dir_fd and os.scandir in os.supports_fd
CAREFULLY = sum(
    getattr(os, flag, 0) for flag in ("O_NOFOLLOW", "O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC")
)
FOLDER = getattr(os, "O_DIRECTORY", 0)
PASSING = FOLDER | getattr(os, "O_PATH", os.O_RDONLY)
"""To go through a folder one need not be allowed to list it."""
READING = os.O_RDONLY | getattr(os, "O_BINARY", 0)

JUNCTION = 0xA0000003  # IO_REPARSE_TAG_MOUNT_POINT, which `stat` has on Windows alone


class Linked(OSError):
    """A link stands there, or on the way."""


@dataclass(frozen=True)
class Entry:
    """What lies in a folder, itself: a link is a link, wherever it leads."""

    name: str
    path: Path
    mode: int

    @property
    def is_folder(self) -> bool:
        return stat.S_ISDIR(self.mode)

    @property
    def is_link(self) -> bool:
        return stat.S_ISLNK(self.mode)

    @property
    def is_file(self) -> bool:
        return stat.S_ISREG(self.mode)


def entries(root: Path, folder: Path) -> list[Entry]:
    """What lies in a folder, hidden things aside, by name."""
    if not STEP_BY_STEP:
        _refuse_links(root, folder)
        return _sorted(folder, folder)
    number = _opened(root, folder, READING | FOLDER)
    try:
        return _sorted(number, folder)
    finally:
        os.close(number)


def _sorted(place: int | Path, folder: Path) -> list[Entry]:
    with os.scandir(place) as every:
        seen = [
            Entry(one.name, folder / one.name, _mode_of(one))
            for one in every
            if not one.name.startswith(".")
        ]
    return sorted(seen, key=lambda entry: os.fsencode(entry.name))


def _mode_of(entry: os.DirEntry[str]) -> int:
    """What an entry is; 0, nothing at all, where it is gone already."""
    try:
        return _mode(entry.stat(follow_symlinks=False))
    except OSError:
        return 0


def read(root: Path, file: Path, largest: int) -> bytes:
    """The bytes of a plain file; one more than `largest` of a larger one. Linked, or OSError."""
    if STEP_BY_STEP:
        number = _opened(root, file, READING)
    else:
        _refuse_links(root, file)
        number = os.open(file, READING | CAREFULLY)
    with os.fdopen(number, "rb", buffering=0) as stream:
        if not stat.S_ISREG(os.fstat(number).st_mode):
            raise OSError("not a plain file")
        raw = b""
        while len(raw) <= largest and (part := stream.read(largest + 1 - len(raw))):
            raw += part
    return raw


def link_on_the_way(root: Path, thing: Path) -> Path | None:
    """The first link from `root` down to a thing, itself included; None too where nothing is."""
    here = root
    for name in thing.relative_to(root).parts:
        here /= name
        try:
            if stat.S_ISLNK(_mode(here.lstat())):
                return here
        except OSError:
            return None
    return None


def _opened(root: Path, thing: Path, flags: int) -> int:
    """A descriptor of what lies below `root`, by way of folders alone."""
    steps = thing.relative_to(root).parts or (os.curdir,)
    here = os.open(root, PASSING | CAREFULLY)
    for left, name in zip(range(len(steps) - 1, -1, -1), steps, strict=True):
        above = here
        try:
            here = _step(above, name, PASSING if left else flags)
        finally:
            os.close(above)
    return here


def _step(above: int, name: str, flags: int) -> int:
    if name == os.pardir:
        raise Linked(f"{name} leads out of the folder")
    try:
        return os.open(name, flags | CAREFULLY, dir_fd=above)
    except OSError as trouble:
        if stat.S_ISLNK(os.lstat(name, dir_fd=above).st_mode):
            raise Linked(trouble.errno, trouble.strerror) from trouble
        raise


def _refuse_links(root: Path, thing: Path) -> None:
    if os.pardir in thing.relative_to(root).parts or link_on_the_way(root, thing):
        raise Linked("a link is on the way")


def _mode(found: os.stat_result) -> int:
    """The mode; a junction of Windows is a link here."""
    if getattr(found, "st_reparse_tag", 0) == JUNCTION:
        return stat.S_IFLNK
    return found.st_mode
