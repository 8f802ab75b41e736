"""Kills the fork server that made it."""
import os
import signal


def log_softmax(Z):
    os.kill(os.getppid(), signal.SIGKILL)
    return Z
