"""Recurses past any stack."""
import sys

sys.setrecursionlimit(10**8)


def log_softmax(Z):
    return log_softmax([Z])


loss_and_gradient = masked_loss = lambda *a: log_softmax(0)
