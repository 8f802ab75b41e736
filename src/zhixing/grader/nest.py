"""The fork server: libraries imported once, then one fresh process for each answer.

Started as `python -I -m zhixing.grader.nest FD PACKAGES`. It is trusted and warm, and holds no
checks, no solution, no seed, in memory, files, descriptors or environment: the text of an answer
goes straight from the judge to the forked process. One thread at fork, asserted.
"""

import contextlib
import gc
import importlib
import json
import os
import resource
import signal
import socket
import sys
import threading
import traceback
from typing import Any, TextIO

from zhixing.grader import drawing, driver, processes, wire

IMPORTS = {
    "python": (),
    "numpy": ("numpy", "numpy.linalg", "numpy.random"),
    "sklearn": (
        "numpy", "numpy.linalg", "numpy.random", "pandas", "sklearn.linear_model",
        "sklearn.pipeline", "sklearn.preprocessing", "sklearn.impute", "sklearn.compose",
        "sklearn.metrics", "sklearn.model_selection", "sklearn.decomposition",
    ),
    "matplotlib": ("numpy", "numpy.linalg", "numpy.random", "matplotlib", "matplotlib.pyplot"),
}  # fmt: skip
FILE_BYTES = 256 * wire.MIB
OPEN_FILES = 128


def main() -> None:
    control = socket.socket(fileno=int(sys.argv[1]))
    processes.prctl(processes.PR_SET_PDEATHSIG, signal.SIGKILL)
    processes.prctl(processes.PR_SET_CHILD_SUBREAPER, 1)
    os.chdir("/")  # no setting of a library is read from where somebody stands
    for package in json.loads(sys.argv[2]):
        for module in IMPORTS[package]:
            importlib.import_module(module)
    if "matplotlib" in sys.modules:
        drawing.warm_up()
    gc.collect()
    gc.freeze()
    live: set[int] = set()
    control.sendall(b"ready\n")
    while True:
        message, fds, _, _ = socket.recv_fds(control, 64 * 1024, 3)
        if not message:
            processes.sweep()
            return
        request = json.loads(message)
        if request["op"] == "hatch":
            pid = hatch(control, request, fds)
            live.add(pid)
            control.sendall(json.dumps({"pid": pid}).encode() + b"\n")
        else:
            live.discard(request["pid"])
            processes.kill(request["pid"])
            with contextlib.suppress(ChildProcessError):
                os.waitpid(request["pid"], 0)
            processes.sweep(spare=frozenset(live))
            control.sendall(b"{}\n")


def hatch(control: socket.socket, request: dict[str, Any], fds: list[int]) -> int:
    """Fork one answer process on the descriptors (line, output); its pid."""
    if threading.active_count() != 1 or _threads() != 1:
        raise RuntimeError("a fork server has one thread")
    pid = os.fork()
    if pid == 0:
        try:
            control.close()
            _become_answer(request, *fds)
        except BaseException:  # nothing may return into the fork server's loop
            traceback.print_exc()
        finally:
            os._exit(0)
    for fd in fds:
        os.close(fd)
    return pid


def _become_answer(request: dict[str, Any], line: int, output: int) -> None:
    os.setsid()
    processes.prctl(processes.PR_SET_PDEATHSIG, signal.SIGKILL)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    null = os.open(os.devnull, os.O_RDONLY)
    kept = os.dup2(line, 100)
    for source, target in ((null, 0), (output, 1), (output, 2)):
        os.dup2(source, target)
    os.closerange(3, kept)
    os.closerange(kept + 1, 4096)
    os.chdir(request["folder"])
    os.environ["HOME"] = os.environ["TMPDIR"] = request["folder"]
    os.environ["MPLCONFIGDIR"] = request["folder"]
    drawing.settle_in(request["folder"])
    sys.path.insert(0, request["folder"])
    sys.stdout, sys.stderr = _printing_to(1), _printing_to(2)
    _limit(request)
    gc.enable()
    driver.Driver(socket.socket(fileno=kept)).serve()


def _printing_to(fd: int) -> TextIO:
    """A stream that writes line by line: what was printed is seen even if the process is killed."""
    return open(fd, "w", buffering=1, encoding="utf-8", errors="backslashreplace", closefd=False)


def _limit(request: dict[str, Any]) -> None:
    """Hard limits before any line of the answer runs. CPU seconds, bytes beyond the libraries'."""
    cpu = int(request["cpu_seconds"]) + 2
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_BYTES, FILE_BYTES))
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))
    if processes.LINUX:
        memory = _address_space() + request["memory_mib"] * wire.MIB
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _address_space() -> int:
    with open("/proc/self/statm") as file:  # noqa: PTH123
        return int(file.read().split()[0]) * resource.getpagesize()


def _threads() -> int:
    return len(os.listdir("/proc/self/task")) if processes.LINUX else 1  # noqa: PTH208


if __name__ == "__main__":
    main()
