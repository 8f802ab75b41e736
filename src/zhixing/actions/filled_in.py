"""A plan that was filled in elsewhere comes back: first as a preview, then as what happened.

A row counts by what a person changed in it since it was exported: a sheet of last week takes
nothing back that was done meanwhile.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from zhixing.actions.days import only_passing_does_a_lab
from zhixing.actions.desk import Desk
from zhixing.actions.filled_rows import Reading, Row, SheetChange, moved
from zhixing.actions.rounds import Times, days_in, done_times
from zhixing.actions.routes import all_routes, route
from zhixing.actions.standing import Standing, with_plan
from zhixing.actions.whole_routes import shown_route
from zhixing.errors import Letter, Problem
from zhixing.export.reading_back import FilledRow, FilledSheet, filled_sheet
from zhixing.export.row_marks import TOLD, belongs
from zhixing.records import Happening, NoteSaved, TaskDone, TaskSkipped
from zhixing.words import say

MOST_LETTERS = 50
TORN_ROWS = 4
FOREIGN_ROWS = 4
SHEET = say("the sheet of days")


@dataclass(frozen=True)
class ReadBack:
    """What a filled-in sheet would change, and what it says that cannot be taken."""

    changes: tuple[SheetChange, ...]
    letters: tuple[Letter, ...]


def read_back(desk: Desk, raw: bytes) -> ReadBack:
    """What a filled-in workbook would change; nothing is kept. Problem: no plan, or a file that is
    none of ours."""
    now, profile, plan = with_plan(desk)
    sheet = filled_sheet(raw)
    _refuse_torn(sheet.rows)
    tasks = {task.id: task for task in shown_route(desk, profile).tasks}
    _refuse_of_another(desk, sheet.rows, tasks)
    reading = Reading(desk, now, plan, tasks)
    by_task: dict[str, list[Row]] = {}
    for row in sheet.rows:
        read = reading.row(row)
        if read is not None:
            by_task.setdefault(read.task, []).append(read)
    changes = [change for rows in by_task.values() for change in reading.task(rows)]
    letters = sorted([*_of_the_sheet(sheet), *reading.letters], key=lambda one: one[0])
    told = [letter for _, letter in letters]
    if len(told) > MOST_LETTERS:
        more = say("{n} more rows cannot be taken either", n=len(told) - MOST_LETTERS)
        told[MOST_LETTERS:] = [Letter(more, SHEET, say("mend the first ones and read it again"))]
    return ReadBack(tuple(sorted(changes, key=lambda change: change.row)), tuple(told))


def apply(desk: Desk, changes: Sequence[SheetChange]) -> tuple[Happening, ...]:
    """Remember changes of a preview, all or none; `zhixing undo` takes them back together.

    What has become so meanwhile is left out. Problem: a lab that has not passed.
    """
    now, profile, plan = with_plan(desk)
    tasks = {task.id: task for task in shown_route(desk, profile).tasks}
    times = done_times(now, plan, tasks.values())
    wanted = [
        change
        for change in changes
        if change.task in tasks
        and (change.on is None or change.on in days_in(plan, change.task))
        and _is_news(now, times, change)
    ]
    for change in wanted:
        if change.becomes == "done":
            only_passing_does_a_lab(desk, tasks[change.task])
    if not wanted:
        return ()
    together, learner, at = desk.stamp()
    happened: list[Happening] = []
    for number, one in enumerate(wanted, 1):
        id_ = f"{together}.{number}"
        if one.becomes == "skipped":
            happened.append(TaskSkipped(id=id_, learner=learner, at=at, task=one.task))
        elif one.becomes == "note":
            happened.append(NoteSaved(id=id_, learner=learner, at=at, task=one.task, text=one.note))
        else:
            before = _done(now, times, one)
            by = before.by if before is not None else "learner"
            happened.append(
                TaskDone(id=id_, learner=learner, at=at, task=one.task, minutes=one.minutes, by=by,
                         on=one.on)
            )  # fmt: skip
    desk.store.append(*happened)
    return tuple(happened)


def _done(now: Standing, times: Times, change: SheetChange) -> TaskDone | None:
    """How the task was done already, or that time of it."""
    whole = now.done.get(change.task)
    if change.on is None or (whole is not None and whole.on is None):
        return whole
    return now.times.get(change.task, {}).get(change.on, times.get((change.task, change.on)))


def _is_news(now: Standing, times: Times, change: SheetChange) -> bool:
    done = _done(now, times, change)
    if change.becomes == "done":
        return done is None
    if change.becomes == "minutes":
        return done is not None and done.minutes != change.minutes
    if change.becomes == "skipped":
        return done is None and change.task not in now.skipped
    note = now.notes.get(change.task)
    return note is None or note.text != change.note


# --- the sheet ----------------------------------------------------------------------------------


def _refuse_torn(rows: Sequence[FilledRow]) -> None:
    """A sheet of which only some columns were sorted gives every row the wrong id."""
    dated = [row for row in rows if row.date and row.told.count("|") in (TOLD - 2, TOLD - 1)]
    torn = [row for row in dated if moved(row.date, row.told.rpartition("|")[2])]
    swapped = [row for row in rows if not belongs(row.id, row.told)]
    if len(swapped) >= TORN_ROWS or (len(torn) >= TORN_ROWS and 2 * len(torn) > len(dated)):
        raise Problem(
            say("most dates do not belong to the ids of their rows: only some columns were sorted"),
            SHEET,
            say("undo the sorting, or export anew, and sort with all columns; nothing was taken"),
        )


def _refuse_of_another(desk: Desk, rows: Sequence[FilledRow], tasks: Collection[str]) -> None:
    """A sheet of another plan is told once, not row by row; nothing of it is taken."""
    ids = [row.id.rpartition("@")[0] for row in rows]
    foreign = [one for one in ids if one not in tasks]
    if len(foreign) < FOREIGN_ROWS or 2 * len(foreign) <= len(ids):
        return
    (name, _), *_ = Counter(one.partition("/")[0] for one in foreign).most_common(1)
    title = route(desk, name, desk.language).title if name in all_routes(desk) else name[:80]
    raise Problem(
        say("this sheet belongs to another plan: {route}", route=title),
        SHEET,
        say("export the present plan anew and fill that in; nothing was taken"),
    )


def _of_the_sheet(sheet: FilledSheet) -> Iterator[tuple[int, Letter]]:
    """(0, letter) of what is odd about a sheet as a whole; rows without ids by their numbers."""
    anew = say("export the plan anew to have it back")
    for column in sheet.lacks:
        yield 0, Letter(say('the column "{name}" is gone', name=column), SHEET, anew)
    if sheet.macros:
        yield 0, Letter(say("the file holds macros: they are not run, and not kept"), SHEET,
                        say("there is nothing to do"))  # fmt: skip
    if sheet.cut:
        yield 0, Letter(say("the sheet has more rows than a plan can: the rest is not read"),
                        SHEET, say("delete the rows that are not of the plan"))  # fmt: skip
    for number in sheet.without_id:
        yield number, Letter(say("the row has no id: it was added by hand"),
                             say("row {n}", n=number),
                             say("work outside of the plan goes into a note"))  # fmt: skip
