"""One row after the other in plain Python: slow, and right."""
import math

import numpy as np


def log_softmax(Z):
    rows = []
    for row in np.asarray(Z).tolist():
        top = max(row)
        log_total = top + math.log(sum(math.exp(z - top) for z in row))
        rows.append([z - log_total for z in row])
    return np.array(rows)


def loss_and_gradient(W, X, y):
    d, k = W.shape
    loss, gradient = 0.0, np.zeros((d, k))
    for x, label in zip(X, y):
        logp = log_softmax([[float(x @ W[:, j]) for j in range(k)]])[0]
        loss -= logp[label]
        for j in range(k):
            gradient[:, j] += (math.exp(logp[j]) - (j == label)) * x
    return loss / len(y), gradient / len(y)


def masked_loss(Z, y, ignore_index=-100):
    gradient = np.zeros(Z.shape)
    real = [i for i, label in enumerate(y) if label != ignore_index]
    loss = 0.0
    for i in real:
        logp = log_softmax(Z[i : i + 1])[0]
        loss -= logp[y[i]] / len(real)
        for j in range(Z.shape[1]):
            gradient[i, j] = (math.exp(logp[j]) - (j == y[i])) / len(real)
    return loss, gradient
