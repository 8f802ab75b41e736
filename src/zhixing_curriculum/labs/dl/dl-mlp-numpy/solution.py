"""A network of two layers, by hand: forward, backward, mini-batch training.

    Z = X W1 + b1      A = activate(Z)      S = A W2 + b2      softmax(S) are the probabilities

X: (n, d) one sample a row, y: (n,) class numbers 0 … k-1. P holds the parameters, a dict of float
arrays: W1 (d, h), b1 (h,), W2 (h, k), b2 (k,). No function changes its arguments.
`kind` names the activation: "sigmoid", "tanh" or "relu".
"""

import numpy as np

# --- forward ----------------------------------------------------------------------------------


def activate(z, kind):
    """The activation of every entry of z, an array of any shape. Finite even at z = ±1000."""
    # <answer> three formulas; for the sigmoid, which form cannot overflow?
    z = np.asarray(z, dtype=float)
    if kind == "sigmoid":
        return 0.5 * (1 + np.tanh(z / 2))
    if kind == "tanh":
        return np.tanh(z)
    return np.maximum(z, 0.0)
    # </answer>


def slope(z, kind):
    """Derivative of the activation at z, the number that goes IN; for relu it is 0 at z = 0."""
    # <answer> sigmoid and tanh: their slopes follow from their own values
    z = np.asarray(z, dtype=float)
    a = activate(z, kind)
    if kind == "sigmoid":
        return a * (1 - a)
    if kind == "tanh":
        return 1 - a**2
    return (z > 0).astype(float)
    # </answer>


def forward(P, X, kind):
    """Z (n, h) before the activation, A (n, h) after it, S (n, k) scores of the classes."""
    # <answer> the line at the top of this file, three times
    Z = X @ P["W1"] + P["b1"]
    A = activate(Z, kind)
    S = A @ P["W2"] + P["b2"]
    return Z, A, S
    # </answer>


def loss(P, X, y, kind):
    """Mean over the rows of -log(probability of the true class), in nats: one float."""
    # <answer> log-probabilities without overflow: shift each row by its largest score first
    _, _, S = forward(P, X, kind)
    S = S - S.max(axis=1, keepdims=True)
    logs = S - np.log(np.exp(S).sum(axis=1, keepdims=True))
    return float(-logs[np.arange(len(y)), y].mean())
    # </answer>


# --- backward ---------------------------------------------------------------------------------


def measured_gradient(f, x, step=1e-5):
    """Central differences: entry i is (f(x + step at i) - f(x - step at i)) / (2 step).

    x: array of any shape, f: takes such an array, gives one number -> array of floats, x's shape.
    """
    # <answer> move one entry at a time, and only in copies
    x = np.asarray(x, dtype=float)
    gradient = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[place] += step
        down[place] -= step
        gradient[place] = (f(up) - f(down)) / (2 * step)
    return gradient
    # </answer>


def backward(P, X, y, kind):
    """Gradient of `loss` for every parameter: a dict with P's keys and shapes."""
    # <answer> from the scores backwards; every line has the shape of something in forward
    Z, A, S = forward(P, X, kind)
    n = len(y)
    odds = np.exp(S - S.max(axis=1, keepdims=True))
    dS = odds / odds.sum(axis=1, keepdims=True)
    dS[np.arange(n), y] -= 1
    dS /= n
    dA = dS @ P["W2"].T
    dZ = dA * slope(Z, kind)
    return {"W1": X.T @ dZ, "b1": dZ.sum(axis=0), "W2": A.T @ dS, "b2": dS.sum(axis=0)}
    # </answer>


# --- training ---------------------------------------------------------------------------------


def initial(d, h, k, seed):
    """Parameters to start from. The same seed gives the same ones; biases are 0.

    No two hidden units have the same incoming weights, and on inputs of spread about 1 the loss
    starts within 0.2 of ln k.
    """
    # <answer> random, the first layer scaled by its number of inputs, the last one small
    rng = np.random.default_rng(seed)
    return {
        "W1": rng.normal(size=(d, h)) * np.sqrt(2 / d),
        "b1": np.zeros(h),
        "W2": rng.normal(size=(h, k)) * 0.1 / np.sqrt(h),
        "b2": np.zeros(k),
    }
    # </answer>


def sgd_step(P, X, y, kind, rate):
    """New parameters after one step of length `rate` against the gradient on this batch."""
    # <answer> all gradients belong to the same P
    G = backward(P, X, y, kind)
    return {name: P[name] - rate * G[name] for name in P}
    # </answer>


def train(P, X, y, kind, rate, epochs, batch, seed, on_batch=None):
    """New parameters after `epochs` passes over the rows, one sgd_step for each batch of rows.

    Each pass takes every row exactly once, in an order drawn anew; the last batch may be smaller.
    `on_batch(rows)`, if given, is called before each step with the row numbers of its batch.
    """
    # <answer> a permutation for each pass, cut into pieces
    rng = np.random.default_rng(seed)
    for _ in range(epochs):
        order = rng.permutation(len(y))
        for start in range(0, len(y), batch):
            rows = order[start : start + batch]
            if on_batch is not None:
                on_batch(rows)
            P = sgd_step(P, X[rows], y[rows], kind, rate)
    return P
    # </answer>


def predict(P, X, kind):
    """The class with the highest score for every row: (n,) ints."""
    # <answer> do you need the probabilities for that?
    return forward(P, X, kind)[2].argmax(axis=1)
    # </answer>
