"""A review comes after passing, of what passed, and lays both texts side by side."""

import pytest

from zhixing.actions import labs, reviews
from zhixing.actions.desk import Desk
from zhixing.actions.planning import Wishes, begin_route
from zhixing.errors import Problem
from zhixing.grader.grading import Judge
from zhixing.grader.starter import cut_starter, without_markers

SOFTMAX, PICTURE = "dl-softmax-ce", "try-svd-picture"
COMPRESS = "    return sum(layer(U, s, Vt, i) for i in range(k))\n"
WITHOUT_LOOP = "    return (U[:, :k] * s[:k]) @ Vt[:k]\n"


@pytest.fixture(scope="module")
def judge_here():  # type: ignore[no-untyped-def]
    with Judge() as judge:
        yield judge


@pytest.fixture
def begun(desk: Desk) -> Desk:
    begin_route(desk, Wishes(hours_per_week=15))
    return desk


def handed_in(desk: Desk, text: str, judge: Judge, part: str = "", lab: str = SOFTMAX) -> None:
    started = labs.start(desk, lab)
    started.answer.write_text(text, encoding="utf-8")
    labs.check(desk, lab + part, judge=judge)


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


def picture(desk: Desk, body: str, whole: bool = False) -> str:
    """The picture lab with that body of `compress`; the rest solved, or as the starter has it."""
    solution = desk.catalog.labs[PICTURE].solution
    solved = without_markers(solution)
    assert COMPRESS in solved
    if whole:
        return solved.replace(COMPRESS, body)
    todo = (
        "    # TODO: add up the first k layers: one to three lines\n    raise NotImplementedError\n"
    )
    starter = cut_starter(solution)
    assert todo in starter
    return starter.replace(todo, body)


def test_of_a_passed_part_only_what_was_written_is_praised(begun: Desk, judge_here: Judge) -> None:
    text = picture(begun, WITHOUT_LOOP)
    assert text.count("raise NotImplementedError") == 3
    handed_in(begun, text, judge_here, "#compress", PICTURE)
    (praise,) = reviews.review(begun, f"{PICTURE}#compress").praise
    for said in (praise.zh, praise.en):
        assert "`compress`" in said
        assert "rank_for" not in said


def test_stubs_are_neither_praised_nor_noted(begun: Desk, judge_here: Judge) -> None:
    handed_in(begun, picture(begun, COMPRESS), judge_here, "#compress", PICTURE)
    seen = reviews.review(begun, f"{PICTURE}#compress")
    assert (seen.notes, seen.praise) == ((), ())


def test_a_stub_with_something_begun_in_it_is_still_a_stub(begun: Desk, judge_here: Judge) -> None:
    stub = "    # TODO: try 1, 2, 3, … until it is enough\n    raise NotImplementedError\n"
    text = picture(begun, COMPRESS)
    assert stub in text
    text = text.replace(stub, "    tmp = s**2\n    raise NotImplementedError\n")
    handed_in(begun, text, judge_here, "#compress", PICTURE)
    seen = reviews.review(begun, f"{PICTURE}#compress")
    assert (seen.notes, seen.praise) == ((), ())


def test_what_is_alike_on_both_sides_is_left_out(begun: Desk, judge_here: Judge) -> None:
    text = picture(begun, WITHOUT_LOOP, whole=True) + "\n\nADDED = 1\n"
    handed_in(begun, text, judge_here, lab=PICTURE)
    assert [pair.name for pair in reviews.review(begun, PICTURE).pairs] == ["compress", ""]
    handed_in(begun, picture(begun, COMPRESS, whole=True), judge_here, lab=PICTURE)
    assert reviews.review(begun, PICTURE).pairs == ()


def test_both_texts_stand_side_by_side_whole(begun: Desk, judge_here: Judge) -> None:
    answer = begun.catalog.labs[SOFTMAX].alternatives["row_by_row"]
    handed_in(begun, answer, judge_here)
    seen = reviews.review(begun, SOFTMAX)
    assert seen.solution is not None
    assert seen.alternative is not None
    assert seen.alternative.name == "logaddexp_and_one_hot"
    assert [pair.name for pair in seen.pairs] == [
        "log_softmax", "loss_and_gradient", "masked_loss", "",
    ]  # fmt: skip
    *functions, between = seen.pairs  # what lies between stands above them in both texts
    rows = [row for pair in (between, *functions) for row in pair.rows]
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
