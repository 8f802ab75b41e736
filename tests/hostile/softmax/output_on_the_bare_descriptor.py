"""Floods both outputs below Python, in one endless line."""
import os


def log_softmax(Z):
    while True:
        os.write(1, b"x" * 65536)
        os.write(2, b"y" * 65536)


loss_and_gradient = masked_loss = lambda *a: log_softmax(0)
