"""One-sided Jacobi: rotate pairs of columns until all are at right angles; loops for the rest."""

import math

import numpy as np


def _jacobi(A):
    """Full U (m, n), s (n,), V (n, n) for m >= n."""
    W = np.array(A, float)
    n = W.shape[1]
    V = np.eye(n)
    for _ in range(60):
        turned = False
        for p in range(n):
            for q in range(p + 1, n):
                a, b, c = W[:, p] @ W[:, p], W[:, q] @ W[:, q], W[:, p] @ W[:, q]
                if abs(c) <= 1e-14 * math.sqrt(a * b) or c == 0:
                    continue
                turned = True
                angle = 0.5 * math.atan2(2 * c, a - b)
                turn = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
                W[:, [p, q]] = W[:, [p, q]] @ turn
                V[:, [p, q]] = V[:, [p, q]] @ turn
        if not turned:
            break
    s = np.linalg.norm(W, axis=0)
    order = np.argsort(s)[::-1]
    W, V, s = W[:, order], V[:, order], s[order]
    U = np.zeros_like(W)
    for i in range(n):
        if s[i] > 0:
            U[:, i] = W[:, i] / s[i]
    return U, s, V


def svd_power(A, k):
    A = np.array(A, float)
    if A.shape[0] >= A.shape[1]:
        U, s, V = _jacobi(A)
    else:
        V, s, U = _jacobi(A.T)
    return U[:, :k], s[:k], V[:, :k].T


def low_rank(A, k):
    U, s, Vt = np.linalg.svd(np.array(A, float))
    total = np.zeros(np.shape(A))
    for i in range(k):
        total += s[i] * np.outer(U[:, i], Vt[i])
    return total


def truncation_error(s, k):
    return np.linalg.norm(np.array(s)[k:])


def psnr(a, b, peak=255):
    pairs = list(zip(np.array(a).flatten().tolist(), np.array(b).flatten().tolist()))
    error = sum((x - y) ** 2 for x, y in pairs) / len(pairs)
    return math.inf if error == 0 else 10 * (2 * math.log10(peak) - math.log10(error))


def rank_for_energy(s, p):
    s = np.array(s, float)
    shares = s**2 / np.sum(s**2)
    return next(k for k in range(1, len(s) + 1) if shares[:k].sum() >= p - 1e-12)


def storage_ratio(shape, k):
    h, w = shape
    return k / h + k / w + k / (h * w)


def compress(image, k):
    rows = low_rank(image, k)
    return np.array([[min(255, max(0, round(x))) for x in row] for row in rows], dtype=np.uint8)
