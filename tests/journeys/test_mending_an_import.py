"""A line of an imported roadmap is mended with the keyboard alone, and nothing typed is lost."""

from playwright.sync_api import expect

ROADMAP = """\
# My way

## Week 1: first
- [ ] Read about matrices (2 h)
- [ ] Draw them (1 h)

## Week 2: second
- Trees (3 h)
- Forests (3 h)
"""


def review(open_tab):
    page = open_tab("/import").page
    page.locator("#text").fill(ROADMAP)
    page.locator("form[action='/import'] button.main").click()
    page.wait_for_url("**/import?draft=*")
    return page


def test_a_line_is_opened_mended_and_taken_back_with_the_keyboard(begun, open_tab):
    page = review(open_tab)
    page.get_by_role("button", name="Mend: Draw them").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".mend input[name=title]")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator(".mend input[name=minutes]")).to_be_focused()
    page.keyboard.type("95")
    page.keyboard.press("Enter")
    expect(page.locator(".lede")).to_contain_text("9 h 35 min")
    expect(page.get_by_role("button", name="Mend: Draw them")).to_be_focused()
    page.locator("button.undo").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".lede")).to_contain_text("9 h")
    expect(page.locator("button.undo")).to_have_count(0)


def test_what_is_typed_is_written_down_and_folds_stay_as_they_were(begun, open_tab):
    page = review(open_tab)
    page.locator("summary[data-fold]").last.click()
    was_open = page.locator("details.inside").last.evaluate("fold => fold.open")
    page.locator("details.match summary").first.click()
    page.locator("details.match input").first.fill("skill:python-basics")
    page.keyboard.press("Tab")
    expect(page.locator("[data-state]")).to_have_text("written down")
    page.reload()
    expect(page.locator("details.match input").first).to_have_value("skill:python-basics")
    assert page.locator("details.inside").last.evaluate("fold => fold.open") == was_open
    page.goto(page.url.partition("?")[0])
    page.get_by_role("link", name="go on with “My way”").click()
    expect(page.locator("details.match input").first).to_have_value("skill:python-basics")
