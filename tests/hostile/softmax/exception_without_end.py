"""Raises exceptions whose text never ends or whose causes go round in a ring."""


class Endless(Exception):
    def __str__(self):
        while True:
            pass


class Ring(Exception):
    @property
    def __traceback__(self):
        return self

    @property
    def __class__(self):
        raise SystemExit


def log_softmax(Z):
    raise Endless


def loss_and_gradient(W, X, y):
    one, other = ValueError("one"), ValueError("other")
    one.__cause__, other.__cause__ = other, one
    one.__context__, other.__context__ = other, one
    raise one


def masked_loss(Z, y, ignore_index=-100):
    raise Ring
