"""Leaves a note in System V memory, semaphores and messages, and looks there for an older one."""
# needs: rootless
# twice
import ctypes
import os

KEY, CREATE, EXISTING = 0x5A585A58, 0o1600, 0
libc = ctypes.CDLL(None, use_errno=True)
for name, get in (
    ("memory", lambda flags: libc.shmget(KEY, 4096 if flags else 0, flags)),
    ("semaphores", lambda flags: libc.semget(KEY, 1 if flags else 0, flags)),
    ("messages", lambda flags: libc.msgget(KEY, flags)),
):
    if get(EXISTING) >= 0:
        print("ATTACK-REACHED a note in", name)
    get(CREATE)


def log_softmax(Z):
    os._exit(0)


loss_and_gradient = masked_loss = lambda *a: log_softmax(0)
