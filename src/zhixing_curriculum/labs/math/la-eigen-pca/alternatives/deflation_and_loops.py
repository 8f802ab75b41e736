"""Nothing but products: every direction by power iteration, then it is taken off (deflation)."""

import math

import numpy as np


def _mean(X):
    return [sum(column) / len(X) for column in zip(*X)]


def _centred(X, mean):
    return np.array([[x - m for x, m in zip(row, mean)] for row in X]).reshape(len(X), len(mean))


def power_iteration(A, tol=1e-10, max_steps=10_000):
    A = np.array(A, float)
    v = np.cos(np.arange(len(A)) * 1.7 + 0.3)
    v = v / math.sqrt(v @ v)
    for _ in range(max_steps):
        w = A @ (A @ v)  # two products a step: the sign of the value cannot flip the vector
        length = math.sqrt(w @ w)
        if length == 0:
            break
        w = w / length
        moved = math.sqrt((w - v) @ (w - v))
        v = w
        if moved < 1e-13:
            break
    return float(v @ A @ v), v


def qr_eig(A, tol=1e-10, max_steps=10_000):
    rest = np.array(A, float)
    values, vectors = [], []
    for _ in range(len(rest)):
        value, v = power_iteration(rest)
        for known in vectors:
            v = v - (known @ v) * known
        v = v / np.linalg.norm(v)
        values.append(value)
        vectors.append(v)
        rest = rest - value * np.outer(v, v)
        rest = (rest + rest.T) / 2
        if abs(rest).max() < 1e-13 * max(map(abs, values)):
            rest = rest * 0
            basis = np.linalg.qr(np.column_stack([*vectors, np.eye(len(rest))]))[0]
            for v in basis.T[len(vectors) :]:
                values.append(0.0)
                vectors.append(v)
            break
    order = sorted(range(len(values)), key=lambda i: values[i], reverse=True)
    return np.array([values[i] for i in order]), np.array([vectors[i] for i in order]).T


class PCA:
    def __init__(self, n_components=None):
        self.n_components = n_components

    def fit(self, X):
        self.mean_ = np.array(_mean(X), float)
        centred = _centred(X, self.mean_)
        n, d = centred.shape
        covariance = sum(np.outer(row, row) for row in centred) / (n - 1)
        values, vectors = qr_eig(covariance)
        k = d if self.n_components is None else self.n_components
        self.components_ = np.array([vectors[:, i] for i in range(k)]).reshape(k, d)
        self.explained_variance_ = values[:k].copy()
        self.explained_variance_ratio_ = values[:k] / sum(covariance[i, i] for i in range(d))
        return self

    def transform(self, X):
        rows = [[c @ row for c in self.components_] for row in _centred(X, self.mean_)]
        return np.array(rows).reshape(len(X), len(self.components_))

    def inverse_transform(self, Z):
        return np.array([self.mean_ + sum(z * c for z, c in zip(row, self.components_)) for row in Z])


def components_needed(ratios, share):
    return next(k for k in range(1, len(ratios) + 1) if math.fsum(ratios[:k]) >= share - 1e-12)


def strongest_features(component, names):
    weight = dict(zip(names, map(abs, component)))
    return sorted(names, key=weight.get, reverse=True)


def whiten(train, new):
    pca = PCA().fit(train)
    kept = [i for i, v in enumerate(pca.explained_variance_) if v > 1e-10 * max(pca.explained_variance_)]
    deviations = [math.sqrt(pca.explained_variance_[i]) for i in kept]
    return pca.transform(new)[:, kept] / deviations


def reconstruction_error(train, new, k):
    pca = PCA().fit(train)
    Z = pca.transform(new)
    return float(sum(z * z for row in Z for z in row[k:]) / len(Z))
