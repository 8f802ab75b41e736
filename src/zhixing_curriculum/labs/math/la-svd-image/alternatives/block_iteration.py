"""Axes from an angle, orthogonal iteration on a whole block, decibels of amplitudes, plain counting."""
import math

import numpy as np


def ellipse_axes(A):
    A = [[float(x) for x in row] for row in A]
    (p, q), (r, t) = A
    half = 0.5 * math.atan2(2 * (p * q + r * t), p * p + r * r - q * q - t * t)
    V = np.array([[math.cos(half), math.sin(half)], [math.sin(half), -math.cos(half)]])
    first, second = (np.array(A) @ V).T
    s0 = math.hypot(*first)
    u = first / s0 if s0 else np.array([1.0, 0.0])
    s1 = abs(p * t - q * r) / s0 if s0 else 0.0
    across = np.array([-u[1], u[0]])
    if across @ second < 0:
        across = -across
    return np.stack([u, across], axis=1), np.array([s0, s1]), V


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


def compression_table(image, ranks, peak=255.0):
    return [
        {"rank": k, "storage": storage_ratio(image.shape, k), "psnr": psnr(image, close, peak), "error": math.dist(np.ravel(image), np.ravel(close)) / np.sqrt(np.sum(np.square(image, dtype=float)))}
        for k in ranks
        for close in [compress(image, k)]
    ]


def smallest_good_rank(image, psnr_floor, peak=255.0):
    low, high = 0, min(image.shape)
    while high - low > 1:
        middle = (low + high) // 2
        if psnr(image, compress(image, middle), peak) >= psnr_floor:
            high = middle
        else:
            low = middle
    return high
