"""What one can do afterwards is a criterion; rest is no task; no number is taken by halves."""

import pytest

from zhixing.records import Route
from zhixing.roadmap.compiling import compile_route
from zhixing.roadmap.rests import is_rest
from zhixing.roadmap.results import is_result, say_can
from zhixing.roadmap.times import times_in


def read(text: str) -> Route:
    return compile_route(text, route_id="r")[0]


def kinds(text: str) -> list[tuple[str, str]]:
    route = read(text)
    return [(n.kind, n.title) for n in route.root.walk() if n.kind in ("task", "criterion")]


@pytest.mark.parametrize(
    "head",
    [
        "By the end of this week you can:", "**By the end you should be able to:**",
        "### After this week you will be able to", "学完你应该能：", "**本周结束时，你应该能够：**",
        "#### 完成标志", "#### 验收标准", "### Exit criteria", "You are done when:",
        "学完本阶段后应该掌握：",
    ],
)  # fmt: skip
@pytest.mark.parametrize("box", ["", "[ ] "])
def test_a_checklist_of_results_is_no_work(head: str, box: str) -> None:
    text = (
        f"# P\n\n## Week 1: HTTP\n- Read about verbs\n\n{head}\n\n- {box}explain a code\n- {box}x\n"
    )
    assert kinds(text) == [
        ("task", "Read about verbs"), ("criterion", "explain a code"), ("criterion", "x"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "head",
    ["Books you can read", "What you will learn", "Why you", "How can you help", "学习内容",
     "Day 1", "你会用到的工具", "Projects you can build"],
)  # fmt: skip
def test_other_heads_announce_no_results(head: str) -> None:
    assert not is_result(head)


def test_a_list_whose_lines_say_what_one_can_do_is_one() -> None:
    text = "# P\n\n## 第1周：语法\n- 变量\n\n### 检查清单\n- [ ] 能解释列表\n- [ ] 能写出循环\n"
    assert kinds(text)[1:] == [("criterion", "能解释列表"), ("criterion", "能写出循环")]
    assert say_can(["I can explain a list", "[x] I can sort", "can write a loop"])
    assert not say_can(["能量守恒", "会议纪要"])
    assert not say_can(["Read the docs", "I can sort"])


def test_a_week_that_holds_only_results_asks_for_them() -> None:
    text = "# P\n\n## Week 1: A\n\nYou can:\n- sort\n- search\n\n## Week 2: B\n- c\n"
    assert [task.title for task in read(text).tasks] == ["sort", "search", "c"]


def test_rest_is_no_task_and_its_week_stays() -> None:
    table = (
        "# P\n\n| Week | Topic | Hours |\n|---|---|---|\n| 1 | Arrays | 10 |\n| 2 | OFF | |\n"
        "| 3 | Break 🎉 | 0 |\n| 4 | Buffer week | |\n| 5 | Rest / buffer | |\n| 6 | Trees | 10 |\n"
    )
    route = read(table)
    assert [task.title for task in route.tasks] == ["Arrays", "Trees"]
    assert [n.first for n in route.root.walk() if n.kind == "week"] == [1, 2, 3, 4, 5, 6]


def test_days_of_rest_in_lists_are_no_tasks() -> None:
    days = ("周一：图", "周三：休息", "周五：堆", "周六：缓冲日", "周日：自由安排")
    text = "# 计划\n\n## 第1周\n" + "".join(f"- {day}\n" for day in days)
    assert [task.title for task in read(text).tasks] == ["图", "堆"]


@pytest.mark.parametrize(
    "title",
    ["REST", "REST API", "Break down the problem", "复习与休息", "Rest and review", "机动车",
     "Free CodeCamp", "Off-policy learning", "弹性布局", "buffer overflow", "Slack", "a plan"],
)  # fmt: skip
def test_what_only_sounds_like_rest_is_work(title: str) -> None:
    assert not is_rest(title, whole=True)


def test_one_line_among_others_must_say_more_than_one_word() -> None:
    text = "# P\n\n## Week 1: Loops\n- for\n- break\n- continue\n"
    assert [task.title for task in read(text).tasks] == ["for", "break", "continue"]


def test_numbers_with_commas_are_read_whole() -> None:
    assert times_in("1,200 minutes").total == 1200
    assert times_in("(1,000 hours)").total == 60_000
    assert read("# P\n\n## Phase 1 (1,200 hours)\n- y\n").tasks[0].minutes == 72_000


@pytest.mark.parametrize("length", ["24,000 weeks", "24000 weeks", "9999999 weeks", "500 years"])
def test_a_length_beyond_all_lives_is_told_and_estimated(length: str) -> None:
    for text in (f"# P\n\n## Phase 1 ({length})\n- a\n", f"# P\n\n## Phase 1\n- a ({length})\n"):
        route, report = compile_route(text, route_id="r")
        assert [task.minutes for task in route.tasks] == [60]
        assert any("no time that work can take" in str(one.why) for one in report.contradictions)


WEEK = "# P\n\n## Week 1: A\n\n| Day | Topic | Hours |\n|---|---|---|\n" + "".join(
    f"| {n} | topic {n} | 4h |\n" for n in range(1, 6)
)


@pytest.mark.parametrize(
    "more",
    [
        "Resources: [a course](https://example.org/c)\n",
        "**Weekly checklist:**\n\n- [ ] All is ready\n- [ ] Set up the study system\n",
        "**Check yourself**\n\n- [ ] Solved all problems\n- [ ] Comfortable with loops\n"
        "- [ ] Set up\n- [ ] Built a game\n",
    ],
)
def test_days_that_state_their_hours_are_all_that_a_week_takes(more: str) -> None:
    assert sum(task.minutes for task in read(f"{WEEK}\n{more}").tasks) == 20 * 60


def test_of_hours_that_are_added_up_the_sum_counts() -> None:
    text = "# P\n\n## Day 1\n- arrays\n- design\n\n✅ Total: **2.5h DSA + 4h SD = 6.5h**\n"
    assert sum(task.minutes for task in read(text).tasks) == 390


def test_hours_a_day_of_a_stretch_of_days_are_its_own() -> None:
    text = (
        "# P\n\n## Month 1: A\n\n**Week 1: B**\n\n* **Day 1-3:**\n    * **Topic:** x\n"
        "    * **Estimated Time to Complete:** 8 hours per day\n"
        "* **Day 4-7:**\n    * **Topic:** y\n"
        "    * **Estimated Time to Complete:** 1 hour per day\n"
    )
    days = {n.first: n.minutes for n in read(text).root.walk() if n.kind == "day"}
    assert days == {1: 24 * 60, 4: 4 * 60}


@pytest.mark.parametrize("line", ["Evening → Rest", "晚上：休息", "20:00–22:00 (2h) → Rest"])
def test_an_hour_of_rest_is_no_task(line: str) -> None:
    text = f"# P\n\n## Day 1\n- arrays\n- {line}\n"
    assert [task.title for task in read(text).tasks] == ["arrays"]


def test_rows_of_the_same_day_add_their_hours_up() -> None:
    table = (
        "# P\n\n| Day | Hours | Topic |\n|---|---|---|\n| Day 1 | 3h | arrays |\n"
        "| Day 1 | 1h | exercises |\n| Day 2 | 4h | lists |\n"
    )
    days = {n.first: n.minutes for n in read(table).root.walk() if n.kind == "day"}
    assert days == {1: 240, 2: 240}


def test_phases_of_minutes_are_those_of_a_session() -> None:
    rows = "| 1. Read | 5 min | a |\n| 2. Code | 15 min | b |\n"
    table = f"| Phase | Time | What |\n|---|---|---|\n{rows}"
    text = f"# P\n\n## Each hour\n\n{table}\n## Week 1: A\n- c\n\n## Week 2: B\n- d\n"
    assert {n.kind for n in read(text).root.walk()} >= {"week"}
    assert not any(n.kind == "stage" for n in read(text).root.walk())


def test_a_buffer_among_labelled_rows_does_not_cost_them_their_weeks() -> None:
    rows = ("第1周 | 数组", "第2周 | 链表", "缓冲 | 补进度", "第3周 | 树", "第4周 | 图")
    text = "# 计划\n\n| 时段 | 内容 |\n|---|---|\n" + "".join(f"| {row} |\n" for row in rows)
    route = read(text)
    assert [n.first for n in route.root.walk() if n.kind == "week"] == [1, 2, 3, 4]
