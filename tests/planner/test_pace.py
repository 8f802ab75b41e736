"""Promises about a learner's pace."""

from math import exp, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhixing.planner.pace import pace

minutes = st.integers(5, 300)
some_tasks = st.lists(st.tuples(minutes, minutes), min_size=5, max_size=60)


def test_four_tasks_say_nothing_yet():
    assert pace([(60, 90)] * 4) == 1.0


def test_tasks_without_minutes_do_not_count_towards_the_five():
    assert pace([(60, 90)] * 4 + [(0, 30), (30, 0)]) == 1.0


def test_ten_tasks_at_one_and_a_half_times_are_shrunk_by_two_tasks_as_planned():
    assert pace([(60, 90)] * 10) == pytest.approx(exp(10 * log(1.5) / 12))


@given(some_tasks)
def test_pace_lies_between_as_planned_and_the_raw_mean(durations):
    logs = [max(-log(4), min(log(4), log(actual / planned))) for planned, actual in durations]
    raw = exp(sum(logs) / len(logs))
    assert min(1.0, raw) - 1e-12 <= pace(durations) <= max(1.0, raw) + 1e-12


@given(some_tasks, st.randoms(use_true_random=False))
def test_the_order_of_tasks_does_not_matter(durations, dice):
    mixed = list(durations)
    dice.shuffle(mixed)
    assert pace(mixed) == pytest.approx(pace(durations))


@given(some_tasks)
def test_a_timer_left_running_for_a_week_is_held_at_four_times(durations):
    assert pace([*durations, (30, 10_080)]) == pytest.approx(pace([*durations, (30, 120)]))
