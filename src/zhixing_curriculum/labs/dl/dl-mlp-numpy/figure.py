"""Activations and their slopes, a gradient beside its measurement, and two spirals told apart."""

import numpy as np

INK, SEAL, MOSS, STONE = "#2b2622", "#b8432f", "#3f6f52", "#8a8378"
KINDS = (("sigmoid", INK), ("tanh", MOSS), ("relu", SEAL))


def spirals(n, seed):
    """Two spirals of n points each, in (x, y), and which one each point is on."""
    rng = np.random.default_rng(seed)
    along = np.sqrt(np.linspace(0.03, 1, n))
    turn = 7.5 * along
    one = np.column_stack([along * np.cos(turn), along * np.sin(turn)])
    return 2 * np.vstack([one, -one]) + rng.normal(0, 0.07, size=(2 * n, 2)), np.repeat([0, 1], n)


def draw_forward(answer, plt):
    """Three activations and their slopes."""
    z = np.linspace(-4, 4, 401)
    figure, pair = plt.subplots(1, 2, figsize=(8.8, 3.6))
    for kind, colour in KINDS:
        pair[0].plot(z, answer.activate(z, kind), color=colour, label=kind)
        pair[1].plot(z, answer.slope(z, kind), color=colour, label=kind)
    pair[0].set(xlabel="z", ylabel="activation", ylim=(-1.2, 2.2))
    pair[1].set(xlabel="z", ylabel="slope", ylim=(-0.05, 1.1))
    pair[0].set_title("What goes out", fontsize=11)
    pair[1].set_title("What gradients are multiplied by", fontsize=11)
    pair[1].legend(fontsize=9)
    figure.tight_layout()


def draw_backward(answer, plt):
    """Each parameter: the slope that was measured against the one that was derived."""
    X, y = spirals(12, 1)
    rng = np.random.default_rng(3)
    P = {"W1": rng.normal(size=(2, 8)), "b1": rng.normal(size=8), "W2": rng.normal(size=(8, 2)), "b2": rng.normal(size=2)}
    derived = answer.backward(P, X, y, "tanh")
    figure, axes = plt.subplots(figsize=(4.8, 4.4))
    ends = []
    for (name, G), colour, mark in zip(sorted(derived.items()), (SEAL, MOSS, INK, STONE), "osD^"):
        measured = answer.measured_gradient(lambda x, name=name: answer.loss({**P, name: x}, X, y, "tanh"), P[name])
        axes.scatter(np.ravel(measured), np.ravel(G), s=26, color=colour, marker=mark, alpha=0.8, lw=0, label=name, zorder=3)
        ends += [np.min(measured), np.max(measured)]
    axes.plot([min(ends), max(ends)], [min(ends), max(ends)], color=STONE, lw=1, label="equal")
    axes.set(xlabel="measured by small steps", ylabel="derived by backward")
    axes.set_title("Every dot belongs on the line", fontsize=11)
    axes.legend(fontsize=9)


def draw_train(answer, plt):
    """The loss as it trains, and the regions it ends with."""
    X, y = spirals(100, 2)
    P, losses = answer.initial(2, 32, 2, 0), []
    for epoch in range(40):
        losses.append(answer.loss(P, X, y, "tanh"))
        P = answer.train(P, X, y, "tanh", 0.35, 5, 20, epoch)
    losses.append(answer.loss(P, X, y, "tanh"))
    a, b = np.meshgrid(np.linspace(-2.6, 2.6, 130), np.linspace(-2.6, 2.6, 130))
    regions = np.reshape(answer.predict(P, np.column_stack([a.ravel(), b.ravel()]), "tanh"), a.shape)
    right = np.mean(answer.predict(P, X, "tanh") == y)
    figure, pair = plt.subplots(1, 2, figsize=(8.8, 3.9))
    pair[0].axhline(np.log(2), color=STONE, lw=1, ls="--", label="ln 2: knows nothing")
    pair[0].plot(5 * np.arange(41), losses, color=SEAL, label="loss")
    pair[0].set(xlabel="epoch", ylabel="loss (nats)", ylim=(0, None))
    pair[0].set_title("Training", fontsize=11)
    pair[0].legend(fontsize=9)
    pair[1].contourf(a, b, regions, levels=[-0.5, 0.5, 1.5], colors=[SEAL, MOSS], alpha=0.2)
    pair[1].scatter(*X.T, s=13, c=np.array([SEAL, MOSS])[y], lw=0)
    pair[1].set(xlabel="x", ylabel="y", aspect="equal")
    pair[1].set_title(f"Two spirals, {right:.0%} told apart", fontsize=11)
    figure.tight_layout()
