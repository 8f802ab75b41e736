"""What mastery tests share: a small catalog, and happenings told in a line."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from zhixing.records import (
    Attempt,
    Catalog,
    Criterion,
    HintTaken,
    Lab,
    Part,
    PartResult,
    Skill,
    Verdict,
)
from zhixing.words import Bilingual

NOTHING = Bilingual("", "")
FIRST = datetime(2026, 12, 7, 12, tzinfo=UTC)
LABS = {"pca": ("centre", "whiten"), "svd": ("svd", "compress"), "essay": ()}
NUMBERS = count()


def _lab(name: str, parts: tuple[str, ...], skills: tuple[str, ...] = ()) -> Lab:
    made = tuple(Part(part, NOTHING, 30, (f"{part}_one", f"{part}_two")) for part in parts)
    return Lab(name, "math", NOTHING, "python", skills, made, NOTHING, "", "", (), ())


def _skill(name: str, *criteria: tuple[str, ...]) -> Skill:
    made = tuple(Criterion(NOTHING, evidence) for evidence in criteria)
    return Skill(name, "math", NOTHING, 3, (), NOTHING, (), made)


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    """`eigen` is shown by a part of pca and all of svd, then a quiz; `maps` by the lab that names
    it; `part` by the part that a criterion names of a lab that names it too; `shape` by a lab
    without parts; `far` by a lab that is not built."""
    skills = (
        _skill("eigen", ("lab:pca#whiten", "quiz:eigen"), ("lab:svd",)),
        _skill("maps"),
        _skill("part", ("lab:pca#whiten",)),
        _skill("shape", ("lab:essay",)),
        _skill("far", ("lab:later#one", "lab:svd#svd")),
    )
    labs = [_lab(n, parts, ("maps", "part") if n == "pca" else ()) for n, parts in LABS.items()]
    return Catalog(skills={skill.id: skill for skill in skills}, labs={lab.id: lab for lab in labs})


@pytest.fixture(scope="session")
def attempt() -> Callable[..., Attempt]:
    """attempt("pca#whiten", day=3) passed that part on day 3; attempt("pca", passed=("centre",))
    passed one part of the whole."""

    def made(
        reference: str,
        day: float = 0,
        passed: bool | tuple[str, ...] = True,
        answer: str | None = None,
        **more: object,
    ) -> Attempt:
        number = next(NUMBERS)
        lab, _, part = reference.partition("#")
        parts = (part,) if part else LABS[lab]
        won = {p: passed if isinstance(passed, bool) else p in passed for p in parts}
        whole = passed if isinstance(passed, bool) else all(won.values())
        results = {p: PartResult(ok, float(ok)) for p, ok in won.items()}
        word = "pass" if whole else "fail"
        score = float(whole)
        found = Verdict(
            lab, part or None, "", word, whole, score, results, (), (), "process", 0.0, "1", {}
        )
        values: dict[str, object] = {
            "id": f"a{number:05}",
            "learner": "me",
            "at": FIRST + timedelta(days=day),
            "lab": lab,
            "part": part or None,
            "answer": f"answer {number}" if answer is None else answer,
            "verdict": found,
        }
        return Attempt(**(values | more))  # type: ignore[arg-type]

    return made


@pytest.fixture(scope="session")
def hint() -> Callable[..., HintTaken]:
    """hint("pca", "whiten_one", rung=4, day=0): taken on that day."""

    def made(lab: str, check: str, rung: int, day: float = 0) -> HintTaken:
        at = FIRST + timedelta(days=day)
        name = f"h{next(NUMBERS):05}"
        return HintTaken(id=name, learner="me", at=at, lab=lab, check=check, rung=rung)

    return made
