"""Ways on which a fresh user was held up: a question out of view, Enter, a language, the way
back."""

from playwright.sync_api import expect

from zhixing.actions.leads import answer_file
from zhixing.actions.standing import standing

LAB = "la-transform-rank"
AT_LAB = f"/labs/{LAB}?part=combine"
ROADMAP = "# Knitting\n\n## Week 1\n- Cast on (2 h)\n- Purl (2 h)\n"


def test_a_check_while_the_file_changed_asks_in_view_and_frees_the_button(begun, open_tab, heard):
    heard.forgiven = ("409",)
    tab = open_tab(AT_LAB)
    tab.page.set_viewport_size({"width": 390, "height": 700})
    with begun.desk() as desk:
        file = answer_file(desk, LAB)
    tab.page.route("**/live**", lambda route: route.abort())
    tab.editor.click()
    tab.page.keyboard.type("# mine\n")
    tab.page.keyboard.press("ControlOrMeta+s")
    expect(tab.state).to_have_text("saved")
    tab.page.keyboard.type("# and more\n")
    file.write_text("# of another editor\n", encoding="utf-8")
    tab.page.locator("[data-check]").click()
    expect(tab.page.locator("[data-conflict] [data-mine]")).to_be_in_viewport()
    expect(tab.page.locator("[data-check]")).to_be_enabled()
    expect(tab.state).to_have_text("the file changed elsewhere")


def test_minutes_and_enter_mark_the_task_as_done(begun, open_tab):
    with begun.desk() as desk:
        task = standing(desk).plan.days[0].pieces[0].task
    tab = open_tab("/task?id=" + task)
    tab.page.locator("input[name=minutes]").fill("37")
    tab.page.locator("input[name=minutes]").press("Enter")
    tab.page.wait_for_url("**/?did=done")
    with begun.desk() as desk:
        assert standing(desk).done[task].minutes == 37


def test_a_review_survives_the_language_button_and_the_way_back(begun, open_tab):
    page = open_tab("/import").page
    page.locator("#text").fill(ROADMAP)
    page.locator("form[action='/import'] button.main").click()
    page.wait_for_url("**/import?draft=*")
    page.locator("details.match summary").first.click()
    page.locator("details.match input").first.fill("skill:python-basics")
    page.get_by_role("button", name="中文").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    expect(page.locator("details.match input").first).to_have_value("skill:python-basics")
    page.locator(".keepbar button").click()
    page.wait_for_url("**/settings/plan?route=*")
    page.go_back()
    expect(page.locator(".keepbar button")).to_be_visible()


def test_on_a_narrow_screen_a_part_is_not_below_the_statements_of_all_parts(begun, open_tab):
    tab = open_tab(AT_LAB)
    tab.page.set_viewport_size({"width": 390, "height": 844})
    shut = tab.page.evaluate("document.querySelector('[data-answer-form]').offsetTop")
    tab.page.evaluate("for (const e of document.querySelectorAll('.otherpart')) e.open = true")
    opened = tab.page.evaluate("document.querySelector('[data-answer-form]').offsetTop")
    assert shut < opened / 2
