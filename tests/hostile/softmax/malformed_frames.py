"""Speaks garbage: wrong marks, wrong JSON, a bool that is neither, a handle of the judge's."""
import os
import stat
import struct


def is_socket(fd):
    try:
        return stat.S_ISSOCK(os.fstat(fd).st_mode)
    except OSError:
        return False


LINE = next(filter(is_socket, range(3, 1024)))

FRAMES = [b"GET / HTTP/1.1\r\n\r\n", struct.pack(">2sI", b"ZX", 3) + b"\xff\xff\xff"]
BODY = b'{"id":0,"ok":{"t":"h","h":"x","y":1},"b":[-1]}'
FRAMES.append(struct.pack(">2sI", b"ZX", len(BODY)) + BODY)
turn = iter(FRAMES * 100)


def log_softmax(Z):
    os.write(LINE, next(turn))
    return Z


def loss_and_gradient(W, X, y):
    os.write(LINE, FRAMES[1])


def masked_loss(Z, y, ignore_index=-100):
    os.write(LINE, FRAMES[2])
