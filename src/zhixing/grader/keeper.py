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
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from zhixing.grader import control_groups, folders, isolation, processes
from zhixing.grader.isolation import Level

PREFIX = "zhixing-"
GRACE_SECONDS = 2.0


@dataclass
class _Kept:
    """One fork server: its process, its folder, its control group."""

    pid: int
    folder: str
    group: control_groups.Group | None = None


@dataclass
class Keeper:
    """Answers the judge on one socket until the judge is gone."""

    line: socket.socket
    asked: Level
    kept: dict[int, _Kept] = field(default_factory=dict)
    count: int = 0

    def serve(self) -> None:
        here = isolation.probed(self.asked)
        self.line.sendall(json.dumps(here.as_plain()).encode() + b"\n")
        clear_stale()
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
        ours, theirs = socket.socketpair()
        try:
            folder = tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-")
            group = control_groups.made() if level == "full" else None
        except OSError as trouble:
            self.line.sendall(json.dumps({"trouble": str(trouble)}).encode())
            ours.close()
            theirs.close()
            return
        self.count += 1
        request |= {"level": level, "base": folder}
        pid = os.fork()
        if pid == 0:
            _become_fork_server(self.line, ours, theirs, request, group)
        theirs.close()
        self.kept[self.count] = _Kept(pid, folder, group)
        told = json.dumps({"nest": self.count, "pid": pid}).encode()
        socket.send_fds(self.line, [told], [ours.fileno()])
        ours.close()

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


def _become_fork_server(
    line: socket.socket,
    ours: socket.socket,
    theirs: socket.socket,
    request: dict[str, Any],
    group: control_groups.Group | None,
) -> None:
    """The child's part of the fork; never returns."""
    try:
        line.close()
        ours.close()
        processes.end_with_parent()
        from zhixing.grader import nest

        nest.serve(theirs, request, group)
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


def started(asked: Level) -> socket.socket:
    """The judge's line to a keeper of its own, forked now: one thread, nothing read yet."""
    ours, theirs = socket.socketpair()
    if os.fork() == 0:
        try:
            ours.close()  # when the judge is gone, however, this line ends and so does the keeper
            processes.prctl(processes.PR_SET_CHILD_SUBREAPER, 1)
            _let_go_of_all_but(theirs.fileno())
            Keeper(theirs, asked).serve()
        except BaseException:  # nothing may return into the judge
            traceback.print_exc()
        finally:
            os._exit(0)
    theirs.close()
    return ours


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
