"""Starts as many threads as there may be, each of them busy. (At most three hundred.)"""
import threading
import time

started = []


def squares(xs, workers):
    for _ in range(300):
        started.append(threading.Thread(target=lambda: any(iter(int, 1))))
        started[-1].start()
    time.sleep(60)


meet = lambda workers: squares(0, 0)
