"""Gram–Schmidt that clears the whole rest at once, b carried as one more column, Cholesky, pinv."""
import math

import numpy as np


def lstsq_normal(A, b):
    m, n = np.shape(A)
    if m < n:
        raise ValueError("wide")
    A = np.array(A, float)
    L = np.linalg.cholesky(A.T @ A)
    return np.linalg.solve(L.T, np.linalg.solve(L, A.T @ b))


def project(b, A):
    Q, _ = np.linalg.qr(np.array(A, float))
    return Q @ (Q.T @ b)


def classical_gram_schmidt(A):
    A = np.array(A, float)
    Q = np.empty((len(A), 0))
    R = np.zeros((A.shape[1],) * 2)
    for k, a in enumerate(A.T):
        dots = a @ Q
        left = a - (Q * dots).sum(axis=1)
        length = math.sqrt(left @ left)
        if length <= 1e-14 * math.sqrt(a @ a):
            raise ValueError("dependent")
        R[:k, k], R[k, k] = dots, length
        Q = np.column_stack([Q, left / length])
    return Q, R


def peel(A, rhs=()):
    V = np.column_stack([np.array(A, float), *[np.array(r, float) for r in rhs]])
    n = np.shape(A)[1]
    start = np.sqrt((V**2).sum(axis=0))
    R = np.zeros((n, V.shape[1]))
    for k in range(n):
        R[k, k] = math.sqrt(V[:, k] @ V[:, k])
        if R[k, k] <= 1e-14 * start[k]:
            raise ValueError("dependent")
        V[:, k] /= R[k, k]
        R[k, k + 1 :] = V[:, k] @ V[:, k + 1 :]
        V[:, k + 1 :] -= np.outer(V[:, k], R[k, k + 1 :])
    return V[:, :n], R


def modified_gram_schmidt(A):
    return peel(A)


def lstsq_qr(A, b):
    n = np.shape(A)[1]
    _, R = peel(A, [b])
    x = R[:, n].copy()
    for i in reversed(range(n)):
        x[i] = (x[i] - R[i, i + 1 : n] @ x[i + 1 :]) / R[i, i]
    return x


def cond(A):
    return np.linalg.cond(np.array(A, float))


def lstsq_svd(A, b):
    return np.linalg.pinv(A, rcond=max(np.shape(A)) * np.finfo(float).eps) @ b


def hilbert_report(sizes):
    def error(solver, H):
        try:
            return float(np.sqrt(np.mean((solver(H, H.sum(axis=1)) - 1) ** 2)))
        except (ValueError, np.linalg.LinAlgError):
            return math.inf

    table = []
    for n in sizes:
        H = np.array([[1 / (i + j + 1) for j in range(n)] for i in range(n)])
        table.append(dict(n=n, cond=cond(H), normal=error(lstsq_normal, H), qr=error(lstsq_qr, H), svd=error(lstsq_svd, H)))
    return table
