"""Routes side by side, the map of their skills, and the route that fits three answers."""

import re
from dataclasses import replace
from html import unescape

import pytest

from zhixing.actions.choosing import GOALS, MATHS, Answers, plan_minutes, recommend
from zhixing.actions.comparing import cards, rhythm_of
from zhixing.actions.routes import route
from zhixing.actions.skill_maps import skill_map
from zhixing.actions.whole_routes import asked_route

BUILD = "fullstack-20-weeks"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.usefixtures("begun")
def test_all_routes_stand_side_by_side(app_at, language) -> None:
    browser = app_at(language=language)
    page = browser.read("/routes")
    with browser.desk() as desk:
        for card in cards(desk):
            assert f'href="/routes/{card.id}"' in page
            assert 0 < card.minutes[0] <= card.minutes[1]
            assert card.level
            assert card.expects in unescape(page)
            assert card.ends_in in unescape(page)


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


# --- how long -----------------------------------------------------------------------------------


@pytest.mark.usefixtures("begun")
def test_the_authors_length_and_the_learners_stand_apart(app_at) -> None:
    browser = app_at(language="en")
    with browser.desk() as desk:
        listed = {card.id: card for card in cards(desk)}
        assert sum(rhythm_of(desk).minutes) == 15 * 60
    weeks = {name: (card.author.weeks, card.author.counted) for name, card in listed.items()}
    assert weeks["fullstack-20-weeks"] == (20, True)
    assert weeks["math-16-weeks"] == (16, True)
    assert weeks["full-roadmap"][1] is False
    assert all(card.own_weeks * 15 * 60 >= card.minutes[0] for card in listed.values())
    page = unescape(browser.read("/routes"))
    for card in listed.values():
        row = page[page.index(f'<th scope="row"><a href="#{card.id}">') :]
        cells = re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)
        assert f"{card.author.weeks:g} weeks" in cells[2]
        assert f"<strong>{card.own_weeks} weeks</strong>" in cells[3]
        assert page.count(f"<strong>{card.own_weeks} weeks</strong>") >= 2


@pytest.mark.usefixtures("begun")
def test_the_hours_of_a_route_are_those_that_its_plans_have(app_at) -> None:
    """Only one of three directions is ever planned, and without one the others wait."""
    browser = app_at(language="en")
    with browser.desk() as desk:
        found = route(desk, "foundations")
        profile = replace(rhythm_of(desk), route="foundations")
        planned = [
            sum(
                task.minutes
                for task in asked_route(desk, replace(profile, direction=one)).tasks
                if not (task.optional or task.recurring)
            )
            for one in (None, *found.directions)
        ]
        assert plan_minutes(found) == (min(planned), max(planned))
    assert min(planned) < max(planned) < sum(task.minutes for task in found.tasks)
    assert f"{min(planned) / 60:.0f}–{max(planned) / 60:.0f} h" in browser.read("/routes")


@pytest.mark.usefixtures("begun")
def test_with_more_hours_a_route_takes_fewer_weeks(app_at) -> None:
    browser = app_at(language="en")
    with browser.desk() as desk:
        before = {card.id: card.own_weeks for card in cards(desk)}
    browser.send("/settings/hours/accept", {"hours": "30"})
    with browser.desk() as desk:
        after = {card.id: card.own_weeks for card in cards(desk)}
    assert all(after[name] < weeks for name, weeks in before.items())


def test_before_a_plan_a_route_leads_to_the_first_run_with_it_chosen(client) -> None:
    page = client.read("/routes")
    assert 'href="/welcome?route=foundations"' in page
    assert '<option value="foundations" selected>' in client.read("/welcome?route=foundations")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_who_writes_no_code_is_sent_nowhere_that_expects_it(app_at, language) -> None:
    """Neither by the recommendation, nor by the two evenings to try; an own choice is warned."""
    browser = app_at(language=language)
    with browser.desk() as desk:
        full, build = route(desk, "full-roadmap", language), route(desk, BUILD, language)
    answers = {"coding": "none", "maths": "fresh", "goal": "build"}
    page = unescape(browser.send("/welcome/preview", answers))
    assert f"<h2>{full.title}</h2>" in page
    assert 'value="trial"' not in page
    assert 'value="plan"' in page
    page = unescape(browser.send("/welcome/preview", {**answers, "route": BUILD}))
    assert f"<h2>{build.title}</h2>" in page
    assert build.expects in page
    page = unescape(browser.send("/welcome/preview", {**answers, "coding": "some"}))
    assert f"<h2>{build.title}</h2>" in page
    assert build.expects not in page
    assert 'value="trial"' in page
