"""The 20-week route keeps what it promises: stages, weeks, days, hours, both languages."""

from dataclasses import replace
from datetime import date

import pytest

from zhixing.planner.wanted import wanted
from zhixing.records import Catalog, Node, Profile, Route
from zhixing.roadmap.comparing import same_structure
from zhixing.roadmap.compiling import compile_route

ROUTE = "fullstack-20-weeks"
STAGES = [(1, 3), (4, 6), (7, 10), (11, 15), (16, 18), (19, 20)]
SHOWN = {"lab", "project", "essay", "note", "review"}


@pytest.fixture(scope="module", params=["zh", "en"])
def route(request: pytest.FixtureRequest, built_in: Catalog) -> Route:
    return compile_route(built_in.routes[ROUTE].texts[request.param], request.param, ROUTE)[0]


def nodes(within: Node, kind: str) -> list[Node]:
    return [node for node in within.walk() if node.kind == kind]


def directions_of(task: Node) -> set[str]:
    """Those of a task; "" stands for a plan without one, which has the task that is core."""
    found = {mark.partition(":")[2] for mark in task.marks if mark.startswith("direction:")}
    return found | {""} if "core" in task.marks else found


def minutes(within: Node, direction: str = "") -> int:
    tasks = [task for task in nodes(within, "task") if "weekly" not in task.marks]
    return sum(t.minutes or 0 for t in tasks if direction in (directions_of(t) or {direction}))


def test_a_direction_has_its_own_lab_and_no_choice_the_one_for_a_handbook(route: Route) -> None:
    plain = Profile(ROUTE, date(2026, 11, 23), (120,) * 7)
    marked = {node.id: directions_of(node) - {""} for node in route.root.walk()}
    labs = {None: "rag-kb-qa#access", "llm": "rag-kb-qa#access", "nlp": "rag-legal-qa#answer",
            "tabular": "prompt-analysis#sql"}  # fmt: skip
    for direction in (None, *route.directions):
        kept = wanted(route, replace(plain, direction=direction)).tasks
        [own] = [task for task in kept if marked[task.id]]
        assert (own.week, own.minutes, own.references("lab")) == (19, 60, (labs[direction],))


def test_six_stages_and_every_week_of_twenty(route: Route) -> None:
    assert [(stage.first, stage.last) for stage in nodes(route.root, "stage")] == STAGES
    assert [week.first for week in nodes(route.root, "week")] == list(range(1, 21))


def test_every_weekday_and_every_weekend_has_its_day(route: Route) -> None:
    for week in nodes(route.root, "week"):
        days = [(day.first, day.last) for day in nodes(week, "day")]
        assert days == [(1, 1), (2, 2), (3, 3), (4, 4), (5, 5), (6, 7)], week.title


def test_weekdays_fit_an_evening_and_weekends_an_afternoon(route: Route) -> None:
    for day in nodes(route.root, "day"):
        least, most = (210, 240) if day.first == 6 else (90, 120)
        assert day.minutes == minutes(day)
        for direction in ("", *route.directions):
            assert least <= minutes(day, direction) <= most, (day.id, direction)


def test_a_week_leaves_room_for_reviews_and_two_algorithm_problems(route: Route) -> None:
    weekly = [task for task in route.tasks if task.recurring == "weekly"]
    assert [(task.week, task.minutes) for task in weekly] == [(1, 40)]
    for week in nodes(route.root, "week"):
        for direction in ("", *route.directions):
            assert 12.0 * 60 <= minutes(week, direction) <= 13.0 * 60, (week.title, direction)


def test_every_task_says_its_minutes_and_every_day_shows_something(route: Route) -> None:
    assert [task.id for task in route.tasks if task.minutes < 1] == []
    for day in nodes(route.root, "day"):
        assert {task.task_kind for task in nodes(day, "task")} & SHOWN, day.id


def test_no_new_study_on_a_weekend_which_ends_in_a_review(route: Route) -> None:
    assert [task.id for task in route.tasks if task.weekend and task.kind == "study"] == []
    for weekend in (day for day in nodes(route.root, "day") if day.first == 6):
        kinds = [task.task_kind for task in nodes(weekend, "task")]
        assert "project" in kinds, weekend.id
        assert kinds[-1] == "review", weekend.id


def test_each_stage_has_a_milestone_with_evidence_that_comes_before_it(route: Route) -> None:
    for stage in nodes(route.root, "stage"):
        [milestone] = nodes(stage, "milestone")
        for criterion in nodes(milestone, "criterion"):
            assert criterion.links, criterion.title
            for link in criterion.links:
                met = [t for t in route.tasks if any(x.url.startswith(link.url) for x in t.links)]
                assert met, link.url
                assert max(task.line for task in met) < criterion.line, link.url


def test_every_lab_part_comes_with_its_own_minutes(route: Route, built_in: Catalog) -> None:
    for task in route.tasks:
        first = task.references("lab")[:1] if task.kind in ("lab", "project") else ()
        for name, _, part in (reference.partition("#") for reference in first):
            if not part or task.id != f"{ROUTE}/lab:{name}#{part}":
                continue
            if name in built_in.labs:
                found = built_in.labs[name].part(part)
                assert found is not None, task.id
                assert found.minutes == task.minutes, task.id
            else:
                assert built_in.planned[name].parts[part] == task.minutes, task.id


def test_all_is_understood_and_both_languages_are_one_route(built_in: Catalog) -> None:
    texts = built_in.routes[ROUTE].texts
    zh, of_zh = compile_route(texts["zh"], "zh", ROUTE)
    en, of_en = compile_route(texts["en"], "en", ROUTE)
    assert same_structure(zh, en) == ()
    for report in (of_zh, of_en):
        assert (report.not_understood, report.contradictions) == ((), ())
