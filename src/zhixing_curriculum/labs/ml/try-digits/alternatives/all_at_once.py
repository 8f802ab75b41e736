"""Whole arrays, no loops."""
import numpy as np


def centroids(X, y):
    one_hot = np.eye(10)[np.asarray(y)]
    return one_hot.T @ X / one_hot.sum(axis=0)[:, None]


def predict(C, X):
    return ((X[:, None, :] - C[None, :, :]) ** 2).sum(axis=2).argmin(axis=1)


def accuracy(y, p):
    return (np.asarray(y) == np.asarray(p)).mean()


def confusion(y, p):
    return np.bincount(10 * np.asarray(y) + np.asarray(p), minlength=100).reshape(10, 10)


def most_confused(M):
    mistakes = np.where(np.eye(10, dtype=bool), -1, M)
    return np.unravel_index(mistakes.argmax(), mistakes.shape)
