"""What each layer of isolation costs: answer processes with one layer more each, in turns.

Each is asked for one reply and ended. Beside them, in the same turns, the floor: a server with the
same libraries, warmed up alike, that forks a child, which says one byte and ends. Runs as a
process of its own, which imports little before it starts the keepers: they and all below them are
forks of it, as in a judge.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

if TYPE_CHECKING:
    from zhixing.grader.hatchery import Keeper

from grading import watching
from grading.tables import Layer, quantile
from zhixing.grader import isolation, keeping, starting

BATCH = 100
BARE = "bare fork, one byte, exit"
SERVER = """
import gc, importlib, os, sys
from zhixing.grader import ground
ground.lay(16)
from zhixing.grader import nest
for module in nest.IMPORTS[sys.argv[1]]:
    importlib.import_module(module)
if sys.argv[1] in nest.WARM_UPS:
    importlib.import_module(nest.WARM_UPS[sys.argv[1]]).warm_up()
gc.collect()
gc.freeze()
ground.gather()
while os.read(0, 1):
    pid = os.fork()
    if pid == 0:
        os.write(1, b"x")
        os._exit(0)
    os.waitpid(pid, 0)
    os.write(1, b".")
"""
SETS: Mapping[str, tuple[isolation.Level, tuple[str, ...]]] = {
    "process: fork server, driver, limits, room": ("process", ()),
    "rootless without Landlock and seccomp": ("rootless", ("landlock", "seccomp")),
    "rootless without seccomp": ("rootless", ("seccomp",)),
    "rootless": ("rootless", ()),
    "full without the layers of a child": (
        "full", ("pid", "capabilities", "landlock", "seccomp"),
    ),
    "full: + a PID namespace": ("full", ("capabilities", "landlock", "seccomp")),
    "full: + no capabilities": ("full", ("landlock", "seccomp")),
    "full: + Landlock": ("full", ("seccomp",)),
    "full: + seccomp": ("full", ()),
}  # fmt: skip
"""Level, and the layers that are left out."""
MOST = {"rootless": 1.15, "full: + seccomp": 1.25}


def layers(best: str, package: str, rounds: int) -> list[Layer]:
    import msgspec

    words = [sys.executable, __file__, best, package, str(rounds)]
    got = subprocess.run(words, stdout=subprocess.PIPE, check=True, env=starting.environment())
    return msgspec.json.decode(got.stdout, type=list[Layer])


@contextmanager
def bare(package: str) -> Iterator[Callable[[], None]]:
    server = subprocess.Popen(
        [sys.executable, "-I", "-c", SERVER, package],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        bufsize=0,
    )
    say, hear = server.stdin, server.stdout
    assert say is not None
    assert hear is not None

    def once() -> None:
        say.write(b"?")
        got = b""
        while len(got) < 2:
            got += hear.read(2)

    try:
        yield once
    finally:
        say.close()
        server.wait()
        hear.close()


@contextmanager
def hatching(line: "Keeper", package: str, without: Sequence[str]) -> Iterator[Callable[[], None]]:
    """One answer process more: forked, shut in, one reply, ended."""
    from zhixing.grader.answering import Traffic, Until

    nest = line.start((package,), (), without)

    def once() -> None:
        process = nest.hatch(5.0, 512)
        until = Until(time.monotonic() + 10, 5.0, 10, 5.0)
        process.send({"id": 1, "op": "keep", "a": [1]}, [], until)
        process.receive(until, Traffic())
        process.end()

    try:
        yield once
    finally:
        nest.close()


def told(calls: Mapping[str, Callable[[], object]], rounds: int) -> list[dict[str, object]]:
    """Of any calls that fork below this process; the first is the floor. In batches, for Linux
    tells CPU seconds of another process to a hundredth; the first batch warms up."""
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in calls}
    for _ in range(rounds + 1):
        for name, call in calls.items():
            found[name].append(batch(call))
    return [
        {"name": name, "walls": [w for w, _ in each[1:]], "cpus": [c for _, c in each[1:]]}
        | {"most": MOST.get(name)}
        for name, each in found.items()
    ]


def batch(call: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds of one call: median wall, mean CPU of all processes."""
    spent, taken = watching.cpu_seconds(os.getpid()), []
    for _ in range(BATCH):
        begun = time.perf_counter()
        call()
        taken.append(time.perf_counter() - begun)
    cpu = (watching.cpu_seconds(os.getpid()) - spent) / BATCH
    return 1000 * quantile(taken, 0.5), 1000 * cpu


def main(best: str, package: str, rounds: int) -> None:
    here = [level for level in isolation.ORDER if isolation.satisfies(best, level)]
    lines = {level: keeping.keeper_line(level) for level in here}
    from zhixing.grader.hatchery import Keeper

    keepers = {level: Keeper(line) for level, line in lines.items()}
    with ExitStack() as stack:
        calls = {BARE: stack.enter_context(bare(package))}
        for name, (level, without) in SETS.items():
            if level in keepers:
                one = hatching(keepers[level], package, without)
                calls[name] = stack.enter_context(one)
        figures = told(calls, rounds)
    for each in keepers.values():
        each.close()
    print(json.dumps(figures))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
