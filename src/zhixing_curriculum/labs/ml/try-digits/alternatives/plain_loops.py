"""Plain loops, pixel by pixel and cell by cell."""
import numpy as np


def centroids(X, y):
    C = np.zeros((10, X.shape[1]))
    seen = [0] * 10
    for x, digit in zip(X, y):
        C[digit] += x
        seen[digit] += 1
    for digit in range(10):
        C[digit] /= seen[digit]
    return C


def predict(C, X):
    read = []
    for x in X:
        best = 0
        for digit in range(10):
            if np.linalg.norm(C[digit] - x) < np.linalg.norm(C[best] - x):
                best = digit
        read.append(best)
    return np.array(read)


def accuracy(y, p):
    right = 0
    for true, said in zip(y, p):
        if true == said:
            right += 1
    return right / len(y)


def confusion(y, p):
    M = np.zeros((10, 10))
    for i in range(len(y)):
        M[y[i], p[i]] = M[y[i], p[i]] + 1
    return M


def most_confused(M):
    best, pair = -1, (0, 1)
    for true in range(10):
        for said in range(10):
            if true != said and M[true, said] > best:
                best, pair = M[true, said], (true, said)
    return pair
