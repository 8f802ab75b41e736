"""Promises about what a catalog adds to a route, and about routes in a chain."""

import pytest

from zhixing.actions.joining import chained, joined
from zhixing.actions.routes import compiled, plannable
from zhixing.catalog.packs import pack_folders
from zhixing.catalog.reading import read_catalog
from zhixing.planner.ordering import needs_of
from zhixing.roadmap.compiling import compile_route
from zhixing.words import LANGUAGES

ROUTES = (
    "math-16-weeks", "full-roadmap", "fullstack-20-weeks", "cv-llm-rl-12-weeks", "foundations",
    "try-two-days",
)  # fmt: skip


@pytest.fixture(scope="module")
def catalog():
    return read_catalog(pack_folders(()))[0]


@pytest.fixture(scope="module")
def route_of(catalog):
    def found(name):
        if name not in catalog.routes:
            pytest.skip(f"{name} is not in the catalog")
        return plannable(compiled(catalog.routes[name], "en")[0])

    return found


def test_these_are_all_the_built_in_routes(catalog):
    assert set(ROUTES) == set(catalog.routes)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ROUTES)
def test_no_task_comes_before_all_work_on_a_skill_it_needs(catalog, name, language):
    route = plannable(compiled(catalog.routes[name], language)[0])
    assert joined(route, catalog).against == ()


def test_a_rhythm_begins_with_its_week_and_not_with_its_line(catalog):
    text = """---
id: two-weeks
language: en
---
# Two weeks
## Week 1
Weekly: [maps](skill:la-maps) (20 min, weekly)
### Day 1
- [ ] Study: [{first}](skill:{first}) (20 min)
## Week 2
### Day 1
- [ ] Study: [{second}](skill:{second}) (20 min)
"""
    for first, second, late in (
        ("la-vectors", "la-eigen", ()),
        ("la-eigen", "la-vectors", ("la-vectors",)),
    ):
        written = text.format(first=first, second=second)
        route, report = compile_route(written, "en", "two-weeks")
        assert report.not_understood == ()
        rhythms = {task.id for task in route.tasks if task.recurring}
        against = joined(route, catalog).against
        assert len(rhythms) == 1
        assert tuple(need for task, need in against if task in rhythms) == late


@pytest.mark.parametrize("name", ROUTES)
def test_the_authors_order_violates_no_need(catalog, route_of, name):
    route = joined(route_of(name), catalog).route
    places = {task.id: place for place, task in enumerate(route.tasks)}
    needs = needs_of(route.tasks)
    assert needs
    assert [(t, n) for t, found in needs.items() for n in found if places[n] >= places[t]] == []


@pytest.mark.parametrize("name", ROUTES)
def test_work_on_a_skill_needs_the_work_before_it_on_what_that_rests_on(catalog, route_of, name):
    found = joined(route_of(name), catalog)
    seen = {}
    for task in found.route.tasks:
        for skill in found.skills[task.id]:
            for under in catalog.skills[skill].needs:
                assert set(seen.get(under, ())) <= {*task.needs, task.id}
        if not (task.optional or task.recurring):
            for skill in found.skills[task.id]:
                seen.setdefault(skill, []).append(task.id)


def test_subject_stars_and_part_of_the_day_come_from_catalog_and_route(catalog, route_of):
    route = joined(route_of("math-16-weeks"), catalog).route
    first = route.tasks[0]
    assert (first.subject, first.stars) == ("math", catalog.skills["la-vectors"].stars)
    by_blocks = joined(route_of("cv-llm-rl-12-weeks"), catalog).route
    assert {task.time_of_day for task in by_blocks.tasks} >= {"morning", "afternoon", "evening"}


def test_a_route_without_weeks_keeps_projects_for_weekends(catalog, route_of):
    tasks = joined(route_of("full-roadmap"), catalog).route.tasks
    assert {task.kind for task in tasks if task.weekend} <= {"project", "essay"}
    assert any(task.weekend for task in tasks)


def test_in_a_chain_what_an_earlier_route_has_is_done_once_and_weeks_count_on(catalog, route_of):
    first, second = (joined(route_of(n), catalog) for n in ("math-16-weeks", "fullstack-20-weeks"))
    both = chained(first, [second]).route
    labs = [ref for task in both.tasks if task.kind == "lab" for ref in task.references("lab")]
    again = [ref for task in first.route.tasks for ref in task.references("lab")]
    later = [task for task in both.tasks if task.id.startswith("fullstack")]
    assert not {ref for t in later if t.kind == "lab" and len(t.references("lab")) == 1
                for ref in t.references("lab")} & set(again)  # fmt: skip
    assert len(both.tasks) < len(first.route.tasks) + len(second.route.tasks)
    assert labs
    assert min(task.week for task in later if task.week) > max(t.week for t in first.route.tasks)
