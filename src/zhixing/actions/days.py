"""Today: what now, how long, and why this; begin, done, skip, note."""

import datetime
from dataclasses import dataclass, replace

from zhixing.actions.desk import Desk
from zhixing.actions.leads import Lead, built_labs, latest_answer, leads, planned_lab
from zhixing.actions.meaning import day_in_hand, meant_by
from zhixing.actions.rounds import Times, done_times
from zhixing.actions.routes import place_of, short_id
from zhixing.actions.standing import Standing, standing, week_number, with_plan
from zhixing.actions.whole_routes import shown_route
from zhixing.errors import Problem
from zhixing.planner.day import due, missed
from zhixing.records import (
    Day,
    Happening,
    NoteSaved,
    Piece,
    Plan,
    PlannedLab,
    Route,
    Task,
    TaskDone,
    TaskSkipped,
    TaskStarted,
)
from zhixing.words import Said, say

LONGEST_NOTE = 1024 * 1024
LABS = ("lab", "project")
"""Kinds of tasks that are done by passing a lab, once it is built."""

WRITTEN = "essay"
"""The kind of task that a lab lays out and counts, and that its writer judges."""

WORDS = ("note", WRITTEN)
"""Kinds of tasks that a person does in words of their own."""


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


@dataclass(frozen=True)
class Today:
    """Today's page. `next` is the one obvious action; `why` says why this one. `late` are the lines
    of `missed`, a task once, in the order of the route: on a day with open work they come first, as
    that may build on them. `week` counts from
    the first day of the plan, as `plan show --week` does; `unit` is the week of the route that
    the work belongs to. On a free day `ahead` are the lines of `upcoming`, for who likes to;
    `after` is the first open line after today and its day; its command names it by its id.
    `finished_tasks` are done, `passed_tasks` of them by a lab that ran; left out is not done."""

    date: datetime.date
    route: str
    route_title: str
    week: int
    unit: str
    lines: tuple[Line, ...]
    ahead: tuple[Line, ...]
    next: Line | None
    why: Said | None
    missed: tuple[Piece, ...]
    missed_days: int
    upcoming: datetime.date | None
    first: datetime.date
    finish: datetime.date
    finished_tasks: int
    all_tasks: int
    passed_tasks: int = 0
    skipped_tasks: int = 0
    after: tuple[datetime.date, Line] | None = None
    late: tuple[Line, ...] = ()

    @property
    def minutes_left(self) -> int:
        return sum(line.piece.minutes for line in self.lines if line.state in ("open", "running"))


def today(desk: Desk) -> Today:
    """Today's page. Problem when there is no plan yet."""
    now, profile, plan = with_plan(desk)
    found = shown_route(desk, profile)
    on = desk.today()
    hand = day_in_hand(plan, on)
    listed = _lines(desk, now, plan, found, hand) if hand else ()
    lines, ahead = (listed, ()) if hand is None or hand.date == on else ((), listed)
    late = missed(plan, on, now.finished, now.worked(on))
    late_lines = _late_lines(desk, now, found, late)
    first_open = _first_open(lines, late_lines)
    late_tasks = {piece.task for piece in late}
    late_days = {d.date for d in plan.days if d.date < on for p in d.pieces if p.task in late_tasks}
    known = {task.id for task in found.tasks}
    planned = {p.task for day in plan.days for p in day.pieces if not p.if_time}
    passed = {task for task, happened in now.done.items() if happened.by == "lab"}
    return Today(
        date=on,
        route=found.id,
        route_title=found.title,
        week=week_number(plan, on) if plan.days and on >= plan.days[0].date else 0,
        unit=_unit(found, first_open or next(iter(listed), None)),
        lines=lines,
        ahead=ahead,
        next=first_open,
        why=_why(first_open, [line for line in lines if line.state == "open"]),
        missed=late,
        missed_days=len(late_days),
        upcoming=next((day.date for day in plan.days if day.date > on and day.pieces), None),
        first=plan.days[0].date if plan.days else on,
        finish=plan.finish,
        finished_tasks=len(now.done.keys() & known),
        all_tasks=len(((planned | now.done.keys()) - now.skipped.keys()) & known),
        passed_tasks=len(passed & known),
        skipped_tasks=len(now.skipped.keys() & known),
        after=_after(desk, now, plan, found, on),
        late=late_lines,
    )


def _first_open(lines: tuple[Line, ...], late: tuple[Line, ...]) -> Line | None:
    """The line to take up: the one that is begun, else on a day with open work the first that was
    missed, else the first of the day."""
    running = next((line for line in (*lines, *late) if line.state == "running"), None)
    still_open = [line for line in lines if line.state == "open"]
    return running or next(iter((*late, *still_open)) if still_open else iter(()), None)


def _late_lines(
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


def _after(
    desk: Desk, now: Standing, plan: Plan, found: Route, on: datetime.date
) -> tuple[datetime.date, Line] | None:
    """The first open line after today; its number is of no use, so its command has the id."""
    for day in plan.days:
        if day.date > on and any(piece.task not in now.finished for piece in day.pieces):
            lines = _lines(desk, now, plan, found, day)
            first = next((line for line in lines if line.command), None)
            if first is not None:
                name = short_id(found, first.task.id)
                command = _command(desk, name, first.task, first.state)
                return day.date, replace(first, command=command)
    return None


def _unit(found: Route, line: Line | None) -> str:
    """The title of the week that a task stands in; "" for one that stands in none."""
    above = place_of(found, line.task) if line else ()
    return next((node.title for node in above if node.kind == "week"), "")


def _lines(desk: Desk, now: Standing, plan: Plan, found: Route, day: Day) -> tuple[Line, ...]:
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


def after_passing(desk: Desk, lab_id: str) -> str:
    """What to type after a part of a lab passed: its next part if that is due today, else today's
    page; before there is a plan, what makes one."""
    if standing(desk).plan is None:
        return "zhixing init"
    begins = (f"zhixing start {lab_id}#", f"zhixing check {lab_id}#")
    commands = (line.command for line in today(desk).lines)
    return next((each for each in commands if each.startswith(begins)), "zhixing today")


def _why(line: Line | None, still_open: list[Line]) -> Said | None:
    """Why this line is next; `still_open` are the lines of the day that wait."""
    if line is None:
        return None
    if line.state == "running":
        return say("you have begun it: the timer runs")
    if not line.number:
        return say("it is open from an earlier day, and what comes after may build on it")
    if line.task.kind == "study":
        after = [other.task for other in still_open if other.number > line.number]
        if any(task.kind in LABS and task.references("lab") for task in after):
            return say("it comes first, and the lab after it puts it to work")
        return say("it is the next in the order of the route")
    if line.task.kind in LABS and line.planned is None:
        if line.command.startswith(("zhixing start", "zhixing check")):
            return say("reading is not knowing: this is the part that runs")
        return say("it is the next in the order of the route")
    if line.task.kind in WORDS and line is still_open[-1]:
        return say("it closes the day: a thing said in your own words stays")
    return say("it is the next in the order of the route")


def named_task(desk: Desk, typed: str) -> Task:
    """The task that a person means: a number of today's page, an id, or a unique end of one."""
    return meant_by(desk, typed).task


def begin(desk: Desk, typed: str) -> Task:
    """Start the timer of a task; a timer that ran stops counting."""
    meant = meant_by(desk, typed)
    now, task = meant.now, meant.task
    if now.running is not None and now.running.task == task.id:
        return task
    made = desk.stamp()
    _append(desk, TaskStarted(id=made[0], learner=made[1], at=made[2], task=task.id))
    return task


def done_before(desk: Desk, typed: str) -> TaskDone | None:
    """How a task was done already; None when it was not. Of work that comes back the time that
    `done` would count."""
    return meant_by(desk, typed).done


def done(desk: Desk, typed: str, minutes: int | None = None) -> TaskDone:
    """A task is done, or one time of work that comes back. Minutes as said, else as the timer
    measured, else None. A lab is done by passing it. Saying it twice changes nothing."""
    meant = meant_by(desk, typed)
    task = meant.task
    if meant.done is not None:
        return meant.done
    only_passing_does_a_lab(desk, task)
    if minutes is not None and not 0 <= minutes <= 24 * 60:
        raise Problem(
            say("{minutes} minutes is not a length of work", minutes=minutes),
            say("--minutes"),
            say("say between 0 and 1440, or leave it out: the timer measures"),
        )
    if minutes is None:
        minutes = meant.now.timed_minutes(task.id, desk.now())
    id_, learner, at = desk.stamp()
    happened = TaskDone(id=id_, learner=learner, at=at, task=task.id, minutes=minutes, on=meant.on)
    _append(desk, happened)
    return happened


def only_passing_does_a_lab(desk: Desk, task: Task) -> None:
    """No progress without something that ran: a built lab is done by passing it, an essay by
    handing it in."""
    labs = built_labs(desk.catalog, task)
    if task.kind == WRITTEN and labs:
        raise Problem(
            say("an essay is done when it is handed in"),
            task.title,
            say("`zhixing check {lab}` counts it and asks; `zhixing skip` leaves it out",
                lab=labs[0]),
        )  # fmt: skip
    if task.kind in LABS and labs:
        raise Problem(
            say("a lab is done when it passes"),
            task.title,
            say("`zhixing check {lab}` runs it; `zhixing skip` leaves it out", lab=labs[0]),
        )


def skip(desk: Desk, typed: str) -> TaskSkipped:
    """Leave a task out. `undo` brings it back."""
    meant = meant_by(desk, typed)
    now, task = meant.now, meant.task
    if task.id in now.skipped:
        return now.skipped[task.id]
    made = desk.stamp()
    happened = TaskSkipped(id=made[0], learner=made[1], at=made[2], task=task.id)
    _append(desk, happened)
    return happened


def note(desk: Desk, typed: str, text: str | None = None) -> NoteSaved | None:
    """Save a note on a task; without a text, the note as it stands, or None."""
    meant = meant_by(desk, typed)
    now, task = meant.now, meant.task
    if text is None:
        return now.notes.get(task.id)
    if len(text) > LONGEST_NOTE:
        raise Problem(
            say("the note is over 1 MiB"),
            task.title,
            say("keep long texts in a file of your own and note its name"),
        )
    made = desk.stamp()
    happened = NoteSaved(id=made[0], learner=made[1], at=made[2], task=task.id, text=text)
    _append(desk, happened)
    return happened


def _append(desk: Desk, happening: Happening) -> None:
    desk.store.append(happening)
