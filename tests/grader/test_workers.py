"""Where a warm process cannot be forked: workers that wait, each for one answer."""

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from zhixing.errors import Problem
from zhixing.grader import descriptors, processes
from zhixing.grader.grading import Judge
from zhixing.records import Lab, Limits, Verdict

SOLUTION = """
import numpy as np


def softmax(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)
"""
CHECKS = """
import numpy as np


def check_rows_sum_to_one(answer, rng):
    P = answer.softmax(rng.normal(size=(4, 3)))
    assert np.allclose(P.sum(axis=1), 1)


def check_huge_logits(answer, rng):
    P = answer.softmax(rng.normal(size=(4, 3)) * 1e4)
    assert np.isfinite(P).all()
"""
SLIPS = (
    ("no-shift", "Z - Z.max(axis=1, keepdims=True)", "Z", ("huge_logits",)),
    ("wrong-axis", "E.sum(axis=1, keepdims=True)", "E.sum()", ("rows_sum_to_one",)),
)
CALLS = "def check_it_answers(answer):\n    assert answer.f() == 1\n"
GOOD = "def f():\n    return 1\n"
MakeLab = Callable[..., Lab]


@pytest.fixture(scope="module")
def temporary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("temporary")


@pytest.fixture(scope="module")
def pool(temporary: Path) -> Iterator[Judge]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("TMPDIR", str(temporary))
        patched.setenv("ZHIXING_SECRET", "sesame")
        with Judge(start="spawn") as judge:
            yield judge


@pytest.fixture
def softmax(make_lab: MakeLab) -> Lab:
    return make_lab(SOLUTION, CHECKS, SLIPS, id="softmax")


@pytest.fixture
def calls(make_lab: MakeLab) -> Lab:
    return make_lab(GOOD, CALLS, id="calls")


def children_of(judge: Judge) -> set[int]:
    return {pid for pid, parent in processes.parents().items() if parent == judge.process.pid}


def state(pid: int) -> str:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2][0]


def wait_until(true: Callable[[], bool], seconds: float = 20) -> None:
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, "this did not come about"
        time.sleep(0.02)


def gone(pid: int) -> bool:
    return not processes.alive(pid) or state(pid) == "Z"


def outcome(verdict: Verdict) -> str:
    return verdict.checks[0].outcome


def test_a_right_answer_passes_and_the_verdict_says_level_process(
    pool: Judge, softmax: Lab
) -> None:
    verdict = pool.grade(softmax, SOLUTION)
    assert (verdict.passed, verdict.isolation) == (True, "process")
    assert verdict.cpu_seconds < 0.1, "warming up is not the answer's"


@pytest.mark.parametrize(("slip", "find", "put"), [one[:3] for one in SLIPS])
def test_a_wrong_answer_has_its_slip_named(
    pool: Judge, softmax: Lab, slip: str, find: str, put: str
) -> None:
    verdict = pool.grade(softmax, SOLUTION.replace(find, put))
    assert [one.id for one in verdict.slips] == [slip]


def test_a_lab_that_asks_for_a_higher_level_is_refused(pool: Judge, calls: Lab) -> None:
    with pytest.raises(Problem, match="rootless"):
        pool.grade(calls, GOOD, Limits(level="rootless"))


@pytest.mark.parametrize(
    "body",
    [
        "while True: pass",
        "import os\n    os._exit(0)",
        "raise SystemExit",
        "while True: print('x' * 100_000)",
        "import os\n    os.kill(os.getpid(), 9)",
        "import os\n    os.closerange(0, 4096)\n    return 1",
        "return 'x' * (1 << 40)",
    ],
)
def test_whatever_an_answer_does_the_next_one_is_graded(pool: Judge, calls: Lab, body: str) -> None:
    verdict = pool.grade(calls, f"def f():\n    {body}\n", Limits(cpu_seconds=0.5), diagnose=False)
    assert outcome(verdict) == "error"
    assert pool.grade(calls, GOOD).passed


def test_an_endless_loop_ends_at_its_limit_in_cpu_seconds(pool: Judge, calls: Lab) -> None:
    endless = "def f():\n    while True: pass\n"
    (check,) = pool.grade(calls, endless, Limits(cpu_seconds=0.4), diagnose=False).checks
    assert 0.1 < check.cpu_seconds < 1
    assert check.message is not None
    assert "CPU seconds" in check.message.en


def test_killed_workers_are_replaced_ready_or_not(pool: Judge, calls: Lab) -> None:
    pool.grade(calls, GOOD)
    killed = children_of(pool)
    for pid in killed:
        os.kill(pid, signal.SIGKILL)
    assert pool.grade(calls, GOOD).passed
    assert not killed & children_of(pool)


BUSY = """
import os, pathlib, time
def f():
    note = pathlib.Path({note!r})
    if note.exists() and {once}:
        return 1
    note.write_text(str(os.getpid()))
    time.sleep(60)
"""


@pytest.mark.parametrize(("once", "found"), [(True, "pass"), (False, "error")])
def test_a_killed_busy_worker_is_tried_once_more_and_costs_its_answer_alone(
    pool: Judge, calls: Lab, tmp_path: Path, once: bool, found: str
) -> None:
    note = tmp_path / "pid"
    text = BUSY.format(note=str(note), once=once)
    verdicts: list[Verdict] = []
    grading = threading.Thread(
        target=lambda: verdicts.append(pool.grade(calls, text, diagnose=False))
    )
    grading.start()
    killed: set[str] = set()
    while len(killed) < (1 if once else 2):
        wait_until(lambda: note.exists() and note.read_text() not in {"", *killed})
        killed.add(note.read_text())
        os.kill(int(note.read_text()), signal.SIGKILL)
    grading.join(timeout=20)
    assert outcome(verdicts[0]) == found
    assert pool.grade(calls, GOOD).passed


CHILDREN = """
import os, pathlib, subprocess
def f():
    kept = subprocess.Popen(["sleep", "600"])
    away = subprocess.Popen(["sleep", "600"], start_new_session=True)
    pathlib.Path({note!r}).write_text(f"{{kept.pid}} {{away.pid}} {{os.getpid()}}")
    {rest}
"""


def test_what_an_answer_started_is_gone_with_it(pool: Judge, calls: Lab, tmp_path: Path) -> None:
    note = tmp_path / "pids"
    assert pool.grade(calls, CHILDREN.format(note=str(note), rest="return 1")).passed
    assert all(gone(int(pid)) for pid in note.read_text().split())


def left_in(folder: Path) -> list[str]:
    return [path.name for pool in folder.iterdir() for path in pool.iterdir()]


def test_nothing_is_left_in_the_temporary_folder(
    pool: Judge, calls: Lab, temporary: Path, tmp_path: Path
) -> None:
    (tmp_path / "precious").write_text("mine")
    text = f"""
        import os, tempfile
        def f():
            open("here", "w").write("1")
            os.makedirs("/".join("d" * 200))
            open(tempfile.mkstemp()[1], "w").write("1")
            os.symlink({str(tmp_path)!r}, "link")
            os.mkdir("closed", 0)
            return 1
        """
    assert pool.grade(calls, textwrap.dedent(text)).passed
    until = time.monotonic() + 10
    while left_in(temporary) and time.monotonic() < until:  # it is removed by and by
        time.sleep(0.05)
    assert left_in(temporary) == []
    assert (tmp_path / "precious").read_text() == "mine"


def test_closing_a_judge_ends_its_workers_and_removes_its_folders(
    calls: Lab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with Judge(start="spawn") as judge:
        assert judge.grade(calls, GOOD).passed
        workers = children_of(judge)
    assert all(map(gone, workers))
    assert list(tmp_path.iterdir()) == []


def test_environments_take_turns_and_two_pools_live(
    pool: Judge, make_lab: MakeLab, softmax: Lab
) -> None:
    plain = make_lab("import sys\n" + GOOD, CALLS, packages=("python",))
    for _ in range(2):
        assert pool.grade(softmax, SOLUTION).passed
        assert pool.grade(plain, GOOD).passed
    third = make_lab(GOOD, CALLS, packages=("asyncio",))
    assert pool.grade(third, GOOD).passed
    assert len(children_of(pool)) == 4


def test_a_worker_is_never_used_twice(pool: Judge, make_lab: MakeLab) -> None:
    text = """
        import os, numpy
        seen = getattr(numpy, "left", 0)
        numpy.left = 1
        def f():
            return seen
        def number():
            return os.getpid()
        """
    checks = """
        def check_nothing_was_left(answer):
            assert answer.f() == 0
            raise AssertionError(f"{answer.number()} // {answer.number()}")
        """
    lab = make_lab(GOOD, textwrap.dedent(checks))
    numbers = []
    for _ in range(4):
        (check,) = pool.grade(lab, textwrap.dedent(text), diagnose=False).checks
        assert check.message is not None
        numbers.append(int(check.message.en))
    assert len(set(numbers)) == 4


def test_a_ready_worker_holds_its_control_its_line_its_output_and_no_secret(
    pool: Judge, calls: Lab
) -> None:
    pool.grade(calls, GOOD)
    for pid in children_of(pool):
        assert b"sesame" not in Path(f"/proc/{pid}/environ").read_bytes()
        wait_until(lambda pid=pid: held_by(pid) == ["/dev/null", "pipe", "pipe", "socket"])


def held_by(pid: int) -> list[str]:
    """The kinds of what a process has open, each thing once."""
    links = {str(fd.readlink()) for fd in Path(f"/proc/{pid}/fd").iterdir()}
    return sorted(link.partition(":")[0] for link in links)


def test_two_workers_order_a_set_alike(pool: Judge, make_lab: MakeLab) -> None:
    checks = """
        def check_order(answer):
            one, other = answer.f(), answer.fresh().f()
            assert one == other
        """
    lab = make_lab("def f():\n    return list({*map(str, range(99))})\n", textwrap.dedent(checks))
    assert pool.grade(lab, lab.solution).passed


def test_programs_have_their_streams_and_a_folder_that_stays(
    pool: Judge, make_lab: MakeLab
) -> None:
    text = """
        import pathlib, sys
        note = pathlib.Path("note")
        print(sys.argv[1:], sys.stdin.read(), note.exists())
        note.write_text("1")
        print("oh", file=sys.stderr)
        sys.exit(3)
        """
    checks = """
        def check_it_runs(answer):
            first, second = answer.run("a", stdin="in"), answer.run("a", stdin="in")
            assert (first.code, first.out, first.err) == (3, "['a'] in False\\n", "oh\\n")
            assert second.out == "['a'] in True\\n"
        """
    solution = textwrap.dedent(text)
    lab = make_lab(solution, textwrap.dedent(checks), kind="program", packages=("python",))
    verdict = pool.grade(lab, solution)
    assert verdict.passed, verdict.checks


def test_when_a_judge_is_killed_its_workers_end_and_the_next_one_removes_its_folders(
    calls: Lab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    note, folders = tmp_path / "pids", tmp_path / "folders"
    folders.mkdir()
    monkeypatch.setenv("TMPDIR", str(folders))
    judge = Judge(start="spawn")
    text = CHILDREN.format(note=str(note), rest="__import__('time').sleep(600)")

    def graded() -> None:
        with pytest.raises(Problem):
            judge.grade(calls, text)

    grading = threading.Thread(target=graded)
    grading.start()
    wait_until(lambda: note.exists() and note.read_text() != "")
    kept, away, busy = map(int, note.read_text().split())
    workers = children_of(judge)
    judge.process.kill()
    grading.join(timeout=20)
    judge.close()
    os.kill(away, signal.SIGKILL)  # who leaves the group outlives a judge that was killed
    assert busy in workers
    wait_until(lambda: all(map(gone, (kept, *workers))))
    with Judge(start="spawn") as another:
        assert another.grade(calls, GOOD).passed
    assert list(folders.iterdir()) == []


# --- what other systems have, on this one ---------------------------------------------------------

BENCH = """
import time
from zhixing.grader import {changed}
{change}
from zhixing.grader.conversation import Conversation, Program, Spending
from zhixing.grader.messages import Errand
from zhixing.grader.running import Running
from zhixing.grader.workers import SpawnKeeper
from zhixing.records import Limits

keeper = SpawnKeeper()
nest = keeper.start(("numpy",))
errand = Errand({source!r}, ("numpy",), Limits(cpu_seconds=20, wall_seconds=3))
ran = Running(errand, lambda: nest, "process").ran()
print(repr((ran.output[:20], ran.trace)))
keeper.close()
"""
SOCKETS = """
descriptors.poll = descriptors.Selecting
descriptors.read, descriptors.close = descriptors.read_socket, descriptors.socket.close
descriptors.outlet = descriptors.socket_outlet
descriptors.set_blocking = descriptors.set_socket_blocking
"""


def bench(changed: str, change: str, source: str) -> tuple[str, str]:
    """What one text printed, and its trace, in a judge of which some means were changed."""
    code = BENCH.format(changed=changed, change=change, source=source)
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    output, trace = eval(done.stdout)
    return output, trace


@pytest.mark.parametrize(
    ("source", "output", "trace"),
    [
        ("print('一'); raise ValueError", "一\n", "ValueError"),
        ("import numpy\nprint(numpy.ones(2))", "[1. 1.]\n", ""),
        ("while True: print('x' * 100_000)", "x" * 20, "printed far too much"),
    ],
)
def test_sockets_do_where_there_is_no_pipe_that_can_be_waited_for(
    source: str, output: str, trace: str
) -> None:
    printed, ended = bench("descriptors", SOCKETS, source)
    assert printed == output
    assert trace in ended
    assert bool(trace) == bool(ended)


def test_where_cpu_seconds_cannot_be_known_the_wall_clock_decides() -> None:
    _, ended = bench("processes", "processes.LINUX = False", "while True: pass")
    assert "stopped after 3 s of waiting" in ended


def test_on_windows_a_lab_that_hands_descriptors_on_is_refused_with_a_way_out(
    pool: Judge, make_lab: MakeLab, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(descriptors, "WINDOWS", True)
    with pytest.raises(Problem, match="WSL"):
        pool.grade(make_lab("", CALLS, kind="program"), "")


WITHOUT = """
import asyncio, os, select, shutil, signal, socket, subprocess, sys, tempfile
import msgspec, platformdirs
lacking = {
    os: "fork killpg setsid wait4 waitpid getuid geteuid getegid".split(),
    select: "POLLIN POLLOUT POLLHUP POLLERR POLLNVAL".split(),
    signal: "SIGKILL SIGVTALRM SIGALRM setitimer ITIMER_VIRTUAL".split(),
    socket: "AF_UNIX SCM_RIGHTS SCM_CREDENTIALS SO_PASSCRED send_fds recv_fds".split(),
}
for module, names in lacking.items():
    for name in names:
        if hasattr(module, name):
            delattr(module, name)
for name in ("fcntl", "grp", "pwd", "resource", "termios"):
    sys.modules[name] = None
import zhixing.grader.grading, zhixing.grader.workers, zhixing.grader.judge, zhixing.grader.worker
import zhixing.grader.__main__, zhixing.grader.isolation
"""


def test_what_windows_lacks_is_not_needed_to_import_the_grader() -> None:
    done = subprocess.run([sys.executable, "-c", WITHOUT], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
