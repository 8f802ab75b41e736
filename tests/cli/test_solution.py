"""`zhixing solution`: after passing, notes on one's answer and ours beside it."""


def test_after_passing_the_answer_is_looked_at_once_more(learner, softmax) -> None:  # type: ignore[no-untyped-def]
    early = learner.types("solution", softmax.id)
    assert early.code == 2
    assert "shown after passing" in early.err
    learner.answers(softmax.id, softmax.alternatives["row_by_row"])
    assert learner.types("check", softmax.id).code == 0
    page = learner.types("solution", softmax.id)
    assert page.code == 0, page.err
    assert "broadcasting" in page.out
    assert "<answer>" not in page.out
    data = learner.types("solution", softmax.id, "--json").data
    assert [note["kind"] for note in data["notes"]] == ["array-loop"]
    assert "循环" in data["notes"][0]["say"]["zh"]
    assert data["solution"]
    assert data["alternative"]["name"] == "logaddexp_and_one_hot"
    assert {row["kind"] for pair in data["pairs"] for row in pair["rows"]} >= {"equal", "changed"}


def test_an_essay_has_no_solution(learner, catalog) -> None:  # type: ignore[no-untyped-def]
    for lab in catalog.labs.values():
        if lab.kind == "essay":
            assert learner.types("solution", lab.id).code == 2
