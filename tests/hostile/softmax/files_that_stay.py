"""Marks files so that not even root may remove them (and takes the mark off again at once)."""
# needs: rootless
import fcntl
import os
import struct

FS_IOC_GETFLAGS, FS_IOC_SETFLAGS, IMMUTABLE = 0x80086601, 0x40086602, 0x10
with open("stays", "w") as file:
    try:
        flags = struct.unpack("l", fcntl.ioctl(file, FS_IOC_GETFLAGS, bytes(8)))[0]
        fcntl.ioctl(file, FS_IOC_SETFLAGS, struct.pack("l", flags | IMMUTABLE))
        print("ATTACK-REACHED a file that stays")
        fcntl.ioctl(file, FS_IOC_SETFLAGS, struct.pack("l", flags))
    except OSError:
        pass
for path in ("own", "setuid"):
    open(path, "w").close()
    try:
        os.chmod(path, 0o6755)
        os.chown(path, 0, 0)
        print("ATTACK-REACHED a file of root's")
    except OSError:
        pass
