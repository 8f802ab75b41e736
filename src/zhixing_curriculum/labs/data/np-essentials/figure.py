"""Distances as a map, a signal with its glitches clipped, and windows over a curve and a picture."""

import numpy as np

INK, SEAL, MOSS, STONE = "#2b2622", "#b8432f", "#3f6f52", "#8a8378"


def draw_broadcasting(answer, plt):
    """Points, and the table of all their distances."""
    rng = np.random.default_rng(2)
    centres = np.repeat([[0, 0], [4, 1], [1.5, 4]], 8, axis=0)
    points = centres + rng.normal(0, 0.5, size=centres.shape)
    D = answer.pairwise_dist(points, points)
    figure, pair = plt.subplots(1, 2, figsize=(8.6, 3.7))
    pair[0].scatter(*points.T, s=34, c=np.repeat([SEAL, MOSS, INK], 8))
    pair[0].set(xlabel="x", ylabel="y", aspect="equal")
    pair[0].set_title("24 points, three groups", fontsize=11)
    shown = pair[1].imshow(D, cmap="bone")
    pair[1].set(xlabel="point", ylabel="point")
    pair[1].set_title("pairwise_dist: the groups show", fontsize=11)
    figure.colorbar(shown, ax=pair[1], label="distance")


def draw_indexing(answer, plt):
    """Three sensors, each with bounds of its own; what lay outside is marked."""
    rng = np.random.default_rng(4)
    t = np.arange(60)
    X = np.array([[0.0], [4], [9]]) + np.sin(t / np.array([[5.0], [8], [11]])) + rng.normal(0, 0.15, size=(3, 60))
    X[rng.integers(0, 3, size=9), rng.integers(0, 60, size=9)] += rng.choice([-3, 3], size=9)
    kept, marked = answer.where_clip(X, [-1.5, 2.5, 7.5], [1.5, 5.5, 10.5])
    figure, axes = plt.subplots(figsize=(7.2, 3.9))
    for row, colour in enumerate((SEAL, MOSS, INK)):
        axes.plot(t, X[row], color=STONE, lw=0.9, alpha=0.8)
        axes.plot(t, kept[row], color=colour, label=f"sensor {row}")
        axes.scatter(t[marked[row]], kept[row][marked[row]], s=60, facecolor="none", edgecolor=colour, lw=1.6, zorder=3)
    axes.set(xlabel="time", ylabel="reading")
    axes.set_title(f"where_clip: {int(np.sum(marked))} readings replaced (rings), the raw ones in grey", fontsize=11)
    axes.legend(fontsize=9, ncols=3, loc="lower center", bbox_to_anchor=(0.5, -0.32))


def draw_windows(answer, plt):
    """A noisy curve under two windows, and a picture cut into patches."""
    rng = np.random.default_rng(6)
    t = np.arange(200)
    x = np.sin(t / 18) + rng.normal(0, 0.45, size=200)
    y, z = np.mgrid[0:1:48j, 0:1:48j]
    picture = np.sin(9 * y) * np.cos(7 * z) + 0.4 * (z > y)
    patches = answer.im2patches(picture, 14, 17)
    rows, columns = patches.shape[:2]
    figure = plt.figure(figsize=(9.2, 3.5))
    left, right = figure.subfigures(1, 2, width_ratios=[1.6, 1])
    axes = left.subplots()
    axes.plot(t, x, color=STONE, lw=0.8, label="measured")
    for w, colour in ((9, MOSS), (31, SEAL)):
        axes.plot(t[w // 2 : len(t) - (w - 1) // 2], answer.moving_avg(x, w), color=colour, label=f"window {w}")
    axes.set(xlabel="time", ylabel="value", ylim=(-2, 2.7))
    axes.set_title("moving_avg: calmer, and shorter by w - 1", fontsize=11)
    axes.legend(fontsize=9, ncols=3, loc="upper center")
    for (i, j), cell in np.ndenumerate(right.subplots(rows, columns, squeeze=False)):
        cell.imshow(patches[i, j], cmap="bone", vmin=-1, vmax=1.4)
        cell.set(xticks=[], yticks=[])
    right.suptitle("im2patches: 14 wide, every 17", fontsize=11)
