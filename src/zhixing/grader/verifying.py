"""What a lab must show before anybody meets it (LABS.md 3): the rows of `lab verify`. Of an essay
only its cell is run: nothing else of it can be."""

from collections.abc import Callable, Iterator

from zhixing.grader.grading import Judge
from zhixing.grader.starter import planted, starter_of
from zhixing.grader.trivial import trivial_answers
from zhixing.records import Essay, Lab, LabReport, Mutant, Verdict
from zhixing.words import Said, say

SEEDS = ("verify-1", "verify-2", "verify-3")


def verify(
    lab: Lab, judge: Judge | None = None, on_row: Callable[[Said], None] | None = None
) -> LabReport:
    """The report on one lab; `ok` when no row has a problem. `on_row` hears each row's name."""
    if judge is None:
        with Judge() as own:
            return verify(lab, own, on_row)
    if lab.essay is not None:
        return _essay_report(lab, lab.essay, judge, on_row or (lambda _: None))
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


def _essay_report(
    lab: Lab, essay: Essay, judge: Judge, on_row: Callable[[Said], None]
) -> LabReport:
    """Of an essay only its cell can run; that its form is whole, reading it has shown."""
    if not essay.cell:
        return LabReport(lab.id, True, 0, 0, (), 0.0, ())
    on_row(say("the cell"))
    ran = judge.run(essay.cell, lab.packages)
    wrong: list[Said] = []
    if ran.trace:
        wrong.append(say("the cell stops: {trace}", trace=ran.trace.strip().splitlines()[-1]))
    elif not ran.output.strip():
        wrong.append(say("the cell prints nothing that an essay could quote"))
    return LabReport(lab.id, not wrong, 0, 0, (), round(ran.cpu_seconds, 3), tuple(wrong))


class _Verification:
    """Grades everything a lab brings and says what is wrong with it."""

    def __init__(self, lab: Lab, judge: Judge, on_row: Callable[[Said], None]) -> None:
        self.lab, self.judge, self.on_row = lab, judge, on_row
        self.cpu_seconds, self.killed = 0.0, 0
        self.caught: set[str] = set()

    def rows(self) -> Iterator[Said]:
        wrong = list(self.solution())
        yield from wrong
        if wrong:  # nothing else can be told from checks that fail the solution
            return
        yield from self.starter()
        for mutant in self.lab.mutants:
            yield from self.mutant(mutant)
        yield from (say("check {name} has never caught anything", name=n) for n in self.idle())
        for name, text in self.lab.alternatives.items():
            yield from self.alternative(name, text)
        for name, text in trivial_answers(self.lab).items():
            yield from self.trivial(name, text)

    def idle(self) -> tuple[str, ...]:
        """Checks that noticed no mutant."""
        return tuple(name for name in self.lab.checks if name not in self.caught)

    def grade(self, row: Said, text: str, seed: str = SEEDS[0], diagnose: bool = False) -> Verdict:
        self.on_row(row)
        return self.judge.grade(self.lab, text, seed=seed, diagnose=diagnose)

    def solution(self) -> Iterator[Said]:
        for seed in SEEDS:
            row = say("solution, seed {seed}", seed=seed)
            verdict = self.grade(row, self.lab.solution, seed)
            self.cpu_seconds = max(self.cpu_seconds, verdict.cpu_seconds)
            yield from _not_passed(row, verdict)
        if self.cpu_seconds > self.lab.budget_cpu_seconds:
            yield say(
                "solution: {used:.2f} CPU s, over its budget of {budget:g}",
                used=self.cpu_seconds,
                budget=self.lab.budget_cpu_seconds,
            )

    def starter(self) -> Iterator[Said]:
        text = starter_of(self.lab)
        if text == self.lab.solution:
            what = say("starter: nothing is cut; mark the answer with # <answer> … # </answer>")
            yield say("starter: it is the solution") if self.lab.starter else what
        row = say("starter")
        verdict = self.grade(row, text, diagnose=True)
        passed = [check.name for check in verdict.checks if check.outcome == "pass"]
        if any(
            "does not even load" in check.message.en for check in verdict.checks if check.message
        ):
            yield say("{row}: does not import", row=row)
        if passed:
            yield say("{row}: passes {checks}", row=row, checks=", ".join(passed))
        if verdict.slips and not self.lab.starter:  # code to mend has a slip of its own
            yield say("{row}: diagnosed as {slips}", row=row, slips=verdict.slips[0].id)

    def mutant(self, mutant: Mutant) -> Iterator[Said]:
        row = say("mutant {slip}", slip=mutant.slip)
        text = planted(self.lab, mutant)
        verdict = self.grade(row, text, diagnose=True)
        outcome = {check.name: check.outcome for check in verdict.checks}
        self.caught |= {name for name, found in outcome.items() if found != "pass"}
        missed = [name for name in mutant.fails if outcome.get(name) == "pass"]
        if any("does not even load" in c.message.en for c in verdict.checks if c.message):
            yield say("{row}: does not import", row=row)
        elif missed:
            yield say("{row}: not noticed by {checks}", row=row, checks=", ".join(missed))
        else:
            self.killed += 1
        named = {slip.id for slip in verdict.slips}
        if named != {mutant.slip}:
            slips = ", ".join(sorted(named)) or say("nothing known")
            yield say("{row}: diagnosed as {slips}", row=row, slips=slips)

    def alternative(self, name: str, text: str) -> Iterator[Said]:
        for seed in SEEDS[:2]:
            row = say("alternative {name}", name=name)
            yield from _not_passed(row, self.grade(row, text, seed))

    def trivial(self, name: str, text: str) -> Iterator[Said]:
        row = say("trivial answer ({name})", name=name)
        verdict = self.grade(row, text)
        for part, result in verdict.parts.items():
            if result.passed:
                yield say("{row} passes part {part}", row=row, part=part)


def _not_passed(row: Said, verdict: Verdict) -> Iterator[Said]:
    for check in verdict.checks:
        if check.outcome not in ("pass", "advisory"):
            yield say(
                "{row}: {check} {outcome}: {message}",
                row=row,
                check=check.name,
                outcome=check.outcome,
                message=check.message or "",
            )
