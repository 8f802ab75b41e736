"""Leaves children that ended and are not waited for, and some that are stopped."""
import os
import signal


def squares(xs):
    for n in range(60):
        pid = os.fork()
        if pid == 0:
            if n % 2:
                os.kill(os.getpid(), signal.SIGSTOP)
            os._exit(0)
    return []


status_of_a_child = squares
