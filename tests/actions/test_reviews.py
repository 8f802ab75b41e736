"""A review comes after passing, of what passed, and lays both texts side by side."""

import pytest

from zhixing.actions import labs, reviews
from zhixing.actions.desk import Desk
from zhixing.actions.planning import Wishes, begin_route
from zhixing.errors import Problem
from zhixing.grader.grading import Judge
from zhixing.grader.starter import cut_starter

SOFTMAX = "dl-softmax-ce"


@pytest.fixture(scope="module")
def judge_here():  # type: ignore[no-untyped-def]
    with Judge() as judge:
        yield judge


@pytest.fixture
def begun(desk: Desk) -> Desk:
    begin_route(desk, Wishes(hours_per_week=15))
    return desk


def handed_in(desk: Desk, text: str, judge: Judge, part: str = "") -> None:
    started = labs.start(desk, SOFTMAX)
    started.answer.write_text(text, encoding="utf-8")
    labs.check(desk, SOFTMAX + part, judge=judge)


def half(desk: Desk) -> str:
    """The starter with its first function solved."""
    lab = desk.catalog.labs[SOFTMAX]
    text = reviews.lines_of(lab.solution)
    second = next(n for n, line in enumerate(text) if line.startswith("def ") and n > 5)
    cut = reviews.lines_of(cut_starter(lab.solution))
    rest = next(n for n, line in enumerate(cut) if line == text[second])
    return "\n".join([*text[:second], *cut[rest:]])


def test_before_passing_there_is_nothing_to_see(begun: Desk, judge_here: Judge) -> None:
    with pytest.raises(Problem, match="shown after passing"):
        reviews.review(begun, SOFTMAX)
    handed_in(begun, cut_starter(begun.catalog.labs[SOFTMAX].solution), judge_here)
    with pytest.raises(Problem, match="shown after passing"):
        reviews.review(begun, f"{SOFTMAX}#stable")


def test_a_passed_part_gives_notes_and_not_the_solution(begun: Desk, judge_here: Judge) -> None:
    handed_in(begun, half(begun), judge_here, "#stable")
    seen = reviews.review(begun, f"{SOFTMAX}#stable")
    assert seen.answer == half(begun)
    assert (seen.solution, seen.alternative, seen.pairs) == (None, None, ())
    with pytest.raises(Problem, match=f"zhixing solution {SOFTMAX}#stable"):
        reviews.review(begun, SOFTMAX)
    with pytest.raises(Problem, match=f"zhixing solution {SOFTMAX}#stable"):
        reviews.review(begun, f"{SOFTMAX}#gradient")


def test_both_texts_stand_side_by_side_whole(begun: Desk, judge_here: Judge) -> None:
    answer = begun.catalog.labs[SOFTMAX].alternatives["row_by_row"]
    handed_in(begun, answer, judge_here)
    seen = reviews.review(begun, SOFTMAX)
    assert seen.solution is not None
    assert seen.alternative is not None
    assert seen.alternative.name == "logaddexp_and_one_hot"
    assert [pair.name for pair in seen.pairs] == [
        "", "log_softmax", "loss_and_gradient", "masked_loss",
    ]  # fmt: skip
    rows = [row for pair in seen.pairs for row in pair.rows]
    for text, side in ((answer, "left"), (seen.solution, "right")):
        shown = [line for row in rows if (line := getattr(row, side)) and line.strip()]
        assert shown == [line for line in text.splitlines() if line.strip()]
    for row in rows:
        assert (row.left == row.right) == (row.kind == "equal")
        assert (row.left is None) == (row.kind == "only-right")
        assert (row.right is None) == (row.kind == "only-left")


def test_the_latest_answer_that_passed_is_reviewed(begun: Desk, judge_here: Judge) -> None:
    lab = begun.catalog.labs[SOFTMAX]
    first, second = lab.alternatives.values()
    for text in (first, second, cut_starter(lab.solution)):
        handed_in(begun, text, judge_here)
    assert reviews.review(begun, SOFTMAX).answer == second


def test_an_answer_without_end_is_shown_without_alignment(begun: Desk, judge_here: Judge) -> None:
    text = begun.catalog.labs[SOFTMAX].solution + "\n# and so on" * reviews.MOST_LINES
    handed_in(begun, text, judge_here)
    seen = reviews.review(begun, SOFTMAX)
    assert seen.solution is not None
    assert seen.pairs == ()
