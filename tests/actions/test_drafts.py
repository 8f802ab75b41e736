"""Drafts of roadmaps outlive whatever ends the program; a damaged one harms no other."""

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from zhixing.actions import drafts
from zhixing.actions.drafts import Draft
from zhixing.errors import Problem
from zhixing.records import Mend

AT = datetime(2026, 12, 7, 19, tzinfo=UTC)


def draft(number: int = 1, size: int = 0) -> Draft:
    text = f"# 第 {number} 份\n- 学习矩阵（2 小时）\n" + "x" * size
    mends = {
        "own/study:1": Mend(2, title="矩阵", minutes=90, kind="lab"),
        "week-1": Mend(1, kind=""),
    }
    return Draft(f"own-{number}", text, {"own/study:1": "线性代数"}, mends, True, "第一份")


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    drafts.put(tmp_path, draft(), AT)
    found = drafts.get(tmp_path, draft().name)
    assert found is not None
    assert found.at == AT
    assert (found.text, found.typed, found.mends) == (draft().text, draft().typed, draft().mends)
    assert (found.again, found.title) == (True, "第一份")


def test_half_of_a_character_is_read_again(tmp_path: Path) -> None:
    odd = Draft("own", "# a\n- \ud800 b\n")
    drafts.put(tmp_path, odd, AT)
    found = drafts.get(tmp_path, odd.name)
    assert found is not None
    assert found.text == odd.text


@pytest.mark.parametrize("name", ["", "..", "../../etc/passwd", "0" * 19, "0" * 20, "Z" * 20])
def test_a_name_that_is_none_is_no_draft(tmp_path: Path, name: str) -> None:
    assert drafts.get(tmp_path, name) is None
    drafts.throw_away(tmp_path, name)


DAMAGES = {
    "nothing": b"",
    "a half": b'{"route": "own-2", "te',
    "no text": b"\xff\xfe\x00",
    "another shape": b'{"route": 3}',
    "deep": b"[" * 200_000,
    "another text": b'{"route": "own-2", "text": "changed"}',
}


@pytest.mark.parametrize("content", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_draft_is_said_and_the_others_are_there(tmp_path: Path, content: bytes) -> None:
    for number in (1, 2, 3):
        drafts.put(tmp_path, draft(number), AT)
    (tmp_path / "drafts" / f"{draft(2).name}.json").write_bytes(content)
    found = {one.name: one for one in drafts.listed(tmp_path)}
    assert {name for name, one in found.items() if one.draft} == {draft(1).name, draft(3).name}
    why = found[draft(2).name].why
    assert why is not None
    assert "damaged" in why.render("en")
    with pytest.raises(Problem, match="damaged"):
        drafts.get(tmp_path, draft(2).name)
    drafts.put(tmp_path, draft(2), AT)
    assert drafts.get(tmp_path, draft(2).name) is not None


def test_the_oldest_make_room_and_the_newest_stays(tmp_path: Path, monkeypatch) -> None:
    for number in range(drafts.MOST_DRAFTS + 3):
        drafts.put(tmp_path, draft(number), AT)
        moment = 1_700_000_000 + number
        os.utime(tmp_path / "drafts" / f"{draft(number).name}.json", (moment, moment))
    names = [one.draft.route for one in drafts.listed(tmp_path) if one.draft]
    assert names == [f"own-{n}" for n in range(drafts.MOST_DRAFTS + 2, 2, -1)]
    monkeypatch.setattr(drafts, "MOST_BYTES", 3_000)
    drafts.put(tmp_path, draft(99, size=5_000), AT)
    assert [one.draft.route for one in drafts.listed(tmp_path) if one.draft] == ["own-99"]


def test_what_a_killed_program_left_half_written_is_cleared(tmp_path: Path) -> None:
    drafts.put(tmp_path, draft(), AT)
    left = tmp_path / "drafts" / f".{draft(2).name}.77"
    left.write_bytes(b"half")
    old = datetime.now(UTC) - timedelta(hours=1)
    os.utime(left, (old.timestamp(), old.timestamp()))
    drafts.put(tmp_path, draft(3), AT)
    assert not left.exists()


def test_forgetting_leaves_nothing(tmp_path: Path) -> None:
    drafts.put(tmp_path, draft(), AT)
    (tmp_path / "drafts" / f".{draft(2).name}.77").write_bytes(b"half")
    drafts.forget_all(tmp_path)
    assert not (tmp_path / "drafts").exists()


WRITER = """
import sys, itertools
from datetime import UTC, datetime
from pathlib import Path
from zhixing.actions import drafts
from zhixing.actions.drafts import Draft
text = "# a long one\\n" + "- a line of it (1 h)\\n" * 20_000
at = datetime(2026, 12, 7, tzinfo=UTC)
for number in itertools.count():
    drafts.put(Path(sys.argv[1]), Draft("own", text, {"node": str(number)}), at)
    print(number, flush=True)
"""


def test_no_kill_leaves_a_draft_half_written(tmp_path: Path) -> None:
    """The program is killed at ten moments while it writes the same draft over and over."""
    for again in range(10):
        running = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE, text=True
        )
        assert running.stdout is not None
        last = int(running.stdout.readline())
        time.sleep(0.003 * again)
        os.kill(running.pid, signal.SIGKILL)
        told = [int(line) for line in running.communicate()[0].splitlines(keepends=True)
                if line.endswith("\n")]  # fmt: skip
        (found,) = drafts.listed(tmp_path)
        assert found.draft is not None
        assert int(found.draft.typed["node"]) >= max([last, *told])
