"""The proxy: every kind of use is a round trip, and plain data is judged on our side."""

import pytest

from zhixing.errors import Problem
from zhixing.grader.grading import Judge
from zhixing.records import Verdict

ANSWER = """
import time
from collections import namedtuple
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum

import numpy as np

Point = namedtuple("Point", "x y")
LIMIT = 7
notes = []


class Colour(Enum):
    RED = 1


@dataclass
class Box:
    width: float
    lid: str = "oak"


class Vec:
    def __init__(self, *xs):
        self.xs = list(xs)

    def __add__(self, other):
        return Vec(*(a + b for a, b in zip(self.xs, other.xs)))

    def __mul__(self, k):
        return Vec(*(k * a for a in self.xs))

    def __eq__(self, other):
        return isinstance(other, Vec) and self.xs == other.xs

    def __len__(self):
        return len(self.xs)

    def __iter__(self):
        return iter(self.xs)

    def __getitem__(self, i):
        return self.xs[i]

    def __setitem__(self, i, x):
        self.xs[i] = x


class ParseError(ValueError):
    pass


def parse(text):
    raise ParseError(f"cannot read {text}")


def numbers():
    n = 0
    while True:
        yield n
        n += 1


@contextmanager
def opened(log):
    log("in")
    try:
        yield 5
    finally:
        log("out")


def apply(f, *xs):
    return [f(x) for x in xs]


def clear(X):
    X[...] = 0


def cut_off():
    raise ConnectionResetError("by peer")


def few(n):
    yield from range(n)


def sleeper(seconds):
    time.sleep(seconds)


def burner():
    while True:
        pass


def read(path):
    with open(path, "rb") as file:
        return file.read()


def write(name):
    with open(name, "w") as file:
        file.write("written")


def draw():
    import random
    return random.random(), float(np.random.random())


def remember(x):
    notes.append(x)
    return len(notes)


def frame(T):
    import sys
    return type(T).__name__
"""


def graded(judge: Judge, make_lab, checks: str, answer: str = ANSWER, **more) -> Verdict:  # type: ignore[no-untyped-def]
    return judge.grade(make_lab(answer, checks, **more), answer, diagnose=False)


def said(verdict: Verdict) -> list[str]:
    return [
        f"{c.name}: {c.message.en if c.message else c.outcome}"
        for c in verdict.checks
        if c.outcome != "pass"
    ]


@pytest.mark.parametrize(
    "body",
    [
        "assert answer.LIMIT == 7",
        "assert answer.Point(1, 2).x == 1 and answer.Point(1, 2)[1] == 2",
        "box = answer.Box(2.0); assert (box.width, box.lid) == (2.0, 'oak')",
        "box = answer.Box(2.0); box.width = 3.0; assert box.width == 3.0",
        "assert answer.Colour.RED.value == 1 and answer.Colour.RED == answer.Colour.RED",
        "v = answer.Vec(1, 2); assert list(v) == [1, 2] and len(v) == 2 and v[1] == 2",
        "v = answer.Vec(1, 2); v[0] = 9; assert v.xs == [9, 2]",
        "assert (answer.Vec(1, 2) + answer.Vec(3, 4)).xs == [4, 6]",
        "assert answer.Vec(1) == answer.Vec(1) and answer.Vec(1) != answer.Vec(2)",
        "assert (operable(answer.Vec(1, 2)) * 3).xs == [3, 6]",
        "assert len([v for v in [answer.Vec(1)] if answer.Vec(1) == v]) == 1",
        "got = []\nfor n in answer.numbers():\n    got.append(n)\n    if n == 3:\n        break\nassert got == [0, 1, 2, 3]",
        "log = []\nwith answer.opened(log.append) as five:\n    log.append(five)\nassert log == ['in', 5, 'out']",
        "assert answer.apply(lambda x: x + 1, 1, 2) == [2, 3]",
        "assert answer.apply(lambda x: answer.Point(x, x).y, 1, 2) == [1, 2]",
        "seen = []\nwith raises('ZeroDivisionError'):\n    answer.apply(lambda x: seen.append(x) or 1 / 0, 1)\nassert seen == [1]",
        "with raises('ParseError') as caught:\n    answer.parse('x')\nassert 'cannot read x' in caught.error.message",
        "with raises('ValueError'):\n    answer.parse('x')",
        "with raises('ConnectionError'):\n    answer.cut_off()\nassert answer.LIMIT == 7",
        "assert list(answer.few(3)) == [0, 1, 2]",
        "kept = answer.keep(np.ones(3)); answer.clear(kept); assert kept[...].tolist() == [0, 0, 0]",
        "X = np.ones(3); answer.clear(X); assert X.tolist() == [1, 1, 1]",
        "assert answer.read(answer.put('a.bin', b'abc')) == b'abc'",
        "answer.write('out.txt'); assert answer.get('out.txt', 100) == b'written'",
        "with raises('FileNotFoundError'):\n    answer.get('none.txt', 100)",
        "with raises('TooSlow'):\n    answer.burner.within(cpu_s=0.1)()\nassert answer.LIMIT == 7",
        "with raises('TooSlow'):\n    answer.sleeper.within(wall_s=0.1)(30)\nassert answer.LIMIT == 7",
        "answer.remember(1); other = answer.fresh(); assert other.remember(1) == 1 and answer.remember(1) == 2",
        "assert answer.source.imports == ['collections', 'contextlib', 'dataclasses', 'enum', 'numpy', 'random', 'sys', 'time']",
        "assert answer.source.loops['burner'] == 1 and answer.source.loops['clear'] == 0",
        "assert answer.probe.doubled(4) == 8",
        "assert answer.draw() == answer.fresh().draw()",
        "assert 0 < rng.random() < 1",
    ],
)
def test_a_check_may(body: str, judge: Judge, make_lab) -> None:  # type: ignore[no-untyped-def]
    lines = "\n".join("    " + line for line in body.replace("; ", "\n").splitlines())
    checks = (
        "import numpy as np\nfrom zhixing_checks import Table, operable, raises\n\n\n"
        f"def check_it(answer, rng):\n{lines}\n"
    )
    verdict = graded(
        judge, make_lab, checks, probes_source="def doubled(module, x):\n    return 2 * x\n"
    )
    assert said(verdict) == []


@pytest.mark.parametrize(
    "body",
    [
        "assert answer.Vec(1) == 5",
        "assert answer.Vec(1) != 5",
        "assert abs(answer.Vec(1) - 5) < 1",
        "assert 5 - answer.Vec(1)",
        "assert answer.Vec(1)",
        "assert 5 in answer.Vec(5)",
        "assert np.allclose(answer.Vec(1), 1)",
        "assert np.ones(3) @ answer.Vec(1) == 3",
    ],
)
def test_an_object_never_meets_the_judges_own_data(body: str, judge: Judge, make_lab) -> None:  # type: ignore[no-untyped-def]
    checks = f"import numpy as np\n\n\ndef check_it(answer, rng):\n    {body}\n"
    verdict = graded(judge, make_lab, checks)
    assert [c.outcome for c in verdict.checks] == ["fail"]
    assert "plain data is wanted" in said(verdict)[0]


def test_a_data_frame_crosses_as_a_table(judge: Judge, make_lab) -> None:  # type: ignore[no-untyped-def]
    answer = "def double(T):\n    T = T.copy()\n    T['n'] = T['n'] * 2\n    return T\n\n\ndef n(T):\n    return T['n']\n"
    checks = (
        "import numpy as np\nfrom zhixing_checks import Table\n\n\n"
        "def check_it(answer, rng):\n"
        "    T = Table({'n': np.arange(3), 's': ['a', None, 'c']})\n"
        "    out = answer.double(T)\n"
        "    assert out.columns['n'].tolist() == [0, 2, 4]\n"
        "    assert out.columns['s'] == ['a', None, 'c']\n"
        "    assert answer.n(T).tolist() == [0, 1, 2]\n"
    )
    assert said(graded(judge, make_lab, checks, answer, packages=("sklearn",))) == []


def test_shared_work_is_done_once_and_again_after_a_death(judge: Judge, make_lab) -> None:  # type: ignore[no-untyped-def]
    checks = (
        "from zhixing_checks import raises\n\n"
        "def given_count(answer, rng):\n    return answer.remember('given')\n\n\n"
        "def check_first(answer, count):\n    assert count == 1\n\n\n"
        "def check_second(answer, count):\n    assert count == 1 and answer.remember('x') == 2\n\n\n"
        "def check_dies(answer, count):\n    with raises('TooSlow'):\n        answer.burner.within(cpu_s=0.05)()\n\n\n"
        "def check_third(answer, count):\n    assert count == 1 and answer.remember('x') == 2\n"
    )
    assert said(graded(judge, make_lab, checks)) == []


def test_the_same_seed_gives_the_same_inputs_and_another_seed_others(
    judge: Judge, make_lab
) -> None:  # type: ignore[no-untyped-def]
    checks = "def check_it(answer, rng):\n    assert answer.Vec(float(rng.random())).xs == [0.5], f'zh // {rng.random()}'\n"
    lab = make_lab(ANSWER, checks)
    one, same, other = (said(judge.grade(lab, ANSWER, seed=s)) for s in ("a", "a", "b"))
    assert one == same != other


def test_generators_start_anew_in_every_check_and_when_the_text_is_loaded(
    judge: Judge, make_lab
) -> None:  # type: ignore[no-untyped-def]
    answer = ANSWER + "import random\nFIRST = [random.random(), float(np.random.random())]\n"
    checks = (
        "def check_first(answer, rng):\n    answer.draw()\n    answer.draw()\n\n\n"
        "def check_second(answer, rng):\n    assert False, f'中 // {answer.draw()} {answer.FIRST}'\n"
    )
    lab = make_lab(answer, checks)
    late, only = (
        said(judge.grade(one, answer, seed="s", diagnose=False))
        for one in (lab, make_lab(answer, checks.replace("    answer.draw()\n", "    pass\n")))
    )
    assert late[-1].split("[")[0] == only[-1].split("[")[0]
    assert late == said(judge.grade(lab, answer, seed="s", diagnose=False))


def test_a_function_is_known_by_its_name_in_every_process(judge: Judge, make_lab) -> None:  # type: ignore[no-untyped-def]
    checks = (
        "from zhixing_checks import raises\n\n"
        "def check_it(answer, rng):\n"
        "    f, Colour, Vec = answer.few, answer.Colour, answer.Vec\n"
        "    with raises('TooSlow'):\n        answer.burner.within(cpu_s=0.05)()\n"
        "    assert list(f(2)) == [0, 1] and Colour.RED.value == 1 and Vec(1, 2).xs == [1, 2]\n"
        "    assert answer.apply(answer.remember, 'x') == [1]\n"
        "    with raises('NameError'):\n        answer.apply(answer.gone, 1)\n"
    )
    answer = ANSWER + "def gone(x):\n    raise NameError\n"
    assert said(graded(judge, make_lab, checks, answer)) == []


def test_every_check_is_reported_even_after_time_is_used_up(judge: Judge, make_lab) -> None:  # type: ignore[no-untyped-def]
    from zhixing.records import Limits

    names = ("a", "b", "c", "d")
    checks = "\n\n".join(f"def check_{n}(answer, rng):\n    answer.burner()" for n in names)
    lab = make_lab(ANSWER, checks)
    verdict = judge.grade(lab, ANSWER, Limits(cpu_seconds=0.4), diagnose=False)
    assert [c.name for c in verdict.checks] == list(names)
    assert {c.outcome for c in verdict.checks} <= {"error", "skipped"}
    assert verdict.checks[-1].outcome == "skipped"
    assert verdict.cpu_seconds < 0.8


def test_an_advisory_check_is_shown_and_never_decides(judge: Judge, make_lab) -> None:  # type: ignore[no-untyped-def]
    from zhixing.records import CheckSetting

    checks = (
        "def check_decides(answer, rng):\n    assert answer.LIMIT == 7\n\n\n"
        "def check_advises(answer, rng):\n    assert False, '中 // en'\n"
    )
    lab = make_lab(ANSWER, checks, check_settings=(CheckSetting("advises", advisory=True),))
    verdict = judge.grade(lab, ANSWER)
    assert verdict.passed
    assert verdict.score == 1.0
    assert [c.outcome for c in verdict.checks] == ["pass", "advisory"]


def test_an_inconclusive_check_neither_passes_nor_fails(judge: Judge, make_lab) -> None:  # type: ignore[no-untyped-def]
    checks = (
        "from zhixing_checks import Inconclusive\n\n\n"
        "def check_it(answer, rng):\n    raise Inconclusive('再跑几次 // run it more often')\n"
    )
    verdict = judge.grade(make_lab(ANSWER, checks), ANSWER)
    assert (verdict.verdict, verdict.passed) == ("inconclusive", False)


def test_with_a_part_only_its_checks_run_and_decide(judge: Judge, make_lab) -> None:  # type: ignore[no-untyped-def]
    from zhixing.records import Part
    from zhixing.words import Bilingual

    checks = (
        "def check_good(answer, rng):\n    assert answer.LIMIT == 7\n\n\n"
        "def check_bad(answer, rng):\n    assert False, '中 // en'\n"
    )
    title = Bilingual("一", "one")
    parts = (Part("one", title, 10, ("good",)), Part("two", title, 10, ("bad",)))
    lab = make_lab(ANSWER, checks, parts=parts)
    verdict = judge.grade(lab, ANSWER, part="one")
    assert verdict.passed
    assert verdict.part == "one"
    assert [c.name for c in verdict.checks] == ["good"]
    assert not judge.grade(lab, ANSWER).passed


def test_thirty_thousand_callbacks_cost_about_two_seconds_at_most(judge: Judge, make_lab) -> None:  # type: ignore[no-untyped-def]
    answer = "def many(f, n):\n    return sum(f(i) for i in range(n))\n"
    checks = "def check_it(answer, rng):\n    assert answer.many(lambda i: 1, 30_000) == 30_000\n"
    lab = make_lab(answer, checks, budget_cpu_seconds=5)
    assert said(judge.grade(lab, answer)) == []


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("def f(x:\n    return x\n", "SyntaxError (line 1)"),
        ("def ff(x):\n    return x\n", "did you mean your `ff`"),
        ("import nothing_of_that_name\n", "ModuleNotFoundError (line 1)"),
        ("def f(x):\n    raise NotImplementedError\n", "`f` is not written yet"),
        ("def f(x):\n    return x.nope\n", "`f` raised AttributeError (line 2)"),
        ("def f(x):\n    return [1.0, 2.0]\n", "a list of length 2"),
        ("import numpy as np\ndef f(x):\n    return np.ones(7)\n", "shape (7,)"),
        ("import numpy as np\ndef f(x):\n    return x * np.nan\n", "nan"),
        ("def f(x):\n    return None\n", "NoneType"),
        ("def f(x):\n    while True: pass\n", "endless loop"),
    ],
)
def test_a_failure_without_words_names_what_to_mend(
    answer: str, words: str, judge: Judge, make_lab
) -> None:  # type: ignore[no-untyped-def]
    solution = "import numpy as np\n\n\ndef f(x):\n    return 2 * x\n"
    checks = (
        "import numpy as np\n\n\ndef check_it(answer, rng):\n    x = rng.random(3)\n"
        "    out = answer.f(x)\n    assert out.shape == (3,) and abs(out - 2 * x).max() < 1e-9\n"
    )
    lab = make_lab(solution, checks, budget_cpu_seconds=0.05)
    verdict = judge.grade(lab, answer)
    assert not verdict.passed
    assert verdict.checks[0].message is not None
    assert words in verdict.checks[0].message.en
    assert verdict.checks[0].message.zh != verdict.checks[0].message.en


def test_what_an_answer_prints_is_shown_escaped_and_harmless(judge: Judge, make_lab) -> None:  # type: ignore[no-untyped-def]
    answer = ANSWER + "print('hello \\x1b[31m red', flush=True)\n"
    verdict = graded(
        judge, make_lab, "def check_it(answer, rng):\n    assert answer.LIMIT == 7\n", answer
    )
    assert verdict.passed
    assert verdict.output == "hello \\x1b[31m red\n"


def test_a_trace_shows_only_the_learners_own_lines(judge: Judge, make_lab) -> None:  # type: ignore[no-untyped-def]
    answer = "def f(x):\n    return g(x)\n\n\ndef g(x):\n    return 1 / 0\n"
    verdict = graded(judge, make_lab, "def check_it(answer, rng):\n    answer.f(1)\n", answer)
    trace = verdict.checks[0].trace
    assert 'File "answer.py", line 6' in trace
    assert "return 1 / 0" in trace
    assert "driver" not in trace


def test_an_answer_that_does_not_load_says_so_at_every_check(judge: Judge, make_lab) -> None:  # type: ignore[no-untyped-def]
    answer = "import nothing_of_that_name\n\n\ndef f(x):\n    return x\n"
    checks = "\n\n".join(f"def check_{n}(answer, rng):\n    answer.f(1)" for n in "abc")
    verdict = judge.grade(make_lab("def f(x):\n    return x\n", checks), answer)
    assert ["does not even load" in said for said in said_of(verdict)] == [True] * 3


def said_of(verdict: Verdict) -> list[str]:
    return [check.message.en for check in verdict.checks if check.message]


def test_an_interrupted_grading_leaves_nothing(make_lab, tmp_path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    import threading

    monkeypatch.setenv("TMPDIR", str(tmp_path))
    lab = make_lab(ANSWER, "def check_it(answer, rng):\n    answer.burner()\n")
    judge = Judge()
    threading.Timer(0.7, judge.process.terminate).start()
    with pytest.raises(Problem):
        judge.grade(lab, ANSWER)
    judge.close()
    assert list(tmp_path.iterdir()) == []


def test_a_check_that_never_ends_is_the_labs_fault_and_said_so(make_lab, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    from zhixing.grader import keeping, working
    from zhixing.grader.hatchery import Keeper
    from zhixing.grader.judge import Bench, Request

    monkeypatch.setattr(working.Work, "share", 0.2)
    checks = (
        "def check_stuck(answer, rng):\n    while True:\n        pass\n\n\n"
        "def check_after(answer, rng):\n    assert answer.LIMIT == 7\n"
    )
    bench = Bench(Keeper(keeping.keeper_line("process")))
    try:
        request = Request(answer=ANSWER, seed="s", lab=make_lab(ANSWER, checks), diagnose=False)
        verdict = list(bench.grade(request))[-1].verdict
    finally:
        bench.close()
    assert verdict is not None
    assert [check.outcome for check in verdict.checks] == ["error", "pass"]
    assert "a fault of the lab" in said(verdict)[0]


def test_a_check_that_fails_the_solution_too_is_the_labs_fault(judge: Judge, make_lab) -> None:  # type: ignore[no-untyped-def]
    checks = "def check_it(answer, rng):\n    assert answer.LIMIT == 1 / 0\n"
    verdict = graded(judge, make_lab, checks)
    assert "a fault of the lab" in said(verdict)[0]


def test_an_object_is_called_by_its_own_class_in_a_message(judge: Judge, make_lab) -> None:  # type: ignore[no-untyped-def]
    checks = (
        "def check_it(answer, rng):\n    assert False, f'类 // {type(answer.Vec(1)).__name__}'\n"
    )
    assert said(graded(judge, make_lab, checks)) == ["it: Vec"]


@pytest.mark.parametrize("limits", [(0.02, 60.0), (60.0, 0.02)])
def test_a_check_that_swallows_everything_is_stopped_all_the_same(
    limits: tuple[float, float],
) -> None:
    from zhixing.grader.working import Stuck, at_most

    swallowed = []

    def burn() -> None:
        while True:
            try:
                sum(range(10_000))
            except Exception:
                continue

    def check() -> None:
        try:
            burn()
        except BaseException as error:
            swallowed.append(error)
        burn()

    with pytest.raises(Stuck) as stopped, at_most(*limits):
        check()
    assert len(swallowed) == 1
    assert stopped.value.late is (limits[1] < 1)


def test_a_callback_cannot_end_a_loop_of_the_check(judge: Judge, make_lab) -> None:  # type: ignore[no-untyped-def]
    checks = (
        "from zhixing_checks import raises\n\n\n"
        "def check_it(answer, rng):\n"
        "    for kind in (StopIteration, StopAsyncIteration, GeneratorExit):\n"
        "        def ends(_, kind=kind):\n            raise kind\n"
        "        with raises('Exception', 'GeneratorExit'):\n            answer.apply(ends, 1)\n"
    )
    assert said(graded(judge, make_lab, checks)) == []


def test_what_a_message_quotes_is_escaped_and_cut(judge: Judge, make_lab) -> None:  # type: ignore[no-untyped-def]
    answer = (
        "def f():\n    return '\\x1b]0;x\\x07' + 'x' * 100_000\n\n\n"
        "def g():\n    raise ValueError('\\x1b[2J')\n"
    )
    checks = (
        "def check_f(answer):\n    got = answer.f()\n    assert False, f'{got} // {got}'\n\n\n"
        "def check_g(answer):\n    answer.g()\n"
    )
    told = graded(judge, make_lab, checks, answer).checks
    texts = [text for c in told if c.message for text in (c.message.zh, c.message.en, c.trace)]
    assert len(texts) == 6
    assert not [text for text in texts if "\x1b" in text or len(text) > 2000]
    assert any("\\x1b[2J" in text for text in texts)


def test_too_slow_is_for_the_judge_to_say(judge: Judge, make_lab) -> None:  # type: ignore[no-untyped-def]
    answer = (
        "class TooSlow(Exception):\n    pass\n\n\n"
        "def f():\n    raise TooSlow\n\n\ndef g():\n    while True:\n        pass\n"
    )
    checks = (
        "from zhixing_checks import raises\n\n\n"
        "def check_f(answer):\n    with raises('TooSlow'):\n        answer.f.within(cpu_s=1)()\n\n\n"
        "def check_g(answer):\n    with raises('TooSlow'):\n        answer.g.within(cpu_s=0.05)()\n"
    )
    assert [c.outcome for c in graded(judge, make_lab, checks, answer).checks] == ["error", "pass"]


def test_many_names_of_an_answer_are_looked_at_up_to_a_number(judge: Judge, make_lab) -> None:  # type: ignore[no-untyped-def]
    from zhixing.records import Limits

    wanted = "a_function_with_a_rather_long_name"
    near = "".join(f"{wanted[:-1]}{n} = 0\n" for n in range(20_000))
    lab = make_lab(ANSWER, f"def check_it(answer, rng):\n    answer.{wanted}()\n")
    verdict = judge.grade(lab, near, Limits(cpu_seconds=5), diagnose=False)
    assert "did you mean" in said(verdict)[0]


def test_a_broken_surrogate_in_an_answer_or_a_cell_is_no_end_of_the_judge(
    judge: Judge, make_lab
) -> None:  # type: ignore[no-untyped-def]
    checks = "def check_it(answer, rng):\n    assert answer.LIMIT == 7\n"
    assert judge.grade(make_lab(ANSWER, checks), ANSWER + "# \ud800\n", diagnose=False).passed
    assert (
        judge.run("import answer; print(answer.x)  # \udc00", (), "x = 3  # \udfff").output == "3\n"
    )
