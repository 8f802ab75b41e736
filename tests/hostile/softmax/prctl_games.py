"""Asks the kernel not to be ended with its parent, to be unreadable, renamed, and a parent to orphans."""
import ctypes
import os
import time

libc = ctypes.CDLL(None, use_errno=True)
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_NAME, PR_SET_CHILD_SUBREAPER = 1, 4, 15, 36
libc.prctl(PR_SET_PDEATHSIG, 0, 0, 0, 0)
libc.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
libc.prctl(PR_SET_NAME, b"zhixing-hostile", 0, 0, 0)
libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
try:
    os.setsid()
except OSError:
    pass
try:
    os.setpgid(0, 0)
except OSError:
    pass


def log_softmax(Z):
    PR_SET_SECCOMP, STRICT = 22, 1
    libc.prctl(PR_SET_SECCOMP, STRICT, 0, 0, 0)
    return Z


def loss_and_gradient(W, X, y):
    time.sleep(60)
