"""What was in a week, and what was written: all notes, one page a week, hours over the weeks.

A week is a week of the plan in force, from 1. What happened before that plan began is not lost: it
lies in the weeks 0, -1, …
"""

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from zhixing.actions.desk import Desk
from zhixing.actions.labs import part_names, passed_parts
from zhixing.actions.planning import PlanRow, PlanWeek, rows, weeks
from zhixing.actions.routes import route
from zhixing.actions.standing import Standing, standing, week_number, with_plan
from zhixing.errors import Problem
from zhixing.records import Attempt, Happening, NoteSaved, Plan, Slip, Task, TaskDone, TaskKind
from zhixing.words import Bilingual, say

WEEK = datetime.timedelta(days=7)


@dataclass(frozen=True)
class Note:
    """A note as it stood on `on`. `here` says that its task is of the route in force."""

    task: str
    title: str
    on: datetime.date
    week: int
    text: str
    here: bool = True


@dataclass(frozen=True)
class DoneTask:
    """`minutes` are real when `measured`, else as planned. `by` is lab, learner or self-review."""

    task: str
    title: str
    kind: TaskKind
    on: datetime.date
    minutes: int
    measured: bool
    by: str
    here: bool = True


@dataclass(frozen=True)
class WeekLab:
    """What was tried of a lab: `passed` are titles of parts that first passed this week."""

    lab: str
    title: Bilingual
    passed: tuple[Bilingual, ...]
    attempts: int
    hints: int


@dataclass(frozen=True)
class WeekSlip:
    """A slip that an answer of this week behaved like. `mended` when the checks that showed it
    pass by now."""

    lab: str
    slip: Slip
    mended: bool


@dataclass(frozen=True)
class WeekSummary:
    """One week. `minutes` were worked, `measured` of them by a timer; `planned` is what the plan
    had. `open` are pieces neither done nor left out; `notes` as they stood when it ended."""

    number: int
    monday: datetime.date
    route_title: str
    units: tuple[str, ...]
    planned: int
    minutes: int
    measured: int
    done: tuple[DoneTask, ...]
    skipped: tuple[str, ...]
    labs: tuple[WeekLab, ...]
    slips: tuple[WeekSlip, ...]
    notes: tuple[Note, ...]
    open: tuple[PlanRow, ...]

    @property
    def sunday(self) -> datetime.date:
        return self.monday + datetime.timedelta(days=6)


@dataclass(frozen=True)
class WeekHours:
    """A week in minutes: as the plan in force has it, and as it was worked."""

    number: int
    monday: datetime.date
    planned: int
    worked: int


@dataclass(frozen=True)
class _Book:
    """What every question here needs. `tasks` are those of each route asked for, by id."""

    desk: Desk
    now: Standing
    plan: Plan
    route: str
    tasks: dict[str, Mapping[str, Task]] = field(default_factory=dict)

    def date_of(self, happening: Happening) -> datetime.date:
        """The evening of a happening, where the learner is."""
        return happening.at.astimezone(self.desk.now().tzinfo).date()

    def week_of(self, happening: Happening) -> int:
        return week_number(self.plan, self.date_of(happening))

    def task(self, task_id: str) -> Task | None:
        """A task of whatever route it belongs to: an earlier one, or the two-day trial."""
        name = task_id.partition("/")[0]
        if name not in self.tasks and name in self.desk.catalog.routes:
            found = route(self.desk, name, self.desk.language)
            self.tasks[name] = {task.id: task for task in found.tasks}
        return self.tasks.get(name, {}).get(task_id)

    def title(self, task_id: str) -> str:
        task = self.task(task_id)
        return task.title if task else task_id

    def here(self, task_id: str) -> bool:
        return task_id.startswith(f"{self.route}/") and self.task(task_id) is not None


def _book(desk: Desk) -> _Book:
    now, profile, plan = with_plan(desk)
    return _Book(desk, now, plan, profile.route)


# --- notes --------------------------------------------------------------------------------------


def all_notes(desk: Desk, holding: str = "") -> tuple[Note, ...]:
    """Every note as it stands, newest first; of them those that hold every word of `holding`, in
    their text or title. A note that was emptied is none. () when nothing happened yet."""
    if standing(desk).plan is None:
        return ()
    book = _book(desk)
    saved = sorted(book.now.notes.values(), key=lambda note: note.at, reverse=True)
    notes = (_note(book, one) for one in saved if one.text.strip())
    words = holding.casefold().split()
    return tuple(note for note in notes if _holds(note, words))


def _holds(note: Note, words: list[str]) -> bool:
    text = f"{note.title}\n{note.text}".casefold()
    return all(word in text for word in words)


def _note(book: _Book, saved: NoteSaved) -> Note:
    on = book.date_of(saved)
    title, here = book.title(saved.task), book.here(saved.task)
    return Note(saved.task, title, on, week_number(book.plan, on), saved.text, here)


# --- one week -----------------------------------------------------------------------------------


def span(desk: Desk) -> tuple[int, int]:
    """The first and the last week there is a page of."""
    return _span(_book(desk))


def this_week(desk: Desk) -> int:
    """The week of today, held between the first and the last there are."""
    book = _book(desk)
    first, last = _span(book)
    return min(max(week_number(book.plan, desk.today()), first), last)


def week_summary(desk: Desk, n: int) -> WeekSummary:
    """What happened in week `n`. Problem when there is no such week."""
    book = _book(desk)
    first, last = _span(book)
    if not first <= n <= last:
        raise Problem(
            say("there is no week {week} here", week=n),
            say("weeks {first} to {last}", first=first, last=last),
            say("choose a week in between: the page of all notes lists them"),
        )
    planned = {week.number: week for week in weeks(desk)}.get(n)
    done = tuple(_done_in(book, n))
    return WeekSummary(
        number=n,
        monday=_monday(book.plan) + (n - 1) * WEEK,
        route_title=route(desk, book.route, desk.language).title,
        units=planned.units if planned else (),
        planned=sum(planned.minutes) if planned else 0,
        minutes=sum(task.minutes for task in done),
        measured=sum(task.minutes for task in done if task.measured),
        done=done,
        skipped=tuple(
            book.title(task) for task, h in book.now.skipped.items() if book.week_of(h) == n
        ),
        labs=tuple(_labs_in(book, n)),
        slips=tuple(_slips_in(book, n)),
        notes=tuple(_notes_in(book, n)),
        open=tuple(_open_in(desk, planned)),
    )


def _monday(plan: Plan) -> datetime.date:
    first = plan.days[0].date if plan.days else plan.finish
    return first - datetime.timedelta(days=first.weekday())


def _span(book: _Book) -> tuple[int, int]:
    """The first and the last week in which anything happened, or is planned."""
    every = sorted(book.now.happenings, key=lambda happening: happening.at)
    happened = [book.week_of(happening) for happening in every[:1] + every[-1:]]
    return min(1, *happened), max(week_number(book.plan, book.plan.finish), *happened)


def _done_in(book: _Book, n: int) -> Iterator[DoneTask]:
    for happened in book.now.all_done:
        if book.week_of(happened) == n:
            yield _done(book, happened)


def _done(book: _Book, happened: TaskDone) -> DoneTask:
    task = book.task(happened.task)
    measured = happened.minutes is not None
    return DoneTask(
        task=happened.task,
        title=task.title if task else happened.task,
        kind=task.kind if task else "study",
        on=book.date_of(happened),
        minutes=happened.minutes
        if happened.minutes is not None
        else _planned(book, happened, task),
        measured=measured,
        by=happened.by,
        here=book.here(happened.task),
    )


def _planned(book: _Book, happened: TaskDone, task: Task | None) -> int:
    return book.now.asked_minutes(happened, task) if task else 0


def _labs_in(book: _Book, n: int) -> Iterator[WeekLab]:
    tried: dict[str, list[Attempt]] = {}
    before: dict[str, set[str]] = {}
    for attempt in book.now.attempts:
        week = book.week_of(attempt)
        if attempt.counted and week == n:
            tried.setdefault(attempt.lab, []).append(attempt)
        elif attempt.counted and week < n:
            before.setdefault(attempt.lab, set()).update(passed_parts(attempt.verdict))
    hints = Counter(hint.lab for hint in book.now.hints if book.week_of(hint) == n)
    for lab in dict.fromkeys((*tried, *hints)):
        mine = tried.get(lab, [])
        new = {name for attempt in mine for name in passed_parts(attempt.verdict)}
        yield _lab(book, lab, new - before.get(lab, set()), len(mine), hints[lab])


def _lab(book: _Book, lab_id: str, passed: set[str], attempts: int, hints: int) -> WeekLab:
    lab = book.desk.catalog.labs.get(lab_id)
    if lab is None:  # its pack is gone
        named = tuple(Bilingual(name, name) for name in sorted(passed))
        return WeekLab(lab_id, Bilingual(lab_id, lab_id), named, attempts, hints)
    parts = {part.name: part.title for part in lab.parts}
    titles = tuple(parts.get(name, lab.title) for name in part_names(lab) if name in passed)
    return WeekLab(lab_id, lab.title, titles, attempts, hints)


def _slips_in(book: _Book, n: int) -> Iterator[WeekSlip]:
    """Each slip once a lab, in the order met."""
    seen = set()
    for attempt in book.now.attempts:
        if not attempt.counted or book.week_of(attempt) != n:
            continue
        for slip in attempt.verdict.slips:
            if (attempt.lab, slip.id) not in seen:
                seen.add((attempt.lab, slip.id))
                yield WeekSlip(attempt.lab, slip, _mended(book, attempt, slip))


def _mended(book: _Book, met: Attempt, slip: Slip) -> bool:
    """Whether the checks that fail for this slip, and failed then, all passed when last run."""
    lab = book.desk.catalog.labs.get(met.lab)
    shown = {name for m in lab.mutants if m.slip == slip.id for name in m.fails} if lab else set()
    failed = {c.name for c in met.verdict.checks if c.outcome in ("fail", "error")}
    latest: Mapping[str, str] = {
        check.name: check.outcome
        for attempt in book.now.attempts
        if attempt.lab == met.lab and attempt.counted
        for check in attempt.verdict.checks
        if check.outcome != "skipped"
    }
    wanted = (failed & shown) or failed
    return bool(wanted) and all(latest.get(name) == "pass" for name in wanted)


def _notes_in(book: _Book, n: int) -> Iterator[Note]:
    saved = {
        happened.task: happened
        for happened in book.now.happenings
        if isinstance(happened, NoteSaved) and book.week_of(happened) == n
    }
    for happened in sorted(saved.values(), key=lambda one: one.at):
        if happened.text.strip():
            yield _note(book, happened)


def _open_in(desk: Desk, planned: PlanWeek | None) -> Iterator[PlanRow]:
    """One line a task that is neither done nor left out."""
    found = rows(desk, planned.number) if planned else ()
    yield from {row.task: row for row in found if row.state in ("open", "missed")}.values()


# --- hours over the weeks -----------------------------------------------------------------------


def hours_by_week(desk: Desk) -> tuple[WeekHours, ...]:
    """Every week from the first in which anything was done, or is planned, to the last. () when
    there is no plan."""
    if standing(desk).plan is None:
        return ()
    book = _book(desk)
    planned = {week.number: sum(week.minutes) for week in weeks(desk)}
    worked: Counter[int] = Counter()
    for happened in book.now.all_done:
        worked[book.week_of(happened)] += _done(book, happened).minutes
    numbers = [*planned, *worked] or [1]
    monday = _monday(book.plan)
    return tuple(
        WeekHours(n, monday + (n - 1) * WEEK, planned.get(n, 0), worked[n])
        for n in range(min(numbers), max(numbers) + 1)
    )
