"""The judge's side of a fork server: start it, have answer processes forked, end them.

`Nest` is the fork server of one environment; `AnswerProcess` is one forked process: its line, its
output, its CPU seconds. The judge never opens a path that an answer controls: the private folder is
only made and removed here.
"""

import contextlib
import json
import os
import select
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from zhixing.grader import processes, wire

START_SECONDS = 60.0
GLANCE_SECONDS = 0.25
FLOOD_BYTES = 64 * wire.MIB
IN_BYTES = 512 * wire.MIB
OUT_BYTES = 256 * wire.MIB
KEPT_VARIABLES = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE", "TMPDIR", "MPLCONFIGDIR")


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


def environment() -> dict[str, str]:
    """What an answer may see of our environment: one thread, UTF-8, and no more."""
    kept = {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    fixed = {"PATH": os.defpath, "LANG": "C.UTF-8", "PYTHONHASHSEED": "0", "MPLBACKEND": "Agg"}
    return {**fixed, **threads, **kept}


class Nest:
    """One fork server process."""

    def __init__(self, packages: Sequence[str]) -> None:
        ours, theirs = socket.socketpair()
        self.control, self.live = ours, 0
        command = [sys.executable, "-I", "-B", "-m", "zhixing.grader.nest", str(theirs.fileno())]
        self.process = subprocess.Popen(
            [*command, json.dumps(list(packages))],
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            env=environment(),
            start_new_session=True,
        )
        theirs.close()
        self.control.settimeout(START_SECONDS)
        self.ready = False

    def _line(self) -> bytes:
        try:
            line = self.control.recv(4096)
        except OSError as error:
            raise Gone(f"the fork server did not answer: {error}") from error
        if not line:
            raise Gone("the fork server ended")
        return line

    def hatch(self, cpu_seconds: float, memory_mib: int) -> "AnswerProcess":
        """A new answer process. Gone when the fork server cannot give one."""
        if not self.ready:
            self._line()
            self.ready = True
        try:
            folder = tempfile.mkdtemp(prefix="answer-")
        except OSError as error:
            raise Gone("room") from error
        line, theirs = socket.socketpair()
        output, written = os.pipe()
        request = {"op": "hatch", "folder": folder, "cpu_seconds": cpu_seconds}
        try:
            socket.send_fds(
                self.control,
                [json.dumps({**request, "memory_mib": memory_mib}).encode()],
                [theirs.fileno(), written],
            )
            pid = json.loads(self._line())["pid"]
        except OSError as error:
            raise Gone(f"the fork server ended: {error}") from error
        finally:
            theirs.close()
            os.close(written)
        return AnswerProcess(self, pid, line, output, folder)

    def end(self, pid: int) -> None:
        """Kill an answer process and whatever it started."""
        try:
            self.control.sendall(json.dumps({"op": "end", "pid": pid}).encode())
            self._line()
        except (OSError, Gone):
            processes.kill(pid)

    @property
    def alive(self) -> bool:
        return self.process.poll() is None

    def close(self) -> None:
        """End the fork server and everything below it."""
        self.control.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(timeout=2)
        self.process.kill()
        self.process.wait()


@dataclass
class AnswerProcess:
    """One forked process with one answer, seen from the judge."""

    nest: Nest
    pid: int
    line: socket.socket
    output: int
    folder: str
    printed: bytearray = field(default_factory=bytearray)
    flood: int = 0
    cpu: float = 0.0
    ended: bool = False

    def __post_init__(self) -> None:
        self.line.setblocking(False)
        os.set_blocking(self.output, False)
        self.poll = select.poll()
        self.poll.register(self.line, select.POLLIN)
        self.poll.register(self.output, select.POLLIN)

    def cpu_now(self) -> float:
        """CPU seconds so far, measured from outside; the last reading once it is dead."""
        now = processes.cpu_seconds(self.pid) if not self.ended else None
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

    def end(self) -> None:
        """Kill it with everything it started, take its last words, remove its folder."""
        if self.ended:
            return
        self.cpu_now()
        self.ended = True
        self.nest.end(self.pid)
        self.line.close()
        with contextlib.suppress(Gone):
            self.drain()
        os.close(self.output)
        remove_folder(self.folder)


def remove_folder(folder: str) -> None:
    """Remove a folder whose contents an answer chose: links are removed, never followed."""
    with contextlib.suppress(RecursionError):
        shutil.rmtree(folder, ignore_errors=True)
    if Path(folder).exists():  # deeper than Python recurses, or made unreadable
        subprocess.run(["/bin/rm", "-rf", "--", folder], check=False, capture_output=True)
