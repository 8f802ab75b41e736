"""How well is a skill known?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Level = Literal["unseen", "met", "can", "fluent", "master"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that ran and counts for a skill; `weight` is after discounts, 0 to 1."""

    reference: str
    at: datetime
    passed: bool
    score: float
    hints: int
    weight: float


@dataclass(frozen=True, slots=True)
class SkillMastery:
    """How well one skill is held today, and why we say so."""

    skill: str
    level: Level
    certain: bool
    needs_review: bool
    evidence: tuple[Evidence, ...]
    next_proof: str | None = None


@dataclass(frozen=True, slots=True)
class Mastery:
    today: date
    skills: Mapping[str, SkillMastery]
