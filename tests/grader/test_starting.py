"""Promises of how a judge and its fork servers wake up, and of what is left afterwards."""

import sys
import time
from pathlib import Path
from typing import Any

import pytest

from zhixing.grader import ground, processes, rooms, starting
from zhixing.grader.grading import Judge
from zhixing.grader.starting import Expected
from zhixing.records import Limits

linux = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing is forked")
CHECK = "def check_it(answer):\n    assert answer.it() == 1\n"
RIGHT = "def it():\n    return 1\n"


EXPECTED = [
    None, Expected(()), Expected(("numpy",)), Expected(("numpy",), ("threads", "exec")),
]  # fmt: skip


@pytest.mark.parametrize("expected", EXPECTED)
def test_what_a_door_expects_comes_over_the_command_line(expected: Expected | None) -> None:
    assert starting.read_words(starting.words("full", "fork", expected)) == (
        "full", "fork", expected,
    )  # fmt: skip


@linux
@pytest.mark.parametrize("expected", [None, Expected(()), Expected(("numpy",)), Expected(("no",))])
def test_any_expectation_gives_the_same_verdict_and_one_fork_server(
    make_lab: Any, expected: Expected | None
) -> None:
    lab = make_lab(RIGHT, CHECK, packages=())
    with Judge(expected=expected) as judge:
        assert judge.grade(lab, RIGHT).passed
        the_keeper = only(children_of(judge.process.pid))
        assert len(children_of(the_keeper)) == 1
        assert judge.grade(lab, RIGHT).passed


@linux
def test_a_judge_that_nobody_asks_leaves_nothing() -> None:
    for wait in (0.0, 0.1, 0.6):
        judge = Judge(expected=Expected(("numpy",)))
        time.sleep(wait)
        family = processes.descendants(judge.process.pid)
        judge.close()
        until = time.monotonic() + 5
        while any(map(processes.alive, family)) and time.monotonic() < until:
            time.sleep(0.01)
        assert not any(map(processes.alive, family))


@linux
def test_the_end_of_a_judge_is_soon(make_lab: Any) -> None:
    judge = Judge()
    assert judge.grade(make_lab(RIGHT, CHECK, packages=()), RIGHT).passed
    judge.close()
    assert judge.process.returncode == 0  # it ended by itself, nobody lost patience


def test_after_the_time_is_over_no_check_makes_a_process(make_lab: Any) -> None:
    checks = "\n".join(f"def check_{name}(answer):\n    answer.it()" for name in ("a", "b", "c"))
    lab = make_lab(RIGHT, checks, packages=())
    with Judge() as judge:
        verdict = judge.grade(lab, "while True:\n    pass\n", Limits(wall_seconds=0.4))
    outcomes = [check.outcome for check in verdict.checks]
    assert outcomes == ["error", "skipped", "skipped"]
    assert [check.cpu_seconds for check in verdict.checks[1:]] == [0.0, 0.0]


@linux
def test_ground_keeps_small_objects_side_by_side() -> None:
    before = len(ground.HELD)
    ground.lay(4)
    assert len(ground.HELD) == before + 4
    del ground.HELD[before:]


def test_packs_are_found_where_packages_say_what_they_offer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = tmp_path / "a_pack-1.0.dist-info" / "entry_points.txt"
    said.parent.mkdir()
    said.write_text(
        "[console_scripts]\nx = other:main\n\n[zhixing.packs]\nmine = a_pack\nmore = b_pack [x]\n"
    )
    (tmp_path / "a_pack").mkdir()
    (tmp_path / "a_pack" / "__init__.py").touch()
    monkeypatch.syspath_prepend(str(tmp_path))
    assert tmp_path / "a_pack" in rooms._our_packages()
    hidden = {Path(path) for path, _ in rooms._but_ours([str(tmp_path)])}
    assert tmp_path / "a_pack" not in hidden
    assert rooms._our_packages() >= {Path(__file__).parents[2] / "src" / "zhixing_curriculum"}


def children_of(pid: int) -> set[int]:
    return {child for child, parent in processes.parents().items() if parent == pid}


def only(those: set[int]) -> int:
    (one,) = those
    return one
