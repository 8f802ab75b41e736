"""Pictures of digits, drawn by the judge: 8 x 8 pixels, a shaky hand, dark on light or light on dark."""

import numpy as np

# strokes of each digit as polylines, x to the right and y downwards, in a unit square
STROKES = {
    0: [[(0.5, 0), (0.9, 0.25), (0.9, 0.75), (0.5, 1), (0.1, 0.75), (0.1, 0.25), (0.5, 0)]],
    1: [[(0.25, 0.25), (0.55, 0), (0.55, 1)]],
    2: [[(0.1, 0.2), (0.5, 0), (0.9, 0.25), (0.1, 1), (0.95, 1)]],
    3: [[(0.1, 0), (0.9, 0), (0.45, 0.42), (0.9, 0.7), (0.5, 1), (0.1, 0.85)]],
    4: [[(0.75, 1), (0.75, 0), (0.05, 0.7), (1, 0.7)]],
    5: [[(0.9, 0), (0.2, 0), (0.15, 0.45), (0.8, 0.5), (0.85, 0.85), (0.45, 1), (0.1, 0.9)]],
    6: [[(0.8, 0), (0.25, 0.4), (0.1, 0.75), (0.5, 1), (0.9, 0.75), (0.5, 0.5), (0.15, 0.7)]],
    7: [[(0.05, 0), (0.95, 0), (0.4, 1)], [(0.3, 0.5), (0.8, 0.5)]],
    8: [[(0.5, 0.45), (0.15, 0.22), (0.5, 0), (0.85, 0.22), (0.5, 0.45), (0.1, 0.75), (0.5, 1), (0.9, 0.75), (0.5, 0.45)]],
    9: [[(0.85, 0.3), (0.5, 0.5), (0.1, 0.25), (0.5, 0), (0.85, 0.3), (0.75, 1)]],
}
INK = {
    digit: np.concatenate(
        [np.linspace(a, b, 7) for line in lines for a, b in zip(line, line[1:])]
    ) - 0.5
    for digit, lines in STROKES.items()
}


def digits(rng, n):
    """X: (n, 64) pixels of mean about 0 and spread about 1, y: (n,) the digits drawn."""
    y = rng.permutation(np.arange(n) % 10)
    y_axis, x_axis = np.mgrid[0:8, 0:8]
    X = np.empty((n, 64))
    for row, digit in enumerate(y):
        turn, lean = rng.normal(0, 0.12), rng.normal(0, 0.15)
        shape = np.array([[np.cos(turn), -np.sin(turn) + lean], [np.sin(turn), np.cos(turn)]])
        points = INK[int(digit)] @ shape.T * rng.uniform(4.2, 5.6, size=2) + 3.5
        points += rng.normal(0, 0.45, size=2)
        away = (x_axis[..., None] - points[:, 0]) ** 2 + (y_axis[..., None] - points[:, 1]) ** 2
        X[row] = np.exp(-away / 0.7).max(axis=2).ravel()
    X = 2.5 * (X - 0.45) * rng.choice([-1.0, 1.0], size=(n, 1))
    return X + rng.normal(0, 0.25, size=X.shape), y
