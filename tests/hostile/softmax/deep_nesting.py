"""Replies with JSON nested a million deep."""
import os
import struct


def log_softmax(Z):
    head = b"[" * 1_000_000
    os.write(100, struct.pack(">2sI", b"ZX", len(head)))
    os.write(100, head)
    return Z
