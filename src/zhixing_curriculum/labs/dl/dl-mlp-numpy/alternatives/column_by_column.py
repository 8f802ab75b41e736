"""Samples as columns inside, gradients summed sample by sample, shuffling of a list of indices."""

import random

import numpy as np


def activate(z, kind):
    z = np.array(z, float)
    with np.errstate(over="ignore"):
        return {"sigmoid": lambda: 1 / (1 + np.exp(-z)), "tanh": lambda: np.tanh(z), "relu": lambda: z * (z > 0)}[kind]()


def slope(z, kind):
    z = np.array(z, float)
    small = np.exp(-np.abs(z))
    if kind == "sigmoid":
        return small / (1 + small) ** 2
    if kind == "tanh":
        return 4 * small**2 / (1 + small**2) ** 2
    return np.heaviside(z, 0.0)


def forward(P, X, kind):
    Z = P["W1"].T @ np.asarray(X).T + P["b1"][:, None]
    A = activate(Z, kind)
    S = P["W2"].T @ A + P["b2"][:, None]
    return Z.T, A.T, S.T


def log_probabilities(S):
    return S - np.logaddexp.reduce(S, axis=1)[:, None]


def loss(P, X, y, kind):
    logs = log_probabilities(forward(P, X, kind)[2])
    return sum(-row[label] for row, label in zip(logs, y)) / len(y)


def measured_gradient(f, x, step=1e-5):
    x = np.array(x, float)
    slopes = []
    for e in np.eye(x.size):
        e = step * e.reshape(x.shape)
        slopes.append(f(x + e) / (2 * step) - f(x - e) / (2 * step))
    return np.array(slopes).reshape(x.shape)


def backward(P, X, y, kind):
    G = {name: np.zeros(value.shape) for name, value in P.items()}
    Z, A, S = forward(P, X, kind)
    one_hot = np.eye(S.shape[1])[y]
    for x, z, a, miss in zip(X, Z, A, np.exp(log_probabilities(S)) - one_hot):
        back = (P["W2"] @ miss) * slope(z, kind)
        G["W2"] += np.outer(a, miss)
        G["b2"] += miss
        G["W1"] += np.outer(x, back)
        G["b1"] += back
    return {name: total / len(y) for name, total in G.items()}


def initial(d, h, k, seed):
    dice = np.random.RandomState(seed)
    bound = (6 / (d + h)) ** 0.5
    return {"W1": dice.uniform(-bound, bound, (d, h)), "b1": np.zeros(h), "W2": np.zeros((h, k)), "b2": np.zeros(k)}


def sgd_step(P, X, y, kind, rate):
    Q = {name: value.copy() for name, value in P.items()}
    for name, gradient in backward(P, X, y, kind).items():
        Q[name] -= rate * gradient
    return Q


def train(P, X, y, kind, rate, epochs, batch, seed, on_batch=None):
    dice = random.Random(seed)
    Q = dict(P)
    for epoch in range(epochs):
        left = list(range(len(y)))
        dice.shuffle(left)
        while left:
            rows, left = left[:batch], left[batch:]
            if on_batch:
                on_batch(rows)
            Q = sgd_step(Q, X[rows], y[rows], kind, rate)
    return Q


def predict(P, X, kind):
    return np.array([int(np.argmax(scores)) for scores in forward(P, X, kind)[2]], dtype=int)
