"""Removing folders whose contents an answer chose."""

import contextlib
import os
import shutil
import subprocess
import sys
import time

MOST_WAITING = 8
SCRIPT = """while IFS= read -r folder; do
rm -rf -- "$folder" || { chmod -R u+rwX -- "$folder"; rm -rf -- "$folder"; }
done"""


class Clearing:
    """Removes folders while other things go on: one after the other, and nobody waits, since what
    an answer made in a second may take many to remove. Whoever owns the folder above removes what
    is left when it ends."""

    def __init__(self) -> None:
        self.waiting: list[str] = []
        self.running: subprocess.Popen[bytes] | None = None

    def add(self, folder: str) -> None:
        """It goes out of the way at once, under another name. Past MOST_WAITING this waits, a
        second at most: a disk has an end."""
        aside = f"{folder}-gone"
        with contextlib.suppress(OSError):  # an answer that nothing shuts in moved it
            os.rename(folder, aside)  # noqa: PTH104
            self.waiting.append(aside)
            self._tell(aside)
        until = time.monotonic() + 1.0
        while self._left() > MOST_WAITING and time.monotonic() < until:
            time.sleep(0.01)

    def _tell(self, folder: str) -> None:
        """A shell that reads names, until this process ends."""
        if not self.processes:
            self.running = subprocess.Popen(
                ["/bin/sh", "-c", SCRIPT],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={"PATH": "/usr/bin:/bin"},
            )
        assert self.running is not None
        assert self.running.stdin is not None
        self.running.stdin.write(os.fsencode(folder) + b"\n")
        self.running.stdin.flush()

    def _left(self) -> int:
        self.waiting = [one for one in self.waiting if os.path.lexists(one)]
        return len(self.waiting)

    def end(self) -> None:
        """Leave the rest to whoever removes the folder above."""
        if self.running is not None:
            self.running.kill()
            self.running.communicate()

    @property
    def processes(self) -> frozenset[int]:
        """What must not be ended with an answer."""
        running = self.running
        return frozenset([running.pid] if running and running.poll() is None else ())


def remove(folder: str) -> None:
    """By the system's own rm: links are not followed, nothing is too deep, and names chosen by an
    answer never come into a process that later ones are forked from."""
    if sys.platform == "win32":  # nothing is forked there
        with contextlib.suppress(RecursionError):
            shutil.rmtree(folder, ignore_errors=True)
        return
    with contextlib.suppress(OSError):  # an empty one; this follows no link either
        os.rmdir(folder)  # noqa: PTH106
        return
    for command in (["/bin/chmod", "-R", "u+rwX", "--", folder], ["/bin/rm", "-rf", "--", folder]):
        subprocess.run(command, check=False, capture_output=True)
