"""Roadmaps typed into a chat: lines without signs, shares of time, lines glued under a list."""

import pytest

from zhixing.records import ImportReport, Node, Route
from zhixing.roadmap.compiling import compile_route
from zhixing.roadmap.printing import as_markdown

STAGES = (
    "第一阶段 编织 2周\n1、起针 平针 ✅\n2、收针\n\n"
    "第二阶段 配色 3周\n  提花\n  条纹\n每周：织一块样片\n"
)


def compiled(text: str) -> tuple[Route, ImportReport]:
    return compile_route(text, route_id="r")


def nodes(text: str, kind: str) -> list[Node]:
    return [node for node in compiled(text)[0].root.walk() if node.kind == kind]


def test_plain_lines_that_count_stages_hold_the_short_lines_below() -> None:
    first, second = nodes(STAGES, "stage")
    assert [node.title for node in first.children] == ["起针 平针", "收针"]
    assert [node.title for node in second.children][:2] == ["提花", "条纹"]
    assert "done" in first.children[0].marks
    assert "weekly" in second.children[2].marks
    assert sum(node.minutes or 0 for node in first.children) == 14 * 120


@pytest.mark.parametrize(
    "text",
    ["Week 1 Knitting\ncast on\nknit\nWeek 2 Colours\nstripes\n",
     "# My socks\nStage 1 Knitting\ncast on\nStage 2 Colours\nstripes\n",
     "Month 1 Knitting\ncast on\n\nMonth 2: Colours\nstripes\n"],
)  # fmt: skip
def test_such_heads_may_name_weeks_stages_or_months(text: str) -> None:
    assert "stripes" in [task.title for task in compiled(text)[0].tasks]
    assert (
        len([n for n in compiled(text)[0].root.walk() if n.kind in ("week", "stage", "month")]) == 2
    )


def test_a_diary_stays_without_tasks() -> None:
    text = "第一天 去山里\n我们很早出发，路上下雨。\n第二天 回家\n大家都累了，睡得很早。\n"
    assert compiled(text)[0].tasks == ()


def test_a_page_of_short_lines_is_a_list() -> None:
    route, _ = compiled("My knitting plan\n2 hours a day\nwool\nneedles\ncast on\n")
    assert route.title == "My knitting plan"
    assert [task.title for task in route.tasks] == ["wool", "needles", "cast on"]


@pytest.mark.parametrize(
    "text",
    ["wool\nneedles\n", "It rained.\nWe went home.\nAll was well.\n", "one,\ntwo,\nthree,\n"],
)
def test_sentences_and_two_words_are_no_list(text: str) -> None:
    assert compiled(text)[0].tasks == ()


def test_rows_between_pipes_without_a_rule_are_a_table_with_a_header() -> None:
    route, _ = compiled("# R\n| 周 | 内容 | 作业 |\n| 6 | 平针 | 一只袜子 |\n| 7 | 提花 | - |\n")
    weeks = [node for node in route.root.walk() if node.kind == "week"]
    assert [(week.first, week.title, week.line) for week in weeks] == [
        (6, "平针", 3),
        (7, "提花", 4),
    ]
    assert [task.title for task in route.tasks] == ["一只袜子", "提花"]


def test_daily_hours_in_the_head_of_a_part_are_the_pace() -> None:
    text = "# R\n## 第一阶段：平针（2周）———— 每天1小时\n- 起针\n## 第二阶段：提花（1周）\n- 条纹\n"
    route, report = compiled(text)
    assert [task.minutes for task in route.tasks] == [14 * 60, 7 * 60]
    assert report.assumed == ()


def test_a_week_of_a_month_gets_no_more_than_a_week() -> None:
    text = "# R\n8 hours a week\n## Month 1\nWeek 1: cast on - 3h\n- a\nWeek 2: knit\n"
    assert [task.minutes for task in compiled(text)[0].tasks] == [180, 480]


def test_stars_make_no_skill_of_what_states_its_hours() -> None:
    (task,) = compiled("# R\n- knitting: all the stitches (video, 3h) ⭐⭐⭐⭐⭐\n")[0].tasks
    assert task.minutes == 180


def test_weekly_work_and_projects_right_under_a_list_are_their_own() -> None:
    text = (
        "# R\n8 h a week\n## Month 1\n1. cast on\n2. knit\n"
        "weekly: read a chapter\nProject: a sock (10 hours)\n"
    )
    first, second, weekly, project = compiled(text)[0].tasks
    assert (second.title, weekly.recurring, weekly.minutes) == ("knit", "weekly", 60)
    assert (project.kind, project.minutes) == ("project", 600)
    assert (first.minutes or 0) > 600


def test_only_the_bracket_is_optional() -> None:
    whole, part = compiled("# R\n- lace (optional)\n- cables (optional: a paper on them)\n")[
        0
    ].tasks
    assert (whole.optional, part.optional, part.kind) == (True, False, "study")


def test_a_printed_name_of_a_second_reference_is_read_back() -> None:
    first, second = "- [ ] Study: [a](skill:x) (id:r/skill:x.2)", "- [ ] Study: [b](skill:x)"
    text = f"---\nid: r\n---\n# R\n{first}\n{second}\n"
    route = compile_route(text)[0]
    assert [task.id for task in route.tasks] == ["r/skill:x.2", "r/skill:x"]
    assert [task.id for task in compile_route(as_markdown(route))[0].tasks] == [
        "r/skill:x.2",
        "r/skill:x",
    ]


def test_a_title_may_stand_above_a_page_of_short_lines() -> None:
    route, _ = compiled("周末计划\n\n毛线\n棒针\n起针\n")
    assert (route.title, len(route.tasks)) == ("周末计划", 3)


def test_words_behind_an_address_are_kept() -> None:
    (node,) = nodes("# R\n- **资源**：<https://example.org> 慢慢看\n", "resource")
    assert "慢慢看" in node.title + str(node.details)
