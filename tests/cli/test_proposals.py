"""From a roadmap to proposals and back, offline: question, answer, report, route."""

import json
from pathlib import Path

import pytest

ROADMAP = """\
# My plan

## Week 1: Vectors (10 hours)
- Read chapter 1
- Matrix stuff
- Watch the lecture (2 hours)

## Week 2: Nets
- Backprop by hand
- Train a net
"""
HOSTILE = [
    ({"node": "nowhere", "kind": "hours", "hours": 3}, "no node of the document"),
    ({"node": "week-1", "kind": "prerequisite", "needs": "nowhere"}, "what comes first"),
    ({"node": "week-1", "kind": "prerequisite", "needs": "week-1"}, "circle"),
    ({"node": "study:1-0-1", "kind": "prerequisite", "needs": "study:2-0-2"}, "circle"),
    ({"node": "study:1-0-1", "kind": "hours", "hours": 1e9}, "at most 400"),
    ({"node": "study:1-0-1", "kind": "hours", "hours": "3"}, "are a number"),
    ({"node": "study:1-0-3", "kind": "hours", "hours": 3}, "the document itself"),
    ({"node": "study:1-0-1", "kind": "week", "week": 9}, "only aliases"),
    ({"node": "study:1-0-1", "kind": "alias", "alias": "a", "url": "x"}, "nothing else"),
    ({"node": "study:1-0-1", "kind": "alias", "alias": "https://a.example/x"}, "an address"),
    ({"node": ["study:1-0-1"], "kind": "hours", "hours": 3}, "no node of the document"),
    (["hours"], "a table"),
    (None, "a table"),
]
GOOD = [
    {"node": "study:2-0-2", "kind": "prerequisite", "needs": "study:1-0-1"},
    {"node": "study:1-0-1", "kind": "hours", "hours": 3},
    {"node": "study:1-0-2", "kind": "alias", "alias": "singular value decomposition"},
]


@pytest.fixture
def roadmap(tmp_path: Path) -> Path:
    file = tmp_path / "plan.md"
    file.write_text(ROADMAP)
    return file


def answer(file: Path, proposals: object) -> Path:
    out = file.with_name("answer.json")
    out.write_text(json.dumps({"proposals": proposals}))
    return out


def test_the_question_is_written_and_its_example_is_a_valid_answer(stranger, roadmap):
    asked = roadmap.with_name("question.txt")
    said = stranger.types("import", roadmap, "--ask-for-proposals", asked)
    assert (said.code, said.err) == (0, "")
    text = asked.read_text()
    assert "study:2-0-1 | " in text
    example = roadmap.with_name("example.json")
    example.write_text(text[text.index("{") : text.rindex("]}") + 2])
    read = stranger.types("import", roadmap, "--proposals", example, "--json").data
    assert (len(read["report"]["proposed"]), read["report"]["not_taken"]) == (3, [])


def test_the_roadmap_itself_is_never_written_over(stranger, roadmap):
    said = stranger.types("import", roadmap, "--ask-for-proposals", roadmap)
    assert said.code == 2
    assert roadmap.read_text() == ROADMAP


def test_what_is_taken_stands_beside_what_it_changes_and_what_is_not_says_why(stranger, roadmap):
    given = answer(roadmap, [*GOOD, *(one for one, _ in HOSTILE)])
    said = stranger.types("import", roadmap, "--proposals", given)
    assert said.code == 0, said.err
    assert "Proposed, not by the author: 3" in said.out
    assert "4 h, our estimate → 3 h, proposed" in said.out
    report = stranger.types("import", roadmap, "--proposals", given, "--json").data["report"]
    assert len(report["proposed"]) == len(GOOD)
    assert len(report["not_taken"]) == len(HOSTILE)
    for one, (_, why) in zip(report["not_taken"], HOSTILE, strict=True):
        assert why in one["why"]["en"]


def test_the_kept_route_uses_them_and_its_plan_too(stranger, roadmap):
    given = answer(roadmap, [*GOOD, *(one for one, _ in HOSTILE)])
    assert stranger.types("import", roadmap, "--as", "mine", "--proposals", given).code == 0
    tree = json.dumps(stranger.types("routes", "mine", "--json").data)
    assert '"proposed"' in tree
    assert "skill:la-svd" in tree
    assert "proposed  3 h" in stranger.types("routes", "mine").out
    said = stranger.types("init", "--route", "mine", "--hours-per-week", "15", "--yes")
    assert said.code == 0, said.err
    days = stranger.types("plan", "show", "--json").data["days"]
    on = {piece["task"]: day["date"] for day in days for piece in day["pieces"]}
    assert on["mine/study:1-0-1"] <= on["mine/study:2-0-2"]
    stranger.types("import", roadmap, "--as", "mine")
    assert '"proposed"' not in json.dumps(stranger.types("routes", "mine", "--json").data)


def test_what_comes_first_moves_in_the_plan(stranger, roadmap):
    first = {"node": "study:1-0-2", "kind": "prerequisite", "needs": "study:2-0-2"}
    given = answer(roadmap, [first])
    assert stranger.types("import", roadmap, "--as", "mine", "--proposals", given).code == 0
    said = stranger.types("init", "--route", "mine", "--hours-per-week", "15", "--yes")
    assert said.code == 0, said.err
    days = stranger.types("plan", "show", "--json").data["days"]
    tasks = [piece["task"] for day in days for piece in day["pieces"]]
    last = len(tasks) - 1 - tasks[::-1].index("mine/study:2-0-2")
    assert tasks.index("mine/study:1-0-2") > last


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"no json", b"{", b"[" * 50_000, "计划".encode("gbk"), b"\xff\xff\x00", b"\x00" * 99,
        b'{"proposals": [], "proposals": []}', b'{"document": "of another", "proposals": []}',
        b" " * (50 * 1024 * 1024),
    ],
    ids=lambda raw: repr(raw[:12]),
)  # fmt: skip
def test_a_file_that_is_none_is_answered_in_words_and_nothing_is_kept(stranger, roadmap, raw):
    file = roadmap.with_name("answer.json")
    file.write_bytes(raw)
    said = stranger.types("import", roadmap, "--as", "mine", "--proposals", file, "--json")
    assert said.code == 2
    assert said.out == ""
    [letter] = said.letters
    assert letter["where"] == str(file)
    assert stranger.types("routes", "mine").code == 2


def test_no_proposals_where_there_is_no_file_or_no_work(stranger, roadmap, tmp_path):
    none = tmp_path / "none.json"
    assert stranger.types("import", roadmap, "--proposals", none).code == 2
    prose = tmp_path / "prose.md"
    prose.write_text("# Words\n\nOnly words.\n")
    assert stranger.types("import", prose, "--ask-for-proposals", tmp_path / "q.txt").code == 2
