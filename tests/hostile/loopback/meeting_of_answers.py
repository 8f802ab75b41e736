"""Listens at a known port and a known abstract name, and looks there for the answer before."""
# needs: full
# twice
import os
import socket
import sys

NAMES = [(socket.AF_INET, ("127.0.0.1", 47952)), (socket.AF_UNIX, "\0zhixing-hostile-meeting")]
kept = []
for family, address in NAMES:
    try:
        with socket.socket(family) as line:
            line.connect(address)
            print("ATTACK-REACHED another answer at", address)
    except OSError:
        pass
    try:
        kept.append(socket.socket(family))
        kept[-1].bind(address)
        kept[-1].listen()
    except OSError:
        pass
for name in ("\0zhixing-hostile-server", "/tmp/zhixing-hostile-home/server"):
    try:
        with socket.socket(socket.AF_UNIX) as line:
            line.connect(name)
            print("ATTACK-REACHED a server of this machine")
    except OSError:
        pass
for path in ("/run/dbus/system_bus_socket", "/var/run/docker.sock", "/run/systemd/private"):
    try:
        with socket.socket(socket.AF_UNIX) as line:
            line.connect(path)
            print("ATTACK-REACHED", path)
    except OSError:
        pass


def echo(words):
    os._exit(0)
