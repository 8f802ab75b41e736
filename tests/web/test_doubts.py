"""What in a plan would surprise is told beside it: before it is kept, before it changes, and under
its head."""

from datetime import date, timedelta
from html import unescape
from urllib.parse import quote

import pytest

from zhixing.actions import planning
from zhixing.actions.outlooks import outlook
from zhixing.actions.planning import Wishes
from zhixing.actions.standing import with_plan
from zhixing.actions.wording import long_date

FIRST = date(2026, 12, 7)
LONG = {"zh": "很少有人能连着几周", "en": "hardly anybody keeps up more than 12"}


def first_plan(browser, **wishes) -> None:
    with browser.desk() as desk:
        planning.begin_route(desk, Wishes(route="math-16-weeks", **wishes))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_long_days_are_doubted_before_the_plan_is_kept(app_at, language: str) -> None:
    browser = app_at(FIRST)
    browser.flags["language"] = language
    assert LONG[language] in browser.send("/welcome/preview", {"hours": "56"})
    assert "doubts" not in browser.send("/welcome/preview", {"hours": "15"})


def test_a_plan_as_any_other_has_no_such_line(begun) -> None:
    assert 'class="doubts' not in begun.read("/plan")
    assert 'class="doubts' not in begun.read("/settings/plan?hours=12")


def test_long_days_are_doubted_before_the_plan_changes_and_under_its_head(begun) -> None:
    assert LONG["en"] in begun.read("/settings/plan?hours=56")
    assert LONG["en"] in begun.send("/settings/hours/accept", {"hours": "56"}) + begun.read("/plan")


def test_a_start_that_is_over_is_told_until_the_plan_is_mended(app_at) -> None:
    browser = app_at(FIRST)
    browser.flags["language"] = "en"
    first_plan(browser, hours_per_week=15.0, start=FIRST - timedelta(days=7))
    said = "The first day is over: 6 days of this plan count as missed."
    page = browser.read("/plan")
    assert said in page
    assert "zhixing init" not in page
    with browser.desk() as desk:
        way = planning.ways_on(desk)[0].name
        planning.choose(desk, way)
    assert said not in browser.read("/plan")


def test_a_pin_that_holds_the_end_is_told_with_the_title_of_its_task(begun) -> None:
    with begun.desk() as desk:
        _, _, plan = with_plan(desk)
        task = plan.days[-1].pieces[0].task
        title = next(row.title for row in planning.rows(desk) if row.task == task)
    late = plan.finish + timedelta(days=40)
    page = unescape(begun.read(f"/settings/plan?pin={quote(task)}&on={late}"))
    assert f"is kept on {long_date(late).render('en')} and holds the end" in page
    assert f"{task} is kept" not in page
    assert title.split()[0] in page


def test_years_without_lunar_holidays_lead_to_the_settings(app_at) -> None:
    browser = app_at(FIRST)
    browser.flags["language"] = "en"
    first_plan(browser, hours_per_week=1.0, holidays="CN")
    page = browser.read("/plan")
    assert "Dragon Boat and Mid-Autumn are missing" in page
    assert "can be added as days off in the settings" in page


def test_time_for_what_comes_back_is_named_where_it_moves_the_end(app_at) -> None:
    browser = app_at(FIRST)
    browser.flags["language"] = "en"
    with browser.desk() as desk:
        _, plan = planning.begin_route(desk, Wishes(route="full-roadmap", hours_per_week=15.0))
        found = outlook(desk)
    again = sum(piece.minutes for day in plan.days for piece in day.pieces if piece.if_time)
    assert 0 < found.returning <= again
    assert "are for work that comes back" in browser.read("/plan")
    first_plan(browser, hours_per_week=15.0)
    assert "are for work that comes back" not in browser.read("/plan")
