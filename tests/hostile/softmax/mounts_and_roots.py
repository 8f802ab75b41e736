"""Mounts something, changes its root, or opens another tree by the newer calls."""
# needs: rootless
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
MOVE_MOUNT, OPEN_TREE, FSOPEN, OPEN_TREE_CLONE = 429, 428, 430, 1
os.mkdir("m")
if libc.mount(b"none", b"m", b"tmpfs", 0, None) == 0:
    print("ATTACK-REACHED a mount")
    libc.umount2(b"m", 2)
if libc.syscall(FSOPEN, b"tmpfs", 0) >= 0:
    print("ATTACK-REACHED fsopen")
if libc.syscall(OPEN_TREE, -100, b"/", OPEN_TREE_CLONE) >= 0:
    print("ATTACK-REACHED open_tree")
if libc.chroot(b".") == 0:
    print("ATTACK-REACHED chroot")
