"""Announces a head of four GiB."""
import os
import struct


def log_softmax(Z):
    os.write(100, struct.pack(">2sI", b"ZX", 2**32 - 1) + b"[" * 1000)
    return Z
