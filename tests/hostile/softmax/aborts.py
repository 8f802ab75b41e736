"""Ends its process from inside C: abort, a bus error, a wild write, a jump to nowhere."""
import ctypes
import mmap
import os


def log_softmax(Z):
    os.abort()


def loss_and_gradient(W, X, y):
    with open("short", "wb+") as file:
        file.truncate(4096)
        mapped = mmap.mmap(file.fileno(), 4096)
        file.truncate(0)
        return mapped[0], W


def masked_loss(Z, y, ignore_index=-100):
    ctypes.memset(id(Z), 0xFF, 4096)
    ctypes.CFUNCTYPE(None)(8)()
