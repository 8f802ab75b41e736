"""Changes the array it has returned from another thread, while the driver packs and sends it."""
import threading

import numpy as np

shared = np.zeros((4, 3))


def churn():
    while True:
        shared[...] = np.random.rand(4, 3)


def log_softmax(Z):
    global shared
    shared = np.zeros(Z.shape)
    return shared


def loss_and_gradient(W, X, y):
    return shared, shared


try:
    threading.Thread(target=churn, daemon=True).start()
except RuntimeError:
    pass
