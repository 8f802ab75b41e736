"""A curve for every threshold, and the probabilities of people whose future is known to us alone."""

import numpy as np

INK, SEAL, MOSS, STONE = "#2b2622", "#b8432f", "#3f6f52", "#8a8378"


def draw_metrics(answer, plt):
    """Two classifiers over all thresholds, and what one threshold means."""
    rng = np.random.default_rng(1)
    y = np.repeat([0, 1], [140, 60])
    figure, axes = plt.subplots(figsize=(4.9, 4.6))
    for name, lift, colour in (("sharp", 1.9, SEAL), ("blunt", 0.7, MOSS)):
        score = 1 / (1 + np.exp(-(rng.normal(size=200) + lift * y - lift / 2)))
        alarms, hits, thresholds = answer.roc_curve(y, score)
        found = answer.evaluate(y, score, 0.5)
        label = f"{name}: area {found['roc_auc']:.3f}\nat 0.5: precision {found['precision']:.2f}, recall {found['recall']:.2f}"
        axes.plot(alarms, hits, color=colour, label=label)
        at = np.flatnonzero(np.asarray(thresholds) >= 0.5)[-1]
        axes.scatter(alarms[at], hits[at], s=60, facecolor="none", edgecolor=colour, lw=1.8, zorder=3)
    axes.plot([0, 1], [0, 1], color=STONE, lw=1, ls="--", label="a coin: area 0.5")
    axes.set(xlabel="false alarm rate", ylabel="hit rate (recall)", aspect="equal")
    axes.set_title("Every threshold; the ring is 0.5", fontsize=11)
    axes.legend(fontsize=8.5, loc="lower right")


def table(rng, n, label):
    """CSV text of n readers of an app, with gaps; and who will leave."""
    age, minutes = rng.integers(18, 70, size=n), np.round(rng.gamma(2, 60, size=n), 1)
    opened, idle = rng.poisson(3, size=n), rng.integers(0, 31, size=n)
    plan, device = rng.choice(["monthly", "yearly"], size=n), rng.choice(["phone", "tablet"], size=n)
    odds = 0.15 * (idle - 15) - 0.4 * (opened - 3) + np.where(plan == "monthly", 0.9, -0.9)
    left = (rng.random(n) < 1 / (1 + np.exp(-odds))).astype(int)
    lines = ["age,minutes,opened,idle_days,plan,device" + ",left" * label]
    for row in zip(age, minutes, opened, idle, plan, device, left):
        cells = ["" if k < 2 and rng.random() < 0.1 else str(v) for k, v in enumerate(row)]
        lines.append(",".join(cells if label else cells[:-1]))
    return "\n".join(lines) + "\n", left


def draw_pipeline(answer, plt):
    """Trained on 800 readers, asked about 600 others: who stayed, who left."""
    rng = np.random.default_rng(2)
    with open("training.csv", "w") as file:
        file.write(table(rng, 800, True)[0])
    text, left = table(rng, 600, False)
    with open("new.csv", "w") as file:
        file.write(text)
    P = np.asarray(answer.probabilities(answer.train("training.csv"), "new.csv"))
    figure, pair = plt.subplots(1, 2, figsize=(8.8, 3.7))
    bins = np.linspace(0, 1, 16)
    pair[0].hist(P[left == 0], bins=bins, color=MOSS, alpha=0.6, label="stayed")
    pair[0].hist(P[left == 1], bins=bins, color=SEAL, alpha=0.6, label="left")
    pair[0].set(xlabel="probability given", ylabel="readers")
    pair[0].set_title("600 readers it had not seen", fontsize=11)
    pair[0].legend(fontsize=9)
    box = np.digitize(P, np.linspace(0, 1, 7)[1:-1])
    said = [P[box == k].mean() for k in range(6) if (box == k).any()]
    came = [left[box == k].mean() for k in range(6) if (box == k).any()]
    pair[1].plot([0, 1], [0, 1], color=STONE, lw=1, ls="--", label="says what happens")
    pair[1].plot(said, came, "o-", color=SEAL, ms=5, label="this pipeline")
    pair[1].set(xlabel="probability given", ylabel="share that left", aspect="equal")
    pair[1].set_title("Can the number be trusted?", fontsize=11)
    pair[1].legend(fontsize=9)
    figure.tight_layout()
