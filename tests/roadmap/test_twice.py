"""A plan that a document lays out twice is planned once: in full words, with the hours of both."""

import pytest

from zhixing.records import Node, Route
from zhixing.roadmap.compiling import compile_route

FULL = "\n".join(
    f"### Week {n}: {title}\n- Day 1: {a} (2 hours)\n- Day 2: {b} (2 hours)\n"
    for n, title, a, b in (
        (1, "Python basics", "variables", "loops"),
        (2, "Data structures", "lists", "dicts"),
        (3, "Algorithms", "sorting", "searching"),
    )
)
HEADED = "### Week 1: Python basics\n\n### Week 2: Data structures\n\n### Week 3: Algorithms\n"
LINES = "Week 1: Python basics\nWeek 2: Data structures\nWeek 3: Algorithms\n"
TABLE = "| Week | Topic |\n|---|---|\n| 1 | Python |\n| 2 | Structures |\n| 3 | Algorithms |\n"
ITEMS = "- Week 1: Python basics\n- Week 2: Data structures\n- Week 3: Algorithms\n"


def read(text: str) -> tuple[Route, list[tuple[int, str]]]:
    route, report = compile_route(text, route_id="r")
    return route, [(remark.line, remark.text) for remark in report.contradictions]


def weeks(route: Route) -> list[Node]:
    return [node for node in route.root.walk() if node.kind == "week"]


@pytest.mark.parametrize("overview", [HEADED, LINES, TABLE, ITEMS])
@pytest.mark.parametrize("first", [True, False])
def test_an_overview_is_not_planned_beside_the_plan(overview: str, first: bool) -> None:
    parts = [f"## Overview\n\n{overview}", f"## In detail\n\n{FULL}"]
    route, told = read("# Plan\n\n" + "\n".join(parts if first else parts[::-1]))
    assert len(route.tasks) == 6
    assert sum(task.minutes for task in route.tasks) == 720
    assert [node.first for node in weeks(route)] == [1, 2, 3]
    assert any("stands here once more" in text for _, text in told)


def test_hours_that_only_the_overview_states_count() -> None:
    table = (
        "| Week | Topic | Hours |\n|---|---|---|\n| 1 | A | 10 |\n| 2 | B | 12 |\n| 3 | C | 8 |\n"
    )
    full = "## Week 1: A\n- a\n- b\n\n## Week 2: B\n- c\n\n## Week 3: C\n- d\n"
    for text in (f"# P\n\n{table}\n{full}", f"# P\n\n{full}\n## Summary\n\n{table}"):
        route, _ = read(text)
        assert [node.minutes for node in weeks(route)] == [600, 720, 480]
        assert [task.minutes for task in route.tasks] == [300, 300, 720, 480]


def test_hours_that_differ_are_told_and_those_of_the_plan_count() -> None:
    table = "| Week | Hours |\n|---|---|\n| 1 | 10 |\n| 2 | 12 |\n"
    route, told = read(f"# P\n\n{table}\n## Week 1: A (5 hours)\n- a\n\n## Week 2: B\n- c\n")
    assert [task.minutes for task in route.tasks] == [300, 720]
    assert (5, "10 h are stated here and 5 h on line 8, for the same: line 8 counts") in told


def test_two_tables_with_the_same_weeks_are_one_plan() -> None:
    text = (
        "# 计划\n\n## 总览\n\n| 周次 | 主题 | 时长 |\n|---|---|---|\n"
        "| 第1周 | 数组 | 10-12 小时 |\n| 第2周 | 模型 | 10-12 小时 |\n"
        "| 第3周 | 树 | 10-12 小时 |\n\n## 每周安排\n\n| 周次 | 任务 |\n|---|---|\n"
        "| 第1周 | 学习索引<br>完成练习 |\n| 第2周 | 最小二乘<br>正则化 |\n"
        "| 第3周 | 分裂<br>提升 |\n"
    )
    route, _ = read(text)
    assert len(route.tasks) == 6
    assert [node.minutes for node in weeks(route)] == [660, 660, 660]


def test_stages_that_sum_up_weeks_hold_them() -> None:
    text = (
        "# P\n\n## At a glance\n\n### Phase 1 (Weeks 1-2): Python\n- syntax, tools\n\n"
        "### Phase 2 (Weeks 3-4): Web\n- HTTP, an API\n\n## Weekly plan\n\n"
        "- Week 1: syntax\n  - variables\n- Week 2: tools\n  - git\n"
        "- Week 3: HTTP\n  - requests\n- Week 4: an API\n  - flask\n"
    )
    route, _ = read(text)
    stages = [node for node in route.root.walk() if node.kind == "stage"]
    held = [[n.first for n in stage.walk() if n.kind == "week"] for stage in stages]
    assert held == [[1, 2], [3, 4]]
    assert [task.title for task in route.tasks] == ["variables", "git", "requests", "flask"]
    assert all(task.stage for task in route.tasks)


def test_ranges_of_days_are_the_overview_of_the_days() -> None:
    days = "".join(f"| {n} | {w} part {n} | 1h |\n" for n in range(1, 9)
                   for w in [("joins", "windows")[n > 4]])  # fmt: skip
    text = (
        "# SQL\n\n| Day | Topic |\n|---|---|\n| 1-4 | Joins |\n| 5-8 | Windows |\n\n## Daily\n\n"
        f"| Day | Task | Time |\n|---|---|---|\n{days}"
    )
    route, _ = read(text)
    assert sum(task.minutes for task in route.tasks) == 8 * 60


def test_ticks_of_a_tracker_are_those_of_the_plan() -> None:
    tracker = (
        "## Progress\n\n- [x] Week 1: Python basics\n- [ ] Week 2: Data structures\n"
        "- [ ] Week 3: Algorithms\n"
    )
    lists = FULL.replace("### Week", "- **Week").replace("\n- Day", "\n  - Day")
    lists = "\n".join(f"{x}**" if x.startswith("- **") else x for x in lists.split("\n"))
    route, _ = read(f"# Plan\n\n## Details\n\n{lists}\n{tracker}")
    assert [task.week for task in route.tasks if task.done] == [1, 1]
    assert len(route.tasks) == 6


@pytest.mark.parametrize(
    "text",
    [
        # two ways to choose from
        "# T\n\n## Beginner track\n\n- Week 1: read the tutorial\n- Week 2: write a script\n"
        "- Week 3: a game\n\n## Advanced track\n\n- Week 1: metaclasses of the object model\n"
        "- Week 2: event loops and async\n- Week 3: extensions in C\n",
        "# T\n\n## Fast version\n\n- Week 1: Python\n- Week 2: SQL\n- Week 3: Git\n\n"
        "## Slow version\n\n- Week 1: Python with all its exercises\n- Week 2: SQL, all joins\n"
        "- Week 3: Git with branches\n",
        # months that each count their weeks
        "# T\n\n## Python\n\n- Week 1: syntax\n- Week 2: classes\n- Week 3: tests\n\n"
        "## Web\n\n- Week 1: HTTP and its verbs\n- Week 2: databases behind it\n"
        "- Week 3: deployment to a server\n",
    ],
)
def test_what_is_another_plan_stays_one(text: str) -> None:
    route, told = read(text)
    assert len(weeks(route)) == 6
    assert not any("once more" in text for _, text in told)


def test_weeks_that_stand_in_ranges_add_their_hours_up() -> None:
    text = (
        "# P\n\n| Week | Focus | Hours |\n|---|---|---|\n| 1 | Python syntax | 5 |\n"
        "| 2 | Python classes | 6 |\n| 3 | SQL select | 5 |\n| 4 | SQL joins | 5 |\n\n"
        "## Weeks 1-2: Python\n- syntax of Python\n- classes and objects\n\n"
        "## Weeks 3-4: SQL\n- select and where\n- joins of all kinds\n"
    )
    route, _ = read(text)
    assert [(n.first, n.last, n.minutes) for n in weeks(route)] == [(1, 2, 660), (3, 4, 600)]


def test_a_list_of_books_by_stage_is_no_overview() -> None:
    text = (
        "# P\n\n## 阶段 0：基础\n- 语法\n\n## 阶段 1：进阶\n- 框架\n\n## 书\n\n"
        "| 书名 | 阶段 |\n|---|---|\n| 《甲》 | 阶段 0 |\n| 《乙》 | 阶段 0 |\n"
        "| 《丙》 | 阶段 1 |\n"
    )
    assert not any("once more" in text for _, text in read(text)[1])


def test_a_year_is_no_length() -> None:
    route, told = read("# 我的 2025 年计划（2025年）\n\n## 第1周：甲\n- 乙\n")
    assert told == []
    assert [task.minutes for task in route.tasks] == [840]


def test_each_part_of_the_day_asks_in_its_column() -> None:
    table = (
        "# P\n\n| Day | Morning (2 h) | Afternoon |\n|---|---|---|\n| Day 1 | arrays | lists |\n"
        "| Day 2 | Off | trees |\n| Day 3 | Rest | Rest |\n"
    )
    route, _ = read(table)
    assert [task.title for task in route.tasks] == ["arrays", "lists", "trees"]
    marks = [node.marks for node in route.root.walk() if node.task_kind]
    assert "morning" in marks[0]
    assert "afternoon" in marks[1]
