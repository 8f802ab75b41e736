"""Starts programs without waiting for any. (At most one hundred and fifty.)"""
import subprocess
import time

started = []


def run(code):
    for _ in range(150):
        try:
            started.append(subprocess.Popen(["sleep", "600"]))
        except OSError:
            pass
    time.sleep(60)


statuses = run
