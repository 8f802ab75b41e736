"""Progress looks calm with nothing, and tells the truth after work was done."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from zhixing.actions import days, labs
from zhixing.actions.summaries import WeekHours
from zhixing.grader.grading import Judge
from zhixing.records import Skill
from zhixing.web.charts import mix_bar, tally, weeks_chart
from zhixing.web.pages.progress import depths_of
from zhixing.words import Bilingual

VECTORS = "math-16-weeks/skill:la-vectors"
RULE = [("study", 0.3), ("lab", 0.5), ("project", 0.2)]
MONDAY = date(2026, 12, 7)


def weeks(*minutes: tuple[int, int]) -> list[WeekHours]:
    return [
        WeekHours(n, MONDAY + (n - 1) * timedelta(days=7), planned, worked)
        for n, (planned, worked) in enumerate(minutes, 1)
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_with_no_plan_and_no_progress_the_page_stands(app_at, language: str) -> None:
    page = app_at(MONDAY, language=language).read("/progress")
    assert "chart mix" in page
    assert "chart weeks" not in page
    assert 'class="skill unseen' in page


def test_with_a_plan_and_nothing_done_every_week_is_an_outline(begun) -> None:
    page = begun.read("/progress")
    assert page.count('class="planned" x=') >= 10
    assert page.count('class="worked" x=') == 0
    assert "Nothing is counted yet" in page


def test_after_work_hours_attempts_and_skills_are_told(begun, tmp_path: Path, judge: Judge) -> None:
    with begun.desk() as desk:
        days.done(desk, VECTORS, minutes=50)
        lab = desk.catalog.labs["la-transform-rank"]
        answer = tmp_path / "answer.py"
        answer.write_text(lab.solution, encoding="utf-8")
        labs.check(desk, "la-transform-rank#combine", answer, judge=judge)
    page = begun.read("/progress")
    assert page.count('class="worked" x=') == 1
    assert 'href="/labs/la-transform-rank"' in page
    assert "attempts: 1, hints: 0" in page
    assert "1 / 5" in page
    assert re.search(r'class="skill can" href="/skills/la-vectors"', page)
    assert begun.get("/skills/la-vectors").status_code == 200


def test_every_skill_of_the_catalog_is_on_the_map_once(begun) -> None:
    with begun.desk() as desk:
        known = set(desk.catalog.skills)
    linked = re.findall(r'class="skill \w+(?: again)?" href="/skills/([a-z0-9-]+)"',
                        begun.read("/progress"))  # fmt: skip
    assert sorted(linked) == sorted(known)


def test_what_a_chart_shows_is_also_said(begun) -> None:
    page = begun.read("/progress")
    charts = re.findall(r"<svg[^>]*>", page)
    assert charts
    for chart in charts:
        assert 'role="img"' in chart
        assert re.search(r'aria-label="[^"]{4,}"', chart)
    assert "the same as a table" in page


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_page_has_inline_styles_or_scripts(app_at, begun, language: str) -> None:
    page = app_at(MONDAY, language=language).read("/progress")
    assert " style=" not in page
    assert not re.search(r"<script(?![^>]*\bsrc=)", page)


def rects(chart: str, name: str) -> list[tuple[float, float, float, float]]:
    found = re.findall(
        rf'class="{name}" x="([\d.-]+)" y="([\d.-]+)" width="([\d.-]+)" height="([\d.-]+)"', chart
    )
    return [tuple(map(float, one)) for one in found]  # type: ignore[misc]


def test_shares_fill_the_bar_and_the_rule_is_marked() -> None:
    chart = str(mix_bar([("study", 0.5), ("lab", 0.5), ("project", 0.0)], RULE, "half and half"))
    assert rects(chart, "study")[0][::2] == (0.0, 500.0)
    assert rects(chart, "lab")[0][::2] == (500.0, 500.0)
    assert not rects(chart, "project")
    assert re.findall(r'class="rule" x1="([\d.]+)"', chart) == ["300.0", "800.0"]
    assert "study" not in str(mix_bar([("study", 0.0)], RULE, "nothing"))


@pytest.mark.parametrize(
    "minutes",
    [
        [],
        [(0, 0)],
        [(900, 0)],
        [(0, 900)],
        [(5, 100_000), (900, 1)],
        [(900, 450)] * 16,
        [(30, 30)] * 461,
    ],
    ids=lambda minutes: f"{len(minutes)} weeks",
)
def test_a_chart_of_any_weeks_stays_within_its_frame(minutes: list[tuple[int, int]]) -> None:
    chart = str(weeks_chart(weeks(*minutes), 1, "h", "said"))
    frame = re.search(r'viewBox="0 0 (\d+) (\d+)"', chart)
    assert frame is not None
    width, height = map(int, frame.groups())
    for x, y, wide, high in rects(chart, "planned") + rects(chart, "worked"):
        assert x >= 0
        assert x + wide <= width
        assert y >= -0.2
        assert y + high <= height
        assert wide > 1
    assert len(rects(chart, "worked")) == sum(worked > 0 for _, worked in minutes)
    lines = chart.count('class="grid"')
    assert 2 <= lines <= 7 or max((max(one) for one in minutes), default=0) > 60 * 400


def test_bars_are_as_tall_as_their_hours() -> None:
    chart = str(weeks_chart(weeks((600, 300), (1200, 600)), 2, "h", "said"))
    planned, worked = rects(chart, "planned"), rects(chart, "worked")
    assert planned[1][3] == pytest.approx(2 * planned[0][3], rel=0.01)
    assert worked[0][3] == pytest.approx(planned[0][3] / 2, rel=0.01)
    assert len(rects(chart, "now")) == 1


def test_what_a_chart_is_told_cannot_break_out_of_it() -> None:
    said = '"><script>alert(1)</script>'
    for chart in (mix_bar([], RULE, said), weeks_chart([], 1, said, said), tally(3, 2, said)):
        assert "<script" not in str(chart)


def test_a_thousand_attempts_are_still_a_short_row() -> None:
    chart = str(tally(1000, 1000, "many"))
    assert chart.count("<rect") == 48
    assert str(tally(0, 0, "none")).count("<rect") == 0


def test_skills_that_need_each_other_still_have_a_depth() -> None:
    def skill(name: str, *needs: str) -> Skill:
        both = Bilingual(name, name)
        return Skill(name, "math", both, 1, needs, both, (), ())

    chain = [skill("a"), skill("b", "a", "elsewhere"), skill("c", "b", "a")]
    assert depths_of(chain) == {"a": 0, "b": 1, "c": 2}
    circle = depths_of([skill("x", "y"), skill("y", "x"), skill("z", "z")])
    assert set(circle) == {"x", "y", "z"}
    assert max(circle.values()) <= 2
