"""Where a learner stands: everything that happened, folded into what holds now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from zhixing.actions.desk import DATABASE, Desk
from zhixing.actions.shelf import Shelf
from zhixing.errors import Problem
from zhixing.records import (
    Attempt,
    CellRan,
    EssayHandedIn,
    Happening,
    HintTaken,
    NoteSaved,
    Plan,
    PlanAccepted,
    Profile,
    ProfileSet,
    RouteImported,
    Task,
    TaskDone,
    TaskSkipped,
    TaskStarted,
    Undone,
)
from zhixing.words import say

LONGEST_SITTING = 6 * 60
"""Minutes. A timer that ran longer was forgotten, and measures nothing."""


@dataclass
class Standing:
    """What holds for a learner now. `done` are tasks finished by doing, `skipped` by leaving out;
    `times` are those of work that comes back which were done one by one, by their days in the plan:
    the task is done when all that the plan has are. `begun` are the days on which work on a task
    was begun; `essays` are the latest of each lab, `imported` of each route of the learner's own.
    """

    happenings: tuple[Happening, ...] = ()
    profile: Profile | None = None
    accepted: PlanAccepted | None = None
    done: dict[str, TaskDone] = field(default_factory=dict)
    times: dict[str, dict[date, TaskDone]] = field(default_factory=dict)
    skipped: dict[str, TaskSkipped] = field(default_factory=dict)
    begun: dict[str, list[date]] = field(default_factory=dict)
    running: TaskStarted | None = None
    attempts: list[Attempt] = field(default_factory=list)
    hints: list[HintTaken] = field(default_factory=list)
    notes: dict[str, NoteSaved] = field(default_factory=dict)
    essays: dict[str, EssayHandedIn] = field(default_factory=dict)
    cells: list[CellRan] = field(default_factory=list)
    imported: dict[str, RouteImported] = field(default_factory=dict)

    @property
    def plan(self) -> Plan | None:
        return self.accepted.plan if self.accepted else None

    @property
    def finished(self) -> frozenset[str]:
        """Tasks that need nothing more."""
        return frozenset(self.done) | frozenset(self.skipped)

    @property
    def all_done(self) -> tuple[TaskDone, ...]:
        """All that was done: tasks, and each time of work that comes back by itself."""
        whole = (one for one in self.done.values() if one.on is None)
        return (*whole, *(one for by_day in self.times.values() for one in by_day.values()))

    def asked_minutes(self, done: TaskDone, task: Task) -> int:
        """What the plan gives to that which was done: of work that comes back to that one time."""
        day = self.plan.day(done.on) if self.plan and done.on else None
        pieces = (piece.minutes for piece in (day.pieces if day else ()) if piece.task == task.id)
        return next(pieces, task.minutes)

    def worked(self, before: date | None = None) -> Mapping[str, int]:
        """Minutes worked on each task that is not finished: a piece that was begun on its own day
        or later counts as worked, so that a lab over two evenings is not called missed. `before`
        leaves out pieces of that day on: what was begun this evening is still all due."""
        if self.plan is None:
            return {}
        minutes: dict[str, int] = {}
        for day in self.plan.days:
            if before is not None and day.date >= before:
                break
            for piece in day.pieces:
                if any(on >= day.date for on in self.begun.get(piece.task, ())):
                    minutes[piece.task] = minutes.get(piece.task, 0) + piece.minutes
        return {task: spent for task, spent in minutes.items() if task not in self.finished}

    def timed_minutes(self, task: str, now: datetime) -> int | None:
        """Minutes since the timer of `task` was started; None when it was not, or was forgotten."""
        if self.running is None or self.running.task != task:
            return None
        minutes = round((now - self.running.at).total_seconds() / 60)
        return minutes if 0 <= minutes <= LONGEST_SITTING else None


def fold(happenings: Iterable[Happening], tz_of: datetime) -> Standing:
    """What holds after these happenings. `tz_of` carries the learner's time zone: which evening a
    moment belongs to."""
    listed = tuple(happenings)
    taken_back = {h.what for h in listed if isinstance(h, Undone)}
    effective = tuple(h for h in listed if h.id not in taken_back and not isinstance(h, Undone))
    standing = Standing(happenings=effective)
    for happening in effective:
        _take(standing, happening, tz_of)
    _close(standing)
    return standing


def _close(standing: Standing) -> None:
    """Work that comes back is done once each of its times in the plan is."""
    planned: dict[str, set[date]] = {}
    for day in standing.plan.days if standing.plan and standing.times else ():
        for piece in day.pieces:
            if piece.task in standing.times:
                planned.setdefault(piece.task, set()).add(day.date)
    for task, days in planned.items():
        times = standing.times[task]
        if days <= times.keys():
            standing.done.setdefault(task, times[max(times)])


def _take(standing: Standing, happening: Happening, tz_of: datetime) -> None:
    match happening:
        case ProfileSet():
            standing.profile = happening.profile
        case PlanAccepted():
            standing.accepted = happening
        case TaskStarted():
            on = happening.at.astimezone(tz_of.tzinfo).date()
            standing.begun.setdefault(happening.task, []).append(on)
            standing.running = happening
        case TaskDone():
            if happening.on is None:
                standing.done[happening.task] = happening
            else:
                standing.times.setdefault(happening.task, {})[happening.on] = happening
            standing.skipped.pop(happening.task, None)
            _stop_timer(standing, happening.task)
        case TaskSkipped():
            standing.skipped[happening.task] = happening
            _stop_timer(standing, happening.task)
        case Attempt():
            standing.attempts.append(happening)
        case HintTaken():
            standing.hints.append(happening)
        case _:
            _take_writing(standing, happening)


def _take_writing(standing: Standing, happening: Happening) -> None:
    """What changes neither plan nor labs: notes, essays, cells, roadmaps."""
    match happening:
        case NoteSaved():
            standing.notes[happening.task] = happening
        case EssayHandedIn():
            standing.essays[happening.lab] = happening
        case CellRan():
            standing.cells.append(happening)
        case RouteImported():
            standing.imported[happening.route] = happening
        case _:
            pass


def _stop_timer(standing: Standing, task: str) -> None:
    if standing.running is not None and standing.running.task == task:
        standing.running = None


def standing(desk: Desk) -> Standing:
    """Where the learner at this desk stands; an empty standing when nothing happened yet."""
    if not (desk.settings.home / DATABASE).exists():
        return Standing()
    if desk.shelf is None:
        return fold(desk.store.happenings(desk.learner), desk.now())
    return _remembered(desk, desk.shelf)


@dataclass
class _Told:
    """What a long-running door was told of one learner: `count` happenings up to number `last`,
    which is the one called `newest`."""

    count: int = 0
    last: int = 0
    newest: str = ""
    happenings: tuple[Happening, ...] = ()
    folded: Standing = field(default_factory=Standing)


def _remembered(desk: Desk, shelf: Shelf) -> Standing:
    """The standing, of which only what is new is read. A standing is looked at, never changed."""
    zone = desk.now().strftime("%z")
    name = f"standing {desk.settings.home} {desk.learner} {zone}"
    told = shelf.recall(name, _Told)
    tally = desk.store.tally(desk.learner)
    same = tally == (told.count, told.last)
    if same and told.newest == desk.store.id_at(desk.learner, told.last):
        return told.folded
    since = desk.store.happenings(desk.learner, after=max(0, told.last - 1))
    if not _goes_on(desk, told, tally, since):
        told, since = _Told(), desk.store.happenings(desk.learner)
    elif same:
        return told.folded
    new = since[1:] if told.last else since
    happenings = (*told.happenings, *new)
    folded = fold(happenings, desk.now())
    if desk.store.tally(desk.learner) == tally:  # else somebody wrote meanwhile: read it next time
        newest = happenings[-1].id if happenings else ""
        shelf.put(name, _Told(*tally, newest, happenings, folded))
    return folded


def _goes_on(desk: Desk, told: _Told, tally: tuple[int, int], since: tuple[Happening, ...]) -> bool:
    """Whether what was told still stands: nothing of it was forgotten, and this is no other
    database, whose numbers may be the same. `since` begins with the last that was told."""
    if not told.last:
        return True
    before = (told.count, told.last)
    still = tally == before or desk.store.tally(desk.learner, told.last) == before
    return still and bool(since) and since[0].id == told.newest


def with_plan(desk: Desk) -> tuple[Standing, Profile, Plan]:
    """The standing of a learner who has a plan. Problem when there is none."""
    now = standing(desk)
    if now.profile is None or now.plan is None:
        raise Problem(
            say("there is no plan here yet"),
            str(desk.settings.home),
            say("make one: `zhixing init` asks three questions, `zhixing init --yes` asks none"),
        )
    return now, now.profile, now.plan


def week_number(plan: Plan, on: date) -> int:
    """The week of a plan, from 1, Monday to Sunday; its first one may be cut."""
    first = plan.days[0].date if plan.days else on
    return (on.toordinal() - first.toordinal() + first.weekday()) // 7 + 1
