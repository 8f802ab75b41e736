"""What answers may try, and what must happen: not passed, nothing left, and a good answer after.

Each file in `softmax/` is named by what it tries; one that does not define a function gets the
plainly wrong one of WRONG. So no check may pass. The other folders hold attacks on labs that allow
more than computing (threads, processes, other programs, a loopback), whose answers talk to a
witness, are programs or services, or train with torch. Those in `files/` say which files they are
(FILES); what they leave out is plainly wrong.

Lines at the head of an attack: `# needs: LEVEL` is the lowest level at which it must not get where
it wants to go (without it: at every level); once there it prints ATTACK-REACHED. `# twice`: graded
twice, it looks for what it left. `# does not load`: its text alone is the attack. `# diagnosed`:
its slip is looked for at every level (else at level process, and at full for a third of those that
forge: replays take their time).
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from runpy import run_path
from typing import Any

import pytest

from zhixing.bundles import joined
from zhixing.grader import isolation
from zhixing.records import Catalog, Lab, Limits

HERE = Path(__file__).parent
SANDBOXES = ("threads", "processes", "exec", "loopback")
PACKAGES = {"witness": "asyncio", "service": "fastapi", "torch": "torch"}
PROFILES = (*SANDBOXES, "witness", "program", "service", "torch", "files")
ASKED = {name: (name,) for name in SANDBOXES} | {
    "loopback": ("loopback", "threads"),
}
"""What the lab of a folder asks for."""
LEVELS = isolation.ORDER
LIMITS = Limits(cpu_seconds=0.5, wall_seconds=1.0, memory_mib=192)  # an honest one: 0.02 CPU s
WRONG = {
    "log_softmax": "def log_softmax(Z):\n    return Z * 0 + 0.5\n",
    "loss_and_gradient": "def loss_and_gradient(W, X, y):\n    return -1.0, W * 0 + 0.5\n",
    "masked_loss": "def masked_loss(Z, y, ignore_index=-100):\n    return -1.0, Z * 0 + 0.5\n",
}
WRONG_FILES = {
    "Dockerfile": "FROM a\nENV TOKEN=1\nCOPY nothing .\n",
    ".dockerignore": "nothing\n",
    "compose.yaml": "",
}
MIB = 1024 * 1024
TEXTS = {
    "zero_bytes": "x = 1\0\nimport os; os._exit(0)\n",
    "lone_surrogates": "x = '\ud800'\n\udfff = 1\n",
    "form_feeds_and_odd_spaces": "\f\v\x1c\u00a0\u2028x = 1\r\rimport os\f; os._exit(0)\n",
    "a_mark_of_byte_order": "\ufeff\ufeff# coding: utf-16\nx = 1\n",
    "an_unknown_encoding": "# coding: zhixing\nimport os\nos._exit(0)\n",
    "a_mebibyte_of_brackets": "[" * (MIB - 200),
    "a_number_of_half_a_mebibyte": "x = " + "9" * (MIB // 2),
    "a_chain_of_attributes": "x = a" + ".b" * 250_000,
    "a_quarter_million_signs": "x = " + "-" * 250_000 + "1",
    "a_power_that_is_folded": "x = " + "*".join(["(1 << 10**9)"] * 50) + "\ny = 'a' * 10**10\n",
    "steps_to_the_right": "".join(" " * n + "if x:\n" for n in range(99)) + " " * 99 + "y",
    "only_line_ends": "\r" * (MIB - 200),
    "half_of_a_text": "def log_softmax(Z):\n    return '''",
    "nothing": "",
}
"""Texts that hurt whoever reads them; none may become more than an error or a wrong answer."""


@dataclass(frozen=True)
class Attack:
    """One hostile answer: its text, and what its head says of it."""

    name: str
    profile: str
    text: str
    needs: str = "process"
    twice: bool = False
    loads: bool = True
    diagnosed: bool = False

    @property
    def full_name(self) -> str:
        return f"{self.profile}-{self.name}"

    def must_be_held(self, level: str) -> bool:
        return isolation.satisfies(level, self.needs)


def attack_of(path: Path, profile: str) -> Attack:
    text = path.read_text(encoding="utf-8")
    if profile == "files":
        return Attack(path.stem, profile, joined({**WRONG_FILES, **run_path(str(path))["FILES"]}))
    head = [line for line in text.splitlines() if line.startswith("# ")][:4]
    needs = next((line[9:].strip() for line in head if line.startswith("# needs: ")), "process")
    loads, diagnosed = "# does not load" not in head, "# diagnosed" in head
    return Attack(path.stem, profile, text, needs, "# twice" in head, loads, diagnosed)


def complete(text: str) -> str:
    """The text with a plainly wrong function for each that it does not define."""
    missing = [
        w for name, w in WRONG.items() if f"def {name}" not in text and f"{name} =" not in text
    ]
    return "\n\n".join([text, *missing])


ATTACKS = [attack_of(path, "softmax") for path in sorted((HERE / "softmax").glob("*.py"))]
ATTACKS += [Attack(name, "softmax", text, loads=False) for name, text in TEXTS.items()]
ATTACKS += [
    attack_of(path, profile)
    for profile in PROFILES
    for path in sorted((HERE / profile).glob("*.py"))
]
reached_at: dict[str, dict[str, list[str]]] = {level: {} for level in LEVELS}


@pytest.fixture
def lab_of(built_in: Catalog, make_lab: Callable[..., Lab]) -> Callable[[str], Lab]:
    def lab(profile: str) -> Lab:
        if profile == "softmax":
            return built_in.labs["dl-softmax-ce"]
        if profile == "files":
            return built_in.labs["svc-docker-compose"]
        folder = HERE / profile / "lab"
        texts = {path.stem: path.read_text() for path in folder.glob("*.py")}
        return make_lab(
            texts["solution"],
            texts["checks"],
            id=profile,
            kind=profile if profile in ("program", "service") else "python",
            sandbox=ASKED.get(profile, ()),
            packages=(PACKAGES.get(profile, "python"),),
            memory_mib=512 if profile == "torch" else 192,
            witness_source=texts.get("witness"),
        )

    return lab


def test_there_are_attacks_of_every_kind() -> None:
    assert len(ATTACKS) >= 90
    assert sum(attack.profile == "softmax" for attack in ATTACKS) >= 75
    for profile in PROFILES:
        assert sum(attack.profile == profile for attack in ATTACKS) >= 4
    assert len({attack.full_name for attack in ATTACKS}) == len(ATTACKS)


@pytest.mark.parametrize("level", LEVELS)
def test_the_plainly_wrong_answer_passes_no_check(
    level: str, graded: Any, trial: Any, lab_of: Callable[[str], Lab]
) -> None:
    found = graded(trial("wrong", lab_of("softmax"), complete(""), Limits()), level)
    assert found.problem is None
    (verdict,) = found.verdicts
    assert [check.name for check in verdict.checks if check.outcome == "pass"] == []
    assert verdict.isolation == level


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.full_name)
def test_no_attack_passes_a_check_and_a_good_answer_follows(
    attack: Attack, level: str, graded: Any, trial: Any, lab_of: Callable[[str], Lab]
) -> None:
    if attack.profile == "torch" and find_spec("torch") is None:
        pytest.skip("torch is not installed")
    lab = lab_of(attack.profile)
    text = complete(attack.text) if attack.profile == "softmax" else attack.text
    forges = attack.needs == "process"
    everywhere = attack.diagnosed or len(attack.name) % 3 == 0
    asked = trial(attack.full_name, lab, text, LIMITS, 1 + attack.twice, forges, everywhere)
    found = graded(asked, level)
    if attack.profile == "loopback" and level != "full" and found.problem:
        pytest.skip(found.problem)
    refused = attack.name in TEXTS and (found.problem or "").startswith("Problem: ")  # in words
    assert found.problem is None or refused
    for verdict in found.verdicts:
        assert not verdict.passed
        assert [check.name for check in verdict.checks if check.outcome == "pass"] == []
        assert [check.name for check in verdict.checks] == list(lab.checks)
        assert verdict.isolation == level
        assert len(verdict.output) <= 4 * 65536
        assert all(letter.isprintable() or letter in "\n\t" for letter in verdict.output)
    reached = [line for v in found.verdicts for line in v.output.splitlines() if "ATTACK-R" in line]
    reached_at[level][attack.full_name] = reached
    if attack.must_be_held(level):
        assert reached == []
        assert found.left == ()
    assert [thing for thing in found.left if not thing.startswith("note")] == []
    assert found.unharmed
    assert found.good, found.after
    if level == "process" and found.verdicts:
        assert_it_was_tried(attack, found.verdicts[0].checks)


def assert_it_was_tried(attack: Attack, checks: Any) -> None:
    """An attack that stumbles over its own feet proves nothing."""
    told = " ".join(
        f"{check.message.en if check.message else ''} {check.trace}" for check in checks
    )
    assert not attack.loads or "does not even load" not in told
    assert "NameError" not in told or not attack.loads


def test_what_a_level_must_stop_is_reached_without_it() -> None:
    """At level process an answer has its user's rights, and attacks prove it: they have teeth."""
    higher = {attack.full_name for attack in ATTACKS if attack.needs != "process"}
    tried = higher & set(reached_at["process"])
    if not tried:
        pytest.skip("no attack was graded at level process")
    toothless = sorted(name for name in tried if not reached_at["process"][name])
    assert len(toothless) <= len(tried) / 4, toothless
