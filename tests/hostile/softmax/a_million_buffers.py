"""Announces a million buffers, then some of 64 MiB each, that never come."""
import os
import stat
import struct


def is_socket(fd):
    try:
        return stat.S_ISSOCK(os.fstat(fd).st_mode)
    except OSError:
        return False


LINE = next(filter(is_socket, range(3, 1024)))


def send(lengths):
    head = b'{"id":1,"ok":1,"b":[' + b",".join(lengths) + b"]}"
    os.write(LINE, struct.pack(">2sI", b"ZX", len(head)) + head)


def log_softmax(Z):
    send([b"0"] * 1_000_000)
    return Z


def loss_and_gradient(W, X, y):
    send([b"67108864"] * 1000)
    return 1.0, W


def masked_loss(Z, y, ignore_index=-100):
    send([b"-1", b"1e3", b"99999999999999999999"])
    return 1.0, Z
