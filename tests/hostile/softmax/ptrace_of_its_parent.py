"""Attaches to its parent with ptrace (seizes it without stopping it, and lets go again)."""
# needs: rootless
import ctypes
import os

PTRACE_SEIZE, PTRACE_DETACH, PTRACE_ATTACH, PTRACE_TRACEME = 0x4206, 17, 16, 0
libc = ctypes.CDLL(None, use_errno=True)
libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
libc.ptrace.restype = ctypes.c_long
for pid in {os.getppid(), 1, os.getpid() - 1} - {0}:
    if libc.ptrace(PTRACE_SEIZE, pid, None, None) == 0:
        print("ATTACK-REACHED", "its parent" if pid == os.getppid() else pid, flush=True)
        break
