"""Hangs up on the witness with one hand and goes on with the other: copies, and half-closed lines."""
import os
import socket


async def fetch(connect, names):
    said, lines = [], []
    for name in names:
        line = connect.socket()
        lines.append(socket.socket(fileno=os.dup(line.fileno())))
        line.send(name.encode() + b"\n")
        line.shutdown(socket.SHUT_WR)
        line.close()
    for name, line in zip(names, lines):
        line.settimeout(0.5)
        try:
            said.append(line.recv(1000).decode().strip() * 2)
        except OSError:
            said.append("")
    return said
