"""A warm judge at each isolation level that this machine has."""

from collections.abc import Iterator

import pytest

from zhixing.errors import Problem
from zhixing.grader.grading import Judge
from zhixing.records import CheckResult, Lab, Limits


@pytest.fixture(scope="session", params=["full", "rootless", "process"])
def at_level(request: pytest.FixtureRequest) -> Iterator[Judge]:
    try:
        judge = Judge(request.param)
    except Problem as problem:
        pytest.skip(str(problem))
    with judge:
        if judge.run("", ("python",)).isolation != request.param:
            pytest.skip(f"no level {request.param} here")
        yield judge


def found(judge: Judge, lab: Lab, text: str = "") -> dict[str, CheckResult]:
    """What each check found in the lab's solution, or in another text."""
    verdict = judge.grade(lab, text or lab.solution, Limits(), seed="levels", diagnose=False)
    return {result.name: result for result in verdict.checks}


def trouble(results: dict[str, CheckResult]) -> dict[str, object]:
    """The checks that did not pass, and what they say."""
    return {
        name: one.message or one.outcome for name, one in results.items() if one.outcome != "pass"
    }
