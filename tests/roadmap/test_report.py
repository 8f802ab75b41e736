"""What compiling promises to say about lines that it cannot follow or that disagree."""

import pytest

from zhixing.records import ImportReport
from zhixing.roadmap.compiling import compile_route


def report_on(body: str, front: str = "id: r\n") -> ImportReport:
    return compile_route(f"---\n{front}---\n{body}")[1]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("- [ ] Note: no name at all (10 min)", "neither a reference nor a name"),
        ("- [ ] without a kind (id:x)", "words and a kind"),
        ("- [ ] (45 min)", "words and a kind"),
        ("- Study: [x](skill:x)", "without a checkbox"),
        ("- watch it (45 min)", "without a checkbox"),
        ("- ✅ (lab:x)", "no words"),
        ("## Wek 5\n- [ ] [x](lab:x)", "names no stage"),
        ("| a | b |\n|---|---|", None),
        ("```\ncode\n```", "no part of the route grammar"),
        ("<!-- a remark -->", "no part of the route grammar"),
    ],
)
def test_what_is_not_understood_is_quoted_with_its_line(line: str, why: str | None) -> None:
    report = report_on(f"# T\n\n{line}\n")
    if why is None:  # a table is plain words to CommonMark
        assert report.not_understood == ()
        return
    first = report.not_understood[0]
    assert (first.line, first.text) == (6, line.split("\n")[0])
    assert first.why is not None
    assert why in str(first.why)


def test_an_unknown_key_of_the_front_matter_is_reported_with_the_near_one() -> None:
    (remark,) = report_on("# T\n", front="id: r\npaces: 15 h/week\n").not_understood
    assert (remark.line, remark.text) == (3, "paces: 15 h/week")
    assert 'did you mean "pace"?' in str(remark.why)


@pytest.mark.parametrize(
    ("body", "line", "what"),
    [
        ("## Day 1 (2 h)\n- [ ] [a](lab:a) (45 min)", 4, "says 2 h, its tasks add up to 45 min"),
        ("## Week 3\n## Week 2", 5, "week 2 comes after week 3"),
        ("## Week 3\n## Week 3", 5, "week 3 comes after week 3"),
        ("## Weeks 1–4\n## Week 4", 5, "week 4 comes after week 4"),
        ("## Week 6–5", 4, "runs backwards"),
        ("## Week 1\n### Day 2\n### Day 1", 6, "day 1 comes after day 2"),
        ("## Stage 1: x (weeks 1–4)\n### Week 1\n### Week 2–3", 4, "weeks 1 to 4"),
        ("- [ ] a (note) (id:x)\n- [ ] b (note) (id:x)", 5, 'name "r/note:x" stands twice'),
        ("> a (rule:x)\n> b (rule:x)", 5, 'name "rule:x" stands twice'),
        ("## Milestone: a (milestone:m)\n## Milestone: b (milestone:m)", 5, "stands twice"),
        ("- [ ] [a](lab:a) (1 h) · [b](res:b) (2 h)", 4, "minutes twice"),
        ("- [ ] a (note) (id:x) (id:y)", 4, "name twice"),
        ("direction: rl → x", 4, "not among the directions"),
    ],
)
def test_a_contradiction_is_said_with_its_line(body: str, line: int, what: str) -> None:
    report = report_on(body + "\n")
    assert [remark.line for remark in report.contradictions] == [line]
    assert what in report.contradictions[0].text
    assert report.not_understood == ()


@pytest.mark.parametrize(
    "body",
    [
        "## Day 1 (45 min)\n- [ ] [a](lab:a) (45 min)\n- [ ] [b](lab:b) (20 min, optional)",
        "## Week 1 (2 h)\n### Day 1\n- [ ] [a](lab:a) (1 h)\n### Day 2\n- [ ] [b](lab:b) (1 h)",
        "## Day 1 (45 min)\n- [ ] [a](lab:a) (45 min)\n- [ ] [b](lab:b) (20 min, weekly)",
        "## Day 1 (45 min)\nnothing to do",
        "## Stage 1: x (weeks 1–4)\n### Week 1\n### Week 2–4",
    ],
)
def test_what_agrees_is_no_contradiction(body: str) -> None:
    assert report_on(body + "\n").contradictions == ()


def test_a_contradiction_speaks_chinese_units_to_a_chinese_reader() -> None:
    (remark,) = report_on("## 第 1 天 (2 h)\n- [ ] [a](lab:a) (45 min)\n").contradictions
    assert remark.why is not None
    assert "45 分钟" in remark.why.render("zh")


def test_understood_counts_the_lines_that_became_part_of_the_route() -> None:
    report = report_on("# T\n\n## Week 1\n\n- [ ] [a](lab:a)\n\n```\ncode\n```\n")
    assert report.understood == 3 + 3
    assert len(report.not_understood) == 3
