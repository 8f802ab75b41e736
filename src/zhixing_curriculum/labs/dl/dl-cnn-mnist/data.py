"""Pictures of digits, drawn by the judge: 28 x 28 pixels, white on black, in a shaky hand."""

import numpy as np

# strokes of each digit: straight pieces as points, round ones as ("arc", centre, radii, from, to) in
# quarter turns, clockwise from the right; x to the right and y downwards, in a unit square
STROKES = {
    0: [("arc", (0.5, 0.5), (0.36, 0.5), 0, 4)],
    1: [[(0.3, 0.22), (0.55, 0), (0.55, 1)]],
    2: [("arc", (0.48, 0.28), (0.36, 0.28), 2, 4.5), [(0.77, 0.45), (0.1, 1), (0.92, 1)]],
    3: [("arc", (0.42, 0.26), (0.38, 0.26), 2.4, 5), ("arc", (0.42, 0.76), (0.43, 0.25), 3, 5.7)],
    4: [[(0.62, 0), (0.08, 0.66), (0.95, 0.66)], [(0.7, 0.35), (0.7, 1)]],
    5: [[(0.85, 0), (0.25, 0), (0.2, 0.46)], ("arc", (0.42, 0.7), (0.42, 0.29), 2.7, 5.6)],
    6: [[(0.72, 0), (0.3, 0.36), (0.14, 0.7)], ("arc", (0.48, 0.72), (0.35, 0.27), 0, 4)],
    7: [[(0.06, 0), (0.92, 0), (0.4, 1)]],
    8: [("arc", (0.5, 0.25), (0.29, 0.25), 0, 4), ("arc", (0.5, 0.74), (0.37, 0.26), 0, 4)],
    9: [("arc", (0.5, 0.29), (0.35, 0.28), 0, 4), [(0.85, 0.3), (0.78, 0.66), (0.5, 1)]],
}
POINTS = 18


def _line(stroke):
    """Points along one stroke."""
    if stroke[0] == "arc":
        _, (x, y), (wide, high), start, end = stroke
        turn = np.linspace(start, end, 2 * POINTS) * np.pi / 2
        return np.column_stack([x + wide * np.cos(turn), y + high * np.sin(turn)])
    return np.concatenate([np.linspace(a, b, POINTS) for a, b in zip(stroke, stroke[1:])])


INK = {digit: np.concatenate([_line(s) for s in strokes]) - 0.5 for digit, strokes in STROKES.items()}


def digits(rng, n, shift=2.0, side=28):
    """X: (n, 1, side, side) float32 in 0…1, y: (n,) the digits drawn.

    Each is turned, slanted, stretched, bent and moved by up to `shift` pixels, drawn with a pen of its
    own width, and speckled.
    """
    y = rng.permutation(np.arange(n) % 10)
    X = np.empty((n, 1, side, side), dtype=np.float32)
    grid = np.arange(side)
    for row, digit in enumerate(y):
        turn, lean = rng.normal(0, 0.2), rng.normal(0, 0.25)
        shape = np.array([[np.cos(turn), -np.sin(turn) + lean], [np.sin(turn), np.cos(turn)]])
        ink = INK[int(digit)]
        bent = ink + rng.normal(0, 0.07, size=2) * np.sin(3 * ink[:, ::-1] + rng.uniform(0, 6, size=2))
        at = bent @ shape.T * rng.uniform(0.5, 0.72, size=2) * 28 + (side - 1) / 2
        at += rng.uniform(-shift, shift, size=2)
        pen = rng.uniform(0.8, 2.0)
        across = np.exp(-((grid[:, None] - at[:, 0]) ** 2) / pen)
        down = np.exp(-((grid[:, None] - at[:, 1]) ** 2) / pen)
        X[row, 0] = (down[:, None, :] * across[None, :, :]).max(axis=2)
    X = np.clip(1.4 * X - 0.15, 0, 1) + rng.normal(0, 0.12, size=X.shape).astype(np.float32)
    return np.clip(X, 0, 1).astype(np.float32), y
