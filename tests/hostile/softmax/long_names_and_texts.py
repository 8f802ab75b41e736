"""Gives a class whose name is a megabyte long, texts of fifty, and a thousand ancestors."""

Long = type("L" * 1_000_000, (), {"__doc__": "d" * 10_000_000})
kind = Exception
for n in range(400):
    kind = type("E" * 3000 + str(n), (kind,), {})


def log_softmax(Z):
    return Long()


def loss_and_gradient(W, X, y):
    raise kind("m" * 50_000_000)


def masked_loss(Z, y, ignore_index=-100):
    return "t" * 50_000_000, "\u2028" * 10_000_000
