"""How well is each skill held today? Levels by rule, from what ran.

- **met**: something was handed in for a lab, or a part of one, that shows the skill.
- **can**: at least one of the skill's proofs is passed, worth at least a half after discounts.
- **fluent**: proofs in at least two labs are passed, and a part was passed again at least 14 days
  after it was first passed, with an answer that is not the same text.
- **master** needs an accepted project and a transfer task: it cannot be reached in this version.

What counts as a proof is in `proofs`, what help takes from a pass in `trials`, when a level asks to
be shown again in `forgetting` (which marks it and never takes it away). Quizzes, cards and projects
join the evidence when they exist.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from zhixing.mastery.forgetting import DELAY, needs_review
from zhixing.mastery.proofs import (
    Proof,
    evidence_of,
    labs_showing,
    parts_of,
    proof_of,
    proofs_of,
)
from zhixing.mastery.trials import PROVES_FROM, Trial, Tried, tried
from zhixing.records import (
    Catalog,
    Evidence,
    Happening,
    Level,
    Mastery,
    Skill,
    SkillMastery,
)

REPEAT = 0.5
FEWEST_TO_BE_CERTAIN = 5
LABS_TO_BE_FLUENT = 2


def mastery(happenings: Sequence[Happening], catalog: Catalog, today: date) -> Mastery:
    """Every skill of the catalog as one learner holds it on `today`, with its evidence.

    `happenings` are one learner's, in any order. Attempts that do not count, and what was taken
    back, change nothing.
    """
    by_lab: dict[str, list[Tried]] = defaultdict(list)
    for one in tried(happenings, catalog):
        by_lab[one.attempt.lab].append(one)
    showing = labs_showing(catalog)
    skills = {
        skill.id: _skill_mastery(skill, proofs_of(skill, showing), by_lab, catalog, today)
        for skill in catalog.skills.values()
    }
    return Mastery(today, skills)


def _skill_mastery(
    skill: Skill,
    proofs: Sequence[Proof],
    by_lab: Mapping[str, Sequence[Tried]],
    catalog: Catalog,
    today: date,
) -> SkillMastery:
    scope = _Scope.of(proofs)
    mine = sorted(
        (one for lab in scope.labs for one in by_lab.get(lab, ())),
        key=lambda one: (one.attempt.at, one.attempt.id),
    )
    trials = [trial for one in mine for trial in one.trials if scope.holds(trial)]
    passed = {proof for proof in proofs if _is_passed(proof, trials, catalog)}
    level = _level(passed, trials)
    proven = [trial.at.date() for trial in _new_answers(trials)]
    evidence = _evidence(mine, scope)
    return SkillMastery(
        skill=skill.id,
        level=level,
        certain=len(evidence) >= FEWEST_TO_BE_CERTAIN,
        needs_review=level in ("can", "fluent", "master") and needs_review(proven, today),
        evidence=evidence,
        next_proof=_next_proof(skill, proofs, passed, catalog),
    )


@dataclass(frozen=True, slots=True)
class _Scope:
    """Which labs, and which parts of them, show a skill; the whole of a lab = all its parts."""

    labs: tuple[str, ...]
    whole: frozenset[str]
    parts: frozenset[tuple[str, str | None]]

    @classmethod
    def of(cls, proofs: Iterable[Proof]) -> "_Scope":
        listed = tuple(proofs)
        return cls(
            tuple(dict.fromkeys(proof.lab for proof in listed)),
            frozenset(proof.lab for proof in listed if proof.part is None),
            frozenset((proof.lab, proof.part) for proof in listed),
        )

    def holds(self, trial: Trial) -> bool:
        return trial.lab in self.whole or (trial.lab, trial.part) in self.parts


def _level(passed: set[Proof], trials: Sequence[Trial]) -> Level:
    if not trials:
        return "unseen"
    if not passed:
        return "met"
    labs = {proof.lab for proof in passed}
    fluent = len(labs) >= LABS_TO_BE_FLUENT and _is_shown_again(trials)
    return "fluent" if fluent else "can"


def _is_passed(proof: Proof, trials: Sequence[Trial], catalog: Catalog) -> bool:
    """Whether each part that the proof asks for was passed, and their best passes are worth at
    least a half on average."""
    parts = (proof.part,) if proof.part is not None else parts_of(catalog.labs.get(proof.lab))
    best = [
        max(
            (t.worth for t in trials if t.passed and (t.lab, t.part) == (proof.lab, part)),
            default=None,
        )
        for part in parts
    ]
    worths = [worth for worth in best if worth is not None]
    return len(worths) == len(parts) and sum(worths) / len(parts) >= PROVES_FROM


def _is_shown_again(trials: Sequence[Trial]) -> bool:
    """Whether some part has two proving passes at least DELAY apart with different answers."""
    proving: dict[tuple[str, str | None], list[Trial]] = defaultdict(list)
    for trial in trials:
        if trial.proves:
            proving[trial.lab, trial.part].append(trial)
    return any(
        later.at - first.at >= DELAY and later.answer != first.answer
        for passes in proving.values()
        for place, first in enumerate(passes)
        for later in passes[place + 1 :]
    )


def _new_answers(trials: Sequence[Trial]) -> list[Trial]:
    """The proving passes whose answer was not handed in for that part before, oldest first."""
    seen: set[tuple[str, str | None, str]] = set()
    found: list[Trial] = []
    for trial in trials:
        key = trial.lab, trial.part, trial.answer
        if trial.proves and key not in seen:
            seen.add(key)
            found.append(trial)
    return found


def _evidence(mine: Sequence[Tried], scope: _Scope) -> tuple[Evidence, ...]:
    """One piece for each attempt at the whole of a lab that shows the skill, or for each of its
    parts that does. A pass of what was already proven counts half as much each time."""
    proven: Counter[str] = Counter()
    found: list[Evidence] = []
    for one in mine:
        for reference, trials in _pieces(one, scope):
            worth = sum(trial.worth for trial in trials) / len(trials)
            passed = all(trial.passed for trial in trials)
            found.append(
                Evidence(
                    reference=reference,
                    at=one.attempt.at,
                    passed=passed,
                    score=trials[0].score if len(trials) == 1 else one.attempt.verdict.score,
                    hints=sum(trial.hints for trial in trials),
                    weight=round(worth * REPEAT ** proven[reference], 4) if passed else 0.0,
                )
            )
            proven[reference] += passed and worth >= PROVES_FROM
    return tuple(found)


def _pieces(one: Tried, scope: _Scope) -> Iterable[tuple[str, tuple[Trial, ...]]]:
    lab = one.attempt.lab
    if lab in scope.whole and one.attempt.part is None:
        return [(Proof(lab, None).reference, one.trials)]
    return [(Proof(lab, t.part).reference, (t,)) for t in one.trials if scope.holds(t)]


def _next_proof(
    skill: Skill, proofs: Sequence[Proof], passed: set[Proof], catalog: Catalog
) -> str | None:
    """The first evidence not yet passed: of the labs that are built, else of all that is named;
    never an essay, which nothing can pass."""
    references = dict.fromkeys((*evidence_of(skill), *(proof.reference for proof in proofs)))
    open_ = [r for r in references if proof_of(r) not in passed and not _is_essay(r, catalog)]
    built = (r for r in open_ if (proof := proof_of(r)) and proof.lab in catalog.labs)
    return next(built, open_[0] if open_ else None)


def _is_essay(reference: str, catalog: Catalog) -> bool:
    proof = proof_of(reference)
    lab = catalog.labs.get(proof.lab) if proof else None
    return lab is not None and lab.essay is not None
