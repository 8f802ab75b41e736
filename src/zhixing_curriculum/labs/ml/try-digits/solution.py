import numpy as np


# ---- given: nothing to change here -----------------------------------------------------------


def pictures_of(X, y, digit):
    """The pictures whose label is `digit`: those rows of X."""
    return X[y == digit]


def distances(C, x):
    """How far picture x is from each row of C: ten numbers for ten rows."""
    return np.sqrt(((C - x) ** 2).sum(axis=1))


# ---- yours -----------------------------------------------------------------------------------


def centroids(X, y):
    """The mean picture of each digit: row 0 for digit 0, …, row 9 for digit 9.

    X: (n, d), one picture a row, d pixels each; y: (n,) labels 0 to 9, each there at least once.
    """
    # <answer> the mean of pictures_of(X, y, digit), for each digit: one line
    return np.array([pictures_of(X, y, digit).mean(axis=0) for digit in range(10)])
    # </answer>


def predict(C, X):
    """For each picture, the digit whose mean picture is nearest. C: (10, d), X: (n, d) -> (n,) integers."""
    # <answer> which of the ten distances is the smallest, for each picture: one line
    return np.array([np.argmin(distances(C, x)) for x in X])
    # </answer>


def accuracy(y, p):
    """The share of right predictions, from 0 to 1. y: (n,) true digits, p: (n,) predicted ones."""
    # <answer> right ones over all
    return float(np.mean(y == p))
    # </answer>


def confusion(y, p):
    """(10, 10) counts: row t, column q says how many pictures of digit t were taken for a q."""
    # <answer> one pair after the other
    M = np.zeros((10, 10), dtype=int)
    for true, said in zip(y, p):
        M[true, said] += 1
    return M
    # </answer>


def most_confused(M):
    """The commonest mistake of a confusion matrix, as a pair (true digit, predicted digit).

    If several are equally common: the one that comes first, reading M row by row. M stays as it is.
    """
    # <answer> the largest count that is not on the diagonal
    mistakes = M.copy()
    for digit in range(10):
        mistakes[digit, digit] = -1
    place = int(np.argmax(mistakes))
    return place // 10, place % 10
    # </answer>


# ---- given: `python answer.py` reads real digits and says how many are right ---------------------

if __name__ == "__main__":
    from sklearn.datasets import load_digits

    pictures, digits = load_digits(return_X_y=True)
    means = centroids(pictures[::2], digits[::2])  # every other picture to learn from
    read = predict(means, pictures[1::2])  # and the ones in between to read
    print("right:", int((read == digits[1::2]).sum()), "of", len(read))
