"""Gives a list that contains itself, and a dict of a million keys."""


def log_softmax(Z):
    ring = []
    ring.append(ring)
    return ring


def loss_and_gradient(W, X, y):
    return {n: [n] * 10 for n in range(1_000_000)}
