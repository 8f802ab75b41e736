"""Connects and sends beyond 127.0.0.1: to the world, to names, to this machine's other addresses."""
# needs: full
import errno
import socket

GOING = (0, errno.EAGAIN, errno.EINPROGRESS, errno.ETIMEDOUT, errno.ECONNREFUSED)


def echo(words):
    for address in (("192.0.2.1", 80), ("198.51.100.7", 443)):
        try:
            with socket.socket() as line:
                line.settimeout(0.2)
                if line.connect_ex(address) in GOING:
                    print("ATTACK-REACHED", address)
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
                if line.sendto(b"x", address):
                    print("ATTACK-REACHED", address, "by UDP")
        except OSError:
            pass
    return None
