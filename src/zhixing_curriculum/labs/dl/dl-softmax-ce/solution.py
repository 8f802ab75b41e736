import numpy as np


def log_softmax(Z):
    """Row-wise log-probabilities. Z: (n, k) logits -> (n, k), in nats."""
    # <answer> keep every exponent at or below zero, and stay in logs
    Z = np.asarray(Z, dtype=float)
    Z = Z - Z.max(axis=1, keepdims=True)
    return Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))
    # </answer>


def loss_and_gradient(W, X, y):
    """Mean cross-entropy (nats) and its gradient (d, k).

    W: (d, k) weights, X: (n, d) features, y: (n,) integer labels.
    """
    # <answer> no loop over rows is needed
    rows = np.arange(len(y))
    logP = log_softmax(X @ W)
    P = np.exp(logP)
    P[rows, y] -= 1
    return -logP[rows, y].mean(), X.T @ P / len(y)
    # </answer>


def masked_loss(Z, y, ignore_index=-100):
    """Mean cross-entropy (nats) over the rows that count, and its gradient (n, k) in Z.

    Z: (n, k) logits, y: (n,) integer labels; a row whose label is `ignore_index` (padding) does
    not count. No row counts: the loss is 0 and so is the gradient.
    """
    # <answer> which rows count, and how many are there?
    counts = y != ignore_index
    n = counts.sum()
    gradient = np.zeros(np.shape(Z))
    if n == 0:
        return 0.0, gradient
    logP = log_softmax(Z)[counts]
    rows = np.arange(n)
    P = np.exp(logP)
    P[rows, y[counts]] -= 1
    gradient[counts] = P / n
    return -logP[rows, y[counts]].mean(), gradient
    # </answer>
