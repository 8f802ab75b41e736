"""Forks and forks, and each child forks again. (At most two hundred.)"""
import os
import time


def bomb(left):
    while left > 1:
        left //= 2
        try:
            if os.fork() == 0:
                bomb(left)
        except OSError:
            pass
    time.sleep(60)
    os._exit(0)


def squares(xs):
    bomb(200)


status_of_a_child = squares
