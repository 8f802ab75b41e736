"""Looks at descriptors 0 to 4095 for anything but its output and the one line."""
import os
import stat

KINDS = {stat.S_IFSOCK: "socket", stat.S_IFREG: "file", stat.S_IFDIR: "folder", stat.S_IFIFO: "pipe"}
sockets = 0
for fd in range(4096):
    try:
        kind = stat.S_IFMT(os.fstat(fd).st_mode)
    except OSError:
        continue
    sockets += kind == stat.S_IFSOCK
    if fd > 2 and kind in (stat.S_IFREG, stat.S_IFDIR):
        print("ATTACK-REACHED an open", KINDS[kind], "on", fd)
    if fd > 2 and kind == stat.S_IFIFO:
        try:
            os.set_blocking(fd, False)
            print("ATTACK-REACHED a pipe on", fd, os.read(fd, 100))
        except OSError:
            pass
if sockets > 1:
    print("ATTACK-REACHED", sockets, "sockets")
try:
    if os.read(0, 1000):
        print("ATTACK-REACHED something to read on standard input")
except OSError:
    pass
