"""Promises about a learner's hours."""

from dataclasses import replace
from datetime import date
from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhixing.errors import Problem
from zhixing.planner.hours import room_of, study_minutes, week_from, week_of
from zhixing.records import Profile

MONDAY = date(2026, 12, 7)
FIFTEEN_HOURS = Profile("r", MONDAY, (120, 120, 120, 120, 120, 240, 60))


def test_fifteen_hours_are_two_a_weekday_four_on_saturday_one_on_sunday():
    assert week_of(15) == FIFTEEN_HOURS.minutes


@given(st.floats(min_value=1, max_value=60))
def test_a_week_holds_the_hours_asked_for_in_steps_of_five_minutes(hours):
    week = week_of(hours)
    assert all(minutes % 5 == 0 and 0 <= minutes <= 16 * 60 for minutes in week)
    assert abs(sum(week) - hours * 60) <= 2.5
    assert max(week[:5]) - min(week[:5]) <= 5
    assert week[5] >= max(week[:5]) >= week[6]


def test_weekend_hours_are_for_each_of_the_two_days():
    assert week_from(1.5, 4) == (90, 90, 90, 90, 90, 240, 240)


def test_weekdays_only_and_weekends_only_are_both_a_life():
    assert week_from(2, 0) == (120, 120, 120, 120, 120, 0, 0)
    assert week_from(0, 3) == (0, 0, 0, 0, 0, 180, 180)


@pytest.mark.parametrize("hours", [0, -3, 0.01, nan])
def test_no_hours_are_a_problem_that_says_what_to_type(hours):
    with pytest.raises(Problem, match=r"leave no time to study .*--hours-per-week 15"):
        week_of(hours)


@pytest.mark.parametrize("hours", [60.5, 168, inf])
def test_more_hours_than_fit_are_a_problem_with_the_most_that_fit(hours):
    with pytest.raises(Problem, match=r"at most 60 .*--hours-per-week 60"):
        week_of(hours)


@pytest.mark.parametrize(("weekday", "weekend"), [(0, 0), (-1, 2), (2, -1), (nan, 1), (0.01, 0)])
def test_hours_by_day_must_leave_time_too(weekday, weekend):
    with pytest.raises(Problem, match="leave no time to study"):
        week_from(weekday, weekend)


def test_both_wrong_hours_are_named_at_once():
    with pytest.raises(Problem) as caught:
        week_from(17, -2)
    assert [str(letter.where) for letter in caught.value.letters] == ["--weekday", "--weekend"]


def test_the_reserve_of_fifteen_hours_is_sunday_and_a_quarter_of_an_hour_a_weekday():
    assert study_minutes(FIFTEEN_HOURS) == (105, 105, 105, 105, 105, 240, 0)


def test_saturday_gives_last():
    weekend = replace(FIFTEEN_HOURS, minutes=(0, 0, 0, 0, 0, 240, 20))
    assert study_minutes(weekend) == (0, 0, 0, 0, 0, 221, 0)


@given(
    st.tuples(*[st.integers(0, 16 * 60)] * 7).filter(lambda week: sum(week) > 10),
    st.floats(0, 0.9),
)
def test_study_time_is_what_the_reserve_leaves_on_every_day(minutes, reserve):
    profile = replace(FIFTEEN_HOURS, minutes=minutes, reserve=reserve)
    study = study_minutes(profile)
    assert sum(minutes) - sum(study) == round(sum(minutes) * reserve)
    assert all(0 <= left <= whole for left, whole in zip(study, minutes, strict=True))


@pytest.mark.parametrize(
    "wrong", [{"minutes": (0,) * 7}, {"reserve": 1.0}, {"reserve": -0.1}, {"minutes": (-5,) * 7}]
)
def test_a_profile_without_study_time_is_a_problem(wrong):
    with pytest.raises(Problem, match="leaves no time to study"):
        study_minutes(replace(FIFTEEN_HOURS, **wrong))


def test_a_day_off_has_no_room():
    profile = replace(FIFTEEN_HOURS, days_off=frozenset({MONDAY}))
    room = room_of(study_minutes(profile), profile)
    assert [room(MONDAY), room(date(2026, 12, 8))] == [0, 105]
