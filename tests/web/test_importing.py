"""A roadmap of one's own: pasted, understood beside its source, kept, and planned."""

import re
from html import unescape

import pytest

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
    page = browser.post("/import", {"text": ROADMAP}).text
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
    page = app_at(language="en").post("/import", {"text": "# <script>alert(1)</script>\n- a\n"})
    assert "<script>alert" not in page.text
