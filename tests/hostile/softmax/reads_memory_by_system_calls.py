"""Reads memory of its parent and of its neighbours with process_vm_readv."""
# needs: rootless
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)


class Span(ctypes.Structure):
    _fields_ = [("base", ctypes.c_void_p), ("length", ctypes.c_size_t)]


held = ctypes.create_string_buffer(b"zhixing", 64)
target = ctypes.create_string_buffer(64)
for pid in [os.getppid(), 1, *range(max(2, os.getpid() - 5), os.getpid())]:
    here, there = Span(ctypes.addressof(target), 8), Span(ctypes.addressof(held), 8)
    # forked from its parent: the same address is mapped there, or is next to something that is
    for address in (ctypes.addressof(held), id(None), id(os)):
        there.base = address
        if pid > 0 and libc.process_vm_readv(pid, ctypes.byref(here), 1, ctypes.byref(there), 1, 0) > 0:
            print("ATTACK-REACHED memory of", pid)
            break
