"""No progress without something that ran: in the first weeks of every route each task has a brief
with a cell, or a lab that is built, or an essay with its template and rubric."""

from collections.abc import Iterator

import pytest

from zhixing.records import Catalog, Route, Task
from zhixing.roadmap.compiling import compile_route

WEEKS = {
    "foundations": 1,
    "math-16-weeks": 2,
    "fullstack-20-weeks": 2,
    "cv-llm-rl-12-weeks": 1,
}
"""route → how many weeks from its start keep the promise."""

FULL, FIRST_HOURS = "full-roadmap", 34
"""This route counts hours, not weeks: 40 a week less the 15 per cent that the planner reserves."""

MOST_WORDS = 450
"""Of what is read above the cell."""


def compiled(catalog: Catalog, name: str) -> Route:
    return compile_route(catalog.routes[name].texts["en"], "en", name)[0]


def first_tasks(catalog: Catalog) -> Iterator[Task]:
    for name, weeks in WEEKS.items():
        yield from (task for task in compiled(catalog, name).tasks if 1 <= task.week <= weeks)
    minutes = 0
    for task in compiled(catalog, FULL).tasks:
        if task.recurring:
            continue
        minutes += task.minutes
        if minutes > FIRST_HOURS * 60:
            return
        yield task


def runs(catalog: Catalog, task: Task) -> bool:
    if any(name in catalog.briefs for name in task.references("brief")):
        return True
    return any(name.partition("#")[0] in catalog.labs for name in task.references("lab"))


@pytest.fixture(scope="module")
def tasks(built_in: Catalog) -> list[Task]:
    return list(first_tasks(built_in))


def test_every_task_of_the_first_weeks_has_something_that_runs(
    built_in: Catalog, tasks: list[Task]
) -> None:
    assert {task.id.partition("/")[0] for task in tasks} == {*WEEKS, FULL}
    assert [task.id for task in tasks if not runs(built_in, task)] == []


def test_every_essay_of_the_first_weeks_has_its_template_and_rubric(
    built_in: Catalog, tasks: list[Task]
) -> None:
    essays = [task for task in tasks if task.kind == "essay"]
    assert essays
    for task in essays:
        named = [built_in.labs[name].essay for name in task.references("lab")]
        assert [essay for essay in named if essay and essay.template and essay.rubric], task.id


def test_a_brief_of_the_first_weeks_is_short_enough_for_one_screen(
    built_in: Catalog, tasks: list[Task]
) -> None:
    named = {name for task in tasks for name in task.references("brief")}
    words = {name: len(built_in.briefs[name].text.en.split()) for name in named}
    assert {name: count for name, count in words.items() if count > MOST_WORDS} == {}
