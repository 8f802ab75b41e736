"""Sends packets by UDP and asks for names: to this machine, and towards the world outside."""
# needs: rootless
import socket

for family, address in (
    (socket.AF_INET, ("127.0.0.1", 9)),
    (socket.AF_INET6, ("::1", 9)),
    (socket.AF_INET, ("192.0.2.1", 53)),
):
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as line:
            if line.sendto(b"zhixing", address):
                print("ATTACK-REACHED", address)
    except OSError:
        pass
