"""Sends urgent bytes (MSG_OOB) over the line, in the middle of replies, and hangs up on some."""
import os
import socket
import stat


def is_socket(fd):
    try:
        return stat.S_ISSOCK(os.fstat(fd).st_mode)
    except OSError:
        return False


line = socket.socket(fileno=os.dup(next(filter(is_socket, range(3, 1024)))))


def urge(data):
    try:
        line.send(data, socket.MSG_OOB)
    except OSError:
        pass


def log_softmax(Z):
    urge(b"x")
    return Z


def loss_and_gradient(W, X, y):
    for _ in range(100):
        urge(b'ZX\0\0\0\x02{}')
    return 1.0, W


def masked_loss(Z, y, ignore_index=-100):
    line.send(b"ZX")
    urge(b"\0")
    line.send(b"\0\0\x02{}")
    urge(b"Z")
    os._exit(0)
