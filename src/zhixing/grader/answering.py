"""One forked process with one answer, seen from the judge: its line, its output, its limits.

The judge never opens a path that an answer controls; what it reads comes through descriptors.
"""

import contextlib
import os
import select
import socket
import time
from dataclasses import dataclass, field
from typing import Any, Protocol

import msgspec

from zhixing.grader import processes, wire

GLANCE_SECONDS = 0.25
FLOOD_BYTES = 64 * wire.MIB
IN_BYTES = 512 * wire.MIB
OUT_BYTES = 256 * wire.MIB


class Gone(Exception):
    """The answer process is no more, or is not to be believed: `why` says which."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class OutOfTime(Exception):
    """A limit passed. `cpu` says whether it was CPU seconds; `seconds` is the limit."""

    def __init__(self, seconds: float, cpu: bool) -> None:
        super().__init__(f"{seconds} s")
        self.seconds, self.cpu = seconds, cpu


@dataclass(frozen=True)
class Ended:
    """How a process ended: status as waitpid gives it, CPU seconds with what it waited for, peak."""

    status: int
    cpu: float
    peak_kib: int


class Server(Protocol):
    """The fork server that a process came from, as far as the process needs it."""

    def end(self, inner: int, outer: int) -> Ended:
        """Kill a process and whatever it started; its room is emptied too."""


@dataclass
class Traffic:
    """Bytes so far in one grading, both ways."""

    came: int = 0
    went: int = 0


@dataclass
class Until:
    """When waiting ends: a wall-clock moment (monotonic), a count of the process's CPU seconds."""

    wall: float
    cpu: float
    wall_seconds: float
    cpu_seconds: float


@dataclass
class AnswerProcess:
    """One forked process with one answer, seen from the judge. `inner` is its number as its fork
    server counts."""

    nest: Server
    pid: int
    line: socket.socket
    output: int
    folder: str
    inner: int
    printed: bytearray = field(default_factory=bytearray)
    flood: int = 0
    cpu: float = 0.0
    how: Ended | None = None

    def __post_init__(self) -> None:
        self.line.setblocking(False)
        os.set_blocking(self.output, False)
        self.poll = select.poll()
        self.poll.register(self.line, select.POLLIN)
        self.poll.register(self.output, select.POLLIN)

    def cpu_now(self) -> float:
        """CPU seconds so far, measured from outside; the last reading once it is dead."""
        now = processes.cpu_seconds(self.pid) if self.how is None else None
        self.cpu = max(self.cpu, now or 0.0)
        return self.cpu

    def send(self, head: dict[str, Any], buffers: list[bytes], until: Until) -> int:
        """One frame to the answer; how many bytes it was."""
        raw = memoryview(wire.frame(head, buffers))
        sent = 0
        while sent < len(raw):
            try:
                sent += self.line.send(raw[sent:])
            except BlockingIOError:
                self._wait(until, select.POLLIN | select.POLLOUT)
            except OSError as error:
                raise Gone("exit") from error
        return len(raw)

    def receive(self, until: Until, traffic: Traffic) -> tuple[dict[str, Any], list[bytes]]:
        """One frame from the answer. Gone, OutOfTime, or BadFrame."""
        length = wire.head_length(bytes(self._exactly(wire.START.size, until)))
        try:
            head = msgspec.json.decode(self._exactly(length, until))
        except (msgspec.DecodeError, RecursionError, ValueError) as error:
            raise wire.BadFrame(str(error)) from None
        lengths = wire.buffer_lengths(head)
        traffic.came += wire.START.size + length + sum(lengths)
        if traffic.came > IN_BYTES:
            raise wire.BadFrame("more than 512 MiB in one grading")
        return head, [bytes(self._exactly(n, until)) for n in lengths]

    def _exactly(self, count: int, until: Until) -> bytearray:
        got = bytearray()
        while len(got) < count:
            try:
                part = self.line.recv(min(count - len(got), wire.MIB))
            except BlockingIOError:
                self._wait(until, select.POLLIN)
                continue
            except OSError as error:
                raise Gone("exit") from error
            if not part:
                raise Gone("exit")
            got += part
        return got

    def _wait(self, until: Until, events: int) -> None:
        """Wait for the line, draining output meanwhile; OutOfTime when a limit passes."""
        self.poll.modify(self.line, events)
        while True:
            left_cpu = until.cpu - self.cpu_now()
            left_wall = until.wall - time.monotonic()
            if left_cpu <= 0 or left_wall <= 0:
                limit = until.cpu_seconds if left_cpu <= 0 else until.wall_seconds
                raise OutOfTime(limit, cpu=left_cpu <= 0)
            glance = max(0.002, min(left_cpu, left_wall, GLANCE_SECONDS))
            ready = dict(self.poll.poll(glance * 1000))
            if self.output in ready:
                self.drain()
            if self.line.fileno() in ready:
                return

    def drain(self) -> None:
        """Take what was printed; keep the first 64 KiB; Gone when it is a flood."""
        for _ in range(64):
            try:
                part = os.read(self.output, 65536)
            except BlockingIOError:
                return
            if not part:
                with contextlib.suppress(KeyError):
                    self.poll.unregister(self.output)
                return
            self.printed += part[: max(0, 65536 - len(self.printed))]
            self.flood += len(part)
            if self.flood > FLOOD_BYTES:
                raise Gone("flood")

    def end(self) -> Ended:
        """Kill it with everything it started, take its last words."""
        if self.how is not None:
            return self.how
        self.cpu_now()
        self.how = self.nest.end(self.inner, self.pid)
        self.cpu = max(self.cpu, self.how.cpu)
        self.line.close()
        with contextlib.suppress(Gone):
            self.drain()
        os.close(self.output)
        return self.how
