"""What happens to a learner: as much of it as a measurement asks for."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import count, islice
from pathlib import Path
from typing import Any

from zhixing.catalog.packs import pack_folders
from zhixing.catalog.reading import read_catalog
from zhixing.grader.grading import Judge
from zhixing.grader.starter import planted, without_markers
from zhixing.records import (
    Attempt,
    Happening,
    HintTaken,
    Lab,
    NoteSaved,
    TaskDone,
    TaskStarted,
    Verdict,
)

LAB = "dl-softmax-ce"
SLIP = "sums-the-loss"
NOTE = "取最大值再减，指数就不会上溢。Subtract the maximum first: no exponent overflows. "
PACE = timedelta(minutes=20)


def the_lab() -> Lab:
    """The lab that is measured with. Sound labs are read even while others are being written."""
    return read_catalog(pack_folders(()))[0].labs[LAB]


def right_and_wrong(lab: Lab) -> tuple[str, str]:
    """An answer that passes, and one with a slip that people make."""
    slip = next(mutant for mutant in lab.mutants if mutant.slip == SLIP)
    return without_markers(lab.solution), without_markers(planted(lab, slip))


def catalog_in(home: Path) -> str:
    """Whether the runs in this home had a remembered catalog, in words."""
    if (home / "cache" / "catalog.bin").exists():
        return "The home remembered the catalog."
    letters = len(read_catalog(pack_folders(()))[1])
    return f"**No catalog was remembered**: the content has {letters} faults, each run parsed it."


def happenings(tasks: Sequence[str], until: datetime, number: int) -> tuple[Happening, ...]:
    """`number` happenings, the last one just before `until`: of ten, two are attempts at a lab
    with their verdicts (a failed and a passed one), a hint, a note, six beginnings and ends of
    tasks. From the first of `tasks` on; when they are through, from the first again."""
    lab = the_lab()
    right, wrong = right_and_wrong(lab)
    with Judge() as judge:
        tries = [(text, judge.grade(lab, text)) for text in (wrong, right)]
    found = islice(_days(tasks, tries, until - number * PACE), number)
    return tuple(found)


def _days(
    tasks: Sequence[str], tries: Sequence[tuple[str, Verdict]], first: datetime
) -> Iterator[Happening]:
    serial = count()

    def stamp() -> dict[str, Any]:
        n = next(serial)
        return {"id": f"bench-{n:06}", "learner": "me", "at": first + n * PACE}

    def attempt(text: str, verdict: Verdict) -> Attempt:
        return Attempt(**stamp(), lab=LAB, part=None, answer=text, verdict=verdict)

    for n in count(step=3):
        reading, writing, lab_task = (tasks[(n + k) % len(tasks)] for k in range(3))
        yield TaskStarted(**stamp(), task=reading)
        yield TaskDone(**stamp(), task=reading, minutes=40)
        yield TaskStarted(**stamp(), task=writing)
        yield NoteSaved(**stamp(), task=writing, text=NOTE * 4)
        yield TaskDone(**stamp(), task=writing, minutes=15)
        yield TaskStarted(**stamp(), task=lab_task)
        yield attempt(*tries[0])
        yield HintTaken(**stamp(), lab=LAB, check="loss_is_mean_surprise", rung=1)
        yield attempt(*tries[1])
        yield TaskDone(**stamp(), task=lab_task, minutes=50, by="lab")
