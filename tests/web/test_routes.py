"""Routes side by side, the map of their skills, and the route that fits three answers."""

import re

import pytest

from zhixing.actions.choosing import GOALS, MATHS, Answers, cards, recommend
from zhixing.actions.routes import route
from zhixing.actions.skill_maps import skill_map


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.usefixtures("begun")
def test_all_routes_stand_side_by_side(app_at, language) -> None:
    browser = app_at(language=language)
    page = browser.read("/routes")
    with browser.desk() as desk:
        for card in cards(desk):
            assert f'href="/routes/{card.id}"' in page
            assert card.minutes > 0
            assert card.ends_in


@pytest.mark.usefixtures("begun")
def test_the_map_shows_each_skill_once_and_only_what_it_rests_on(app_at) -> None:
    browser = app_at(language="en")
    with browser.desk() as desk:
        skills = skill_map(desk, route(desk, "math-16-weeks"))
        catalog = desk.catalog
    columns = {one.id: one.column for one in skills}
    for one in skills:
        assert all(columns[need] < one.column for need in one.needs)
        assert all(need in catalog.skills for need in one.needs)
    page = browser.read("/routes/math-16-weeks")
    drawn = re.findall(r'data-skill="([^"]+)"', page)
    assert sorted(drawn) == sorted(columns)
    assert page.count("<path data-from") == sum(len(one.needs) for one in skills)


@pytest.mark.usefixtures("begun")
def test_every_answer_gets_a_route_that_is_here_and_a_reason(app_at) -> None:
    with app_at(language="en").desk() as desk:
        found = {
            recommend(desk, Answers(coding, maths, 15.0, goal=goal)).route
            for coding in ("none", "some", "daily")
            for maths in MATHS
            for goal in GOALS
        }
        assert found <= set(desk.catalog.routes)
        assert len(found) >= 4
