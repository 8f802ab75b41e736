"""How does a lab stand for its learner? What a page shows before anything is asked of it."""

from zhixing.actions.desk import Desk
from zhixing.actions.labs import Hint, hint_at, part_names, passed_before, passed_parts
from zhixing.actions.standing import Standing, standing
from zhixing.grader.starter import starter_of
from zhixing.records import Attempt, Lab, Part


def starter(lab: Lab) -> str:
    """What a learner begins with."""
    return starter_of(lab)


def last_attempt(now: Standing, lab: Lab, part: Part | None) -> Attempt | None:
    """The latest attempt at this part, or at all parts, whichever door it came through."""
    name = part.name if part else None
    found = (a for a in reversed(now.attempts) if a.lab == lab.id and a.part == name)
    return next(found, None)


def failed_since(now: Standing, lab: Lab) -> set[str]:
    """The parts that were passed, and whose last try did not pass. The best try counts: they stay
    passed; a page says both."""
    last: dict[str, bool] = {}
    for attempt in now.attempts:
        verdict = attempt.verdict
        if attempt.lab == lab.id and attempt.counted and verdict.lab_version == lab.version:
            passed = passed_parts(verdict)
            tried = set(verdict.parts) or set(part_names(lab))
            last |= {name: name in passed for name in tried}
    return {name for name in passed_before(now, lab) if not last.get(name, True)}


def hints_taken(desk: Desk, lab: Lab, part: Part | None) -> tuple[Hint, ...]:
    """The rungs taken since the lab was last passed, for checks that are still open, in order."""
    now = standing(desk)
    wanted = set(part.checks if part else lab.checks)
    attempt = last_attempt(now, lab, part)
    passed = {c.name for c in attempt.verdict.checks if c.outcome == "pass"} if attempt else set()
    whole = [a.at for a in now.attempts if a.lab == lab.id and a.verdict.passed and a.counted]
    return tuple(
        hint_at(desk, lab, taken.check, taken.rung)
        for taken in now.hints
        if taken.lab == lab.id
        and taken.check in wanted - passed
        and not (whole and taken.at <= whole[-1])
    )
