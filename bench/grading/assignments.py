"""What is handed in: labs of six checks, and answers whose verdicts are known."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from learner import LAB, the_lab

from zhixing.grader.starter import planted, without_markers
from zhixing.records import Edit, Lab, Mutant
from zhixing.words import Bilingual

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Submission:
    """An answer, and the checks that it must fail: those and no others."""

    name: str
    text: str
    fails: frozenset[str]


@dataclass(frozen=True)
class Assignment:
    """A lab, and what a class hands in: right and wrong answers in turn."""

    lab: Lab
    submissions: tuple[Submission, ...]

    @property
    def sample(self) -> int:
        """How many warm verdicts in a row show what one costs."""
        return 30 if "torch" in self.lab.packages else 100

    def many(self, count: int) -> tuple[Submission, ...]:
        """`count` of them, no two of the same text: a class does not copy letter by letter."""
        mixed = (self.submissions[n % len(self.submissions)] for n in range(count))
        return tuple(
            replace(one, name=f"{one.name}-{n}", text=f"{one.text}\n# {n}\n")
            for n, one in enumerate(mixed)
        )


def softmax() -> Assignment:
    return _assignment("softmax", ("numpy",), 1.0)


def net() -> Assignment:
    return _assignment("net", ("torch",), 2.0)


def as_it_stands() -> Assignment:
    """The curriculum's own lab with all its checks, the solution alone."""
    lab = the_lab()
    return Assignment(lab, (Submission(LAB, without_markers(lab.solution), frozenset()),))


def smallest(like: Assignment) -> Assignment:
    """One check of one call that computes nothing, in the same environment."""
    checks_source = "def check_it(answer):\n    assert answer.it() == 1\n"
    lab = replace(
        like.lab, id=f"{like.lab.id}-smallest", checks_source=checks_source, checks=("it",)
    )
    text = "def it():\n    return 1\n"
    lab = replace(lab, solution=text, mutants=())
    return Assignment(lab, (Submission("one", text, frozenset()),))


def _assignment(name: str, packages: tuple[str, ...], budget: float) -> Assignment:
    folder = HERE / name
    checks_source = (folder / "checks.py").read_text("utf-8")
    named = tuple(
        line[len("def check_") : line.index("(")]
        for line in checks_source.splitlines()
        if line.startswith("def check_")
    )
    lab = Lab(
        id=f"bench-{name}",
        area="bench",
        title=Bilingual(name, name),
        kind="python",
        skills=(),
        parts=(),
        statement=Bilingual("", ""),
        solution=(folder / "solution.py").read_text("utf-8"),
        checks_source=checks_source,
        checks=named,
        mutants=_mutants(folder / "wrong.toml"),
        packages=packages,
        budget_cpu_seconds=budget,
        version="bench",
    )
    return Assignment(lab, tuple(_in_turn(_right(lab, folder), _wrong(lab))))


def _mutants(file: Path) -> tuple[Mutant, ...]:
    listed = tomllib.loads(file.read_text("utf-8"))["mutants"]
    return tuple(
        Mutant(
            slip=one["slip"],
            edits=(Edit(one["find"], one["put"]),),
            fails=tuple(one["fails"]),
            why=Bilingual(one["slip"], one["slip"]),
        )
        for one in listed
    )


def _right(lab: Lab, folder: Path) -> list[Submission]:
    texts = {file.stem: file.read_text("utf-8") for file in sorted((folder / "right").glob("*.py"))}
    named = {"solution": lab.solution} | texts
    return [Submission(name, text, frozenset()) for name, text in named.items()]


def _wrong(lab: Lab) -> list[Submission]:
    return [Submission(m.slip, planted(lab, m), frozenset(m.fails)) for m in lab.mutants]


def _in_turn(right: Sequence[Submission], wrong: Sequence[Submission]) -> list[Submission]:
    """Spread evenly, so that any few of them hold both kinds."""
    placed = [((n + 0.5) / len(kind), one) for kind in (right, wrong) for n, one in enumerate(kind)]
    return [one for _, one in sorted(placed, key=lambda item: item[0])]
