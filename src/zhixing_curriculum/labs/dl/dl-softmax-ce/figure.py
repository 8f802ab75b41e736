"""Probabilities as one score grows, a classifier that learns, and a loss that skips padding."""

import numpy as np

INK, SEAL, MOSS, STONE = "#2b2622", "#b8432f", "#3f6f52", "#8a8378"


def draw_stable(answer, plt):
    """One logit grows: three probabilities, and a log-probability far beyond where exp overflows."""
    z = np.linspace(-6, 8, 200)
    P = np.exp(answer.log_softmax(np.column_stack([z, np.zeros(200), np.full(200, 1.5)])))
    far = np.linspace(0, 1500, 151)
    logs = answer.log_softmax(np.column_stack([far, np.zeros(151)]))[:, 1]
    figure, pair = plt.subplots(1, 2, figsize=(8.8, 3.7))
    for column, (name, colour) in enumerate((("growing z", SEAL), ("at 0", STONE), ("at 1.5", MOSS))):
        pair[0].plot(z, P[:, column], color=colour, label=name)
    pair[0].set(xlabel="logit z", ylabel="probability", ylim=(-0.03, 1.03))
    pair[0].set_title("One logit grows, the others stay", fontsize=11)
    pair[0].legend(fontsize=9)
    pair[1].axvline(709.8, color=STONE, lw=1, ls="--")
    pair[1].text(722, -60, "exp(z) overflows here", fontsize=9, color=STONE)
    pair[1].plot(far, logs, color=SEAL)
    pair[1].set(xlabel="logit z", ylabel="log-probability of the other class", ylim=(-1550, 50))
    pair[1].set_title("Finite, all the way", fontsize=11)
    figure.tight_layout()


def draw_gradient(answer, plt):
    """Steps against the gradient: the loss falls from ln 3, and the plane is divided."""
    rng = np.random.default_rng(8)
    y = np.repeat([0, 1, 2], 40)
    X = np.column_stack([np.array([[0, 2], [-2, -1], [2, -1]])[y] + rng.normal(0, 0.8, size=(120, 2)), np.ones(120)])
    W, losses = np.zeros((3, 3)), []
    for _ in range(60):
        loss, gradient = answer.loss_and_gradient(W, X, y)
        losses.append(loss)
        W = W - 0.5 * np.asarray(gradient)
    a, b = np.meshgrid(np.linspace(-5, 5, 120), np.linspace(-4, 5, 120))
    classes = (np.column_stack([a.ravel(), b.ravel(), np.ones(a.size)]) @ W).argmax(axis=1).reshape(a.shape)
    figure, pair = plt.subplots(1, 2, figsize=(8.8, 3.7))
    pair[0].axhline(np.log(3), color=STONE, lw=1, ls="--", label="ln 3: knows nothing")
    pair[0].plot(losses, color=SEAL, label="loss")
    pair[0].set(xlabel="step", ylabel="mean cross-entropy (nats)", ylim=(0, None))
    pair[0].set_title("Down the gradient", fontsize=11)
    pair[0].legend(fontsize=9)
    pair[1].contourf(a, b, classes, levels=[-0.5, 0.5, 1.5, 2.5], colors=[SEAL, MOSS, STONE], alpha=0.22)
    pair[1].scatter(X[:, 0], X[:, 1], s=16, c=np.array([SEAL, MOSS, INK])[y], lw=0)
    pair[1].set(xlabel="feature 1", ylabel="feature 2")
    pair[1].set_title("What it learnt", fontsize=11)
    figure.tight_layout()


def draw_ignore(answer, plt):
    """A batch of sentences of different lengths: where the gradient is, and where nothing counts."""
    rng = np.random.default_rng(9)
    lengths, longest, words = (9, 5, 7, 2), 9, 6
    y = np.full((4, longest), -100)
    for row, length in enumerate(lengths):
        y[row, :length] = rng.integers(0, words, size=length)
    loss, gradient = answer.masked_loss(rng.normal(size=(y.size, words)), y.ravel())
    pull = np.abs(gradient).sum(axis=1).reshape(y.shape)
    figure, axes = plt.subplots(figsize=(6.4, 3))
    shown = axes.imshow(pull, cmap="Reds", vmin=0, vmax=1.8 * pull.max())
    for (i, j), label in np.ndenumerate(y):
        axes.text(j, i, "pad" if label == -100 else str(label), ha="center", va="center", fontsize=9, color=STONE if label == -100 else INK)
    axes.set(xlabel="position", ylabel="sentence", yticks=range(4))
    axes.set_title(f"Size of the gradient; loss {loss:.3f} over {sum(lengths)} words", fontsize=11)
    figure.colorbar(shown, ax=axes, shrink=0.8)
