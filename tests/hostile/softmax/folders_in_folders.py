"""Thousands of folders in one another: quick to make, slow to clear."""
import os

try:
    for _ in range(4_000):
        os.mkdir("a" * 200)
        os.chdir("a" * 200)
except OSError:
    pass
