"""Leaves a note on the kernel's keyrings and looks there for an older one. (It fades after 20 s.)"""
# needs: rootless
# twice
import ctypes
import os
import platform

libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long
ADD_KEY, KEYCTL = {"x86_64": (248, 250), "aarch64": (217, 219)}.get(platform.machine(), (-1, -1))
SEARCH, SET_TIMEOUT, SESSION, USER, USER_SESSION = 10, 15, -3, -4, -5
for ring in (SESSION, USER, USER_SESSION):
    if libc.syscall(KEYCTL, SEARCH, ring, b"user", b"zhixing-hostile-note", 0) > 0:
        print("ATTACK-REACHED a note on keyring", ring)
    key = libc.syscall(ADD_KEY, b"user", b"zhixing-hostile-note", b"1.0986", 6, ring)
    if key > 0:
        libc.syscall(KEYCTL, SET_TIMEOUT, key, 20)


def log_softmax(Z):
    os._exit(0)


loss_and_gradient = masked_loss = lambda *a: log_softmax(0)
