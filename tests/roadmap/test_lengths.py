"""A length that is said sets the estimates: what a unit asks for fills its days or weeks."""

import pytest

from zhixing.records import ImportReport, Route
from zhixing.roadmap.compiling import compile_route

DAYS = "## 阶段一：环境（第1-7天）\n- a\n- b\n## 阶段二：数据（第8-18天）\n- c\n"


def compiled(text: str) -> tuple[Route, ImportReport]:
    return compile_route(text, route_id="r")


def hours(text: str) -> list[float]:
    """Hours of the topmost stages, months, weeks and days."""
    route = compiled(text)[0]
    minutes = {task.id: task.minutes for task in route.tasks}
    units = [n for n in route.root.children if n.kind in ("stage", "month", "week", "day", "note")]
    sums = [sum(minutes.get(below.id, 0) for below in unit.walk()) / 60 for unit in units]
    return [each for each in sums if each]


def test_days_in_a_heading_are_filled_at_two_hours_a_day_and_that_is_said() -> None:
    route, report = compiled(f"# 18 天\n{DAYS}")
    assert hours(f"# 18 天\n{DAYS}") == [14, 22]
    assert all(task.estimated for task in route.tasks)
    (remark,) = report.assumed
    assert remark.line == 2
    assert "2 h a day" in remark.text


@pytest.mark.parametrize(
    ("pace", "wanted"),
    [
        ("每天学习 3 小时", [21, 33]),
        ("每周 7 小时", [7, 11]),
        ("每周学习 5 天，每天 1.4 小时", [7, 11]),
        ("（每日学习时间建议：3-4小时）", [24.5, 38.5]),
        ("| **每周总计** | **7小时** | |", [7, 11]),
        ("- **Weekly commitment**: 6-8 hours", [7, 11]),
    ],
)
def test_a_stated_pace_fills_them_instead_and_nothing_is_assumed(
    pace: str, wanted: list[float]
) -> None:
    text = f"# 计划\n{pace}\n\n{DAYS}"
    assert hours(text) == pytest.approx(wanted, abs=0.02)
    assert compiled(text)[1].assumed == ()


@pytest.mark.parametrize(
    "line", ["- 每天 30 分钟复习", "Weekly review: 30 minutes", "每周复盘：1 小时"]
)
def test_work_that_comes_back_is_no_pace(line: str) -> None:
    assert hours(f"# 计划\n{DAYS}## 建议\n{line}\n")[:2] == [14, 22]


def test_hours_that_are_stated_win_and_the_rest_shares_what_is_left() -> None:
    route, _ = compiled("# R\n## Week 1: a\n- read (4 h)\n- write\n- draw\n")
    assert [(task.minutes, task.estimated) for task in route.tasks] == [
        (240, False), (300, True), (300, True),
    ]  # fmt: skip
    assert hours("# R\n## Phase 1: a (3 weeks, 6 h)\n- b\n- c\n") == [6]


def test_parts_share_what_their_parent_has_by_their_own_lengths() -> None:
    text = "# R\n5 h/week\n## Month 1: a\n### Week 1\n- b\n### Week 2-4\n- c\n- d\n- e\n"
    route, _ = compiled(text)
    first, *rest = (task.minutes for task in route.tasks)
    assert first + sum(rest) == 300 * 4  # no week is longer than a week
    assert sum(rest) == pytest.approx(3 * first, abs=20)


def test_many_small_things_in_a_day_take_no_more_than_the_day() -> None:
    items = "".join(f"- thing {n}\n" for n in range(8))
    assert hours(f"# R\n## Day 1: a\n{items}## Day 2: b\n- c\n") == [2, 2]


@pytest.mark.parametrize(
    ("head", "wanted"),
    [
        ("## Python basics (2 weeks)", 28), ("## Year 1: Foundations", 730), ("## Q1: Basics", 182),
        ("## Phase 1: Basics (July 1 – July 10)", 20), ("## 阶段一：基础（3月–4月）", 122),
    ],
)  # fmt: skip
def test_lengths_are_said_in_many_ways(head: str, wanted: float) -> None:
    other = head.replace("1", "2", 1).replace("一", "二", 1)
    assert hours(f"# R\n{head}\n- a\n{other}\n- b\n")[0] == pytest.approx(wanted, rel=0.01)


def test_the_whole_may_state_the_only_length() -> None:
    route, report = compiled("# Learn SQL in 10 days\n## Part 1: a\n- x\n## Part 2: b\n- y\n- z\n")
    assert sum(task.minutes for task in route.tasks) == 10 * 120
    assert len(report.assumed) == 1


def test_every_day_of_a_unit_counts() -> None:
    route, _ = compiled("# R\n- Week 1: scales, 20 min a day\n- Week 2-3: chords, 30 min a day\n")
    assert [(task.minutes, task.estimated) for task in route.tasks] == [(140, False), (420, False)]
    daily = "# 计划\n## 第 1 周：a\n### 每日任务建议\n- 复习（1 小时）\n## 第 2 周：b\n- c\n"
    assert compiled(daily)[0].tasks[0].minutes == 7 * 60


def halves(first: str, second: str) -> tuple[Route, ImportReport]:
    zh = "".join(f"### 阶段{n}：主题{n}（第{n}天）\n- 学习主题{n}\n" for n in range(1, 4))
    en = "".join(f"### Phase {n}: topic {n} (Day {n})\n- Study topic {n}\n" for n in range(1, 4))
    return compiled(f"{first}{zh}{second}{en}")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("# R\n## 中文版\n", "## English version\n"),
        ("# 计划\n", "# Plan\n"),
        ("# R\n", ""),
    ],
    ids=["two sections", "two titles", "one after the other"],
)
def test_only_one_half_of_two_languages_is_planned_and_knows_the_other(
    first: str, second: str
) -> None:
    route, report = halves(first, second)
    stages = [node for node in route.root.walk() if node.kind == "stage"]
    assert [node.title for node in stages] == ["主题1（第1天）", "主题2（第2天）", "主题3（第3天）"]
    assert dict(stages[0].details)["en"] == "topic 1 (Day 1)"
    assert [task.title for task in route.tasks] == ["学习主题1", "学习主题2", "学习主题3"]
    assert any("another language" in remark.text for remark in report.contradictions)
