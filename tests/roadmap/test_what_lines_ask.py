"""What do lines outside of units ask for, and what do their first words make of them?"""

import pytest

from zhixing.records import Node, Route
from zhixing.roadmap.compiling import compile_route

WEEKS = "\n\n## Week 1-10: Main line\n- Task A (30 hours)\n- Project: C (20 hours)\n"


def compiled(text: str) -> Route:
    return compile_route(text, route_id="r")[0]


def node(text: str, line: int) -> Node:
    return next(node for node in compiled(text).root.walk() if node.line == line)


@pytest.mark.parametrize(
    ("line", "rhythm", "minutes"),
    [
        ("- 每周：刷两道算法题（40 分钟）", "weekly", 40),
        ("- Each week: two algorithm problems (40 min)", "weekly", 40),
        ("Every week: read one paper (50 min)", "weekly", 50),
        ("- 每月：写一篇技术博客（2 小时）", "monthly", 120),
        ("- Each month: write a post (2 h)", "monthly", 120),
        ("- 每天背 20 个单词（20 分钟）", "daily", 20),
        ("- Daily drill (20 min)", "daily", 20),
    ],
)
def test_work_above_all_weeks_comes_back(line: str, rhythm: str, minutes: int) -> None:
    first = compiled(f"# Ten weeks\n\n{line}{WEEKS}").tasks[0]
    assert (first.recurring, first.minutes, first.week) == (rhythm, minutes, 0)


@pytest.mark.parametrize(
    "line",
    ["- 每周学习 10 小时", "- Weekly: 10 hours", "- 每天：2小时", "- Weekly time: 8h",
     "每天坚持就会有收获。", "- Daily: 1-2 hours"],
)  # fmt: skip
def test_how_much_time_there_is_asks_for_nothing(line: str) -> None:
    assert not [task for task in compiled(f"# Ten\n\n{line}{WEEKS}").tasks if task.recurring]


@pytest.mark.parametrize("head", ["Milestone: week 2", "里程碑：第 2 周"])
def test_a_heading_that_calls_itself_a_milestone_is_one(head: str) -> None:
    text = f"# P\n\n## Week 1\n- a\n\n## Week 2\n- b\n\n### {head}\n- [ ] b works\n"
    found = node(text, 9)
    assert (found.kind, [child.kind for child in found.children]) == ("milestone", ["criterion"])


def test_a_criterion_is_one_in_both_languages() -> None:
    assert node("# P\n\n## Week 1\n- a\n- Criterion: can explain a\n", 5).kind == "criterion"
    assert node("# 计划\n\n## 第1周\n- a\n- 验收：能讲清 a\n", 5).kind == "criterion"


def test_what_a_bracket_calls_a_video_is_one_in_both_languages() -> None:
    address = "https://www.bilibili.com/video/BV1xx411c7XX"
    english = f"# P\n\n## Week 1\n- JavaScript part one (video, Bilibili {address})\n"
    chinese = f"# 计划\n\n## 第1周\n- JavaScript 上（视频，B站 {address}）\n"
    assert node(english, 4).kind == node(chinese, 4).kind == "resource"


@pytest.mark.parametrize(
    ("title", "name"),
    [("三个月机器学习（每天 2 小时）", "route"), ("Rust in 30 days", "rust-in-30-days"),
     ("AI 学习路线", "ai")],
)  # fmt: skip
def test_a_route_is_called_by_words(title: str, name: str) -> None:
    assert compile_route(f"# {title}\n\n## Week 1\n- a\n")[0].id == name


def test_the_time_of_a_line_is_for_what_stands_below_it() -> None:
    text = "# P\n\n## Day 1\n- Activity (50 min):\n  1. install it\n  2. set it up\n"
    assert [(task.title, task.minutes) for task in compiled(text).tasks] == [
        ("Activity (50 min):", 50)
    ]


def test_parts_that_say_how_long_they_take_are_what_is_asked() -> None:
    text = "# P\n\n## Day 1\n- Activity (50 min)\n  - install it (20 min)\n  - set it up (30 min)\n"
    assert [task.minutes for task in compiled(text).tasks] == [20, 30]


def test_a_column_of_hours_may_say_so_in_a_bracket() -> None:
    text = "# P\n\n|Day|Topic|Time (hrs)|\n|---|---|---|\n|Day 1|A|2.5|\n|Day 2|B|1.5|\n"
    assert [task.minutes for task in compiled(text).tasks] == [150, 90]
