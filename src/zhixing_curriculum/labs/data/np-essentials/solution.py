"""Eight small array functions. None of them needs a Python loop over rows, pixels or pairs.

Arguments may be NumPy arrays of any number type or plain (nested) lists; they are never changed.
What comes back is always a new NumPy array.
"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

# --- broadcasting -----------------------------------------------------------------------------


def standardize(X):
    """Each column shifted to mean 0 and scaled to standard deviation 1 (dividing by n, not n - 1).

    X: (n, d) -> (n, d) floats. A column whose values are all equal becomes zeros, never nan.
    """
    # <answer> one mean and one spread per column; mind tables with no rows and columns with no spread
    X = np.asarray(X, dtype=float)
    if len(X) == 0:
        return X.copy()
    constant = (X == X[0]).all(axis=0)
    centred = X - X.mean(axis=0)
    spread = X.std(axis=0)
    return np.where(constant, 0.0, centred / np.where(constant, 1.0, spread))
    # </answer>


def outer_by_broadcast(u, v):
    """Every product u[i] * v[j]. u: (m,), v: (n,) -> (m, n)."""
    # <answer> turn u into a column; broadcasting does the rest
    return np.asarray(u)[:, None] * np.asarray(v)
    # </answer>


def pairwise_dist(A, B):
    """Euclidean distance from every row of A to every row of B. A: (m, d), B: (n, d) -> (m, n).

    Moving both sets by the same vector changes nothing, even 10^6 away from the origin.
    """
    # <answer> where must the axis of length 1 stand in A, where in B?
    A = np.asarray(A, dtype=float)
    B = np.asarray(B, dtype=float)
    gap = A[:, None, :] - B[None, :, :]
    return np.sqrt((gap**2).sum(axis=-1))
    # </answer>


# --- indexing ---------------------------------------------------------------------------------


def one_hot(y, k):
    """Class numbers as rows of zeros with a single 1. y: (n,) ints in 0 … k-1 -> (n, k) floats.

    A label outside that range is a ValueError.
    """
    # <answer> pair every row number with its label
    y = np.asarray(y, dtype=int)
    if ((y < 0) | (y >= k)).any():
        raise ValueError(f"labels must lie in 0 … {k - 1}")
    out = np.zeros((len(y), k))
    out[np.arange(len(y)), y] = 1
    return out
    # </answer>


def argtopk(S, k):
    """Column numbers of the k largest scores in each row, best first; ties: the smaller number first.

    S: (n, m), 0 <= k <= m -> (n, k) ints.
    """
    # <answer> a stable sort keeps equal scores in their order: sort which way round?
    S = np.asarray(S)
    backwards = np.argsort(S[:, ::-1], axis=1, kind="stable")
    best_first = S.shape[1] - 1 - backwards[:, ::-1]
    return best_first[:, :k]
    # </answer>


def where_clip(X, low, high):
    """X with row i limited to low[i] … high[i], and a mask of the values that were replaced.

    X: (n, t), low and high: (n,) -> ((n, t) numbers, (n, t) bools). nan stays nan, unmarked.
    """
    # <answer> one bound per row has to become a column
    X = np.asarray(X)
    low = np.asarray(low)[:, None]
    high = np.asarray(high)[:, None]
    below = X < low
    above = X > high
    return np.where(below, low, np.where(above, high, X)), below | above
    # </answer>


# --- windows ----------------------------------------------------------------------------------


def moving_avg(x, w):
    """Mean of every run of w neighbours. x: (n,) -> (n - w + 1,) floats.

    Depends on nothing outside the run. w < 1 or w > n is a ValueError.
    """
    # <answer> look at x through all its windows at once
    x = np.asarray(x, dtype=float)
    if not 1 <= w <= len(x):
        raise ValueError(f"a window of {w} does not fit into {len(x)} values")
    return sliding_window_view(x, w).mean(axis=1)
    # </answer>


def im2patches(image, size, stride):
    """Square patches: entry [i, j] is the patch whose top left pixel is (i * stride, j * stride).

    image: (H, W), size <= H and W -> (rows, cols, size, size). Only patches wholly inside the image.
    They keep their pixels when the image is overwritten later.
    """
    # <answer> all patches at stride 1, then every stride-th of them
    image = np.asarray(image)
    every = sliding_window_view(image, (size, size))
    return every[::stride, ::stride].copy()
    # </answer>
