import numpy as np
from sklearn.datasets import load_digits

INK, SEAL, MOSS, STONE = "#2b2622", "#b8432f", "#3f6f52", "#8a8378"


def read_half(answer):
    """Every other picture to learn from; the true and the read digits of those in between."""
    X, y = load_digits(return_X_y=True)
    C = answer.centroids(X[::2], y[::2])
    return C, y[1::2], np.asarray(answer.predict(C, X[1::2]))


def draw_nearest(answer, plt):
    """The ten mean pictures, and how many digits they read."""
    C, y, read = read_half(answer)
    figure, axes = plt.subplots(2, 5, figsize=(7, 3.5))
    for digit, axis in enumerate(axes.flat):
        axis.imshow(np.asarray(C[digit], dtype=float).reshape(8, 8), cmap="gray_r", vmin=0, vmax=16)
        axis.set_title(str(digit), fontsize=10, color=INK)
        axis.axis("off")
    figure.suptitle(f"{int((read == y).sum())} of {len(y)} digits read right", color=SEAL, fontsize=11)
    figure.tight_layout()


def draw_mistakes(answer, plt):
    """The confusion matrix; mistakes are coloured, right readings are plain numbers."""
    _, y, read = read_half(answer)
    M = np.asarray(answer.confusion(y, read))
    true, said = answer.most_confused(M)
    figure, axis = plt.subplots(figsize=(5, 4.8))
    axis.imshow(np.where(np.eye(10, dtype=bool), 0, M), cmap="Oranges", vmin=0, vmax=12)
    for row in range(10):
        for column in range(10):
            if M[row, column]:
                colour = MOSS if row == column else INK
                axis.text(column, row, f"{int(M[row, column])}", ha="center", va="center", fontsize=9, color=colour)
    axis.add_patch(plt.Rectangle((said - 0.5, true - 0.5), 1, 1, fill=False, edgecolor=SEAL, linewidth=2))
    axis.set_xticks(range(10))
    axis.set_yticks(range(10))
    axis.set_xlabel("taken for")
    axis.set_ylabel("true digit")
    axis.set_title(f"accuracy {answer.accuracy(y, read):.1%}; most often a {true} is taken for a {said}", fontsize=10, color=INK)
    figure.tight_layout()
