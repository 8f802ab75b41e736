import numpy as np

INK, SEAL, MOSS, STONE = "#2b2622", "#b8432f", "#3f6f52", "#8a8378"


def picture():
    """A small landscape of our own: the one of the lab, drawn again so that nobody can change it."""
    y, x = np.mgrid[0:120, 0:160].astype(float)
    out = 0.95 - 0.0015 * y
    out[(x - 118) ** 2 + (y - 26) ** 2 < 11**2] = 0.62
    for top, height, dark, pace in ((52, 17, 0.62, 19), (66, 15, 0.42, 13), (84, 9, 0.2, 7.5)):
        waves = 0.6 * np.sin(x / pace + top) + 0.25 * np.sin(x / pace * 2.3) + 0.05 * np.sin(x / 2.1)
        ridge = top + height * waves
        out = np.where(y > ridge, dark + (0.9 - dark) * np.clip((y - ridge) / 42, 0, 1), out)
    out = np.where(y > 96, 0.78 + 0.05 * np.sin(y * 1.9 + 2 * np.sin(x / 9)), out)
    out[(y > 88) & (y <= 104) & (abs(x - 52) < (y - 88) * 0.4)] = 0.3
    out[(y > 104) & (y < 108) & (abs(x - 52) < 13 - (y - 104) * 1.5)] = 0.1
    out[8:24, 8:24] = 0.25
    out[11:21, 15:17] = out[14:21, 11:13] = out[14:21, 19:21] = out[19:21, 11:21] = 0.95
    return out


def draw_compress(answer, plt):
    """The picture and its copies from 1, 5 and 20 layers."""
    original = picture()
    U, s, Vt = np.linalg.svd(original, full_matrices=False)
    figure, axes = plt.subplots(1, 4, figsize=(11, 2.5))
    for axis, k in zip(axes, (None, 1, 5, 20)):
        shown = original if k is None else answer.compress(U, s, Vt, k)
        axis.imshow(np.asarray(shown, dtype=float), cmap="gray", vmin=0, vmax=1)
        stored = "original" if k is None else f"k = {k}: {k * (120 + 160 + 1) / (120 * 160):.0%} of the numbers"
        axis.set_title(stored, fontsize=9, color=INK if k is None else SEAL)
        axis.axis("off")
    figure.tight_layout()


def draw_error(answer, plt):
    """How the error falls and the share rises as layers are kept."""
    s = np.linalg.svd(picture(), compute_uv=False)
    layers = range(1, 41)
    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3))
    left.plot(layers, [answer.error_of(s, k) for k in layers], color=SEAL, linewidth=2)
    left.set_title("error against the number of layers", fontsize=10, color=INK)
    left.set_ylim(bottom=0)
    right.plot(layers, [answer.kept_share(s, k) for k in layers], color=MOSS, linewidth=2)
    enough = answer.rank_for(s, 0.99)
    right.axhline(0.99, color=STONE, linewidth=1, linestyle="--")
    right.plot([enough], [answer.kept_share(s, enough)], "o", color=SEAL)
    right.set_title(f"share kept: {enough} layers hold 99 %", fontsize=10, color=INK)
    for axis in (left, right):
        axis.set_xlabel("layers kept (k)", fontsize=9)
        axis.spines[["top", "right"]].set_visible(False)
    figure.tight_layout()
