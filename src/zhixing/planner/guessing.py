"""Which is the least number that does? For answers that are cheap to ask for, and for dear ones."""

from collections.abc import Callable

MOST_ASKED = 4
"""How often a dear question is asked before the best answer so far has to do."""


def first(does: Callable[[int], bool], low: int, high: int) -> int:
    """The first number from `low` to `high` that does, if a larger one always does when a smaller
    one did; `high` when none below it does."""
    while low < high:
        middle = (low + high) // 2
        if does(middle):
            high = middle
        else:
            low = middle + 1
    return low


def near(does: Callable[[int], bool], low: int, guess: int, high: int) -> int | None:
    """As `first`, for an answer that is dear to ask for and likely near `guess`: the least found
    with a few questions. None when nothing was found."""
    failed, found, at, step = low - 1, high + 1, guess, 1
    for _ in range(MOST_ASKED):
        if does(at):
            found = at
        else:
            failed = at
        if found - failed == 1:
            break
        if found > high:
            at = min(high, failed + step)
        elif failed < low:
            at = max(low, found - step)
        else:
            at = (failed + found) // 2
        step *= 4
    return found if found <= high else None
