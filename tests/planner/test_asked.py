"""Promises about what a learner may ask of a plan: direction, emphasis, knowledge, pins, rhythm."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from zhixing.errors import Problem
from zhixing.planner.filling import fill
from zhixing.planner.hours import week_of
from zhixing.planner.wanted import waiting, wanted
from zhixing.records import Link, Node, Profile, Route, Task

MONDAY = date(2026, 12, 7)
ME = Profile("r", MONDAY, week_of(15))


def task(name, kind="study", minutes=60, needs=(), subject="ml", **more):
    return Task(name, kind, name, minutes, needs=tuple(needs), subject=subject, **more)


def route(*tasks, root=None):
    return Route("r", "en", "r", root or Node("route", "r", "r", 1), tasks)


def order(plan):
    return list(dict.fromkeys(piece.task for day in plan.days for piece in day.pieces))


def dates(plan, name):
    return {day.date for day in plan.days for piece in day.pieces if piece.task == name}


# --- direction, knowledge, emphasis -----------------------------------------------------------


def test_only_what_stands_under_another_direction_is_left_out():
    def under(name, *marks):
        leaf = Node("task", name, "", 1, task_kind="study")
        return Node("note", f"n-{name}", "", 1, children=(leaf,), marks=frozenset(marks))

    tree = Node("route", "r", "r", 1, children=(
        under("all"), under("cv", "direction:cv"), under("both", "direction:cv", "direction:nlp"),
        under("nlp", "direction:nlp"),
    ))  # fmt: skip
    found = route(*(task(name) for name in ("all", "cv", "both", "nlp")), root=tree)
    assert order(fill(found, replace(ME, direction="nlp"), MONDAY)) == ["all", "both", "nlp"]
    assert order(fill(found, ME, MONDAY)) == ["all", "cv", "both", "nlp"]


def a_route_with_directions(*weeks):
    """Weeks of (task, marks)."""
    nodes = tuple(
        Node("week", f"w{n}", "", 1, children=tuple(
            Node("task", name, "", 1, task_kind="study", marks=frozenset(marks))
            for name, *marks in week
        ))
        for n, week in enumerate(weeks)
    )  # fmt: skip
    names = [name for week in weeks for name, *_ in week]
    found = route(*map(task, names), root=Node("route", "r", "r", 1, children=nodes))
    return replace(found, directions=("cv", "nlp"))


def test_work_of_directions_waits_until_one_is_chosen():
    found = a_route_with_directions(
        [("first",)], [("all",), ("cv", "direction:cv"), ("nlp", "direction:nlp")]
    )
    assert waiting(found) == {"cv", "nlp"}
    assert order(fill(found, ME, MONDAY)) == ["first", "all"]
    assert order(fill(found, replace(ME, direction="cv"), MONDAY)) == ["first", "all", "cv"]


def test_a_core_task_of_a_direction_stands_for_its_like_until_one_is_chosen():
    found = a_route_with_directions(
        [("all",), ("cv", "direction:cv", "core"), ("nlp", "direction:nlp")]
    )
    assert order(fill(found, ME, MONDAY)) == ["all", "cv"]
    assert order(fill(found, replace(ME, direction="nlp"), MONDAY)) == ["all", "nlp"]


def test_a_week_of_nothing_but_directions_does_not_wait():
    found = a_route_with_directions(
        [("first",)], [("cv", "direction:cv"), ("nlp", "direction:nlp")]
    )
    assert waiting(found) == frozenset()
    assert order(fill(found, ME, MONDAY)) == ["first", "cv", "nlp"]


def test_what_is_known_is_not_studied_and_one_lab_checks_it():
    skill = (Link("skill:svd", ""),)
    tasks = (task("read", links=skill), task("lab1", "lab", links=skill),
             task("lab2", "lab", links=skill), task("other"))  # fmt: skip
    plan = fill(route(*tasks), replace(ME, known=frozenset({"svd"})), MONDAY)
    assert order(plan) == ["lab1", "other"]


def test_maths_first_and_practice_first_move_tasks_within_their_stage_only():
    tasks = (
        task("a", stage="1"), task("m", stage="1", subject="math"), task("a-lab", "lab", stage="1",
        needs=("a",)), task("b", stage="2"), task("n", stage="2", subject="math"),
    )  # fmt: skip
    assert order(fill(route(*tasks), replace(ME, emphasis="maths-first"), MONDAY)) == [
        "m", "a", "a-lab", "n", "b",
    ]  # fmt: skip
    assert order(fill(route(*tasks), replace(ME, emphasis="practice-first"), MONDAY)) == [
        "a", "a-lab", "m", "b", "n",
    ]  # fmt: skip


def test_work_that_the_catalog_does_not_know_keeps_to_its_neighbour():
    tasks = (task("a", subject=""), task("p", "project", subject=""), task("lab", "lab"))
    found = wanted(route(*tasks), replace(ME, emphasis="practice-first"))
    assert [t.id for t in found.tasks] == ["lab", "a", "p"]


def test_tasks_that_need_one_another_are_named():
    tasks = (task("a", needs=("c",)), task("b", needs=("a",)), task("c", needs=("b",)))
    with pytest.raises(Problem, match="a → c → b → a"):
        fill(route(*tasks), ME, MONDAY)


def test_a_need_that_the_author_put_later_comes_first_all_the_same():
    assert order(fill(route(task("a", needs=("b",)), task("b")), ME, MONDAY)) == ["b", "a"]


# --- stages, subjects -------------------------------------------------------------------------


def test_a_later_stage_begins_early_only_after_two_projects_and_a_self_test():
    tasks = [
        task("p1", "project"), task("p2", "project"), task("self-test", "quiz"),
        task("long", minutes=80, stage="1"), task("longer", minutes=49, stage="1"),
        task("next", minutes=25, stage="2"),
    ]  # fmt: skip
    me = replace(ME, minutes=(120,) * 7, reserve=0.0)
    entry = frozenset({"p1", "p2", "self-test"})
    assert order(fill(route(*tasks), me, MONDAY, {}, entry)) == ["long", "next", "longer"]
    tasks[2] = replace(tasks[2], kind="note")
    assert order(fill(route(*tasks), me, MONDAY, {}, entry)) == ["long", "longer", "next"]


def test_a_day_has_at_most_three_subjects_and_goes_on_with_one_it_has():
    tasks = [task(f"t{n}", minutes=25, subject=f"s{n}") for n in range(4)]
    plan = fill(route(*tasks, task("more", minutes=25, subject="s0")), ME, MONDAY)
    assert [piece.task for piece in plan.days[0].pieces] == ["t0", "t1", "t2", "more"]


# --- pins -------------------------------------------------------------------------------------


def test_a_pinned_task_stands_on_its_date_with_its_needs_before_and_what_needs_it_after():
    tasks = [task(f"t{n}", minutes=90) for n in range(12)]
    tasks += [task("need"), task("exam", needs=("need",)), task("party", needs=("exam",))]
    friday = MONDAY + timedelta(days=4)
    plan = fill(route(*tasks), replace(ME, pins={"exam": friday}), MONDAY)
    assert dates(plan, "exam") == {friday}
    assert max(dates(plan, "need")) <= friday < min(dates(plan, "party"))


@pytest.mark.parametrize(
    ("pins", "why"),
    [
        ({"a": MONDAY - timedelta(days=1)}, "the plan begins on"),
        ({"a": MONDAY + timedelta(days=2)}, "no time on that day"),
        ({"big": MONDAY}, "it takes 600 minutes, the day has 120"),
        ({"last": MONDAY}, "what it needs cannot be finished"),
        ({"last": MONDAY, "a": MONDAY + timedelta(days=1)}, "it needs a, which stands on"),
        ({f"s{n}": MONDAY for n in range(4)}, "a fourth subject"),
    ],
)
def test_a_pin_that_cannot_be_met_says_why(pins, why):
    tasks = [task("a"), task("big", minutes=600), task("last", needs=("a", "big"))]
    tasks += [task(f"s{n}", minutes=10, subject=f"s{n}") for n in range(4)]
    off = frozenset({MONDAY + timedelta(days=2)})
    with pytest.raises(Problem, match=why):
        fill(route(*tasks), replace(ME, pins=pins, days_off=off), MONDAY)


# --- what recurs, interviews ------------------------------------------------------------------


def test_a_weekly_paper_comes_in_two_passes_each_week_of_a_packed_plan():
    work = [task(f"t{n}", minutes=95) for n in range(60)]
    paper = task("paper", "paper", 100, subject="career", recurring="weekly")
    plan = fill(route(paper, *work), ME, MONDAY)
    weeks = {}
    for day in plan.days:
        for piece in day.pieces:
            if piece.task == "paper":
                weeks.setdefault(day.date.isocalendar()[:2], []).append(piece.minutes)
    assert len(weeks) >= 7
    assert all(found == [25, 75] for found in list(weeks.values())[:-1])
    assert plan.finish == plan.lower_bound


def test_weekly_work_of_a_later_week_claims_nothing_before_it():
    first = [task(f"t{n}", minutes=95) for n in range(120)]
    later = [task(f"u{n}", minutes=95, week=1) for n in range(12)]
    lab = task("lab", "lab", 40, recurring="weekly", week=1)
    without = fill(route(*first, *later), ME, MONDAY)
    plan = fill(route(*first, lab, *later), ME, MONDAY)
    began = min(dates(plan, "u0"))
    weeks = {day.isocalendar()[:2] for day in dates(plan, "lab")}
    assert min(dates(plan, "lab")) >= began - timedelta(days=began.weekday())
    assert len(weeks) == len(dates(plan, "lab")) >= 2
    assert plan.finish == plan.lower_bound
    assert plan.finish - without.finish <= timedelta(days=1)


def test_a_monthly_post_comes_once_a_month():
    work = [task(f"t{n}", minutes=95) for n in range(90)]
    post = task("post", "note", 60, recurring="monthly")
    plan = fill(route(post, *work), ME, MONDAY)
    months = [day.month for day in sorted(dates(plan, "post"))]
    assert len(months) == len(set(months)) >= 2


def test_interviews_are_spread_over_the_weekdays_of_the_last_eight_weeks():
    work = [task(f"t{n}", minutes=95) for n in range(120)]
    talks = [task(f"i{n}", "interview", 60, subject="career") for n in range(12)]
    plan = fill(route(*work, *talks), ME, MONDAY)
    days = sorted(day for talk in talks for day in dates(plan, talk.id))
    assert days[0] >= plan.finish - timedelta(days=57)
    assert (days[-1] - days[0]).days >= 40
    assert sum(day.weekday() < 5 for day in days) >= len(days) - 1
    assert plan.finish == plan.lower_bound


# --- bad input --------------------------------------------------------------------------------


def test_hours_that_would_take_a_century_are_a_letter():
    me = replace(ME, minutes=(1, 0, 0, 0, 0, 0, 0), reserve=0.0)
    with pytest.raises(Problem, match="years"):
        fill(route(task("a", minutes=100_000)), me, MONDAY)


def test_a_deadline_that_is_over_still_gives_a_plan():
    late = replace(ME, deadline=MONDAY - timedelta(days=1))
    assert fill(route(task("a")), late, MONDAY).finish > late.deadline
