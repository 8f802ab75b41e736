"""Roadmaps as people write them: each style of `strangers/` gives the units and tasks it means."""

from dataclasses import replace
from pathlib import Path

import pytest

from zhixing.records import Node, Route
from zhixing.roadmap.compiling import compile_route
from zhixing.roadmap.printing import as_markdown

FOLDER = Path(__file__).parent / "strangers"
UNITS = ("stage", "month", "week", "day")


def compiled(name: str) -> Route:
    route, report = compile_route((FOLDER / f"{name}.md").read_text("utf-8"), route_id="r")
    assert report.not_understood == ()
    return route


def spans(route: Route, kind: str) -> list[tuple[int | None, int | None]]:
    return [(n.first, n.last) for n in route.root.walk() if n.kind == kind]


def titles(route: Route, kind: str) -> list[str]:
    return [node.title for node in route.root.walk() if node.kind == kind]


def node_at(route: Route, line: int, kind: str) -> Node:
    return next(n for n in route.root.walk() if n.line == line and n.kind == kind)


def test_steps_are_stages_and_contributing_asks_for_nothing() -> None:
    route = compiled("steps-en")
    assert titles(route, "stage") == ["Programming", "Math", "Build"]
    assert "Fork the repo" not in [task.title for task in route.tasks]
    assert [task.title for task in route.tasks if task.done] == ["Calculus"]
    assert [t.minutes for t in route.tasks if not t.estimated] == [20 * 60, 5 * 60]


def test_half_a_year_at_ten_hours_a_week_is_shared_among_what_nobody_timed() -> None:
    route = compiled("steps-en")
    assert route.pace_minutes_per_week == 600
    assert sum(task.minutes for task in route.tasks) == round(6 * 4.345 * 600)


def test_weeks_that_restart_in_months_go_on_counting_and_days_do_not() -> None:
    route = compiled("restarting-zh")
    assert spans(route, "month") == [(1, 1), (2, 2)]
    assert spans(route, "week") == [(1, 1), (2, 2), (3, 3), (4, 4), (5, 6)]
    assert spans(route, "day") == [(1, 1), (2, 2), (3, 5), (6, 7), (1, 1), (2, 2), (3, 5)]
    assert [task.title for task in route.tasks if task.weekend] == ["做一个计算器"]


def test_rows_of_a_table_are_weeks_with_tasks_resources_projects_and_hours() -> None:
    route = compiled("week-table-en")
    assert spans(route, "week") == [(1, 1), (2, 2), (3, 4), (5, 5)]
    assert titles(route, "project") == ["Calculator", "EDA report"]
    week = node_at(route, 5, "week")
    assert week.minutes == 600
    assert sum(t.minutes for t in route.tasks if t.week == 1) == 600
    assert [n.title for n in week.walk() if n.kind == "task"] == ["Python basics", "Functions"]


def test_bold_lines_hold_plain_weeks_and_their_lists() -> None:
    route = compiled("bold-plain-en")
    assert titles(route, "stage") == ["Foundations (4 weeks)", "Cloud (6 weeks)"]
    assert spans(route, "week") == [(1, 1), (2, 2), (3, 3), (4, 4)]
    assert [t.week for t in route.tasks] == [1, 1, 2, 2, 3, 4]


def test_units_nest_in_lists_and_leaves_are_tasks() -> None:
    route = compiled("nested-list-zh")
    assert titles(route, "stage") == ["基础（3月–6月）", "强化（7月–9月）", "冲刺"]
    assert [t.title for t in route.tasks][:3] == ["定义", "夹逼定理", "导数"]


def test_without_units_a_numbered_list_still_asks_and_stars_rate_a_course() -> None:
    route = compiled("numbered-en")
    assert not [n for n in route.root.walk() if n.kind in UNITS]
    assert [n.stars for n in route.root.walk() if n.stars] == [5]
    urls = [link.url for node in route.root.walk() for link in node.links]
    assert urls[:2] == ["https://automatetheboringstuff.com", "https://exercism.org/tracks/python"]


def test_a_table_that_headings_lay_out_is_an_overview_and_a_part_is_no_second_day() -> None:
    assert spans(compiled("days-of-en"), "day") == [(1, 1), (2, 2)]


def test_prose_has_no_units_and_asks_for_nothing() -> None:
    route = compiled("prose-en")
    assert not [n for n in route.root.walk() if n.kind in UNITS]
    assert route.tasks == ()


def test_weekdays_are_days_inside_weeks() -> None:
    route = compiled("weekdays-en")
    assert spans(route, "week") == [(1, 1), (2, 2)]
    assert spans(route, "day") == [(1, 1), (2, 2), (3, 5), (1, 1), (2, 2)]
    assert [task.minutes for task in route.tasks if not task.estimated] == [45]


def test_headings_with_stars_are_skills() -> None:
    route = compiled("skills-zh")
    assert [(n.stars, n.line) for n in route.root.walk() if n.kind == "skill"] == [(3, 3), (5, 7)]
    assert titles(route, "criterion") == ["能独立完成一个后台"]
    assert "https://flexboxfroggy.com/" in [
        link.url for node in route.root.walk() for link in node.links
    ]


def test_days_in_one_paragraph_and_hours_that_do_not_add_up() -> None:
    text = (FOLDER / "underlined-en.md").read_text("utf-8")
    route, report = compile_route(text)
    assert spans(route, "day") == [(1, 3), (4, 6), (7, 7)]
    assert [remark.line for remark in report.contradictions] == [3]
    urls = [link.url for node in route.root.walk() for link in node.links]
    assert urls == ["http://www.dspguide.com/", "https://ocw.mit.edu/resources/res-6-008/"]


def test_semesters_are_stages_under_their_own_name() -> None:
    route = compiled("semesters-en")
    assert titles(route, "stage") == ["Semester 1", "Semester 2"]
    assert [task.minutes for task in route.tasks] == [3600, 4800, 3600]


def test_html_headings_and_lists_are_read() -> None:
    route = compiled("html-en")
    assert spans(route, "day") == [(1, 1), (2, 2)]
    assert [link.url for node in route.root.walk() for link in node.links] == [
        "https://doc.rust-lang.org/book/ch04-00.html"
    ]


def test_a_checklist_of_days_knows_what_is_done_and_how_long_it_takes() -> None:
    route = compiled("checklist-en")
    assert spans(route, "day") == [(1, 1), (2, 2), (3, 3), (4, 5)]
    assert [task.done for task in route.tasks][:2] == [True, False]
    assert [task.minutes for task in route.tasks] == [120, 180, 75, 75, 240]


def test_a_drawn_tree_is_months_and_weeks() -> None:
    route = compiled("drawn-tree-en")
    assert spans(route, "month") == [(1, 1), (2, 2)]
    assert spans(route, "week") == [(1, 1), (2, 2), (3, 4), (5, 5), (6, 6)]


def test_a_bold_line_right_under_a_list_is_no_part_of_it_and_a_template_no_plan() -> None:
    route = compiled("months-template-en")
    assert spans(route, "week") == [(1, 1), (2, 2), (3, 3), (4, 4)]
    assert spans(route, "day") == []


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.md")), ids=lambda path: path.stem)
def test_a_strangers_route_survives_being_written_down(path: Path) -> None:
    def bare(node: Node) -> Node:
        return replace(node, line=0, children=tuple(bare(child) for child in node.children))

    route, _ = compile_route(path.read_text("utf-8"))
    again, report = compile_route(as_markdown(route))
    assert bare(again.root) == bare(route.root)
    assert [replace(t, line=0) for t in again.tasks] == [replace(t, line=0) for t in route.tasks]
    assert report.not_understood == ()


CHINESE = """\
# 两周入门
## 第一周：Python（8 小时）
- **重点**：列表、字典
- [x] [官方教程](https://docs.python.org/zh-cn/3/tutorial/)（2 小时）
- **实战**：写一个计算器
## 第二周：数据
| 资源 | 类型 | 语言 | 质量 | 链接 |
|---|---|---|---|---|
| Pandas 指南 | 文档 | 中文 | ⭐⭐⭐⭐ | https://pandas.pydata.org/docs/ |
### 检验标准
- ✅ 能清洗一张表
"""
ENGLISH = """\
# Two weeks
## Week one: Python (8 hours)
- **Focus**: lists, dictionaries
- [x] [official tutorial](https://docs.python.org/zh-cn/3/tutorial/) (2 hours)
- **Project**: write a calculator
## Week two: data
| Resource | Type | Language | Rating | Link |
|---|---|---|---|---|
| Pandas guide | docs | Chinese | ⭐⭐⭐⭐ | https://pandas.pydata.org/docs/ |
### Criteria
- ✅ can clean a table
"""


def test_two_languages_of_one_document_give_one_structure() -> None:
    def shape(node: Node) -> tuple[object, ...]:
        links = tuple(link.url for link in node.links)
        return (node.kind, node.id, node.line, node.minutes, node.stars, node.first, node.last,
                node.task_kind, node.marks, links,
                *map(shape, node.children))  # fmt: skip

    zh, en = (compile_route(text, route_id="r")[0] for text in (CHINESE, ENGLISH))
    assert shape(zh.root) == shape(en.root)


def test_headings_right_under_lists_stay_headings_and_units_are_no_title() -> None:
    route, _ = compile_route("# Week 1: Intro\n- a\n# Week 2: More\n- b\n## Notes\n- c\n")
    assert spans(route, "week") == [(1, 1), (2, 2)]
    assert route.title == "route"


def test_parts_of_a_day_are_tasks_of_their_hours() -> None:
    route, _ = compile_route("# 七天\n### 🌞 Day 1 ｜ 开始\n上午：安装\n下午：第一个程序\n")
    tasks = [node for node in route.root.walk() if node.kind == "task"]
    assert [sorted(task.marks) for task in tasks] == [
        ["estimated", "morning"], ["afternoon", "estimated"],
    ]  # fmt: skip


def test_rows_may_be_weeks_and_columns_days() -> None:
    route, _ = compile_route(
        "# P\n| | Mon | Tue |\n|---|---|---|\n| Week 1 | a | b |\n| Week 2 | c | d |\n"
    )
    assert spans(route, "week") == [(1, 1), (2, 2)]
    assert spans(route, "day") == [(1, 1), (2, 2)] * 2


def test_stages_may_have_names_and_pictures_for_numbers() -> None:
    named, _ = compile_route("# R\n## Beginner Phase\n- a\n## Advanced Phase\n- b\n")
    assert [n.id for n in named.root.walk() if n.kind == "stage"] == ["stage-1", "stage-2"]
    pictured, _ = compile_route("# R\n## Phase 1️⃣: x\n- a\n## Phase 2️⃣: y\n- b\n")
    assert titles(pictured, "stage") == ["x", "y"]


def test_what_stands_in_two_languages_is_planned_once() -> None:
    weeks = "\n".join(f"### 第 {n} 周：主题 {n}\n- 学习主题 {n}" for n in range(1, 5))
    english = "\n".join(f"### Week {n}: topic {n}\n- Study topic {n}" for n in range(1, 5))
    route, report = compile_route(f"# R\n## 中文版\n{weeks}\n## English version\n{english}\n")
    assert len(spans(route, "week")) == 4
    assert len(route.tasks) == 4
    assert any("another language" in remark.text for remark in report.contradictions)


def test_a_document_in_a_fence_is_read_and_one_link_for_two_things_is_said() -> None:
    text = (
        "```markdown\n# Plan\n## Week 1\n- [Courses](https://example.org/a)\n```bash\nls\n```\n"
        "- [Something else](https://example.org/a)\n## Week 3\n- x\n```\nHope it helps!\n"
    )
    route, report = compile_route(text)
    assert spans(route, "week") == [(1, 1), (3, 3)]
    said = " ".join(remark.text for remark in report.contradictions)
    assert "2 different things" in said
    assert "week 2 is left out" in said
