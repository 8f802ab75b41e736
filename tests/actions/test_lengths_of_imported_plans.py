"""A roadmap that says how many days its parts last keeps them in the plan and along its dates."""

from datetime import date

import pytest

from zhixing.actions import planning
from zhixing.actions.desk import Desk
from zhixing.actions.importing import keep, understood
from zhixing.actions.planning import Wishes
from zhixing.actions.standing import with_plan
from zhixing.actions.timelines import timeline

MONDAY = date(2026, 12, 7)
FIRST = "### 阶段一：环境（第1-10天）\n- a\n- b\n"
STAGES = f"# 30 天\n## 路线图\n{FIRST}### 阶段二：数据（第11-30天）\n- c\n"
DATES = "# 夏\n## 7月1日–7月10日：a\n- b\n## 7月11日–7月30日：c\n- d\n"


def begun(desk: Desk, text: str) -> None:
    keep(desk, text, "mine", {})
    planning.begin_route(desk, Wishes(route="mine", hours_per_week=14.0, start=MONDAY))


@pytest.mark.parametrize(
    ("text", "titles"),
    [(STAGES, ["环境（第1-10天）", "数据（第11-30天）"]), (DATES, ["a", "c"])],
    ids=["stages in a chapter", "stretches of dates"],
)
def test_thirty_days_take_about_thirty_days_and_are_shown_by_their_stages(
    desk: Desk, text: str, titles: list[str]
) -> None:
    begun(desk, text)
    spans = timeline(desk).spans
    assert [span.title for span in spans] == titles
    assert 28 <= (with_plan(desk)[2].finish - MONDAY).days + 1 <= 40


def test_what_was_assumed_stands_in_the_report(desk: Desk) -> None:
    assert [remark.line for remark in understood(desk, STAGES).report.assumed] == [3]
