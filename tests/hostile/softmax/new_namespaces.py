"""Makes or enters namespaces, where it would be root again."""
# needs: rootless
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
KINDS = {"user": 0x10000000, "mount": 0x20000, "net": 0x40000000, "pid": 0x20000000, "uts": 0x4000000,
         "ipc": 0x8000000, "cgroup": 0x2000000, "time": 0x80}  # fmt: skip
for name, flag in KINDS.items():
    if libc.unshare(flag) == 0:
        print("ATTACK-REACHED a new namespace:", name)
        break
for pid in {1, os.getppid()} - {0}:
    for kind in ("user", "mnt", "net", "pid"):
        try:
            fd = os.open(f"/proc/{pid}/ns/{kind}", os.O_RDONLY)
        except OSError:
            continue
        if libc.setns(fd, 0) == 0:
            print("ATTACK-REACHED the namespace of", pid)
        os.close(fd)
