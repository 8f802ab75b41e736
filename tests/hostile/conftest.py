"""Grounds for attacks: one process for each isolation level, the lower ones as an ordinary user."""

import contextlib
import ctypes
import json
import os
import select
import shutil
import site
import socket
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import pytest

import zhixing
from zhixing.records import Lab, Limits, Verdict

HERE = Path(__file__).parent
NOBODY = 65534
CLONE_NEWNS, MS_BIND, MS_REC, MS_PRIVATE = 0x20000, 0x1000, 0x4000, 0x40000
PATIENCE_SECONDS = 60.0
MARK = f"zhixing-hostile-{os.getpid()}"
"""What attacks call `zhixing-hostile`: two runs of these tests must not find each other's notes."""
TARGET, HOME = Path(f"/tmp/{MARK}-target"), Path(f"/tmp/{MARK}-home")


SERVERS: tuple[tuple[socket.AddressFamily, Any], ...] = (
    (socket.AF_INET, ("127.0.0.1", 47951)),
    (socket.AF_UNIX, f"\0{MARK}-server"),
    (socket.AF_UNIX, str(HOME / "server")),
)
LETTERS = (f"\0{MARK}-letters", str(HOME / "letters"))
"""What an answer could connect to, were it let out."""


@dataclass(frozen=True)
class Outcome:
    """What came of an attack: the verdict of each time, what it harmed, how a good one fared."""

    verdicts: tuple[Verdict, ...]
    left: tuple[str, ...]
    unharmed: bool
    good: bool
    after: str
    problem: str | None
    seconds: float


class Grounds:
    """A process that grades attacks at one level, as root or as nobody."""

    def __init__(self, level: str, ordinary: bool) -> None:
        self.level, self.ordinary = level, ordinary
        self.folder = Path(tempfile.mkdtemp(prefix="zhixing-grounds-"))
        self.process: subprocess.Popen[bytes] | None = None
        if ordinary:
            os.chown(self.folder, NOBODY, NOBODY)

    def start(self) -> None:
        environment = {"PATH": os.defpath, "LANG": "C.UTF-8", "OMP_NUM_THREADS": "1"}
        environment |= dict.fromkeys(("TMPDIR", "HOME", "XDG_CACHE_HOME"), str(self.folder))
        environment["HOSTILE_MARK"] = MARK
        self.process = subprocess.Popen(
            [sys.executable, "-B", str(HERE / "grounds.py"), self.level],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
            preexec_fn=become_nobody if self.ordinary else None,
            start_new_session=True,
        )
        reply = self._line()
        if "unavailable" in reply:
            self.close()
            pytest.skip(reply["unavailable"])

    def grade(
        self, lab: Lab, text: str, limits: Limits, times: int = 1, diagnose: bool = False
    ) -> Outcome:
        if self.process is None or self.process.poll() is not None:
            self.start()
        assert self.process is not None
        assert self.process.stdin is not None
        request = {
            "lab": msgspec.json.encode(lab).decode(),
            "text": text.replace("zhixing-hostile", MARK),
            "limits": msgspec.to_builtins(limits),
            "times": times,
            "diagnose": diagnose,
        }
        self.process.stdin.write(json.dumps(request).encode() + b"\n")
        self.process.stdin.flush()
        reply = self._line()
        verdicts = tuple(msgspec.convert(v, Verdict) for v in reply.get("verdicts", ()))
        unharmed = precious_is_unharmed()
        if not reply.get("good") or not unharmed:
            self.end()  # one broken judge is one failure
        return Outcome(
            verdicts,
            tuple(reply.get("left", ())),
            unharmed,
            reply.get("good", False),
            reply.get("after", ""),
            reply.get("problem"),
            reply.get("seconds", 0.0),
        )

    def _line(self) -> dict[str, Any]:
        assert self.process is not None
        assert self.process.stdout is not None
        if not select.select([self.process.stdout], [], [], PATIENCE_SECONDS)[0]:
            self.end()
            pytest.fail(f"no verdict after {PATIENCE_SECONDS:g} s at level {self.level}")
        line = self.process.stdout.readline()
        if not line:
            self.end()
            pytest.fail(f"the grading process ended at level {self.level}")
        reply: dict[str, Any] = json.loads(line)
        return reply

    def end(self) -> None:
        if self.process is not None:
            assert self.process.stdin is not None
            assert self.process.stdout is not None
            with contextlib.suppress(OSError):
                self.process.stdin.close()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(timeout=3)
            self.process.kill()
            self.process.wait()
            self.process.stdout.close()
            self.process = None

    def close(self) -> None:
        self.end()
        shutil.rmtree(self.folder, ignore_errors=True)


@pytest.fixture(scope="session")
def grounds() -> Iterator[Callable[[str], Grounds]]:
    """The grounds of a level. Tests as root: `rootless` is somebody who has no rights at all."""
    open_ones: dict[str, Grounds] = {}
    refusals: dict[str, str] = {}

    def of(level: str) -> Grounds:
        if level in refusals:
            pytest.skip(refusals[level])
        if level not in open_ones:
            try:
                found = Grounds(level, ordinary=level == "rootless" and os.geteuid() == 0)
                found.start()
            except pytest.skip.Exception as why:
                refusals[level] = str(why)
                raise
            open_ones[level] = found
        return open_ones[level]

    with precious():
        yield of
        for found in open_ones.values():
            found.close()


def lay_out() -> None:
    """The folder and the home, as they should be."""
    for folder in (TARGET, HOME / ".ssh"):
        folder.mkdir(parents=True, exist_ok=True)
    for file in (TARGET / "precious.txt", HOME / ".ssh" / "id_rsa"):
        file.write_text("mine")
    for path in (TARGET, *TARGET.rglob("*"), HOME, *HOME.rglob("*")):
        path.chmod(0o777 if path.is_dir() else 0o666)
        if os.geteuid() == 0:
            os.chown(path, NOBODY, NOBODY)


def precious_is_unharmed() -> bool:
    """Is everything as it was? If not, it is laid out again: one failure is one failure."""
    try:
        files = [TARGET / "precious.txt", HOME / ".ssh" / "id_rsa"]
        unharmed = all(file.read_text() == "mine" for file in files)
    except OSError:
        unharmed = False
    if not unharmed:
        lay_out()
    return unharmed


@contextlib.contextmanager
def precious() -> Iterator[None]:
    """A folder that planted links point to, a home with a key, servers: anybody on this system
    could change, read and reach them, were it not for the walls around an answer."""
    lay_out()
    with contextlib.ExitStack() as servers:
        for family, address in SERVERS:
            server = servers.enter_context(socket.socket(family))
            with contextlib.suppress(OSError):  # another run of these tests has the port
                server.bind(address)
                server.listen()
        for name in LETTERS:
            box = servers.enter_context(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM))
            box.bind(name)
        for name in ("server", "letters"):
            (HOME / name).chmod(0o777)
        yield
    shutil.rmtree(TARGET)
    shutil.rmtree(HOME)


def become_nobody() -> None:
    """Give up every right, yet keep being able to run this Python where root alone may enter.

    In a mount namespace of its own, folders that keep others out are covered by empty ones that
    hold just what is needed, at its usual place.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    needed = needed_folders()
    closed = {shut for path in needed if (shut := shut_folder(path))}
    if closed:
        done = libc.unshare(CLONE_NEWNS), libc.mount(b"", b"/", None, MS_REC | MS_PRIVATE, None)
        assert done == (0, 0), "a mount namespace is needed: Python lies where only root may go"
        for folder in closed:
            cover(libc, folder, [path for path in needed if path.is_relative_to(folder)])
    os.setgroups([])
    os.setresgid(NOBODY, NOBODY, NOBODY)
    os.setresuid(NOBODY, NOBODY, NOBODY)


def needed_folders() -> list[Path]:
    paths = sysconfig.get_paths()
    found = [sys.base_prefix, sys.prefix, paths["purelib"], paths["platlib"], HERE]
    found += [*site.getsitepackages(), Path(zhixing.__file__).parents[1]]
    resolved = dict.fromkeys(Path(path).resolve() for path in found)
    return [path for path in resolved if path.is_dir()]


def shut_folder(path: Path) -> Path | None:
    """The outermost folder on the way to `path` that others may not enter."""
    way = [*reversed(path.parents), path]
    return next((folder for folder in way if not folder.stat().st_mode & 0o001), None)


def cover(libc: ctypes.CDLL, folder: Path, needed: list[Path]) -> None:
    kept = {path: os.open(path, os.O_PATH | os.O_DIRECTORY) for path in needed}
    assert libc.mount(b"none", bytes(folder), b"tmpfs", 0, b"mode=755") == 0
    for path, fd in sorted(kept.items()):
        if not path.is_dir():
            path.mkdir(parents=True)
            source = f"/proc/self/fd/{fd}".encode()
            assert libc.mount(source, bytes(path), None, MS_BIND | MS_REC, None) == 0
        os.close(fd)
