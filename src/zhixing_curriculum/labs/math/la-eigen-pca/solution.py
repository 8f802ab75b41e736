"""Principal components, from first use to first principles.

A table X is (n, d): n samples in rows, d features in columns, lists or arrays, ints or floats.
What is returned is numpy, in floats. No function changes its arguments.
"""

import numpy as np

# ---- iris: see four dimensions in two ----


class PCA:
    """Principal components of a table. `fit` learns them and sets

    mean_                      (d,)    the mean of each feature
    components_                (k, d)  one unit direction a row, the widest spread first
    explained_variance_        (k,)    the variance along each (divide by n - 1)
    explained_variance_ratio_  (k,)    its share in the variance of all d features together

    The sign of a direction is free. The names are scikit-learn's.
    """

    def __init__(self, n_components=None):
        """n_components: k, how many directions to keep; None keeps all d."""
        self.n_components = n_components

    def fit(self, X):
        """Learns from X: (n, d), n >= 2, and returns self."""
        # <answer> centre, covariance, directions from wide to narrow
        X = np.asarray(X, dtype=float)
        self.mean_ = X.mean(axis=0)
        centred = X - self.mean_
        covariance = centred.T @ centred / (len(X) - 1)
        values, vectors = np.linalg.eigh(covariance)
        widest = np.argsort(values)[::-1][: self.n_components]
        self.components_ = vectors[:, widest].T
        self.explained_variance_ = values[widest]
        self.explained_variance_ratio_ = values[widest] / values.sum()
        return self
        # </answer>

    def transform(self, X):
        """Coordinates of X: (m, d) along the components -> (m, k). X need not be what fit saw."""
        # <answer> from where are coordinates measured?
        return (np.asarray(X, dtype=float) - self.mean_) @ self.components_.T
        # </answer>

    def inverse_transform(self, Z):
        """Back from coordinates Z: (m, k) to the units of the table -> (m, d)."""
        # <answer> undo transform, last step first
        return np.asarray(Z, dtype=float) @ self.components_ + self.mean_
        # </answer>


def components_needed(ratios, share):
    """The fewest leading components that hold this share of the variance, as an int.

    ratios: (d,), falling, all d of them; share: above 0, at most 1. Rounding up to 1e-12 is
    forgiven.
    """
    # <answer> add the shares up from the left
    return int(np.argmax(np.cumsum(ratios) >= share - 1e-12)) + 1
    # </answer>


def strongest_features(component, names):
    """The names of the features, from the one that weighs most in a component to the least.

    component: (d,), names: d strings -> list of d strings.
    """
    # <answer> what does the sign of a weight say?
    return [names[i] for i in np.argsort(-np.abs(component))]
    # </answer>


# ---- eigen: where the directions come from ----


def power_iteration(A, tol=1e-10, max_steps=10_000):
    """The eigenvalue of largest absolute value, as a float, and a unit eigenvector (n,).

    A: (n, n), symmetric. Stops once |A v - value v| <= tol |A v|.
    """
    # <answer> multiply, normalise, repeat; measure the value with v itself
    A = np.asarray(A, dtype=float)
    v = np.random.default_rng(0).normal(size=len(A))
    v /= np.linalg.norm(v)
    for _ in range(max_steps):
        w = A @ v
        value = v @ w
        if np.linalg.norm(w - value * v) <= tol * np.linalg.norm(w):
            break
        v = w / np.linalg.norm(w)
    return float(value), v
    # </answer>


def qr_eig(A, tol=1e-10, max_steps=10_000):
    """All eigenvalues (n,), from large to small, and eigenvectors (n, n), column i for value i.

    A: (n, n), symmetric; no two eigenvalues of (nearly) the same absolute value.
    """
    # <answer> A = QR, then RQ, again and again; remember every Q
    A = np.array(A, dtype=float)
    V = np.eye(len(A))
    size = np.abs(A).max()
    for _ in range(max_steps):
        if np.abs(A - np.diag(np.diag(A))).max() <= tol * size:
            break
        Q, R = np.linalg.qr(A)
        A = R @ Q
        V = V @ Q
    values = np.diag(A)
    order = np.argsort(values)[::-1]
    return values[order], V[:, order]
    # </answer>


# ---- whiten: learnt on one table, used on another ----


def whiten(train, new):
    """`new`: (m, d) along the components of `train`: (n, d), each scaled to spread 1 -> (m, r).

    Mean, directions and spreads (n - 1) all come from `train`. A direction whose variance is at
    most 1e-10 of the largest is flat and left out: r directions remain.
    """
    # <answer> how far is each coordinate from the mean, counted in standard deviations?
    pca = PCA().fit(train)
    variance = pca.explained_variance_
    wide = variance > 1e-10 * variance[0]
    return pca.transform(new)[:, wide] / np.sqrt(variance[wide])
    # </answer>


def reconstruction_error(train, new, k):
    """Mean squared distance between the rows of `new` and what k components of `train` keep of them.

    train: (n, d), new: (m, d), m >= 1, 0 <= k <= d -> float, in squared units of the table.
    """
    # <answer> there and back again, with k components
    pca = PCA(k).fit(train)
    gone = np.asarray(new, dtype=float) - pca.inverse_transform(pca.transform(new))
    return float((gone**2).sum(axis=1).mean())
    # </answer>
