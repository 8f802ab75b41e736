"""All notes, and a week on one page: harmless whatever was written, in both languages."""

import re
from datetime import date

import pytest

from zhixing.actions import days, planning
from zhixing.actions.planning import Wishes

SPAN = "math-16-weeks/note:span-in-one-line"
MAPS = "math-16-weeks/note:three-maps-drawn"
VECTORS = "math-16-weeks/skill:la-vectors"
PAGES = ("/notes", "/notes?q=span", "/notes/week", "/notes/week?n=1", "/notes/week?n=5")
HOSTILE = {
    "script": "<script>alert(1)</script>",
    "javascript": "[click](javascript:alert(1)) <javascript:alert(2)> ![x](javascript:alert(3))",
    "data": "[click](data:text/html;base64,PHNjcmlwdD4=)",
    "handler": '<img src=x onerror="alert(1)"> <svg onload=alert(1)>',
    "far": "![tracker](https://far.example/pixel.png)",
    "fence": "```html\n</main></body><script>alert(1)</script>",
    "template": "{{ token }} {% raw %} {token}",
    "html": "</article></main><form action=https://far.example><input name=token>",
    "style": "<style>body{display:none}</style><p style='position:fixed'>x",
    "formula": "$\\href{javascript:alert(1)}{x}$ $$\\unclosed",
}


def note(browser, task: str, text: str) -> None:
    with browser.desk() as desk:
        days.note(desk, task, text)


def test_before_there_is_a_plan_the_notes_lead_to_the_welcome(client) -> None:
    assert client.get("/notes").headers["location"] == "/welcome"
    assert client.get("/notes/week").status_code == 400


def test_without_a_note_the_page_says_where_to_begin(begun) -> None:
    page = begun.read("/notes")
    assert "Nothing is written yet." in page
    assert 'class="button main" href="/"' in page


def test_notes_stand_newest_first_by_week_each_with_its_task(app_at, begun) -> None:
    note(begun, SPAN, "a **span** reaches")
    later = app_at(date(2026, 12, 16))
    note(later, MAPS, "$ad - bc$")
    page = later.read("/notes")
    assert page.index("Week 2 · 14–20 Dec") < page.index("Week 1 · 7–13 Dec")
    assert "a <strong>span</strong> reaches" in page
    assert 'class="math inline"' in page
    assert 'href="/task?id=math-16-weeks%2Fnote:span-in-one-line#note"' in page
    assert later.get("/task?id=math-16-weeks%2Fnote:span-in-one-line").status_code == 200


def test_a_search_finds_shows_and_says_what_was_asked(begun) -> None:
    note(begun, SPAN, "reaches")
    note(begun, MAPS, "areas")
    page = begun.read("/notes?q=REACHES")
    assert "1 of 2 notes hold “REACHES”." in page
    assert "three-maps-drawn" not in page
    assert "0 of 2" in begun.read("/notes?q=zebra")
    hostile = begun.read('/notes?q="><script>alert(1)</script>')
    assert "<script>alert" not in hostile
    assert begun.get("/notes?q=" + "x" * 60_000).status_code == 200


@pytest.mark.parametrize("start", ["-5", "0", "999999999"])
def test_any_place_in_the_list_shows_something(begun, start: str) -> None:
    note(begun, SPAN, "here")
    assert "note-card" in begun.read(f"/notes?start={start}")
    assert begun.get("/notes?start=x").status_code == 422


def test_many_notes_come_a_page_at_a_time_and_none_is_lost(begun) -> None:
    with begun.desk() as desk:
        tasks = [row.task for row in planning.rows(desk)][:60]
        for n, task in enumerate(dict.fromkeys(tasks)):
            days.note(desk, task, f"note number {n}.")
    shown, address = "", "/notes?q=number"
    for _ in range(9):
        page = begun.read(address)
        shown += page
        older = re.search(r'href="(/notes\?[^"]*start=\d+)">older', page)
        if older is None:
            break
        address = older[1].replace("&amp;", "&")
    assert {f"note number {n}." for n in range(len(set(tasks)))} <= set(
        re.findall(r"note number \d+\.", shown)
    )


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("address", ["/notes", "/notes/week?n=1"])
def test_what_a_hostile_note_says_is_shown_and_does_nothing(begun, address, text) -> None:
    clean = begun.read(address)
    note(begun, SPAN, text)
    page = begun.read(address)
    article = page[page.index('<article class="note-card"') : page.index("</article>")]
    for forbidden in ("<script", "<style", "<svg", "<form", "<input", "onerror=", "style="):
        assert forbidden not in re.sub(r"&lt;[^>]*", "", article), forbidden
    assert not re.search(r'(href|src)="\s*(javascript|data:text|https://far)', article)
    assert begun.token not in article
    for ending in ("</main>", "</body>", "<footer"):
        assert page.count(ending) == clean.count(ending), "the note ends where it ends"


@pytest.mark.parametrize("letter", ["[", "*a ", "x", "# h\n", "|a|b|\n|-|-|\n", "> "])
def test_a_mebibyte_of_anything_is_shown_in_part_and_kept_whole(begun, letter: str) -> None:
    text = (letter * (2**20 // len(letter)))[: 2**20]
    note(begun, SPAN, text)
    page = begun.read("/notes")
    assert "The note goes on" in page
    assert len(page) < 700_000
    week = begun.read("/notes/week?n=1")
    assert week.count("<article") == 1
    assert len(begun.http.get("/notes/all.md").text) >= len(text.strip())


def test_a_week_on_one_page_tells_all_and_prints(begun) -> None:
    note(begun, SPAN, "said in one line")
    with begun.desk() as desk:
        days.done(desk, VECTORS, minutes=50)
        days.skip(desk, MAPS)
    page = begun.read("/notes/week?n=1")
    for words in ("Week 1 · 7–13 Dec", "by your own word", "said in one line", "Left out",
                  "Still open", "50 min"):  # fmt: skip
        assert words in page
    assert 'class="one-page"' in page


def test_the_markdown_of_a_week_and_of_all_comes_as_a_file(begun) -> None:
    note(begun, SPAN, "said in one line")
    for address, name in (
        ("/notes/week.md?n=1", "zhixing-week-1.md"),
        ("/notes/all.md", "zhixing-notes.md"),
    ):
        answer = begun.get(address)
        assert answer.headers["content-type"] == "text/markdown; charset=utf-8"
        assert f'filename="{name}"' in answer.headers["content-disposition"]
        assert "> said in one line" in answer.text


@pytest.mark.parametrize("n", ["99", "-99", "1.5", "", "x", "9" * 50])
def test_a_week_that_is_not_there_is_a_letter(begun, n: str) -> None:
    for address in ("/notes/week", "/notes/week.md"):
        assert begun.get(f"{address}?n={n}").status_code in (400, 422)


def test_weeks_of_an_earlier_plan_can_still_be_opened(app_at, begun) -> None:
    note(begun, SPAN, "from before")
    later = app_at(date(2026, 12, 22))
    with later.desk() as desk:
        planning.begin_route(desk, Wishes(hours_per_week=8.0))
    page = later.read("/notes")
    found = re.search(r'href="(/notes/week\?n=-?\d+)">the week on', page)
    assert found is not None
    assert "from before" in later.read(found[1])


@pytest.mark.parametrize("address", PAGES)
def test_each_page_speaks_both_languages_whole(app_at, begun, address: str) -> None:
    note(begun, SPAN, "span")
    english = begun.read(address)
    chinese = app_at(date(2026, 12, 7), language="zh").read(address)
    assert '<html lang="zh-CN"' in chinese
    assert '<html lang="en"' in english
    assert english != chinese


@pytest.mark.parametrize("address", PAGES)
def test_no_page_has_inline_styles_or_scripts(begun, address: str) -> None:
    note(begun, SPAN, "span")
    page = begun.read(address)
    assert " style=" not in page
    assert not re.search(r"<script(?![^>]*\bsrc=)", page)
    assert not re.search(r'\son\w+="', page)
