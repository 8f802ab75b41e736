"""What nobody can plan is said: impossible times, circles, JSON that is no drawing, lost marks."""

import json

import pytest

from zhixing.errors import Problem
from zhixing.roadmap.compiling import compile_route
from zhixing.roadmap.decoding import decode


@pytest.mark.parametrize(
    "amount",
    ["1000000000 h", "10^9 h", "1e9 hours", "99999 小时", "0 h", "-3 h", "0 分钟", "100,000 h"],
)
def test_a_time_that_no_work_can_take_is_reported_and_estimated(amount: str) -> None:
    route, report = compile_route(f"# R\n- write a compiler ({amount})\n", route_id="r")
    assert route.tasks[0].estimated
    assert [(r.line, "no time that work can take" in r.text) for r in report.contradictions] == [
        (2, True)
    ]


@pytest.mark.parametrize(
    "line", ["read (2-3 h)", "read (0.5 h)", "read - 3 h", "run 10:00 h", "read 1,000 pages (20 h)",
             "0-2 hours of rest", "version 3.0 homework", "see 10000 hits"]
)  # fmt: skip
def test_times_as_people_write_them_are_none_of_these(line: str) -> None:
    _, report = compile_route(f"# R\n- {line}\n", route_id="r")
    assert report.contradictions == ()


@pytest.mark.parametrize(
    ("line", "minutes"),
    [
        ("learn python 2 hours", 120), ("学习python 2小时", 120), ("看视频1.5小时", 90),
        ("2 场 60 分钟模拟面试", 120), ("one 90-minute mock exam", 90),
    ],
)  # fmt: skip
def test_a_bare_time_in_a_line_is_stated(line: str, minutes: int) -> None:
    (task,) = compile_route(f"# R\n- {line}\n", route_id="r")[0].tasks
    assert (task.minutes, task.estimated) == (minutes, False)


@pytest.mark.parametrize("line", ["睡前1小时不看手机", "第2小时休息", "rest after 2 hours of work"])
def test_a_time_that_is_said_of_something_else_is_not_its_own(line: str) -> None:
    tasks = compile_route(f"# R\n- {line}\n", route_id="r")[0].tasks
    assert all(task.estimated for task in tasks)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "text", ["# Plan\n## Week 1: read\n- a\n", "# 计划\n## 第一周：读书\n- 一本\n"]
)
def test_utf_16_that_lost_its_mark_is_read(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    "text", ['{"title": "x", "items": ["a", "b"]}', '["a", "b"]', '{\n  "a": 1\n}\n']
)
def test_json_without_nodes_is_a_problem_and_no_plan(text: str) -> None:
    with pytest.raises(Problem):
        compile_route(text, route_id="r")


def test_edges_in_a_circle_are_said_once_with_their_names() -> None:
    nodes = [
        {
            "id": name,
            "type": "topic",
            "position": {"x": 0, "y": at},
            "data": {"label": name.upper()},
        }
        for at, name in enumerate("abcd")
    ]
    pairs = ["ab", "bc", "ca", "cd", "dd"]
    edges = [{"source": pair[0], "target": pair[1]} for pair in pairs]
    drawing = json.dumps({"nodes": nodes, "edges": edges})
    route, report = compile_route(drawing, route_id="r")
    assert [task.title for task in route.tasks] == ["A", "B", "C", "D"]
    said = " ".join(str(remark.why) for remark in report.not_understood)
    assert len(report.not_understood) == 2
    assert "A → B → C → A" in said
    assert "D → D" in said


def test_a_long_chain_of_edges_is_followed_without_depth() -> None:
    nodes = [
        {
            "id": f"n{at}",
            "type": "topic",
            "position": {"x": 0, "y": at},
            "data": {"label": f"N{at}"},
        }
        for at in range(3000)
    ]
    edges = [{"source": f"n{at}", "target": f"n{(at + 1) % 3000}"} for at in range(3000)]
    report = compile_route(json.dumps({"nodes": nodes, "edges": edges}), route_id="r")[1]
    assert len(report.not_understood) == 1
