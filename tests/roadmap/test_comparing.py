"""Two languages of one route are the same route, or each difference is named with its line."""

import pytest

from zhixing.roadmap.comparing import same_structure
from zhixing.roadmap.compiling import compile_route

CHINESE = """\
---
id: r
pace: 15 h/week
---
# 路线
> 规则：先手写。 (rule:by-hand)
## 第 1 周 · 开始
### 第 1 天 (2 小时)
- [ ] 学习：[向量](skill:a) (1 小时) · [视频](res:v) · 留意张成
- [ ] 实验：[组合](lab:b#one) (40 分钟)
- [ ] 笔记：一句话 (20 分钟) (id:c)
### 周末
- [ ] 项目：[PCA](lab:d) (1 小时, 选做)
"""
ENGLISH = """\
---
id: r
pace: 15 h/week
---
# Route
> Rule: by hand first. (rule:by-hand)
## Week 1 · Begin
### Day 1 (2 h)
- [ ] Study: [vectors](skill:a) (1 h) · [video](res:v) · mind the span
- [ ] Lab: [combinations](lab:b#one) (40 min)
- [ ] Note: one line (20 min) (id:c)
### Weekend
- [ ] Project: [PCA](lab:d) (1 h, optional)
"""


def differences(before: str, after: str) -> list[tuple[int, str]]:
    assert ENGLISH.count(before) == 1
    a, _ = compile_route(CHINESE)
    b, _ = compile_route(ENGLISH.replace(before, after))
    return [(remark.line, remark.text) for remark in same_structure(a, b)]


def test_a_faithful_translation_has_no_remark() -> None:
    assert same_structure(compile_route(CHINESE)[0], compile_route(ENGLISH)[0]) == ()


@pytest.mark.parametrize(
    ("before", "after", "line", "what"),
    [
        ("(40 min)", "(45 min)", 10, "minutes"),
        ("Note: one line", "Note: one line (paper)", 11, '"r/note:c" is missing'),
        ("Project:", "Essay:", 13, "kind"),
        ("res:v", "res:w", 9, "links"),
        ("(1 h, optional)", "(1 h)", 13, "marks"),
        (" · mind the span", "", 9, "note"),
        ("- [ ] Note: one line (20 min) (id:c)\n", "", 11, "missing"),
        ("### Day 1", "### Day 1–2", 8, "missing"),
        ("> Rule: by hand first. (rule:by-hand)\n", "", 6, "missing"),
        ("pace: 15 h/week", "pace: 12 h/week", 1, "pace"),
        ("lab:b#one", "lab:b#two", 10, "missing"),
    ],
)
def test_each_difference_is_named_with_its_line(
    before: str, after: str, line: int, what: str
) -> None:
    found = differences(before, after)
    assert found[0][0] == line
    assert what in found[0][1]


def test_a_task_in_another_place_is_said_once() -> None:
    lab = "- [ ] Lab: [combinations](lab:b#one) (40 min)\n"
    found = differences(
        lab + "- [ ] Note: one line (20 min) (id:c)\n",
        "- [ ] Note: one line (20 min) (id:c)\n" + lab,
    )
    assert len(found) == 1
    assert "stands elsewhere" in found[0][1]


def test_what_only_the_other_language_has_is_said_too() -> None:
    found = differences("### Weekend\n", "- [ ] Quiz: [e](quiz:e) (5 min)\n### Weekend\n")
    assert any('has task "r/quiz:e" here besides' in text for _, text in found)
