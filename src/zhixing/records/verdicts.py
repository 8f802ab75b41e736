"""What did judging find, and within which limits?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from zhixing.words import Bilingual, Sayable

Outcome = Literal["pass", "fail", "error", "inconclusive", "skipped", "advisory"]


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What one check found. `trace` is the learner's own traceback, folded by doors."""

    name: str
    part: str | None
    outcome: Outcome
    message: Bilingual | None = None
    cpu_seconds: float = 0.0
    trace: str = ""


@dataclass(frozen=True, slots=True)
class Slip:
    """The mistake that a failing answer behaves like."""

    id: str
    function: str
    why: Bilingual


@dataclass(frozen=True, slots=True)
class PartResult:
    passed: bool
    score: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the checks found about one answer. `output` is what it printed, cut and escaped."""

    lab: str
    part: str | None
    lab_version: str
    verdict: Literal["pass", "fail", "inconclusive"]
    passed: bool
    score: float
    parts: Mapping[str, PartResult]
    checks: tuple[CheckResult, ...]
    slips: tuple[Slip, ...]
    isolation: str
    cpu_seconds: float
    seed: str
    versions: Mapping[str, str]
    advice: tuple[Bilingual, ...] = ()
    cached: bool = False
    output: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """What an answer may use. Seconds are CPU seconds; None = the lab's own budget decides."""

    cpu_seconds: float | None = None
    wall_seconds: float | None = None
    memory_mib: int | None = None
    output_bytes: int = 64 * 1024
    level: str = "process"


@dataclass(frozen=True, slots=True)
class LabReport:
    """What verifying a lab found: `lab verify` prints it."""

    lab: str
    ok: bool
    mutants: int
    killed: int
    idle_checks: tuple[str, ...]
    cpu_seconds: float
    problems: tuple[Sayable, ...]


@dataclass(frozen=True, slots=True)
class Ran:
    """What running a piece of code gave: nothing is judged. `output` is what it printed, cut and
    escaped; `trace` its traceback, "" if it ran to its end; `pictures` are PNG files."""

    output: str
    trace: str
    pictures: tuple[bytes, ...]
    cpu_seconds: float
    isolation: str
