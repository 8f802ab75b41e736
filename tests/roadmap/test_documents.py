"""Promises about any document whatever, of the grammar or not."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from zhixing.records import Node, Route
from zhixing.roadmap.compiling import compile_route
from zhixing.roadmap.printing import as_markdown

BEGINNINGS = [
    "", "", "- [ ] ", "- [ ] Lab: ", "- [x] 学习：", "- [ ] Study ", "* [ ] 笔记：", "- ", "  - ",
    "  - [ ] Quiz: ", "    - ", "- ✅ ", "- [x] ✅ ", "> ", "> Rule: ", "> 规则：", "# ", "## ",
    "### ", "## Stage 2: ", "## 阶段 1：", "### Week 3 · ", "### 第 5–6 周 ", "### Weeks 7-8: ",
    "#### Day 1 ", "#### Day 2–5 ", "#### 第 3 天 · ", "#### Weekend ", "#### 周末 · ",
    "### Milestone: ", "### 里程碑：", "每周：", "Weekly: ", "direction: cv → ", "1. ", "***",
    "```", "| a | b |", "<b>", "   ", "===", "**Week 2** ", "- **Day 3:** ", "- Day 4: ",
    "**资源**：",
   
    "## 资源 ", "## Projects ", "| --- | --- |", "| Week | Topic |", "## 技能点 1：", "  - 📖 ",
]  # fmt: skip
SNIPPETS = [
    "vectors", "向量", "(45 min)", "（1 小时 45 分钟）", "(Strang, 45 min)", "(1.5 h, optional)",
    "(选做)", "(weekly)", "(paper, weekly)", "(note)", "(id:span)", "(id:span-2)", "(weeks 1–4)",
    "（第 1–4 周）", "(milestone:m1)", "(rule:r)", "(lab:x#y)", "(quiz:q, morning)",
    "[x](skill:la-vectors)", "[视频](res:3b1b)", "[**b** `c[0]`](lab:x#part)", "[](brief:b)",
    "[doc](https://example.org/a_(b)?c=d)", "<https://example.org>", "[x](<a>)", "[a](b c)",
    " · ", "·", "`a · b`", "``x`y``", "`", "**bold**", "**", "a*b", "C#", "#", "\\(45 min)", "\\",
    "&amp;", "&middot;", "&#12304;", "Week 3", "每周：", "direction: cv → x", "✅", "[ ]", "Study:",
    "12. x", "- y", "> z", "→", "规则：", "2026", "⭐⭐⭐", "(15 hours)", "https://example.org/x，y",
    "[r][1]", "OK", "已完成", "第三周", "<br>", "(4 ★)", "(node:skill)", "(mark:x)", "(detail)",
]  # fmt: skip
AWKWARD = st.text(
    st.sampled_from("aZ词 （）()[]{}*_`#>-+·:：.!|\\&;<~=~&12周✅→\u3000\xa0"), max_size=9
)


any_text = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t"))


def literally(text: str) -> str:
    """Any text as words of a line, without using the code under test."""
    return "".join(f"&#x{ord(character):X};" for character in text)


words = st.one_of(
    st.sampled_from(SNIPPETS),
    st.sampled_from(SNIPPETS).map(literally),
    AWKWARD,
    AWKWARD.map(literally),
    st.text(max_size=6).map(literally),
)
lines = st.builds(
    str.__add__, st.sampled_from(BEGINNINGS), st.lists(words, max_size=4).map(" ".join)
)
front_matters = st.sampled_from(
    [
        "",
        "---\nid: some-route\npace: 15 h/week\ndirections: [cv, nlp]\n---\n# Title\n",
        "---\nid: b\nlanguage: zh\npace: 每周 7 小时 30 分钟\n---\n",
    ]
)
documents = st.builds(
    str.__add__, front_matters, st.lists(st.one_of(lines, st.just("")), max_size=14).map("\n".join)
)


def said(node: Node) -> str:
    """All words and addresses of a tree."""
    return " ".join(
        [n.title + " ".join(link.label + " " + link.url for link in n.links) for n in node.walk()]
        + [f"{name} {words}" for n in node.walk() for name, words in n.details]
    )


def without_lines(route: Route) -> Route:
    def bare(node: Node) -> Node:
        return replace(node, line=0, children=tuple(bare(child) for child in node.children))

    tasks = tuple(replace(task, line=0) for task in route.tasks)
    return replace(route, root=bare(route.root), tasks=tasks)


@settings(max_examples=300)
@given(documents)
def test_a_route_survives_being_written_down_and_compiled_again(document: str) -> None:
    route, _ = compile_route(document)
    written = as_markdown(route)
    again, report = compile_route(written)
    assert without_lines(again) == without_lines(route), written
    assert all(remark.text.startswith("#") for remark in report.not_understood), written


@settings(max_examples=300)
@given(documents | any_text)
def test_every_line_is_part_of_a_node_or_reported(document: str) -> None:
    _, report = compile_route(document)
    document = document.removeprefix("\ufeff")  # the mark of an encoding, no word
    written = [line for line in document.split("\n") if line.replace(">", "").strip()]
    assert report.understood + len(report.not_understood) == len(written)
    for remark in report.not_understood:
        assert remark.text == document.split("\n")[remark.line - 1].strip()


@settings(max_examples=300)
@given(st.lists(lines, max_size=14))
def test_no_word_is_lost_in_silence(some_lines: list[str]) -> None:
    marked = [f"{line} word{number}." for number, line in enumerate(some_lines, start=1)]
    route, report = compile_route("\n".join(marked), route_id="r")
    reported = {remark.line for remark in report.not_understood}
    for number in range(1, len(marked) + 1):
        assert number in reported or f"word{number}." in said(route.root), marked[number - 1]


@settings(max_examples=100)
@given(documents)
def test_ids_are_unique_and_tasks_are_the_task_nodes(document: str) -> None:
    route, _ = compile_route(document)
    nodes = list(route.root.walk())
    assert len({node.id for node in nodes}) == len(nodes)
    assert [t.id for t in route.tasks] == [node.id for node in nodes if node.task_kind]
