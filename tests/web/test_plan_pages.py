"""The pages of the plan: how it ends, its views, why each piece stands where it does, changes that
are shown before they count, files out and a sheet back in."""

import io
import json
import re
from datetime import date, timedelta
from html import unescape

import pytest

from zhixing.actions import days, planning, welcome, whole_routes
from zhixing.actions.changing import Asked, asked_profile, ways
from zhixing.actions.outlooks import outlook
from zhixing.actions.planning import Wishes
from zhixing.actions.standing import standing, with_plan
from zhixing.actions.timelines import timeline
from zhixing.web.pages.plan import VIEWS
from zhixing.web.strips import strip_days

FIRST = date(2026, 12, 7)
DAY = timedelta(days=1)
VECTORS = "math-16-weeks/skill:la-vectors"
CHANGES = {
    "preset": "preset=part-time",
    "week": "week=1&week=1&week=1&week=1&week=1&week=5&week=0",
    "blocks": "week=2&week=&week=2&week=&week=2&week=4&week=&begins=19:00&begins=&begins=19:00"
    "&begins=&begins=20:30&begins=9:00&begins=",
    "holidays": "holidays=CN",
    "deadline": "deadline=2027-03-01",
    "emphasis": "emphasis=practice-first",
    "direction": "direction=llm",
    "reserve": "reserve=10",
    "known": "known=none&known=la-vectors&known=la-rank-basis",
    "after": "after=cv-llm-rl-12-weeks",
    "days off": "free=2026-12-14..2026-12-20",
    "more": "extra=120",
}


def the_plan(browser):
    with browser.desk() as desk:
        now = standing(desk)
    assert now.plan is not None
    assert now.profile is not None
    return now.profile, now.plan


def fields_of(address: str) -> dict[str, list[str]]:
    fields: dict[str, list[str]] = {}
    for pair in address.split("&"):
        name, _, value = pair.partition("=")
        fields.setdefault(name, []).append(value)
    return fields


# --- views --------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    ("view", "holds"),
    [("calendar", 'class="month"'), ("gantt", 'class="chart gantt"'), ("weeks", 'class="weeks"')],
)
@pytest.mark.usefixtures("begun")
def test_each_view_is_a_plain_link_away(app_at, view: str, holds: str, language: str) -> None:
    browser = app_at(language=language)
    assert f'href="/plan?view={view}#view"' in browser.read("/plan")
    page = browser.read(f"/plan?view={view}")
    assert holds in page
    assert 'aria-current="true"' in page


def test_a_view_that_does_not_exist_is_the_calendar(begun) -> None:
    assert 'class="month"' in begun.read("/plan?view=<script>")


def test_the_chart_draws_every_part_of_the_route_on_its_own_dates(begun) -> None:
    with begun.desk() as desk:
        line = timeline(desk)
    _, plan = the_plan(begun)
    weeks = [span for span in line.spans if span.depth == 1]
    assert len(weeks) == 16
    assert [span.depth for span in line.spans].count(0) == 4
    assert max(span.last for span in line.spans) == plan.finish
    planned = sum(p.minutes for day in plan.days for p in day.pieces if not p.if_time)
    assert sum(span.minutes for span in weeks) <= planned
    page = unescape(begun.read("/plan?view=gantt"))
    for span in line.spans:
        assert span.title in page
        assert f'<td class="nowrap">{span.first}</td><td class="nowrap">{span.last}</td>' in page
    assert page.count('class="turn"') >= len(line.turns)


def test_what_is_done_fills_its_bar_and_stays_in_the_chart_when_all_is_laid_out_anew(begun) -> None:
    with begun.desk() as desk:
        days.done(desk, VECTORS)
        before = timeline(desk).spans[1]
        planning.begin_route(desk, Wishes(hours_per_week=20.0))
        after = timeline(desk).spans[1]
    assert 0 < before.done < before.minutes
    assert (after.done, after.minutes) == (before.done, before.minutes)
    assert 'class="filled"' in begun.read("/plan?view=gantt")


def test_free_days_and_the_deadline_stand_in_the_chart(begun) -> None:
    begun.send("/settings/hours/accept", {"free": "2026-12-14..2026-12-20"})
    begun.send("/settings/hours/accept", {"deadline": "2027-02-01"})
    with begun.desk() as desk:
        line = timeline(desk)
    assert {FIRST + 7 * DAY + n * DAY for n in range(7)} <= line.days_off
    page = begun.read("/plan?view=gantt")
    assert 'class="off"' in page
    assert 'class="when deadline"' in page


def test_the_trial_and_a_finished_plan_have_a_page_too(client) -> None:
    with client.desk() as desk:
        welcome.begin_trial(desk, Wishes(hours_per_week=15.0))
    for view in VIEWS:
        client.read(f"/plan?view={view}")
    with client.desk() as desk:
        _, profile, _ = with_plan(desk)
        everything = frozenset(task.id for task in whole_routes.asked_route(desk, profile).tasks)
        for task in everything:
            days.skip(desk, task)
        planning.take_up(desk, profile)
    for view in VIEWS:
        client.read(f"/plan?view={view}")


# --- how it ends --------------------------------------------------------------------------------


def test_the_head_of_the_page_says_how_the_plan_ends(begun) -> None:
    with begun.desk() as desk:
        found = outlook(desk)
    assert found.lower_bound <= found.finish <= found.p50 <= found.p80
    page = begun.read("/plan")
    assert "earliest that fits at all" in page
    said = "could end earlier" if found.later == 0 else f"would fit {found.later} days earlier"
    assert said in page


def test_a_deadline_that_is_met_says_so(begun) -> None:
    begun.send("/settings/hours/accept", {"deadline": "2027-12-01"})
    assert "The deadline is met" in begun.read("/plan")


def test_what_would_meet_a_deadline_stands_side_by_side_and_can_be_looked_at(begun) -> None:
    begun.send("/settings/hours/accept", {"deadline": "2027-03-01"})
    page = begun.read("/plan")
    assert "days after the deadline." in page
    links = [unescape(one) for one in re.findall(r'href="(/settings/plan\?[^"]+)"', page)]
    assert len(links) >= 2
    for link in links:
        assert "What would change" in begun.read(link)


def test_more_hours_as_offered_meet_the_deadline(begun) -> None:
    begun.send("/settings/hours/accept", {"deadline": "2027-03-01"})
    found = re.search(r"/settings/plan\?extra=(\d+)", begun.read("/plan"))
    assert found is not None
    begun.send("/settings/hours/accept", {"extra": found[1], "way": "anew"})
    assert "The deadline is met" in begun.read("/plan")


def test_an_absorbed_plan_is_not_compared_with_hours_that_use_up_the_reserve(begun, app_at) -> None:
    later = app_at(FIRST + 2 * DAY)
    page = later.read("/plan")
    assert 'value="absorb"' in page
    later.send("/plan/choose", {"name": "absorb"})
    with later.desk() as desk:
        found = outlook(desk)
    assert found.later <= 7


# --- why ----------------------------------------------------------------------------------------


def test_every_piece_of_a_week_says_why_it_stands_there(begun) -> None:
    page = begun.read("/plan?week=2")
    day = page[page.index('class="day-list"') :]
    reasons = re.findall(r"<dd>(.*?)(?:<form|</dd>)", day, re.DOTALL)
    assert len(reasons) == day.count('<span class="mark"')
    assert all(reason.strip() for reason in reasons)


@pytest.mark.usefixtures("begun")
def test_reasons_name_tasks_in_the_language_of_the_page(app_at) -> None:
    page = app_at(language="zh").read("/plan?week=2")
    day = page[page.index('class="day-list"') : page.index('id="take"')]
    assert not re.search("“[A-Z][a-z]+ [a-z]+ [a-z]+", day)


# --- ways on ------------------------------------------------------------------------------------


def test_after_missed_days_the_ways_show_the_next_weeks_and_can_be_taken_back(
    begun, app_at
) -> None:
    later = app_at(FIRST + 3 * DAY)
    page = later.read("/plan")
    assert page.count('class="chart strip"') == page.count('action="/plan/choose')
    _, before = the_plan(later)
    done = later.send("/plan/choose", {"name": "slide"})
    assert "The plan has changed." in done
    assert the_plan(later)[1] != before
    later.send("/undo?then=/plan")
    assert the_plan(later)[1] == before


def test_the_strip_marks_exactly_the_days_that_change(begun) -> None:
    with begun.desk() as desk:
        profile = asked_profile(desk, Asked(Wishes(hours_per_week=10.0)))
        plan = standing(desk).plan
        way = ways(desk, profile)[0]
        shown = strip_days(plan, way.plan, desk.today())
    assert len(shown) == 28
    for day in shown:
        was, will = plan.day(day.date), way.plan.day(day.date)
        assert day.changed == ((was.pieces if was else ()) != (will.pieces if will else ()))


# --- changes are shown before they count --------------------------------------------------------


@pytest.mark.parametrize("asked", CHANGES.values(), ids=CHANGES)
def test_a_change_is_shown_then_accepted_then_taken_back(begun, asked: str) -> None:
    before, plan = the_plan(begun)
    page = begun.read(f"/settings/plan?{asked}")
    assert 'class="chart strip"' in page
    assert the_plan(begun) == (before, plan), "a preview changes nothing"
    form = page[page.index('action="/settings/hours/accept"') :].partition("</form>")[0]
    fields = {
        name: unescape(value)
        for name, value in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form)
    }
    done = begun.send("/settings/hours/accept", fields)
    assert "The plan has changed." in done
    assert the_plan(begun)[0] != before
    begun.send("/undo?then=/settings")
    assert the_plan(begun) == (before, plan)


def test_times_of_day_become_blocks(begun) -> None:
    begun.send("/settings/hours/accept", fields_of(CHANGES["blocks"]))
    profile, _ = the_plan(begun)
    assert profile.blocks[0] == ((19 * 60, 120),)
    assert profile.blocks[5] == ((9 * 60, 240),)
    assert profile.minutes == (120, 0, 120, 0, 120, 240, 0)
    assert 'value="20:30"' in begun.read("/settings")


def test_days_off_can_be_absorbed_instead_of_laying_all_out_anew(begun) -> None:
    before, plan = the_plan(begun)
    free = {"free": "2026-12-16..2026-12-16"}
    assert 'name="way" value="absorb"' in begun.read("/settings/plan?free=2026-12-16..2026-12-16")
    begun.send("/settings/hours/accept", {**free, "way": "absorb"})
    profile, now = the_plan(begun)
    assert date(2026, 12, 16) in profile.days_off - before.days_off
    assert now.finish == plan.finish
    off = now.day(date(2026, 12, 16))
    assert off is None or not off.pieces


def test_a_task_is_kept_on_the_day_on_which_it_stands_without_moving_anything(begun) -> None:
    _, plan = the_plan(begun)
    day = plan.days[8]
    task = next(
        p.task
        for p in day.pieces
        if sum(q.task == p.task for d in plan.days for q in d.pieces) == 1
    )
    asked = {"pin": task, "on": day.date.isoformat()}
    page = begun.http.get("/settings/plan", params=asked).text
    assert "Leave the days as they are" in page
    begun.send("/settings/hours/accept", {**asked, "way": "keep"})
    profile, now = the_plan(begun)
    assert profile.pins == {task: day.date}
    assert now.days == plan.days
    assert "kept on" in begun.read("/plan?week=2")
    assert "Kept on a day" in begun.read("/settings")
    begun.send("/settings/hours/accept", {"unpin": task})
    assert the_plan(begun)[0].pins == {}


def test_a_deadline_and_a_chain_can_be_taken_away_again(begun) -> None:
    begun.send("/settings/hours/accept", {"deadline": "2027-12-01"})
    begun.send("/settings/hours/accept", {"after": "cv-llm-rl-12-weeks"})
    assert the_plan(begun)[0].more_routes == ("cv-llm-rl-12-weeks",)
    begun.send("/settings/hours/accept", {"after": "none"})
    begun.send("/settings/hours/accept", {"deadline": "none"})
    profile, _ = the_plan(begun)
    assert (profile.more_routes, profile.deadline) == ((), None)


def test_a_change_sent_twice_counts_once(begun) -> None:
    page = begun.read("/settings/plan?hours=10")
    seen = re.search(r'name="seen" value="([^"]+)"', page)
    assert seen is not None
    fields = {"hours": "10", "seen": unescape(seen[1]), "way": "anew"}
    begun.send("/settings/hours/accept", fields)
    with begun.desk() as desk:
        count = len(standing(desk).happenings)
    begun.send("/settings/hours/accept", fields)
    with begun.desk() as desk:
        assert len(standing(desk).happenings) == count


def test_a_page_that_shows_an_older_plan_changes_nothing(begun) -> None:
    fields = {"hours": "10", "seen": "2020-01-01 1 1"}
    assert begun.post("/settings/hours/accept", fields).status_code == 400


@pytest.mark.parametrize(
    "asked",
    [
        "week=1&week=2", "week=x&week=&week=&week=&week=&week=&week=",
        "week=0&week=0&week=0&week=0&week=0&week=0&week=0",
        "week=17&week=0&week=0&week=0&week=0&week=0&week=0",
        "week=2&begins=&begins=19:00", "week=8&begins=20:00", "preset=never", "emphasis=x",
        "deadline=2020-01-01", "deadline=soon", "holidays=other&country=XX", "reserve=90",
        "reserve=nan", "known=no-such-skill", "after=no-such-route", "pin=nothing&on=2026-12-20",
        f"pin={VECTORS}&on=", "direction=up", "extra=x",
    ],
)  # fmt: skip
def test_what_cannot_be_is_a_letter_and_the_plan_stays(begun, asked: str) -> None:
    before = the_plan(begun)
    assert begun.get(f"/settings/plan?{asked}").status_code == 400
    assert begun.post("/settings/hours/accept", fields_of(asked)).status_code == 400
    assert the_plan(begun) == before


def test_holidays_of_the_coming_year_are_listed_official_or_projected(begun) -> None:
    begun.send("/settings/hours/accept", {"holidays": "CN"})
    page = begun.read("/settings")
    assert "projected" in page
    assert "the coming year" in page


# --- files out, and a sheet back in -------------------------------------------------------------


@pytest.mark.parametrize("form", ["xlsx", "ics", "csv", "md", "json", "zip"])
def test_the_plan_comes_as_a_file(begun, form: str) -> None:
    answer = begun.get(f"/plan/export?form={form}")
    assert answer.status_code == 200
    assert f'.{form}"' in answer.headers["content-disposition"]
    assert answer.content


def test_a_calendar_has_the_reminder_that_was_chosen(begun) -> None:
    assert "BEGIN:VALARM" in begun.get("/plan/export?form=ics&alarm=10&times=floating").text
    assert "BEGIN:VALARM" not in begun.get("/plan/export?form=ics&alarm=").text


@pytest.mark.parametrize("asked", ["form=exe", "form=ics&alarm=x", "form=csv&week=999"])
def test_a_file_that_cannot_be_is_a_letter(begun, asked: str) -> None:
    assert begun.get(f"/plan/export?{asked}").status_code == 400


def test_a_sheet_comes_back_as_a_preview_first(begun) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    raw = begun.get("/plan/export?form=xlsx").content
    page = begun.post("/plan/read-back", files={"file": ("plan.xlsx", raw)})
    assert "There is nothing new in it." in page.text
    book = openpyxl.load_workbook(io.BytesIO(raw))
    sheet = next(one for one in book if _column(one, "status"))
    status = _column(sheet, "status")
    named = next(n for n in range(2, 9) if _is_study(sheet, n))
    sheet.cell(named, status).value = "done"
    changed = io.BytesIO()
    book.save(changed)
    shown = begun.post("/plan/read-back", files={"file": ("plan.xlsx", changed.getvalue())}).text
    assert "1 changes are new" in shown
    with begun.desk() as desk:
        assert not standing(desk).done
    packed = re.search(r'<textarea name="changes" hidden>(.*?)</textarea>', shown, re.DOTALL)
    assert packed is not None
    done = begun.send("/plan/read-back/accept", {"changes": unescape(packed[1])})
    assert "Undo: all that the sheet changed" in done
    with begun.desk() as desk:
        assert len(standing(desk).done) == 1
    begun.send("/undo?then=/plan")
    with begun.desk() as desk:
        assert not standing(desk).done


def test_a_sheet_with_notes_alone_takes_nothing_else_back(begun) -> None:
    packed = json.dumps([{"row": 2, "task": VECTORS, "title": "", "becomes": "note", "note": "so"}])
    page = begun.send("/plan/read-back/accept", {"changes": packed})
    assert "The notes of the sheet are saved." in page
    assert "Undo:" not in page
    with begun.desk() as desk:
        assert standing(desk).notes[VECTORS].text == "so"


def _column(sheet, name: str) -> int:
    heads = [str(cell.value or "").casefold() for cell in sheet[1]]
    return heads.index(name) + 1 if name in heads else 0


def _is_study(sheet, row: int) -> bool:
    return any(cell.value == "study" for cell in sheet[row])


@pytest.mark.parametrize("raw", [b"", b"nonsense", b"PK\x03\x04broken"])
def test_a_file_that_is_no_sheet_is_a_letter(begun, raw: bytes) -> None:
    answer = begun.post("/plan/read-back", files={"file": ("plan.xlsx", raw)})
    assert answer.status_code == 400


@pytest.mark.parametrize(
    "changes", ["", "{", '[{"row": 1}]', '[{"row":1,"task":"x","title":"y","becomes":"gone"}]']
)
def test_changes_that_were_tampered_with_change_nothing(begun, changes: str) -> None:
    answer = begun.post("/plan/read-back/accept", {"changes": changes})
    assert answer.status_code in (400, 422)
    with begun.desk() as desk:
        assert not standing(desk).done


# --- known before -------------------------------------------------------------------------------

TICKED = """\
# A start

## Week 1: vectors
- [x] Study [vectors](skill:la-vectors) (60 min)
- [ ] Study [rank](skill:la-rank-basis) (40 min)
"""


def test_what_a_roadmap_ticks_off_is_offered_as_known_and_waits_for_a_yes(begun) -> None:
    found = re.search(r'name="route" value="([^"]+)"', begun.send("/import", {"text": TICKED}))
    assert found is not None
    begun.post("/import/keep", {"text": TICKED, "route": found[1]})
    begun.send("/settings/hours/accept", {"route": found[1]})
    profile, _ = the_plan(begun)
    assert profile.known == frozenset(), "nothing is known before somebody says so"
    page = begun.read("/settings")
    assert "ticked in your roadmap" in page
    assert re.search(r'name="known" value="la-vectors" checked', page)
    assert not re.search(r'name="known" value="la-rank-basis" checked', page)
    begun.send("/settings/hours/accept", {"known": ["none", "la-vectors"]})
    assert the_plan(begun)[0].known == {"la-vectors"}
    assert "ticked in your roadmap" not in begun.read("/settings")
    begun.send("/settings/hours/accept", {"known": "none"})
    assert the_plan(begun)[0].known == frozenset()
