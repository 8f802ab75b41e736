"""A slip is named when the answer behaves like it, and only then."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhixing.grader.comparing import same
from zhixing.grader.grading import Judge
from zhixing.records import Lab

SOLUTION = """
def mean(xs):
    # <answer>
    return sum(xs) / len(xs)
    # </answer>


def spread(xs):
    # <answer>
    m = sum(xs) / len(xs)
    return sum((x - m) ** 2 for x in xs) / len(xs)
    # </answer>
"""
CHECKS = """
def check_mean(answer, rng):
    xs = rng.normal(size=5).tolist()
    assert abs(answer.mean(xs) - sum(xs) / 5) < 1e-9, "均值不对 // the mean is off"


def check_mean_of_one(answer, rng):
    assert answer.mean([3.0]) == 3.0, "一个数 // one number"


def check_spread(answer, rng):
    xs = rng.normal(size=5).tolist()
    m = sum(xs) / 5
    assert abs(answer.spread(xs) - sum((x - m) ** 2 for x in xs) / 5) < 1e-9, "方差 // variance"
"""
MUTANTS = (
    (
        "sums",
        "    return sum(xs) / len(xs)\n    # </answer>\n\n\n",
        "    return sum(xs)\n    # </answer>\n\n\n",
        ("mean",),
    ),
    (
        "counts-one-less",
        "    return sum(xs) / len(xs)\n    # </answer>\n\n\n",
        "    return sum(xs) / max(1, len(xs) - 1)\n    # </answer>\n\n\n",
        ("mean",),
    ),
    ("forgets-the-square", "(x - m) ** 2", "abs(x - m)", ("spread",)),
)


@pytest.fixture
def lab(make_lab) -> Lab:  # type: ignore[no-untyped-def]
    return make_lab(SOLUTION, CHECKS, MUTANTS)


def named(judge: Judge, lab: Lab, answer: str) -> list[tuple[str, str]]:
    return [(slip.id, slip.function) for slip in judge.grade(lab, answer).slips]


GOOD_SPREAD = "\n\ndef spread(xs):\n    m = sum(xs) / len(xs)\n    return sum((x - m) ** 2 for x in xs) / len(xs)\n"
GOOD_MEAN = "\n\ndef mean(xs):\n    return sum(xs) / len(xs)\n"


def test_a_slip_written_in_another_style_is_named(judge: Judge, lab: Lab) -> None:
    answer = (
        "def mean(xs):\n    total = 0\n    for x in xs:\n        total += x\n    return total\n"
    )
    assert named(judge, lab, answer + GOOD_SPREAD) == [("sums", "mean")]


def test_two_slips_in_two_functions_are_both_named(judge: Judge, lab: Lab) -> None:
    answer = "def mean(xs):\n    return sum(xs)\n\n\ndef spread(xs):\n    m = sum(xs) / len(xs)\n    return sum(abs(m - x) for x in xs) / len(xs)\n"
    assert named(judge, lab, answer) == [("sums", "mean"), ("forgets-the-square", "spread")]


def test_an_unknown_slip_is_not_guessed(judge: Judge, lab: Lab) -> None:
    assert named(judge, lab, "def mean(xs):\n    return max(xs)\n" + GOOD_SPREAD) == []


def test_a_slip_that_fits_only_one_of_two_failing_checks_is_not_named(
    judge: Judge, lab: Lab
) -> None:
    answer = "def mean(xs):\n    return sum(xs) if len(xs) > 1 else 0.0\n" + GOOD_SPREAD
    assert named(judge, lab, answer) == []


@pytest.mark.parametrize(
    "broken",
    [
        "def mean(xs):\n    raise ValueError\n",
        "def mean(xs):\n    raise NotImplementedError\n",
        "def mean(xs):\n    while True: pass\n",
        "",
    ],
)
def test_errors_and_waiting_name_nothing(broken: str, judge: Judge, lab: Lab) -> None:
    assert named(judge, lab, broken + GOOD_SPREAD) == []


def test_a_tie_between_slips_says_nothing(judge: Judge, make_lab) -> None:  # type: ignore[no-untyped-def]
    twins = (*MUTANTS, ("sums-too", *MUTANTS[0][1:]))
    lab = make_lab(SOLUTION, CHECKS, twins)
    assert named(judge, lab, "def mean(xs):\n    return sum(xs)\n" + GOOD_SPREAD) == []


def test_no_message_shows_an_expected_value(judge: Judge, lab: Lab) -> None:
    verdict = judge.grade(lab, "def mean(xs):\n    return 0.0\n" + GOOD_SPREAD, seed="leak")
    shown = repr(verdict.checks) + repr(verdict.slips)
    right = judge.grade(lab, SOLUTION, seed="leak")
    assert right.passed
    assert "3.0" not in shown


@given(st.floats(allow_nan=False, allow_infinity=False, width=32), st.floats(-1e-8, 1e-8))
def test_rounding_is_forgiven_and_more_is_not(x: float, noise: float) -> None:
    assert same(x, x * (1 + noise))
    assert not same(x + 1.0, x + 1.0 + max(1.0, abs(x)) * 1e-2)


@pytest.mark.parametrize(
    ("a", "b", "alike"),
    [
        (np.nan, np.inf, True),
        (np.array([1.0, np.nan]), np.array([1.0, np.inf]), True),
        (np.array([1.0, np.nan]), np.array([np.nan, 1.0]), False),
        (np.ones(3), np.ones((3, 1)), False),
        (np.ones(3, "f4"), np.ones(3) + 1e-6, True),
        (np.ones(3), np.ones(3) + 1e-4, False),
        ([1, 2], (1, 2), True),
        (1, 1.0, False),
        ("a", "a", True),
        ({"a": 1.0}, {"a": 1.0 + 1e-9}, True),
        (True, 1, False),
        (np.zeros(2), np.full(2, 1e-13), True),
    ],
)
def test_replies_agree_as_the_contract_says(a: object, b: object, alike: bool) -> None:
    assert same(a, b) is alike
