"""Leaves a note in a POSIX message queue and in a named semaphore, and looks for an older one."""
# needs: rootless
# twice
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
NAME = b"/zhixing-hostile-note"
if libc.mq_open(NAME, os.O_RDWR, 0o600, None) >= 0:
    print("ATTACK-REACHED a note in a queue")
libc.mq_open(NAME, os.O_RDWR | os.O_CREAT, 0o600, None)
libc.sem_open.restype = ctypes.c_void_p
if libc.sem_open(NAME, 0):
    print("ATTACK-REACHED a note in a semaphore")
libc.sem_open(NAME, os.O_CREAT, 0o600, 7)


def log_softmax(Z):
    os._exit(0)


loss_and_gradient = masked_loss = lambda *a: log_softmax(0)
