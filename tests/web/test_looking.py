"""A task can be looked at before it is planned: any task of any route that is here."""

from html import unescape
from urllib.parse import quote

import pytest

from zhixing.actions import planning
from zhixing.actions.planning import Wishes
from zhixing.actions.routes import route

ROUTE = "foundations"
ON_PLAN = ("/task/begin", "/task/done", "/task/skip", "/task/note")


def address(task) -> str:
    return f"/task?id={quote(task.id)}"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_before_any_plan_a_task_of_a_route_is_shown_with_a_way_to_plan_it(app_at, language) -> None:
    browser = app_at(language=language)
    with browser.desk() as desk:
        tasks = route(desk, ROUTE, language).tasks
    for task in tasks[:: len(tasks) // 9]:
        page = browser.read(address(task))
        assert f'href="/welcome?route={ROUTE}"' in page
        assert f'href="/routes/{ROUTE}"' in page
        assert not any(action in page for action in ON_PLAN)


def test_a_task_of_another_route_leads_to_what_the_plan_would_become(begun) -> None:
    with begun.desk() as desk:
        task = route(desk, ROUTE).tasks[5]
    page = begun.read(address(task))
    assert f'href="/settings/plan?route={ROUTE}"' in page
    assert not any(action in page for action in ON_PLAN)
    assert begun.get(f"/settings/plan?route={ROUTE}").status_code == 200


def test_the_tasks_of_the_plan_keep_their_own_page(begun) -> None:
    with begun.desk() as desk:
        task = route(desk, "math-16-weeks").tasks[0]
    page = begun.read(address(task))
    assert all(action in page for action in ON_PLAN)


def test_what_an_earlier_route_of_the_plan_has_is_shown_and_not_offered_again(client) -> None:
    with client.desk() as desk:
        planning.begin_route(
            desk, Wishes(route=ROUTE, more_routes=("math-16-weeks",), hours_per_week=15.0)
        )
        chain = planning.rows(desk)
        planned = {row.task for row in chain}
        math = route(desk, "math-16-weeks").tasks
    twice = next(t for t in math if t.references("lab") and t.id not in planned)
    page = client.read(address(twice))
    assert "an earlier route of it has the same work" in page
    assert not any(action in page for action in ON_PLAN)


def test_a_task_that_no_route_has_is_still_refused(client, begun) -> None:
    assert begun.get(f"/task?id={ROUTE}/study:nothing-of-this-name").status_code == 400


def test_a_task_shows_what_its_line_says_behind_it(app_at) -> None:
    browser = app_at(language="en")
    with browser.desk() as desk:
        found = route(desk, "cv-llm-rl-12-weeks", "en")
    nodes = {node.id: node for node in found.root.walk() if node.task_kind}
    told = [(t, nodes[t.id].children) for t in found.tasks if nodes[t.id].children]
    for task, advice in told[:5]:
        page = unescape(browser.read(address(task)))
        for note in advice:
            assert note.title.partition("`")[0] in page
