"""The maps of a stroke, and the kernels of the first layer before and after a short training."""

import numpy as np
import torch

INK, SEAL = "#2b2622", "#b8432f"
CORNERS = {
    1: [(14, 4), (14, 24)],
    4: [(17, 4), (7, 17), (21, 17), (18, 17), (18, 24), (18, 10)],
    7: [(7, 5), (21, 5), (12, 24)],
}


def drawn(digit, rng):
    """One digit of straight strokes, a little moved: (28, 28) in 0…1."""
    corners = np.array(CORNERS[digit]) + rng.normal(0, 0.9, size=(len(CORNERS[digit]), 2)) + rng.uniform(-2, 2, size=2)
    at = np.concatenate([np.linspace(a, b, 25) for a, b in zip(corners, corners[1:])])
    x, y = np.meshgrid(np.arange(28), np.arange(28))
    away = (x[..., None] - at[:, 0]) ** 2 + (y[..., None] - at[:, 1]) ** 2
    return np.exp(-away / rng.uniform(1, 2.5)).max(axis=2)


def some(n, seed):
    rng = np.random.default_rng(seed)
    y = rng.choice(list(CORNERS), size=n)
    X = np.stack([drawn(int(digit), rng) for digit in y])[:, None] + rng.normal(0, 0.08, size=(n, 1, 28, 28))
    return torch.tensor(X, dtype=torch.float32), torch.tensor(y)


def row(axes, pictures, title):
    for place, picture in zip(axes, pictures):
        place.imshow(picture, cmap="gray")
    for place in axes:
        place.axis("off")
    axes[0].set_title(title, fontsize=10, loc="left")


def draw_lenet(answer, plt):
    """A picture and the first maps that reach the dense layers, after a short training; and its losses."""
    X, y = some(300, 1)
    torch.manual_seed(0)
    model, losses = answer.LeNet(), []
    answer.train(model, X, y, 8, 30, 0.03, 1, losses.append)
    model.eval()
    with torch.no_grad():
        maps = model.features(X[:1])[0].numpy()
    figure, axes = plt.subplots(1, 7, figsize=(9.2, 1.9), width_ratios=[1, 1, 1, 1, 1, 0.3, 2])
    row(axes[:1], [X[0, 0].numpy()], "picture")
    row(axes[1:6], maps[:4], "maps that reach the dense layers")
    axes[6].plot(range(1, 9), losses, color=SEAL, marker="o", ms=3)
    axes[6].set(xlabel="epoch", ylabel="loss", ylim=(0, None))


def draw_filters(answer, plt):
    """The first kernels before training (above) and after it (below)."""
    X, y = some(240, 2)
    torch.manual_seed(0)
    model = answer.LeNet()
    before = np.array(answer.filters(model))
    answer.train(model, X, y, 8, 30, 0.03, 1)
    after = np.array(answer.filters(model))
    count = min(6, len(before))
    figure, axes = plt.subplots(2, count, figsize=(1.3 * count, 3.2), squeeze=False)
    row(axes[0], before[:count], "before training")
    row(axes[1], after[:count], "after training")
    figure.tight_layout()
