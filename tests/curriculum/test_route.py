"""The 16-week route keeps what it promises: days, hours, both languages, the author's order."""

from dataclasses import replace
from datetime import date

import pytest

from zhixing.planner.wanted import wanted
from zhixing.records import Catalog, Node, Profile, Route
from zhixing.roadmap.comparing import same_structure
from zhixing.roadmap.compiling import compile_route

ROUTE = "math-16-weeks"


@pytest.fixture(scope="module", params=["zh", "en"])
def route(request: pytest.FixtureRequest, built_in: Catalog) -> Route:
    return compile_route(built_in.routes[ROUTE].texts[request.param], request.param, ROUTE)[0]


def days_of(week: Node) -> list[Node]:
    return [node for node in week.walk() if node.kind == "day"]


def weeks(route: Route) -> list[Node]:
    return [node for node in route.root.walk() if node.kind == "week"]


def directions_of(task: Node) -> set[str]:
    """Those of a task; "" stands for a plan without one, which has the task that is core."""
    found = {mark.partition(":")[2] for mark in task.marks if mark.startswith("direction:")}
    return found | {""} if "core" in task.marks else found


def tasks_minutes(node: Node, direction: str = "") -> int:
    tasks = [task for task in node.walk() if task.kind == "task"]
    return sum(t.minutes or 0 for t in tasks if direction in (directions_of(t) or {direction}))


def test_sixteen_weeks_and_eighty_six_days(route: Route) -> None:
    assert [week.first for week in weeks(route)] == list(range(1, 17))
    days = [day for week in weeks(route) for day in days_of(week)]
    assert len(days) == 86
    assert sum(day.first == 6 for day in days) == 16


def test_every_weekday_of_every_week_has_its_day(route: Route) -> None:
    for week in weeks(route):
        covered = [n for day in days_of(week) for n in range(day.first or 0, (day.last or 0) + 1)]
        assert covered == [1, 2, 3, 4, 5, 6, 7], week.title


def test_each_heading_says_the_sum_of_its_tasks(route: Route) -> None:
    for week in weeks(route):
        for day in days_of(week):
            assert day.minutes == tasks_minutes(day), f"{week.title}, {day.title}"


def test_a_week_is_twelve_to_twelve_point_seven_hours(route: Route) -> None:
    for week in weeks(route):
        for direction in ("", *route.directions):
            found = tasks_minutes(week, direction)
            assert 12.0 * 60 <= found <= 12.7 * 60, (week.title, direction)


def test_a_direction_has_its_own_lab_and_no_choice_the_one_on_tables(route: Route) -> None:
    plain = Profile(ROUTE, date(2026, 11, 23), (120,) * 7)
    marked = {node.id: directions_of(node) - {""} for node in route.root.walk()}
    for direction in (None, *route.directions):
        kept = wanted(route, replace(plain, direction=direction)).tasks
        [own] = [task for task in kept if marked[task.id]]
        assert own.id == f"{ROUTE}/lab:direction-{direction or 'tabular'}"
        assert (own.week, len(kept)) == (13, len(route.tasks) - 4)


def test_weekdays_fit_an_evening_and_weekends_an_afternoon(route: Route) -> None:
    for week in weeks(route):
        for day in days_of(week):
            length = (day.last or 0) - (day.first or 0) + 1
            most = 240 if day.first == 6 else 105 * length
            least = 210 if day.first == 6 else 95 * length
            for direction in ("", *route.directions):
                found = tasks_minutes(day, direction)
                assert least <= found <= most, f"{week.title}, {day.title}, {direction}"


def test_every_day_ends_in_something_that_runs_or_is_handed_in(route: Route) -> None:
    handed_in = {"lab", "project", "essay", "note", "paper", "review"}
    for week in weeks(route):
        for day in days_of(week):
            kinds = {task.task_kind for task in day.walk() if task.kind == "task"}
            assert kinds & handed_in, f"{week.title}, {day.title}"


def test_no_new_study_on_a_weekend(route: Route) -> None:
    assert [task.id for task in route.tasks if task.weekend and task.kind == "study"] == []


def test_everything_was_understood_and_nothing_contradicts(built_in: Catalog) -> None:
    for language, text in built_in.routes[ROUTE].texts.items():
        _, report = compile_route(text, language, ROUTE)
        assert report.not_understood == ()
        assert report.contradictions == ()


def test_both_languages_are_one_route(built_in: Catalog) -> None:
    texts = built_in.routes[ROUTE].texts
    zh, en = (compile_route(texts[name], name, ROUTE)[0] for name in ("zh", "en"))  # type: ignore[index]
    assert same_structure(zh, en) == ()


def test_every_reference_link_of_the_seed_is_used(built_in: Catalog) -> None:
    """The seed names 22 references; each is a resource here and stands at some day."""
    hosts = (
        "youtube.com/playlist", "ocw.mit.edu/courses/18-06-linear-algebra-spring-2010/",
        "khanacademy.org/math/calculus-1", "stat110", "bv_cvxbook.pdf",
        "khanacademy.org/math/linear-algebra", "khanacademy.org/math/statistics-probability",
        "mml-book", "github.com/fastai", "machine-learning", "docs.pytorch.org/tutorials",
        "tensorflow.org/tutorials", "tensorflow.org/tutorials/quickstart/beginner",
        "coursera.org/specializations/deep-learning", "course.fast.ai", "cs231n.stanford.edu",
        "cs231n.github.io", "github.com/huggingface/transformers",
        "deeplearning.ai/courses/deep-learning-specialization", "deeplearningbook.org",
        "github.com/pytorch/examples", "pages/study-materials",
    )  # fmt: skip
    assert len(hosts) == 22
    text = built_in.routes[ROUTE].texts["en"]
    for host in hosts:
        having = [r.id for r in built_in.resources.values() if host in r.url]
        assert having, host
        assert any(f"(res:{resource})" in text for resource in having), host


def test_the_labs_come_in_an_order_that_breaks_no_need(route: Route, built_in: Catalog) -> None:
    seen: set[str] = set()
    for task in route.tasks:
        for reference in task.references("lab"):
            lab = built_in.labs.get(reference.split("#")[0])
            if lab is not None:
                assert set(lab.needs) <= seen, reference
            seen.add(reference.split("#")[0])


def test_every_lab_that_is_built_stands_in_the_route_or_beside_it(
    route: Route, built_in: Catalog
) -> None:
    named = {ref.split("#")[0] for task in route.tasks for ref in task.references("lab")}
    beside = {
        "objects-or-closures", "py-asyncio", "py-cli-typer", "py-core-idioms", "py-decorators",
        "svc-fastapi-todo", "try-digits", "try-svd-picture",
    }  # fmt: skip
    assert set(built_in.labs) - named <= beside
    for task in route.tasks:
        for reference in task.references("lab"):
            name, _, part = reference.partition("#")
            if part and name in built_in.labs:
                found = built_in.labs[name].part(part)
                assert found is not None, reference
                assert found.minutes == task.minutes, reference
