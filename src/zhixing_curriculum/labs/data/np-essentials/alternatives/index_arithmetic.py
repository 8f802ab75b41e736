"""Index arrays, einsum, norms expanded around the centre, convolution: no sliding windows at all."""

import numpy as np


def standardize(X):
    X = np.array(X, dtype=np.float64)
    n = max(len(X), 1)
    ones = np.ones(len(X))
    X -= X[:1].sum(axis=0)  # now a constant column is exactly zero
    X -= ones @ X / n
    spread = np.sqrt(np.einsum("ij,ij->j", X, X) / n)
    return np.divide(X, spread, out=np.zeros_like(X), where=spread > 0)


def outer_by_broadcast(u, v):
    return np.multiply.outer(np.array(u), np.array(v))


def pairwise_dist(A, B):
    A, B = np.array(A, float), np.array(B, float)
    if len(A) == 0 or len(B) == 0:
        return np.zeros((len(A), len(B)))
    centre = (A.mean(axis=0) + B.mean(axis=0)) / 2
    A, B = A - centre, B - centre
    squares = (A * A).sum(axis=1, keepdims=True) + (B * B).sum(axis=1) - 2 * A @ B.T
    return np.sqrt(np.maximum(squares, 0))


def one_hot(y, k):
    y = np.array(y, dtype=np.int64).reshape(-1, 1)
    marks = y == np.arange(k)
    if not marks.any(axis=1).all():
        raise ValueError("a label is outside the classes")
    return marks.astype(np.float32)


def argtopk(S, k):
    S = np.array(S)
    m = S.shape[1]
    place = np.broadcast_to(np.arange(m), S.shape)
    order = np.lexsort((-place, S), axis=1)
    return order[:, m - k :][:, ::-1]


def where_clip(X, low, high):
    X = np.array(X, dtype=float)
    low, high = np.reshape(low, (-1, 1)), np.reshape(high, (-1, 1))
    Y = np.clip(X, low, high)
    return Y, ~np.isnan(X) & (Y != X)


def moving_avg(x, w):
    x = np.array(x, dtype=float)
    if w < 1 or w > x.size:
        raise ValueError("window")
    return np.convolve(x, np.full(w, 1 / w), mode="valid")


def im2patches(image, size, stride):
    image = np.array(image)
    rows = np.arange(0, image.shape[0] - size + 1, stride)
    cols = np.arange(0, image.shape[1] - size + 1, stride)
    inside = np.arange(size)
    r = rows[:, None, None, None] + inside[:, None]
    c = cols[:, None, None] + inside
    return image[r, c]
