"""Iris in two dimensions, the axes of an ellipse, and a cloud made round."""

from importlib.util import find_spec
from pathlib import Path

import numpy as np

INK, SEAL, MOSS, STONE = "#2b2622", "#b8432f", "#3f6f52", "#8a8378"


def iris():
    """(150, 4) lengths in cm, three species of 50, from the table that scikit-learn ships."""
    table = Path(find_spec("sklearn").origin).parent / "datasets" / "data" / "iris.csv"
    return np.loadtxt(table, delimiter=",", skiprows=1, usecols=range(4))


def upright(Z):
    """The sign of a direction is free: here the largest coordinate of each is positive."""
    Z = np.asarray(Z, dtype=float)
    return Z * np.sign(Z[np.abs(Z).argmax(axis=0), np.arange(Z.shape[1])])


def draw_iris(answer, plt):
    """150 flowers along their first two components."""
    X = iris()
    pca = answer.PCA(2).fit(X)
    Z, shares = upright(pca.transform(X)), pca.explained_variance_ratio_
    figure, axes = plt.subplots(figsize=(6.4, 4.2))
    for n, (name, colour, mark) in enumerate((("setosa", MOSS, "o"), ("versicolor", SEAL, "s"), ("virginica", INK, "^"))):
        axes.scatter(*Z[50 * n : 50 * n + 50].T, s=26, color=colour, marker=mark, alpha=0.75, lw=0, label=name)
    axes.set(xlabel=f"component 1 ({shares[0]:.1%} of the variance)", ylabel=f"component 2 ({shares[1]:.1%})", aspect="equal")
    axes.set_title("Four lengths of 150 irises, seen along two directions", fontsize=11)
    axes.legend(ncols=3, loc="lower center", bbox_to_anchor=(0.5, -0.42), fontsize=9)


def draw_eigen(answer, plt):
    """A symmetric matrix turns the unit circle into an ellipse; its eigenvectors are the axes."""
    A = np.array([[2.0, 0.9], [0.9, 1.0]])
    values, vectors = answer.qr_eig(A)
    strongest, along = answer.power_iteration(A)
    turn = np.linspace(0, 2 * np.pi, 200)
    circle = np.array([np.cos(turn), np.sin(turn)])
    figure, axes = plt.subplots(figsize=(5, 4.4))
    axes.plot(*circle, color=STONE, lw=1.2, label="unit circle")
    axes.plot(*(A @ circle), color=INK, label="after A")
    for n, colour in enumerate((SEAL, MOSS)):
        end = values[n] * vectors[:, n] * np.sign(vectors[0, n] or 1)
        axes.plot([0, end[0]], [0, end[1]], color=colour, lw=2.4, label=f"eigenvalue {values[n]:.3f}")
    along = along * np.sign(along[0] or 1)
    axes.scatter(*(strongest * along), s=80, facecolor="none", edgecolor=SEAL, lw=1.8, zorder=3, label="power iteration")
    axes.set(aspect="equal", xlabel="x", ylabel="y")
    axes.set_title("The axes of the ellipse are the eigenvectors", fontsize=11)
    axes.legend(fontsize=9, loc="center left", bbox_to_anchor=(1, 0.5))


def draw_whiten(answer, plt):
    """A slanted cloud, and the same cloud whitened: round, spread 1 every way."""
    rng = np.random.default_rng(3)
    X = rng.normal(size=(400, 2)) @ np.array([[2.2, 0.9], [0.0, 0.55]]) + [3, 1]
    W = upright(answer.whiten(X, X))
    turn = np.linspace(0, 2 * np.pi, 200)
    figure, pair = plt.subplots(1, 2, figsize=(8.4, 3.9))
    pair[0].scatter(*X.T, s=9, color=STONE, lw=0)
    pair[0].set_title("as measured", fontsize=11)
    pair[0].set(aspect="equal", xlabel="feature 1", ylabel="feature 2", xlim=(-5, 11), ylim=(-7, 9))
    pair[1].scatter(*W.T, s=9, color=MOSS, lw=0)
    pair[1].set_title("whitened", fontsize=11)
    pair[1].set(aspect="equal", xlabel="component 1, in spreads", ylabel="component 2, in spreads", xlim=(-4, 4), ylim=(-4, 4))
    for radius in (1, 2):
        pair[1].plot(radius * np.cos(turn), radius * np.sin(turn), color=SEAL, lw=1.2)
