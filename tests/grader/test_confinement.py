"""Promises of the means that shut a process in: which calls, which paths, and how it all ends."""

import contextlib
import os
import platform
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from zhixing.grader import (
    confinement,
    isolation,
    judge,
    keeper,
    keeping,
    processes,
    rooms,
    syscalls,
)
from zhixing.grader.grading import Judge
from zhixing.grader.hatchery import Keeper
from zhixing.grader.isolation import Isolation
from zhixing.records import Limits

linux = pytest.mark.skipif(sys.platform != "linux", reason="the kernel's means are Linux's")
ARCHITECTURES = {machine: code for machine, (_, code) in syscalls.ARCHITECTURES.items()}
PROFILES = [(), ("threads",), ("processes",), ("exec", "threads"), ("loopback", "threads")]


def decided(program: list[syscalls.Instruction], architecture: int, call: int, *given: int) -> int:
    """What the filter says of a call: the few instructions of classic BPF that we use."""
    held, step = 0, 0
    while True:
        code, yes, no, value = program[step]
        step += 1
        if code == syscalls.RETURN:
            return value
        if code == syscalls.LOAD:
            held = {syscalls.NUMBER: call, syscalls.ARCHITECTURE: architecture}.get(value, 0)
            if value >= syscalls.ARGUMENTS:
                held = (*given, 0, 0)[(value - syscalls.ARGUMENTS) // 8]
            continue
        true = {
            syscalls.JUMP_EQUAL: held == value,
            syscalls.JUMP_OVER: held >= value,
            syscalls.JUMP_SET: bool(held & value),
        }[code]
        step += yes if true else no


@pytest.mark.parametrize("machine", syscalls.ARCHITECTURES)
@pytest.mark.parametrize("sandbox", PROFILES, ids=lambda names: "-".join(names) or "compute")
def test_a_call_that_no_table_names_is_refused(machine: str, sandbox: tuple[str, ...]) -> None:
    column, architecture = syscalls.ARCHITECTURES[machine]
    program = syscalls.program(machine, sandbox, apart=True, signals=True)
    weighed = {
        pair[column]
        for pair in (syscalls.CLONE, syscalls.CLONE3, syscalls.PRCTL, syscalls.FCNTL,
                     syscalls.IOCTL, syscalls.SOCKET, syscalls.SOCKETPAIR, syscalls.PRLIMIT,
                     syscalls.AFFINITY)
    }  # fmt: skip
    tables = [syscalls.COMPUTE, syscalls.MODES, *(syscalls.PROFILES[name] for name in sandbox)]
    if {"processes", "exec"} & set(sandbox):
        tables.append(syscalls.SIGNALS)
    named = {both[column] for table in tables for both in table.values()}
    for call in set(range(600)) - weighed:
        said = decided(program, architecture, call)
        assert (said == syscalls.REFUSE) == (call not in named), call
    assert decided(program, architecture, 0x40000000 + 1) == syscalls.REFUSE  # x32
    assert decided(program, 1, 0) == syscalls.KILL


@pytest.mark.parametrize("machine", syscalls.ARCHITECTURES)
def test_what_decides_about_a_call_are_its_arguments(machine: str) -> None:
    column, architecture = syscalls.ARCHITECTURES[machine]

    def says(
        call: tuple[int, int], *given: int, of: tuple[str, ...] = (), apart: bool = True
    ) -> bool:
        program = syscalls.program(machine, of, apart=apart, signals=True)
        return decided(program, architecture, call[column], *given) == syscalls.ALLOW

    thread, new_user = syscalls.CLONE_THREAD, 0x10000000
    assert not says(syscalls.CLONE, thread)
    assert says(syscalls.CLONE, thread, of=("threads",))
    assert not says(syscalls.CLONE, 17, of=("threads",))
    assert says(syscalls.CLONE, 17, of=("exec",))
    assert not says(syscalls.CLONE, new_user | 17, of=("processes", "threads", "exec"))
    assert not says(syscalls.SOCKET, 2)
    assert says(syscalls.SOCKET, 2, of=("loopback",))
    assert not says(syscalls.SOCKET, 2, of=("loopback",), apart=False)  # the machine's own network
    assert not any(says(syscalls.SOCKET, family, of=("loopback",)) for family in (1, 10, 16, 17))
    assert says(syscalls.FCNTL, 3, 4)
    assert not says(syscalls.FCNTL, 3, 8)
    assert says(syscalls.PRCTL, 15)
    assert not says(syscalls.PRCTL, 1)
    assert says(syscalls.SOCKETPAIR, 1, 0x80001)
    assert not says(syscalls.SOCKETPAIR, 1, 0x80002)  # a datagram can be sent anywhere
    assert not says(syscalls.SOCKETPAIR, 30, 1)
    assert says(syscalls.PRLIMIT, 0)
    assert not says(syscalls.PRLIMIT, 1)
    assert not says(syscalls.IOCTL, 0, 0x5412)  # TIOCSTI, to type into somebody's terminal


@linux
def test_libraries_may_be_read_and_nothing_of_ours() -> None:
    ours = {Path(rooms.__file__).parents[1]} | rooms._our_packages()
    assert len(ours) >= 2
    for path, rights in rooms.readable():
        inside = [one for one in ours if one.is_relative_to(path) or Path(path).is_relative_to(one)]
        assert not inside or rights == confinement.READ_DIR, path


@linux
def test_a_level_is_what_was_tried_and_never_above_what_was_asked() -> None:
    best = isolation.here()
    for asked in isolation.ORDER:
        found = isolation.probed(asked)
        assert isolation.satisfies(asked, found.level)
        assert isolation.satisfies(best.level, found.level)


# --- what dies, and what is left --------------------------------------------------------------


@contextlib.contextmanager
def a_judge(level: isolation.Level) -> Iterator[Judge]:
    if not isolation.satisfies(isolation.here().level, level):
        pytest.skip(f"this machine gives {isolation.here().level}")
    with Judge(level) as judge:
        yield judge


def below(pid: int) -> set[int]:
    return processes.descendants(pid)


def gone(pids: set[int], within: float = 5.0) -> bool:
    until = time.monotonic() + within
    while time.monotonic() < until:
        if not any(processes.alive(pid) and not _zombie(pid) for pid in pids):
            return True
        time.sleep(0.01)
    return False


def _zombie(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def folders_of(the_keeper: int) -> set[str]:
    places = Path(tempfile.gettempdir()).glob(f"{keeper.PREFIX}{the_keeper}-*")
    return {place.name for place in places}


SOLUTION = "def double(x):\n    # <answer> twice\n    return 2 * x\n    # </answer>\n"
CHECKS = (
    "def check_twice(answer, rng):\n    assert answer.double(21) == 42, '不是两倍 // not twice'\n"
)


@linux
@pytest.mark.parametrize("level", isolation.ORDER)
def test_a_judge_that_is_killed_leaves_no_process_and_no_folder(make_lab, level) -> None:  # type: ignore[no-untyped-def]
    lab = make_lab(SOLUTION, CHECKS, packages=("python",))
    with a_judge(level) as judge:
        assert judge.grade(lab, SOLUTION).isolation == level
        started = below(judge.process.pid)
        assert len(started) >= 2
        the_keeper = next(iter(children_of(judge.process.pid)))
        assert folders_of(the_keeper)
        judge.process.kill()
        assert gone(started)
    until = time.monotonic() + 5
    while folders_of(the_keeper) and time.monotonic() < until:
        time.sleep(0.01)
    assert not folders_of(the_keeper)


@linux
@pytest.mark.parametrize("level", isolation.ORDER)
def test_a_fork_server_that_is_killed_is_replaced(make_lab, level) -> None:  # type: ignore[no-untyped-def]
    lab = make_lab(SOLUTION, CHECKS, packages=("python",))
    with a_judge(level) as judge:
        assert judge.grade(lab, SOLUTION).passed
        the_keeper = next(iter(children_of(judge.process.pid)))
        for pid in below(the_keeper):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        time.sleep(0.05)
        assert judge.grade(lab, SOLUTION).passed


def children_of(pid: int) -> set[int]:
    return {child for child, parent in processes.parents().items() if parent == pid}


@linux
def test_a_judge_may_read_and_nothing_else(make_lab, tmp_path) -> None:  # type: ignore[no-untyped-def]
    wanted = tmp_path / "note"
    tries = (
        f"open({str(wanted)!r}, 'w')",
        "__import__('socket').socket()",
        "__import__('os').fork()",
        "__import__('os').execv('/bin/true', ['true'])",
        "__import__('os').kill(__import__('os').getppid(), 0)",
    )
    checks = "".join(
        f"def check_{i}(answer, rng):\n"
        f"    try:\n        {text}\n    except OSError:\n        return\n"
        f"    assert False, '可以 // it could: {i}'\n"
        for i, text in enumerate(tries)
    )
    lab = make_lab(SOLUTION, checks, packages=("python",))
    with a_judge("rootless") as judge:
        verdict = judge.grade(lab, SOLUTION, diagnose=False)
    assert [check.outcome for check in verdict.checks] == ["pass"] * len(tries)
    assert not wanted.exists()


@linux
def test_a_library_that_is_installed_meanwhile_restarts_the_fork_servers(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    bench = judge.Bench(Keeper(keeping.keeper_line("process")))
    try:
        first = bench.nest(("python",))
        assert bench.nest(("python",)) is first
        monkeypatch.setattr(judge, "library_set", lambda: (1,))
        assert bench.nest(("python",)) is not first
    finally:
        bench.close()


def test_a_lab_that_wants_more_than_there_is_says_so(make_lab) -> None:  # type: ignore[no-untyped-def]
    from zhixing.errors import Problem

    lab = make_lab(SOLUTION, CHECKS, packages=("python",))
    with Judge("process") as judge:
        with pytest.raises(Problem, match="rootless"):
            judge.grade(lab, SOLUTION, Limits(level="rootless"))
        assert judge.grade(lab, SOLUTION).passed


def test_a_machine_without_these_means_is_told_as_that(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(platform, "machine", lambda: "riscv64")
    assert isolation.probed().level == "process"
    monkeypatch.undo()
    monkeypatch.setattr(confinement, "landlock_abi", lambda: 0)
    found = isolation.probed()
    assert found.level == "process"
    assert found.landlock == 0


@pytest.mark.parametrize(
    "found",
    [
        Isolation("full", 7),
        Isolation("rootless", 7, "", "Operation not permitted", ""),
        Isolation("rootless", 4, "", "", "none may be made"),
        Isolation("process", 0),
        Isolation("process", 5, "Function not implemented"),
    ],
)
def test_doctor_says_the_level_and_what_raises_it(monkeypatch, found: Isolation) -> None:  # type: ignore[no-untyped-def]
    from zhixing.actions import health

    monkeypatch.setattr(isolation, "here", lambda: found)
    finding = health._isolation()
    assert found.level in finding.seen.render("en")
    assert (finding.next_step is None) == (found.level == "full")


@linux
@pytest.mark.parametrize("level", isolation.ORDER)
def test_an_answer_that_somebody_else_kills_is_asked_once_more(make_lab, level) -> None:  # type: ignore[no-untyped-def]
    checks = (
        "import time\n\n"
        "def check_waits(answer, rng):\n"
        "    assert answer.wait(lambda: time.sleep(0.4)) == 1, '不是 // not so'\n"
    )
    answer = "def wait(back):\n    back()\n    return 1\n"
    lab = make_lab(answer, checks, packages=("python",))
    with a_judge(level) as judge:
        assert judge.grade(lab, answer).passed
        the_keeper = next(iter(children_of(judge.process.pid)))
        servers = below(the_keeper)
        verdicts = []
        grading = threading.Thread(target=lambda: verdicts.append(judge.grade(lab, answer)))
        grading.start()
        time.sleep(0.2)
        for pid in below(the_keeper) - servers:
            os.kill(pid, signal.SIGKILL)
        grading.join()
        assert verdicts[0].passed


@linux
@pytest.mark.parametrize("level", isolation.ORDER)
def test_the_cpu_seconds_of_children_count(make_lab, level) -> None:  # type: ignore[no-untyped-def]
    """An answer whose children burn past its limit is stopped like one that burns itself."""
    answer = (
        "import os\n\ndef burn():\n    pids = []\n    for _ in range(2):\n        pid = os.fork()\n"
        "        if pid == 0:\n            while True:\n                pass\n"
        "        pids.append(pid)\n"
        "    os.waitpid(pids[0], 0)\n"
    )
    checks = "def check_burns(answer, rng):\n    answer.burn()\n"
    lab = make_lab(answer, checks, packages=("python",), sandbox=("processes",))
    with a_judge(level) as judge:
        verdict = judge.grade(lab, answer, Limits(cpu_seconds=1.0, wall_seconds=20.0))
    assert verdict.checks[0].message is not None
    assert "CPU seconds" in verdict.checks[0].message.en
