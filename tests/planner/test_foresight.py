"""Promises about what is said of a plan: two honest dates, the mix, the reasons of a day."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest

from zhixing.errors import Problem
from zhixing.planner.filling import fill
from zhixing.planner.forecast import forecast
from zhixing.planner.hours import week_of
from zhixing.planner.mix import mixes, weekly_deviation
from zhixing.planner.pace import pace, paces
from zhixing.planner.why import why
from zhixing.records import Node, Profile, Route, Task

MONDAY = date(2026, 12, 7)
ME = Profile("r", MONDAY, week_of(15))
NOTHING: frozenset[str] = frozenset()


def route(*tasks):
    return Route("r", "en", "r", Node("route", "r", "r", 1), tasks)


def long_route(count=400):
    kinds = ("study", "lab", "lab", "project")
    return route(*(Task(f"t{n}", kinds[n % 4], f"task {n}", 90) for n in range(count)))


# --- two dates --------------------------------------------------------------------------------


def test_the_two_dates_are_in_order_and_never_before_the_plan():
    plan = fill(long_route(), ME, MONDAY)
    found = forecast(plan, ME, MONDAY, NOTHING, {}, Random(1))
    assert plan.finish <= found.p50 <= found.p80
    assert found.p80 <= plan.finish + timedelta(days=150)


def test_the_same_question_gives_the_same_dates():
    plan = fill(long_route(), ME, MONDAY)
    assert len({forecast(plan, ME, MONDAY, NOTHING, {}, Random(7)) for _ in range(3)}) == 1


def test_without_a_reserve_half_of_all_learners_are_later_than_the_plan():
    me = replace(ME, reserve=0.0)
    plan = fill(long_route(), me, MONDAY)
    assert forecast(plan, me, MONDAY, NOTHING, {}, Random(1)).p50 > plan.finish


def test_slow_tasks_move_both_dates_and_many_of_them_bring_the_two_together():
    plan = fill(long_route(), ME, MONDAY)
    slow = [("study", 60, 90), ("lab", 60, 90), ("project", 60, 90)] * 20
    known, unknown = (forecast(plan, ME, MONDAY, NOTHING, {}, Random(1), d) for d in (slow, []))
    assert known.p50 > unknown.p50
    assert known.pace == pytest.approx(1.5, abs=0.05)
    assert known.p80 - known.p50 < unknown.p80 - unknown.p50 + timedelta(days=60)


def test_a_pace_tells_the_hours_left_kind_by_kind_and_moves_no_piece():
    plan = fill(long_route(), ME, MONDAY)
    planned = sum(piece.minutes for day in plan.days for piece in day.pieces)
    slow = [("lab", 60, 90)] * 40 + [("study", 60, 60)] * 40
    known, unknown = (forecast(plan, ME, MONDAY, NOTHING, {}, Random(1), d) for d in (slow, []))
    assert (unknown.left, unknown.likely) == (planned, planned)
    assert known.left == planned
    half_labs = planned / 2
    assert known.likely - planned == pytest.approx(0.5 * half_labs, rel=0.4)
    assert fill(long_route(), ME, MONDAY) == plan


def test_what_is_done_is_not_foreseen_again():
    plan = fill(long_route(20), ME, MONDAY)
    everything = frozenset(f"t{n}" for n in range(20))
    found = forecast(plan, ME, plan.finish, everything, {}, Random(1))
    assert (found.p50, found.p80) == (plan.finish, plan.finish)


# --- pace of each kind ------------------------------------------------------------------------


def test_four_tasks_say_nothing_of_any_kind():
    assert paces([("lab", 60, 90)] * 4) == {}


def test_a_kind_that_takes_longer_is_slower_than_the_pace_of_all():
    found = paces([("lab", 60, 120)] * 10 + [("study", 60, 60)] * 10)
    overall = pace([(60, 120)] * 10 + [(60, 60)] * 10)
    assert 1.0 < found["study"] < overall < found["lab"] < 2.0


def test_one_task_of_a_kind_moves_it_by_a_third_of_what_it_says():
    found = paces([("study", 60, 60)] * 20 + [("lab", 60, 120)])
    assert 1.2 < found["lab"] < 1.35


# --- the mix ----------------------------------------------------------------------------------


def test_the_mix_of_a_stage_is_reported_with_how_far_it_is_from_the_one_wanted():
    tasks = [Task(f"t{n}", kind, "", 50, stage="1") for n, kind in
             enumerate(["study"] * 3 + ["lab"] * 5 + ["project"] * 2)]  # fmt: skip
    alone = Task("alone", "study", "", 60, stage="2")
    first, second = mixes(fill(route(*tasks, alone), ME, MONDAY), route(*tasks, alone))
    assert (first.theory, first.code, first.project) == (0.3, 0.5, 0.2)
    assert first.deviation == pytest.approx(0)
    assert (second.theory, second.deviation) == (1.0, pytest.approx(0.7))
    assert second.own == pytest.approx(0.7)


def test_a_stage_is_never_nearer_to_the_mix_than_its_own_minutes():
    plan = fill(long_route(), ME, MONDAY)
    (found,) = mixes(plan, long_route())
    assert (found.theory, found.code, found.project) == (0.25, 0.5, 0.25)
    assert found.own == pytest.approx(0.05)
    assert found.own <= found.deviation <= weekly_deviation(plan) < 0.3
    assert weekly_deviation(replace(plan, days=())) == 0


# --- reasons ----------------------------------------------------------------------------------


def said(plan, of, profile, on):
    return {one.piece.task: " | ".join(map(str, one.reasons)) for one in why(plan, of, profile, on)}


def test_each_piece_of_a_day_has_its_reason():
    tasks = route(
        Task("read", "study", "Reading", 60, week=1, day=1),
        Task("do", "lab", "Doing", 60, needs=("read",), week=1, day=2),
        Task("show", "project", "Showing", 120, needs=("read", "do"), week=1, day=6, weekend=True),
        Task("more", "study", "More", 15, optional=True),
    )
    plan = fill(tasks, ME, MONDAY)
    assert "week 1, day 1" in said(plan, tasks, ME, MONDAY)["read"]
    assert (
        '"Reading", which is done on 2026-12-07' in said(plan, tasks, ME, date(2026, 12, 8))["do"]
    )
    saturday = said(plan, tasks, ME, date(2026, 12, 12))
    assert "needs 2 tasks" in saturday["show"]
    assert "practice stands on weekends" in saturday["show"]
    assert "optional" in saturday["more"]


def test_pins_and_what_waits_for_them_are_named():
    others = (Task(f"t{n}", "study", "", 100) for n in range(5))
    need = Task("need", "study", "", 60)
    tasks = route(*others, need, Task("exam", "quiz", "", 60, needs=("need",)))
    me = replace(ME, pins={"exam": MONDAY + timedelta(days=1)})
    plan = fill(tasks, me, MONDAY)
    assert "what you pinned to 2026-12-08 needs it" in said(plan, tasks, me, MONDAY)["need"]
    assert "you pinned it" in said(plan, tasks, me, MONDAY + timedelta(days=1))["exam"]


def test_a_day_that_is_not_planned_is_a_letter():
    plan = fill(long_route(3), ME, MONDAY)
    with pytest.raises(Problem, match="is not in the plan"):
        why(plan, long_route(3), ME, date(2020, 1, 1))
