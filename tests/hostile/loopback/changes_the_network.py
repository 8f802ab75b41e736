"""Changes the network it was given: addresses, routes, interfaces, packets of its own making."""
# needs: full
import fcntl
import socket
import struct

SIOCSIFFLAGS, SIOCGIFFLAGS, SIOCETHTOOL = 0x8914, 0x8913, 0x8946


def echo(words):
    for name, kind in {"raw": (2, 3, 1), "packets": (17, 3, 0x0300), "routes": (16, 3, 0)}.items():
        try:
            socket.socket(*kind).close()
            print("ATTACK-REACHED", name)
        except OSError:
            pass
    try:
        with socket.socket() as line:
            asked = struct.pack("16sh14x", b"lo", 0)
            flags = fcntl.ioctl(line, SIOCGIFFLAGS, asked)
            fcntl.ioctl(line, SIOCSIFFLAGS, flags)  # as they are
            print("ATTACK-REACHED the interface")
    except OSError:
        pass
    return None
