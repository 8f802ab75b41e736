"""The foundations route keeps what it promises: order, hours, directions, both languages."""

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest

from zhixing.actions.joining import joined
from zhixing.planner.wanted import wanted
from zhixing.records import Catalog, Node, Profile, Route
from zhixing.roadmap.comparing import same_structure
from zhixing.roadmap.compiling import compile_route

ROUTE = "foundations"
STAGES = [(1, 2), (3, 6), (7, 8), (9, 10), (11, 12), (13, 15)]
SHOWN = {"lab", "project", "essay", "note", "review"}
DIRECTION_WEEK = 13
STEPS = ("linreg", "logreg", "decision-trees", "svm", "knn", "kmeans", "la-pca")
MODELS = (
    "Word2Vec", "GloVe", "FastText", "BERT", "Sentence-BERT", "ResNet", "ViT", "DINOv2", "CLIP",
    "BLIP-2",
)  # fmt: skip


@pytest.fixture(scope="module", params=["zh", "en"])
def route(request: pytest.FixtureRequest, built_in: Catalog) -> Route:
    return compile_route(built_in.routes[ROUTE].texts[request.param], request.param, ROUTE)[0]


def nodes(within: Node, kind: str) -> list[Node]:
    return [node for node in within.walk() if node.kind == kind]


def direction_of(task: Node) -> str:
    return next((m.partition(":")[2] for m in task.marks if m.startswith("direction:")), "")


def minutes(within: Node, direction: str = "") -> int:
    tasks = (t for t in nodes(within, "task") if "optional" not in t.marks)
    return sum(t.minutes or 0 for t in tasks if direction_of(t) in ("", direction))


def test_six_stages_and_every_week_of_fifteen(route: Route) -> None:
    assert [(stage.first, stage.last) for stage in nodes(route.root, "stage")] == STAGES
    assert [week.first for week in nodes(route.root, "week")] == list(range(1, 16))


def test_every_weekday_and_every_weekend_has_its_day(route: Route) -> None:
    for week in nodes(route.root, "week"):
        days = [(day.first, day.last) for day in nodes(week, "day")]
        alone = [(n, n) for n in range(1, 6)]
        open_days = [(1, 1), (2, 5)] if week.first == DIRECTION_WEEK else alone
        assert days == [*open_days, (6, 7)], week.title


def test_a_week_leaves_a_seventh_of_ten_hours_to_review_and_slack(route: Route) -> None:
    assert route.pace_minutes_per_week == 600
    for week in nodes(route.root, "week"):
        for direction in route.directions:
            least = 420 if week.first == DIRECTION_WEEK else 480
            assert least <= minutes(week, direction) <= 510, (week.title, direction)


def test_weekdays_are_about_an_hour_and_headings_say_the_sum(route: Route) -> None:
    for day in nodes(route.root, "day"):
        if (day.first, day.last) == (2, 5):
            continue
        least, most = (90, 180) if day.first == 6 else (55, 80)
        assert day.minutes == minutes(day)
        assert least <= minutes(day) <= most, day.id


def test_every_task_has_minutes_and_every_day_shows_something(route: Route) -> None:
    assert [task.id for task in route.tasks if task.minutes < 10] == []
    for day in nodes(route.root, "day"):
        assert {task.task_kind for task in nodes(day, "task")} & SHOWN, day.id


def test_no_new_study_on_a_weekend_which_ends_in_a_review(route: Route) -> None:
    for weekend in (day for day in nodes(route.root, "day") if day.first == 6):
        kinds = [task.task_kind for task in nodes(weekend, "task")]
        assert not {"study", "paper"} & set(kinds), weekend.id
        assert kinds[-1] == "review", weekend.id


def test_python_is_confirmed_before_anything_is_taught(route: Route) -> None:
    first, second = route.tasks[:2]
    assert [first.kind, second.kind] == ["lab", "lab"]
    assert "python-basics" in first.references("skill")


def test_the_thirteen_topics_of_calculus_come_in_the_order_of_the_list(route: Route) -> None:
    told = [re.search(r"study:calc-(\d\d)-", task.id) for task in route.tasks]
    numbers = [int(found[1]) for found in told if found]
    assert numbers == sorted(numbers)
    assert set(numbers) == set(range(1, 14))


def test_scikit_learn_comes_in_five_steps(route: Route) -> None:
    first = {}
    for at, task in enumerate(route.tasks):
        for skill in task.references("skill"):
            first.setdefault(skill, at)
    places = [first[skill] for skill in STEPS]
    assert places == sorted(places)


def test_each_direction_has_its_fields_and_a_plan_holds_one_of_them(route: Route) -> None:
    lines = {n.id: n for n in nodes(route.root, "note") if n.id.startswith("direction:")}
    assert set(lines) == {f"direction:{name}" for name in route.directions}
    for direction in route.directions:
        profile = Profile(ROUTE, date(2026, 3, 2), (90,) * 7, direction=direction)
        kept = {task.id for task in wanted(route, profile).tasks}
        for task in nodes(route.root, "task"):
            assert (task.id in kept) == (direction_of(task) in ("", direction)), task.id


def test_no_task_comes_before_work_on_a_skill_it_needs(route: Route, built_in: Catalog) -> None:
    assert joined(route, built_in).against == ()


def test_each_milestone_asks_for_what_came_before(route: Route) -> None:
    assert len(nodes(route.root, "milestone")) == 4
    for milestone in nodes(route.root, "milestone"):
        for criterion in nodes(milestone, "criterion"):
            [link] = criterion.links
            met = [t for t in route.tasks if any(x.url.startswith(link.url) for x in t.links)]
            assert met, link.url
            assert max(task.line for task in met) < criterion.line, link.url


def test_every_lab_part_comes_with_its_own_minutes(route: Route, built_in: Catalog) -> None:
    for task in route.tasks:
        for reference in task.references("lab"):
            name, _, part = reference.partition("#")
            if name in built_in.labs:
                found = built_in.labs[name].part(part)
                assert found is not None, reference
                assert found.minutes == task.minutes, reference
            else:
                planned = built_in.planned[name]
                assert (planned.parts[part] if part else planned.minutes) == task.minutes, reference


def test_the_table_of_embeddings_has_ten_models_and_seven_columns(built_in: Catalog) -> None:
    text = built_in.readings["embedding-models"].text
    for half in (text.zh, text.en):
        rows = [
            [cell.strip() for cell in line.strip("| ").split("|")]
            for line in half.splitlines()
            if line.startswith("| ")
        ]
        head, _, *body = rows
        assert {len(row) for row in (head, *body)} == {7}
        assert tuple(row[1] for row in body) == MODELS
        assert all(re.match(r"20[12]\d", row[2]) for row in body)
        assert all(all(row) for row in body)


def test_every_resource_of_its_own_stands_in_the_route(route: Route, built_in: Catalog) -> None:
    linked = {link.url for node in route.root.walk() for link in node.links}
    own = tomllib.loads(
        (Path(built_in.packs[0].folder) / "resources" / f"{ROUTE}.toml").read_text("utf-8")
    )
    assert {f"res:{name}" for name in own} <= linked


def test_all_is_understood_and_both_languages_are_one_route(built_in: Catalog) -> None:
    texts = built_in.routes[ROUTE].texts
    zh, of_zh = compile_route(texts["zh"], "zh", ROUTE)
    en, of_en = compile_route(texts["en"], "en", ROUTE)
    assert same_structure(zh, en) == ()
    for report in (of_zh, of_en):
        assert (report.not_understood, report.contradictions) == ((), ())
