"""How are figures taken? Wall and CPU seconds of calls and of whole processes, and tables of them.

A figure is a median; its spread is the lowest and the highest run. Nothing is asserted about it:
a target stands beside it, and the word ok or over. What is compared runs in turns, in one run.
"""

import os
import resource
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Took:
    """Seconds. `cpu` is of the process and of all below it that was waited for."""

    wall: float
    cpu: float


@dataclass(frozen=True)
class Ended:
    """A process that ended: its exit code and all it wrote."""

    took: Took
    code: int
    said: str


@dataclass(frozen=True)
class Figure:
    """One thing measured, run by run, in `unit`. `target` is the most it should be."""

    what: str
    unit: str
    values: tuple[float, ...]
    target: float | None = None

    def row(self) -> str:
        middle = statistics.median(self.values)
        spread = f"{_number(min(self.values))} to {_number(max(self.values))}"
        goal = "" if self.target is None else f"≤ {_number(self.target)} {self.unit}"
        word = "" if self.target is None else ("ok" if middle <= self.target else "**over**")
        runs = len(self.values)
        cells = [self.what, f"{_number(middle)} {self.unit}", spread if runs > 1 else "", str(runs)]
        return f"| {' | '.join([*cells, goal, word])} |"


HEAD = "| what | median | lowest to highest | runs | target | |\n|---|---:|---:|---:|---:|---|"


def seconds_of(call: Callable[[], object]) -> Took:
    """What one call took in this process (threads too, children not)."""
    wall, cpu = time.perf_counter(), time.process_time()
    call()
    return Took(time.perf_counter() - wall, time.process_time() - cpu)


def cpu_below(call: Callable[[], object]) -> float:
    """CPU seconds of the processes that a call started and that had ended when it returned."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    call()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def ended(
    command: Sequence[object],
    folder: Path = ROOT,
    environment: Mapping[str, str] | None = None,
) -> Ended:
    """What became of the command, run with nothing to read and no terminal to write to."""
    with tempfile.TemporaryFile() as heard:
        wall = time.perf_counter()
        process = subprocess.Popen(
            [str(word) for word in command],
            cwd=folder,
            env={**os.environ, **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=heard,
            stderr=subprocess.STDOUT,
        )
        _, status, used = os.wait4(process.pid, 0)
        took = Took(time.perf_counter() - wall, used.ru_utime + used.ru_stime)
        process.returncode = os.waitstatus_to_exitcode(status)
        heard.seek(0)
        return Ended(took, process.returncode, heard.read().decode("utf-8", "replace"))


def done(
    command: Sequence[object],
    folder: Path = ROOT,
    environment: Mapping[str, str] | None = None,
) -> Ended:
    """What became of a command that must succeed: what fails is not measured."""
    run = ended(command, folder, environment)
    if run.code:
        words = " ".join(str(word) for word in command)
        raise SystemExit(f"{run.said}\n`{words}` ended with {run.code}")
    return run


def in_turns(
    contestants: Mapping[str, Callable[[], Took]], rounds: int
) -> dict[str, tuple[Took, ...]]:
    """Each once a round, so that a busy minute falls on all. A first round fills caches and does
    not count."""
    heats = [{name: run() for name, run in contestants.items()} for _ in range(rounds + 1)][1:]
    return {name: tuple(heat[name] for heat in heats) for name in contestants}


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
