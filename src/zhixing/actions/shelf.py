"""What a long-running door remembers between desks: the catalog, while its files stay the same.

A command reads everything once and ends; a server would read it anew for every page.
"""

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from operator import is_
from pathlib import Path
from typing import TypeVar, cast

from zhixing.errors import Letter
from zhixing.records import Catalog

Read = tuple[Catalog, tuple[Letter, ...]]
T = TypeVar("T")
MOST = 200


class Shelf:
    """The last catalog read, with the state of the folders it was read from; and by name what
    others made and may make again."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._state: tuple[object, ...] | None = None
        self._read: Read | None = None
        self._things: dict[object, object] = {}

    def catalog(self, folders: Sequence[Path], read: Callable[[], Read]) -> Read:
        """What `read` gives, asked only when a file below the folders came, went or changed."""
        state = tuple(_seen(folders))
        with self._lock:
            if self._read is None or state != self._state:
                self._read, self._state = read(), state
            return self._read

    def recall(self, name: object, otherwise: Callable[[], T]) -> T:
        """What was put under `name`; where nothing was, what `otherwise` makes, and keeps."""
        with self._lock:
            known = self._things.get(name)
        if known is None:
            known = otherwise()
            self.put(name, known)
        return cast(T, known)

    def derived(self, name: str, basis: tuple[object, ...], make: Callable[[], T]) -> T:
        """What `make` gives, kept under `name` as long as it rests on the very same things."""
        known = self.recall(name, lambda: ((), None))
        kept, thing = cast(tuple[tuple[object, ...], object], known)
        if len(kept) == len(basis) and all(map(is_, kept, basis)):
            return cast(T, thing)
        made = make()
        self.put(name, (basis, made))
        return made

    def put(self, name: object, thing: object) -> None:
        """Keep `thing` under `name`. Only the newest few hundred are kept."""
        with self._lock:
            self._things.pop(name, None)
            self._things[name] = thing
            while len(self._things) > MOST:
                del self._things[next(iter(self._things))]


def _seen(folders: Sequence[Path]) -> Iterator[object]:
    """Name, size and time of every file, to four folders deep: as deep as a pack goes."""
    for folder in folders:
        yield from _below(str(folder), 5)


def _below(folder: str, depth: int) -> Iterator[object]:
    try:
        with os.scandir(folder) as entries:
            listed = sorted(entries, key=lambda entry: entry.name)
    except OSError as trouble:
        yield folder, trouble.errno
        return
    for entry in listed:
        if entry.name == "__pycache__":
            continue
        if entry.is_dir():
            if depth:
                yield from _below(entry.path, depth - 1)
            continue
        try:
            seen = entry.stat()
        except OSError as trouble:
            yield entry.path, trouble.errno
        else:
            yield entry.path, seen.st_size, seen.st_mtime_ns
