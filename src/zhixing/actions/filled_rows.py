"""What do the rows of a filled-in sheet mean, beside what holds now? A change, or a letter."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from zhixing.actions.days import only_passing_does_a_lab
from zhixing.actions.desk import Desk
from zhixing.actions.rounds import days_in, done_times, planned_time
from zhixing.actions.standing import Standing
from zhixing.errors import Letter, Problem, nearest
from zhixing.export.plan_pieces import MINUTES_A_DAY, STATES
from zhixing.export.reading_back import FilledRow
from zhixing.export.row_marks import TOLD, belongs, note_sum
from zhixing.records import Plan, Task, TaskDone
from zhixing.words import LANGUAGES, Said, Sayable, say

FIRST_SERIAL = date(1899, 12, 30)
"""The day from which spreadsheets count."""


@dataclass(frozen=True)
class SheetChange:
    """What one task would become: done, left out, done with other minutes, or with a note. `on` is
    set for one time of work that comes back: its day in the plan."""

    row: int
    task: str
    title: str
    becomes: Literal["done", "skipped", "minutes", "note"]
    minutes: int | None = None
    note: str = ""
    on: date | None = None


@dataclass(frozen=True)
class Row:
    """A row that makes sense. `was` and `had` are the state and minutes that it was exported with,
    `on` its day in the plan; `state` and `taken` what it says now."""

    number: int
    task: str
    was: str
    had: int | None
    state: str
    taken: int | None
    note: str
    """"" = unchanged."""
    on: date | None = None

    @property
    def is_changed(self) -> bool:
        return self.state != self.was or self.taken != self.had


class Reading:
    """One sheet being read beside what holds now; collects (row, letter) of what cannot be."""

    def __init__(self, desk: Desk, now: Standing, plan: Plan, tasks: Mapping[str, Task]) -> None:
        self.desk, self.now, self.plan, self.tasks = desk, now, plan, tasks
        self.shares = Counter(piece.task for day in plan.days for piece in day.pieces)
        self.times = done_times(now, plan, tasks.values())
        self.letters: list[tuple[int, Letter]] = []
        self._seen: dict[str, FilledRow] = {}

    def row(self, row: FilledRow) -> Row | None:
        """The row, understood; None and a letter where it cannot be."""
        task = row.id.rpartition("@")[0]
        if task not in self.tasks:
            self._say(row.number, *_no_task(row.id, task, self.tasks))
            return None
        if not self._is_first(row):
            return None
        if not belongs(row.id, row.told):
            step = say("export the plan anew, and leave the hidden columns as they are")
            self._say(row.number, say("the id of this row was written for another one"), step)
            return None
        was, had, note, on = _told(row.told, self.now, task)
        if moved(row.date, on):
            self._say(row.number, say("a date that is changed in the sheet moves nothing"),
                      say("`zhixing replan` shows ways to move work"))  # fmt: skip
        state = _state(row.status) if row.status else was
        taken = _minutes(row.taken)
        if state is None:
            self._say(row.number, say('"{value}" is no status', value=row.status[:40]),
                      say("choose one of: {known}", known=_words(self.desk)))  # fmt: skip
        elif taken == -1:
            self._say(row.number, say('"{value}" is no number of minutes', value=row.taken[:40]),
                      say("whole minutes, from 0 to 1440"))  # fmt: skip
        if state is None or taken == -1:  # its note is read all the same
            state, taken = was, had
        fresh = row.note if row.note and note_sum(row.note) != note else ""
        return Row(row.number, task, was, had, state, taken, fresh, self._day(row.id, on))

    def _day(self, row_id: str, on: str) -> date | None:
        """The day in the plan that a row was written for; by its number where it does not tell."""
        task, _, number = row_id.rpartition("@")
        planned = days_in(self.plan, task)
        then = _day(on)
        if then is not None:
            return planned_time(self.times, planned, self.tasks[task], then)
        place = int(number[:5]) if number.isdecimal() else 0
        return planned[place - 1] if 0 < place <= len(planned) else None

    def _is_first(self, row: FilledRow) -> bool:
        """Whether this is the first row of its id; a letter where two of them disagree."""
        first = self._seen.setdefault(row.id, row)
        if first is not row and (first.status, first.taken) != (row.status, row.taken):
            self._say(row.number, say("this row stands in the sheet twice, and says two things"),
                      say("row {n} is taken; delete one of them", n=first.number))  # fmt: skip
        return first is row

    def task(self, rows: Sequence[Row]) -> Iterator[SheetChange]:
        """What the rows of one task would change."""
        first, task = rows[0], self.tasks[rows[0].task]
        for row in rows:
            held = self.now.notes.get(task.id)
            if row.note and (held is None or note_sum(held.text) != note_sum(row.note)):
                yield SheetChange(row.number, task.id, task.title, "note", note=row.note)
        if not any(row.is_changed for row in rows):
            return
        whole = self.now.done.get(task.id)
        if task.recurring and (whole is None or whole.on is not None):
            yield from self._times(rows, task)
            return
        states = {row.state for row in rows}
        given = [row.taken for row in rows if row.taken is not None]
        minutes = sum(given) if given else None
        done = self.now.done.get(task.id)
        if done is not None:
            yield from self._done_already(rows, task, done, minutes)
        elif "open" in states or len(rows) < self.shares.get(task.id, 1):
            self._not_yet(rows, task)
        elif states == {"done"}:
            refused = self._refused(first, task)
            if not refused:
                yield SheetChange(first.number, task.id, task.title, "done", minutes)
                self._partly_timed(rows, len(given))
        elif task.id not in self.now.skipped:
            yield SheetChange(first.number, task.id, task.title, "skipped")

    def _times(self, rows: Sequence[Row], task: Task) -> Iterator[SheetChange]:
        """Work that comes back counts row by row; it is left out as a whole or not at all."""
        changed = [row for row in rows if row.is_changed]
        if len(rows) >= self.shares[task.id] and {row.state for row in rows} == {"skipped"}:
            if task.id not in self.now.skipped:
                yield SheetChange(rows[0].number, task.id, task.title, "skipped")
            return
        for row in changed:
            done = self.times.get((task.id, row.on)) if row.on else None
            if done is not None:
                yield from self._done_already([row], task, done, row.taken)
            elif row.state == "skipped":
                self._say(row.number, say("one time of work that comes back needs no mark"),
                          say("leave it open: it is never called missed; `zhixing skip` leaves "
                              "all of it out"))  # fmt: skip
            elif row.state == "open":
                self._not_yet([row], task)
            elif row.on is None:
                self._say(row.number, say("the plan does not have this time of the task any more"),
                          say("export the plan anew"))  # fmt: skip
            elif not self._refused(row, task):
                yield SheetChange(row.number, task.id, task.title, "done", row.taken, on=row.on)

    def _partly_timed(self, rows: Sequence[Row], given: int) -> None:
        """Some of a task's rows have minutes and others none."""
        if 0 < given < len(rows):
            row = next(row for row in rows if row.taken is not None)
            self._say(row.number,
                      say("minutes stand in {n} of the {all} rows of this task", n=given,
                          all=len(rows)),
                      say("they count as the time of all of it; fill in the other rows if they "
                          "do not"))  # fmt: skip

    def _done_already(
        self, rows: Sequence[Row], task: Task, done: TaskDone, minutes: int | None
    ) -> Iterator[SheetChange]:
        back = next((row for row in rows if row.state != "done" and row.was == "done"), None)
        if back is not None:
            self._say(back.number, say("a sheet does not take back what is done"),
                      say("`zhixing undo` takes back the last done"))  # fmt: skip
        elif minutes is not None and minutes != done.minutes and _minutes_changed(rows):
            row = rows[0]
            yield SheetChange(row.number, task.id, task.title, "minutes", minutes, on=done.on)

    def _not_yet(self, rows: Sequence[Row], task: Task) -> None:
        """Only some of a task's rows are marked, or minutes stand at what is still open."""
        marked = next((row for row in rows if row.state != "open" and row.is_changed), None)
        needed = 1 if task.recurring else max(len(rows), self.shares.get(task.id, 1))
        if marked is not None and needed > 1:
            self._say(marked.number,
                      say("the task stands in {n} rows, and not all of them are marked", n=needed),
                      say("it counts once all its rows are done or skipped"))  # fmt: skip
        elif marked is None and any(row.taken != row.had for row in rows):
            row = next(row for row in rows if row.taken != row.had)
            self._say(row.number, say("minutes stand here, and the task is not done"),
                      say("mark it as done as well: then its minutes count"))  # fmt: skip

    def _refused(self, row: Row, task: Task) -> bool:
        try:
            only_passing_does_a_lab(self.desk, task)
        except Problem as problem:
            self._say(row.number, problem.letters[0].what, problem.letters[0].next_step)
            return True
        return False

    def _say(self, row: int, what: Sayable, next_step: Sayable) -> None:
        self.letters.append((row, Letter(what, say("row {n}", n=row), next_step)))


def _minutes_changed(rows: Sequence[Row]) -> bool:
    return any(row.taken != row.had for row in rows)


def _no_task(row_id: str, task: str, tasks: Mapping[str, Task]) -> tuple[Said, Said]:
    close = nearest(task, tasks)
    step = say("the sheet may be of another plan: export this one anew")
    if close is not None:
        step = say('the nearest is "{nearest}"; ids are not for changing', nearest=close)
    return say('the plan has no task "{id}"', id=row_id[:80]), step


def _told(told: str, now: Standing, task: str) -> tuple[str, int | None, str, str]:
    """What a row was exported with: state, minutes, sum of its note, date. Where that is gone, it
    is taken to have said what holds now."""
    parts = told.split("|")
    if (
        len(parts) in (TOLD - 1, TOLD)
        and parts[0] in STATES
        and (not parts[1] or parts[1].isdecimal())
    ):
        return parts[0], int(parts[1][:5]) if parts[1] else None, parts[2], parts[-1]
    done = now.done.get(task)
    state = "done" if done else "skipped" if task in now.skipped else "open"
    return state, done.minutes if done else None, "", ""


def moved(shown: str, on: str) -> bool:
    """Whether the date of a row is another than the one it was exported with; what is no date, or
    is empty, has not moved."""
    return bool(shown and on) and _date(shown) not in ("", on)


def _date(shown: str) -> str:
    try:
        return (FIRST_SERIAL + timedelta(days=int(float(shown)))).isoformat()
    except (ValueError, OverflowError):
        return shown[:10].replace("/", "-") if len(shown) >= 8 and shown[:4].isdecimal() else ""


def _day(told: str) -> date | None:
    try:
        return date.fromisoformat(told)
    except ValueError:
        return None


def _state(word: str) -> str | None:
    said = word.casefold()
    for state, name in STATES.items():
        if said in {name.render(language).casefold() for language in LANGUAGES}:
            return state
    return None


def _words(desk: Desk) -> str:
    return ", ".join(name.render(desk.language) for name in STATES.values())


def _minutes(text: str) -> int | None:
    """Whole minutes; None for nothing, -1 for what is none."""
    if not text:
        return None
    try:
        number = float(text)
    except ValueError:
        return -1
    whole = number.is_integer() and 0 <= number <= MINUTES_A_DAY
    return int(number) if whole else -1
