import numpy as np


def lstsq_normal(A, b):
    """x (n,) that minimises |Ax - b|, from the normal equations. A: (m, n), b: (m,).

    A wide A (m < n) has no single answer: ValueError.
    """
    # <answer> the rest b - Ax is perpendicular to every column of A
    A, b = np.asarray(A, dtype=float), np.asarray(b, dtype=float)
    if A.shape[0] < A.shape[1]:
        raise ValueError("fewer equations than unknowns: the answer is not unique")
    return np.linalg.solve(A.T @ A, A.T @ b)
    # </answer>


def project(b, A):
    """The point (m,) of A's column space nearest to b. b: (m,), A: (m, n), columns independent."""
    # <answer> a combination of the columns: which one?
    return A @ lstsq_normal(A, b)
    # </answer>


def classical_gram_schmidt(A):
    """A = QR by the classical form: Q (m, n) orthonormal columns, R (n, n) upper triangular.

    A column that depends on the ones before it (what is left of it is no longer than 1e-14 times
    the column itself) has no direction of its own: ValueError.
    """
    # <answer> every product is taken with the column as it came
    A = np.asarray(A, dtype=float)
    m, n = A.shape
    Q, R = np.zeros((m, n)), np.zeros((n, n))
    for k in range(n):
        R[:k, k] = Q[:, :k].T @ A[:, k]
        v = A[:, k] - Q[:, :k] @ R[:k, k]
        R[k, k] = np.linalg.norm(v)
        if R[k, k] <= 1e-14 * np.linalg.norm(A[:, k]):
            raise ValueError(f"column {k} depends on the ones before it")
        Q[:, k] = v / R[k, k]
    return Q, R
    # </answer>


def modified_gram_schmidt(A):
    """The same A = QR, but every product is taken with what is left of the column by then."""
    # <answer> subtract one direction, and only then look at the next
    A = np.asarray(A, dtype=float)
    m, n = A.shape
    Q, R = np.zeros((m, n)), np.zeros((n, n))
    for k in range(n):
        v = A[:, k].copy()
        whole = np.linalg.norm(v)
        for j in range(k):
            R[j, k] = Q[:, j] @ v
            v -= R[j, k] * Q[:, j]
        R[k, k] = np.linalg.norm(v)
        if R[k, k] <= 1e-14 * whole:
            raise ValueError(f"column {k} depends on the ones before it")
        Q[:, k] = v / R[k, k]
    return Q, R
    # </answer>


def lstsq_qr(A, b):
    """x (n,) that minimises |Ax - b|, from the modified form. Dependent columns: ValueError."""
    # <answer> treat b like one more column: peel the directions off one by one
    Q, R = modified_gram_schmidt(A)
    rest = np.array(b, dtype=float)
    y = np.zeros(len(R))
    for k in range(len(R)):
        y[k] = Q[:, k] @ rest
        rest -= y[k] * Q[:, k]
    return np.linalg.solve(R, y)
    # </answer>


def cond(A):
    """Largest over smallest singular value of A (m, n); inf if the smallest is exactly 0."""
    # <answer> singular values of A itself
    s = np.linalg.svd(A, compute_uv=False)
    return float(s[0] / s[-1]) if s[-1] > 0 else float("inf")
    # </answer>


def lstsq_svd(A, b):
    """The shortest x (n,) among all that minimise |Ax - b|, for A (m, n) of any shape and rank.

    Singular values up to max(m, n) * eps * (the largest one) are rounding: they count as 0.
    """
    # <answer> which directions can b say something about?
    A, b = np.asarray(A, dtype=float), np.asarray(b, dtype=float)
    U, s, Vt = np.linalg.svd(A, full_matrices=False)
    real = s > max(A.shape) * np.finfo(float).eps * s[0]
    return Vt[real].T @ (U[:, real].T @ b / s[real])
    # </answer>


def hilbert_report(sizes):
    """For each n: solve Hx = b, H the n-by-n Hilbert matrix, b = H @ ones, by all three ways.

    A list of dicts {"n", "cond", "normal", "qr", "svd"}: cond(H), and each solver's relative error
    |x - ones| / |ones|; a solver that raises (it gave up) has error inf.
    """
    # <answer> the true answer is known here: compare with it
    rows = []
    for n in sizes:
        H = 1 / (np.arange(n)[:, None] + np.arange(n) + 1)
        truth = np.ones(n)
        row = {"n": int(n), "cond": cond(H)}
        for name, solver in (("normal", lstsq_normal), ("qr", lstsq_qr), ("svd", lstsq_svd)):
            try:
                x = solver(H, H @ truth)
            except ValueError:
                row[name] = float("inf")
            else:
                row[name] = float(np.linalg.norm(x - truth) / np.linalg.norm(truth))
        rows.append(row)
    return rows
    # </answer>
