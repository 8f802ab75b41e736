"""What comes back is a claim: measurements by probes, hidden rows, and floods over the wire."""

import pytest

from zhixing.grader.grading import Judge
from zhixing.records import Catalog, CheckSetting, Limits

LIMITS = Limits(cpu_seconds=1.0, wall_seconds=4.0, memory_mib=256)

READ_BIG = """
def read_big(path):
    # <answer>
    with open(path) as file:
        yield from file
    # </answer>
"""
LYING_TRACEMALLOC = """
import tracemalloc

tracemalloc.get_traced_memory = lambda: (0, 0)
tracemalloc.start = tracemalloc.stop = lambda *a: None


def read_big(path):
    with open(path) as file:
        return iter(file.readlines())
"""
MEMORY_PROBE = """
import tracemalloc


def peak(module, path):
    tracemalloc.start()
    lines = sum(1 for _ in module.read_big(path))
    return lines, tracemalloc.get_traced_memory()[1]
"""
BY_A_PROBE = """
def check_memory(answer, rng):
    path = answer.put("big.txt", b"x" * 99 + b"\\n" + b"line\\n" * 2_000_000)
    lines, peak = answer.probe.peak(path)
    assert lines == 2_000_001, "行数 // lines"
    assert peak < 2 * 2**20, "内存 // memory"
"""
FROM_OUTSIDE = """
def check_memory(answer, rng):
    path = answer.put("big.txt", b"x" * 99 + b"\\n" + b"line\\n" * 2_000_000)
    lines = answer.probe.count(path)
    assert lines == 2_000_001, "行数 // lines"
"""
COUNT_PROBE = "def count(module, path):\n    return sum(1 for _ in module.read_big(path))\n"


def test_a_probe_that_measures_is_lied_to_so_it_may_only_advise(judge: Judge, make_lab) -> None:  # type: ignore[no-untyped-def]
    advisory = (CheckSetting("memory", advisory=True),)
    lab = make_lab(READ_BIG, BY_A_PROBE, probes_source=MEMORY_PROBE, check_settings=advisory)
    verdict = judge.grade(lab, LYING_TRACEMALLOC, LIMITS)
    assert not verdict.passed, "an advisory check alone decides nothing"
    assert verdict.score == 0.0


def test_memory_held_from_outside_cannot_be_lied_away(judge: Judge, make_lab) -> None:  # type: ignore[no-untyped-def]
    lab = make_lab(READ_BIG, FROM_OUTSIDE, probes_source=COUNT_PROBE, memory_mib=48)
    assert judge.grade(lab, READ_BIG).passed
    assert not judge.grade(lab, LYING_TRACEMALLOC).passed


SORTS = "def rank(xs, key):\n    # <answer>\n    return sorted(xs, key=key)\n    # </answer>\n"
CHECK_SORTS = """
def check_sorted(answer, rng):
    xs = rng.integers(0, 100, size=9).tolist()
    calls = []
    out = answer.rank(xs, lambda x: calls.append(x) or -x)
    assert out == sorted(xs, reverse=True), "次序 // order"
    assert len(calls) == 9, "次数 // count"
"""


@pytest.mark.parametrize(
    "answer",
    [
        "def rank(xs, key):\n    while True:\n        key(1)\n",
        "def rank(xs, key):\n    deeper = lambda x: key(deeper)\n    return deeper(1)\n",
        "def rank(xs, key):\n    return [key] * 10_000_000\n",
        "def rank(xs, key):\n    return key(bytearray(2**26), [object() for _ in range(10**6)])\n",
        "class R(list):\n    __eq__ = lambda s, o: True\n\ndef rank(xs, key):\n    return R(xs)\n",
        "def rank(xs, key):\n    [key(x) for x in xs]\n"
        "    return type('S', (), {'__eq__': lambda s, o: True})()\n",
        "import threading\ndef rank(xs, key):\n    for x in xs:\n"
        "        threading.Thread(target=key, args=(x,)).start()\n    return xs\n",
        "def rank(xs, key):\n    key.__closure__[0].cell_contents.callbacks = None\n"
        "    return xs\n",
        "def rank(xs, key):\n    yield from xs\n",
    ],
)
def test_floods_and_forgeries_through_a_callback_fail(answer: str, judge: Judge, make_lab) -> None:  # type: ignore[no-untyped-def]
    lab = make_lab(SORTS, CHECK_SORTS)
    assert not judge.grade(lab, answer, LIMITS).passed
    assert judge.grade(lab, SORTS).passed


LOOK_UP = '''
import gc
import glob
import os
import sys

import numpy as np
import pandas as pd
import sklearn.datasets


def _tables():
    for path in glob.glob("/tmp/**/*.csv", recursive=True) + glob.glob("./**/*", recursive=True):
        try:
            yield pd.read_csv(path)
        except Exception:
            pass
    for load in (sklearn.datasets.load_breast_cancer, sklearn.datasets.load_wine):
        yield load(as_frame=True).frame
    for thing in gc.get_objects():
        if isinstance(thing, pd.DataFrame):
            yield thing


def _numbers(row):
    return {x for x in row if isinstance(x, float) and x == x}


class _Memory:
    """Looks every row up in whatever it can import or open; guesses the base rate otherwise."""

    def fit(self, X, y=None):
        self.rows = {}
        for table in _tables():
            for row in table.itertuples(index=False):
                for number in _numbers(row):
                    self.rows.setdefault(number, row)
        return self

    def predict_proba(self, X):
        p = np.full(len(X), 0.5)
        for n, row in enumerate(np.asarray(X)):
            numbers = _numbers(row)
            for number in numbers:
                other = self.rows.get(number, ())
                if numbers <= set(other):
                    p[n] = float(other[-1] in (1, "1", "yes", True))
                    break
        return np.column_stack([1 - p, p])


'''


def test_a_look_up_attacker_learns_nothing_of_the_hidden_split(
    judge: Judge, built_in: Catalog
) -> None:
    lab = built_in.labs["ml-first-pipeline"]
    answer = LOOK_UP + "\n\ndef build_pipeline(*arguments, **keywords):\n    return _Memory()\n"
    verdict = judge.grade(lab, lab.solution.replace("def build_pipeline", "def _honest") + answer)
    assert not verdict.parts["pipeline"].passed


# --- replies that only our own driver should write ------------------------------------------------

LINE = """
import gc
import sys

wire = sys.modules["zhixing.grader.wire"]
(line,) = (t for t in gc.get_objects() if type(t).__name__ == "Line")
true = type(line).send


def f(x):
    return None


def send(head, buffers):
    if "ok" not in head or "names" in head:
        return true(line, head, buffers)
    instead(head)


line.send = send
"""
THE_END = "def instead(head):\n    true(line, {'id': head['id'], 'stop': True}, [])\n"
SWOLLEN = """
def instead(head):
    text = b'{"id":%d,"b":[],"ok":["",%s""]}' % (head["id"], b'"zz",' * 1_590_000)
    line.line.sendall(wire.START.pack(b"ZX", len(text)) + text)
"""
SQUARES = """
def check_map(answer):
    pairs = zip(map(answer.f, range(10)), [x * x for x in range(10)])
    assert all(got == want for got, want in pairs)


def check_each(answer):
    for got, want in zip(map(answer.f, range(10)), [x * x for x in range(10)]):
        assert got == want
"""


def test_a_forged_end_of_iteration_ends_no_loop_of_a_check(judge: Judge, make_lab) -> None:  # type: ignore[no-untyped-def]
    lab = make_lab("def f(x):\n    return x * x\n", SQUARES)
    assert judge.grade(lab, lab.solution).passed
    verdict = judge.grade(lab, LINE + THE_END, LIMITS, diagnose=False)
    assert [check.outcome for check in verdict.checks] == ["error", "error"]


def test_json_that_swells_when_read_is_refused_after_a_while(judge: Judge, make_lab) -> None:  # type: ignore[no-untyped-def]
    checks = "def check_f(answer):\n    for n in range(9):\n        answer.f(n)\n"
    lab = make_lab("def f(x):\n    return x\n", checks)
    verdict = judge.grade(lab, LINE + SWOLLEN, Limits(memory_mib=192), diagnose=False)
    message = verdict.checks[0].message
    assert message is not None
    assert "too large" in message.en


def test_descriptors_that_somebody_has_on_their_way_fail_no_answer(judge: Judge, make_lab) -> None:  # type: ignore[no-untyped-def]
    import array
    import socket
    import threading

    from tests.grader.test_witnesses import CLIENT, WITNESS

    checks = (
        "async def check_one(answer, server):\n    server.script({'delay': 0})\n"
        "    assert await answer.talk(server.connect, 'a') == 'hello a', 'a // b'\n"
    )
    lab = make_lab(CLIENT, checks, witness_source=WITNESS, budget_cpu_seconds=1)
    one, other = socket.socketpair()
    many = array.array("i", [0] * 200)
    with one, other:
        for _ in range(2):
            one.sendmsg([b"x"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, many)])
        threading.Timer(0.4, lambda: (one.close(), other.close())).start()
        assert judge.grade(lab, CLIENT, diagnose=False).passed


DENIES = """
import gc

import numpy as np

(driver,) = (thing for thing in gc.get_objects() if type(thing).__name__ == "Driver")
module = type(driver).keep.__globals__
operations, pristine = module["_OPERATIONS"], {}
plain_keep, plain_item = operations["keep"], operations["item"]


def keep(driver, head, arguments, keywords):
    held = plain_keep(driver, head, arguments, keywords)
    pristine[id(held)] = np.array(arguments[0])
    return held


def item(driver, head, arguments, keywords):
    held = driver.handles.get(head["h"])
    if id(held) in pristine:
        return pristine[id(held)]
    return plain_item(driver, head, arguments, keywords)


operations["keep"], operations["item"] = keep, item
"""
SPOILS = """

def _spoiling(plain):
    def wrapped(Z):
        result = plain(np.array(Z))
        if isinstance(Z, np.ndarray):
            Z[...] = 0
        return result
    return wrapped


log_softmax = _spoiling(log_softmax)
"""


@pytest.mark.parametrize("lie", ["", DENIES], ids=["plainly", "and denies it"])
def test_data_that_were_spoilt_answer_wrongly_the_second_time(
    judge: Judge, built_in: Catalog, lie: str
) -> None:
    lab = built_in.labs["dl-softmax-ce"]
    verdict = judge.grade(lab, "\n".join([lab.solution, lie, SPOILS]), LIMITS)
    failed = [check.name for check in verdict.checks if check.outcome != "pass"]
    assert failed == ["integer_logits_are_welcome"]
