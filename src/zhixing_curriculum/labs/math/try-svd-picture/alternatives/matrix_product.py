"""Columns and rows at once: slices and the matrix product."""
import numpy as np


def compress(U, s, Vt, k):
    return (U[:, :k] * s[:k]) @ Vt[:k]


def error_of(s, k):
    return np.linalg.norm(s[k:])


def kept_share(s, k):
    return 1 - np.sum(s[k:] ** 2) / np.sum(s**2)


def rank_for(s, share):
    held = np.cumsum(s**2)
    return int(np.argmax(held >= share * held[-1])) + 1
