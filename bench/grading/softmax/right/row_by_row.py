import numpy as np


def log_softmax(Z):
    out = np.zeros(np.shape(Z))
    for i, row in enumerate(Z):
        top = max(row)
        total = sum(np.exp(z - top) for z in row)
        out[i] = [z - top - np.log(total) for z in row]
    return out


def loss_and_gradient(W, X, y):
    loss, gradient = 0.0, np.zeros(W.shape)
    for x, label in zip(X, y, strict=True):
        logp = log_softmax([x @ W])[0]
        p = np.exp(logp)
        p[label] -= 1
        loss -= logp[label] / len(y)
        gradient += np.outer(x, p) / len(y)
    return loss, gradient
