"""The fork server: libraries imported once, then one fresh process for each answer.

Forked by a judge's keeper. It is trusted and warm, and holds no checks, no solution, no seed, in
memory, files, descriptors or environment: the text of an answer goes straight from the judge to the
forked process. One thread at fork, asserted. At level full it lives in namespaces of its own, and
each answer is the first process of one more.
"""

import contextlib
import gc
import importlib
import json
import os
import socket
import sys
import tempfile
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TextIO

from zhixing.grader import (
    confinement,
    control_groups,
    drawing,
    driver,
    ground,
    processes,
    rehearsing,
    wire,
)
from zhixing.grader.rooms import Room, Rooms

with contextlib.suppress(ImportError):  # Windows has none
    import resource

IMPORTS = {
    "python": (),
    "asyncio": ("asyncio",),
    "fastapi": ("asyncio", "fastapi", "uvicorn", "zhixing.grader.serving"),
    "numpy": ("numpy", "numpy.linalg", "numpy.random"),
    "sklearn": (
        "numpy", "numpy.linalg", "numpy.random", "pandas", "sklearn.linear_model",
        "sklearn.pipeline", "sklearn.preprocessing", "sklearn.impute", "sklearn.compose",
        "sklearn.metrics", "sklearn.model_selection", "sklearn.decomposition",
    ),
    "matplotlib": ("numpy", "numpy.linalg", "numpy.random", "matplotlib", "matplotlib.pyplot"),
    "torch": ("numpy", "numpy.linalg", "numpy.random", "torch", "torch.utils.data"),
    "pyyaml": ("yaml",),
    "typer": ("typer", "typer.main", "typer.rich_utils", "rich.console", "rich.panel"),
}  # fmt: skip
WARM_UPS: Mapping[str, str] = {
    "fastapi": "zhixing.grader.serving",
    "matplotlib": "zhixing.grader.drawing",
    "torch": "zhixing.grader.warming",
    "typer": "zhixing.grader.command_lines",
}
"""Environments with lazy parts: the module whose `warm_up` touches them with generic code."""
GROUND_MIB: Mapping[str, int] = {"sklearn": 46, "torch": 88, "matplotlib": 20, "fastapi": 14}
"""How much of Python's small objects an environment brings beyond numpy's, as measured."""
FILE_MIB = 64
OPEN_FILES = 128
ROOM_MIB, ROOM_FILES = 256, 20_000
EXTRA_PROCESSES = 64
FEW = 3
"""After so many forks more are to be expected: only then is gathering pages worth its time."""
SLACK = 128 * wire.MIB
STACK = 8 * wire.MIB
"""Address space that the stack of a thread takes."""
FENCE, LINE, FIRST_EXTRA, MOST_DESCRIPTORS = 99, 100, 101, 16


def serve(control: socket.socket) -> None:
    """Be the fork server that the first line asks for, until the judge closes the line."""
    os.chdir("/")  # no setting of a library is read from where somebody stands
    told = b""
    while not told.endswith(b"\n"):
        part = control.recv(64 * 1024)
        if not part:
            return
        told += part
    request = json.loads(told)
    server = ForkServer(control, request, _settle(request))
    control.sendall(b"ready\n")
    while True:
        message, fds, _, _ = socket.recv_fds(control, 64 * 1024, MOST_DESCRIPTORS)
        if not message:
            server.end_all()
            return
        server.answer(json.loads(message), fds)


def _settle(request: dict[str, Any]) -> TextIO | None:
    """Move into the group and the namespaces, then import; then nothing can be written any more but
    the rooms. The file that caps the group's memory, while it can be opened."""
    full = request["level"] == "full"
    memory_file = None
    if request["group"] is not None:
        group = control_groups.of_plain(request["group"])
        group.join()
        memory_file = group.memory_file.open("r+")
    if full:
        confinement.new_namespaces()
        _let_the_child_go_on()
        processes.end_with_parent()
    processes.prctl(processes.PR_SET_CHILD_SUBREAPER, 1)
    tempfile.tempdir = os.environ["TMPDIR"] = request["base"]  # what an import makes goes with us
    ground.lay(sum(GROUND_MIB.get(package, 0) for package in request["packages"]))
    for package in request["packages"]:
        for module in IMPORTS[package]:
            importlib.import_module(module)
        if package in WARM_UPS:
            importlib.import_module(WARM_UPS[package]).warm_up()
    if full:
        if "loopback" in request["sandbox"]:
            confinement.loopback_up()
        confinement.private_mounts(request["base"], ROOM_MIB, ROOM_FILES)
    if request["level"] != "process":
        confinement.no_new_rights()
    rehearsing.warm_up()
    gc.collect()
    gc.freeze()
    return memory_file


def _let_the_child_go_on() -> None:
    """Only a child is born into a new process namespace; this process waits for it."""
    pid = os.fork()
    if pid:
        os.closerange(0, 4096)
        os.waitpid(pid, 0)
        os._exit(0)


@dataclass
class Hatched:
    """An answer process that lives. `own_room`: it goes when the process does."""

    room: Room
    own_room: bool
    memory: int


class ForkServer:
    """Carries out what the judge asks: hatch, end, room, leave."""

    def __init__(
        self, control: socket.socket, request: dict[str, Any], memory_file: TextIO | None
    ) -> None:
        self.control, self.sandbox = control, frozenset(request["sandbox"])
        self.full = request["level"] == "full"
        shut_in = request["level"] != "process"
        signals = self.full or (shut_in and confinement.landlock_abi() >= 6)
        self.filter = (
            confinement.Filter(self.sandbox, apart=self.full, signals=signals) if shut_in else None
        )
        self.rooms = Rooms(request["base"], shut_in, self.sandbox, self.full)
        self.namespace = confinement.own_process_namespace() if self.full else -1
        self.memory_file = memory_file
        self.promised, self.settled = 0, ""
        self.may_leave_children = not shut_in or bool(self.sandbox & {"processes", "exec"})
        self.address_space = confinement.address_space() if processes.LINUX else 0
        sys.stdout, sys.stderr = _printing_to(1), _printing_to(2)
        tempfile.tempdir = None
        _limit_all()
        self.live: dict[int, Hatched] = {}
        self.kept_rooms: dict[int, Room] = {}
        self.rooms.make_ready()
        self.layers = frozenset(request.get("without", ()))
        self.forks, self.gathered = 0, False

    def answer(self, request: dict[str, Any], fds: list[int]) -> None:
        """Do it and reply; a request that cannot be met says why."""
        try:
            operation = request["op"]
            reply, pid = {
                "hatch": self.hatch,
                "end": self.end,
                "room": self.new_room,
                "leave": self.leave,
            }[operation](request, fds)
        except OSError as error:
            reply, pid = {"trouble": error.strerror or str(error)}, 0
        finally:
            for fd in fds:
                os.close(fd)
        self._reply(reply, pid)
        if self.forks >= FEW and not self.gathered and not self.live:
            self.gathered = True
            ground.gather()

    def _reply(self, reply: dict[str, Any], pid: int) -> None:
        raw = json.dumps(reply).encode()
        if pid and self.full:  # the kernel turns our number for it into the judge's
            told = processes.CREDENTIALS.pack(pid, os.geteuid(), os.getegid())
            self.control.sendmsg([raw], [(socket.SOL_SOCKET, socket.SCM_CREDENTIALS, told)])
        else:
            self.control.sendall(raw)

    # --- rooms ------------------------------------------------------------------------------------

    def new_room(self, _request: dict[str, Any], _fds: list[int]) -> tuple[dict[str, Any], int]:
        room = self.rooms.take()
        number = id(room)
        self.kept_rooms[number] = room
        return {"room": number, "path": room.path}, 0

    def leave(self, request: dict[str, Any], _fds: list[int]) -> tuple[dict[str, Any], int]:
        room = self.kept_rooms.pop(request["room"], None)
        if room is not None:
            self.rooms.give_back(room)
        return {}, 0

    # --- processes --------------------------------------------------------------------------------

    def hatch(self, request: dict[str, Any], fds: list[int]) -> tuple[dict[str, Any], int]:
        """Fork one answer process on the descriptors (line, output, extras)."""
        if _threads() != 1:
            raise RuntimeError("a fork server has one thread")
        kept = self.kept_rooms.get(request.get("room") or 0)
        room = kept or self.rooms.take()
        self._make_memory_room(request["memory_mib"])
        self._settle_in(room)
        self.forks += 1
        apart = self.full and "pid" not in self.layers
        if apart:
            confinement.next_child_apart()
        try:
            pid = processes.plain_fork()
        except OSError:
            if apart:
                confinement.children_here_again(self.namespace)
            self._let_go(room, kept is None)
            raise
        if pid == 0:
            try:
                self._become_answer(request, room, fds)
            except BaseException:  # nothing may return into the fork server's loop
                traceback.print_exc()
            finally:
                os._exit(1)
        if apart:
            confinement.children_here_again(self.namespace)
        self.live[pid] = Hatched(room, kept is None, request["memory_mib"])
        return {"pid": pid, "folder": room.path}, pid

    def _make_memory_room(self, memory_mib: int) -> None:
        """Raise the group's cap, where it is too low, to what the server holds and what each living
        answer was promised."""
        if self.memory_file is None:
            return
        promised = memory_mib + sum(one.memory for one in self.live.values())
        if promised > self.promised:
            self.promised = promised
            total = (promised + ROOM_MIB) * wire.MIB + 4 * SLACK + _resident()
            self.memory_file.seek(0)
            self.memory_file.write(str(total))
            self.memory_file.flush()

    def _settle_in(self, room: Room) -> None:
        """What the next answer finds in its environment; done here, since rooms seldom change and
        each page that a child writes is copied for it."""
        if room.path != self.settled:
            self.settled = room.path
            os.environ["HOME"] = os.environ["TMPDIR"] = os.environ["MPLCONFIGDIR"] = room.path
            drawing.settle_in(room.path)

    def end(self, request: dict[str, Any], _fds: list[int]) -> tuple[dict[str, Any], int]:
        """Kill an answer process and whatever it started; how it ended, CPU seconds, peak KiB."""
        pid = request["pid"]
        hatched = self.live.pop(pid, None)
        if hatched is None:
            return {"status": 0, "cpu": 0.0, "peak": 0, "early": False}, 0
        early, status, used = _ended(pid)
        if not self.full and self.may_leave_children:
            processes.sweep(spare=frozenset(self.live) | self.rooms.clearing.processes)
        self._let_go(hatched.room, hatched.own_room)
        seconds = used.ru_utime + used.ru_stime
        return {"status": status, "cpu": seconds, "peak": used.ru_maxrss, "early": early}, 0

    def _let_go(self, room: Room, own: bool) -> None:
        if own:
            self.rooms.give_back(room)

    def end_all(self) -> None:
        for pid in list(self.live):
            _ended(pid)
        if not self.full:  # there, all die with this process, the first of its namespace
            processes.sweep()

    def _become_answer(self, request: dict[str, Any], room: Room, fds: list[int]) -> None:
        if not self.full:  # there, all die with the first process of their namespace
            os.setsid()
            processes.end_with_parent()
        _arrange_descriptors(fds, room.fence)
        os.chdir(room.path)
        sys.path.insert(0, room.path)
        self._limit(request)
        self._shut_in(room)
        gc.enable()
        driver.Driver(socket.socket(fileno=LINE)).serve()
        _end_quietly()

    def _limit(self, request: dict[str, Any]) -> None:
        """Hard limits of this answer. CPU seconds, and bytes beyond the libraries'."""
        cpu = int(request["cpu_seconds"]) + 2
        resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu + 1))
        if request["file_mib"] != FILE_MIB:
            confinement.limit([(resource.RLIMIT_FSIZE, request["file_mib"] * wire.MIB)])
        if processes.LINUX:
            memory = self.address_space + request["memory_mib"] * wire.MIB
            if self.memory_file is not None and self.sandbox & {"threads", "processes", "exec"}:
                memory += EXTRA_PROCESSES * STACK  # the group counts what they fill of it
            confinement.limit([(resource.RLIMIT_AS, memory)])
        if processes.LINUX and self.sandbox & {"threads", "processes", "exec"}:
            now = 0 if self.full else processes.tasks_of(os.getuid())
            confinement.limit([(resource.RLIMIT_NPROC, now + EXTRA_PROCESSES)])

    def _shut_in(self, room: Room) -> None:
        """The last steps before any line of the answer runs."""
        if self.full and "capabilities" not in self.layers:
            confinement.drop_capabilities()
        if room.fence is not None and "landlock" not in self.layers:
            room.fence.close_in(FENCE)
        os.closerange(FENCE, LINE)
        if self.filter is not None and "seccomp" not in self.layers:
            self.filter.load()


def _end_quietly() -> None:
    with contextlib.suppress(OSError, ValueError):
        sys.stdout.flush()
    os._exit(0)


def _ended(pid: int) -> tuple[bool, int, "resource.struct_rusage"]:
    """Had it ended before we killed it? How, and what it used."""
    early = processes.has_ended(pid)
    processes.kill(pid)
    _, status, used = os.wait4(pid, 0)
    return early, status, used


def _arrange_descriptors(fds: list[int], fence: confinement.Fence | None) -> None:
    """0 nothing, 1 and 2 the output, then LINE and the extras; the fence until it is closed. None
    is shared with the server or another answer: locks and flags of one would be a note to all."""
    null = os.open(os.devnull, os.O_RDONLY)
    line, output, *extras = fds
    moved = [os.dup(fd) for fd in extras]  # out of the way of the places below
    if fence is not None:
        os.dup2(fence.fd, FENCE)
    for fd, place in ((null, 0), (output, 1), (output, 2), (line, LINE)):
        os.dup2(fd, place)
    for place, fd in enumerate(moved, FIRST_EXTRA):
        os.dup2(fd, place)
    os.closerange(3, FENCE if fence is not None else LINE)
    os.closerange(FIRST_EXTRA + len(extras), 4096)


def _printing_to(fd: int) -> TextIO:
    """A stream that writes line by line: what was printed is seen even if the process is killed."""
    return open(fd, "w", buffering=1, encoding="utf-8", errors="backslashreplace", closefd=False)


def _limit_all() -> None:
    """Hard limits of the fork server that every answer inherits."""
    confinement.limit(
        [
            (resource.RLIMIT_CORE, 0),
            (resource.RLIMIT_FSIZE, FILE_MIB * wire.MIB),
            (resource.RLIMIT_NOFILE, OPEN_FILES),
        ]
    )


def _resident() -> int:
    with open("/proc/self/statm") as file:  # noqa: PTH123
        return int(file.read().split()[1]) * resource.getpagesize()


def _threads() -> int:
    """A folder counts its subfolders, one a thread, in its links."""
    return os.stat("/proc/self/task").st_nlink - 2 if processes.LINUX else 1  # noqa: PTH116
