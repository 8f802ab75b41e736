"""One forked process with one answer, seen from the judge: its line, its output, its limits.

The judge never opens a path that an answer controls; what it reads comes through descriptors.
"""

import contextlib
import os
import socket
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol, TypeVar

from zhixing.grader import descriptors, processes, wire
from zhixing.grader.descriptors import POLLIN, POLLOUT

GLANCE_SECONDS = 0.25
FLOOD_BYTES = 64 * wire.MIB
IN_BYTES = 512 * wire.MIB
OUT_BYTES = 256 * wire.MIB
AT_ONCE = 64 * 1024
JSON_BYTES = 64 * wire.MIB
"""All heads of one grading together: decoded, JSON takes up to twenty times its length."""


Room = TypeVar("Room")
Got = TypeVar("Got", bytes, int)


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


class Spent(OutOfTime):
    """There is no time left to ask anything at all: no limit of a call was passed."""


@dataclass(frozen=True)
class Ended:
    """How a process ended: status as waitpid gives it, CPU seconds with its children, peak memory;
    `early`: before anybody of ours told it to."""

    status: int
    cpu: float
    peak_kib: int
    early: bool = False

    @property
    def from_outside(self) -> bool:
        """Did somebody else kill it? (Its own limits end it in other ways.)"""
        return self.early and os.WIFSIGNALED(self.status) and os.WTERMSIG(self.status) == 9


class Server(Protocol):
    """The fork server that a process came from, as far as the process needs it."""

    def end(self, inner: int, outer: int) -> Ended:
        """Kill a process and whatever it started; its room is emptied too."""


@dataclass
class Json:
    """Bytes of JSON decoded so far in one grading, over all its processes."""

    came: int = 0

    def more(self, length: int) -> None:
        """BadFrame when it is too much: said before it is decoded."""
        self.came += length
        if self.came > JSON_BYTES:
            raise wire.BadFrame("more than 64 MiB of JSON in one grading")


@dataclass
class Traffic:
    """Bytes so far in one grading, both ways."""

    came: int = 0
    went: int = 0
    json: Json = field(default_factory=Json)

    def arrived(self, length: int) -> None:
        """BadFrame when it is too much."""
        self.came += length
        if self.came > IN_BYTES:
            raise wire.BadFrame("more than 512 MiB in one grading")


@dataclass
class Until:
    """When waiting ends: a wall-clock moment (monotonic), a count of the process's CPU seconds.

    `glance` is how long one may wait before the clocks must be read again; each reading is good for
    one wait.
    """

    wall: float
    cpu: float
    wall_seconds: float
    cpu_seconds: float
    glance: float = 0.0

    def read(self, cpu_now: float) -> None:
        """Look at the clocks. OutOfTime when a limit has passed."""
        left = min(self.cpu - cpu_now, self.wall - time.monotonic())
        if left <= 0:
            by_cpu = self.cpu <= cpu_now
            raise OutOfTime(self.cpu_seconds if by_cpu else self.wall_seconds, cpu=by_cpu)
        self.glance = max(0.002, min(left, GLANCE_SECONDS))


def _received(receive: Callable[[Room], Got], room: Room) -> Got:
    """What a receiving call gives. Gone at the end of the line."""
    try:
        got = receive(room)
    except OSError as error:
        raise Gone("exit") from error
    if not got:
        raise Gone("exit")
    return got


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
    family: bool = False
    """May it have children? Then their CPU seconds count too."""
    came: bytes = b""
    """Bytes that came and are in no frame yet."""
    head_bytes: int = 0
    """How long the head of the last frame was."""

    def __post_init__(self) -> None:
        self.line.setblocking(False)
        descriptors.set_blocking(self.output, False)
        self.fd = self.line.fileno()
        self.poll = descriptors.poll()
        self.poll.register(self.fd, POLLIN)
        self.poll.register(self.output, POLLIN)

    def cpu_now(self) -> float:
        """CPU seconds so far, measured from outside; the last reading once it is dead."""
        if self.how is not None:
            return self.cpu
        told = processes.cpu_seconds_of_family if self.family else processes.cpu_seconds
        now = told(self.pid)
        self.cpu = max(self.cpu, now or 0.0)
        return self.cpu

    def send(self, head: dict[str, Any], buffers: Sequence[wire.Raw], until: Until) -> int:
        """One frame to the answer; how many bytes it was."""
        pieces = wire.pieces(head, buffers)
        for piece in pieces:
            self._send(piece, until)
        return sum(map(len, pieces))

    def _send(self, piece: wire.Raw, until: Until) -> None:
        sent = 0
        while sent < len(piece):
            try:
                sent += self.line.send(memoryview(piece)[sent:] if sent else piece)
            except BlockingIOError:
                self._wait(until, POLLOUT)
            except OSError as error:
                raise Gone("exit") from error

    def receive(self, until: Until, traffic: Traffic) -> tuple[dict[str, Any], list[wire.Raw]]:
        """One frame from the answer. Gone, OutOfTime, or BadFrame."""
        start = wire.START.size
        self._fill(start, until)
        self.head_bytes = wire.head_length(self.came)
        traffic.json.more(self.head_bytes)
        end = start + self.head_bytes
        self._fill(end, until)
        head = wire.decoded(self.came[start:end])
        lengths = wire.buffer_lengths(head)
        traffic.arrived(end + sum(lengths))
        self.came = self.came[end:]
        return head, self._buffers(lengths, until) if lengths else []

    def _fill(self, count: int, until: Until) -> None:
        """Have at least so many bytes in `came`."""
        if len(self.came) >= count:
            return
        parts, missing = [self.came], count - len(self.came)
        while missing > 0:
            self._wait(until, POLLIN)
            parts.append(_received(self.line.recv, max(missing, AT_ONCE)))
            missing -= len(parts[-1])
        self.came = b"".join(parts)

    def _buffers(self, lengths: list[int], until: Until) -> list[wire.Raw]:
        """The raw buffers of a frame: a large one is received where it will stay."""
        found: list[wire.Raw] = []
        begin = 0
        for length in lengths:
            end = begin + length
            if end > len(self.came) and length > AT_ONCE:
                found.append(self._large(self.came[begin:], length, until))
                self.came, end = b"", 0
            else:
                self._fill(end, until)
                found.append(self.came[begin:end])
            begin = end
        self.came = self.came[begin:]
        return found

    def _large(self, beginning: bytes, length: int, until: Until) -> bytearray:
        whole, have = bytearray(length), len(beginning)
        whole[:have] = beginning
        with memoryview(whole) as room:
            while have < length:
                self._wait(until, POLLIN)
                have += _received(self.line.recv_into, room[have:])
        return whole

    def _wait(self, until: Until, events: int) -> None:
        """Wait for the line, draining output meanwhile; OutOfTime when a limit passes."""
        if events != POLLIN:
            self.poll.modify(self.fd, events)
        try:
            while not self._heard(until):
                pass
        finally:
            if events != POLLIN:
                self.poll.modify(self.fd, POLLIN)

    def _heard(self, until: Until) -> bool:
        """Has the line something for us within a glance?"""
        if not until.glance:
            until.read(self.cpu_now())
        ready = self.poll.poll(until.glance * 1000)
        until.glance = 0.0
        heard = False
        for fd, _ in ready:
            if fd == self.output:
                self.drain()
            else:
                heard = True
        return heard

    def drain(self) -> None:
        """Take what was printed; keep the first 64 KiB; Gone when it is a flood."""
        for _ in range(64):
            try:
                part = descriptors.read(self.output, 65536)
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

    def _has_hung_up(self) -> bool:
        """Has the other end of the line been closed?"""
        try:
            return not self.line.recv(1, socket.MSG_PEEK)
        except BlockingIOError:
            return False
        except OSError:
            return True

    def end(self) -> Ended:
        """Kill it with everything it started, take its last words."""
        if self.how is not None:
            return self.how
        self.cpu_now()
        gone = self._has_hung_up()
        self.how = self.nest.end(self.inner, self.pid)
        if gone:  # a process that dies lets go of its line before it can be waited for
            self.how = replace(self.how, early=True)
        self.cpu = max(self.cpu, self.how.cpu)
        self.line.close()
        with contextlib.suppress(Gone):
            self.drain()
        descriptors.close(self.output)
        return self.how
