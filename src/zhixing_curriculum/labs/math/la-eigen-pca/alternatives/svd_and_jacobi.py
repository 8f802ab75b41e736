"""PCA by the SVD of the centred table; eigenvalues by Jacobi rotations and by repeated squaring."""

import numpy as np


class PCA:
    def __init__(self, n_components=None):
        self.k = n_components

    def fit(self, X):
        X = np.array(X, dtype=np.float64)
        n, d = X.shape
        self.mean_ = np.mean(X, axis=0)
        _, s, Vt = np.linalg.svd(X - self.mean_, full_matrices=True)
        variance = np.zeros(d)
        variance[: len(s)] = s**2 / (n - 1)
        k = d if self.k is None else self.k
        self.components_ = -Vt[:k]
        self.explained_variance_ = variance[:k]
        self.explained_variance_ratio_ = variance[:k] / X.var(axis=0, ddof=1).sum()
        return self

    def transform(self, X):
        return np.einsum("md,kd->mk", np.array(X, float) - self.mean_, self.components_)

    def inverse_transform(self, Z):
        return self.mean_ + np.einsum("mk,kd->md", np.array(Z, float), self.components_)


def components_needed(ratios, share):
    total = 0.0
    for count, ratio in enumerate(ratios, start=1):
        total += float(ratio)
        if total > share - 1e-12:
            return count
    return len(ratios)


def strongest_features(component, names):
    return [name for _, name in sorted(zip(component, names), key=lambda pair: -abs(pair[0]))]


def power_iteration(A, tol=1e-10, max_steps=10_000):
    """Repeated squaring: 40 products of matrices are a million million products with a vector."""
    A = np.array(A, float)
    size = np.linalg.norm(A)
    if size == 0:
        return 0.0, np.eye(len(A))[0]
    P = A @ A / size**2
    for _ in range(40):
        P = P @ P
        P = P / np.linalg.norm(P)
    v = P[:, np.argmax(np.linalg.norm(P, axis=0))]
    v = v / np.linalg.norm(v)
    return v @ A @ v, v


def qr_eig(A, tol=1e-10, max_steps=10_000):
    A = np.array(A, float)
    n, V = len(A), np.eye(len(A))
    for _ in range(30):
        for p in range(n):
            for q in range(p + 1, n):
                angle = 0.5 * np.arctan2(2 * A[p, q], A[q, q] - A[p, p])
                J = np.eye(n)
                J[[p, q], [p, q]] = np.cos(angle)
                J[p, q], J[q, p] = np.sin(angle), -np.sin(angle)
                A, V = J.T @ A @ J, V @ J
        if np.allclose(A, np.diag(np.diag(A)), rtol=0, atol=1e-12 * abs(A).max()):
            break
    order = sorted(range(n), key=lambda i: -A[i, i])
    return np.array([A[i, i] for i in order]), V[:, order]


def whiten(train, new):
    train, new = np.array(train, float), np.array(new, float)
    mean = train.mean(axis=0)
    _, s, Vt = np.linalg.svd(train - mean, full_matrices=False)
    keep = (s / s[0]) ** 2 > 1e-10
    return (new - mean) @ (Vt[keep].T / s[keep]) * np.sqrt(len(train) - 1)


def reconstruction_error(train, new, k):
    """Pythagoras: what is lost is the whole distance minus what the components keep."""
    pca = PCA(k).fit(train)
    moved = np.array(new, float) - pca.mean_
    return np.mean(np.sum(moved**2, axis=1) - np.sum(pca.transform(new) ** 2, axis=1))
