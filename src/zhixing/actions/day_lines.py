"""The lines of a day: what stands on it, how far each is, and what to do next for it."""

import datetime
from dataclasses import dataclass, replace

from zhixing.actions.desk import Desk
from zhixing.actions.leads import Lead, built_labs, latest_answer, leads, planned_lab
from zhixing.actions.rounds import Times, done_times
from zhixing.actions.routes import short_id
from zhixing.actions.standing import Standing
from zhixing.planner.day import due
from zhixing.records import Day, Piece, Plan, PlannedLab, Route, Task

LABS = ("lab", "project")
"""Kinds of tasks that are done by passing a lab, once it is built."""

WRITTEN = "essay"
"""The kind of task that a lab lays out and counts, and that its writer judges."""


@dataclass(frozen=True)
class Line:
    """One line of today's page. `number` is what a person may type instead of the id; `command`
    is what to type next for this task, "" when there is nothing to do. `planned` is the lab that
    is not built yet: nothing checks the task, its criterion says when it is done. A line of an
    earlier day has the number 0: it is named by its id."""

    number: int
    piece: Piece
    task: Task
    state: str  # open, running, done, skipped
    command: str
    leads: tuple[Lead, ...]
    planned: PlannedLab | None = None


def lines_of(desk: Desk, now: Standing, plan: Plan, found: Route, day: Day) -> tuple[Line, ...]:
    """A day's pieces in the plan's order: what is still due, and what is done already."""
    left = {piece.task: piece for piece in due(plan, day.date, now.finished, now.worked(day.date))}
    times = done_times(now, plan, found.tasks)
    lines: list[Line] = []
    for piece in day.pieces:
        task = found.task(piece.task)
        if task is None:
            continue
        state = _state(now, times, piece.task, day.date)
        shown = left.get(piece.task, piece) if state in ("open", "running") else piece
        number = len(lines) + 1
        command = _command(desk, str(number), task, state)
        planned = planned_lab(desk.catalog, task)
        lines.append(Line(number, shown, task, state, command, leads(desk, task), planned))
    return tuple(lines)


def late_lines(
    desk: Desk, now: Standing, found: Route, late: tuple[Piece, ...]
) -> tuple[Line, ...]:
    """The missed work, a task once with all its minutes, in the order of the route."""
    minutes: dict[str, int] = {}
    for piece in late:
        minutes[piece.task] = minutes.get(piece.task, 0) + piece.minutes
    lines: list[Line] = []
    for task in found.tasks:
        if task.id in minutes:
            running = now.running is not None and now.running.task == task.id
            state = "running" if running else "open"
            command = _command(desk, short_id(found, task.id), task, state)
            piece = Piece(task.id, task.kind, minutes[task.id])
            planned = planned_lab(desk.catalog, task)
            lines.append(Line(0, piece, task, state, command, leads(desk, task), planned))
    return tuple(lines)


def first_after(
    desk: Desk, now: Standing, plan: Plan, found: Route, on: datetime.date
) -> tuple[datetime.date, Line] | None:
    """The first open line after today; its number is of no use, so its command has the id."""
    for day in plan.days:
        if day.date > on and any(piece.task not in now.finished for piece in day.pieces):
            lines = lines_of(desk, now, plan, found, day)
            first = next((line for line in lines if line.command), None)
            if first is not None:
                name = short_id(found, first.task.id)
                command = _command(desk, name, first.task, first.state)
                return day.date, replace(first, command=command)
    return None


def _state(now: Standing, times: Times, task: str, on: datetime.date) -> str:
    if task in now.done or (task, on) in times:
        return "done"
    if task in now.skipped:
        return "skipped"
    return "running" if now.running is not None and now.running.task == task else "open"


def _command(desk: Desk, name: str, task: Task, state: str) -> str:
    """What to type next for a task: a lab is begun by starting it and done by passing it; an essay
    is laid out in the same way, and then counted."""
    if state not in ("open", "running"):
        return ""
    labs = built_labs(desk.catalog, task) if task.kind in (*LABS, WRITTEN) else ()
    if labs:
        laid_out = state == "running" and latest_answer(desk, labs[0]).exists()
        return f"zhixing {'check' if laid_out else 'start'} {labs[0]}"
    return f"zhixing {'done' if state == 'running' else 'begin'} {name}"
