"""Leaves daemons behind: double forks in sessions of their own, with a mark in their name."""
import os
import time


def leave():
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            os.execvp("sleep", ["zhixing-lingering-child", "600"])
        os._exit(0)
    os.wait()


def log_softmax(Z):
    for _ in range(3):
        leave()
    time.sleep(0.05)
    return Z
