"""Sends signals to its parent, its group, init and everybody (signal 0: permission, no harm)."""
# needs: rootless
import ctypes
import os
import platform

libc = ctypes.CDLL(None, use_errno=True)
TGKILL, SIGQUEUE = {"x86_64": (234, 129), "aarch64": (131, 138)}.get(platform.machine(), (-1, -1))
PIDFD_OPEN, PIDFD_SEND_SIGNAL = 434, 424
parent = os.getppid()


def tried(what, call):
    try:
        if call() in (0, None):
            print("ATTACK-REACHED", what)
    except OSError:
        pass


if parent:
    tried("its parent", lambda: os.kill(parent, 0))
    tried("tgkill", lambda: libc.syscall(TGKILL, parent, parent, 0))
    tried("sigqueue", lambda: libc.syscall(SIGQUEUE, parent, 0, ctypes.create_string_buffer(128)))
    handle = libc.syscall(PIDFD_OPEN, parent, 0)
    if handle >= 0:
        tried("by handle", lambda: libc.syscall(PIDFD_SEND_SIGNAL, handle, 0, None, 0))
    tried("its parent's group", lambda: os.killpg(os.getpgid(parent), 0))
for pid in range(max(2, os.getpid() - 50), os.getpid()):
    tried(f"neighbour {pid}", lambda: os.kill(pid, 0))
