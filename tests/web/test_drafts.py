"""A roadmap that was pasted is still there after a reload, a restart and another language, until it
is kept or thrown away."""

import re
from html import unescape
from pathlib import Path

import pytest

from zhixing.actions.standing import standing

ROADMAP = """\
# 数据入门

## 第 1 周：向量
- [ ] 学习矩阵乘法（2 小时）
- 项目：房价预测 https://example.org/houses

## 第 2 周：模型
- 逻辑回归
"""
LOGIT = "own/study:2-0-1"


def draft_of(browser, text: str = ROADMAP) -> str:
    """The address of a fresh draft."""
    sent = browser.post("/import", {"text": text})
    assert sent.status_code == 303
    return sent.headers["location"]


def form_of(browser, address: str) -> dict[str, str]:
    """What names the draft in its form."""
    page = browser.read(address)
    names = ("draft", "route")
    return {name: re.findall(rf'name="{name}" value="([^"]+)"', page)[0] for name in names}


def files(home: Path) -> list[Path]:
    return sorted((home / "drafts").glob("*.json"))


def test_a_draft_outlives_a_restart_with_what_was_matched_and_mended(app_at) -> None:
    before = app_at()
    address = draft_of(before)
    form = form_of(before, address)
    node = f"{form['route']}/study:2-0-1"
    typed = {f"match:{node}": "回归一二三", "mend": node, "title": "回归", "minutes": "95"}
    assert before.post("/import/mend", form | typed | {"kind": "lab"}).status_code == 303
    after = app_at(language="zh")  # another server in the same home
    page = unescape(after.read(address))
    assert 'value="回归一二三"' in page
    assert "1 小时 35 分钟" in page
    listed = unescape(after.read("/import"))
    assert f'href="{address}"' in listed
    assert "数据入门" in listed


def test_the_same_text_again_goes_on_with_its_draft(app_at) -> None:
    browser = app_at()
    address = draft_of(browser)
    form = form_of(browser, address)
    node = f"{form['route']}/study:2-0-1"
    browser.post("/import/mend", form | {f"match:{node}": "statistics"})
    assert draft_of(browser) == address
    assert 'value="statistics"' in browser.read(address)


def test_a_script_writes_down_what_is_typed_and_gets_nothing_back(app_at) -> None:
    browser = app_at()
    address = draft_of(browser)
    form = form_of(browser, address)
    node = f"{form['route']}/study:2-0-1"
    said = browser.http.post(
        "/import/mend", data=form | {f"match:{node}": "typed"}, headers={"X-Token": browser.token}
    )
    assert said.status_code == 204
    assert 'value="typed"' in app_at().read(address)


def test_a_draft_can_be_thrown_away_and_says_so_afterwards(app_at) -> None:
    browser = app_at()
    address = draft_of(browser)
    name = address.partition("draft=")[2]
    page = browser.send("/import/away", {"draft": name})
    assert "The draft is thrown away." in page
    assert name not in page
    assert browser.post("/import/away", {"draft": name}).status_code == 303
    assert "not at hand any more" in browser.http.get(address).text
    assert not files(browser.home)


def test_a_page_of_a_draft_that_was_thrown_away_can_still_be_kept(app_at) -> None:
    browser = app_at()
    address = draft_of(browser)
    form = form_of(browser, address)
    browser.post("/import/away", {"draft": form["draft"]})
    assert browser.post("/import/mend", form).status_code == 400
    kept = browser.post("/import/keep", form | {"text": ROADMAP})
    assert kept.status_code == 303


def test_what_is_kept_is_no_draft_any_more_and_can_be_mended_again(app_at) -> None:
    browser = app_at()
    address = draft_of(browser)
    form = form_of(browser, address)
    node = f"{form['route']}/study:2-0-1"
    typed = {"mend": node, "title": "回归", "minutes": "95", "kind": "study"}
    assert browser.post("/import/keep", form | typed).status_code == 303
    assert not files(browser.home)
    assert 'href="/import?draft=' not in browser.read("/import")
    page = unescape(browser.read(address))  # the way back
    assert "changed by you" in page
    assert "1 h 35 min" in page
    assert address in browser.read(f"/routes/{form['route']}")


@pytest.mark.parametrize("content", [b"", b"\xff{", b'{"route": "x", "text": "other"}'])
def test_a_damaged_draft_is_said_in_words_and_the_others_are_there(app_at, content) -> None:
    browser = app_at()
    address, other = draft_of(browser), draft_of(browser, ROADMAP.replace("数据", "图形"))
    name = address.partition("draft=")[2]
    (browser.home / "drafts" / f"{name}.json").write_bytes(content)
    after = app_at()
    page = unescape(after.read("/import"))
    assert "this draft is damaged" in page
    assert "图形入门" in page
    assert after.http.get(address).status_code == 400
    assert "图形入门" in unescape(after.read(other))
    assert draft_of(after) == address
    assert "数据入门" in unescape(after.read(address))
    assert "this draft is damaged" not in unescape(after.read("/import"))


def test_a_disk_that_takes_nothing_is_told_and_the_draft_can_be_kept(app_at) -> None:
    browser = app_at()
    (browser.home / "drafts").write_text("a file where the folder should be")
    address = draft_of(browser)
    page = browser.read(address)
    assert "could not be written to the disk" in page
    assert browser.read("/import").count(address) == 2
    form = form_of(browser, address)
    assert browser.post("/import/keep", form).status_code == 303
    with browser.desk() as desk:
        assert form["route"] in standing(desk).imported


def test_forgetting_everything_forgets_the_drafts(app_at) -> None:
    browser = app_at()
    address = draft_of(browser)
    browser.post("/settings/forget", {"word": "forget"})
    assert not (browser.home / "drafts").exists()
    assert browser.http.get(address).status_code == 400
