"""The 12-week route keeps what it promises: 72 days in one template, hours, both languages."""

import re
from dataclasses import replace
from datetime import date

import pytest

from zhixing.planner.wanted import wanted
from zhixing.records import Catalog, Node, Profile, Route
from zhixing.roadmap.comparing import same_structure
from zhixing.roadmap.compiling import compile_route

ROUTE = "cv-llm-rl-12-weeks"
BLOCKS = ("morning", "afternoon", "evening")
SHOWN = {"lab", "project", "essay", "note", "review"}


@pytest.fixture(scope="module", params=["zh", "en"])
def route(request: pytest.FixtureRequest, built_in: Catalog) -> Route:
    return compile_route(built_in.routes[ROUTE].texts[request.param], request.param, ROUTE)[0]


def nodes(within: Node, kind: str) -> list[Node]:
    return [node for node in within.walk() if node.kind == kind]


def minutes(within: Node, direction: str = "") -> int:
    """Of a plan for a direction; for none, without what waits for one."""
    tasks = nodes(within, "task")
    return sum(task.minutes or 0 for task in tasks if direction_of(task) in ("", direction))


def direction_of(task: Node) -> str:
    return next((m.partition(":")[2] for m in task.marks if m.startswith("direction:")), "")


def test_three_stages_twelve_weeks_of_six_days(route: Route) -> None:
    stages = [(stage.first, stage.last) for stage in nodes(route.root, "stage")]
    assert stages == [(1, 4), (5, 8), (9, 12)]
    weeks = nodes(route.root, "week")
    assert [week.first for week in weeks] == list(range(1, 13))
    for week in weeks:
        assert [day.first for day in nodes(week, "day")] == [1, 2, 3, 4, 5, 6], week.title


def test_a_day_is_five_to_six_hours_as_its_heading_says(route: Route) -> None:
    for day in nodes(route.root, "day"):
        assert day.minutes == minutes(day), day.id
        for direction in ("", *route.directions):
            assert 300 <= minutes(day, direction) <= 360, (day.id, direction)


def test_a_week_stays_within_the_pace(route: Route) -> None:
    assert route.pace_minutes_per_week == 33 * 60
    for week in nodes(route.root, "week"):
        for direction in ("", *route.directions):
            assert 30 * 60 <= minutes(week, direction) <= 33 * 60, (week.title, direction)


def test_each_direction_has_a_task_of_its_own_in_six_weeks(route: Route) -> None:
    plain = Profile(ROUTE, date(2026, 11, 23), (360,) * 6 + (0,))
    without = {task.id for task in wanted(route, plain).tasks}
    marks = {task.id: direction_of(task) for task in nodes(route.root, "task")}
    assert without == {task for task, direction in marks.items() if not direction}
    for direction in route.directions:
        kept = wanted(route, replace(plain, direction=direction)).tasks
        own = [task for task in kept if task.id not in without]
        assert {marks[task.id] for task in own} == {direction}
        assert [task.week for task in own] == [2, 3, 5, 8, 9, 11]
        assert all(40 <= task.minutes <= 60 for task in own)


def test_every_day_has_morning_afternoon_and_evening_in_that_order(route: Route) -> None:
    for day in nodes(route.root, "day"):
        blocks = [block for task in nodes(day, "task") for block in BLOCKS if block in task.marks]
        assert len(blocks) == len(nodes(day, "task")), day.id
        assert blocks == sorted(blocks, key=BLOCKS.index), day.id
        assert set(blocks) == set(BLOCKS), day.id


def test_every_day_ends_in_something_that_runs_or_is_handed_in(route: Route) -> None:
    for day in nodes(route.root, "day"):
        assert {task.task_kind for task in nodes(day, "task")} & SHOWN, day.id


def test_weekdays_read_theory_and_code_and_the_sixth_day_opens_nothing_new(route: Route) -> None:
    for day in nodes(route.root, "day"):
        kinds = [task.task_kind for task in nodes(day, "task")]
        new = kinds.count("study") + kinds.count("paper")
        assert (new == 0) if day.first == 6 else (new >= 1), day.id
        if day.first == 6:
            assert "review" in kinds, day.id


def test_no_day_repeats_another(route: Route) -> None:
    titles = [task.title for task in route.tasks]
    assert len(set(titles)) == len(titles)


def test_the_last_four_weeks_prepare_for_the_job(route: Route) -> None:
    asked = [task for task in route.tasks if task.kind == "interview" and task.week >= 9]
    for week in range(9, 13):
        prepares = [t for t in asked if t.week == week and "/interview:alg-" not in t.id]
        assert len(prepares) >= 4, week


def test_core_tasks_are_derivations_and_one_project_of_each_field(route: Route) -> None:
    core = [node for node in nodes(route.root, "task") if "core" in node.marks]
    names = [node.id.partition(":")[2] for node in core]
    for start in ("derive-backprop", "derive-bellman", "derive-policy", "medseg-", "legal-"):
        assert any(name.startswith(start) for name in names), start
    assert any(name.startswith("grasp-") for name in names)
    assert len(core) < 30


def test_lab_parts_come_with_their_own_minutes(route: Route, built_in: Catalog) -> None:
    for task in route.tasks:
        for reference in task.references("lab") if task.kind == "lab" else ():
            name, _, part = reference.partition("#")
            planned, lab = built_in.planned.get(name), built_in.labs.get(name)
            if planned and part:
                assert planned.parts[part] == task.minutes, reference
            elif lab and part:
                found = lab.part(part)
                assert found is not None, reference
                assert found.minutes == task.minutes, reference


def test_project_tasks_name_a_signature_and_what_must_run(route: Route) -> None:
    runs = "跑通" if route.language == "zh" else "must run"
    for task in (node for node in nodes(route.root, "task") if node.task_kind == "project"):
        words = " ".join((task.title, *(note.title for note in nodes(task, "note"))))
        assert re.search(r"`(?:def|class) [^`]+`", words), task.id
        assert runs in words, task.id


def test_milestones_ask_for_what_came_before(route: Route) -> None:
    for stage in nodes(route.root, "stage"):
        [milestone] = nodes(stage, "milestone")
        for criterion in nodes(milestone, "criterion"):
            for link in criterion.links:
                met = [t for t in route.tasks if any(x.url.startswith(link.url) for x in t.links)]
                assert met, link.url
                assert met[0].line < criterion.line, link.url


def test_everything_was_understood_and_both_languages_are_one_route(built_in: Catalog) -> None:
    compiled = {}
    for language, text in built_in.routes[ROUTE].texts.items():
        compiled[language], report = compile_route(text, language, ROUTE)
        assert report.not_understood == ()
        assert report.contradictions == ()
    assert same_structure(compiled["zh"], compiled["en"]) == ()
