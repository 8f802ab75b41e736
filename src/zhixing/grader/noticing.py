"""Where is each slip of a lab noticed? Measured once by its author, with several seeds."""

from collections.abc import Callable

from zhixing.grader.grading import Judge
from zhixing.grader.starter import planted
from zhixing.records import Lab
from zhixing.words import Said, say

SEEDS = ("noticed-1", "noticed-2", "noticed-3")


def noticed(
    lab: Lab, judge: Judge, on_row: Callable[[Said], None] = lambda _: None
) -> list[dict[str, tuple[str, ...]]]:
    """Of each mutant in turn: check -> the places where it noticed the slip, with all seeds."""
    rows = []
    for mutant in lab.mutants:
        on_row(say("mutant {slip}", slip=mutant.slip))
        text = planted(lab, mutant)
        found: dict[str, dict[str, None]] = {}
        for seed in SEEDS:
            for check, place in judge.places(lab, text, seed).items():
                found.setdefault(check, {})[place] = None
        rows.append({check: tuple(places) for check, places in found.items()})
    return rows
