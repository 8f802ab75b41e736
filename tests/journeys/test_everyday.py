"""What must hold on any evening: other windows, other editors, a server that was away, the way
back, a double click, no mouse, no scripts."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

from zhixing.actions.leads import answer_file
from zhixing.actions.standing import standing
from zhixing.records import TaskDone

LAB, PART = "la-transform-rank", "combine"
AT_LAB = f"/labs/{LAB}?part={PART}"
SLIP = "cuts-off-the-decimals"


@pytest.fixture
def file(begun):
    """The answer's file, which is there once something was saved."""
    with begun.desk() as desk:
        return answer_file(desk, LAB)


def first_study(begun):
    """The page of the first task: something to read, with a brief."""
    with begun.desk() as desk:
        return "/task?id=" + standing(desk).plan.days[0].pieces[0].task


def saved(tab, file: Path, text: str) -> None:
    """Wait until the file holds `text`, and the page says so."""
    expect(tab.state).to_have_text("saved")
    assert text in file.read_text(encoding="utf-8")


def test_what_one_window_saves_the_other_shows(begun, open_tab, answers, file):
    one = open_tab(AT_LAB)
    other = open_tab(AT_LAB)
    one.paste("# from one window\n" + answers(LAB))
    one.page.keyboard.press("ControlOrMeta+s")
    saved(one, file, "# from one window")
    expect(other.editor).to_contain_text("# from one window")
    assert other.answer == one.answer


def test_two_windows_that_both_wrote_are_asked_which_text_shall_stand(begun, open_tab, file, heard):
    heard.forgiven = ("409",)
    one, other = open_tab(AT_LAB), open_tab(AT_LAB)
    for tab, text in ((other, "# other\n"), (one, "# one\n")):
        tab.editor.click()
        tab.page.keyboard.press("ControlOrMeta+Home")
        tab.page.keyboard.type(text)
    for tab in (one, other):
        tab.page.keyboard.press("ControlOrMeta+s")
    asked = [tab for tab in (one, other) if _is_asked(tab)]
    assert len(asked) == 1, "the second to save is asked"
    (late,) = asked
    early = one if late is other else other
    kept = file.read_text(encoding="utf-8")
    assert kept == early.answer, "nothing was written over"
    late.page.locator("[data-mine]").click()
    expect(late.page.locator("[data-conflict] .notice")).to_have_count(0)
    expect(early.editor).to_contain_text("# other" if late is other else "# one")
    assert file.read_text(encoding="utf-8") == late.answer


def _is_asked(tab) -> bool:
    asked = tab.page.locator("[data-conflict] .notice")
    tab.state.filter(has_text="saved").or_(asked).first.wait_for()
    tab.page.wait_for_timeout(300)
    return asked.count() == 1


def test_a_file_saved_in_another_editor_is_followed_and_checked_at_every_save(
    begun, open_tab, answers, file
):
    tab = open_tab(AT_LAB)
    assert "NotImplementedError" in tab.answer
    tab.page.locator(".lab details summary", has_text="own editor").click()
    expect(tab.page.locator(".lab details pre").first).to_have_text(str(file))

    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("# from another editor\n" + answers(LAB, SLIP), encoding="utf-8")
    expect(tab.editor).to_contain_text("# from another editor")
    expect(tab.verdict).to_have_count(0)

    tab.page.locator("[data-follow]").check()
    file.write_text("# once more\n" + answers(LAB, SLIP), encoding="utf-8")
    expect(tab.editor).to_contain_text("# once more")
    expect(tab.verdict.locator(".slip")).to_contain_text("the decimals are silently dropped")


def test_a_check_in_a_terminal_shows_in_the_open_page(begun, open_tab, answers, file):
    tab = open_tab(AT_LAB)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(answers(LAB), encoding="utf-8")
    environment = {k: v for k, v in os.environ.items() if not k.startswith("ZHIXING_")}
    checked = subprocess.run(
        [sys.executable, "-m", "zhixing", "check", f"{LAB}#{PART}", "--home", str(begun.home)],
        capture_output=True, env=environment, timeout=120, check=False,
    )  # fmt: skip
    assert checked.returncode == 0, checked.stdout + checked.stderr
    expect(tab.verdict).to_have_attribute("data-verdict-word", "pass")
    assert tab.answer == answers(LAB)


def test_what_was_typed_while_the_server_was_away_is_not_lost(begun, open_tab, file, heard):
    heard.forgiven = ("ERR_CONNECTION_REFUSED", "ERR_INCOMPLETE_CHUNKED", "ERR_EMPTY_RESPONSE")
    tab = open_tab(AT_LAB)
    tab.editor.click()
    begun.stop()
    tab.page.keyboard.press("ControlOrMeta+Home")
    tab.page.keyboard.type("# typed meanwhile\n")
    tab.page.keyboard.press("ControlOrMeta+s")
    expect(tab.state).to_contain_text("your text is still here")
    begun.start()
    tab.page.reload()
    expect(tab.editor).to_contain_text("# typed meanwhile")
    tab.editor.click()
    tab.page.keyboard.press("ControlOrMeta+s")
    begun.wait_for(
        lambda: file.exists() and "# typed meanwhile" in file.read_text(encoding="utf-8")
    )
    expect(tab.editor).to_contain_text("# typed meanwhile")


def test_a_note_typed_while_the_server_was_away_is_not_lost(begun, open_tab, heard):
    heard.forgiven = ("ERR_CONNECTION_REFUSED",)
    address = first_study(begun)
    tab = open_tab(address)
    tab.page.locator("#note-text").fill("a span is all they reach")
    begun.stop()
    tab.click("Save the note")
    tab.page.wait_for_timeout(300)
    begun.start()
    tab.go(address)
    expect(tab.page.locator("#note-text")).to_have_value("a span is all they reach")
    tab.click("Save the note")
    expect(tab.page.locator("[data-note] [data-state]")).to_have_text("saved")


def test_the_way_back_shows_what_is_and_does_nothing_twice(begun, open_tab):
    tab = open_tab("/")
    tab.click("Begin")
    tab.page.wait_for_url("**/task?*")
    tab.page.go_back()
    expect(tab.page.locator(".card.now .main")).to_have_text("Go on")
    tab.page.go_forward()
    tab.click("Done")
    tab.page.wait_for_url("**/?did=done")
    tab.page.go_back()
    expect(tab.page.get_by_role("button", name="Done", exact=True)).to_have_count(0)
    assert done_tasks(begun) == 1


def test_a_double_click_on_done_counts_once(begun, open_tab):
    tab, other = open_tab(first_study(begun)), open_tab(first_study(begun))
    tab.page.get_by_role("button", name="Done", exact=True).dblclick()
    tab.page.wait_for_url("**/?did=done")
    other.click("Done")
    other.page.wait_for_url("**/?did=done")
    assert done_tasks(begun) == 1


def done_tasks(begun) -> int:
    with begun.desk() as desk:
        return sum(isinstance(each, TaskDone) for each in standing(desk).happenings)


def test_everything_is_done_without_a_mouse(begun, open_tab, answers):
    tab = open_tab("/")
    keys = tab.page.keyboard
    keys.press("Tab")
    assert focused(tab) == "Skip to the page"
    keys.press("Enter")
    assert tab.page.evaluate("document.activeElement.id") == "main"
    keys.press("Tab")
    assert focused(tab) == "Begin", "after the skip link the next thing to do comes first"
    outline = tab.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none", "who has no mouse sees where they are"
    keys.press("Enter")
    tab.page.wait_for_url("**/task?*")

    # g and a letter go to a page; a letter typed into a field does not
    for letter, path in (("p", "/plan"), ("l", "/labs"), ("t", "/")):
        keys.press("g")
        keys.press(letter)
        tab.page.wait_for_url(begun.address + path)

    # into the editor, check, and out of it again
    tab.go(AT_LAB)
    tab.editor.wait_for()
    for _ in range(40):
        keys.press("Tab")
        if tab.editor.evaluate("element => element === document.activeElement"):
            break
    else:
        pytest.fail("the editor cannot be reached with Tab")
    keys.press("g")
    keys.press("p")
    keys.press("ControlOrMeta+Enter")
    expect(tab.verdict).to_be_visible()
    assert tab.path == AT_LAB
    keys.press("Escape")  # what is offered to complete the word
    keys.press("Escape")
    keys.press("Tab")
    assert focused(tab).startswith("Check"), "Escape, then Tab leaves the editor"


def focused(tab) -> str:
    return str(tab.page.evaluate("document.activeElement.innerText")).strip()


def test_without_scripts_everything_but_comfort_is_there(begun, open_tab, answers):
    tab = open_tab("/", java_script_enabled=False)
    tab.click("Begin")
    tab.page.wait_for_url("**/task?*")
    assert tab.page.locator("article p").count() > 3, "the brief is there"
    tab.page.locator("#note-text").fill("a span is all they reach")
    tab.click("Save the note")
    expect(tab.page.locator("#note-text")).to_have_value("a span is all they reach")
    tab.click("Done")
    expect(tab.page.locator(".notice")).to_contain_text("Done, and counted.")

    tab.go(AT_LAB)
    tab.page.locator("textarea[name=answer]").fill(answers(LAB, SLIP))
    tab.page.locator("[data-check]").click()
    expect(tab.verdict.locator(".slip")).to_contain_text("the decimals are silently dropped")
    tab.page.locator("textarea[name=answer]").fill(answers(LAB))
    tab.page.locator("[data-check]").click()
    expect(tab.verdict).to_have_attribute("data-verdict-word", "pass")

    begun.on(5)
    tab.go("/plan#missed")
    tab.page.locator("#missed").get_by_role("button", name="Slide").click()
    expect(tab.page.locator("#missed")).to_have_count(0)
    tab.go("/notes")
    expect(tab.page.locator("main")).to_contain_text("a span is all they reach")
