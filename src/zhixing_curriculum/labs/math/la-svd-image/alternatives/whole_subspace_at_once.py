"""All k directions together: orthogonal iteration on the smaller Gram matrix, then a small rotation."""

import math

import numpy as np


def svd_power(A, k):
    A = np.array(A, dtype=np.float64)
    m, n = A.shape
    if m < n:
        U, s, Vt = svd_power(A.T, k)
        return Vt.T, s, U.T
    gram = A.T @ A
    V = np.linalg.qr(np.cos(np.outer(np.arange(n) + 1, np.arange(n) * 2.3 + 0.7)))[0]
    for _ in range(400):
        V = np.linalg.qr(gram @ V)[0]
    V = V[:, :k]
    image = A @ V
    s = np.sqrt((image**2).sum(axis=0))
    order = np.argsort(-s)
    V, image, s = V[:, order], image[:, order], s[order]
    s = np.where(s < 1e-14 * max(s[0], 1e-300), 0, s)
    U = image / np.where(s > 0, s, 1)
    return U, s, V.T


def low_rank(A, k):
    """The projection on the k strongest left directions, from an eigendecomposition."""
    A = np.array(A, float)
    values, vectors = np.linalg.eigh(A @ A.T)
    P = vectors[:, np.argsort(-values)[:k]]
    return P @ (P.T @ A)


def truncation_error(s, k):
    return math.hypot(*s[k:]) if k < len(s) else 0.0


def psnr(a, b, peak=255):
    a, b = np.array(a, np.float64), np.array(b, np.float64)
    rms = np.sqrt(np.mean(np.square(a - b)))
    with np.errstate(divide="ignore"):
        return 20 * np.log10(peak / rms)


def rank_for_energy(s, p):
    whole, held = math.fsum(x * x for x in s), 0.0
    for k, x in enumerate(s, 1):
        held += x * x
        if held / whole > p - 1e-12:
            return k
    return len(s)


def storage_ratio(shape, k):
    stored = shape[0] * k + k + k * shape[1]
    return stored / math.prod(shape)


def compress(image, k):
    B = low_rank(image, k)
    B[B < 0] = 0
    B[B > 255] = 255
    return np.floor(B + 0.5).astype("uint8")
