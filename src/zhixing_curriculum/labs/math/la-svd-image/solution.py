import numpy as np


def svd_power(A, k):
    """The k leading singular triples of A (m, n) by power iteration: U (m, r), s (r,), V (n, r).

    A is close to (U * s) @ V.T; s falls; the columns of U and of V are orthonormal. A singular
    value of at most 1e-10 times |A| (Frobenius) counts as 0: it and all later ones are left out,
    so r is k or the rank of A, whichever is smaller.
    """
    # <answer> find the strongest direction, take its share out of A, and look again
    rest = np.array(A, dtype=float)
    m, n = rest.shape
    tiny = 1e-10 * np.linalg.norm(rest)
    rng = np.random.default_rng(0)
    U, s, V = np.zeros((m, k)), np.zeros(k), np.zeros((n, k))
    for found in range(k):
        v = rng.normal(size=n)
        v /= np.linalg.norm(v)
        for _ in range(2000):
            old, v = v, rest.T @ (rest @ v)
            length = np.linalg.norm(v)
            if length <= tiny**2:
                break
            v = v / length
            if np.linalg.norm(v - old) < 1e-13:
                break
        stretched = rest @ v
        sigma = np.linalg.norm(stretched)
        if sigma <= tiny:
            return U[:, :found], s[:found], V[:, :found]
        U[:, found], s[found], V[:, found] = stretched / sigma, sigma, v
        rest = rest - sigma * np.outer(U[:, found], v)
    return U, s, V
    # </answer>


def rebuild(U, s, V):
    """The matrix (m, n) with these singular triples. U: (m, r), s: (r,), V: (n, r)."""
    # <answer> a sum of r outer products
    return (U * s) @ V.T
    # </answer>


def truncation_error(s, k):
    """|A - A_k| (Frobenius) when the first k of all singular values s of A are kept."""
    # <answer> Eckart-Young: only what is left out counts
    return float(np.sqrt((np.asarray(s, dtype=float)[k:] ** 2).sum()))
    # </answer>


def compress(image, k):
    """The best rank-k approximation of a grey image (m, n), as floats, neither rounded nor cut."""
    # <answer> np.linalg.svd may be used from here on
    U, s, Vt = np.linalg.svd(np.asarray(image, dtype=float), full_matrices=False)
    return rebuild(U[:, :k], s[:k], Vt[:k].T)
    # </answer>


def psnr(a, b, peak=255.0):
    """Peak signal-to-noise ratio in decibels of two images of one shape; inf if they are equal."""
    # <answer> mean squared error against the square of the peak
    mse = ((np.asarray(a, dtype=float) - np.asarray(b, dtype=float)) ** 2).mean()
    if mse == 0:
        return float("inf")
    return float(10 * np.log10(peak**2 / mse))
    # </answer>


def rank_for_energy(s, p):
    """The smallest k for which the first k squares of s are at least the share p of all squares.

    s: falling singular values, 0 < p <= 1.
    """
    # <answer> energy is the sum of squares
    energy = np.cumsum(np.asarray(s, dtype=float) ** 2)
    return int((energy < p * energy[-1]).sum()) + 1
    # </answer>


def storage_ratio(shape, k):
    """Numbers stored at rank k (U, s and V) over numbers in the full matrix. shape: (m, n)."""
    # <answer> count them
    m, n = shape
    return k * (m + n + 1) / (m * n)
    # </answer>
