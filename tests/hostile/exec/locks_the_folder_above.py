"""Shuts the folder in which all rooms are, and its own, so that nobody gets one after it."""
# needs: rootless
import os
import stat


def run(code):
    for path in ("../2", "../1", "..", "."):
        try:
            before = stat.S_IMODE(os.stat(path).st_mode)
            os.chmod(path, 0)
        except OSError:
            continue
        if path != "." and stat.S_IMODE(os.stat(path).st_mode) != before:
            print("ATTACK-REACHED", path, flush=True)
            os.chmod(path, before)
    return ""


statuses = run
