"""Makes files of odd kinds and names: pipes, sockets, devices, no UTF-8, newlines, a leading dash."""
import os
import socket

for make in (
    lambda: os.mkfifo("pipe"),
    lambda: socket.socket(socket.AF_UNIX).bind("socket"),
    lambda: os.mknod("null", 0o20666, os.makedev(1, 3)),
    lambda: os.mkdir("-rf"),
    lambda: os.mkdir("n" * 255),
    lambda: os.mkdir(b"\xff\xfe\n\r\t"),
    lambda: os.mkdir("..."),
    lambda: os.mkdir("\n/../.."[:1]),
    lambda: open("$(touch zhixing-hostile-shell)", "w").close(),
):
    try:
        make()
    except OSError:
        pass


def log_softmax(Z):
    return open("pipe").read()  # nobody ever writes


loss_and_gradient = masked_loss = lambda *a: log_softmax(0)
