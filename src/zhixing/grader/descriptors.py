"""Pipes and sockets where systems differ: waiting for them, reading them, handing them on.

POSIX hands descriptors on by inheritance and waits with poll(2). Windows has neither: there a
socket is shared with a process by its number, and only sockets can be waited for. What stands here
for Windows was never run on Windows; the waiting and reading was run on Linux, with sockets.
"""

import base64
import os
import select
import socket
import sys
import time
from typing import IO

WINDOWS = sys.platform == "win32"
POLLIN, POLLOUT = getattr(select, "POLLIN", 1), getattr(select, "POLLOUT", 4)
GLANCE_SECONDS = 0.005


class Selecting:
    """What AnswerProcess needs of select.poll, over select.select."""

    def __init__(self) -> None:
        self.events: dict[int, int] = {}

    def register(self, fd: int, events: int) -> None:
        self.events[fd] = events

    modify = register

    def unregister(self, fd: int) -> None:
        del self.events[fd]

    def poll(self, milliseconds: float) -> list[tuple[int, int]]:
        reading = [fd for fd, events in self.events.items() if events & POLLIN]
        writing = [fd for fd, events in self.events.items() if events & POLLOUT]
        came, free, _ = select.select(reading, writing, [], milliseconds / 1000)
        return [(fd, POLLIN) for fd in came] + [(fd, POLLOUT) for fd in free]


def read_socket(fd: int, count: int) -> bytes:
    """os.read for the number of a socket. BlockingIOError when nothing is there yet."""
    borrowed = socket.socket(fileno=fd)
    try:
        return borrowed.recv(count)
    except ConnectionError:  # killed, and what it had sent is lost
        return b""
    finally:
        borrowed.detach()


def set_socket_blocking(fd: int, blocking: bool) -> None:
    borrowed = socket.socket(fileno=fd)
    borrowed.setblocking(blocking)
    borrowed.detach()


def socket_outlet() -> tuple[int, int]:
    """Two sockets in place of a pipe: the end to read, the end to write."""
    reading, writing = socket.socketpair()
    return reading.detach(), writing.detach()


if sys.platform == "win32":
    poll, read, close, set_blocking = Selecting, read_socket, socket.close, set_socket_blocking
    outlet = socket_outlet
else:
    poll, read, close, set_blocking = select.poll, os.read, os.close, os.set_blocking
    outlet = os.pipe


def pair() -> tuple[socket.socket, socket.socket]:
    """Two connected sockets that do not wait to gather bytes (on Windows they are TCP)."""
    pair = socket.socketpair()
    if sys.platform == "win32":
        for one in pair:
            one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return pair


def handed(fd: int, pid: int) -> int | str:
    """What process `pid` must be told to get at this one. Keep it open until it has it."""
    if sys.platform == "win32":
        borrowed = socket.socket(fileno=fd)
        told = borrowed.share(pid)
        borrowed.detach()
        return base64.b64encode(told).decode()
    return fd


def taken(told: int | str) -> int:
    """The number, in this process, of what was handed on."""
    if sys.platform == "win32":
        return socket.fromshare(base64.b64decode(str(told))).detach()
    return int(told)


if sys.platform == "win32":
    import _winapi
    import msvcrt

    def readable(pipe: IO[bytes], seconds: float) -> bool:
        """As below; a pipe cannot be waited for there, so it is asked again and again."""
        until = time.monotonic() + seconds
        handle = msvcrt.get_osfhandle(pipe.fileno())
        while time.monotonic() < until:
            try:
                if _winapi.PeekNamedPipe(handle, 0)[0]:
                    return True
            except OSError:  # the other side is gone: reading finds the end
                return True
            time.sleep(GLANCE_SECONDS)
        return False
else:

    def readable(pipe: IO[bytes], seconds: float) -> bool:
        """Is there something to read, or the end, within `seconds`?"""
        return bool(select.select([pipe], [], [], seconds)[0])
