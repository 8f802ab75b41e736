"""The plan in force with all that an export says of it: titles, times, links, labs, notes."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from zhixing.actions import planning
from zhixing.actions.desk import Desk
from zhixing.actions.foreseeing import foreseen
from zhixing.actions.leads import leads
from zhixing.actions.planning import PlanRow
from zhixing.actions.rounds import Times, done_times
from zhixing.actions.standing import Standing, week_number, with_plan
from zhixing.actions.whole_routes import asked_route, shown_route
from zhixing.actions.wording import KINDS, weekday
from zhixing.export.plan_pieces import PlanExport, PlanPiece, State
from zhixing.planner.clock import times
from zhixing.records import Day, Link, Node, Plan, PlanAccepted, Profile, Route, Task
from zhixing.words import say

STATES: Mapping[str, State] = {
    "open": "open", "done": "done", "skipped": "skipped", "missed": "missed",
}  # fmt: skip


def plan_export(desk: Desk, week: int | None = None) -> PlanExport:
    """The plan in force to hand out, in the language of the desk; `week` = that week alone.
    Problem: no plan, no such week."""
    now, profile, plan = with_plan(desk)
    if week is not None:
        planning.rows(desk, week)  # its Problem says which weeks there are
    found = shown_route(desk, profile)
    ahead = foreseen(desk)
    return PlanExport(
        name=name_of(now),
        route=found.id,
        title=found.title,
        language=desk.language,
        pieces=tuple(_pieces(desk, now, profile, plan, found, week)),
        first=plan.days[0].date if plan.days else plan.finish,
        finish=plan.finish,
        likely=ahead.p50,
        safe=ahead.p80,
    )


def name_of(now: Standing) -> str:
    """What tells the plans of this home from others': its first plan, which nothing takes back."""
    return next((h.id[:12] for h in now.happenings if isinstance(h, PlanAccepted)), "")


@dataclass(frozen=True)
class _Place:
    """The titles of the stage and of what is below it that a task stands in; "" for none."""

    stage: str = ""
    unit: str = ""


def _pieces(
    desk: Desk, now: Standing, profile: Profile, plan: Plan, found: Route, week: int | None
) -> Iterator[PlanPiece]:
    """The pieces by date. Real minutes stand with a task's last piece, and with each time of work
    that comes back; its note with its first."""
    tasks = {task.id: task for task in found.tasks}
    wishes = {task.id: task.time_of_day for task in asked_route(desk, profile).tasks}
    weekly = any(node.kind == "week" for node in found.root.walk())
    places = dict(_places(found.root, _Place(), weekly))
    staged = any(place.stage for place in places.values())
    beside = say("beside the stages").render(desk.language) if staged else ""
    clocks = {day.date: _clocks(day, profile, wishes) for day in plan.days}
    last = Counter(piece.task for day in plan.days for piece in day.pieces)
    times = done_times(now, plan, found.tasks)
    seen: Counter[str] = Counter()
    for row in planning.rows(desk):
        seen[row.task] += 1
        nth = seen[row.task]
        task, place = tasks.get(row.task), places.get(row.task, _Place())
        piece = PlanPiece(
            id=f"{row.task}@{nth}",
            task=row.task,
            date=row.date,
            week=week_number(plan, row.date),
            weekday=weekday(row.date).render(desk.language),
            kind=row.kind,
            kind_name=KINDS[row.kind].render(desk.language),
            title=row.title,
            minutes=row.minutes,
            state=STATES[row.state],
            taken=_taken(now, times, row, is_last=nth == last[row.task]),
            times=clocks[row.date].get(row.task, ()),
            stage=place.stage or beside,
            unit=place.unit,
            lab=next(iter(task.references("lab")), "") if task else "",
            links=_links(desk, task) if task else (),
            note=now.notes[row.task].text if nth == 1 and row.task in now.notes else "",
        )
        if week is None or piece.week == week:
            yield piece


def _taken(now: Standing, times: Times, row: PlanRow, *, is_last: bool) -> int | None:
    done = now.done.get(row.task) if is_last else None
    one = times.get((row.task, row.date), done)
    return one.minutes if one is not None else None


def _clocks(
    day: Day, profile: Profile, wishes: Mapping[str, str]
) -> Mapping[str, tuple[tuple[int, int], ...]]:
    """(minute of the day, minutes) of each task of a day; a day has one piece of a task."""
    found: dict[str, tuple[tuple[int, int], ...]] = {}
    for piece, begins in times(day, profile, wishes):
        found[piece.task] = (*found.get(piece.task, ()), (begins, piece.minutes))
    return found


def _links(desk: Desk, task: Task) -> tuple[Link, ...]:
    """Where a task leads outside of Zhixing, each address once."""
    found = {lead.url: lead.label for lead in leads(desk, task) if lead.url}
    return tuple(Link(url, label) for url, label in found.items())


def _places(node: Node, place: _Place, weekly: bool) -> Iterator[tuple[str, _Place]]:
    """(task, where it stands): the units below a stage are its weeks; in a route without weeks,
    whatever divides it."""
    for child in node.children:
        if child.task_kind is not None:
            yield child.id, place
        inside = place
        if child.kind == "stage":
            inside = _Place(child.title)
        elif child.kind == "week" or (not weekly and not place.unit and child.children):
            inside = _Place(place.stage, child.title)
        yield from _places(child, inside, weekly)
