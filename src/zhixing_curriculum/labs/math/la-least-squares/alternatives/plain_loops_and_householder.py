"""Lists, loops and elimination by hand for the small things; LAPACK's Householder QR to solve."""
import numpy as np


def dot(u, v):
    return sum(float(p) * float(q) for p, q in zip(u, v))


def eliminate(G, c):
    n = len(c)
    rows = [[float(g) for g in row] + [float(t)] for row, t in zip(G, c)]
    for k in range(n):
        best = max(range(k, n), key=lambda i: abs(rows[i][k]))
        rows[k], rows[best] = rows[best], rows[k]
        for i in range(k + 1, n):
            f = rows[i][k] / rows[k][k]
            rows[i] = [p - f * q for p, q in zip(rows[i], rows[k])]
    x = [0.0] * n
    for i in range(n - 1, -1, -1):
        x[i] = (rows[i][n] - sum(rows[i][j] * x[j] for j in range(i + 1, n))) / rows[i][i]
    return np.array(x)


def lstsq_normal(A, b):
    columns = np.asarray(A).T.tolist()
    if len(columns) > len(columns[0]):
        raise ValueError("more unknowns than equations")
    return eliminate([[dot(p, q) for q in columns] for p in columns], [dot(p, b) for p in columns])


def project(b, A):
    total = np.zeros(len(b))
    for q in modified_gram_schmidt(A)[0].T:
        total += dot(q, b) * q
    return total


def gram_schmidt(A, modified):
    basis, R = [], np.zeros((np.shape(A)[1],) * 2)
    for k, a in enumerate(np.asarray(A).T.tolist()):
        left = list(a)
        for j, q in enumerate(basis):
            R[j, k] = dot(q, left if modified else a)
            left = [p - R[j, k] * t for p, t in zip(left, q)]
        R[k, k] = dot(left, left) ** 0.5
        if R[k, k] <= 1e-14 * dot(a, a) ** 0.5:
            raise ValueError("no new direction")
        basis.append([p / R[k, k] for p in left])
    return np.array(basis).T, R


def classical_gram_schmidt(A):
    return gram_schmidt(A, False)


def modified_gram_schmidt(A):
    return gram_schmidt(A, True)


def lstsq_qr(A, b):
    A = np.asarray(A, float)
    if A.shape[0] < A.shape[1]:
        raise ValueError("wide")
    Q, R = np.linalg.qr(A)
    if (abs(np.diag(R)) <= 1e-14 * np.linalg.norm(A, axis=0)).any():
        raise ValueError("dependent columns")
    return np.linalg.solve(R, Q.T @ b)


def cond(A):
    s = np.linalg.svd(np.asarray(A, float))[1]
    if min(s) == 0:
        return np.inf
    return max(s) / min(s)


def lstsq_svd(A, b):
    return np.linalg.lstsq(np.asarray(A, float), np.asarray(b, float), rcond=None)[0]


def hilbert_report(sizes):
    rows = []
    for n in sizes:
        H = np.fromfunction(lambda i, j: 1.0 / (i + j + 1), (n, n))
        rows.append({"n": n, "cond": float(cond(H))})
        for name in ("normal", "qr", "svd"):
            try:
                gap = globals()["lstsq_" + name](H, H @ np.ones(n)) - 1
                rows[-1][name] = dot(gap, gap) ** 0.5 / n**0.5
            except (ValueError, ZeroDivisionError):
                rows[-1][name] = float("inf")
    return rows
