"""The streams of one run of a program, from the judge's side: fed and drained till it ends."""

import os
import select
import time

from zhixing.grader import wire
from zhixing.grader.answering import (
    FLOOD_BYTES,
    GLANCE_SECONDS,
    AnswerProcess,
    Gone,
    OutOfTime,
    Until,
)

KEPT_BYTES = 64 * 1024


class Streams:
    """The judge's ends of a program's standard input, output and errors."""

    def __init__(self, stdin: bytes) -> None:
        self.stdin, self.out, self.err, self.flood = memoryview(stdin), bytearray(), bytearray(), 0
        reading, self.into = os.pipe()
        self.out_fd, writing_out = os.pipe()
        self.err_fd, writing_err = os.pipe()
        self.theirs = (reading, writing_out, writing_err)
        for fd in (self.into, self.out_fd, self.err_fd):
            os.set_blocking(fd, False)
        self.open = {self.into, self.out_fd, self.err_fd}

    def close_theirs(self) -> None:
        for fd in self.theirs:
            os.close(fd)

    def close(self) -> None:
        for fd in tuple(self.open):
            self._close(fd)

    def _close(self, fd: int) -> None:
        if fd in self.open:
            self.open.discard(fd)
            os.close(fd)

    def follow(self, process: AnswerProcess, until: Until) -> None:
        """Feed and drain until the process has let go of its line, its output and its errors, as it
        does by ending: OutOfTime when a limit passes, Gone for a flood, BadFrame for a word on the
        line."""
        poll = select.poll()
        for fd in (process.line.fileno(), process.output, self.out_fd, self.err_fd):
            poll.register(fd, select.POLLIN)
        poll.register(self.into, select.POLLOUT)
        line = process.line.fileno()
        awaited = {line, self.out_fd, self.err_fd}
        while awaited:
            left_cpu, left_wall = until.cpu - process.cpu_now(), until.wall - time.monotonic()
            if left_cpu <= 0 or left_wall <= 0:
                limit = until.cpu_seconds if left_cpu <= 0 else until.wall_seconds
                raise OutOfTime(limit, cpu=left_cpu <= 0)
            glance = max(0.002, min(left_cpu, left_wall, GLANCE_SECONDS))
            for fd, event in poll.poll(glance * 1000):
                if fd == line:
                    done = _nothing_said(process)
                elif fd == process.output:
                    process.drain()
                    done = not event & select.POLLIN
                else:
                    done = not self._serve(fd)
                if done:
                    poll.unregister(fd)
                    awaited.discard(fd)
                    self._close(fd)

    def _serve(self, fd: int) -> bool:
        """Move some bytes; False when this stream is done."""
        try:
            if fd == self.into:
                if self.stdin:
                    self.stdin = self.stdin[os.write(fd, self.stdin[:65536]) :]
                return bool(self.stdin)
            raw = os.read(fd, 65536)
        except BlockingIOError:
            return True
        except OSError:
            return False
        kept = self.out if fd == self.out_fd else self.err
        kept += raw[: max(0, KEPT_BYTES - len(kept))]
        self.flood += len(raw)
        if self.flood > FLOOD_BYTES:
            raise Gone("flood")
        return bool(raw)

    def take_the_rest(self) -> None:
        """What still lies in the pipes of a process that has ended; at most a pipe's worth each."""
        for fd in (self.out_fd, self.err_fd):
            for _ in range(64):
                if fd not in self.open:
                    break
                try:
                    if not self._serve(fd) or not select.select([fd], [], [], 0)[0]:
                        break
                except Gone:
                    break
        self.close()

    def texts(self) -> tuple[str, str]:
        return self.out.decode("utf-8", "replace"), self.err.decode("utf-8", "replace")


def _nothing_said(process: AnswerProcess) -> bool:
    """True: the line is closed, and nothing was said on it."""
    try:
        said = process.line.recv(1)
    except OSError:
        return True
    if said:
        raise wire.BadFrame("a program has nothing to say on this line")
    return True
