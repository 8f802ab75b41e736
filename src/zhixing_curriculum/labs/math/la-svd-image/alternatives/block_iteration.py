"""Orthogonal iteration on a whole block, rmse and decibels of amplitudes, plain counting."""
import math

import numpy as np


def svd_power(A, k):
    A = np.array(A, float)
    V = np.linalg.qr(np.random.default_rng(7).standard_normal((A.shape[1], min(k, *A.shape))))[0]
    for _ in range(400):
        V = np.linalg.qr(A.T @ (A @ V))[0]
    W = A @ V
    s = np.sqrt((W * W).sum(axis=0))
    order = np.argsort(-s)
    order = order[s[order] > 1e-10 * np.linalg.norm(A)]
    return W[:, order] / s[order], s[order], V[:, order]


def rebuild(U, s, V):
    total = np.zeros((len(U), len(V)))
    for u, sigma, v in zip(U.T, s, V.T):
        total += sigma * np.outer(u, v)
    return total


def truncation_error(s, k):
    return math.hypot(*s[k:])


def compress(image, k):
    A = np.array(image, float)
    _, V = np.linalg.eigh(A.T @ A)
    V = V[:, ::-1][:, :k]
    return A @ V @ V.T


def psnr(a, b, peak=255.0):
    gap = np.subtract(a, b, dtype=float)
    rmse = math.sqrt(np.vdot(gap, gap) / gap.size)
    return 20 * math.log10(peak / rmse) if rmse else math.inf


def rank_for_energy(s, p):
    squares = [float(x) * float(x) for x in s]
    total, kept = math.fsum(squares), 0.0
    for k, square in enumerate(squares, start=1):
        kept += square
        if kept >= p * total * (1 - 1e-15):
            return k
    return len(squares)


def storage_ratio(shape, k):
    kept = shape[0] * k + k + shape[1] * k
    return kept / (shape[0] * shape[1])
