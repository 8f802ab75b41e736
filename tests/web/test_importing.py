"""A roadmap of one's own: pasted, understood beside its source, kept, and planned."""

import re
from html import unescape

import pytest

from zhixing.actions.routes import route
from zhixing.actions.standing import standing
from zhixing.actions.timelines import timeline

ROADMAP = """\
# 数据入门

## 第 1 周：向量
- [ ] 学习矩阵乘法（2 小时）
- 项目：房价预测 https://example.org/houses

## 第 2 周：模型
- 逻辑回归
"""


@pytest.mark.usefixtures("begun")
def test_a_pasted_roadmap_is_shown_beside_its_source_and_becomes_a_plan(app_at) -> None:
    browser = app_at(language="zh")
    assert "<textarea" in browser.read("/import")
    page = browser.send("/import", {"text": ROADMAP})
    assert "数据入门" in page
    assert 'id="L3" class="src got"' in page
    found = re.search(r'name="route" value="([^"]+)"', page)
    assert found is not None
    kept = browser.post("/import/keep", {"text": ROADMAP, "route": found[1]})
    assert kept.status_code == 303
    assert kept.headers["location"] == f"/settings/plan?route={found[1]}"
    assert "数据入门" in unescape(browser.read(kept.headers["location"]))
    assert browser.post("/settings/hours/accept", {"route": found[1]}).status_code == 303
    assert "数据入门" in browser.read("/plan")


@pytest.mark.parametrize("text", ["", "   \n", "\x00\x01binary"])
@pytest.mark.usefixtures("begun")
def test_what_is_no_roadmap_is_a_letter(app_at, text: str) -> None:
    said = app_at(language="en").post("/import", {"text": text})
    assert said.status_code == 400
    assert "nothing to read" in said.text or "not plain text" in said.text


@pytest.mark.usefixtures("begun")
def test_a_match_that_does_not_exist_keeps_nothing(app_at) -> None:
    browser = app_at(language="en")
    form = {"text": ROADMAP, "route": "own", "match:x": "skill:no-such-skill"}
    assert browser.post("/import/keep", form).status_code == 400
    assert browser.post("/settings/route", {"route": "own"}).status_code == 303
    assert browser.http.get("/routes/own").status_code == 400


@pytest.mark.usefixtures("begun")
def test_words_of_a_roadmap_are_text_never_markup(app_at) -> None:
    page = app_at(language="en").send(
        "/import", {"text": "# <script>alert(1)</script>\n- alert a\n"}
    )
    assert "<script>alert" not in page


FORM = {"text": ROADMAP, "route": "own"}


@pytest.mark.usefixtures("begun")
def test_a_refused_match_shows_the_page_again_with_all_that_was_typed(app_at) -> None:
    typed = {"match:own/study:1-0-1": "线性回归", "match:own/study:2-0-1": "nothing of ours"}
    said = app_at(language="en").post("/import/keep", FORM | typed)
    assert said.status_code == 400
    page = unescape(said.text)
    assert "nothing of ours" in page
    assert "is not in the catalog" in page
    assert "学习矩阵乘法" in page
    assert 'name="route" value="own"' in page
    assert all(f'name="{name}" value="{value}"' in page for name, value in typed.items())
    wrong = re.search(r'id="no-([^"]+)" class="refused[^>]*>([^<]*)<', page)
    assert wrong is not None
    assert wrong[1] == "own/study:2-0-1"
    assert '"nothing of ours" is not in the catalog' in wrong[2]


@pytest.mark.parametrize("title", ["Linear regression", "线性回归", "linear  Regression"])
@pytest.mark.usefixtures("begun")
def test_a_match_may_be_called_by_its_title(app_at, title: str) -> None:
    browser = app_at(language="en")
    form = FORM | {"match:own/study:1-0-1": title, "match:own/study:2-0-1": ""}
    assert browser.post("/import/keep", form).status_code == 303
    with browser.desk() as desk:
        kept = standing(desk).imported["own"]
        title_en = desk.catalog.skills[kept.matches["own/study:1-0-1"].removeprefix("skill:")]
    assert title_en.title.zh == "线性回归"
    assert len(kept.matches) == 1


TICKED = """\
# 织毛线

| 周 | 天 | 任务 | 状态 | 标准 |
|----|----|------|------|------|
| W1 | 1 | 起针 | ✅ | 起二十针 |
| W1 | 2 | 平针 | ☐ | 织出十行 |
"""


@pytest.mark.usefixtures("begun")
def test_what_is_marked_as_done_is_not_planned_unless_one_says_so(app_at) -> None:
    browser = app_at(language="en")
    page = browser.send("/import", {"text": TICKED})
    assert "1 task is marked as done" in page
    form = {"text": TICKED, "route": "knit"}
    for more, done in (({}, [True, False]), ({"done_again": "1"}, [False, False])):
        assert browser.post("/import/keep", form | more).status_code == 303
        with browser.desk() as desk:
            tasks = route(desk, "knit").tasks
        assert [task.title for task in tasks] == ["起针", "平针"]
        assert [task.done for task in tasks] == done


@pytest.mark.usefixtures("begun")
def test_a_task_page_says_the_criterion_of_its_row(app_at) -> None:
    browser = app_at(language="zh")
    browser.post("/import/keep", {"text": TICKED, "route": "knit"})
    assert browser.post("/settings/hours/accept", {"route": "knit"}).status_code == 303
    page = browser.read("/task?id=knit/study:1-2-1")
    assert "织出十行" in page
    assert "起二十针" not in page


@pytest.mark.parametrize("text", ["Python", "- Python", "# 数学", "~~old things to do~~"])
@pytest.mark.usefixtures("begun")
def test_one_word_is_no_plan(app_at, text: str) -> None:
    said = app_at(language="en").post("/import", {"text": text})
    assert said.status_code == 400
    assert "nothing in this document can be planned" in said.text


@pytest.mark.usefixtures("begun")
def test_a_route_that_is_all_done_still_has_its_pages(app_at) -> None:
    browser = app_at(language="en")
    text = "# Knit\n## Week 1\n- [x] cast on (2 h)\n- [x] purl (2 h)\n"
    page = browser.send("/import", {"text": text})
    assert "1 week · 2 tasks" in page
    kept = browser.post("/import/keep", {"text": text, "route": "knit"})
    assert browser.http.get(kept.headers["location"]).status_code == 200


# --- another language, and the way back ---------------------------------------------------------


@pytest.mark.usefixtures("begun")
def test_a_review_survives_another_language_with_what_was_mended(app_at) -> None:
    browser = app_at(language="en")
    sent = browser.post("/import", {"text": ROADMAP})
    assert sent.status_code == 303
    address = sent.headers["location"]
    assert "数据入门" in browser.read(address)
    route_id = re.findall(r'name="route" value="(.+?)"', browser.read(address))[0]
    mended = {"text": ROADMAP, "route": route_id, f"match:{route_id}/study:2-0-1": "回归一二三"}
    changed = browser.post("/import/in", mended | {"language": "zh"})
    assert changed.status_code == 303
    page = unescape(browser.read(changed.headers["location"]))
    assert '<html lang="zh-CN"' in page
    assert "数据入门" in page
    assert 'value="回归一二三"' in page
    first = re.search(r'<button[^>]*form="review"[^>]*>', page)
    assert first is not None
    assert "formaction" not in first[0]  # Enter in a field keeps it


@pytest.mark.usefixtures("begun")
def test_a_review_that_is_forgotten_says_so(app_at) -> None:
    said = app_at(language="en").http.get("/import?draft=00")
    assert said.status_code == 400
    assert "not at hand any more" in said.text


# --- a long document ----------------------------------------------------------------------------


def long_roadmap(weeks: int, tasks: int = 12) -> str:
    lines = ["# A long way", ""]
    for week in range(1, weeks + 1):
        lines.append(f"## Week {week}: part {week}")
        lines += [f"- Exercise {week}.{n} (1 h)" for n in range(1, tasks + 1)]
    return "\n".join(lines) + "\n"


@pytest.mark.usefixtures("begun")
def test_a_long_document_begins_folded_and_says_what_is_inside(app_at) -> None:
    page = app_at(language="en").send("/import", {"text": long_roadmap(6)})
    folds = re.findall(r'<details class="inside"( open)?><summary[^>]*>(.*?)</summary>', page)
    assert [bool(opened) for opened, _ in folds] == [True, False, False, False, False, False]
    assert all("12 tasks" in said for _, said in folds)
    assert page.count('class="keepbar') == 1


@pytest.mark.usefixtures("begun")
def test_what_was_refused_is_not_folded_away(app_at) -> None:
    form = {"text": long_roadmap(3), "route": "own", "match:own/study:3-0-1": "nothing of ours"}
    said = app_at(language="en").post("/import/keep", form)
    assert said.status_code == 400
    assert '<details class="inside"><' not in said.text


@pytest.mark.usefixtures("begun")
def test_a_pasted_text_may_be_as_large_as_a_file(app_at) -> None:
    browser = app_at(language="en")
    text = long_roadmap(4) + "\n" + f"> {'words in passing ' * 60}\n\n" * 1_100
    assert len(text) > 2**20
    assert browser.post("/import", {"text": text}).status_code == 303
    sent = browser.post("/import", files={"file": ("long.md", text.encode())})
    assert sent.status_code == 303
    kept = browser.post("/import/keep", {"text": text, "route": "long"}, files={"none": b""})
    assert kept.status_code == 303


@pytest.mark.usefixtures("begun")
def test_every_line_of_a_long_roadmap_may_be_named(app_at) -> None:
    browser = app_at(language="en")
    text = long_roadmap(100)
    page = browser.send("/import", {"text": text})
    fields = dict.fromkeys(re.findall(r'name="(match:[^"]+)"', page), "")
    assert len(fields) >= 1_100
    sent = browser.post("/import/keep", {"text": text, "route": "long", **fields})
    assert sent.status_code == 303


# --- the first run goes on with it --------------------------------------------------------------


def test_the_first_run_goes_on_with_the_roadmap_that_was_kept(client) -> None:
    kept = client.post("/import/keep", {"text": ROADMAP, "route": "own"})
    for address in (kept.headers["location"], "/welcome", "/"):
        page = client.read(address)
        assert "Your roadmap is kept" in page
        assert '<input type="hidden" name="route" value="own">' in page
        assert 'name="coding"' not in page
        assert 'name="start"' in page
        assert 'name="hours"' in page
    again = client.read("/welcome?again=1")
    assert 'name="coding"' in again
    fields = {"route": "own", "hours": "6", "start": "2026-12-14", "first": "plan"}
    assert client.post("/welcome/begin", fields).headers["location"] == "/"
    with client.desk() as desk:
        now = standing(desk)
    assert now.profile is not None
    assert (now.profile.route, sum(now.profile.minutes)) == ("own", 6 * 60)
    assert now.profile.start.isoformat() == "2026-12-14"


# --- its own parts in the chart -----------------------------------------------------------------


NESTED = """\
# 🎓 My roadmap

## The plan

### Phase 1: Foundations

#### Month 1: Python
- Loops (4 h)
- Functions (4 h)

#### Month 2: Statistics
- Means (4 h)

### Phase 2: Models

#### Month 3: Regression
- A line (6 h)
"""
CHAPTERS = """\
# What to learn

## Statistics
- Means (5 h)

## Databases
- Queries (6 h)
- Joins (6 h)
"""


@pytest.mark.parametrize(
    ("text", "bars"),
    [
        (
            NESTED,
            [
                (0, "Foundations"),
                (1, "Python"),
                (1, "Statistics"),
                (0, "Models"),
                (1, "Regression"),
            ],
        ),
        (CHAPTERS, [(0, "Statistics"), (0, "Databases")]),
    ],
)
def test_the_chart_has_the_documents_own_parts(client, text: str, bars) -> None:
    client.post("/import/keep", {"text": text, "route": "own"})
    client.post("/welcome/begin", {"route": "own", "hours": "6", "first": "plan"})
    with client.desk() as desk:
        spans = timeline(desk).spans
    assert [(span.depth, span.title) for span in spans] == bars
    assert all(span.first <= span.last for span in spans)
    assert "<span>Databases</span>" in client.read("/plan?view=gantt") or text == NESTED
