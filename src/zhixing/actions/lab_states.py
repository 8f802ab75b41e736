"""How does a lab stand for its learner? What a page shows before anything is asked of it."""

from zhixing.actions.desk import Desk
from zhixing.actions.labs import READING, Hint, passed_before
from zhixing.actions.standing import Standing, standing
from zhixing.grader.starter import cut_starter
from zhixing.records import Attempt, CheckResult, HintTaken, Lab, Part, Verdict
from zhixing.words import Bilingual


def starter(lab: Lab) -> str:
    """What a learner begins with."""
    return cut_starter(lab.solution)


def passed_names(now: Standing, lab: Lab) -> frozenset[str]:
    """The parts that were passed on this version of the lab; "" is a lab without parts."""
    return frozenset(passed_before(now, lab))


def first_to_mend(verdict: Verdict) -> CheckResult | None:
    """The first check that decides and did not pass."""
    found = (c for c in verdict.checks if c.outcome not in ("pass", "advisory"))
    return next(found, None)


def last_attempt(now: Standing, lab: Lab, part: Part | None) -> Attempt | None:
    """The latest attempt at this part, or at all parts, whichever door it came through."""
    name = part.name if part else None
    found = (a for a in reversed(now.attempts) if a.lab == lab.id and a.part == name)
    return next(found, None)


def hints_taken(desk: Desk, lab: Lab, part: Part | None) -> tuple[Hint, ...]:
    """The rungs taken since the lab was last passed, for checks that are still open, in order."""
    now = standing(desk)
    wanted = set(part.checks if part else lab.checks)
    attempt = last_attempt(now, lab, part)
    passed = {c.name for c in attempt.verdict.checks if c.outcome == "pass"} if attempt else set()
    whole = [a.at for a in now.attempts if a.lab == lab.id and a.verdict.passed and a.counted]
    return tuple(
        _again(desk, lab, taken)
        for taken in now.hints
        if taken.lab == lab.id
        and taken.check in wanted - passed
        and not (whole and taken.at <= whole[-1])
    )


def _again(desk: Desk, lab: Lab, taken: HintTaken) -> Hint:
    rungs = lab.hints.get(taken.check, {})
    steps = rungs.get(desk.language) or next(iter(rungs.values()), ("",))
    place = min(taken.rung, len(steps)) - 1
    both = {name: rungs.get(name, steps)[place] for name in ("zh", "en")}
    cited = READING.findall(both[desk.language])
    readings = tuple(desk.catalog.readings[r] for r in cited if r in desk.catalog.readings)
    text = Bilingual(both["zh"], both["en"])
    return Hint(lab, taken.check, taken.rung, len(steps), text, readings)
