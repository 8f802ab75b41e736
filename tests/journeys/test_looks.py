"""Every page in both languages, on paper and on ink, wide and narrow: quiet, readable, labelled."""

import re
from pathlib import Path

import pytest

from zhixing.actions import days, labs
from zhixing.actions.standing import standing
from zhixing.web.showing import HERE

LAB, PART = "la-transform-rank", "combine"
ENOUGH = 4.5
"""WCAG 2.2, 1.4.3: contrast of text to its ground."""

TEXTS = ("ink", "soft", "faint", "seal-deep", "moss")
GROUNDS = ("paper", "sheet", "shade")
PAIRS = [
    *((text, ground) for text in TEXTS for ground in GROUNDS),
    ("on-seal", "seal"), ("on-seal", "seal-deep"), ("seal-deep", "seal-wash"), ("ink", "seal-wash"),
    ("faint", "seal-wash"), ("moss", "moss-wash"), ("ink", "gold-wash"), ("soft", "gold-wash"),
    *((f"code-{each}", "sheet") for each in ("key", "text", "number", "name")),
]  # fmt: skip

NOTE = "# Span\n\nAll that **sums** reach: $a u + b v$.\n\n| a | b |\n|--|--|\n| 1 | 2 |\n"
FAULTS = (Path(__file__).parent / "faults.js").read_text(encoding="utf-8")


def pages_of(begun) -> dict[str, str]:
    """Every kind of page there is, in a home where something has happened."""
    with begun.desk() as desk:
        first = standing(desk).plan.days[0]
        study, _, note = (piece.task for piece in first.pieces)
        skill = next(iter(desk.catalog.labs[LAB].skills))
    return {
        "today": "/",
        "plan": "/plan",
        "plan, week 2": "/plan?week=2",
        "labs": "/labs",
        "lab": f"/labs/{LAB}?part={PART}",
        "lab, all parts": f"/labs/{LAB}",
        "essay": "/labs/pca-meaning",
        "review": f"/labs/{LAB}/review?part={PART}",
        "task": f"/task?id={study}",
        "note": f"/task?id={note}",
        "route": "/routes/math-16-weeks",
        "skill": f"/skills/{skill}",
        "notes": "/notes",
        "progress": "/progress",
        "settings": "/settings",
        "welcome": "/welcome?again=1",
        "problem": "/plan?week=999",
    }


@pytest.fixture
def lived(begun, answers):
    """Some evenings in: a lab passed, a slip, hints taken, notes, a day that was missed."""
    with begun.desk() as desk:
        study, _, note = (piece.task for piece in standing(desk).plan.days[0].pieces)
        days.begin(desk, study)
        days.done(desk, study, 40)
        days.note(desk, note, NOTE)
        days.done(desk, note)
        file = labs.start(desk, f"{LAB}#{PART}").answer
        file.write_text(answers(LAB), encoding="utf-8")
        assert labs.check(desk, f"{LAB}#{PART}").verdict.passed
        file.write_text(answers(LAB, "mixes-rows-and-columns"), encoding="utf-8")
        assert not labs.check(desk, f"{LAB}#{PART}").verdict.passed
        labs.hint(desk, f"{LAB}#{PART}")
    begun.on(3)
    with begun.desk() as desk:
        days.begin(desk, standing(desk).plan.days[2].pieces[0].task)
    return begun


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_is_quiet_labelled_and_readable(lived, open_tab, heard, language, theme):
    heard.forgiven = ("400 (Bad Request)",)  # the page about a mistake says so
    lived.set(language, theme)
    tab = open_tab("/")
    wrong = []
    for name, address in pages_of(lived).items():
        tab.page.set_viewport_size({"width": 1280, "height": 860})
        tab.go(address)
        if name.startswith("lab,") or name == "lab":
            tab.editor.wait_for()
        root = tab.page.locator("html")
        assert root.get_attribute("lang") == ("zh-CN" if language == "zh" else "en")
        assert root.get_attribute("data-theme") == theme
        wrong += [f"{name}: {one}" for one in tab.page.evaluate(FAULTS, ENOUGH)]
        tab.page.set_viewport_size({"width": 390, "height": 860})
        wrong += [f"{name}, narrow: {one}" for one in tab.page.evaluate(FAULTS, ENOUGH)]
    assert not wrong, "\n".join(dict.fromkeys(wrong))


@pytest.mark.parametrize("ground", ["paper and ink", "as the system has it"])
def test_every_text_colour_stands_out_from_every_ground_it_may_stand_on(ground):
    css = (HERE / "static" / "css" / "tokens.css").read_text(encoding="utf-8")
    light = _tokens(css.partition(":root {")[2])
    dark = _tokens(css.partition('[data-theme="dark"] {')[2])
    system = _tokens(css.partition('[data-theme="auto"] {')[2])
    assert dark == system, "dark is dark, whoever asked for it"
    for tokens in (light, dark) if ground == "paper and ink" else (light | system,):
        for text, behind in PAIRS:
            found = contrast(tokens[text], tokens[behind])
            assert found >= ENOUGH, f"{text} on {behind}: {found:.2f}"


def _tokens(css: str) -> dict[str, str]:
    block = css.partition("}")[0]
    return dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", block))


def contrast(one: str, other: str) -> float:
    """WCAG 2.2: from 1 (the same) to 21 (black on white)."""
    bright, dim = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
