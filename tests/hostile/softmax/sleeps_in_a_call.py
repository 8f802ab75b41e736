"""Waits for ever inside a call, in ways that use no CPU seconds: sleep, locks, pipes, signals."""
import os
import signal
import threading


def log_softmax(Z):
    threading.Lock().acquire() and threading.Condition().acquire()
    signal.pause()


def loss_and_gradient(W, X, y):
    return os.read(os.pipe()[0], 1)


def masked_loss(Z, y, ignore_index=-100):
    lock = threading.Lock()
    lock.acquire()
    lock.acquire()
