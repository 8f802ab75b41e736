"""Sends datagrams to servers with names from a pair of sockets, which is no new socket to a filter."""
# needs: rootless
import socket

for kind in (socket.SOCK_DGRAM, socket.SOCK_RAW, socket.SOCK_SEQPACKET, socket.SOCK_STREAM):
    try:
        here, there = socket.socketpair(socket.AF_UNIX, kind)
    except OSError:
        continue
    here.setblocking(False)
    there.setblocking(False)
    for name in ("\0zhixing-hostile-letters", "/tmp/zhixing-hostile-home/letters", "/dev/log",
                 "/run/systemd/notify", "/run/systemd/journal/socket"):  # fmt: skip
        try:
            here.sendto(b"a letter", name)
        except OSError:
            continue
        try:
            there.recv(100)  # the name was not looked at: it went to the other end of the pair
        except OSError:
            print("ATTACK-REACHED", repr(name))
