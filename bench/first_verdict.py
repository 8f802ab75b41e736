"""How soon is the first verdict of a numpy lab there, and the next?  python bench/first_verdict.py

Beside it, in the same rounds: a plain script and pytest, which let the answer reach whatever judges
it. They name no slip, so wrong answers are timed apart.
"""

import sys
from collections.abc import Callable, Mapping
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from learner import LAB, SLIP, catalog_in, right_and_wrong, the_lab
from measuring import Figure, Took, cpu_below, done, ended, in_turns, seconds_of
from reporting import report
from rivals import EVEN, lay_out

from zhixing.grader.grading import Judge
from zhixing.records import Lab

ROUNDS, VERDICTS, REPEATS = 9, 20, 3
ZHIXING = Path(sys.executable).with_name("zhixing")
Command = list[object]


def verdict_of(command: Command, folder: Path, passes: bool) -> Took:
    """The time of a process whose exit code must say whether the answer passes."""
    run = ended(command, folder, EVEN | {"ZHIXING_HOME": str(folder.parent / "home")})
    if run.code != int(not passes):
        raise SystemExit(f"{command}, {folder.name}: a wrong verdict\n{run.said}")
    return run.took


def uncached(command: Command, folder: Path, passes: bool) -> Took:
    for file in (folder.parent / "home" / "cache").glob("*"):
        file.unlink()
    return verdict_of(command, folder, passes)


def warm(judge: Judge, lab: Lab, answer: str, passes: bool, diagnose: bool = True) -> Took:
    def grade() -> None:
        verdict = judge.grade(lab, answer, diagnose=diagnose)
        slips = [SLIP] if diagnose and not passes else []
        if (verdict.passed, [slip.id for slip in verdict.slips]) != (passes, slips):
            raise SystemExit(f"a wrong verdict: {verdict}")

    return seconds_of(grade)


def cpu_each(lab: Lab, answer: str) -> float:
    """CPU seconds of one more verdict, all processes counted: of 1 + 20 less those of 1."""

    def grade(count: int) -> None:
        with Judge() as judge:
            for _ in range(count):
                judge.grade(lab, answer)

    return (cpu_below(partial(grade, 1 + VERDICTS)) - cpu_below(partial(grade, 1))) / VERDICTS


def contestants(
    place: Path, judge: Judge, lab: Lab, answer: str, passes: bool
) -> Mapping[str, Callable[[], Took]]:
    folder = place / ("right" if passes else "wrong")
    folder.mkdir()
    lay_out(folder, lab, answer)
    check: Command = [ZHIXING, "check", LAB, "--file", "answer.py"]
    commands: dict[str, Command] = {
        "zhixing check": check,
        "plain script": [sys.executable, "run.py"],
    }
    if find_spec("pytest"):
        commands["pytest"] = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    runs = {name: partial(verdict_of, c, folder, passes) for name, c in commands.items()}
    if passes:
        runs["zhixing check, home's caches emptied"] = partial(uncached, check, folder, passes)
    else:
        runs["warm Judge, slip not named"] = partial(warm, judge, lab, answer, passes, False)
    return runs | {"warm Judge": partial(warm, judge, lab, answer, passes)}


def figures(took: dict[str, tuple[Took, ...]], answer: str, cpu: tuple[float, ...]) -> list[Figure]:
    """Walls and CPU seconds of each, and how many times the warm verdict the others take."""
    listed = []
    for name, times in took.items():
        target = 1.0 if name.startswith("zhixing") else None
        listed.append(Figure(f"{answer}: {name}, wall", "s", tuple(t.wall for t in times), target))
        spent = cpu if name == "warm Judge" else tuple(t.cpu for t in times)
        if not name.endswith("named"):  # its CPU seconds are spent in the judge, not in here
            listed.append(Figure(f"{answer}: {name}, CPU", "s", spent))
    for name in sorted(took.keys() & {"plain script", "pytest"}):
        pairs = zip(took[name], took["warm Judge"], strict=True)
        ratios = tuple(other.wall / own.wall for other, own in pairs)
        listed.append(Figure(f"{answer}: {name} ÷ warm Judge, wall", "×", ratios))
    return listed


def main() -> None:
    lab = the_lab()
    found: list[Figure] = []
    with TemporaryDirectory() as made, Judge() as judge:
        place = Path(made)
        done([ZHIXING, "init", "--yes", "--home", place / "home"])
        for name, answer in zip(("right", "wrong"), right_and_wrong(lab), strict=True):
            took = in_turns(contestants(place, judge, lab, answer, name == "right"), ROUNDS)
            found += figures(took, name, tuple(cpu_each(lab, answer) for _ in range(REPEATS)))
        remembered = catalog_in(place / "home")
    report(
        "first_verdict",
        found,
        f"{LAB}, {len(lab.checks)} checks; the wrong answer has the slip {SLIP}, which Zhixing "
        f"names by replaying it against {len(lab.mutants)} mutants. Every verdict was right.",
        remembered,
        "nbgrader and otter-grader, in environments of their own: `make graders`.",
    )


if __name__ == "__main__":
    main()
