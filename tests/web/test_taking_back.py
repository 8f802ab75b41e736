"""What a button takes back stands on it; tasks that are left out for a deadline come back with it;
a task is kept on a day from wherever it is seen."""

import re
from datetime import date, timedelta
from html import unescape

import pytest

from zhixing.actions import planning
from zhixing.actions.changing import Asked, asked_profile, take, ways
from zhixing.actions.planning import Wishes
from zhixing.actions.standing import standing
from zhixing.actions.taken_back import last_change

DAY = timedelta(days=1)
LATE = "2027-03-01"
FAR = date(2026, 12, 21)


def an_open_task(browser) -> str:
    """A task that stands in the second week of the plan."""
    with browser.desk() as desk:
        return planning.rows(desk, 2)[0].task


# --- undo ---------------------------------------------------------------------------------------


def undo_of(page: str) -> str:
    found = re.search(r">(Undo: [^<]+)</button>", unescape(page))
    return found[1] if found else ""


def test_the_first_plan_has_nothing_to_undo(begun) -> None:
    assert undo_of(begun.read("/plan")) == ""


def test_undo_says_which_task_was_kept_on_which_day(begun) -> None:
    task = an_open_task(begun)
    page = begun.send("/settings/hours/accept", {"pin": task, "on": FAR.isoformat()})
    with begun.desk() as desk:
        title = next(row.title for row in planning.rows(desk) if row.task == task)
    assert undo_of(page) == f"Undo: “{title}” kept on 21 Dec"
    freed = begun.send("/settings/hours/accept", {"unpin": task})
    assert undo_of(freed) == f"Undo: “{title}” free to move"
    assert undo_of(begun.send("/undo?then=/plan")) == f"Undo: “{title}” kept on 21 Dec"


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"hours": "18"}, "other hours"),
        ({"deadline": LATE}, "another deadline"),
        ({"reserve": "10"}, "another reserve"),
    ],
)
def test_undo_says_what_of_the_rhythm_changed(begun, asked, said) -> None:
    begun.send("/settings/hours/accept", asked)
    assert undo_of(begun.read("/plan")) == f"Undo: {said}"
    assert undo_of(begun.read("/settings?did=plan")) == f"Undo: {said}"


def test_undo_names_a_task_that_was_left_out(begun) -> None:
    task = an_open_task(begun)
    begun.send(f"/task/skip?id={task}")
    with begun.desk() as desk:
        said = last_change(desk)
    assert said is not None
    assert said.render("en").endswith("left out")


# --- leaving out --------------------------------------------------------------------------------


def test_leaving_tasks_out_for_a_deadline_is_offered_previewed_taken_and_taken_back(begun) -> None:
    begun.send("/settings/hours/accept", {"deadline": LATE})
    with begun.desk() as desk:
        before = standing(desk)
    assert 'href="/settings/plan?drop=least"' in begun.read("/plan")
    preview = unescape(begun.read("/settings/plan?drop=least"))
    assert "Leave these tasks out" in preview
    assert "the deadline is met" in preview
    assert 'name="drop" value="least"' in preview
    after = begun.send("/settings/hours/accept", {"drop": "least"})
    assert undo_of(after) == "Undo: tasks left out for the deadline"
    with begun.desk() as desk:
        now = standing(desk)
        planned = {piece.task for day in now.plan.days for piece in day.pieces}
    assert now.skipped
    assert planned.isdisjoint(now.skipped)
    assert now.plan.finish <= date.fromisoformat(LATE)
    begun.send("/undo?then=/plan")
    with begun.desk() as desk:
        back = standing(desk)
    assert (back.plan, back.profile, back.skipped) == (before.plan, before.profile, {})


def test_a_new_deadline_and_what_goes_for_it_are_one_change(begun) -> None:
    with begun.desk() as desk:
        before = standing(desk)
    begun.send("/settings/hours/accept", {"deadline": LATE, "drop": "least"})
    with begun.desk() as desk:
        assert standing(desk).profile.deadline == date.fromisoformat(LATE)
        assert standing(desk).skipped
    begun.send("/undo?then=/plan")
    with begun.desk() as desk:
        assert standing(desk).profile == before.profile
        assert not standing(desk).skipped


@pytest.mark.parametrize("asked", ["drop=least", "drop=all", "deadline=2030-01-01&drop=least"])
def test_nothing_is_left_out_where_nothing_has_to_be(begun, asked: str) -> None:
    assert begun.get(f"/settings/plan?{asked}").status_code == 400
    with begun.desk() as desk:
        assert not standing(desk).skipped


# --- keeping a task on a day --------------------------------------------------------------------


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.usefixtures("begun")
def test_a_task_is_kept_on_a_day_from_its_own_page(app_at, language: str) -> None:
    browser = app_at(language=language)
    task = an_open_task(browser)
    page = browser.read(f"/task?id={task}")
    assert f'<input type="hidden" name="pin" value="{task}">' in page
    assert 'action="/settings/plan"' in page
    browser.send("/settings/hours/accept", {"pin": task, "on": FAR.isoformat()})
    assert f'name="unpin" value="{task}"' in browser.read(f"/task?id={task}")


def test_a_task_that_is_done_is_not_kept_on_a_day(begun) -> None:
    task = an_open_task(begun)
    begun.send(f"/task/skip?id={task}")
    assert 'name="pin"' not in begun.read(f"/task?id={task}")


def test_the_calendar_offers_the_next_tasks_and_opens_the_day_that_is_chosen(begun) -> None:
    page = begun.read("/plan")
    form = page[page.index('class="row keepone"') :]
    task = an_open_task(begun)
    assert f'<option value="{task}">' in form[: form.index("</form>")]
    day = re.search(r'href="(/plan\?week=2&(?:amp;)?day=([\d-]+)#d\2)"', page)
    assert day is not None
    opened = begun.read(unescape(day[1]).partition("#")[0])
    section = opened[opened.index(f'id="d{day[2]}"') :]
    assert '<details class="why small" open>' in section[: section.index("</section>")]
    assert opened.count('<details class="why small" open>') == 1


# --- what is reckoned once ----------------------------------------------------------------------


def test_ways_are_reckoned_once_and_anew_after_anything_happened(begun, monkeypatch) -> None:
    from zhixing.actions import changing

    asked = []
    real = changing.options
    monkeypatch.setattr(changing, "options", lambda *a: asked.append(1) or real(*a))
    begun.read("/settings/plan?hours=10")
    first = len(asked)
    assert first
    begun.read("/settings/plan?hours=10")
    assert len(asked) == first
    begun.send(f"/task/skip?id={an_open_task(begun)}")
    begun.read("/settings/plan?hours=10")
    assert len(asked) == first + 1


def test_a_remembered_answer_is_the_one_that_would_be_reckoned(begun) -> None:
    with begun.desk() as desk:
        profile = asked_profile(desk, Asked(Wishes(hours_per_week=10.0)))
        fresh = ways(desk, profile)
    page = begun.read("/settings/plan?hours=10")
    assert all(f'name="way" value="{one.name}"' in page for one in fresh)
    with begun.desk() as desk:
        taken = take(desk, Asked(Wishes(hours_per_week=10.0)), fresh[0].name)
    assert taken.plan == fresh[0].plan
