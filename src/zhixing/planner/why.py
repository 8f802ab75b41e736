"""Why does each piece stand on its date? Reasons that can be checked in the plan itself."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from zhixing.errors import Problem
from zhixing.planner.ordering import Needs, above, needs_of
from zhixing.records import Piece, Plan, Profile, Route, Task
from zhixing.words import Said, say

SATURDAY = 5
RHYTHM_WORDS: Mapping[str, Said] = {
    "daily": say("it comes back every day, in minutes of its own or that nothing else needs"),
    "weekly": say("it comes back every week, in minutes of its own or that nothing else needs"),
    "monthly": say("it comes back every month, in minutes of its own or that nothing else needs"),
}
EMPHASIS_WORDS: Mapping[str, Said] = {
    "maths-first": say("mathematics comes first within a stage, as you asked"),
    "practice-first": say("practice comes as early as what it needs allows, as you asked"),
}


@dataclass(frozen=True, slots=True)
class Why:
    """A piece, its task's title, and why it stands there: the strongest reason first."""

    piece: Piece
    title: str
    reasons: tuple[Said, ...]


def why(
    plan: Plan, route: Route, profile: Profile, on: date, mended: Plan | None = None
) -> tuple[Why, ...]:
    """The reasons of each piece of a date, in its order; () on a day without pieces. `route` is
    what was planned, with its needs; `mended` the plan that this one came from by ways on after
    missed days. Problem: a date that is not in the plan."""
    day = plan.day(on)
    if day is None:
        raise Problem(
            say("{day} is not in the plan", day=on),
            say("zhixing plan why DATE"),
            _span(plan),
        )
    about = _Reasons(plan, route, profile, on, _dates(mended) if mended else {})
    return tuple(about.of(piece) for piece in day.pieces)


def _dates(plan: Plan) -> dict[str, list[date]]:
    """The dates of each task, in their order."""
    found: dict[str, list[date]] = {}
    for day in plan.days:
        for piece in day.pieces:
            found.setdefault(piece.task, []).append(day.date)
    return found


def _span(plan: Plan) -> Said:
    if not plan.days:
        return say("the plan has no days: everything is done")
    first, last = plan.days[0].date, plan.days[-1].date
    return say("name a day from {first} to {last}", first=first, last=last)


@dataclass(slots=True)
class _Reasons:
    plan: Plan
    route: Route
    profile: Profile
    on: date
    stood: Mapping[str, list[date]]
    tasks: Mapping[str, Task] = field(init=False)
    needs: Needs = field(init=False)
    dates: dict[str, list[date]] = field(init=False)
    places: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        self.tasks = {task.id: task for task in self.route.tasks}
        self.places = {task.id: place for place, task in enumerate(self.route.tasks)}
        self.needs = needs_of(self.route.tasks)
        self.dates = _dates(self.plan)

    def of(self, piece: Piece) -> Why:
        task = self.tasks.get(piece.task)
        if task is None:
            gone = say("it was planned from an earlier text of the route")
            return Why(piece, piece.task, (gone,))
        return Why(piece, task.title, tuple(self._all(task, piece)))

    def _all(self, task: Task, piece: Piece) -> Iterator[Said]:
        moved = None if piece.if_time else self._moved_from(task)
        yield from self._since_it_was_laid_out(task, moved)
        if piece.if_time:
            yield RHYTHM_WORDS.get(task.recurring) or say(
                "it is optional: it stands in minutes that nothing else needs"
            )
        begun = self.dates[task.id][0]
        if begun < self.on and not task.recurring:
            yield say("it goes on from {day}", day=begun)
        yield from self._after_needs(task)
        pin = self._pin_that_waits(task)
        if pin is not None:
            yield say("what you pinned to {day} needs it", day=pin)
        if task.week and not piece.if_time:
            yield from self._in_the_route(task)
        if task.weekend and self.on.weekday() >= SATURDAY:
            yield say("practice stands on weekends")
        if self.profile.emphasis in EMPHASIS_WORDS and not piece.if_time:
            yield EMPHASIS_WORDS[self.profile.emphasis]
        if task.kind == "interview" and not task.week:
            yield say("interview preparation is spread over the weeks before the end")
        if not piece.if_time and pin is None and moved is None and task.id not in self.profile.pins:
            yield from self._turn(task)

    def _since_it_was_laid_out(self, task: Task, moved: date | None) -> Iterator[Said]:
        """What brought it here that is no matter of the route."""
        if self.profile.pins.get(task.id) == self.on:
            yield say("you pinned it to this day")
        if moved is not None:
            yield say("it stood on {day}; it came here when the plan was mended", day=moved)

    def _moved_from(self, task: Task) -> date | None:
        """The first of its dates before the plan was mended, if this one was none of them."""
        stood = self.stood.get(task.id, [])
        return stood[0] if stood and self.on not in stood else None

    def _after_needs(self, task: Task) -> Iterator[Said]:
        """What it needs, and when the last of it is done; the others are counted."""
        needs = [need for need in self.needs.get(task.id, ()) if need in self.dates]
        if not needs:
            return
        last = max(needs, key=lambda need: (self.dates[need][-1], self.places[need]))
        title, when = self.tasks[last].title, self.dates[last][-1]
        if when > self.on:
            return
        if len(needs) == 1:
            yield say('it needs "{title}", which is done on {day}', title=title, day=when)
        else:
            yield say(
                'it needs {n} tasks before it; the last, "{title}", is done on {day}',
                n=len(needs),
                title=title,
                day=when,
            )

    def _pin_that_waits(self, task: Task) -> date | None:
        """The first pin, from this date on, of work that needs the task."""
        pins = self.profile.pins
        waiting = (
            day
            for name, day in pins.items()
            if day >= self.on and task.id in above(self.needs, name)
        )
        return min(waiting, default=None)

    def _in_the_route(self, task: Task) -> Iterator[Said]:
        if task.day:
            yield say("the route has it in week {week}, day {day}", week=task.week, day=task.day)
        else:
            yield say("the route has it in week {week}", week=task.week)

    def _turn(self, task: Task) -> Iterator[Said]:
        """Whether it comes in its turn, or before work that the route has earlier."""
        place = self.places[task.id]
        passed = [
            other
            for other, dates in self.dates.items()
            if self.places.get(other, place) < place
            and dates[-1] > self.on
            and self.tasks[other].weekend == task.weekend
            and not (self.tasks[other].optional or self.tasks[other].recurring)
        ]
        if not passed:
            yield say("it is its turn in the order of the route")
        else:
            yield say(
                "it comes before its turn: what the route has earlier waits for something, is too "
                "long for what was left of the day, or is of a kind that the week has had enough of"
            )
