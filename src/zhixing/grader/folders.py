"""Removing folders whose contents an answer chose."""

import contextlib
import os
import shutil
import subprocess
import sys


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
