"""Overflows the stack of C: callables, representations and comparisons nested without end."""
import functools
import sys

sys.setrecursionlimit(2**31 - 1)


def log_softmax(Z):
    f = int
    for _ in range(300_000):
        f = functools.partial(f)
    return f()


def loss_and_gradient(W, X, y):
    ring = []
    for _ in range(500_000):
        ring = [ring]
    return repr(ring), ring == ring


class Deep:
    __getattr__ = lambda self, name: getattr(self, name)


def masked_loss(Z, y, ignore_index=-100):
    return Deep().x
