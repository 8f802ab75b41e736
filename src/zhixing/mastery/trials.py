"""What ran: each counted attempt as trials of parts of a lab, with what help weighed on it.

A pass is worth 1, less for help had in the seven days before it (what was read a week ago is no
longer under one's eyes):

- hints: for each check of the part, by the highest rung taken: 0.9, 0.8, 0.65, 0.4; multiplied;
- attempts at the part that failed: 0.97 each, together no less than 0.8.

A pass worth at least a half is *unaided enough*: it proves. So one check climbed to its third rung
still proves and a fourth rung (a worked sub-step) does not, until it is passed again a week on.
The figures are ours (own estimate), to be fitted when there are logs.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import prod

from zhixing.mastery.proofs import parts_of
from zhixing.records import Attempt, Catalog, Happening, HintTaken, Lab, Undone

RUNGS = (0.9, 0.8, 0.65, 0.4)
FAILED_ATTEMPT = 0.97
FEWEST_FOR_ATTEMPTS = 0.8
HELP_LASTS = timedelta(days=7)
PROVES_FROM = 0.5


@dataclass(frozen=True, slots=True)
class Trial:
    """One part of a lab as one attempt found it. `worth` is 0 for what did not pass; `hints` are
    the rungs taken on its checks in the week before; `part` None = a lab without parts."""

    lab: str
    part: str | None
    at: datetime
    answer: str
    passed: bool
    score: float
    hints: int
    worth: float

    @property
    def proves(self) -> bool:
        return self.passed and self.worth >= PROVES_FROM


@dataclass(frozen=True, slots=True)
class Tried:
    """A counted attempt and its trials, one for each part it was about."""

    attempt: Attempt
    trials: tuple[Trial, ...]


def tried(happenings: Iterable[Happening], catalog: Catalog) -> tuple[Tried, ...]:
    """All counted attempts that were not taken back, oldest first."""
    listed = effective(happenings)
    hints: dict[str, list[HintTaken]] = defaultdict(list)
    for happening in listed:
        if isinstance(happening, HintTaken):
            hints[happening.lab].append(happening)
    failures: dict[tuple[str, str | None], list[datetime]] = defaultdict(list)
    found: list[Tried] = []
    for attempt in (h for h in listed if isinstance(h, Attempt) and h.counted):
        lab = catalog.labs.get(attempt.lab)
        trials = tuple(
            _trial(attempt, part, hints[attempt.lab], failures[attempt.lab, part], lab)
            for part in _parts_tried(attempt, lab)
        )
        found.append(Tried(attempt, trials))
        for trial in trials:
            if not trial.passed and attempt.verdict.verdict == "fail":
                failures[trial.lab, trial.part].append(trial.at)
    return tuple(found)


def effective(happenings: Iterable[Happening]) -> list[Happening]:
    """What holds, oldest first: without what was taken back, and without the taking back. To take
    back a taking back restores what it took."""
    listed = sorted(happenings, key=lambda happening: (happening.at, happening.id))
    gone: set[str] = set()
    for happening in reversed(listed):
        if isinstance(happening, Undone) and happening.id not in gone:
            gone.add(happening.what)
    return [h for h in listed if h.id not in gone and not isinstance(h, Undone)]


def _parts_tried(attempt: Attempt, lab: Lab | None) -> Sequence[str | None]:
    if attempt.part is not None:
        return (attempt.part,)
    return tuple(attempt.verdict.parts) or parts_of(lab)


def _trial(
    attempt: Attempt,
    part: str | None,
    hints: Sequence[HintTaken],
    failures: Sequence[datetime],
    lab: Lab | None,
) -> Trial:
    verdict = attempt.verdict
    result = verdict.parts.get(part) if part is not None else None
    passed = verdict.passed or (result is not None and result.passed)
    since = attempt.at - HELP_LASTS
    helped = hints[bisect_left(hints, since, key=_at) : bisect_right(hints, attempt.at, key=_at)]
    rungs = _rungs(helped, part, lab)
    failed = len(failures) - bisect_left(failures, since)
    worth = prod(RUNGS[max(taken) - 1] for taken in rungs.values())
    worth *= max(FEWEST_FOR_ATTEMPTS, FAILED_ATTEMPT**failed)
    return Trial(
        lab=attempt.lab,
        part=part,
        at=attempt.at,
        answer=attempt.answer,
        passed=passed,
        score=result.score if result is not None else verdict.score,
        hints=sum(len(taken) for taken in rungs.values()),
        worth=worth if passed else 0.0,
    )


def _at(happening: HintTaken) -> datetime:
    return happening.at


def _rungs(hints: Iterable[HintTaken], part: str | None, lab: Lab | None) -> Mapping[str, set[int]]:
    """The rungs (1 to 4) taken on each check of a part; a check of no part helps with all."""
    elsewhere = {
        check
        for other in (lab.parts if lab else ())
        if other.name != part
        for check in other.checks
    }
    here = lab.part(part) if lab and part is not None else None
    elsewhere -= set(here.checks) if here else set()
    rungs: dict[str, set[int]] = defaultdict(set)
    for hint in hints:
        if part is None or hint.check not in elsewhere:
            rungs[hint.check].add(min(max(hint.rung, 1), len(RUNGS)))
    return rungs
