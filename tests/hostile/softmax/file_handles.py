"""Opens files by handle, past every folder's rights (open_by_handle_at), and finds what may be opened."""
# needs: rootless
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)


class Handle(ctypes.Structure):
    _fields_ = [("bytes", ctypes.c_uint), ("type", ctypes.c_int), ("handle", ctypes.c_ubyte * 128)]


handle, mount = Handle(bytes=128), ctypes.c_int()
for path in (b"/", b"/etc", os.getcwd().encode()):
    if libc.name_to_handle_at(-100, path, ctypes.byref(handle), ctypes.byref(mount), 0) == 0:
        where = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
        if libc.open_by_handle_at(where, ctypes.byref(handle), os.O_RDONLY) >= 0:
            print("ATTACK-REACHED", path)
