"""What the functions of this lab do to the plane, drawn."""

import numpy as np

INK, SEAL, MOSS, STONE = "#2b2622", "#b8432f", "#3f6f52", "#8a8378"
WHOLE = [(a, b) for a in range(-3, 4) for b in range(-3, 4)]


def arrow(axes, start, end, color, name="", aside=0.4):
    """An arrow between two points, with its name `aside` of the middle, to the right."""
    axes.annotate("", xy=end, xytext=start, arrowprops={"arrowstyle": "-|>", "color": color, "lw": 2.2, "shrinkA": 0, "shrinkB": 0})
    middle, along = (np.array(start) + end) / 2, np.array(end) - start
    right = np.array([along[1], -along[0]]) / max(np.hypot(*along), 1e-9)
    axes.text(*(middle + aside * right), name, color=color, fontsize=12, ha="center", va="center")


def plane(axes, size, title):
    axes.axhline(0, color=STONE, lw=0.7, zorder=0)
    axes.axvline(0, color=STONE, lw=0.7, zorder=0)
    axes.set(xlim=(-size, size), ylim=(-size, size), aspect="equal", xlabel="x", ylabel="y")
    axes.set_title(title, fontsize=11)


def heat(axes, M, title, largest):
    """A small matrix as colours, with its numbers."""
    axes.imshow(M, cmap="RdGy", vmin=-largest, vmax=largest, alpha=0.75)
    for (i, j), value in np.ndenumerate(M):
        axes.text(j, i, f"{value:.3g}" if abs(value) > 1e-12 else "0", ha="center", va="center", fontsize=10, color=INK)
    axes.set(xticks=[], yticks=[])
    axes.set_title(title, fontsize=11)
    for side in axes.spines.values():
        side.set_visible(False)


def draw_combine(answer, plt):
    """Every whole combination of u1 and u2, and the way to one target."""
    u1, u2, target = np.array([2.0, 0.6]), np.array([-0.7, 1.4]), np.array([2.2, 4.7])
    reached = np.array([answer.linear_combination(c, [u1, u2]) for c in WHOLE])
    a, b = answer.coefficients_in_basis(target, u1, u2)
    corner = answer.linear_combination([a], [u1])
    figure, axes = plt.subplots(figsize=(4.6, 4.6))
    axes.scatter(*reached.T, s=16, color=STONE, label="whole a, b")
    arrow(axes, (0, 0), corner, SEAL, f"{a:.3g} u1", 1.0)
    arrow(axes, corner, corner + b * u2, MOSS, f"{b:.3g} u2", 1.1)
    axes.scatter(*target, s=70, facecolor="none", edgecolor=INK, lw=1.8, zorder=3, label="target v")
    plane(axes, 6.5, f"v = {a:.3g} u1 + {b:.3g} u2")
    axes.legend(loc="lower right", fontsize=9)


def draw_transform(answer, plt):
    """A grid and the unit square, before and after."""
    A = answer.matrix_from_images([1.3, 0.5], [-0.6, 1.1])
    ticks, fine = np.arange(-2, 3), np.linspace(-2, 2, 21)
    lines = np.array([[(t, s) for s in fine] for t in ticks] + [[(s, t) for s in fine] for t in ticks])
    square = np.array([(0, 0), (1, 0), (1, 1), (0, 1)], dtype=float)
    figure, pair = plt.subplots(1, 2, figsize=(8.4, 4.3))
    moved = answer.transform_grid(A, lines), answer.transform_grid(A, square), A[:, 0], A[:, 1]
    before = lines, square, (1, 0), (0, 1)
    titles = "before: area 1", f"after: area {answer.area_scale(A):.3g}"
    for axes, (grid, box, e1, e2), title in zip(pair, (before, moved), titles):
        for line in grid:
            axes.plot(*np.transpose(line), color=STONE, lw=0.9)
        axes.fill(*np.transpose(box), color=MOSS, alpha=0.25, lw=0)
        arrow(axes, (0, 0), e1, SEAL, "e1")
        arrow(axes, (0, 0), e2, MOSS, "e2", -0.4)
        plane(axes, 4.2, title)


def draw_rank(answer, plt):
    """A matrix beside its reduced form: one pivot, one direction."""
    A = np.array([[1, 2, 0, 1, 3], [2, 4, 1, 0, 5], [1, 2, 1, -1, 2], [0, 0, 2, -4, -2]], dtype=float)
    R, pivots = answer.rref(A)
    figure, pair = plt.subplots(1, 2, figsize=(8.4, 3.6))
    heat(pair[0], A, "A, its independent columns framed", 6)
    heat(pair[1], np.asarray(R), f"reduced: rank {answer.rank(A)}", 6)
    for axes in pair:
        for column in pivots:
            axes.add_patch(plt.Rectangle((column - 0.46, -0.46), 0.92, len(A) - 0.08, fill=False, ec=SEAL, lw=2))


def draw_product(answer, plt):
    """A product as a sum of terms of rank one."""
    A = np.array([[1, 0, 2], [2, 1, 0], [0, 3, 1], [1, 1, 1]], dtype=float)
    B = np.array([[1, 2, 0, -1], [0, 1, 1, 2], [2, -1, 1, 0]], dtype=float)
    terms = answer.rank_one_terms(A, B)
    figure, row = plt.subplots(1, 4, figsize=(10.4, 2.9))
    for p, axes in enumerate(row[:3]):
        heat(axes, terms[p], f"column {p} times row {p}", 7)
    heat(row[3], answer.matmul(A, B), "their sum: AB", 7)
    for axes, sign in zip(row[1:], "++="):
        axes.text(-0.12, 0.5, sign, transform=axes.transAxes, fontsize=16, color=INK, ha="center", va="center")


def draw_basis(answer, plt):
    """One arrow, two sets of coordinates."""
    B, v = np.array([[2.0, -0.8], [0.6, 1.4]]), np.array([2.0, 3.4])
    c = answer.to_coordinates(v, B)
    figure, pair = plt.subplots(1, 2, figsize=(8.4, 4.3))
    for axes, basis, shown, name in (
        (pair[0], np.eye(2), v, "e"),
        (pair[1], B, c, "b"),
    ):
        for n in range(-6, 7):
            for ends in ([(n, -9), (n, 9)], [(-9, n), (9, n)]):
                axes.plot(*np.transpose([answer.from_coordinates(end, basis) for end in ends]), color=STONE, lw=0.6, alpha=0.7)
        arrow(axes, (0, 0), basis[:, 0], SEAL, f"{name}1")
        arrow(axes, (0, 0), basis[:, 1], MOSS, f"{name}2", -0.4)
        arrow(axes, (0, 0), v, INK, "v")
        plane(axes, 4.6, f"v is ({shown[0]:.3g}, {shown[1]:.3g}) in {name}1, {name}2")
