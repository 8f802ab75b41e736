"""Has grandchildren that block every signal and burn CPU seconds, while it waits itself."""
import os
import signal


def squares(xs):
    if os.fork() == 0:
        for _ in range(2):
            if os.fork() == 0:
                signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
                while True:
                    pass
    os.wait()
    return []


status_of_a_child = squares
