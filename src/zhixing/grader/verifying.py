"""What a lab must show before anybody meets it (LABS.md 3): the rows of `lab verify`."""

from collections.abc import Callable, Iterator

from zhixing.grader.grading import Judge
from zhixing.grader.starter import cut_starter, planted
from zhixing.grader.trivial import trivial_answers
from zhixing.records import Lab, LabReport, Mutant, Verdict

SEEDS = ("verify-1", "verify-2", "verify-3")


def verify(
    lab: Lab, judge: Judge | None = None, on_row: Callable[[str], None] | None = None
) -> LabReport:
    """The report on one lab; `ok` when no row has a problem. `on_row` hears each row's name."""
    if judge is None:
        with Judge() as own:
            return verify(lab, own, on_row)
    verification = _Verification(lab, judge, on_row or (lambda _: None))
    problems = tuple(verification.rows())
    return LabReport(
        lab=lab.id,
        ok=not problems,
        mutants=len(lab.mutants),
        killed=verification.killed,
        idle_checks=verification.idle(),
        cpu_seconds=round(verification.cpu_seconds, 3),
        problems=problems,
    )


class _Verification:
    """Grades everything a lab brings and says what is wrong with it."""

    def __init__(self, lab: Lab, judge: Judge, on_row: Callable[[str], None]) -> None:
        self.lab, self.judge, self.on_row = lab, judge, on_row
        self.cpu_seconds, self.killed = 0.0, 0
        self.caught: set[str] = set()

    def rows(self) -> Iterator[str]:
        yield from self.solution()
        yield from self.starter()
        for mutant in self.lab.mutants:
            yield from self.mutant(mutant)
        yield from (f"check {name} has never caught anything" for name in self.idle())
        for name, text in self.lab.alternatives.items():
            yield from self.alternative(name, text)
        for name, text in trivial_answers(self.lab.solution).items():
            yield from self.trivial(name, text)

    def idle(self) -> tuple[str, ...]:
        """Checks that noticed no mutant."""
        return tuple(name for name in self.lab.checks if name not in self.caught)

    def grade(self, row: str, text: str, seed: str = SEEDS[0], diagnose: bool = False) -> Verdict:
        self.on_row(row)
        return self.judge.grade(self.lab, text, seed=seed, diagnose=diagnose)

    def solution(self) -> Iterator[str]:
        for seed in SEEDS:
            verdict = self.grade(f"solution, seed {seed}", self.lab.solution, seed)
            self.cpu_seconds = max(self.cpu_seconds, verdict.cpu_seconds)
            yield from (f"solution, seed {seed}: {said}" for said in _not_passed(verdict))
        if self.cpu_seconds > self.lab.budget_cpu_seconds:
            used, budget = self.cpu_seconds, self.lab.budget_cpu_seconds
            yield f"solution: {used:.2f} CPU s, over its budget of {budget:g}"

    def starter(self) -> Iterator[str]:
        text = cut_starter(self.lab.solution)
        if text == self.lab.solution:
            yield "starter: nothing is cut; mark the answer with # <answer> … # </answer>"
        verdict = self.grade("starter", text, diagnose=True)
        passed = [check.name for check in verdict.checks if check.outcome == "pass"]
        if any(
            "does not even load" in check.message.en for check in verdict.checks if check.message
        ):
            yield "starter: does not import"
        if passed:
            yield f"starter: passes {', '.join(passed)}"
        if verdict.slips:
            yield f"starter: is named as {verdict.slips[0].id}"

    def mutant(self, mutant: Mutant) -> Iterator[str]:
        row = f"mutant {mutant.slip}"
        text = planted(self.lab, mutant)
        verdict = self.grade(row, text, diagnose=True)
        outcome = {check.name: check.outcome for check in verdict.checks}
        self.caught |= {name for name, found in outcome.items() if found != "pass"}
        missed = [name for name in mutant.fails if outcome.get(name) == "pass"]
        if any("does not even load" in c.message.en for c in verdict.checks if c.message):
            yield f"{row}: does not import"
        elif missed:
            yield f"{row}: not noticed by {', '.join(missed)}"
        else:
            self.killed += 1
        named = {slip.id for slip in verdict.slips}
        if named != {mutant.slip}:
            yield f"{row}: diagnosed as {', '.join(sorted(named)) or 'nothing known'}"

    def alternative(self, name: str, text: str) -> Iterator[str]:
        for seed in SEEDS[:2]:
            verdict = self.grade(f"alternative {name}", text, seed)
            yield from (f"alternative {name}: {said}" for said in _not_passed(verdict))

    def trivial(self, name: str, text: str) -> Iterator[str]:
        verdict = self.grade(f"trivial: {name}", text)
        for part, result in verdict.parts.items():
            if result.passed:
                yield f"trivial answer ({name}) passes part {part}"


def _not_passed(verdict: Verdict) -> Iterator[str]:
    for check in verdict.checks:
        if check.outcome not in ("pass", "advisory"):
            said = check.message.en if check.message else ""
            yield f"{check.name} {check.outcome}: {said}"
