"""Never returns from one call of C code: a regular expression that backtracks for ever."""
import re


def log_softmax(Z):
    return re.match(r"(a|a?)+$", "a" * 64 + "b")


loss_and_gradient = masked_loss = lambda *a: log_softmax(0)
