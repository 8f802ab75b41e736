"""A line through points, right angles that get lost, and answers that rot as the condition grows."""

import numpy as np

INK, SEAL, MOSS, STONE = "#2b2622", "#b8432f", "#3f6f52", "#8a8378"


def draw_projection(answer, plt):
    """The best line, and what it leaves over: perpendicular to every column of A."""
    rng = np.random.default_rng(5)
    t = np.linspace(0, 6, 13)
    b = 0.8 + 0.55 * t + rng.normal(0, 0.55, size=len(t))
    A = np.column_stack([np.ones_like(t), t])
    x, fitted = answer.lstsq_normal(A, b), answer.project(b, A)
    figure, axes = plt.subplots(figsize=(6.2, 4))
    axes.plot(t, fitted, color=SEAL, label=f"projection: {x[0]:.2f} + {x[1]:.2f} t")
    axes.vlines(t, np.minimum(b, fitted), np.maximum(b, fitted), color=MOSS, lw=1.3, label="what is left over")
    axes.scatter(t, b, s=32, color=INK, zorder=3, label="measured b")
    axes.set(xlabel="t", ylabel="b")
    axes.set_title(f"|b - Ax| = {np.linalg.norm(b - fitted):.3f}, the smallest there is", fontsize=11)
    axes.legend(fontsize=9)


def draw_qr(answer, plt):
    """How far Q is from right angles, as the columns come closer to each other."""
    sizes = range(2, 13)
    t = np.linspace(0, 1, 40)
    figure, axes = plt.subplots(figsize=(6.2, 4))
    for name, colour, mark in (("classical_gram_schmidt", SEAL, "o"), ("modified_gram_schmidt", MOSS, "s")):
        lost = []
        for n in sizes:
            Q, _ = getattr(answer, name)(np.vander(t, n, increasing=True))
            lost.append(np.linalg.norm(Q.T @ Q - np.eye(n)))
        axes.semilogy(sizes, lost, mark + "-", color=colour, ms=5, label=name.replace("_", " "))
    axes.axhline(np.finfo(float).eps, color=STONE, lw=1, ls="--", label="rounding of one number")
    axes.set(xlabel="columns: 1, t, t^2, ...", ylabel="|Q'Q - I|")
    axes.set_title("Right angles lost", fontsize=11)
    axes.legend(fontsize=9)


def draw_conditioning(answer, plt):
    """Three solvers on Hilbert matrices whose answer is known."""
    rows = answer.hilbert_report(range(2, 14))
    n = [row["n"] for row in rows]
    cond = np.array([row["cond"] for row in rows])
    figure, axes = plt.subplots(figsize=(6.6, 4.2))
    for name, colour, mark in (("normal", SEAL, "o"), ("qr", MOSS, "s"), ("svd", INK, "^")):
        axes.semilogy(n, [max(row[name], 1e-17) for row in rows], mark + "-", color=colour, ms=5, label=name)
    eps = np.finfo(float).eps
    axes.semilogy(n, cond * eps, color=STONE, lw=1.1, ls="--", label="cond(H) times rounding")
    axes.semilogy(n, cond**2 * eps, color=STONE, lw=1.1, ls=":", label="cond(H) squared times rounding")
    axes.set(xlabel="size n of the Hilbert matrix", ylabel="relative error", ylim=(1e-17, 1e3))
    axes.set_title("The normal equations square the condition number", fontsize=11)
    axes.legend(fontsize=8.5, loc="center left", bbox_to_anchor=(1, 0.5))
