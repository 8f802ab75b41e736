import numpy as np


def ellipse_axes(A):
    """The ellipse that the unit circle becomes under A (2, 2): U (2, 2), s (2,), V (2, 2).

    Column i of V is a unit direction; A takes it to s[i] times column i of U, a half-axis of the
    ellipse: A @ V is U * s, with s[0] >= s[1] >= 0. U and V have perpendicular columns of length 1,
    also where the ellipse is a circle, a segment or a point.
    """
    # <answer> the quadratic formula on the transpose of A times A; the area gives the short axis
    A = np.array(A, dtype=float)
    (a, b), (_, d) = A.T @ A
    gap = np.hypot(a - d, 2 * b)
    long = np.sqrt((a + d + gap) / 2)
    if long == 0:
        return np.eye(2), np.zeros(2), np.eye(2)
    x, y = (1.0, 0.0)
    if gap > 0:
        x, y = (a - d + gap, 2 * b) if a >= d else (2 * b, d - a + gap)
    v = np.array([x, y]) / np.hypot(x, y)
    u = A @ v / long
    area = A[0, 0] * A[1, 1] - A[0, 1] * A[1, 0]
    side = -1.0 if area < 0 else 1.0
    V = np.array([[v[0], -v[1]], [v[1], v[0]]])
    U = np.array([[u[0], -side * u[1]], [u[1], side * u[0]]])
    lengths = np.array([long, abs(area) / long])
    return U, lengths, V
    # </answer>


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


def compression_table(image, ranks, peak=255.0):
    """What each rank costs and keeps: a list of dicts, one for each of `ranks`, in their order.

    Keys: "rank"; "storage", as in storage_ratio; "psnr" in decibels against `peak`; "error", the
    relative error |A - A_k| / |A| (Frobenius). image: (m, n), not all zeros; 1 <= rank < min(m, n).
    """
    # <answer> the singular values alone tell all of it
    grey = np.asarray(image, dtype=float)
    s = np.linalg.svd(grey, compute_uv=False)
    rows = []
    for k in ranks:
        lost = truncation_error(s, k)
        row = {"rank": int(k), "storage": storage_ratio(grey.shape, k)}
        row["psnr"] = float(10 * np.log10(peak**2 * grey.size / lost**2))
        row["error"] = float(lost / np.linalg.norm(grey))
        rows.append(row)
    return rows
    # </answer>


def smallest_good_rank(image, psnr_floor, peak=255.0):
    """The smallest rank whose approximation of image (m, n) has a PSNR of at least psnr_floor.

    At least 1; min(m, n) where nothing less than the whole is good enough.
    """
    # <answer> which error is still allowed?
    grey = np.asarray(image, dtype=float)
    s = np.linalg.svd(grey, compute_uv=False)
    allowed = grey.size * peak**2 / 10 ** (psnr_floor / 10)
    for k in range(1, len(s)):
        if truncation_error(s, k) ** 2 <= allowed:
            return k
    return len(s)
    # </answer>
