"""Handles page faults itself (userfaultfd), the tool with which races in a kernel are won."""
# needs: rootless
import ctypes
import platform

libc = ctypes.CDLL(None, use_errno=True)
USERFAULTFD = {"x86_64": 323, "aarch64": 282}.get(platform.machine(), -1)
if libc.syscall(USERFAULTFD, 0) >= 0 or libc.syscall(USERFAULTFD, 1) >= 0:
    print("ATTACK-REACHED userfaultfd")
