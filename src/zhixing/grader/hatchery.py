"""The judge's side of its keeper and fork servers: have them started, have processes forked, ended.

`Nest` is the fork server of one environment. The judge opens no path: rooms are made and emptied by
the fork server, and what an answer says comes through descriptors.
"""

import array
import contextlib
import json
import os
import select
import signal
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from zhixing.grader import isolation, processes
from zhixing.grader.answering import AnswerProcess, Ended, Gone
from zhixing.grader.processes import CREDENTIALS

START_SECONDS = 60.0


@dataclass(frozen=True)
class Room:
    """A private folder that outlives processes."""

    number: int
    path: str


class Keeper:
    """The line to the process that starts fork servers."""

    def __init__(self, line: socket.socket) -> None:
        self.line = line
        self.line.settimeout(START_SECONDS)
        self.isolation_known: isolation.Isolation | None = None
        self.dead = False

    @property
    def isolation(self) -> isolation.Isolation:
        """What the keeper found out about this machine."""
        if self.isolation_known is None:
            told = b""
            while not told.endswith(b"\n"):
                told += self._received(self.line.recv, 4096)
            self.isolation_known = isolation.of_plain(json.loads(told))
        return self.isolation_known

    def start(
        self, packages: Sequence[str], sandbox: Sequence[str] = (), without: Sequence[str] = ()
    ) -> "Nest":
        """A new fork server; it wakes up while the caller goes on. Gone where there can be none.
        `without` leaves out layers, for measuring what they cost."""
        assert self.isolation
        asked = {"op": "start", "packages": list(packages), "sandbox": list(sandbox)}
        self._sent({**asked, "without": list(without)})
        message, fds, _, _ = self._received(socket.recv_fds, self.line, 4096, 1)
        told = json.loads(message)
        if "trouble" in told:
            raise Gone("room")
        nest = Nest(self, told["nest"], told["pid"], socket.socket(fileno=fds[0]))
        nest.may_have_children = not {"processes", "exec"}.isdisjoint(sandbox)
        return nest

    def end(self, number: int) -> None:
        with contextlib.suppress(Gone):
            self._sent({"op": "end", "nest": number})

    def close(self) -> None:
        """Let it go, and wait until it has removed what it made."""
        with contextlib.suppress(OSError):
            self.line.shutdown(socket.SHUT_WR)
            while self.line.recv(4096):
                pass
        self.line.close()

    def _sent(self, request: dict[str, Any]) -> None:
        try:
            self.line.sendall(json.dumps(request).encode() + b"\n")
        except OSError as error:
            self.dead = True
            raise Gone(f"the keeper ended: {error}") from error

    def _received(self, receive: Any, *arguments: Any) -> Any:
        """What it says; one that was too late is never asked again, since its next word would be
        an answer to this."""
        try:
            found = receive(*arguments)
        except OSError as error:
            self.dead = True
            raise Gone(f"the keeper did not answer: {error}") from error
        if not found or (isinstance(found, tuple) and not found[0]):
            self.dead = True
            raise Gone("the keeper ended")
        return found


class Nest:
    """One fork server process."""

    def __init__(self, keeper: Keeper, number: int, pid: int, control: socket.socket) -> None:
        self.keeper, self.number, self.pid, self.control = keeper, number, pid, control
        self.level = keeper.isolation.level
        self.ready = self.dead = self.may_have_children = False
        self.control.settimeout(START_SECONDS)
        if processes.LINUX:
            control.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)

    def wait_until_ready(self) -> None:
        """Gone if it did not wake up."""
        if not self.ready:
            message, _ = self._reply()
            if message != b"ready\n":
                raise Gone(f"the fork server: {message!r}")
            self.ready = True

    def _reply(self) -> tuple[bytes, int]:
        """What it says, and as which process."""
        try:
            message, ancillary, _, _ = self.control.recvmsg(8192, 64)
        except OSError as error:
            self.dead = True
            raise Gone(f"the fork server did not answer: {error}") from error
        if not message:
            self.dead = True
            raise Gone("the fork server ended")
        told = [
            data for _, kind, data in ancillary if kind == getattr(socket, "SCM_CREDENTIALS", 0)
        ]
        return message, CREDENTIALS.unpack(told[0][: CREDENTIALS.size])[0] if told else 0

    def _ask(self, request: dict[str, Any], fds: Sequence[int] = ()) -> tuple[dict[str, Any], int]:
        self.wait_until_ready()
        rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", fds))] if fds else []
        try:
            self.control.sendmsg([json.dumps(request).encode()], rights)
        except OSError as error:
            self.dead = True
            raise Gone(f"the fork server ended: {error}") from error
        message, pid = self._reply()
        return json.loads(message), pid

    def hatch(
        self,
        cpu_seconds: float,
        memory_mib: int,
        *,
        room: Room | None = None,
        extra: Sequence[int] = (),
        file_mib: int = 64,
    ) -> AnswerProcess:
        """A new answer process, in a fresh private folder or in `room`; it finds the descriptors
        `extra` at 101, 102, … Gone when the fork server cannot give one."""
        line, theirs = socket.socketpair()
        output, written = os.pipe()
        request = {"op": "hatch", "cpu_seconds": cpu_seconds, "memory_mib": memory_mib,
                   "room": room.number if room else None, "file_mib": file_mib}  # fmt: skip
        try:
            told, pid = self._ask(request, (theirs.fileno(), written, *extra))
        except Gone:
            line.close()
            os.close(output)
            raise
        finally:
            theirs.close()
            os.close(written)
        if "trouble" in told:
            line.close()
            os.close(output)
            raise Gone("room")
        inner = told["pid"]
        outer = pid if self.level == "full" else inner
        return AnswerProcess(
            self, outer, line, output, told["folder"], inner, family=self.may_have_children
        )

    def end(self, inner: int, outer: int) -> Ended:
        """Kill an answer process and whatever it started."""
        try:
            told, _ = self._ask({"op": "end", "pid": inner})
            return Ended(told["status"], told["cpu"], told["peak"], told["early"])
        except (Gone, KeyError):
            processes.kill(outer)
            return Ended(signal.SIGKILL, 0.0, 0, early=True)  # its server was killed, so was it

    def room(self) -> Room:
        """A private folder for several processes. Gone where there is no space."""
        told, _ = self._ask({"op": "room"})
        if "trouble" in told:
            raise Gone("room")
        return Room(told["room"], told["path"])

    def leave(self, room: Room) -> None:
        """Empty it and give it back."""
        with contextlib.suppress(Gone):
            self._ask({"op": "leave", "room": room.number})

    @property
    def alive(self) -> bool:
        if not self.dead and select.select([self.control], [], [], 0)[0]:
            with contextlib.suppress(OSError):
                self.dead = not self.control.recv(1, socket.MSG_PEEK)
        return not self.dead

    def close(self) -> None:
        """End the fork server and everything below it."""
        self.control.close()
        self.dead = True
        self.keeper.end(self.number)
