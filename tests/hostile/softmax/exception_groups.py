"""Raises groups of exceptions, ten thousand wide and ten thousand deep."""


def log_softmax(Z):
    raise ExceptionGroup("g" * 10_000, [ValueError("v" * 1000)] * 10_000)


def loss_and_gradient(W, X, y):
    error = ValueError("deep")
    for _ in range(10_000):
        error = ExceptionGroup("g", [error])
    raise error


def masked_loss(Z, y, ignore_index=-100):
    error = BaseExceptionGroup("all", [SystemExit(0), KeyboardInterrupt(), GeneratorExit()])
    error.add_note("n" * 10_000_000)
    raise error
