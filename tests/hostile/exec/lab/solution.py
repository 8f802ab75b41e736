import subprocess
import sys


def run(code):
    """What a new Python prints that runs `code`."""
    # <answer>
    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True)
    return done.stdout
    # </answer>


def statuses(names):
    """The exit status of each program in names."""
    # <answer>
    return [subprocess.run([name]).returncode for name in names]
    # </answer>
