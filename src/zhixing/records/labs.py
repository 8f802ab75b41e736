"""What is a lab? Its parts, checks, slips and limits; nothing here touches the world."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as made
from typing import Literal

from zhixing.words import Bilingual, Language

LabKind = Literal["python", "program", "service", "files", "essay"]


@dataclass(frozen=True, slots=True)
class RubricItem:
    """One thing that a writer asks of their own essay; answered yes, partly or no."""

    id: str
    ask: Bilingual


@dataclass(frozen=True, slots=True)
class Essay:
    """What an essay lab asks for: a template to fill in, what a machine can count in the text
    (`letters`: at least so many Chinese characters, or words; `numbers`: at least so many numbers
    that stand in the output of a recorded run), and what only its writer can judge. `cell` is
    Python to run first, for numbers of one's own."""

    template: Bilingual
    rubric: tuple[RubricItem, ...]
    letters: Mapping[Language, int]
    numbers: int = 0
    cell: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A day-sized piece of a lab: learner minutes and the checks that decide it."""

    name: str
    title: Bilingual
    minutes: int
    checks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Edit:
    """`find` occurs exactly once in the solution; `put` replaces it."""

    find: str
    put: str


@dataclass(frozen=True, slots=True)
class Mutant:
    """The solution with one planted slip. Several mutants may be forms of one slip."""

    slip: str
    edits: tuple[Edit, ...]
    fails: tuple[str, ...]
    why: Bilingual
    noticed: Mapping[str, tuple[str, ...]] = made(default_factory=dict)
    """check -> where in checks.py it noticed this, as measured (noticed.toml); {} = not measured.
    A check that is not named then passes."""


@dataclass(frozen=True, slots=True)
class Threshold:
    """A number that a metric check compares with, and how it was found."""

    name: str
    value: float
    measured: Mapping[str, object] = made(default_factory=dict)
    seeds: int = 1
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class CheckSetting:
    """`[checks.NAME]` of lab.toml: a check that is noisy, only advisory, or has its own budget."""

    name: str
    noisy: bool = False
    advisory: bool = False
    cpu_seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Lab:
    """Work that runs. All texts are held, no paths: the grader never opens a pack's folder.

    `checks` names, in file order, are without `check_`. `hints[check][language]` are four rungs,
    `check_titles[check][language]` is what the check is called for people, where somebody said it.
    """

    id: str
    area: str
    title: Bilingual
    kind: LabKind
    skills: tuple[str, ...]
    parts: tuple[Part, ...]
    statement: Bilingual
    solution: str
    checks_source: str
    checks: tuple[str, ...]
    mutants: tuple[Mutant, ...]
    packages: tuple[str, ...] = ("python",)
    needs: tuple[str, ...] = ()
    helps: tuple[str, ...] = ()
    sandbox: tuple[str, ...] = ()
    budget_cpu_seconds: float = 2.0
    memory_mib: int = 512
    level: str = "process"
    sources: tuple[str, ...] = ()
    datasets: tuple[str, ...] = ()
    thresholds: tuple[Threshold, ...] = ()
    check_settings: tuple[CheckSetting, ...] = ()
    hints: Mapping[str, Mapping[str, tuple[str, ...]]] = made(default_factory=dict)
    check_titles: Mapping[str, Mapping[str, str]] = made(default_factory=dict)
    probes_source: str | None = None
    witness_source: str | None = None
    """witness.py: the server that an answer talks to, in a process of its own (WIRE 1)."""
    data_source: str | None = None
    alternatives: Mapping[str, str] = made(default_factory=dict)
    version: str = ""
    unparted_minutes: int = 0
    figure_source: str | None = None
    """figure.py: functions `draw_PART(answer, plt)` that show what an answer does, as pictures."""
    essay: Essay | None = None
    """Set for kind "essay" alone; such a lab has neither solution nor checks."""
    files: tuple[str, ...] = ()
    """The files of an answer that has several: then answer and solution are bundles of them."""
    starter: str = ""
    """What an answer begins with where it is written and not cut from the solution: code to mend.
    A bundle of `files`; "" = it is cut."""
    noticed_with: Mapping[str, str] = made(default_factory=dict)
    """The versions of the libraries with which it was measured where slips are noticed."""

    @property
    def minutes(self) -> int:
        """A learner's time for the whole lab; 0 = a lab without parts that does not say."""
        return sum(part.minutes for part in self.parts) or self.unparted_minutes

    def part(self, name: str) -> Part | None:
        return next((part for part in self.parts if part.name == name), None)

    def setting(self, check: str) -> CheckSetting:
        """The settings of a check; defaults where lab.toml names none."""
        found = (s for s in self.check_settings if s.name == check)
        return next(found, CheckSetting(check))

    def check_title(self, check: str) -> Bilingual:
        """What a check is called; its identifier as words in a language that has no name for it."""
        named, words = self.check_titles.get(check, {}), check.replace("_", " ")
        return Bilingual(named.get("zh", words), named.get("en", words))


@dataclass(frozen=True, slots=True)
class PlannedLab:
    """A lab that routes already name and nobody has built yet."""

    id: str
    field: str
    title: Bilingual
    kind: LabKind
    minutes: int
    criterion: Bilingual
    parts: Mapping[str, int] = made(default_factory=dict)
