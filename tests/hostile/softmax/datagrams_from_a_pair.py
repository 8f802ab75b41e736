"""Sends datagrams to servers with names from a pair of sockets, which is no new socket to a filter."""
# needs: rootless
import socket

for kind in (socket.SOCK_DGRAM, socket.SOCK_SEQPACKET, socket.SOCK_STREAM):
    try:
        here, there = socket.socketpair(socket.AF_UNIX, kind)
    except OSError:
        continue
    here.setblocking(False)
    for name in ("\0zhixing-hostile-letters", "/tmp/zhixing-hostile-home/letters", "/dev/log",
                 "/run/systemd/notify", "/run/systemd/journal/socket"):  # fmt: skip
        try:
            if here.sendto(b"a letter", name):
                print("ATTACK-REACHED", repr(name))
        except OSError:
            pass
