"""Plans by the calendar: dates name units where heads of one level do, and go forwards."""

import pytest

from zhixing.records import Route
from zhixing.roadmap.compiling import compile_route

Span = tuple[str, int | None, int | None]


def units(text: str) -> list[Span]:
    route = compile_route(text, route_id="r")[0]
    kinds = ("stage", "month", "week", "day")
    return [(n.kind, n.first, n.last) for n in route.root.walk() if n.kind in kinds]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("7月1日–7月15日：Python", "7月16日–7月31日：数据"),
        ("7月1日-15日 Python", "7月16日-31日 数据"),
        ("七月一日至七月十五日", "七月十六日至七月三十一日"),
        ("July 1 – July 15", "July 16 – July 31"),
        ("July 1–15: Python", "July 16–31: data"),
        ("1 July - 15 July: Python", "16 July - 31 July: data"),
        ("2025/07/01-07/15", "2025/07/16-07/31"),
        ("2025-07-01 ~ 2025-07-15 Python", "2025-07-16 ~ 2025-07-31 data"),
        ("Python（7月1日–7月15日）", "数据（7月16日–7月31日）"),
    ],
)
@pytest.mark.parametrize("form", ["## {}\n- a\n", "**{}**\n- a\n\n"])
def test_ranges_of_dates_are_days_counted_from_the_first(one: str, two: str, form: str) -> None:
    text = "# 计划\n" + form.format(one) + form.format(two)
    assert units(text) == [("day", 1, 15), ("day", 16, 31)]
    route = compile_route(text, route_id="r")[0]
    assert [task.minutes for task in route.tasks] == [15 * 120, 16 * 120]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("九月", "十月：机器学习"), ("9月：基础", "10月：进阶"), ("2025年12月", "2026年1月"),
        ("September 2025", "October 2025: ML"), ("November", "December"), ("2025-09", "2025-10"),
        ("12月", "1月"),
    ],
)  # fmt: skip
def test_months_of_the_calendar_are_months_in_their_order(one: str, two: str) -> None:
    assert units(f"# P\n## {one}\n- a\n## {two}\n- b\n") == [("month", 1, 1), ("month", 2, 2)]


def test_weeks_may_be_called_by_the_day_they_begin() -> None:
    text = "# P\n## Week of September 1\n- a\n## Week of September 8: loops\n- b\n"
    assert units(text) == [("week", 1, 1), ("week", 2, 2)]


def test_single_dates_are_days_and_days_left_out_are_no_contradiction() -> None:
    text = "# 打卡\n### 9月25日（已完成）\n- a\n### 9月27日\n- b\n### 9月28日\n- c\n"
    assert units(text) == [("day", 1, 1), ("day", 3, 3), ("day", 4, 4)]
    route, report = compile_route(text, route_id="r")
    assert [task.done for task in route.tasks] == [True, False, False]
    assert report.contradictions == ()


def test_items_and_rows_may_be_called_by_dates() -> None:
    listed = "# P\n- 7月1日–7月5日：变量\n- 7月6日–7月10日：函数\n"
    assert units(listed) == [("day", 1, 5), ("day", 6, 10)]
    rows = "# P\n| 时间 | 内容 |\n|---|---|\n| 8.1-8.10 | 线代 |\n| 8.11-8.31 | 概率 |\n"
    assert units(rows) == [("day", 1, 10), ("day", 11, 31)]


def test_rows_that_repeat_their_week_are_one_and_letters_are_its_days() -> None:
    rows = "| 1 | M | 4/1 | Intro |\n| 1 | W | 4/3 | Loops |\n| 2 | Th | 4/11 | Lists |\n"
    text = f"# S\n| Week | Day | Date | Topic(s) |\n|-|-|-|-|\n{rows}"
    assert units(text) == [
        ("week", 1, 1), ("day", 1, 1), ("day", 3, 3), ("week", 2, 2), ("day", 4, 4),
    ]  # fmt: skip
    route = compile_route(text, route_id="r")[0]
    assert [task.title for task in route.tasks] == ["Intro", "Loops", "Lists"]


def test_a_cell_may_name_the_week_of_its_weekday() -> None:
    rows = (
        "| Week 9 周一 | 1h | 选题 |\n| Week 9 周日 | 2h | 报告 |\n| Week 10 周一 | 1h | 优化 |\n"
    )
    text = f"# P\n### Week 9-10: 项目\n| 日期 | 时长 | 任务 |\n|-|-|-|\n{rows}"
    assert units(text) == [("week", 9, 10), ("day", 1, 1), ("day", 7, 7), ("day", 8, 8)]


@pytest.mark.parametrize(
    "text",
    [
        "# Changes\n## 2025-07-16\n- fixed b\n## 2025-07-01\n- added a\n",
        "# Tool\n## News\n- 2025-05-01: we release 1.0\n- 2025-06-01: we release 1.1\n",
        "# 日记\n## 3月4日\n今天下雨。\n## 3月5日\n今天晴。\n",
        "# Notes\n## May I help you?\n- yes\n## March forward\n- no\n",
        "# Book\n## 3.1-3.5 Functions\n- a\n## 3.6-3.9 Classes\n- b\n",
        "# Talk\n## July 1\nCome and listen.\n",
    ],
    ids=["changes", "news", "diary", "words", "sections", "one date"],
)
def test_dates_that_plan_nothing_name_no_unit(text: str) -> None:
    assert units(text) == []


CHART = """\
```mermaid
gantt
    title Learn the cloud
    dateFormat YYYY-MM-DD
    excludes weekends
    %% a remark
    section Basics
    \tData structures: 2024-04-01, 14d
        Networks :done, crit, n1, after d1, 4w
    section Exam
        SOA : a1, 2024-06-01, 10d
        DOP: a2, after a1, 2024-06-21
        Ready :milestone, after a2, 0d
        Talk: 2h
```
"""


def test_a_gantt_chart_gives_stages_and_tasks_that_last() -> None:
    route = compile_route(CHART, route_id="r")[0]
    assert route.title == "Learn the cloud"
    assert [(n.kind, n.title, n.line) for n in route.root.children] == [
        ("stage", "Basics", 7), ("stage", "Exam", 10),
    ]  # fmt: skip
    assert [task.title for task in route.tasks] == [
        "Data structures", "Networks", "SOA", "DOP", "Talk",
    ]  # fmt: skip
    data, networks, soa, dop, talk = route.tasks
    assert (data.minutes + networks.minutes, networks.done) == (42 * 120, True)
    assert networks.minutes == 2 * data.minutes
    assert (soa.minutes, dop.minutes, talk.minutes, talk.estimated) == (1145, 1145, 120, False)
    assert [n.title for n in route.root.walk() if n.kind == "milestone"] == ["Ready"]


def test_a_chart_above_headings_that_lay_out_the_plan_is_an_overview() -> None:
    route: Route = compile_route(f"# R\n{CHART}\n## Week 1: a\n- b\n", route_id="r")[0]
    assert [task.title for task in route.tasks] == ["b"]
