"""Starts a new Python, free of what was patched or closed here, that attacks its ancestors."""
# needs: rootless
import subprocess
import sys

CODE = """
import os
def parent(pid):
    return int(open(f"/proc/{pid}/stat").read().rpartition(")")[2].split()[1])
pid = parent(os.getpid())
for _ in range(3):
    try:
        pid = parent(pid)
        if pid > 1:
            open(f"/proc/{pid}/mem", "rb").close()
            print("ATTACK-REACHED memory of an ancestor")
    except OSError:
        break
"""


def run(code):
    print(subprocess.run([sys.executable, "-I", "-c", CODE], capture_output=True, text=True).stdout, flush=True)
    return ""
