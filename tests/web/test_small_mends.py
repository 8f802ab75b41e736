"""What a fresh user stumbled over: Enter in a field, a page of yesterday, a roadmap's own hours."""

import re
from html import unescape

from zhixing.actions.standing import standing
from zhixing.web.pages.statements import passages

MONTHS = """\
# My year
8 hours a week

## Month 1: A
### Week 1
- Loops (4 h)
## Month 4: B
### Week 1
- Means (4 h)
"""


def test_enter_in_the_minutes_marks_the_task_as_done(begun) -> None:
    page = begun.read("/task?id=math-16-weeks/skill:la-vectors")
    form = page[page.index('<form id="note-form"') :]
    first = re.search(r"<button[^>]*>", form)
    assert first is not None
    assert 'formaction="/task/done' in first[0]


def test_a_second_click_on_undo_changes_nothing_and_is_told_in_words(begun) -> None:
    task = "math-16-weeks/skill:la-vectors"
    begun.send(f"/task/done?id={task}", {"minutes": "30"})
    with begun.desk() as desk:
        last = standing(desk).done[task].id
    assert begun.post("/undo?then=/plan", {"what": last}).status_code == 303
    with begun.desk() as desk:
        before = desk.store.tally(desk.learner)
    for place in ("/", "/plan", "/plan?view=gantt%26did=plan", "/settings"):
        again = begun.post(f"/undo?then={place}", {"what": last})
        assert again.status_code == 303
        page = begun.read(again.headers["location"])
        assert "This is already taken back" in page
        notice = page[page.index("This is already taken back") :]
        assert "/undo" not in notice[: notice.index("</div>")]
    with begun.desk() as desk:
        assert desk.store.tally(desk.learner) == before
    begun.send(f"/task/done?id={task}", {"minutes": "30"})
    with begun.desk() as desk:
        plan = standing(desk).accepted.id
    for other in (plan, "no-such-thing"):
        assert "something else was done since" in begun.post("/undo", {"what": other}).text


def test_the_first_page_of_a_roadmap_takes_its_own_hours_and_months(client) -> None:
    kept = client.post("/import/keep", {"text": MONTHS, "route": "own"})
    page = client.read(kept.headers["location"])
    assert 'name="hours" min="0.5" max="60" step="0.5" value="8"' in page
    assert "≈ 17 weeks" in unescape(page)


def test_a_lab_part_folds_the_statements_of_the_others_away(begun) -> None:
    page = begun.read("/labs/la-transform-rank?part=combine")
    assert page.count("data-own-part") == 1
    assert page.count('<details class="otherpart">') == page.count('class="parts"') * 4
    assert '<details class="otherpart">' not in begun.read("/labs/la-transform-rank")


def test_headings_inside_of_code_begin_no_part(begun) -> None:
    with begun.desk() as desk:
        lab = desk.catalog.labs["la-transform-rank"]
        whole = passages(lab, lab.parts[1], "en")
        joined = "\n".join(one.text for one in whole)
        assert sum(one.is_own for one in whole) == 1
        assert len(joined) > len(lab.statement.render("en")) - 600


def test_the_share_of_projects_has_its_name_without_a_number(app_at, begun) -> None:
    page = app_at(language="zh").read("/progress")
    assert ">个项目<" not in page


def test_what_is_too_large_is_refused_on_a_page_with_a_way_back(begun) -> None:
    sent = begun.http.post(
        "/import", data={"token": begun.token}, files={"file": ("a.md", b"a" * (13 * 2**20))}
    )
    assert sent.status_code == 413
    assert "this is more than 12 MiB at once" in sent.text
    assert "data-back" in sent.text
    assert "send less" in sent.text


def test_letters_on_pages_name_pages_not_commands(begun) -> None:
    page = unescape(begun.http.get("/routes/no-such-route").text)
    assert "the page “Routes” lists them all" in page or "The page “Routes” lists them all" in page
    assert "`zhixing" not in page
