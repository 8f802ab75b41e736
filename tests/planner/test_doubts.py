"""Promises about what is told beside a plan that was asked for but will surprise."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from zhixing.errors import Problem
from zhixing.planner.doubts import doubts
from zhixing.planner.filling import fill
from zhixing.planner.hours import week_of, week_of_blocks
from zhixing.planner.replanning import options
from zhixing.records import Node, Plan, Profile, Route, Task

MONDAY = date(2026, 12, 7)
ME = Profile("r", MONDAY, week_of(15))
ROUTE = Route("r", "en", "r", Node("route", "r", "r", 1),
              tuple(Task(f"t{n}", "study", "", 60) for n in range(30)))  # fmt: skip


def told(profile: Profile, today: date = MONDAY, plan: Plan | None = None) -> str:
    plan = plan or fill(ROUTE, profile, profile.start)
    return " | ".join(doubt.told.render("en") for doubt in doubts(plan, profile, today))


def test_a_plan_as_any_other_raises_no_doubt():
    assert told(ME) == ""


def test_a_start_that_is_over_says_how_many_days_count_as_missed():
    said = told(replace(ME, start=MONDAY), today=MONDAY + timedelta(days=9))
    assert "8 days of this plan count as missed" in said
    assert "zhixing init --start today" in said
    assert "zhixing replan" in said


def test_more_than_twelve_hours_a_day_are_doubted_and_over_sixteen_refused():
    assert "14 hours of study on one day" in told(replace(ME, minutes=(840,) * 7))
    assert "14.9 hours of study" in told(replace(ME, minutes=(895,) * 7))
    assert told(replace(ME, minutes=(720,) * 7)) == ""
    with pytest.raises(Problem, match="24 hours on one day are more than fit"):
        week_of_blocks((((0, 24 * 60),),) * 7)


def test_a_pin_that_holds_the_end_is_told_with_the_day_of_all_other_work():
    alone = fill(ROUTE, ME, MONDAY).finish
    late = alone + timedelta(days=60)
    said = told(replace(ME, pins={"t29": late}))
    assert f"t29 is kept on {late} and holds the end" in said
    pinned = replace(ME, pins={"t29": late})
    found = doubts(fill(ROUTE, pinned, MONDAY), pinned, MONDAY, {"t29": "Trees"})
    assert [one.what.render("en")[:13] for one in found] == ["Trees is kept"]
    assert told(replace(ME, pins={"t29": alone + timedelta(days=1)})) == ""


@pytest.mark.parametrize("task", ["t29", "t3"])
@pytest.mark.parametrize("on", [date(2199, 12, 31), date.max])
def test_a_pin_more_than_a_year_after_all_other_work_is_refused_with_that_day(task, on):
    chain = [replace(t, needs=(f"t{n - 1}",) if n else ()) for n, t in enumerate(ROUTE.tasks)]
    with pytest.raises(Problem, match=r"more than a year before it") as caught:
        fill(replace(ROUTE, tasks=tuple(chain)), replace(ME, pins={task: on}), MONDAY)
    assert f"{task} cannot stand on {on}" in str(caught.value)


def test_a_pin_far_away_moves_nothing_in_a_plan_in_force():
    plan = fill(ROUTE, ME, MONDAY)
    far = replace(ME, pins={"t29": date(2199, 12, 31)})
    assert options(plan, ROUTE, far, {}, frozenset(), MONDAY) == ()


def test_years_without_lunar_holidays_are_named():
    far = Plan("r", (), date(2031, 3, 1), date(2031, 3, 1))
    said = told(replace(ME, holidays="CN"), plan=far)
    assert "from 2031 on" in said
    assert told(replace(ME, holidays="CN"), plan=replace(far, finish=date(2030, 12, 31))) == ""
    assert told(ME, plan=far) == ""


def again(plan: Plan, *tasks: Task) -> list[str]:
    found = doubts(plan, ME, MONDAY, {}, (*ROUTE.tasks, *tasks))
    return [one.what.render("en") for one in found]


def test_work_that_should_come_back_and_hardly_does_is_told():
    paper = Task("paper", "study", "", 300, recurring="weekly")
    route = replace(ROUTE, tasks=(*ROUTE.tasks, paper))
    [said] = again(fill(route, ME, MONDAY), paper)
    assert said.startswith("paper finds room in 0 of 3 weeks of this plan")
    assert "More hours a week help" in said
    short = replace(paper, minutes=30)
    route = replace(ROUTE, tasks=(*ROUTE.tasks, short))
    assert again(fill(route, ME, MONDAY), short) == []
    assert again(fill(ROUTE, ME, MONDAY), replace(paper, optional=True)) == []


def test_a_post_a_paper_and_problems_all_have_room_at_fifteen_hours_and_part_time():
    post = Task("post", "essay", "", 120, recurring="monthly")
    paper = Task("paper", "paper", "", 180, recurring="weekly")
    problems = Task("problems", "study", "", 40, recurring="weekly")
    work = tuple(Task(f"w{n}", "study", "", 1200) for n in range(4))
    route = replace(ROUTE, tasks=(post, paper, problems, *work))
    for week in ((120,) * 5 + (240, 60), (150,) * 7):
        me = replace(ME, minutes=week)
        plan = fill(route, me, MONDAY)
        assert doubts(plan, me, MONDAY, {}, route.tasks) == ()
        times = [p.task for day in plan.days for p in day.pieces if p.if_time]
        weeks = len(plan.days) // 7
        assert times.count("problems") >= weeks
        assert times.count("paper") >= weeks
        assert times.count("post") >= 1
