"""A picture made of numbers: how fast its singular values fall, and what a few of them keep."""

import numpy as np

INK, SEAL, MOSS, STONE = "#2b2622", "#b8432f", "#3f6f52", "#8a8378"


def mountains(size):
    """A grey landscape, (size, size), 0 to 255: two ridges, a sun, mist and paper grain."""
    y, x = np.mgrid[0:1:size * 1j, 0:1:size * 1j]
    picture = 235 - 60 * y
    picture[(x - 0.72) ** 2 + (y - 0.24) ** 2 < 0.009] = 120
    far = 0.52 + 0.10 * np.sin(7 * x) + 0.04 * np.sin(19 * x + 1)
    near = 0.74 + 0.12 * np.sin(5 * x + 2) + 0.03 * np.sin(31 * x)
    picture[y > far] = (150 + 70 * (y - far))[y > far]
    picture[y > near] = (50 + 90 * (y - near))[y > near]
    return np.clip(picture + np.random.default_rng(7).normal(0, 3, size=picture.shape), 0, 255)


def draw_geometry(answer, plt):
    """The unit circle and what it becomes: V points where to look, U and s say where it lands."""
    A = np.array([[1.6, 1.0], [0.2, 1.1]])
    U, s, V = answer.ellipse_axes(A)
    turn = np.linspace(0, 2 * np.pi, 200)
    circle = np.array([np.cos(turn), np.sin(turn)])
    signs = np.sign(V[0]) + (V[0] == 0)
    figure, pair = plt.subplots(1, 2, figsize=(8.4, 4))
    for axes, curve, ends, title in (
        (pair[0], circle, V * signs, "unit circle, columns of V"),
        (pair[1], A @ circle, U * s * signs, "after A: half-axes s[i] U[:, i]"),
    ):
        axes.plot(*curve, color=INK, lw=1.4)
        for i, colour in enumerate((SEAL, MOSS)):
            name = f"v{i}" if axes is pair[0] else f"length {s[i]:.3f}"
            axes.plot([0, ends[0, i]], [0, ends[1, i]], color=colour, lw=2.4, label=name)
        axes.set(aspect="equal", xlabel="x", ylabel="y", xlim=(-2.3, 2.3), ylim=(-2.3, 2.3))
        axes.set_title(title, fontsize=11)
        axes.legend(fontsize=9, loc="lower right")


def draw_svd(answer, plt):
    """The singular values of a picture, and the error after keeping k of them."""
    picture = mountains(40)
    U, s, V = answer.svd_power(picture, 16)
    every = np.linalg.svd(picture, compute_uv=False)
    figure, pair = plt.subplots(1, 2, figsize=(8.6, 3.6))
    pair[0].semilogy(np.arange(1, len(every) + 1), every, color=STONE, lw=1.2, label="np.linalg.svd")
    pair[0].semilogy(np.arange(1, len(s) + 1), s, "o", color=SEAL, ms=5, label="svd_power")
    pair[0].set(xlabel="number", ylabel="singular value")
    pair[0].set_title("A few directions carry most of a picture", fontsize=11)
    pair[0].legend(fontsize=9)
    kept = np.arange(0, len(s) + 1)
    whole = np.linalg.norm(picture)
    promised = [answer.truncation_error(every, k) / whole for k in kept]
    found = [np.linalg.norm(picture - answer.rebuild(U[:, :k], s[:k], V[:, :k])) / whole for k in kept]
    pair[1].plot(kept, promised, color=STONE, lw=1.2, label="truncation_error")
    pair[1].plot(kept, found, "o", color=MOSS, ms=5, label="rebuilt and measured")
    pair[1].set(xlabel="triples kept", ylabel="error / size of the picture", yscale="log", xticks=range(0, 17, 4))
    pair[1].set_title("What is left out is the error", fontsize=11)
    pair[1].legend(fontsize=9)
    figure.tight_layout()


def draw_compress(answer, plt):
    """The same picture at four ranks, and whole."""
    picture = mountains(160)
    figure, row = plt.subplots(1, 5, figsize=(11.5, 2.9))
    for axes, k in zip(row, (1, 4, 12, 40)):
        small = answer.compress(picture, k)
        axes.imshow(small, cmap="gray", vmin=0, vmax=255)
        axes.set_title(f"rank {k}", fontsize=11)
        axes.set_xlabel(f"{answer.psnr(picture, small):.1f} dB\n{answer.storage_ratio(picture.shape, k):.1%} of the numbers", fontsize=9)
    row[4].imshow(picture, cmap="gray", vmin=0, vmax=255)
    row[4].set_title("whole", fontsize=11)
    row[4].set_xlabel(f"rank {len(picture)}", fontsize=9)
    for axes in row:
        axes.set(xticks=[], yticks=[])
        for side in axes.spines.values():
            side.set_visible(False)


def draw_report(answer, plt):
    """What each rank costs and keeps, and the first one that is good enough."""
    picture = mountains(120)
    rows = answer.compression_table(picture, range(1, 60))
    good = answer.smallest_good_rank(picture, 32)
    storage, quality = [100 * row["storage"] for row in rows], [row["psnr"] for row in rows]
    figure, axes = plt.subplots(figsize=(6.4, 4))
    axes.plot(storage, quality, color=SEAL)
    axes.axhline(32, color=STONE, lw=1, ls="--", label="wanted: 32 dB")
    axes.axvline(100, color=INK, lw=1, ls=":", label="as many numbers as the whole")
    axes.scatter(storage[good - 1], quality[good - 1], s=70, facecolor="none", edgecolor=MOSS, lw=2, zorder=3, label=f"smallest good rank: {good}")
    axes.set(xlabel="numbers stored (% of the whole)", ylabel="PSNR (dB)")
    axes.set_title("What each rank costs, and what it keeps", fontsize=11)
    axes.legend(fontsize=9, loc="lower center")
