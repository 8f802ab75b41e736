"""Calls sys.exit(0) in the middle of a call."""
import sys


def log_softmax(Z):
    sys.exit(0)


def loss_and_gradient(W, X, y):
    sys.exit(0)


def masked_loss(Z, y, ignore_index=-100):
    raise SystemExit(0)
