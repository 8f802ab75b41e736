"""Grounds for attacks: a process for each isolation level; `rootless` is a user without rights."""

import contextlib
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
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
import pytest

import zhixing
from zhixing.records import Lab, Limits, Verdict

HERE = Path(__file__).parent
NOBODY = 65534
PATIENCE_SECONDS = 60.0
PORT = 47951


@dataclass(frozen=True)
class Trial:
    """What is to be graded, by a name of its own. `forges`: is it after the checks themselves?
    Then its slip is looked for, at level process or `everywhere`."""

    name: str
    lab: Lab
    text: str
    limits: Limits
    times: int = 1
    forges: bool = False
    everywhere: bool = False


@dataclass(frozen=True)
class Outcome:
    """What came of it: the verdict of each time, what it left or harmed, how a good one fared."""

    verdicts: tuple[Verdict, ...] = ()
    left: tuple[str, ...] = ()
    unharmed: bool = True
    good: bool = False
    after: str = ""
    problem: str | None = None


class Surroundings:
    """What lies round an answer at one level, named by a mark: a folder for links to point to, a
    home with a key, servers. Anybody on this system could change, read and reach them."""

    def __init__(self, mark: str) -> None:
        self.mark = mark
        self.target, self.home = Path(f"/tmp/{mark}-target"), Path(f"/tmp/{mark}-home")
        self.files = (self.target / "precious.txt", self.home / ".ssh" / "id_rsa")
        self.sockets: list[socket.socket] = []
        self.lay_out()
        for name in (f"\0{mark}-server", str(self.home / "server")):
            self.open(socket.AF_UNIX, socket.SOCK_STREAM, name).listen()
        for name in (f"\0{mark}-letters", str(self.home / "letters")):
            self.open(socket.AF_UNIX, socket.SOCK_DGRAM, name)
        with contextlib.suppress(OSError):  # another level, or another run of these tests, has it
            self.open(socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", PORT)).listen()
        for name in ("server", "letters"):
            (self.home / name).chmod(0o777)

    def open(self, family: int, kind: int, address: Any) -> socket.socket:
        self.sockets.append(socket.socket(family, kind))
        self.sockets[-1].bind(address)
        return self.sockets[-1]

    def lay_out(self) -> None:
        for file in self.files:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text("mine")
        for path in (self.target, *self.target.rglob("*"), self.home, *self.home.rglob("*")):
            path.chmod(0o777 if path.is_dir() else 0o666)
            if os.geteuid() == 0:
                os.chown(path, NOBODY, NOBODY)

    def unharmed(self) -> bool:
        """Is everything as it was? If not, it is laid out again: one failure is one failure."""
        try:
            found = all(file.read_text() == "mine" for file in self.files)
        except OSError:
            found = False
        if not found:
            self.lay_out()
        return found

    def close(self) -> None:
        for opened in self.sockets:
            opened.close()
        shutil.rmtree(self.target)
        shutil.rmtree(self.home)


class Grounds:
    """A process that grades attacks at one level. `refusal` says why there is none."""

    def __init__(self, level: str) -> None:
        self.level = level
        self.ordinary = level == "rootless" and os.geteuid() == 0
        self.surroundings = Surroundings(f"zhixing-hostile-{os.getpid()}-{level}")
        self.folder = Path(tempfile.mkdtemp(prefix="zhixing-grounds-"))
        if self.ordinary:
            os.chown(self.folder, NOBODY, NOBODY)
        self.process: subprocess.Popen[bytes] | None = None
        self.outcomes: dict[str, Outcome] = {}
        self.refusal = ""

    def start(self) -> None:
        environment = {"PATH": os.defpath, "LANG": "C.UTF-8", "OMP_NUM_THREADS": "1"}
        environment |= dict.fromkeys(("TMPDIR", "HOME", "XDG_CACHE_HOME"), str(self.folder))
        environment["HOSTILE_MARK"] = self.surroundings.mark
        command = [sys.executable, "-B", str(HERE / "grounds.py"), self.level]
        if self.ordinary:
            command = [sys.executable, "-B", str(HERE / "nobody.py"), needed_folders(), *command]
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
            start_new_session=True,
        )
        self.refusal = self._reply().get("unavailable", "")

    def ask(self, trial: Trial) -> None:
        """Have it graded, without waiting."""
        if self.process is None:
            self.start()
        if self.refusal or self.process is None or self.process.stdin is None:
            return
        request = {
            "name": trial.name,
            "lab": msgspec.json.encode(trial.lab).decode(),
            "text": trial.text.replace("zhixing-hostile", self.surroundings.mark),
            "limits": msgspec.to_builtins(trial.limits),
            "times": trial.times,
            "diagnose": trial.forges and (trial.everywhere or self.level == "process"),
        }
        self.process.stdin.write(json.dumps(request).encode() + b"\n")
        self.process.stdin.flush()

    def outcome(self, name: str) -> Outcome:
        """Wait for what came of it."""
        while name not in self.outcomes:
            reply = self._reply()
            verdicts = tuple(msgspec.convert(each, Verdict) for each in reply["verdicts"])
            unharmed = self.surroundings.unharmed()
            self.outcomes[reply["name"]] = Outcome(
                verdicts=verdicts,
                left=tuple(reply["left"]),
                unharmed=unharmed,
                good=not reply["after"],
                after=reply["after"],
                problem=reply["problem"],
            )
            if reply["after"] or not unharmed:
                self.end()  # one broken judge is one failure
        return self.outcomes.pop(name)

    def _reply(self) -> dict[str, Any]:
        assert self.process is not None, f"the grading process of level {self.level} had ended"
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
        process, self.process = self.process, None
        if process is not None and process.stdin is not None and process.stdout is not None:
            with contextlib.suppress(OSError):
                process.stdin.close()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=5)
            process.kill()
            process.wait()
            process.stdout.close()

    def close(self) -> None:
        self.end()
        self.surroundings.close()
        shutil.rmtree(self.folder, ignore_errors=True)


@dataclass
class AllGrounds:
    """The grounds of every level: an attack goes at once to all that are `wanted` for it.

    Not so when they are all of one user and it may start processes: a limit counts them together.
    """

    grounds: dict[str, Grounds]
    wanted: set[tuple[str, str]]
    asked: set[tuple[str, str]] = field(default_factory=set)

    def graded(self, trial: Trial, level: str) -> Outcome:
        alone = os.geteuid() != 0 and trial.lab.sandbox
        for each in self.grounds:
            now = each == level or (not alone and (each, trial.name) in self.wanted)
            if now and (each, trial.name) not in self.asked:
                self.asked.add((each, trial.name))
                self.grounds[each].ask(trial)
        if self.grounds[level].refusal:
            pytest.skip(self.grounds[level].refusal)
        return self.grounds[level].outcome(trial.name)


@pytest.fixture(scope="session")
def graded(request: pytest.FixtureRequest) -> Iterator[Callable[[Trial, str], Outcome]]:
    """What comes of a trial at a level."""
    tested = [item.callspec.params for item in request.session.items if hasattr(item, "callspec")]
    levels = dict.fromkeys(each["level"] for each in tested if "level" in each)
    wanted = {(each["level"], each["attack"].full_name) for each in tested if "attack" in each}
    every = AllGrounds({level: Grounds(level) for level in levels}, wanted)
    yield every.graded
    for found in every.grounds.values():
        found.close()


def needed_folders() -> str:
    """Where this Python, its libraries, the engine and these tests lie."""
    paths = sysconfig.get_paths()
    found = [sys.base_prefix, sys.prefix, paths["purelib"], paths["platlib"], str(HERE)]
    found += [*site.getsitepackages(), str(Path(zhixing.__file__).parents[1])]
    return ":".join(path for path in dict.fromkeys(found) if os.path.isdir(path))  # noqa: PTH112


@pytest.fixture
def trial() -> type[Trial]:
    return Trial
