"""Leaves daemons behind: double forks in sessions of their own, with a mark in their name."""
# needs: rootless
import os
import time


def leave():
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            os.execvp("sleep", ["zhixing-hostile-daemon", "600"])
        os._exit(0)
    print("ATTACK-REACHED a child", flush=True)
    os.wait()


def log_softmax(Z):
    for _ in range(3):
        leave()
    time.sleep(0.05)
    return Z
