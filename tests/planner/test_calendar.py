"""Promises about days off and about times of the day."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from zhixing.errors import Problem
from zhixing.planner.clock import times
from zhixing.planner.filling import fill
from zhixing.planner.holidays_cn import is_off, is_worked, year_of
from zhixing.planner.hours import PRESETS, room_of, week_of, week_of_blocks
from zhixing.records import Day, Node, Piece, Profile, Route, Task

MONDAY = date(2026, 12, 7)
IN_CHINA = Profile("r", MONDAY, week_of(15), holidays="CN")


@pytest.mark.parametrize(
    ("day", "off", "worked"),
    [
        ("2025-01-28", True, False), ("2025-01-26", False, True), ("2025-10-08", True, False),
        ("2026-02-14", False, True), ("2026-02-23", True, False), ("2026-02-24", False, False),
        ("2026-09-20", False, True), ("2026-10-10", False, True), ("2026-10-07", True, False),
        ("2027-02-05", True, False), ("2027-09-15", True, False), ("2030-02-03", True, False),
    ],
)  # fmt: skip
def test_chinas_days_off_and_worked_weekends(day, off, worked):
    assert (is_off(date.fromisoformat(day)), is_worked(date.fromisoformat(day))) == (off, worked)


def test_announced_years_are_official_and_all_later_ones_projected():
    assert [year_of(year).status for year in (2025, 2026)] == ["official"] * 2
    assert {year_of(year).status for year in range(2027, 2200)} == {"projected"}


def test_a_year_nobody_knows_has_the_fixed_days_and_no_worked_weekends():
    unknown = year_of(2031)
    assert {f"{day:%m-%d}" for day in unknown.off} == {
        "01-01", "04-05", "05-01", "05-02", "10-01", "10-02", "10-03",
    }  # fmt: skip
    assert unknown.worked == frozenset()


def test_the_packages_that_know_say_the_same():
    calendar = pytest.importorskip("chinese_calendar")
    for year in (2025, 2026):
        for n in range(365):
            day = date(year, 1, 1) + timedelta(days=n)
            off, festival = calendar.get_holiday_detail(day)
            assert is_off(day) == (off and festival is not None)
            assert is_worked(day) == (not off and day.weekday() >= 5)


def test_a_holiday_gives_nothing_and_a_worked_saturday_no_more_than_a_weekday():
    room = room_of(IN_CHINA.minutes, IN_CHINA)
    assert room(date(2026, 2, 17)) == 0
    assert room(date(2026, 2, 14)) == 120
    assert room(date(2026, 2, 7)) == 240


def test_nothing_stands_on_a_holiday_of_2031_and_planning_it_does_not_fail():
    task = Task("t", "study", "", 300_000)
    plan = fill(Route("r", "en", "r", Node("route", "r", "r", 1), (task,)), IN_CHINA, MONDAY)
    assert plan.finish > date(2031, 1, 1)
    assert not any(is_off(day.date) for day in plan.days if day.pieces)


# --- times of the day -------------------------------------------------------------------------

BLOCKS = (((9 * 60, 150), (14 * 60, 150), (19 * 60, 60)),) * 6 + ((),)
THREE_BLOCKS = replace(IN_CHINA, blocks=BLOCKS, minutes=week_of_blocks(BLOCKS))


def day_of(*minutes):
    return Day(MONDAY, tuple(Piece(f"t{n}", "study", m) for n, m in enumerate(minutes)))


def test_blocks_make_the_minutes_of_a_week():
    assert THREE_BLOCKS.minutes == (360,) * 6 + (0,)
    assert sum(PRESETS["full-time"]) == 40 * 60


def test_pieces_stand_one_after_another_in_the_blocks():
    found = [(piece.task, piece.minutes, start) for piece, start in
             times(day_of(90, 60, 150, 60), THREE_BLOCKS)]  # fmt: skip
    assert found == [("t0", 90, 540), ("t1", 60, 630), ("t2", 150, 840), ("t3", 60, 1140)]


def test_a_time_of_day_is_honoured_where_the_piece_fits():
    wishes = {"t0": "evening", "t1": "afternoon"}
    found = {piece.task: start for piece, start in times(day_of(60, 45, 90), THREE_BLOCKS, wishes)}
    assert found == {"t0": 19 * 60, "t1": 14 * 60, "t2": 9 * 60}


def test_a_piece_longer_than_a_block_runs_on_in_the_next():
    found = [(piece.minutes, start) for piece, start in times(day_of(200), THREE_BLOCKS)]
    assert found == [(150, 540), (50, 840)]


def test_without_blocks_there_are_no_times():
    assert times(day_of(60), IN_CHINA) == ()


@pytest.mark.parametrize("day", [((600, 0),), ((1400, 60),), ((600, 60), (630, 60)), ((600, -5),)])
def test_blocks_that_cannot_be_are_a_letter(day):
    with pytest.raises(Problem):
        week_of_blocks((day,) * 7)
    with pytest.raises(Problem):
        week_of_blocks((((600, 60),),))
