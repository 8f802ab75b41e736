"""The plan along its dates: the parts of the route from their first day to their last, milestones,
days off, and the ends that were promised or are to be expected."""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from zhixing.actions.desk import Desk
from zhixing.actions.foreseeing import foreseen
from zhixing.actions.holidays import with_days_off
from zhixing.actions.standing import Standing, week_number, with_plan
from zhixing.actions.whole_routes import shown_route
from zhixing.planner.hours import room_of
from zhixing.records import Node, NodeKind, Plan, Profile, Route
from zhixing.words import say

DAY = datetime.timedelta(days=1)
SOON = datetime.timedelta(days=15)
"""A plan that begins sooner than that is shown from today on."""
PARTS: tuple[NodeKind, ...] = ("stage", "month", "week", "skill", "milestone", "project")
STAGES: tuple[NodeKind, ...] = ("stage", "month")
DATED: tuple[NodeKind, ...] = ("stage", "month", "week")


@dataclass(frozen=True)
class Span:
    """A part of the route on its dates. `depth` is 0 for a stage and 1 for what stands in one;
    `minutes` are planned or done, `done` those of finished work; `week` is of the plan."""

    title: str
    depth: int
    first: datetime.date
    last: datetime.date
    minutes: int
    done: int
    week: int


@dataclass(frozen=True)
class Turn:
    """A milestone on the day on which the work before it ends; `met` = all of that is finished."""

    title: str
    date: datetime.date
    met: bool


@dataclass(frozen=True)
class Timeline:
    """`days_off` are days that would have hours and are free, from `first` to `last`."""

    first: datetime.date
    last: datetime.date
    today: datetime.date
    spans: tuple[Span, ...]
    turns: tuple[Turn, ...]
    days_off: frozenset[datetime.date]
    finish: datetime.date
    deadline: datetime.date | None
    p50: datetime.date
    p80: datetime.date


def timeline(desk: Desk) -> Timeline:
    """The plan in force along its dates, with what was finished before it was laid out."""
    now, profile, plan = with_plan(desk)
    found, ahead = shown_route(desk, profile), foreseen(desk)
    dated = _dated(now, plan, found, desk.now().tzinfo)
    spans = _rows(desk, found, dated, plan)
    days = [span.first for span in spans] or [plan.finish]
    if desk.today() + SOON > min(days):
        days.append(desk.today())
    ends = [plan.finish, ahead.p80, *(span.last for span in spans)]
    if profile.deadline is not None:
        ends.append(profile.deadline)
    first, last = min(*days, plan.finish), max(ends)
    return Timeline(
        first=first, last=last, today=desk.today(), spans=spans,
        turns=tuple(_turns(found.root, dated)), days_off=free_days(profile, first, last),
        finish=plan.finish, deadline=profile.deadline, p50=ahead.p50, p80=ahead.p80,
    )  # fmt: skip


@dataclass(slots=True)
class _Work:
    """The minutes of one task on their dates."""

    dates: list[datetime.date] = field(default_factory=list)
    minutes: int = 0
    done: int = 0


def _dated(
    now: Standing, plan: Plan, found: Route, zone: datetime.tzinfo | None
) -> Mapping[str, _Work]:
    """task id -> where it stands in the plan, or when it was done if it stands there no more."""
    dated: dict[str, _Work] = {}
    for day in plan.days:
        for piece in day.pieces:
            if not piece.if_time:
                work = dated.setdefault(piece.task, _Work())
                work.dates.append(day.date)
                work.minutes += piece.minutes
                work.done += piece.minutes if piece.task in now.finished else 0
    minutes = {task.id: task.minutes for task in found.tasks if not task.recurring}
    for name, done in now.done.items():
        if name not in dated and name in minutes:
            on = done.at.astimezone(zone).date()
            dated[name] = _Work([on], minutes[name], minutes[name])
    return dated


def _rows(desk: Desk, found: Route, dated: Mapping[str, _Work], plan: Plan) -> tuple[Span, ...]:
    """The stages and what stands in them; where a route has none, its stretches of days, else its
    chapters, and where it has none of those either, the weeks of the plan."""
    spans = tuple(_spans(found.root, dated, plan))
    return (
        spans
        or tuple(_stretches(found.root, dated, plan))
        or tuple(_chapters(found.root, dated, plan))
        or tuple(_weeks_of_the_plan(desk, dated, plan))
    )


def _weeks_of_the_plan(desk: Desk, dated: Mapping[str, _Work], plan: Plan) -> Iterator[Span]:
    """A row a week of the plan: the work that begins in it."""
    begun: dict[int, list[_Work]] = {}
    for work in dated.values():
        begun.setdefault(week_number(plan, min(work.dates)), []).append(work)
    for number, listed in sorted(begun.items()):
        yield Span(
            title=say("week {n}", n=number).render(desk.language),
            depth=0,
            first=min(on for one in listed for on in one.dates),
            last=max(on for one in listed for on in one.dates),
            minutes=sum(one.minutes for one in listed),
            done=sum(one.done for one in listed),
            week=number,
        )


def _spans(root: Node, dated: Mapping[str, _Work], plan: Plan) -> Iterator[Span]:
    for part in _parts(root):
        span = _span(part, 0, dated, plan)
        if span is None:
            continue
        yield span
        for inner in _parts(part) if part.kind in STAGES else ():
            within = _span(inner, 1, dated, plan)
            if within is not None:
                yield within


def _parts(node: Node) -> Iterator[Node]:
    """The parts in a node; a chapter that holds stages or weeks is seen through."""
    for child in node.children:
        if child.kind in PARTS:
            yield child
        elif child.kind == "note" and any(below.kind in DATED for below in child.walk()):
            yield from _parts(child)


def _stretches(root: Node, dated: Mapping[str, _Work], plan: Plan) -> Iterator[Span]:
    """`Days 1–15`, or dates from one to another; single days are too many for rows."""
    for node in root.walk():
        if node.kind == "day" and node.first != node.last and (work := _work_of([node], dated)):
            yield _span_of(node, 0, work, plan)


def _chapters(root: Node, dated: Mapping[str, _Work], plan: Plan) -> Iterator[Span]:
    """The chapters with work in them; where one holds all the others, those in it. A single one
    says nothing."""
    chapters = [root]
    while len(chapters) == 1:
        inside = [child for child in chapters[0].children if child.kind == "note"]
        chapters = [one for one in inside if _work_of([one], dated)]
    for chapter in chapters:
        yield _span_of(chapter, 0, _work_of([chapter], dated), plan)


def _span(node: Node, depth: int, dated: Mapping[str, _Work], plan: Plan) -> Span | None:
    work = _work_of([node], dated) if node.kind in PARTS else []
    return _span_of(node, depth, work, plan) if work else None


def _span_of(node: Node, depth: int, work: list[_Work], plan: Plan) -> Span:
    first = min(on for one in work for on in one.dates)
    return Span(
        title=node.title,
        depth=depth,
        first=first,
        last=max(on for one in work for on in one.dates),
        minutes=sum(one.minutes for one in work),
        done=sum(one.done for one in work),
        week=week_number(plan, first),
    )


def _work_of(nodes: Iterable[Node], dated: Mapping[str, _Work]) -> list[_Work]:
    ids = (below.id for node in nodes for below in node.walk() if below.task_kind is not None)
    return [dated[name] for name in ids if name in dated]


def _turns(root: Node, dated: Mapping[str, _Work]) -> Iterator[Turn]:
    """The milestones in the order of the route."""
    for parent in root.walk():
        for place, node in enumerate(parent.children):
            if node.kind != "milestone":
                continue
            work = _work_of([node], dated) or _work_of(parent.children[:place], dated)
            if work:
                last = max(on for one in work for on in one.dates)
                yield Turn(node.title, last, all(one.done >= one.minutes for one in work))


def free_days(
    profile: Profile, first: datetime.date, last: datetime.date
) -> frozenset[datetime.date]:
    """The days that would have hours and are free, public holidays among them."""
    room = room_of(profile.minutes, with_days_off(profile))
    days = (first + n * DAY for n in range((last - first).days + 1))
    return frozenset(on for on in days if profile.minutes[on.weekday()] and not room(on))
