"""One plan, written in many ways: the units of each way of `ways.toml`, and what the report says
where lines that look like units became none."""

import tomllib
from pathlib import Path

import pytest

from zhixing.records import Node
from zhixing.roadmap.compiling import compile_route

WAYS = tomllib.loads((Path(__file__).parent / "ways.toml").read_text("utf-8"))["way"]
SIGNS = {"stage": "S", "month": "M", "week": "W", "day": "D"}


def sign(node: Node) -> str:
    """`W1`, `D2-3`; a stage goes by its number."""
    if node.kind == "stage":
        return "S" + node.id.rpartition("/")[2].removeprefix("stage-").partition("~")[0]
    span = f"{node.first}" if node.first == node.last else f"{node.first}-{node.last}"
    return SIGNS[node.kind] + span


def units(text: str) -> str:
    route, _ = compile_route(text, route_id="r")
    return " ".join(sign(node) for node in route.root.walk() if node.kind in SIGNS)


def remarks(text: str) -> list[str]:
    _, report = compile_route(text, route_id="r")
    return [str(remark.text) for remark in report.contradictions]


@pytest.mark.parametrize("way", WAYS, ids=[way["name"] for way in WAYS])
def test_the_units_of_a_way_of_writing(way: dict[str, str]) -> None:
    assert units(way["text"]) == way["units"]


def test_a_form_that_is_set_aside_is_said() -> None:
    form = "# Study\n\n## Log template\n\n### Day 1\n- Goal: ___\n\n### Day 2\n- Goal: ___\n"
    assert units(form) == ""
    assert any("taken for a form" in said for said in remarks(form))


def test_lines_like_units_that_became_none_are_said() -> None:
    told = "# Log\n\n- 2024-01-01: begun\n- 2024-03-01: went on\n- 2024-09-01: done\n"
    assert units(told) == ""
    assert any(said.startswith("3 lines such as this one") for said in remarks(told))
    assert remarks("# Notes\n\n## Tools\n- a hammer\n") == []


def test_columns_of_blanks_state_hours_and_name_what_to_do() -> None:
    text = "# 计划\n\n## 第1周\n\n天     时长  学习内容\nDay 1  3h    变量\nDay 2  2h    循环\n"
    route, report = compile_route(text, route_id="r")
    assert [(task.title, task.minutes, task.day) for task in route.tasks] == [
        ("变量", 180, 1), ("循环", 120, 2),
    ]  # fmt: skip
    assert report.not_understood == ()


def test_a_fence_that_is_the_plan_is_understood_to_its_last_line() -> None:
    text = "# Plan\n\nEach week:\n\n```text\nWeek 1: Basics\n  - read\nWeek 2: More\n```\n"
    route, report = compile_route(text, route_id="r")
    assert [(task.title, task.week) for task in route.tasks] == [("read", 1), ("More", 2)]
    assert report.not_understood == ()


def test_a_row_that_lacks_its_number_does_not_cost_the_others_theirs() -> None:
    table = (
        "# Plan\n\n## Week 4\n\n| Day | Date | Topic | Who |\n|---|---|---|---|\n"
        "| 22 | 2026-03-28 | A | x |\n| 2026-03-29 | B | x |\n| 24 | 2026-03-30 | C | x |\n"
    )
    assert units(table) == "W4 D22 D23 D24"
    route, _ = compile_route(table, route_id="r")
    assert [task.title for task in route.tasks] == ["A", "B", "C"]


def test_a_cell_that_lists_the_week_is_one_task_for_each_piece() -> None:
    table = (
        "# 计划\n\n| 周 | 周一到周日任务 |\n|---|---|\n| W1 | 周一搭环境；周二复习；周日复盘 |\n"
        "| W2 | 周一读书；周二练习 |\n"
    )
    route, _ = compile_route(table, route_id="r")
    assert units(table) == "W1 W2"
    assert [t.title for t in route.tasks if t.week == 1] == ["周一搭环境", "周二复习", "周日复盘"]


def test_a_row_of_totals_asks_for_nothing() -> None:
    table = "# P\n\n| Day | Topic | Time |\n|---|---|---|\n| 1 | A | 1h |\n| **Total** | | 1h |\n"
    route, _ = compile_route(table, route_id="r")
    assert [(task.title, task.minutes) for task in route.tasks] == [("A", 60)]


def test_what_repeats_its_unit_is_a_part_of_it() -> None:
    text = "# 计划\n\n## 第一阶段：基础\n\n### 第1周：变量\n- 读\n\n**第一阶段总结**:\n- [ ] 写\n"
    assert units(text) == "S1 W1"


def test_weeks_that_lead_up_to_the_first_do_not_move_it() -> None:
    text = "# P\n\n## Week -1: B\n- b\n\n## Week 0: C\n- c\n\n## Week 1: D\n- d\n"
    assert units(text).endswith("W0 W1")


@pytest.mark.parametrize(
    ("line", "minutes"),
    [
        ("默认学习强度：工作日 2.5h/天 + 周末 6-8h/天。", 1590),
        ("**Constraint:** 3.5 Hours (Mon-Fri) | 6 Hours (Sat-Sun).", 1770),
        ("建议每周安排 12–18 小时：前两天补概念，最后一天复盘。", 900),
    ],
)
def test_the_hours_of_weekdays_and_weekends_are_the_pace(line: str, minutes: int) -> None:
    route, _ = compile_route(f"# Plan\n\n{line}\n\n## Week 1: A\n- a\n", route_id="r")
    assert route.pace_minutes_per_week == minutes


def test_hours_of_a_daily_schedule_are_not_the_hours_of_the_week() -> None:
    text = (
        "# Plan (2 hours daily)\n\n## Week 1: A\n**Daily Schedule (2 hours):**\n"
        "- 1.5 hours: read\n- 0.5 hours: git\n\n**Topics:**\n- a\n- b\n"
    )
    route, _ = compile_route(text, route_id="r")
    assert sum(task.minutes for task in route.tasks if task.week == 1) == 7 * 120


def test_breaks_between_lines_are_understood_and_leave_the_rows_their_lines() -> None:
    text = "# P\n<br>\nDay\tTopic\tStatus\n<br>\nDay 1\tA\t✅\n<br>\nDay 2\tB\tSoon\n"
    route, report = compile_route(text, route_id="r")
    found = [(task.title, task.day, task.line, task.done) for task in route.tasks]
    assert found == [("A", 1, 5, True), ("B", 2, 7, False)]
    assert report.not_understood == ()


def test_lines_below_an_item_keep_their_lines_and_what_stands_below_them() -> None:
    text = (
        "# 计划\n\n1. **阶段1：入门**\n第01周 变量\n第02周 循环\n\n2. **阶段2：进阶**\n第03周 类\n"
    )
    route, _ = compile_route(text, route_id="r")
    assert [(task.title, task.week, task.line) for task in route.tasks] == [
        ("变量", 1, 4), ("循环", 2, 5), ("类", 3, 8),
    ]  # fmt: skip


def test_a_coded_day_is_called_by_its_words() -> None:
    route, _ = compile_route("# P\n\n- W1D1: arrays\n- W1D2: lists\n", route_id="r")
    found = [(task.title, task.week, task.day) for task in route.tasks]
    assert found == [("arrays", 1, 1), ("lists", 1, 2)]


def test_weeks_side_by_side_ask_for_what_stands_below_them() -> None:
    text = (
        "# P\n\n| | Week 1 | Week 2 |\n|---|---|---|\n| Topic | A | B |\n| Task | read | write |\n"
    )
    route, report = compile_route(text, route_id="r")
    assert [(task.title, task.week) for task in route.tasks] == [("read", 1), ("write", 2)]
    assert report.not_understood == ()


def test_traditional_heads_say_what_stands_below_them() -> None:
    text = "# 學習計畫\n\n## 第一週（6 小時）：變數\n\n### 目標\n- 會寫\n\n### 練習\n- 做題\n"
    route, _ = compile_route(text, route_id="r")
    assert [(task.title, task.minutes) for task in route.tasks] == [("做題", 360)]


def test_rows_are_the_plan_where_headings_only_tick_them_off() -> None:
    table = "| Week | Topic | Hours |\n|---|---|---|\n| 1 | Intro | 10 h |\n| 2 | Linear | 8 h |\n"
    ticks = "## Progress tracking\n\n### Week 1\n- [ ] read\n\n### Week 2\n- [ ] read more\n"
    route, _ = compile_route(f"# ML\n\n## Structure\n\n{table}\n{ticks}", route_id="r")
    weeks = {(node.first, node.line) for node in route.root.walk() if node.kind == "week"}
    assert {(1, 7), (2, 8)} <= weeks
