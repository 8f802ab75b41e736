"""The full roadmap keeps what its seed says: stages, stars, proportions, papers, both languages."""

import tomllib
from pathlib import Path

import pytest

from zhixing.actions.joining import joined
from zhixing.records import Catalog, Node, Route
from zhixing.roadmap.comparing import same_structure
from zhixing.roadmap.compiling import compile_route

ROUTE = "full-roadmap"
MONTHS = (1, 2, 2, 2, 1)  # full time, stages 0 to 4
STARS = (5, 4, 3, 5, 5, 5, 5, 5, 5, 5, 5, 5, 4, 4, 4, 4, 3, 3)  # of the 18 skill points
TREE = (5, 4, 3, 3, 5, 5, 5, 5, 5, 5, 5, 4, 5, 5, 4, 5, 4, 3, 4, 3)
PAPERS = ("transformer", "bert", "gpt3", "lora", "cot")
SEED = Path(__file__).parent / "seeds" / "000.toml"


@pytest.fixture(scope="module", params=["zh", "en"])
def route(request: pytest.FixtureRequest, built_in: Catalog) -> Route:
    return compile_route(built_in.routes[ROUTE].texts[request.param], request.param, ROUTE)[0]


def nodes(within: Node, kind: str) -> list[Node]:
    return [node for node in within.walk() if node.kind == kind]


def hours(within: Node) -> float:
    """Of the tasks that are neither optional nor recurring."""
    aside = {"optional", "weekly", "monthly"}
    tasks = [task for task in nodes(within, "task") if not task.marks & aside]
    return sum(task.minutes or 0 for task in tasks) / 60


def projects(within: Node) -> list[Node]:
    return [m for m in nodes(within, "milestone") if m.id.startswith("milestone:project-")]


def core_hours(stage: Node) -> float:
    return hours(stage) - sum(hours(project) for project in projects(stage))


def skill_points(route: Route) -> list[Node]:
    """Milestones with stars: their criteria are how a skill point is shown."""
    return [node for node in nodes(route.root, "milestone") if node.stars]


def test_six_stages_and_eighteen_skill_points_with_their_stars(route: Route) -> None:
    assert [stage.id for stage in nodes(route.root, "stage")] == [f"stage-{n}" for n in range(6)]
    assert tuple(point.stars for point in skill_points(route)) == STARS
    assert tuple(skill.stars for skill in nodes(route.root, "skill")) == TREE


def test_the_stages_share_the_hours_as_the_seed_shares_its_months(route: Route) -> None:
    core = [core_hours(stage) for stage in nodes(route.root, "stage")[:5]]
    a_month = sum(core) / sum(MONTHS)
    assert 140 <= a_month <= 155  # of about 173 hours at 40 a week: the rest is slack
    for found, months in zip(core, MONTHS, strict=True):
        assert found == pytest.approx(months * a_month, rel=0.04)


def test_projects_and_job_preparation_fit_the_months_the_seed_adds(route: Route) -> None:
    practice = projects(route.root)
    assert len(practice) == 5
    assert 2 * 40 * 4.35 <= sum(hours(project) for project in practice) <= 3 * 40 * 4.35
    job = next(node for node in route.root.walk() if node.id == "milestone:job-preparation")
    assert {task.task_kind for task in nodes(job, "task")} == {"interview"}
    assert 120 <= hours(job) <= 174


def test_every_skill_point_but_the_open_ones_has_its_criteria_with_evidence(route: Route) -> None:
    criteria = [nodes(point, "criterion") for point in skill_points(route)]
    assert sum(map(len, criteria)) == 44
    assert [len(each) for each in criteria[-3:]] == [0, 0, 0]
    months = [n for n in nodes(route.root, "milestone") if n.id.startswith("milestone:month-")]
    assert [(m.id, len(nodes(m, "criterion"))) for m in months] == [
        ("milestone:month-3", 4), ("milestone:month-6", 4), ("milestone:month-12", 5),
    ]  # fmt: skip
    assert all(criterion.links for criterion in nodes(route.root, "criterion"))


def test_five_papers_in_three_passes_the_third_optional(route: Route) -> None:
    for paper in PAPERS:
        passes = [
            next(t for t in route.tasks if t.id == f"{ROUTE}/paper:paper-{paper}-{number}")
            for number in (1, 2, 3)
        ]
        assert [task.minutes for task in passes] == [25, 75, 240]
        assert [task.optional for task in passes] == [False, False, True]


def test_no_task_is_longer_than_an_afternoon_and_none_is_without_minutes(route: Route) -> None:
    assert all(10 <= task.minutes <= 270 for task in route.tasks)


def test_a_paper_comes_back_every_week_and_a_post_every_month(route: Route) -> None:
    again = [(task.recurring, task.kind, task.minutes) for task in route.tasks if task.recurring]
    assert again == [("weekly", "paper", 50), ("monthly", "essay", 120)]


def test_a_direction_takes_its_part_of_the_open_stage(route: Route) -> None:
    last = {point.id: point.marks for point in skill_points(route)[-3:]}
    assert all(marks for marks in last.values())
    named = {mark for marks in last.values() for mark in marks}
    assert named == {f"direction:{name}" for name in route.directions}


def test_no_task_comes_before_work_on_a_skill_it_needs(route: Route, built_in: Catalog) -> None:
    assert joined(route, built_in).against == ()


def test_everything_was_understood_and_both_languages_are_one_route(built_in: Catalog) -> None:
    compiled = []
    for language, text in built_in.routes[ROUTE].texts.items():
        route, report = compile_route(text, language, ROUTE)
        assert report.not_understood == ()
        assert report.contradictions == ()
        compiled.append(route)
    assert same_structure(*compiled) == ()


def test_every_resource_of_its_own_stands_in_the_route(route: Route, built_in: Catalog) -> None:
    linked = {link.url for node in route.root.walk() for link in node.links}
    own = tomllib.loads(
        (Path(built_in.packs[0].folder) / "resources" / f"{ROUTE}.toml").read_text("utf-8")
    )
    assert {f"res:{name}" for name in own} <= linked


def test_every_item_of_the_seed_lives_where_it_says(route: Route, built_in: Catalog) -> None:
    ids = {node.id for node in route.root.walk()}
    labs = {*built_in.labs, *built_in.planned}
    homes = {"res": built_in.resources, "skill": built_in.skills, "route": ids, "lab": labs}
    for item in tomllib.loads(SEED.read_text("utf-8"))["item"]:
        kind, _, name = item["lives"].partition(":")
        assert (name.partition("#")[0] if kind == "lab" else name) in homes[kind], item
