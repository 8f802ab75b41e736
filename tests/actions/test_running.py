"""Cells run and are remembered; figures of a lab stand beside the author's."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from zhixing.actions import running
from zhixing.actions.desk import DATABASE, Desk
from zhixing.actions.planning import Wishes, begin_route
from zhixing.actions.routes import route
from zhixing.actions.running import figures, run_cell
from zhixing.actions.standing import standing
from zhixing.errors import Problem
from zhixing.grader.grading import Judge
from zhixing.grader.starter import without_markers
from zhixing.records import Brief, CellRan, Essay
from zhixing.words import Bilingual

WORDS = Bilingual("看", "Look")


@pytest.fixture
def stocked(desk: Desk) -> Desk:
    """A desk with a brief, an essay lab and a lab that draws; whatever the pack holds today."""
    catalog = desk.catalog
    brief = Brief("seen", "math", WORDS, WORDS, WORDS, WORDS, ())
    lab = catalog.labs["dl-softmax-ce"]
    draws = (
        "def draw_stable(answer, plt):\n    plt.plot(answer.log_softmax([[1.0, 2.0, 3.0]])[0])\n"
    )
    essay = replace(lab, id="written", kind="essay", essay=Essay(WORDS, (), 10, 1))
    labs = {**catalog.labs, lab.id: replace(lab, figure_source=draws), essay.id: essay}
    vars(desk)["_read"] = (replace(catalog, briefs={"seen": brief}, labs=labs), ())
    vars(desk).pop("catalog", None)
    return desk


def cells(desk: Desk) -> list[CellRan]:
    return [h for h in standing(desk).happenings if isinstance(h, CellRan)]


def test_a_cell_runs_without_a_home_and_is_not_remembered(stocked: Desk, judge: Judge) -> None:
    assert run_cell(stocked, "brief:seen", "print(6 * 7)", judge).output == "42\n"
    assert not (stocked.settings.home / DATABASE).exists()


def test_a_cell_is_remembered_with_what_it_printed(stocked: Desk, judge: Judge) -> None:
    begin(stocked)
    task = route(stocked, "math-16-weeks", "en").tasks[0].id
    run_cell(stocked, "brief:seen", "print(6 * 7)", judge)
    run_cell(stocked, "lab:written", "print(1)\n1 / 0", judge)
    run_cell(stocked, f"task:{task}", "print(2)", judge)
    told = [(c.reference, c.output, c.finished) for c in cells(stocked)]
    assert told == [
        ("brief:seen", "42\n", True),
        ("lab:written", "1\n", False),
        (f"task:{task}", "2\n", True),
    ]
    assert cells(stocked)[0].source == "print(6 * 7)"


def begin(desk: Desk) -> None:
    begin_route(desk, Wishes(hours_per_week=15, start=date(2026, 12, 7)))


@pytest.mark.parametrize(
    "reference",
    ["", "brief:", "brief:sean", "seen", "lab:none", "lab:dl-softmax-ce", "task:x", "note:seen"],
)
def test_a_place_without_a_cell_is_refused(reference: str, stocked: Desk, judge: Judge) -> None:
    begin(stocked)
    with pytest.raises(Problem):
        run_cell(stocked, reference, "print(1)", judge)
    assert cells(stocked) == []


def test_a_near_miss_is_named(stocked: Desk, judge: Judge) -> None:
    with pytest.raises(Problem) as raised:
        run_cell(stocked, "brief:sean", "print(1)", judge)
    assert 'did you mean "seen"?' in str(raised.value)


def test_a_text_over_256_kib_is_refused(stocked: Desk, judge: Judge) -> None:
    with pytest.raises(Problem):
        run_cell(stocked, "brief:seen", "#" * (256 * 1024 + 1), judge)
    assert run_cell(stocked, "brief:seen", "#" * 256 * 1024, judge).trace == ""


# --- figures --------------------------------------------------------------------------------------


def solution(desk: Desk) -> str:
    return without_markers(desk.catalog.labs["dl-softmax-ce"].solution)


def test_the_right_answer_draws_what_is_wanted(stocked: Desk, judge: Judge) -> None:
    found = figures(stocked, "dl-softmax-ce#stable", solution(stocked), judge)
    assert found is not None
    assert found.mine.pictures == found.wanted.pictures != ()


def test_an_answer_that_raises_still_shows_what_is_wanted(stocked: Desk, judge: Judge) -> None:
    found = figures(stocked, "dl-softmax-ce#stable", "def log_softmax(Z):\n    1 / 0\n", judge)
    assert found is not None
    assert (found.mine.pictures, len(found.wanted.pictures)) == ((), 1)
    assert 'File "answer.py", line 2' in found.mine.trace


def test_a_part_without_a_drawing_has_none(stocked: Desk, judge: Judge) -> None:
    assert figures(stocked, "dl-softmax-ce#ignore", "", judge) is None
    assert figures(stocked, "py-decorators", "", judge) is None
    with pytest.raises(Problem):
        figures(stocked, "dl-softmax-ce#nothing", "", judge)


def kept(desk: Desk) -> list[Path]:
    return sorted((desk.settings.home / "cache" / "figures").rglob("*.png"))


def test_the_wanted_drawing_is_kept_and_read_again(stocked: Desk, judge: Judge) -> None:
    stocked.settings.home.mkdir()
    answer = solution(stocked)
    first = figures(stocked, "dl-softmax-ce#stable", answer, judge)
    (file,) = kept(stocked)
    again = figures(stocked, "dl-softmax-ce#stable", answer, judge)
    assert first is not None
    assert again is not None
    assert again.wanted.pictures == first.wanted.pictures == (file.read_bytes(),)
    assert again.wanted.cpu_seconds == 0.0


def test_a_kept_file_that_is_no_picture_is_drawn_again(stocked: Desk, judge: Judge) -> None:
    stocked.settings.home.mkdir()
    figures(stocked, "dl-softmax-ce#stable", solution(stocked), judge)
    (file,) = kept(stocked)
    file.write_bytes(b"<script>")
    found = figures(stocked, "dl-softmax-ce#stable", solution(stocked), judge)
    assert found is not None
    assert found.wanted.pictures == (file.read_bytes(),) == found.mine.pictures


def test_a_cache_that_cannot_be_written_only_costs_time(stocked: Desk, judge: Judge) -> None:
    stocked.settings.home.mkdir()
    (stocked.settings.home / "cache").write_text("in the way")
    found = figures(stocked, "dl-softmax-ce#stable", solution(stocked), judge)
    assert found is not None
    assert found.wanted.pictures


def test_a_new_drawing_replaces_the_old_one(
    stocked: Desk, judge: Judge, monkeypatch: pytest.MonkeyPatch
) -> None:
    stocked.settings.home.mkdir()
    figures(stocked, "dl-softmax-ce#stable", solution(stocked), judge)
    before = kept(stocked)
    monkeypatch.setattr(running, "__version__", "9.9")
    figures(stocked, "dl-softmax-ce#stable", solution(stocked), judge)
    assert len(kept(stocked)) == 1
    assert kept(stocked) != before
