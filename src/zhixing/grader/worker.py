"""`python -m zhixing.grader.worker`: warm, it waits for one answer, and ends with it.

For systems where a warm process cannot be forked: macOS (unsafe once Accelerate or Objective-C ran)
and Windows (there is no fork). Started ahead of time by workers.SpawnNest; until the hatch it holds
libraries and nothing else. It is told two lines of JSON on standard input: what to import and where
its sockets are, then the hatch. The end of standard input is the end of the judge, and its own.

The Windows half was never run on Windows. There, what an answer prints below Python (C code, a
program that it starts) is lost, and nothing limits memory or files.
"""

import contextlib
import gc
import importlib
import io
import json
import os
import signal
import socket
import struct
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from typing import Any, BinaryIO, TextIO

from zhixing.grader import confinement, descriptors, drawing, driver, nest, processes, wire

READY = struct.Struct("<d")
"""What it says when it is warm: the CPU seconds that took. No answer is near yet."""
HERE = b"."
"""What it says when it has its hatch; what descriptors for an answer come with."""
CONTROL, LINE, FIRST_EXTRA = 99, nest.LINE, nest.FIRST_EXTRA


def main() -> None:
    control = _control()
    asked = json.loads(control.readline() or "{}")
    if not asked:
        return
    line, output = descriptors.taken(asked["line"]), descriptors.taken(asked["output"])
    _warm_up(asked["packages"])
    talk = socket.socket(fileno=line)
    talk.sendall(READY.pack(time.process_time()))
    hatch = json.loads(control.readline() or "{}")
    if hatch:
        threading.Thread(target=_end_with_the_judge, args=(control,), daemon=True).start()
        _become_answer(hatch, talk, output)
    os._exit(0)


def _control() -> BinaryIO:
    """Standard input, out of an answer's way; at its usual place there is nothing."""
    where = os.dup(0) if descriptors.WINDOWS else os.dup2(0, CONTROL, inheritable=False)
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.close(null)
    return os.fdopen(where, "rb")


def _warm_up(packages: Sequence[str]) -> None:
    for package in packages:
        for module in nest.IMPORTS[package]:
            importlib.import_module(module)
        if package in nest.WARM_UPS:
            importlib.import_module(nest.WARM_UPS[package]).warm_up()
    gc.collect()
    gc.freeze()


def _end_with_the_judge(control: BinaryIO) -> None:
    """Nothing more is said on this line: it ends when the judge does, however that ends."""
    with contextlib.suppress(OSError):
        control.read(1)
    if not descriptors.WINDOWS:
        os.killpg(0, signal.SIGKILL)
    os._exit(1)


def _become_answer(hatch: dict[str, Any], line: socket.socket, output: int) -> None:
    extras: list[int] = []
    if hatch["extra"]:
        _, extras, _, _ = socket.recv_fds(line, 1, hatch["extra"])
    line = _arranged(line, output, extras)
    _settle_in(hatch["folder"])
    _limit(hatch)
    line.sendall(HERE)
    driver.Driver(line).serve()
    with contextlib.suppress(OSError, ValueError):
        sys.stdout.flush()


def _arranged(line: socket.socket, output: int, extras: Sequence[int]) -> socket.socket:
    """0 nothing, 1 and 2 the output, then the line and the extras where an answer expects them."""
    if descriptors.WINDOWS:
        sys.stdout = sys.stderr = _printing_to(socket.socket(fileno=output).makefile("wb"))
        return line
    moved = [line.detach(), *(os.dup(fd) for fd in extras)]  # out of the way of the places below
    for place in (1, 2):
        os.dup2(output, place)
    for place, fd in enumerate(moved, LINE):
        os.dup2(fd, place, inheritable=place != LINE)
    for fd in (*moved, *extras, output):
        os.close(fd)
    sys.stdout, sys.stderr = (_printing_to(os.fdopen(fd, "wb", closefd=False)) for fd in (1, 2))
    return socket.socket(fileno=LINE)


def _printing_to(file: BinaryIO) -> TextIO:
    """A stream that writes line by line: what was printed is seen even if the process is killed."""
    return io.TextIOWrapper(file, encoding="utf-8", errors="backslashreplace", line_buffering=True)


def _settle_in(folder: str) -> None:
    """Here it lives, here it may write, and this is all that it finds in its environment."""
    os.chdir(folder)
    sys.path.insert(0, folder)
    for name in ("HOME", "TMPDIR", "MPLCONFIGDIR", *(("USERPROFILE",) * descriptors.WINDOWS)):
        os.environ[name] = folder
    tempfile.tempdir = None
    drawing.settle_in(folder)


def _limit(hatch: dict[str, Any]) -> None:
    """Hard limits, where the system has them: CPU seconds, files. Memory on Linux alone."""
    if descriptors.WINDOWS:
        return
    import resource

    cpu = int(time.process_time() + hatch["cpu_seconds"]) + 2
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu + 1))
    limits = [
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, hatch["file_mib"] * wire.MIB),
        (resource.RLIMIT_NOFILE, nest.OPEN_FILES),
    ]
    if processes.LINUX:
        memory = confinement.address_space() + hatch["memory_mib"] * wire.MIB
        limits.append((resource.RLIMIT_AS, memory))
    confinement.limit(limits)


if __name__ == "__main__":
    main()
