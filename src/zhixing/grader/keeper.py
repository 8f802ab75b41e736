"""The keeper: starts and ends fork servers for a judge that may no longer start anything.

Forked from the judge before it reads a line, so it holds no checks, no solution, no seed. A judge
is then shut in (it reads, and that is all); its keeper makes the folder, the control group and the
process of each fork server and hands back the line to it.
"""

import contextlib
import json
import os
import socket
import tempfile
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from zhixing.grader import control_groups, folders, isolation, processes
from zhixing.grader.isolation import Level
from zhixing.grader.starting import Expected

PREFIX = "zhixing-"
GRACE_SECONDS = 2.0


@dataclass
class _Kept:
    """One fork server: its process, its folder, its control group."""

    pid: int
    folder: str
    group: control_groups.Group | None = None


@dataclass
class _Begun:
    """A process that becomes a fork server, and the line to it."""

    pid: int
    line: socket.socket


@dataclass
class _Ahead:
    """A fork server that is kept already and not handed over yet; `kind` is what it serves."""

    number: int
    line: socket.socket
    kind: dict[str, Any]


@dataclass
class Keeper:
    """Answers the judge on one socket until the judge is gone."""

    line: socket.socket
    asked: Level
    kept: dict[int, _Kept] = field(default_factory=dict)
    count: int = 0
    ahead: "_Ahead | None" = None

    def serve(self, expected: Expected | None = None) -> None:
        """`expected`: that environment's fork server wakes up at once, before it is asked for."""
        begun = self._begin() if expected else None
        here = isolation.probed(self.asked)
        self.line.sendall(json.dumps(here.as_plain()).encode() + b"\n")
        clear_stale()
        if begun is not None and expected is not None:
            asked = {"packages": list(expected.packages), "sandbox": list(expected.sandbox)}
            with contextlib.suppress(OSError):  # no room just then: it is told when it is asked for
                self.ahead = self._settled(begun, {**asked, "without": []}, here.level)
        for request in self._requests():
            if request["op"] == "start":
                self._start(request, here.level)
            else:
                self._end(request["nest"])
        for number in list(self.kept):
            self._end(number)

    def _requests(self) -> Iterator[dict[str, Any]]:
        """A line of JSON each, until the judge is gone."""
        waiting = b""
        with contextlib.suppress(OSError):
            while part := self.line.recv(64 * 1024):
                *lines, waiting = (waiting + part).split(b"\n")
                yield from map(json.loads, lines)

    def _start(self, request: dict[str, Any], level: Level) -> None:
        """Hand over the one that was expected, or else a new one."""
        del request["op"]
        ahead, self.ahead = self.ahead, None
        wanted = ahead if ahead is not None and ahead.kind == request else None
        try:
            found = wanted or self._settled(self._begin(ahead), request, level)
        except OSError as trouble:
            self.line.sendall(json.dumps({"trouble": str(trouble)}).encode())
        else:
            pid = self.kept[found.number].pid
            told = json.dumps({"nest": found.number, "pid": pid}).encode()
            socket.send_fds(self.line, [told], [found.line.fileno()])
            found.line.close()
        if ahead is not None and wanted is None:  # nobody knows it, so nothing is lost
            ahead.line.close()
            processes.kill(self.kept[ahead.number].pid)
            self._end(ahead.number)

    def _begin(self, other: "_Ahead | None" = None) -> "_Begun":
        """A process that will be a fork server once it is told which. It lets go of the line to the
        `other` one."""
        ours, theirs = socket.socketpair()
        pid = os.fork()
        if pid == 0:
            held = [] if other is None else [other.line]
            _become_fork_server([self.line, ours, *held], theirs)
        theirs.close()
        return _Begun(pid, ours)

    def _settled(self, begun: "_Begun", kind: dict[str, Any], level: Level) -> "_Ahead":
        """Tell it which. OSError where there is no room for it; it is ended then."""
        try:
            folder = tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-")
            group = control_groups.made() if level == "full" else None
        except OSError:
            begun.line.close()
            os.waitpid(begun.pid, 0)
            raise
        request = {**kind, "level": level, "base": folder, "group": group and group.as_plain()}
        begun.line.sendall(json.dumps(request).encode() + b"\n")
        self.count += 1
        self.kept[self.count] = _Kept(begun.pid, folder, group)
        return _Ahead(self.count, begun.line, kind)

    def _end(self, number: int) -> None:
        """Its line is closed already, so it is ending by itself; else it is made to."""
        kept = self.kept.pop(number, None)
        if kept is not None:
            if not _ended_within(kept.pid, GRACE_SECONDS):
                processes.kill(kept.pid)
                with contextlib.suppress(ChildProcessError):
                    os.waitpid(kept.pid, 0)
            processes.sweep(spare=frozenset(one.pid for one in self.kept.values()))
            folders.remove(kept.folder)
            if kept.group is not None:
                kept.group.remove()


def _become_fork_server(not_its_own: Sequence[socket.socket], line: socket.socket) -> None:
    """The child's part of the fork; never returns."""
    try:
        for other in not_its_own:
            other.close()
        processes.end_with_parent()
        from zhixing.grader import nest

        nest.serve(line)
    except BaseException:  # told on stderr; nothing may return into the keeper's loop
        traceback.print_exc()
    finally:
        os._exit(0)


def _ended_within(pid: int, seconds: float) -> bool:
    """Waits on a pidfd where there is one."""
    with contextlib.suppress(OSError, AttributeError):
        fd = os.pidfd_open(pid)
        try:
            import select

            select.select([fd], [], [], seconds)
        finally:
            os.close(fd)
    try:
        return os.waitpid(pid, os.WNOHANG)[0] == pid
    except ChildProcessError:
        return True


def be(line: socket.socket, asked: Level, expected: Expected | None = None) -> None:
    """Be the keeper at the other end of a line, with nothing else open."""
    processes.prctl(processes.PR_SET_CHILD_SUBREAPER, 1)
    _let_go_of_all_but(line.fileno())
    Keeper(line, asked).serve(expected)


def _let_go_of_all_but(fd: int) -> None:
    null = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1):
        os.dup2(null, standard)
    os.closerange(3, fd)
    os.closerange(fd + 1, 4096)


def clear_stale() -> None:
    """Remove folders and groups whose keeper was killed before it could."""
    control_groups.clear_stale()
    with contextlib.suppress(OSError):
        for entry in os.scandir(tempfile.gettempdir()):
            keeper = entry.name.removeprefix(PREFIX).partition("-")[0]
            ours = entry.name.startswith(PREFIX) and keeper.isdigit()
            if ours and not processes.alive(int(keeper)):
                with contextlib.suppress(OSError):
                    if entry.stat(follow_symlinks=False).st_uid == os.geteuid():
                        folders.remove(entry.path)
