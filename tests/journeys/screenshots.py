"""The pictures of docs/screenshots, in both languages, on paper and on ink: the same evenings every
time, whenever they are taken.

    python tests/journeys/screenshots.py [folder]
"""

import io
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from conftest import Site, browser_path, open_browser, slipped
from zhixing.actions import days, labs, planning
from zhixing.actions.planning import Wishes
from zhixing.grader.starter import without_markers

FOLDER = Path(__file__).parents[2] / "docs" / "screenshots"
SIZE = {"width": 1280, "height": 900}
LARGEST = 250 * 1024
LAB, PART = "la-transform-rank", "product"
REFERENCE = f"{LAB}#{PART}"
TURN = "theme => { document.documentElement.dataset.theme = theme }"
TO_THE_SLIP = """() => {
  document.querySelector(".cm-scroller").scrollTop -= 250
  scrollBy(0, document.querySelector(".lab .toolbar").getBoundingClientRect().top - 330)
}"""
NOTES = {
    "zh": "张成就是拿着这几支箭，只靠拉长和相加，能走到的所有地方。"
    "$(1,2)$ 和 $(2,4)$ 只张成一条线。",
    "en": "A span is everywhere these arrows reach by stretching and adding. $(1,2)$ and $(2,4)$ "
    "span only a line.",
}


def main(folder: Path, only: str = "") -> None:
    """All pictures, or those of one page."""
    path = browser_path()
    if not path:
        sys.exit("no Chromium here: install one, or name it in ZHIXING_BROWSER")
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = open_browser(playwright, path)
        for language in ("zh", "en"):
            with served(language) as site:
                for name, page in evenings(browser, site, language):
                    if only not in ("", name):
                        continue
                    for theme in ("light", "dark"):
                        site.set(language, theme)
                        page.evaluate(TURN, theme)
                        keep(page, folder / f"{name}-{language}-{theme}.png")
        browser.close()


@contextmanager
def served(language):
    with tempfile.TemporaryDirectory() as folder:
        site = Site(Path(folder) / "home")
        site.set(language)
        site.start()
        yield site
        site.stop()


def evenings(browser, site: Site, language: str):
    """The pages to be shown, one after the other, each with its name."""
    context = browser.new_context(viewport=SIZE, reduced_motion="reduce", device_scale_factor=1)
    page = context.new_page()

    site.on(1, 18, 40)
    yield "first-run", shown(page, site, "/welcome")

    three_days(site, language)
    site.on(4, 19, 5)
    with site.desk() as desk:
        study, lab, _ = (line.task.id for line in days.today(desk).lines)
        days.begin(desk, study)
        site.on(4, 19, 52)
        days.done(desk, study)
        days.begin(desk, lab)
    site.on(4, 20, 3)
    yield "today", shown(page, site, "/")
    yield "task", shown(page, site, f"/task?id={study}")

    with site.desk() as desk:
        lab = desk.catalog.labs[LAB]
        labs.start(desk, REFERENCE).answer.write_text(wrong(lab, PART), encoding="utf-8")
    page.set_viewport_size({"width": 1280, "height": 1060})
    shown(page, site, f"/labs/{LAB}?part={PART}")
    page.locator("[data-check]").click()
    page.locator(".verdict .slip").wait_for()
    page.locator("[data-hint]").click()
    page.locator(".hint").wait_for()
    page.evaluate(TO_THE_SLIP)
    page.wait_for_timeout(200)
    yield "lab-slip", page
    page.set_viewport_size(SIZE)

    with site.desk() as desk:
        right = without_markers(lab.solution)
        labs.start(desk, REFERENCE).answer.write_text(right, encoding="utf-8")
    shown(page, site, f"/labs/{LAB}?part={PART}")
    for _ in range(2):
        page.locator("[data-check]").click()
        page.locator(".verdict .timing:not(:empty)").wait_for()
        page.wait_for_timeout(1000)
    page.locator(".verdict").evaluate("one => one.scrollIntoView({block: 'center'})")
    yield "lab-timing", page

    yield "progress", shown(page, site, "/progress")
    with site.desk() as desk:
        file = labs.start(desk, REFERENCE).answer
        file.write_text(without_markers(lab.solution), encoding="utf-8")
        labs.check(desk, REFERENCE)
    site.on(5, 18, 0)
    page.set_viewport_size({"width": 1280, "height": 1160})
    yield "plan", shown(page, site, "/plan")
    context.close()


def shown(page: Page, site: Site, address: str) -> Page:
    """The page at that address, by the clock of the home."""
    page.clock.set_fixed_time(site.moment)
    page.goto(site.address + address)
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(300)
    return page


def three_days(site: Site, language: str) -> None:
    """Monday to Wednesday as they should be: study, a lab with a slip on the way, a note."""
    site.on(1, 18, 40)
    with site.desk() as desk:
        planning.begin_route(desk, Wishes(hours_per_week=15.0, start=site.moment.date()))
    for day in (1, 2, 3):
        site.on(day, 18, 45)
        with site.desk() as desk:
            lines = days.today(desk).lines
        for hour, line in zip((19, 20, 21), lines, strict=False):
            site.on(day, hour, 5)
            with site.desk() as desk:
                days.begin(desk, line.task.id)
            site.on(day, hour, 47)
            with site.desk() as desk:
                work(desk, line, language)


def work(desk, line, language: str) -> None:
    """A task done: a lab by passing it, after a slip; a note by writing it."""
    part = next((r.partition("#")[2] for r in line.task.references("lab")), "")
    if line.task.kind == "lab" and part:
        lab = desk.catalog.labs[LAB]
        file = labs.start(desk, f"{LAB}#{part}").answer
        file.write_text(wrong(lab, part), encoding="utf-8")
        labs.check(desk, f"{LAB}#{part}")
        labs.hint(desk, f"{LAB}#{part}")
        file.write_text(without_markers(lab.solution), encoding="utf-8")
        labs.check(desk, f"{LAB}#{part}")
        return
    if line.task.kind == "note":
        days.note(desk, line.task.id, NOTES[language])
    days.done(desk, line.task.id)


def wrong(lab, part: str) -> str:
    """The solution with the first slip that a check of this part catches."""
    checks = set(lab.part(part).checks)
    return slipped(lab, next(m.slip for m in lab.mutants if checks & set(m.fails)))


def keep(page: Page, file: Path) -> None:
    """The screen as a small PNG: 256 colours are enough for paper and ink."""
    raw = page.screenshot(type="png", animations="disabled", caret="hide")
    image = Image.open(io.BytesIO(raw)).convert("RGB")
    image.quantize(256, dither=Image.Dither.NONE).save(file, optimize=True)
    size = file.stat().st_size
    assert size <= LARGEST, f"{file.name}: {size // 1024} KiB"
    print(f"{file.name}  {size // 1024} KiB")  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER, *sys.argv[2:3])
