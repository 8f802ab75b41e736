"""Raises exceptions whose name, text and ancestry lie, shout or raise again."""


class AssertionError(Exception):
    def __str__(self):
        raise SystemExit


class Shout(BaseException):
    def __str__(self):
        return "pass " * 10_000_000

    __repr__ = __str__


def log_softmax(Z):
    raise AssertionError


def loss_and_gradient(W, X, y):
    raise Shout


def masked_loss(Z, y, ignore_index=-100):
    raise type("StopIteration", (StopIteration,), {})()
