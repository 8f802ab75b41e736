"""Times in words, marks of what is done, lines struck out, steps with arrows, and code."""

import pytest

from zhixing.records import Catalog, Route, Skill
from zhixing.roadmap.compiling import compile_route
from zhixing.roadmap.matching import match, references_of
from zhixing.roadmap.times import times_in
from zhixing.words import Bilingual


def compiled(text: str) -> Route:
    return compile_route(text, route_id="r")[0]


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("90min", 90), ("半天", 180), ("一天", 360), ("两个晚上", 240), ("2 个晚上", 240),
        ("1个周末", 720), ("周末两天", 720), ("half a day", 180), ("two evenings", 240),
        ("a weekend", 720), ("two hours", 120), ("一个半小时", 90), ("half an hour", 30),
        ("两个半天", 360), ("第一天", None), ("2 hours a day", None), ("5 days a week", None),
    ],
)  # fmt: skip
def test_a_time_may_be_said_in_words(text: str, minutes: int | None) -> None:
    assert times_in(text).total == minutes
    shown = f"# R\n| 任务 | 时间 |\n|--|--|\n| 起针 | {text} |\n"
    stated = [task.minutes for task in compiled(shown).tasks if not task.estimated]
    assert stated == [minutes] * (minutes is not None)


@pytest.mark.parametrize(
    ("line", "minutes"),
    [("读两章 90min", 90), ("读两章 半天", 180), ("knit, two evenings", 240),
     ("项目：两个晚上", 240), ("knit a sock in 24 hours", None), ("the first 3 days", None)],
)  # fmt: skip
def test_the_last_words_of_a_line_may_be_its_time(line: str, minutes: int | None) -> None:
    tasks = compiled(f"# R\n- {line}\n- b\n").tasks
    assert [task.minutes for task in tasks if not task.estimated] == [minutes] * bool(minutes)


def test_a_tick_in_a_row_is_of_its_tasks_only() -> None:
    rows = "| W1 | 起针 | ✅ |\n| W1 | 平针 | 未完成 |\n| W2 | 收针 | OK |\n"
    route = compiled(f"# R\n| 周 | 任务 | 状态 |\n|--|--|--|\n{rows}")
    assert {task.title: task.done for task in route.tasks} == {
        "起针": True, "平针": False, "收针": True,
    }  # fmt: skip


def test_a_tick_above_is_of_all_below_unless_one_is_open() -> None:
    text = "# R\n## Week 1\n- [x] a\n  - b\n- [x] c\n  - [ ] d\n### Day 2 ✅\n- e\n"
    route = compiled(text)
    assert {task.title: task.done for task in route.tasks} == {"b": True, "d": False, "e": True}


def test_what_is_struck_out_is_no_task_and_a_label_before_a_project_is_a_label() -> None:
    route = compiled("# R\n## Week 1\n- ~~起针~~\n- 【最后】项目：围巾\n- 平针\n")
    assert [task.kind for task in route.tasks] == ["project", "study"]


@pytest.mark.parametrize("sign", ["- ", ""])
def test_steps_with_arrows_are_tasks_of_their_own(sign: str) -> None:
    route = compiled(f"{sign}Learn Python (2 weeks) -> SQL (1 week)\n")
    first, second = route.tasks
    assert (first.title, second.title) == ("Learn Python (2 weeks)", "SQL (1 week)")
    assert first.minutes == 2 * second.minutes
    assert len(compiled("# R\n- needles -> yarn\n").tasks) == 1


TORCH = Catalog(
    skills={
        "pt": Skill("pt", "dl", Bilingual("张量", "torch"), 3, (), Bilingual("因", "why"), (), ())
    }
)


def test_code_is_no_skill_and_a_day_leaves_its_match_to_its_only_task() -> None:
    rows = "| 1 | torch | `torch.cuda.is_available()`=True |\n"
    route = compiled(f"# R\n| 天 | 任务 | 标准 |\n|--|--|--|\n{rows}")
    assert [one.node for one in match(route, TORCH)] == [route.tasks[0].id]
    assert references_of(["Torch", "张量", "wool"], TORCH) == {
        "Torch": "skill:pt", "张量": "skill:pt",
    }  # fmt: skip
