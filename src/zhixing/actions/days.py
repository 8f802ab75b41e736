"""Today: what now, how long, and why this. What is done with a task is in `doing`."""

import datetime
from dataclasses import dataclass
from typing import NamedTuple

from zhixing.actions.day_lines import LABS, first_after, late_lines, lines_of
from zhixing.actions.day_lines import Line as Line
from zhixing.actions.desk import Desk
from zhixing.actions.doing import begin as begin
from zhixing.actions.doing import done as done
from zhixing.actions.doing import done_before as done_before
from zhixing.actions.doing import named_task as named_task
from zhixing.actions.doing import note as note
from zhixing.actions.doing import only_passing_does_a_lab as only_passing_does_a_lab
from zhixing.actions.doing import skip as skip
from zhixing.actions.meaning import day_in_hand
from zhixing.actions.routes import place_of
from zhixing.actions.standing import Standing, standing, week_number, with_plan
from zhixing.actions.whole_routes import shown_route
from zhixing.planner.day import missed
from zhixing.records import Piece, Plan, Route
from zhixing.words import Said, say

WORDS = ("note", "essay")
"""Kinds of tasks that a person does in words of their own."""


@dataclass(frozen=True)
class Today:
    """Today's page. `next` is the one obvious action; `why` says why this one. `late` are the lines
    of `missed`, a task once, in the order of the route: on a day with open work they come first, as
    that may build on them. `week` counts from the first day of the plan, as `plan show --week`
    does; `unit` is the week of the route that the work belongs to. On a free day `ahead` are the
    lines of `upcoming`, for who likes to; `after` is the first open line after today and its day;
    its command names it by its id. `finished_tasks` are done, `passed_tasks` of them by a lab that
    ran; left out is not done."""

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
    listed = lines_of(desk, now, plan, found, hand) if hand else ()
    lines, ahead = (listed, ()) if hand is None or hand.date == on else ((), listed)
    open_before = missed(plan, on, now.finished, now.worked(on))
    late = late_lines(desk, now, found, open_before)
    first_open = _first_open(lines, late)
    counts = _counted(now, plan, found)
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
        missed=open_before,
        missed_days=_days_of(plan, open_before, on),
        upcoming=next((day.date for day in plan.days if day.date > on and day.pieces), None),
        first=plan.days[0].date if plan.days else on,
        finish=plan.finish,
        finished_tasks=counts.finished,
        all_tasks=counts.all,
        passed_tasks=counts.passed,
        skipped_tasks=counts.skipped,
        after=first_after(desk, now, plan, found, on),
        late=late,
    )


class _Counts(NamedTuple):
    """How many tasks of the route there are, and of them finished, passed by a lab, left out."""

    all: int
    finished: int
    passed: int
    skipped: int


def _counted(now: Standing, plan: Plan, found: Route) -> _Counts:
    known = {task.id for task in found.tasks}
    planned = {p.task for day in plan.days for p in day.pieces if not p.if_time}
    passed = {task for task, happened in now.done.items() if happened.by == "lab"}
    return _Counts(
        all=len(((planned | now.done.keys()) - now.skipped.keys()) & known),
        finished=len(now.done.keys() & known),
        passed=len(passed & known),
        skipped=len(now.skipped.keys() & known),
    )


def _days_of(plan: Plan, open_before: tuple[Piece, ...], on: datetime.date) -> int:
    """On how many days before this one the work stood that is open."""
    tasks = {piece.task for piece in open_before}
    before = (day for day in plan.days if day.date < on)
    return sum(any(piece.task in tasks for piece in day.pieces) for day in before)


def _first_open(lines: tuple[Line, ...], late: tuple[Line, ...]) -> Line | None:
    """The line to take up: the one that is begun, else on a day with open work the first that was
    missed, else the first of the day."""
    running = next((line for line in (*lines, *late) if line.state == "running"), None)
    still_open = [line for line in lines if line.state == "open"]
    return running or next(iter((*late, *still_open)) if still_open else iter(()), None)


def _unit(found: Route, line: Line | None) -> str:
    """The title of the week that a task stands in; "" for one that stands in none."""
    above = place_of(found, line.task) if line else ()
    return next((node.title for node in above if node.kind == "week"), "")


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
