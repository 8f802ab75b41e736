"""Connects to this machine, to its own listener, and to the world outside, by TCP."""
# needs: rootless
import errno
import socket


def connect(family, address):
    with socket.socket(family, socket.SOCK_STREAM) as line:
        line.settimeout(0.2)
        return line.connect_ex(address)


for family, host in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
    try:
        with socket.socket(family, socket.SOCK_STREAM) as listener:
            listener.bind((host, 0))
            listener.listen()
            if connect(family, listener.getsockname()[:2]) == 0:
                print("ATTACK-REACHED its own listener on", host)
    except OSError:
        pass
    for port in (9, 22, 80, 8000, 47951):
        try:
            if connect(family, (host, port)) in (0, errno.ECONNREFUSED):
                print("ATTACK-REACHED", host, port)
        except OSError:
            pass
try:  # an address for documentation: nobody answers, a way there is enough
    if connect(socket.AF_INET, ("192.0.2.1", 80)) in (0, errno.EAGAIN, errno.EINPROGRESS, errno.ETIMEDOUT):
        print("ATTACK-REACHED a way out")
except OSError:
    pass
