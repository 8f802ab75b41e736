"""What compiling promises about the grammar of built-in routes, in both languages."""

import pytest

from zhixing.records import Link, Node, Route, Task
from zhixing.roadmap.compiling import compile_route

CHINESE = """\
---
id: sixteen
pace: 15 h/week
directions: [cv, nlp]
---
# 16 周：从数学到能跑的模型
> 规则：周一至周五学新内容，周六练习。 (rule:weekday-new)
> 规则：先手写，
> 再用库。（rule:by-hand）

一段普通的话，见[课程](res:strang)。

## 阶段 1：线性代数 (weeks 1–6)
### Week 1 · 看得见的线性代数
#### Day 1 (1 h 35 min)
- [ ] 学习：[向量与线性组合](skill:la-vectors) (45 min) · [视频 1–2](res:3b1b) · 记住三个词
- [ ] 实验：[线性组合](lab:la-rank#combine) (40 min)
- [x] 笔记：一句话说清“张成”（10 分钟） (note) (id:span-in-one-line)
#### 第 2–5 天（3 小时）
- [ ] 学习：[向量](skill:la-vectors) （1.5 小时, 晚上）
- [ ] [线性组合](lab:la-rank#combine)（1 小时 30 分钟）
- [ ] 测验：[秩](quiz:rank) (20 min) （选做）
#### 周末 (2 h 30 min)
- [ ] 短文：[含义](lab:pca-meaning) (project, 2 h 30 min)
### 第 5–6 周：矩阵
#### Day 1
- [ ] 论文：[读一篇](paper:attention) (1 h)
### 里程碑：第 6 周 (milestone:m1)
- ✅ 手写两层网络 (lab:dl-mnist-mlp)
每周：读 1–2 篇论文 (paper, weekly) · 算法两题 (lab:py-algorithms, weekly) · direction: cv → 分割
"""
ENGLISH = """\
---
id: sixteen
pace: 15 h/week
directions: [cv, nlp]
---
# Sixteen weeks
> Rule: new things from Monday to Friday. (rule:weekday-new)
> Rule: by hand first,
> then the library. (rule:by-hand)

Plain words, see the [course](res:strang).

## Stage 1: Linear algebra (weeks 1–6)
### Week 1 · Linear algebra you can see
#### Day 1 (1 h 35 min)
- [ ] Study: [vectors and their sums](skill:la-vectors) (45 min) · [1–2](res:3b1b) · keep 3 words
- [ ] Lab: [combinations](lab:la-rank#combine) (40 min)
- [x] Note: say in one line what a span is (10 min) (note) (id:span-in-one-line)
#### Day 2–5 (3 h)
- [ ] Study [vectors](skill:la-vectors) (1.5 h, evening)
- [ ] [combinations](lab:la-rank#combine) (1 h 30 min)
- [ ] Quiz: [rank](quiz:rank) (20 min) (optional)
#### Weekend (2 h 30 min)
- [ ] Essay: [meaning](lab:pca-meaning) (project, 2 h 30 min)
### Week 5-6: Matrices
#### Day 1
- [ ] Paper: [read one](paper:attention) (1 h)
### Milestone: week 6 (milestone:m1)
- ✅ a two-layer network by hand (lab:dl-mnist-mlp)
Weekly: read a paper (paper, weekly) · algorithm (lab:py-algorithms, weekly) · direction: cv → masks
"""


@pytest.fixture(params=[CHINESE, ENGLISH], ids=["zh", "en"])
def route(request: pytest.FixtureRequest) -> Route:
    compiled, report = compile_route(request.param)
    assert report.not_understood == ()
    assert report.contradictions == ()
    return compiled


def compiled_tasks(lines: str, front: str = "---\nid: r\n---\n") -> tuple[Task, ...]:
    return compile_route(front + lines)[0].tasks


def nodes(route: Route, kind: str) -> list[Node]:
    return [node for node in route.root.walk() if node.kind == kind]


def test_front_matter_and_language_are_read(route: Route) -> None:
    assert route.id == "sixteen"
    assert route.pace_minutes_per_week == 15 * 60
    assert route.directions == ("cv", "nlp")
    assert route.language == ("zh" if "周" in route.title else "en")


def test_tasks_are_named_after_their_first_link_and_numbered_when_repeated(route: Route) -> None:
    assert [task.id for task in route.tasks] == [
        "sixteen/skill:la-vectors",
        "sixteen/lab:la-rank#combine",
        "sixteen/note:span-in-one-line",
        "sixteen/skill:la-vectors.2",
        "sixteen/lab:la-rank#combine.2",
        "sixteen/quiz:rank",
        "sixteen/lab:pca-meaning",
        "sixteen/paper:attention",
        "sixteen/paper:weekly",
        "sixteen/lab:py-algorithms",
    ]


def test_kind_comes_from_the_mark_then_the_word_then_the_link(route: Route) -> None:
    assert [task.kind for task in route.tasks] == [
        "study", "lab", "note", "study", "lab", "quiz", "project", "paper", "paper", "lab",
    ]  # fmt: skip


def test_hours_are_understood_in_both_languages(route: Route) -> None:
    assert [task.minutes for task in route.tasks] == [45, 40, 10, 90, 90, 20, 150, 60, 0, 0]
    assert [day.minutes for day in nodes(route, "day")] == [95, 180, 150, None]


def test_weeks_and_days_carry_first_and_last(route: Route) -> None:
    assert [(n.first, n.last) for n in nodes(route, "stage")] == [(1, 6)]
    assert [(n.first, n.last) for n in nodes(route, "week")] == [(1, 1), (5, 6)]
    assert [(n.first, n.last) for n in nodes(route, "day")] == [(1, 1), (2, 5), (6, 7), (1, 1)]


def test_tasks_know_where_they_stand(route: Route) -> None:
    assert {task.stage for task in route.tasks} == {"stage-1"}
    assert [task.week for task in route.tasks] == [1] * 7 + [5, 0, 0]
    assert [task.day for task in route.tasks] == [1, 1, 1, 2, 2, 2, 6, 1, 0, 0]
    assert [task.id for task in route.tasks if task.weekend] == ["sixteen/lab:pca-meaning"]


def test_flags_are_optional_recurring_and_done(route: Route) -> None:
    assert [task.id for task in route.tasks if task.optional] == ["sixteen/quiz:rank"]
    assert [task.recurring for task in route.tasks] == [""] * 8 + ["weekly"] * 2
    assert [task.kind for task in route.tasks if task.done] == ["note"]
    assert [sorted(node.marks) for node in nodes(route, "task")][3] == ["evening"]


def test_title_is_the_readable_first_part_and_links_are_all_of_them(route: Route) -> None:
    first = route.tasks[0]
    chinese = route.language == "zh"
    assert first.title == ("向量与线性组合" if chinese else "vectors and their sums")
    label = "视频 1–2" if chinese else "1–2"
    assert first.links == (Link("skill:la-vectors", first.title), Link("res:3b1b", label))
    assert route.tasks[2].title in ("一句话说清“张成”", "say in one line what a span is")


def test_words_behind_a_dot_are_a_note_below_the_task(route: Route) -> None:
    task = nodes(route, "task")[0]
    assert [note.title for note in task.children] in (["记住三个词"], ["keep 3 words"])


def test_rules_criteria_milestones_and_directions_are_nodes(route: Route) -> None:
    assert [rule.id for rule in nodes(route, "rule")] == ["rule:weekday-new", "rule:by-hand"]
    assert nodes(route, "rule")[1].title in ("先手写，再用库。", "by hand first, then the library.")
    (milestone,) = nodes(route, "milestone")
    assert milestone.id == "milestone:m1"
    assert [c.links[0].url for c in nodes(route, "criterion")] == ["lab:dl-mnist-mlp"]
    assert milestone.children[0].kind == "criterion"
    assert "direction:cv" in [node.id for node in nodes(route, "note")]


def test_lines_are_those_of_the_document(route: Route) -> None:
    source = (CHINESE if route.language == "zh" else ENGLISH).split("\n")
    for node in route.root.walk():
        own_words = node.title.split()[0].split("，")[0]
        assert own_words in source[node.line - 1] or node.kind == "day"


def test_headings_without_words_are_called_after_their_unit(route: Route) -> None:
    titles = ["第 1 天", "第 2–5 天", "周末", "第 1 天"]
    if route.language == "en":
        titles = ["Day 1", "Day 2–5", "Weekend", "Day 1"]
    assert [day.title for day in nodes(route, "day")] == titles


@pytest.mark.parametrize("dash", ["-", "–", "—", "~", "至", " – ", "－"])
def test_ranges_are_understood_with_any_dash(dash: str) -> None:
    route, _ = compile_route(f"---\nid: r\n---\n## Week 5{dash}6 · x\n## 第 7{dash}8 周\n")
    expected = [(5, 6), (7, 8)]
    assert [(week.first, week.last) for week in nodes(route, "week")] == expected


@pytest.mark.parametrize(
    ("heading", "first", "title"),
    [
        ("Week 5 - 2 ways to fit a line", 5, "2 ways to fit a line"),
        ("周 5：第 2 次复习", 5, "第 2 次复习"),
        ("Week 12 Optimisers", 12, "Optimisers"),
        ("week 3 — the [rank](skill:la-rank)", 3, "the rank"),
    ],
)
def test_what_follows_the_number_is_the_title(heading: str, first: int, title: str) -> None:
    (week,) = nodes(compile_route(f"## {heading}\n")[0], "week")
    assert (week.first, week.last, week.title) == (first, first, title)


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        ("(2 h 30 min)", 150),
        ("(45 min)", 45),
        ("(1.5 h)", 90),
        ("（1 小时 45 分钟）", 105),
        ("(2 小时)", 120),
        ("（40分钟）", 40),
        ("(1h30m)", 90),
        ("(2 hours, optional)", 120),
        ("(about 20 minutes)", 20),
        ("(约 2 小时)", 120),
    ],
)
def test_minutes_of_a_task(written: str, minutes: int) -> None:
    (task,) = compiled_tasks(f"- [ ] Study: [x](skill:x) {written}\n")
    assert (task.title, task.minutes) == ("x", minutes)


@pytest.mark.parametrize(
    "written", ["(Strang, 45 min)", "(2–3 h)", "(12)", "(99999 h)", "\\(45 min)"]
)
def test_a_bracket_that_is_not_all_marks_stays_among_the_words(written: str) -> None:
    (task,) = compiled_tasks(f"- [ ] Study: [x](skill:x) {written}\n")
    assert task.title == f"x {written.removeprefix(chr(92))}"
    assert task.minutes == 0


def test_a_task_keeps_its_id_when_it_moves_to_another_day() -> None:
    lines = ["- [ ] Lab: [a](lab:a) (1 h)", "- [ ] Note: b (id:b)", "- [ ] Quiz: [c](quiz:c)"]
    one = compiled_tasks("## Week 1\n### Day 1\n{}\n{}\n### Day 2\n{}\n".format(*lines))
    two = compiled_tasks(
        "## Week 1\n### Day 1\n{1}\n## Week 2\n### Day 2\n{2}\n{0}\n".format(*lines)
    )
    assert {task.id for task in one} == {task.id for task in two}


def test_an_imported_document_numbers_the_tasks_that_carry_no_id() -> None:
    document = (
        "# Plan\n## Week 2\n### Day 3\n- [ ] Watch it (1 h)\n- [ ] [x](lab:x)\n- [ ] Quiz: y\n"
    )
    route, report = compile_route(document, route_id="mine")
    assert [task.id for task in route.tasks] == [
        "mine/study:2-3-1",
        "mine/lab:x",
        "mine/quiz:2-3-3",
    ]
    assert report.not_understood == ()


def test_arguments_win_over_the_front_matter() -> None:
    document = "---\nid: theirs\nlanguage: en\n---\n## Week 1\n- [ ] Lab: [a](lab:a)\n"
    route, _ = compile_route(document, language="zh", route_id="ours")
    assert (route.id, route.language) == ("ours", "zh")
    assert route.tasks[0].id == "ours/lab:a"


def test_optional_is_inherited_from_the_heading() -> None:
    tasks = compiled_tasks(
        "## Week 1\n### Day 1 (optional)\n- [ ] [a](lab:a)\n### Day 2\n- [ ] [b](lab:b)\n"
    )
    assert [task.optional for task in tasks] == [True, False]


def test_line_ends_and_the_byte_order_mark_make_no_difference() -> None:
    windows = "\ufeff" + CHINESE.replace("\n", "\r\n")
    old_mac = CHINESE.replace("\n", "\r")
    assert compile_route(windows) == compile_route(CHINESE) == compile_route(old_mac)


def test_code_and_brackets_in_words_are_left_alone() -> None:
    (task,) = compiled_tasks("- [ ] Study: [`x[0]` and **y**](skill:x) of `f(45 min)` (10 min)\n")
    assert (task.title, task.minutes) == ("`x[0]` and y of `f(45 min)`", 10)


def test_no_matter_how_deep_lists_nest_there_is_a_report() -> None:
    document = "\n".join(
        "  " * depth + f"- [ ] Lab: [x{depth}](lab:x{depth})" for depth in range(400)
    )
    route, report = compile_route(document)
    assert len(route.tasks) + len(report.not_understood) == 400
    assert len(route.tasks) > 5
