"""Opens sockets that speak to the kernel: routes, raw packets, ciphers, virtual machines."""
# needs: rootless
import socket
import struct

KINDS = {
    "raw": (socket.AF_INET, socket.SOCK_RAW, 1),
    "packets": (17, socket.SOCK_RAW, 0x0300),
    "audit": (16, socket.SOCK_RAW, 9),
    "events": (16, socket.SOCK_DGRAM, 15),
    "ciphers": (38, socket.SOCK_SEQPACKET, 0),
    "virtual machines": (40, socket.SOCK_STREAM, 0),
    "radio": (31, socket.SOCK_RAW, 1),
    "keys": (15, socket.SOCK_RAW, 2),
    "routes": (16, socket.SOCK_RAW, 0),
}
for name, kind in KINDS.items():
    try:
        line = socket.socket(*kind)
    except OSError:
        continue
    print("ATTACK-REACHED", name)
    line.close()
