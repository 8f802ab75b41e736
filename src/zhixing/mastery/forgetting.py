"""How likely does a skill that was shown still hold?"""

from collections.abc import Sequence
from datetime import date, timedelta

FIRST_HALF_LIFE_DAYS = 30.0
MOST_DOUBLINGS = 3
DELAY = timedelta(days=14)
REVIEW_BELOW = 0.5


def recall_probability(half_life_days: float, elapsed_days: float) -> float:
    """Chance, 0 to 1, that a skill last shown `elapsed_days` ago still holds.

    Exponential forgetting; Settles & Meeder (2016), equation 1.
    """
    return float(2.0 ** (-max(0.0, elapsed_days) / half_life_days))


def half_life_days(proofs: Sequence[date]) -> float:
    """30 days after a first proof, doubled by each proof at least 14 days after the one counted
    before it, up to 240 days (own estimate). `proofs` are dates in order, at least one."""
    counted = proofs[0]
    doublings = 0
    for on in proofs[1:]:
        if on - counted >= DELAY:
            counted, doublings = on, doublings + 1
    return FIRST_HALF_LIFE_DAYS * 2.0 ** min(doublings, MOST_DOUBLINGS)


def needs_review(proofs: Sequence[date], today: date) -> bool:
    """Whether a skill with these proofs is more probably forgotten than held; False for none."""
    if not proofs:
        return False
    elapsed = (today - proofs[-1]).days
    return recall_probability(half_life_days(proofs), elapsed) < REVIEW_BELOW
