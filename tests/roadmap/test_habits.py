"""Habits of people who write roadmaps, one a test: what they mean by it is what is planned."""

import pytest

from zhixing.records import ImportReport, Route
from zhixing.roadmap.compiling import compile_route


def compiled(text: str) -> tuple[Route, ImportReport]:
    return compile_route(text, route_id="r")


def tasks(text: str) -> list[str]:
    return [task.title for task in compiled(text)[0].tasks]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# 📘 Learn to Knit 🧶\n## Week 1: a\n- b\n", "Learn to Knit"),
        ('<h1 align="center">Learn to Knit</h1>\n\n## Notes\n- b\n', "Learn to Knit"),
        ('<img src="x.png" alt="Knitting Course">\n\n## Notes\n- b\n', "Knitting Course"),
        ("![build passing](x.svg)\n\n## Knitting plan\n- b\n", "Knitting plan"),
        ("### Knitters' Society\n\n# Contents\n- [a](#a)\n\n# Yarn\n- b\n", "Knitters' Society"),
        ("# **Knit in 6 Months (1 h a day)**\n## **Goal:**\n- c\n", "Knit in 6 Months (1 h a day)"),
    ],
)  # fmt: skip
def test_a_roadmap_is_called_what_its_page_is_called(text: str, title: str) -> None:
    assert compiled(text)[0].title == title


def test_an_overview_with_chapters_below_it_is_the_path() -> None:
    chapters = "### 1. 准备\n- 买毛线\n### 2. 起针\n- 起二十针\n"
    assert tasks(f"# 织围巾\n## 学习路径概览\n{chapters}## 学习建议\n- 慢慢来\n") == [
        "买毛线",
        "起二十针",
    ]
    assert tasks("# 织围巾\n## 概览\n- 一共两章\n## 第一周\n- 起针\n") == ["起针"]


def test_a_line_before_a_list_of_projects_is_none_of_them() -> None:
    text = "# 织\n## 3. 实战项目\n- 建议从小的开始：\n  1. 杯垫\n  2. 围巾\n"
    assert tasks(text) == ["杯垫", "围巾"]


def test_footnotes_and_the_tree_of_a_repository_ask_for_nothing() -> None:
    text = (
        "# R\n## Week 1: a\n- cast on [1]\n- [1] or let somebody cast on\n"
        "## Project Structure\n```\n├── yarn/   # wool\n└── needles/\n```\n"
    )
    assert tasks(text) == ["cast on [1]"]


def test_rows_are_called_by_their_words_and_last_as_long_as_they_say() -> None:
    route, _ = compiled(
        "# R\n| Get | 课程安排 | 参考用时 | 达成目标 |\n|-|-|-|-|\n"
        "| √ | 起针 | 1d | 会起针 |\n| | 平针 | 2d | 织十行 |\n| | 收针 | / | 会收针 |\n"
    )
    assert [task.title for task in route.tasks] == ["起针", "平针", "收针"]
    assert [task.done for task in route.tasks] == [True, False, False]
    first, second, _ = route.tasks
    assert second.minutes == 2 * first.minutes
    assert [task.estimated for task in route.tasks] == [False, False, True]


def test_a_linked_first_column_names_its_row() -> None:
    rows = "| Notebook | Description |\n|-|-|\n| [Knit](https://a.org/k) | All of it |\n"
    text = f"# R\n## Books\n{rows}"
    node = next(n for n in compiled(text)[0].root.walk() if n.kind == "resource")
    assert node.title == "Knit"


def test_a_phase_of_six_weeks_takes_more_than_its_three_lines() -> None:
    route, _ = compiled("# R\n## Phase 1: Wool (6 weeks)\n- a\n- b\n- c\n## Phase 2: Lace\n- d\n")
    assert sum(task.minutes for task in route.tasks[:3]) == 6 * 7 * 120
    assert all(task.estimated for task in route.tasks)
    paced, _ = compiled(
        "# R\n2 hours/week\n## Phase 1: Wool (6 weeks)\n- a\n- b\n## Phase 2\n- d\n"
    )
    assert sum(task.minutes for task in paced.tasks[:2]) == 6 * 120


def test_a_book_after_its_sort_is_called_by_its_title_and_a_chapter_is_no_book() -> None:
    books = "- 使用教材：《棒针基础》（某社）\n- 《花样大全》第 3 章\n"
    text = f"# R\n## 第一周：针法\n**资料**：\n{books}"
    whole, chapter = compiled(text)[0].tasks
    assert whole.title.startswith("《棒针基础》")
    assert chapter.minutes < whole.minutes


def test_pairs_in_pipes_and_lines_under_one_sign_are_lists() -> None:
    route, _ = compiled(
        "# R\n## Week 1: a\n|Lessons | [Cast on](https://a.org/c)|\n|Projects | A scarf|\n"
        "## Week 2: b\n🔹 **Projects:**  \n✅ **A hat**  \n✅ **A glove**\n"
    )
    assert [task.title for task in route.tasks] == [
        "Lessons: Cast on",
        "A scarf",
        "A hat",
        "A glove",
    ]
    assert [task.kind for task in route.tasks][1:] == ["project"] * 3
    assert not any(task.done for task in route.tasks)


def test_minutes_of_a_film_and_weeks_after_a_wave_are_read() -> None:
    route, _ = compiled("# R\n## Week 1: a\n- [Watch. Time: 1:50 hours](https://a.org/v)\n")
    assert [task.minutes for task in route.tasks] == [110]
    text = "# R\n|Title|Duration|\n|-|-|\n|Wool|~1 week|\n|Lace|~2 weeks|\n"
    wool, lace = compiled(text)[0].tasks
    assert lace.minutes == 2 * wool.minutes


def test_a_week_with_nothing_but_goals_asks_for_them() -> None:
    assert tasks("# R\n## Week 1\nGoals:\n- knit a row\n- purl a row\n## Week 2: b\n- c\n") == [
        "knit a row", "purl a row", "c",
    ]  # fmt: skip


def test_a_lone_week_counts_where_other_lists_count_weeks() -> None:
    text = "# R\n## 五月\n- 第1周：a\n- 第2周：b\n- 第3周：c\n## 六月\n- 第4周：d\n- 最后不做新题\n"
    weeks = [n.first for n in compiled(text)[0].root.walk() if n.kind == "week"]
    assert weeks == [1, 2, 3, 4]


def test_badges_sponsors_and_licences_are_no_tasks() -> None:
    badge = "[![Build](https://img.example.org/b.svg)](https://ci.example.org)"
    text = f"# R\n{badge} {badge}\n\n1. Cast on\n\n## Sponsors\n- [Wool](https://w.org)\n"
    assert tasks(f"{text}## License\n- MIT\n## 赞助\n- 买杯咖啡\n") == ["Cast on"]


def test_what_is_optional_makes_all_below_it_optional() -> None:
    text = "# R\n## 阶段 1：基础\n- a\n## 阶段 2：深入（可选，1–3 个月）\n- b\n"
    route, _ = compiled(f"{text}## Optional: more\n- c\n")
    assert [task.optional for task in route.tasks][:2] == [False, True]


def test_a_label_closes_the_days_above_it_and_is_no_task() -> None:
    days = "Days 1-4: Learn (8 hours).\nDays 5-7: Practise (6 hours).\n"
    text = (
        f"# R\n## Week 1: a\n{days}Study materials:\nRead chapter 1 (2 hours).\n## Week 2: b\n- c\n"
    )
    route, report = compiled(text)
    assert [task.minutes for task in route.tasks][:3] == [480, 360, 120]
    assert [task.day for task in route.tasks][:3] == [1, 5, 0]
    assert report.contradictions == ()


def test_a_label_whose_contents_stand_in_a_quote_is_no_task() -> None:
    text = "# R\n## Day 1: a\n- 参考\n> [起针的教程](https://a.org/x)\n\n## Day 2: b\n- 读书\n"
    assert tasks(text) == ["起针的教程", "读书"]


def test_schedules_to_choose_from_are_planned_and_said() -> None:
    one, two = ("## Fast\n### Month 1: a\n- b\n", "## Slow\n### Month 1: c\n- d\n")
    route, report = compiled(f"# R\n{one}{two}")
    assert len(route.tasks) == 2
    assert [remark.line for remark in report.contradictions] == [5]


def test_a_table_that_names_the_weeks_of_headings_is_an_overview() -> None:
    rows = "| 阶段一 | 第 1 周 | 起针 |\n| 阶段二 | 第 2 周 | 平针 |\n"
    table = f"| 阶段 | 时间 | 目标 |\n|-|-|-|\n{rows}"
    text = f"# 织\n## 概览\n{table}## 第 1 周：起针\n- a\n## 第 2 周：平针\n- b\n"
    assert tasks(text) == ["a", "b"]


def test_a_topic_beside_its_task_only_names_the_day() -> None:
    rows = "| 周一 | 1h | 平针 | 织十行 |\n| 周二 | 1h | 收针 | 收一次 |\n"
    table = f"| 日期 | 时长 | 学习内容 | 任务 |\n|-|-|-|-|\n{rows}"
    text = f"# 织\n## 第 1 周\n{table}## 第 2 周：b\n- c\n"
    route, _ = compiled(text)
    assert [(task.title, task.minutes) for task in route.tasks][:2] == [
        ("织十行", 60),
        ("收一次", 60),
    ]
    assert [node.title for node in route.root.walk() if node.kind == "day"] == ["平针", "收针"]


def test_an_introduction_to_something_is_a_lesson() -> None:
    first = "## Year 1: a\n### Introduction to knitting\n- cast on\n"
    text = f"# R\n{first}## Year 2: b\n### Overview of lace\n- c\n"
    assert tasks(text) == ["cast on", "c"]
    assert tasks("# R\n## Introduction\n- hello\n## Week 1: a\n- b\n") == ["b"]


def test_two_phases_in_one_heading_are_a_stage() -> None:
    route, _ = compiled("# R\n## Phase 1: a\n- b\n## Phase 2-3: c\n- d\n## 阶段 4-5：e\n- f\n")
    assert [node.id for node in route.root.walk() if node.kind == "stage"] == [
        "stage-1", "stage-2", "stage-4",
    ]  # fmt: skip


def test_open_boxes_ask_wherever_they_stand() -> None:
    text = "# R\n## Week 1: a\n- b\n## Week 2: c\n- d\n## What to do then\n- [ ] knit\n- [x] purl\n"
    assert tasks(text) == ["b", "d", "knit", "purl"]


def test_weeks_that_became_headings_hold_no_later_week() -> None:
    text = "清单\nW1-W2｜起针，每天40分钟\n- 看视频\nW3｜平针\nW4-W6｜收针\n- 做围巾\n"
    weeks = [node for node in compiled(text)[0].root.walk() if node.kind == "week"]
    assert [(week.first, week.last) for week in weeks] == [(1, 2), (3, 3), (4, 6)]
    assert not any(child.kind == "week" for week in weeks for child in week.children)
