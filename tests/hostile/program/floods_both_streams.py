"""Writes on both streams without end and never reads its input."""
import os

while True:
    os.write(1, b"0\n" * 30_000)
    os.write(2, b"\x1b[2J\xff" * 10_000)
