"""The first evenings in a browser: questions, a plan, a lab that fails and passes, a note, the next
day, days that were missed, and the ways on."""

import re

import pytest
from playwright.sync_api import expect

from zhixing.actions import days, labs
from zhixing.actions.standing import standing

PICTURE, DIGITS = "try-svd-picture", "try-digits"
SLIP = "forgets-the-strengths"
WRONG = "return U[:, :k] @ Vt[:k]"
RIGHT = "return sum(layer(U, s, Vt, i) for i in range(k))"

ARRIVALS = """() => {
  window.arrivals = []
  const note = (place, what) => new MutationObserver(() => window.arrivals.push(what))
    .observe(document.querySelector(place), {childList: true})
  note("[data-checks]", "check")
  note("[data-verdict]", "verdict")
}"""


def begin_trial(tab):
    """Answer the three questions, and try two days first."""
    tab.page.locator("input[name=coding][value=some]").check()
    tab.page.locator("input[name=hours]").fill("12")
    tab.page.locator("#offer button[value=trial]").click()
    expect(tab.page.locator(".card.now .main")).to_be_visible()


def test_from_the_three_questions_to_a_passed_lab(site, open_tab):
    tab = open_tab("/")
    assert tab.path == "/welcome", "who has no plan yet is asked three questions"
    assert tab.page.locator("nav").count() == 0, "there is nothing to go to yet"

    # the preview follows the answers, and nothing is kept
    offer = tab.page.locator("#offer")
    before = offer.inner_text()
    tab.page.locator("input[name=hours]").fill("6")
    expect(offer).not_to_have_text(before, use_inner_text=True)
    weeks = tab.page.locator("#offer .facts dd", has_text="6 h a week")
    longer = int(weeks.inner_text().split()[0])
    tab.page.locator("input[name=hours]").fill("15")
    expect(weeks).to_have_count(0)
    weeks = tab.page.locator("#offer .facts dd").nth(3)
    assert int(weeks.inner_text().split()[0]) < longer, "more hours a week, fewer weeks"
    tab.page.locator("input[name=coding][value=none]").check()
    expect(offer).to_contain_text("It begins at the first line of Python")
    with site.desk() as desk:
        assert standing(desk).plan is None

    # two days first, for who has written a function, and one obvious next thing
    expect(offer.locator("button[value=trial]")).to_have_count(0)
    tab.page.locator("input[name=coding][value=some]").check()
    tab.click("Try two days first")
    tab.page.wait_for_url(site.address + "/")
    now = tab.page.locator(".card.now")
    expect(now).to_have_count(1)
    expect(now.locator("h2")).to_have_text("Make a picture small")
    tab.click("Begin")

    # the lab: what is wrong is said check by check, and the slip has a name
    tab.page.wait_for_url(f"**/labs/{PICTURE}?part=compress")
    expect(tab.page.locator(".timer")).to_contain_text("Make a picture small")
    tab.rewrite("NotImplementedError", WRONG)
    expect(tab.state).to_have_text("not saved yet")
    tab.page.evaluate(ARRIVALS)
    tab.check()
    assert tab.verdict.get_attribute("data-verdict-word") == "fail"
    arrived = tab.page.evaluate("window.arrivals")
    assert arrived[: arrived.index("verdict")].count("check") >= 2, f"one by one: {arrived}"
    expect(tab.page.locator("[data-checks] li")).to_have_count(2)
    expect(tab.verdict.locator(".slip")).to_contain_text("The strengths s are left out")
    expect(tab.verdict).to_contain_text("First to mend")

    # a hint on request, one rung at a time; it is still there after a reload
    tab.click("A hint")
    expect(tab.page.locator(".hint")).to_have_count(1)
    expect(tab.page.locator(".hint")).to_contain_text("hint 1 of")
    tab.click("A hint")
    expect(tab.page.locator(".hint")).to_have_count(2)
    tab.page.reload()
    expect(tab.page.locator(".hint")).to_have_count(2)
    expect(tab.verdict.locator(".slip")).to_be_visible()

    # right: passed, the task is done, the picture beside the expected one
    tab.rewrite(WRONG, RIGHT)
    tab.check()
    assert tab.verdict.get_attribute("data-verdict-word") == "pass"
    expect(tab.verdict).to_contain_text("done: Make a picture small")
    expect(tab.page.locator(".hint")).to_have_count(0)
    pictures = tab.page.locator("[data-figure] figure img")
    expect(pictures).to_have_count(2)
    sizes = pictures.evaluate_all("all => all.map(one => [one.naturalWidth, one.naturalHeight])")
    assert sizes[0] == sizes[1]
    assert min(sizes[0]) > 100
    expect(tab.page.locator("[data-review] a")).to_be_visible()
    tab.verdict.locator("a.main").click()
    expect(tab.page.locator("main .lines li").first).to_have_class("done")
    expect(tab.page.locator(".card.now h2")).to_have_text("Let the computer read digits")


def test_a_note_the_next_day_missed_days_the_ways_on_and_the_end_of_the_trial(
    site, open_tab, answers
):
    tab = open_tab("/")
    begin_trial(tab)

    # a note closes the day
    tab.click("Which picture or number of today surprised you most? One line")
    tab.page.locator("#note-text").fill("**One** layer is already a picture: $k=1$.")
    tab.click("Save, and done")
    expect(tab.page.locator(".notice")).to_contain_text("Done, and counted.")
    with site.desk() as desk:
        (kept,) = standing(desk).notes.values()
        assert kept.text == "**One** layer is already a picture: $k=1$."

    # the next day; the page that was left open is simply loaded again
    site.on(2)
    tab.page.reload()
    expect(tab.page.locator("main .eyebrow").first).to_contain_text("Tuesday 8 December")

    # the day after: nothing has moved by itself, and every way on says what it costs
    site.on(3)
    tab.go("/")
    expect(tab.page.locator(".notice").first).to_contain_text("Nothing has moved by itself.")
    tab.click("See the ways on")
    ways = tab.page.locator("#missed .options .card")
    names = [each.strip() for each in ways.locator("h3").all_inner_texts()]
    assert "Slide" in names, names
    slide = ways.filter(has=tab.page.get_by_role("heading", name="Slide"))
    expect(slide).to_contain_text(re.compile(r"8 Dec\w* → \d+ Dec"))
    with site.desk() as desk:
        before = standing(desk).plan
    slide.get_by_role("button", name="Slide").click()
    expect(tab.page.locator("#missed")).to_have_count(0)
    with site.desk() as desk:
        moved = standing(desk).plan
    assert moved.finish > before.finish

    # … and can be taken back
    tab.click("Undo: replanned by sliding")
    tab.page.wait_for_load_state()
    with site.desk() as desk:
        assert standing(desk).plan == before
    tab.go("/plan")
    slide.get_by_role("button", name="Slide").click()
    expect(tab.page.locator("#missed")).to_have_count(0)

    # the end of the trial: the plan that was previewed
    with site.desk() as desk:
        for lab in (PICTURE, DIGITS):
            laid_out = labs.start(desk, lab).answer
            laid_out.write_text(answers(lab), encoding="utf-8")
            assert labs.check(desk, lab).verdict.passed
        for line in [*days.today(desk).lines, *days.today(desk).lines]:
            days.done(desk, line.task.id)
    site.on(4)
    with site.desk() as desk:
        for line in days.today(desk).lines:
            days.done(desk, line.task.id)
    tab.go("/")
    expect(tab.page.locator(".card.now h2")).to_have_text("The two days are over. What next?")
    tab.click("Keep this plan")  # this evening was worked on: the plan begins on the next
    expect(tab.page.locator("main")).to_contain_text("Friday 11 December")
    site.on(5)
    tab.go("/")
    expect(tab.page.locator(".card.now h2")).to_have_text("Vectors and linear combinations")
    expect(tab.page.locator("main .eyebrow").first).to_contain_text("Friday 11 December")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_first_evening_in_both_languages_on_paper_and_on_ink(
    site, open_tab, answers, language, theme
):
    site.set("zh" if language == "en" else "en", "auto")
    tab = open_tab("/", color_scheme="light")
    tab.page.locator("header button[name=language]").click()
    if theme == "dark":
        tab.page.locator("[data-theme-button]").click()
    root = tab.page.locator("html")
    expect(root).to_have_attribute("lang", "zh-CN" if language == "zh" else "en")
    paper = tab.page.evaluate("getComputedStyle(document.body).backgroundColor")
    light = sum(map(int, re.findall(r"\d+", paper)[:3])) > 3 * 128
    assert light == (theme == "light")

    begin_trial(tab)
    tab.page.locator(".card.now .main").click()
    tab.page.wait_for_url(f"**/labs/{PICTURE}?part=compress")
    tab.paste(answers(PICTURE, SLIP))
    tab.check()
    said = tab.verdict.locator(".slip p").inner_text()
    assert ("强度" in said) == (language == "zh"), said
    tab.page.locator("[data-hint]").click()
    expect(tab.page.locator(".hint")).to_have_count(1)
    tab.paste(answers(PICTURE))
    tab.check()
    assert tab.verdict.get_attribute("data-verdict-word") == "pass"
    expect(tab.page.locator("[data-figure] img")).to_have_count(2)
    tab.go("/plan")
    expect(tab.page.locator(".months .today")).to_have_count(1)
    assert tab.page.locator("html").get_attribute("lang") == ("zh-CN" if language == "zh" else "en")
