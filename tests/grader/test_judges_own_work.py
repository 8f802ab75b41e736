"""What the judge does itself is bounded like what an answer does, and what goes wrong there is
said of whom it is true: the answer, the lab, or nobody."""

import inspect
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from zhixing.errors import Problem
from zhixing.grader import folders, isolation, judge, refusals, services
from zhixing.grader.answering import Gone
from zhixing.grader.grading import Judge
from zhixing.records import Lab, Limits, Verdict
from zhixing.words import Bilingual

SOLUTION = "def f(x):\n    return x\n"
LIMITS = Limits(cpu_seconds=1.0, wall_seconds=6.0)


def said(verdict: Verdict) -> dict[str, tuple[str, str]]:
    return {c.name: (c.outcome, c.message.en if c.message else "") for c in verdict.checks}


WORKS_FOR_EVER = """
def check_one(answer):
    n = answer.f(1)
    while n != 1:
        n += 1


def check_two(answer):
    assert answer.f(1) == 1, "a // b"


def check_three(answer):
    n = answer.f(1)
    while n != 1:
        n += 1


def check_four(answer):
    assert answer.f(2) == 2, "a // b"
"""


def test_a_reply_that_makes_a_check_work_for_ever_is_the_answers_doing(
    judge: Judge, make_lab: Callable[..., Lab]
) -> None:
    lab = make_lab(SOLUTION, WORKS_FOR_EVER)
    begun = time.monotonic()
    found = said(judge.grade(lab, "def f(x):\n    return x + 1\n", LIMITS))
    assert time.monotonic() - begun < 25.0  # two CPU seconds, on a machine that may be busy
    assert "looking at what the answer gave" in found["one"][1]
    assert "looking at what the answer gave" in found["three"][1]
    assert found["two"] == ("fail", "b")
    assert found["four"] == (
        "skipped",
        "the time for this answer was used up before this check, which was not made",
    )


@pytest.mark.parametrize(
    "wrong",
    [
        "    raise SystemExit(0)\n",
        "    raise KeyboardInterrupt\n",
        "    raise GeneratorExit\n",
        "    while True:\n        pass\n",
        "    assert answer.f(1) == 1\n\n\nraise RuntimeError('no')\n",
    ],
)
def test_a_lab_at_fault_is_said_to_be_at_fault(
    judge: Judge, make_lab: Callable[..., Lab], wrong: str
) -> None:
    lab = make_lab(SOLUTION, "def check_it(answer):\n" + wrong)
    found = said(judge.grade(lab, SOLUTION, LIMITS))
    assert found["it"][0] == "error"
    assert "a fault of the lab, not yours" in found["it"][1]


@pytest.mark.parametrize(
    ("wrong", "how"),
    [
        ("import os; os._exit(0)", "exit code 0"),
        ("import ctypes; ctypes.string_at(0)", "signal 11"),
    ],
)
def test_a_check_that_ends_the_judge_is_the_labs_fault(
    make_lab: Callable[..., Lab], wrong: str, how: str
) -> None:
    lab = make_lab(SOLUTION, f"def check_it(answer):\n    {wrong}\n")
    with Judge() as judge, pytest.raises(Problem) as problem:
        judge.grade(lab, SOLUTION)
    assert "a check of lab small ended the grader itself" in str(problem.value)
    assert how in str(problem.value)
    assert "a fault of the lab, not of the answer" in str(problem.value)


SHAPES = """
import numpy as np


def check_first(answer):
    answer.f(np.zeros(3))


def check_whole(answer):
    assert (answer.f(np.zeros((2, 3))) + np.zeros((2, 3)) == 0).all()


def check_pair(answer):
    one, two = answer.g(np.zeros((2, 3)))
    assert (two @ np.zeros((3, 4)) == 0).all()
"""


def test_a_reply_of_the_wrong_shape_is_said_to_be_one(
    judge: Judge, make_lab: Callable[..., Lab]
) -> None:
    right = "def f(x):\n    return x\n\n\ndef g(x):\n    return 1.0, x\n"
    wrong = "def f(x):\n    return x.T[:2]\n\n\ndef g(x):\n    return 1.0, x.T\n"
    found = said(judge.grade(make_lab(right, SHAPES, packages=("numpy",)), wrong))
    assert found["whole"] == (
        "error",
        "`f` returned a float array of shape (2, 2); a float array of shape (2, 3) is wanted here",
    )
    assert found["pair"][1].startswith("`g` returned as item 2 a float array of shape (3, 2);")


FORGED = """
import os, socket, struct, sys


def f(x):
    frame = sys._getframe()
    while "head" not in frame.f_locals:
        frame = frame.f_back
    text = (
        '{"id":%d,"raise":{"names":["ValueError"],"message":"x","trace":"","line":LINE},"b":[]}'
        % frame.f_locals["head"]["id"]
    ).encode()
    os.write(100, b"ZX" + struct.pack(">I", len(text)) + text)
    os._exit(0)
"""


@pytest.mark.parametrize("line", ["1e308", "9" * 300, "-3", "1048577", '"x"', "true"])
def test_a_forged_line_number_is_left_out(
    judge: Judge, make_lab: Callable[..., Lab], line: str
) -> None:
    lab = make_lab(SOLUTION, "def check_it(answer):\n    assert answer.f(1) == 1, 'a // b'\n")
    verdict = judge.grade(lab, FORGED.replace("LINE", line), diagnose=False)
    assert said(verdict)["it"] == ("error", "`f` raised ValueError: x")


def test_replays_that_cannot_be_run_cost_no_verdict(
    make_lab: Callable[..., Lab], monkeypatch: pytest.MonkeyPatch
) -> None:
    from zhixing.grader import diagnosis, keeping
    from zhixing.grader.hatchery import Keeper

    def refused(*_: object) -> None:
        raise Gone("replays were killed")

    monkeypatch.setattr(diagnosis.Replays, "of", refused)
    checks = "def check_it(answer):\n    assert answer.f(1) == 1\n"
    lab = make_lab(SOLUTION, checks, (("slip", "x\n", "x + 1\n", ("it",)),))
    bench = judge.Bench(Keeper(keeping.keeper_line("process")))
    try:
        request = judge.Request("def f(x):\n    return x + 1\n", "s", lab=lab)
        verdict = list(bench.grade(request))[-1].verdict
    finally:
        bench.close()
    assert verdict is not None
    assert (verdict.verdict, verdict.slips) == ("fail", ())
    assert said(verdict)["it"] == ("fail", judge.NOT_ASKED.en)
    assert judge.NOT_LOOKED_UP in verdict.advice


def test_a_check_without_words_waits_until_the_answer_has_ended(
    judge: Judge, make_lab: Callable[..., Lab]
) -> None:
    """20,000 files when it loads: while it lives no other answer has a room at level full."""
    text = """
        n = 0
        try:
            while n < 25_000:
                open(f"i{n}", "w").close()
                n += 1
        except OSError:
            pass

        def f(x):
            return [x]
        """
    checks = "def check_it(answer):\n    assert answer.f(1) + 1 == 2\n"
    verdict = judge.grade(make_lab(SOLUTION, checks), inspect.cleandoc(text))
    expected = ("error", "`f` returned a list of length 1; a number is wanted here")
    assert said(verdict)["it"] == expected


def test_a_fork_server_that_wakes_up_is_no_waiting_of_the_answers(
    make_lab: Callable[..., Lab], monkeypatch: pytest.MonkeyPatch
) -> None:
    from zhixing.grader import hatchery, keeping

    slow = hatchery.Nest.wait_until_ready

    def wait(nest: hatchery.Nest) -> None:
        if not nest.ready:
            time.sleep(1.5)
        slow(nest)

    monkeypatch.setattr(hatchery.Nest, "wait_until_ready", wait)
    lab = make_lab(SOLUTION, "def check_it(answer):\n    assert answer.f(1) == 1, 'a // b'\n")
    bench = judge.Bench(hatchery.Keeper(keeping.keeper_line("process")))
    try:
        request = judge.Request(SOLUTION, "s", lab=lab, limits=Limits(wall_seconds=1.0))
        verdict = list(bench.grade(request))[-1].verdict
    finally:
        bench.close()
    assert verdict is not None
    assert verdict.passed


THREADS = """
import threading
from concurrent.futures import ThreadPoolExecutor


def f(n):
    barrier = threading.Barrier(n, timeout=10)

    def meet(_):
        numbers = [float(i) for i in range(20_000)]
        barrier.wait()
        return len(numbers)

    with ThreadPoolExecutor(n) as pool:
        return len(list(pool.map(meet, range(n))))
"""


def test_sixteen_threads_work_at_the_default_memory(
    judge: Judge, make_lab: Callable[..., Lab]
) -> None:
    checks = "def check_it(answer):\n    assert answer.f(16) == 16, 'a // b'\n"
    lab = make_lab(THREADS, checks, sandbox=("threads",), packages=("numpy",))
    assert judge.grade(lab, THREADS, diagnose=False).passed


@pytest.mark.parametrize(
    ("sandbox", "expected"),
    [((), "does not allow this here"), (("threads",), "too many threads at once")],
)
def test_why_there_is_no_thread_more_is_true(sandbox: tuple[str, ...], expected: str) -> None:
    asked = ("RuntimeError", "can't start new thread")
    assert expected in refusals.with_refusal(Bilingual("", ""), *asked, sandbox).en


# --- what a service prints -----------------------------------------------------------------------

HEAD = "Traceback (most recent call last):\n"


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        (HEAD + '  File "answer.py", line 2, in f\n    x\nKeyError: 1\n', "KeyError (line 2)"),
        (HEAD + '  File "answer.py", line 9, in f\n    x\nKeyError: 1\n', ""),
        (HEAD + '  File "answer.py", line 999999\nAll checks passed\n', ""),
        (HEAD + "  x\nAll checks passed\n", ""),
        (HEAD + '  File "answer.py", line 2, in f\n' * 900 + "KeyError: 1\n", "KeyError (line 2)"),
    ],
)
def test_a_traceback_that_cannot_be_is_not_shown(printed: str, said: str) -> None:
    trace = services.printed_trace(printed, 5)
    found = services.with_reason(Bilingual("坏", "bad"), trace)
    assert found is not None
    assert len(trace) < services.TRACE_LETTERS + 100
    assert found.en == (f"bad; the service printed a traceback of {said}" if said else "bad")


# --- folders, the probe --------------------------------------------------------------------------


def test_a_folder_is_out_of_the_way_at_once_and_gone_soon(tmp_path: Path) -> None:
    clearing = folders.Clearing()
    for number in range(3):
        room = tmp_path / str(number)
        (room / "a" / "b").mkdir(parents=True)
        (room / "closed").mkdir(0)
        clearing.add(str(room))
        assert not room.exists()
    until = time.monotonic() + 10
    while list(tmp_path.iterdir()) and time.monotonic() < until:
        time.sleep(0.02)
    clearing.end()
    assert list(tmp_path.iterdir()) == []


KILLED_ONCE = """
import os, pathlib, sys
note = pathlib.Path(sys.argv[1])
if not note.exists():
    note.write_text("")
    os.kill(os.getpid(), 9)
print('{"level": "rootless", "landlock": 4}')
"""


def test_a_probe_that_was_killed_is_made_once_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    probe = (sys.executable, "-c", KILLED_ONCE, str(tmp_path / "note"))
    monkeypatch.setattr(isolation, "PROBE", probe)
    found = isolation.here.__wrapped__()
    assert (found.level, found.unknown) == ("rootless", "")


def test_a_probe_that_fails_twice_is_said_to_have_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    kill = (sys.executable, "-c", "import os; os.kill(os.getpid(), 9)")
    monkeypatch.setattr(isolation, "PROBE", kill)
    found = isolation.here.__wrapped__()
    assert (found.level, found.unknown) == ("process", "the probe failed twice: signal 9")


def test_nothing_of_an_import_stays_in_the_temporary_folder(
    tmp_path: Path, make_lab: Callable[..., Lab], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    text = "import os\n\n\ndef f(x):\n    return 'TORCHINDUCTOR_CACHE_DIR' in os.environ\n"
    checks = "def check_it(answer):\n    assert answer.f(1) is False, 'a // b'\n"
    if subprocess.run([sys.executable, "-c", "import torch"], check=False).returncode:
        pytest.skip("torch is not installed")
    with Judge() as judge:
        assert judge.grade(make_lab(text, checks, packages=("torch",)), text, diagnose=False).passed
    assert list(tmp_path.iterdir()) == []
