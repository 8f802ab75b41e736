"""What answers may try, and what must happen: not passed, nothing left, and a good answer after.

Each file in `softmax/` is named by what it tries; a file that does not define a function gets the
plainly wrong one of WRONG. So no check may pass.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from zhixing.grader.grading import Judge
from zhixing.records import Catalog, Lab, Limits

HERE = Path(__file__).parent
ATTACKS = sorted((HERE / "softmax").glob("*.py"))
WRONG = {
    "log_softmax": "def log_softmax(Z):\n    return Z * 0 + 0.5\n",
    "loss_and_gradient": "def loss_and_gradient(W, X, y):\n    return -1.0, W * 0 + 0.5\n",
    "masked_loss": ("def masked_loss(Z, y, ignore_index=-100):\n    return -1.0, Z * 0 + 0.5\n"),
}
LIMITS = Limits(cpu_seconds=1.0, wall_seconds=3.0, memory_mib=256)  # an honest one: 0.02 CPU s


@pytest.fixture(scope="module")
def lab(built_in: Catalog) -> Lab:
    return built_in.labs["dl-softmax-ce"]


@pytest.fixture
def outside(tmp_path: Path) -> Iterator[Path]:
    """A folder that links planted by an answer point to; it must survive the clean-up."""
    target = Path("/tmp/zhixing-hostile-target")
    target.mkdir(exist_ok=True)
    (target / "precious.txt").write_text("mine")
    yield target
    (target / "precious.txt").unlink()
    target.rmdir()


def text_of(attack: Path) -> str:
    text = attack.read_text(encoding="utf-8")
    missing = [
        w for name, w in WRONG.items() if f"def {name}" not in text and f"{name} =" not in text
    ]
    return "\n\n".join([text, *missing])


def test_there_are_at_least_twenty_kinds_of_attack() -> None:
    assert len(ATTACKS) >= 20


def test_the_plainly_wrong_answer_passes_no_check(judge: Judge, lab: Lab) -> None:
    verdict = judge.grade(lab, "\n\n".join(WRONG.values()))
    assert [c.name for c in verdict.checks if c.outcome == "pass"] == []


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda path: path.stem)
def test_no_attack_passes_a_check_and_a_good_answer_follows(
    attack: Path, judge: Judge, lab: Lab, outside: Path
) -> None:
    verdict = judge.grade(lab, text_of(attack), LIMITS)
    assert not verdict.passed
    assert [c.name for c in verdict.checks if c.outcome == "pass"] == []
    assert [c.name for c in verdict.checks] == list(lab.checks)
    assert "ATTACK-REACHED" not in verdict.output
    assert len(verdict.output) <= 4 * 65536
    assert processes_named("zhixing-lingering-child") == []
    assert (outside / "precious.txt").read_text() == "mine"
    assert judge.grade(lab, lab.solution).passed


def processes_named(mark: str) -> list[str]:
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                command = (entry / "cmdline").read_bytes()
            except OSError:
                continue
            if mark.encode() in command and int(entry.name) != os.getpid():
                found.append(entry.name)
    return found
