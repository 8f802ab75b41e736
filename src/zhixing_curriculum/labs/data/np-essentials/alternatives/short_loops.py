"""A loop over the few (features, window positions, classes) is as fast as none over the many."""

import numpy as np


def standardize(X):
    X = np.asarray(X).astype(float)
    out = np.zeros(X.shape)
    for j in range(X.shape[1]):
        column = X[:, j]
        if len(column) and column.max() > column.min():
            out[:, j] = (column - column.mean()) / column.std()
    return out


def outer_by_broadcast(u, v):
    return np.einsum("i,j->ij", u, v)


def pairwise_dist(A, B):
    A, B = np.asarray(A, float), np.asarray(B, float)
    total = np.zeros((A.shape[0], B.shape[0]))
    for k in range(A.shape[1]):
        total += np.subtract.outer(A[:, k], B[:, k]) ** 2
    return total**0.5


def one_hot(y, k):
    y = np.asarray(y, int)
    if len(y) and (y.min() < 0 or y.max() >= k):
        raise ValueError("no such class")
    return np.eye(k)[y]


def argtopk(S, k):
    S = np.array(S, dtype=float)
    picks = np.zeros((len(S), k), dtype=int)
    rows = np.arange(len(S))
    for place in range(k):
        picks[:, place] = S.argmax(axis=1)
        S[rows, picks[:, place]] = -np.inf
    return picks


def where_clip(X, low, high):
    low, high = np.asarray(low)[:, np.newaxis], np.asarray(high)[:, np.newaxis]
    X = np.asarray(X)
    Y = X.astype(np.result_type(X, low, high))
    under, over = Y < low, Y > high
    Y[under] = np.broadcast_to(low, Y.shape)[under]
    Y[over] = np.broadcast_to(high, Y.shape)[over]
    return Y, np.logical_or(under, over)


def moving_avg(x, w):
    x = np.asarray(x, float)
    if w not in range(1, len(x) + 1):
        raise ValueError(w)
    total = np.zeros(len(x) - w + 1)
    for start in range(w):
        total += x[start : start + len(total)]
    return total / w


def im2patches(image, size, stride):
    image = np.asarray(image)
    rows = (image.shape[0] - size) // stride + 1
    cols = (image.shape[1] - size) // stride + 1
    out = np.empty((rows, cols, size, size), dtype=image.dtype)
    for r in range(size):
        for c in range(size):
            out[:, :, r, c] = image[r::stride, c::stride][:rows, :cols]
    return out
