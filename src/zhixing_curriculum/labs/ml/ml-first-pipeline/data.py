"""Subscribers of a reading app, drawn by the judge: who will have left a month from now?"""

import numpy as np

PLANS = ("monthly", "yearly", "student")
DEVICES = ("phone", "tablet", "computer")
FEATURES = ("age", "minutes", "opened", "idle_days", "plan", "device")


def customers(rng, n):
    """Columns as lists of text cells ("" or "?" = missing), labels (n,), and the true log-odds (n,)."""
    age = rng.integers(16, 75, size=n)
    minutes = np.round(rng.gamma(2.0, 60.0, size=n), 1)
    opened = rng.poisson(3.0, size=n)
    idle = rng.integers(0, 31, size=n)
    plan = rng.choice(PLANS, size=n, p=[0.5, 0.3, 0.2])
    device = rng.choice(DEVICES, size=n, p=[0.6, 0.15, 0.25])
    odds = 0.13 * (idle - 15) - 0.012 * (minutes - 120) - 0.35 * (opened - 3) - 0.015 * (age - 45)
    odds += np.select([plan == "monthly", plan == "yearly"], [0.9, -1.4], 0.2)
    odds += np.where(device == "tablet", 0.8, 0.0) - 1.3
    left = (rng.random(n) < 1 / (1 + np.exp(-odds))).astype(int)
    columns = {
        "age": holes(rng, age, 0.15, ""),
        "minutes": holes(rng, minutes, 0.06, "?"),
        "opened": holes(rng, opened, 0.05, ""),
        "idle_days": [str(v) for v in idle],
        "plan": list(map(str, plan)),
        "device": holes(rng, device, 0.08, "?"),
    }
    return columns, left, odds


def holes(rng, values, share, mark):
    return [mark if missing else str(v) for v, missing in zip(values, rng.random(len(values)) < share)]


def training_file(rng, n):
    """The CSV text that training sees: with the label, and with two columns that only seem useful."""
    columns, left, _ = customers(rng, n)
    # the export wrote those who stayed first and numbered the lines as it went
    line = np.argsort(np.argsort(left + rng.normal(0, 0.15, size=n)))
    refund = np.where(left & (rng.random(n) < 0.9), np.round(rng.uniform(3, 60, size=n), 2), 0.0)
    everything = {"customer": [str(500001 + k) for k in line], **columns, "refund": list(map(str, refund)), "left": list(map(str, left))}
    return csv_text(everything, order=rng.permutation(n))


def new_file(rng, n):
    """CSV text of customers whose future nobody knows yet: numbers at random, refunds empty."""
    columns, left, odds = customers(rng, n)
    everything = {"customer": [str(v) for v in 500001 + rng.integers(2000, size=n)], **columns, "refund": [""] * n}
    return everything, left, odds


def csv_text(columns, order=None):
    rows = list(zip(*columns.values()))
    rows = rows if order is None else [rows[i] for i in order]
    return "\n".join([",".join(columns), *(",".join(row) for row in rows)]) + "\n"
