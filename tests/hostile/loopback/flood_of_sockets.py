"""Opens as many sockets as it can, listens on all of them, fills what they may hold. (At most 1000.)"""
import socket

held = []


def echo(words):
    server = socket.create_server(("127.0.0.1", 0), backlog=1000)
    try:
        for _ in range(500):
            line = socket.create_connection(server.getsockname(), 0.5)
            line.setblocking(False)
            held.append(line)
            try:
                for _ in range(8):
                    line.send(b"x" * 2**17)
            except BlockingIOError:
                pass
    except OSError:
        pass
    return None
