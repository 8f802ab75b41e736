"""Asks for the rights of root again, by every call that gives some; then counts its capabilities."""
# needs: rootless
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)


def tried(call, *arguments):
    try:
        call(*arguments)
    except (OSError, ValueError):
        pass


class Header(ctypes.Structure):
    _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]


header, data = Header(0x20080522, 0), (ctypes.c_uint32 * 6)()
for call, arguments in (
    (os.setresuid, (0, 0, 0)), (os.setresgid, (0, 0, 0)), (os.setuid, (0,)), (os.setgroups, ([0],)),
):
    tried(call, *arguments)
every = (ctypes.c_uint32 * 6)(*[0xFFFFFFFF, 0xFFFFFFFF, 0, 0xFFFFFFFF, 0xFFFFFFFF, 0])
libc.capset(ctypes.byref(header), every)
libc.prctl(47, 2, 21, 0, 0)  # PR_CAP_AMBIENT, raise, CAP_SYS_ADMIN
if libc.capget(ctypes.byref(header), data) == 0 and (data[0] or data[3]):
    print("ATTACK-REACHED capabilities", hex(data[0]), hex(data[3]))
