"""How does a file come to be whole or not at all, when two processes may make it at once?"""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory


def make_once(path: Path, make: Callable[[Path], None]) -> None:
    """Lets `make` write a file elsewhere in the same folder, and gives it the name `path` at last.

    Who comes second keeps the first one's file. A crash leaves a folder `.new-…` and nothing else.
    Raises OSError.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".new-", dir=path.parent) as workbench:
        made = Path(workbench) / path.name
        make(made)
        _name(made, path)


def _name(made: Path, path: Path) -> None:
    """A hard link is made or refused in one step, on POSIX and on NTFS.

    File systems without links (FAT, on a stick) rename: there two first starts in the same
    millisecond could both win, and one new file replace the other.
    """
    try:
        path.hardlink_to(made)
    except FileExistsError:
        return
    except OSError:
        if not path.exists():
            made.rename(path)
