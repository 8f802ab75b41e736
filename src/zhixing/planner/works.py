"""From tasks to work that waits for a day: in which line, from when on, and for what?"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain, repeat
from types import MappingProxyType

from zhixing.planner.balance import NUMBERS
from zhixing.planner.cutting import smallest_pieces
from zhixing.planner.hours import SATURDAY, Room, Week
from zhixing.planner.laying import ONE_DAY
from zhixing.planner.ordering import Needs
from zhixing.planner.pins import Pinned, ToDo
from zhixing.planner.work import Work

INTERVIEW_DAYS = 8 * 7
NO_DATES: Mapping[str, date] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Terms:
    """What a plan has to respect. `study` and `whole` are a date's minutes without and with its
    reserve; `week` are those of `study` from Monday to Sunday. `deadline` is a wish: it decides
    between two ways to lay the work out. `evenly`: weeks have theory and practice as their block
    has them, as far as needs and the author's own weeks allow."""

    week: Week
    start: date
    study: Room
    whole: Room
    needs: Needs
    pinned: Pinned
    gate_open: bool
    deadline: date | None = None
    evenly: bool = True


def works(
    todo: Sequence[ToDo],
    terms: Terms,
    own: Iterable[date] = (),
    interviews: Mapping[str, date] = NO_DATES,
    one_line: Mapping[str, date] = NO_DATES,
    evenly: bool = False,
) -> list[Work]:
    """The work to be laid. A learner without weekend time has one line only, and so has what
    stands in `one_line`; interviews stand before all other work from their dates on. `evenly`
    spreads theory and practice over the time of each block; not where the author has set weeks."""
    two_lines = sum(terms.week[SATURDAY:]) > 0
    least, least_practice = smallest_pieces(terms.week)
    after, needs = terms.pinned.after, terms.needs
    waiting: list[Work] = []
    block, before, early = 0, False, -len(interviews)
    parts: dict[tuple[str, int, bool], int] = {}
    dates = chain(own, repeat(date.min))
    for place, ((task, minutes), on) in enumerate(zip(todo, dates, strict=False)):
        weekend = two_lines and task.weekend and task.id not in one_line
        block += before and not weekend
        before = weekend
        smallest = least_practice if weekend else least
        free = bool(task.subject or task.needs)
        work = Work(task.id, task.kind, minutes, place, block, weekend, smallest, on,
                    task.subject, task.stage, free, needs.get(task.id, ()), task.links)  # fmt: skip
        if task.id in after:
            work.not_before, work.held = max(on, after[task.id] + ONE_DAY), True
        elif task.id in interviews:
            work.not_before, work.held, work.weekend = interviews[task.id], True, False
            work.place, work.block = early, 0
            early += 1
        elif evenly and task.week < 1:
            work.part = parts.setdefault((task.stage, block, weekend), len(parts))
            work.share = NUMBERS[task.kind]
        waiting.append(work)
    return waiting


def track(todo: Sequence[ToDo], start: date, finish: date) -> Mapping[str, date]:
    """Dates for the interview tasks that the author gave no week and that no other work needs:
    spread over the weekdays of the eight weeks before the finish."""
    asked = [task.id for task, _ in todo if task.kind == "interview" and task.week < 1]
    if not asked:
        return NO_DATES
    needed = set().union(*[task.needs for task, _ in todo if task.kind != "interview"])
    tasks = [task for task in asked if task not in needed]
    if not tasks:
        return NO_DATES
    first = max(start, finish - timedelta(days=INTERVIEW_DAYS))
    days = [on for on in _dates(first, finish) if on.weekday() < SATURDAY] or [first]
    return {task: days[n * len(days) // len(tasks)] for n, task in enumerate(tasks)}


def _dates(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))
