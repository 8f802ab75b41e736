"""Where it is known at which place each slip is noticed, few are run, and the same is named."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from zhixing.grader import diagnosis
from zhixing.grader.answering import OutOfTime
from zhixing.grader.checking import CheckRun
from zhixing.grader.conversation import Entry, Spending, Transcript
from zhixing.grader.grading import Judge
from zhixing.grader.noticing import noticed
from zhixing.grader.places import place_of
from zhixing.records import CheckResult, Lab, Limits
from zhixing.words import Bilingual

SOLUTION = "def f():\n    # <answer>\n    return 0\n    # </answer>\n"
CHECKS = "def check_a(answer):\n    pass\n\n\ndef check_b(answer):\n    pass\n"
SLIPS = ("one", "two", "three")


def failed(line: int) -> BaseException:
    """An assertion that failed on this line of checks.py."""
    with pytest.raises(AssertionError) as caught:
        exec(compile("\n" * (line - 1) + "assert False", "checks.py", "exec"), {})
    return caught.value


def run(name: str, said: int, error: BaseException | None) -> CheckRun:
    outcome = "fail" if isinstance(error, AssertionError) else "error"
    result = CheckResult(name, "whole", outcome, None, 0.01)
    return CheckRun(result, Transcript([Entry("f", "ok", said)]), error)


class Told(diagnosis.Replays):
    """Replies that are known; `asked` is whom one asked for them."""

    def __init__(self, said: dict[str, int]) -> None:
        self.said, self.cpu = said, 0.0
        self.asked: list[str] = []

    def of(self, text: str, names: Sequence[str]) -> dict[str, CheckRun]:
        self.asked.append(text)
        return {name: run(name, self.said[text], None) for name in names}


@pytest.fixture
def lab(make_lab) -> Lab:  # type: ignore[no-untyped-def]
    """Three slips; check a notices two of them on line 3, and the third on line 4."""
    mutants = tuple((slip, "return 0", f"return {n}", ("a",)) for n, slip in enumerate(SLIPS, 1))
    lab: Lab = make_lab(SOLUTION, CHECKS, mutants)
    places = [{"a": ("AssertionError 3",)}] * 2 + [{"a": ("AssertionError 4",)}]
    pairs = zip(lab.mutants, places, strict=True)
    return replace(lab, mutants=tuple(replace(m, noticed=known) for m, known in pairs))


def named(
    lab: Lab, error: BaseException, said: int, *, measured: bool = True
) -> tuple[list[str], list[str]]:
    """(slips, whom one had to run) for an answer that replied `said` in check a."""
    replays = Told({lab.solution: 0, "one": 1, "two": 2, "three": 3})
    libraries = {} if measured else {"numpy": "0.9"}
    found = diagnosis.slips(lab, [run("a", said, error)], replays, SLIPS, libraries)
    return [slip.id for slip in found], replays.asked


def test_only_what_was_noticed_there_is_run(lab: Lab) -> None:
    assert named(lab, failed(3), 2) == (["two"], [lab.solution, "one", "two"])
    assert named(lab, failed(4), 3) == (["three"], [lab.solution, "three"])


def test_with_another_seed_it_may_be_noticed_elsewhere_and_is_named_all_the_same(lab: Lab) -> None:
    assert named(lab, failed(3), 3) == (["three"], [lab.solution, "one", "two", "three"])


def test_what_was_never_noticed_anywhere_near_runs_nothing(lab: Lab) -> None:
    assert named(lab, failed(9), 3) == ([], [])


def test_with_other_libraries_all_are_run_if_need_be(lab: Lab) -> None:
    assert named(lab, failed(3), 3, measured=False)[0] == ["three"]
    unmeasured = replace(lab, mutants=tuple(replace(m, noticed={}) for m in lab.mutants))
    assert named(unmeasured, failed(9), 1) == (["one"], [lab.solution, "one", "two", "three"])


def test_of_checks_that_wait_long_the_quick_ones_are_run_again(lab: Lab) -> None:
    asked: list[Sequence[str]] = []

    class Asked(Told):
        def of(self, text: str, names: Sequence[str]) -> dict[str, CheckRun]:
            asked.append(names)
            return super().of(text, names)

    known = dict.fromkeys("ab", ("AssertionError 3",))
    waits = replace(lab, mutants=(replace(lab.mutants[0], noticed=known), *lab.mutants[1:]))
    failing = [replace(run(n, 1, failed(3)), seconds=s) for n, s in (("a", 3.0), ("b", 0.1))]
    for measured, names in (
        (waits, ["b"]),
        (replace(waits, noticed_with={"numpy": "1"}), ["a", "b"]),
    ):
        asked.clear()
        replays = Asked({lab.solution: 0, "one": 1, "two": 2, "three": 3})
        (slip,) = diagnosis.slips(measured, failing, replays, SLIPS, {})
        assert (slip.id, asked[0]) == ("one", names)


def test_a_loop_without_end_is_compared_with_nothing(lab: Lab) -> None:
    assert named(lab, OutOfTime(1.0, cpu=True), 3, measured=False) == ([], [])


def test_each_form_has_words_of_its_own_and_a_tie_of_forms_says_both(lab: Lab) -> None:
    one, two, _ = lab.mutants
    words = Bilingual("甲。", "A."), Bilingual("乙。", "B.")
    two = replace(two, slip="one", why=words[1])
    forms = replace(lab, mutants=(replace(one, why=words[0]), two))
    for said, why in ((1, words[0]), (2, words[1])):
        replays = Told({lab.solution: 0, "one": 1, "two": 2})
        (slip,) = diagnosis.slips(forms, [run("a", said, failed(3))], replays, SLIPS[:2], {})
        assert slip.why == why
    replays = Told({lab.solution: 0, "one": 1, "two": 1})
    (slip,) = diagnosis.slips(forms, [run("a", 1, failed(3))], replays, SLIPS[:2], {})
    assert slip.why == Bilingual("甲。或者：乙。", "A. Or: B.")


def test_a_place_is_what_was_raised_and_the_lines_of_the_checks() -> None:
    assert place_of(None) == ""
    assert place_of(failed(3)) == "AssertionError 3"


def test_a_judge_tells_the_places_of_each_mutant(judge: Judge, make_lab) -> None:  # type: ignore[no-untyped-def]
    checks = (
        "def check_a(answer):\n    assert answer.f() < 2\n    assert answer.f() < 1\n\n\n"
        "def check_b(answer):\n    answer.f() / (answer.f() - 2)\n"
    )
    mutants = tuple((f"slip-{n}", "return 0", f"return {n}", ("a",)) for n in (1, 2))
    lab = make_lab(SOLUTION, checks, mutants)
    assert noticed(lab, judge) == [
        {"a": ("AssertionError 3",)},
        {"a": ("AssertionError 2",), "b": ("ZeroDivisionError 7",)},
    ]


def test_what_loads_without_end_is_loaded_once(judge: Judge, make_lab) -> None:  # type: ignore[no-untyped-def]
    checks = "".join(
        f"def check_{n}(answer):\n    answer.f.within(wall_s=9)()\n\n\n" for n in "abcd"
    )
    lab = make_lab(SOLUTION, checks, (("one", "return 0", "return 1", ("a",)),))
    verdict = judge.grade(lab, "while True: pass\n", Limits(cpu_seconds=0.8))
    assert verdict.cpu_seconds < 0.6
    assert [check.outcome for check in verdict.checks] == ["error"] * 4
    assert all("endless loop" in str(c.message and c.message.en) for c in verdict.checks)
    assert verdict.slips == ()


def test_a_call_that_used_up_its_time_gets_less_the_next_time() -> None:
    spending = Spending(10.0, 512, again_cpu=1.0)
    assert spending.shortened("f", None) is None
    spending.endless.add("f")
    assert spending.shortened("f", None) == 1.0
    assert (spending.shortened("f", 0.2), spending.shortened("g", 5.0)) == (0.2, 5.0)
