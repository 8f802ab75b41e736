"""Reads address zero."""
import ctypes


def log_softmax(Z):
    ctypes.string_at(0)


def loss_and_gradient(W, X, y):
    ctypes.string_at(0)


def masked_loss(Z, y, ignore_index=-100):
    ctypes.string_at(0)
