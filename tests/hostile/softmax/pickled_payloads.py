"""Gives objects, arrays and bytes that run code wherever they are unpickled."""
import pickle

import numpy as np

MARK = "/tmp/zhixing-hostile-unpickled"


class Payload:
    def __reduce__(self):
        return exec, (f"open({MARK!r}, 'w').write('ATTACK-REACHED unpickled')",)

    __reduce_ex__ = lambda self, _: self.__reduce__()


def log_softmax(Z):
    return np.array([[Payload()] * Z.shape[1]] * Z.shape[0], dtype=object)


def loss_and_gradient(W, X, y):
    return pickle.dumps(Payload()), Payload()


def masked_loss(Z, y, ignore_index=-100):
    return {b"__reduce__": pickle.dumps(Payload())}, [Payload()]
