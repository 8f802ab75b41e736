"""Every sum written as a loop."""
import numpy as np


def compress(U, s, Vt, k):
    picture = np.zeros((len(U), Vt.shape[1]))
    for i in range(k):
        picture += s[i] * U[:, i : i + 1] * Vt[i]
    return picture


def error_of(s, k):
    total = 0.0
    for strength in s[k:]:
        total += strength * strength
    return total**0.5


def kept_share(s, k):
    squares = [float(strength) ** 2 for strength in s]
    return sum(squares[:k]) / sum(squares)


def rank_for(s, share):
    for k in range(1, len(s) + 1):
        if kept_share(s, k) >= share:
            return k
    return len(s)
