"""What a teacher asks of a graded class: how many, how well, where it stuck, which slips.

Read from the rows of the results; nothing here runs or grades.
"""

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from zhixing.records import Lab, Slip
from zhixing.words import Bilingual, Sayable, say

BANDS = ((0.0, 0.0), (0.0, 0.25), (0.25, 0.5), (0.5, 0.75), (0.75, 1.0), (1.0, 1.0))
"""Scores in bands: nothing, four quarters without their ends, everything."""
SLOWEST = 5
LINE = re.compile(r"\bline \d")


@dataclass(frozen=True, slots=True)
class ClassRow:
    """One answer. `verdict` is pass, fail, inconclusive, or error: it could not be graded, and
    `trouble` says why. `same_as` is the first answer with the same text."""

    answer: str
    verdict: str
    score: float
    parts: Mapping[str, float]
    outcomes: Mapping[str, str]
    first: str | None
    message: Bilingual | None
    slips: tuple[Slip, ...]
    cpu_seconds: float
    trouble: Bilingual | None = None
    advice: tuple[Sayable, ...] = ()
    same_as: str | None = None


@dataclass(frozen=True, slots=True)
class SlipCount:
    """One slip of the class: what it is, and whose answers behave like it."""

    slip: Slip
    answers: tuple[str, ...]


@dataclass
class ClassSummary:
    """All rows of one grading, in their order, and what they say together."""

    lab: Lab
    part: str | None
    rows: list[ClassRow] = field(default_factory=list)
    passed_over: tuple[str, ...] = ()
    _texts: dict[str, str] = field(default_factory=dict)

    def add(self, row: bytes, text: str) -> None:
        """One line of the results; `text` names its text, "" = it has none."""
        told = json.loads(row)
        same = self._texts.get(text) if text else None
        if text and same is None:
            self._texts[text] = told["answer"]
        self.rows.append(_row(told, same))

    @property
    def checks(self) -> tuple[str, ...]:
        part = self.lab.part(self.part) if self.part else None
        return part.checks if part else self.lab.checks

    @property
    def parts(self) -> tuple[str, ...]:
        return tuple(part.name for part in self.lab.parts if self.part in (None, part.name))

    @cached_property
    def graded(self) -> tuple[ClassRow, ...]:
        """Those that have a verdict."""
        return tuple(row for row in self.rows if row.verdict != "error")

    @cached_property
    def ungraded(self) -> tuple[ClassRow, ...]:
        return tuple(row for row in self.rows if row.verdict == "error")

    @cached_property
    def verdicts(self) -> Counter[str]:
        return Counter(row.verdict for row in self.rows)

    @property
    def mean(self) -> float:
        """The mean score of what was graded."""
        return sum(row.score for row in self.graded) / max(1, len(self.graded))

    @property
    def bands(self) -> tuple[int, ...]:
        """How many scores lie in each band."""
        counts = Counter(_band(row.score) for row in self.graded)
        return tuple(counts[n] for n in range(len(BANDS)))

    def passing(self, check: str) -> int:
        return sum(row.outcomes.get(check) == "pass" for row in self.graded)

    @cached_property
    def slips(self) -> tuple[SlipCount, ...]:
        """The slips, commonest first."""
        whose: dict[str, list[str]] = {}
        first: dict[str, Slip] = {}
        for row in self.rows:
            for slip in {slip.id: slip for slip in row.slips}.values():
                whose.setdefault(slip.id, []).append(row.answer)
                first.setdefault(slip.id, slip)
        found = [SlipCount(first[name], tuple(answers)) for name, answers in whose.items()]
        return tuple(sorted(found, key=lambda one: (-len(one.answers), one.slip.id)))

    @property
    def slowest(self) -> Sequence[ClassRow]:
        return sorted(self.graded, key=lambda row: -row.cpu_seconds)[:SLOWEST]

    @property
    def repeats(self) -> tuple[tuple[str, ...], ...]:
        """The answers that hold the same text, together."""
        groups: dict[str, list[str]] = {}
        for row in self.rows:
            if row.same_as is not None:
                groups.setdefault(row.same_as, [row.same_as]).append(row.answer)
        return tuple(map(tuple, groups.values()))


def _row(told: Mapping[str, Any], same: str | None) -> ClassRow:
    checks = told["checks"]
    first = next((c for c in checks if c["outcome"] not in ("pass", "advisory")), None)
    slips = (Slip(s["id"], s["function"], Bilingual(**s["why"])) for s in told["slips"])
    message = Bilingual(**first["message"]) if first and first["message"] else None
    trouble = told.get("problem")
    return ClassRow(
        answer=told["answer"],
        verdict=told["verdict"],
        score=told["score"],
        parts={name: part["score"] for name, part in told["parts"].items()},
        outcomes={check["name"]: check["outcome"] for check in checks},
        first=first["name"] if first else None,
        message=message,
        slips=tuple(slips),
        cpu_seconds=told["cpu_seconds"],
        trouble=Bilingual(**trouble["what"]) if trouble else None,
        advice=(
            *(Bilingual(**one) for one in told["advice"]),
            *_cells_note(told["answer"], message),
        ),
        same_as=same,
    )


def _cells_note(answer: str, message: Bilingual | None) -> tuple[Sayable, ...]:
    """What a number of a line means in a notebook, where a message names one."""
    if not answer.lower().endswith(".ipynb") or message is None or not LINE.search(message.en):
        return ()
    return (
        say(
            "line numbers count the code cells put together, a line `# cell N` above each; "
            "mark a cell that is only for trying with the tag `scratch`"
        ),
    )


def _band(score: float) -> int:
    if score <= 0.0:
        return 0
    if score >= 1.0:
        return len(BANDS) - 1
    return 1 + min(3, int(score * 4))


def band_name(number: int) -> str:
    """0, under 25 % … 100 %: short, for tables."""
    low, high = BANDS[number]
    return f"{low:.0%}" if low == high else f"{low:.0%}–{high:.0%}"


VERDICTS: Mapping[str, Sayable] = {
    "pass": say("passed"),
    "fail": say("not passed"),
    "inconclusive": say("undecided"),
    "error": say("not graded"),
}
"""What a verdict is called in a table."""


def shown_name(answer: str) -> str:
    """The name of an answer, in one line that any terminal or sheet can show."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in answer)


def note(row: ClassRow) -> tuple[Sayable, ...]:
    """What else there is to say about an answer: why it was not graded, how it was read."""
    return ((row.trouble,) if row.trouble else ()) + row.advice
