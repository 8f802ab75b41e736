"""Bytes and documents that nobody wrote for us: words, never a traceback, never a long wait."""

import json
from collections.abc import Callable
from contextlib import suppress

import pytest

from zhixing.errors import Problem
from zhixing.roadmap.compiling import compile_route
from zhixing.roadmap.decoding import decode
from zhixing.roadmap.reading import LARGEST_BYTES

PLAN = "# 计划\n## 第1周：学习\n- 任务\n"
MOST_CALLS = 600
"""A letter, of the worst of them: work grows with the length of a document, not with its square."""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gbk", "gb18030"])
def test_a_plan_is_read_in_any_encoding_people_save_it_in(encoding: str) -> None:
    assert compile_route(decode(PLAN.encode(encoding)))[0].title == "计划"


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (b"", "empty"),
        (b" \n\n ", "empty"),
        (b"%PDF-1.7 ...", "no text"),
        (b"PK\x03\x04 zip", "no text"),
        (b"abc\0def", "no text"),
        (b"\xff\xfe\0", "no text"),
        (b"\x80\xff\xff", "no text"),
        (b"x" * (2 * LARGEST_BYTES + 1), "too large"),
    ],
)
def test_bytes_that_are_no_text_are_a_problem(raw: bytes, what: str) -> None:
    with pytest.raises(Problem) as caught:
        decode(raw)
    (letter,) = caught.value.letters
    assert what in str(letter.what)
    assert str(letter.next_step)


@pytest.mark.parametrize(
    "text",
    [
        ">" * 10_000 + " x", "- " * 10_000 + "x", "\n".join("  " * n + "- x" for n in range(2_000)),
        "a" * 2_000_000, "*" * 100_000, "[" * 100_000, "[a](" * 30_000,
        "|" * 50_000 + "\n" + "|-" * 25_000,
        "`a``b" * 30_000, "<a " * 50_000, "<!-- " * 30_000, "#" * 100_000, "Week 1 " * 50_000,
        "⭐ " * 50_000, "http://" * 50_000, "├── x\n" * 5_000, "a：" * 50_000, "1-" * 50_000,
        "# Week 1\n## Day 1\n" * 2_000, "7月1日-" * 30_000, "## 7月1日\n- x\n" * 3_000,
        "```mermaid\ngantt\nsection a\n" + "b :x, after x, 9999d\n" * 20_000 + "```\n",
        "weekly " * 40_000 + ": 3 h", "0 h " * 60_000, "## 1月\n" + "(" * 3_000 + "3月" * 3_000,
        "**" + "a" * 100_000 + "**", "（" * 50_000,
    ],
    ids=lambda text: text[:8].strip(),
)  # fmt: skip
def test_a_hostile_document_is_read_or_refused_without_end_of_work(
    text: str, calls_of: Callable[[Callable[[], object]], int]
) -> None:
    def read() -> None:
        with suppress(Problem):
            compile_route(text)

    assert calls_of(read) < MOST_CALLS * max(len(text), 1_000)


def test_json_that_nests_without_end_is_a_problem() -> None:
    with pytest.raises(Problem):
        compile_route('{"nodes":' + "[" * 100_000)


GRAPH = {
    "nodes": [
        {"id": "t", "type": "title", "position": {"x": 0, "y": 0}, "data": {"label": "Data"}},
        {"id": "b", "type": "topic", "position": {"x": 0, "y": 300}, "data": {"label": "Maths"}},
        {"id": "a", "type": "topic", "position": {"x": 0, "y": 100}, "data": {"label": "Python"}},
        {"id": "s", "type": "subtopic", "position": {"x": 9, "y": 290}, "data": {"label": "Lists"}},
        {"id": "n", "type": "subtopic", "position": {"x": 9, "y": 310}, "data": {"label": "Sums"}},
        {"id": "l", "type": "vertical", "position": {"x": 0, "y": 5}, "data": {}},
        {"id": "c", "type": "button", "position": {"x": 0, "y": 400},
         "data": {"label": "Next", "href": "https://example.org/next"}},
        {"id": "e", "type": "topic", "position": {"x": 0, "y": 500}, "data": {"label": ""}},
    ],
    "edges": [{"source": "a", "target": "s"}],
    "progress": {"done": ["s"]},
}  # fmt: skip
CONTENT = {
    "lists@s": {
        "title": "Lists",
        "description": "ordered things",
        "links": [{"title": "Docs", "url": "https://docs.python.org/3/", "type": "article"}],
    }
}


def test_a_drawing_in_json_is_a_route_in_the_order_it_is_drawn() -> None:
    route, report = compile_route(json.dumps(GRAPH, indent=1), content=json.dumps(CONTENT))
    assert route.title == "Data"
    skills = [node for node in route.root.children if node.kind == "skill"]
    assert [(s.title, [c.title for c in s.children]) for s in skills] == [
        ("Python", ["Lists"]), ("Maths", ["Sums"]),
    ]  # fmt: skip
    lists = skills[0].children[0]
    assert [(n.kind, n.title) for n in lists.children] == [
        ("note", "ordered things"), ("resource", "Docs"),
    ]  # fmt: skip
    assert [(task.title, task.done, task.estimated) for task in route.tasks] == [
        ("Lists", True, True), ("Sums", False, True),
    ]  # fmt: skip
    assert route.root.children[-1].links[0].url == "https://example.org/next"
    assert [str(remark.why) for remark in report.not_understood] == ["the node has no label"]


@pytest.mark.parametrize("text", ['{"nodes": 7}', '{"nodes": [1, null, {"id": 3}], "edges": {}}'])
def test_a_broken_drawing_is_an_empty_route(text: str) -> None:
    assert compile_route(text)[0].tasks == ()


def test_a_drawing_that_is_no_json_says_where() -> None:
    with pytest.raises(Problem) as caught:
        compile_route('{"nodes": [\n{"id": }]}')
    assert str(caught.value.letters[0].where) == "line 2"
