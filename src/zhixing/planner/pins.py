"""Which tasks stand on a date that the learner chose, and can they?

Pinned work takes its minutes first, the day's reserve included. What it needs has to be finished by
its date, what needs it begins the day after.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from zhixing.errors import Problem
from zhixing.planner.hours import Room
from zhixing.planner.laying import Laid
from zhixing.planner.lines import MOST_SUBJECTS
from zhixing.planner.ordering import Needs, above
from zhixing.records import Piece, Profile, Task
from zhixing.words import Said, say

ToDo = tuple[Task, int]
NEVER = date.max
FARTHEST = timedelta(days=366)
"""How long after all other work a pin may stand: what is later is a slip of the pen."""


@dataclass(slots=True)
class Pinned:
    """Tasks on their dates. `due[task]` is the earliest pin that waits for a task, `after[task]`
    the latest pin that a task waits for."""

    dates: Mapping[str, date]
    laid: Laid = field(default_factory=dict)
    busy: dict[date, frozenset[str]] = field(default_factory=dict)
    due: dict[str, date] = field(default_factory=dict)
    after: dict[str, date] = field(default_factory=dict)

    def leave(self, room: Room) -> Room:
        """What is left of the minutes of each date."""
        taken = {on: sum(p.minutes for p in pieces) for on, pieces in self.laid.items()}
        return lambda on: max(0, room(on) - taken.get(on, 0)) if on in taken else room(on)

    def too_late(self, laid: Laid) -> str:
        """The pinned task whose needs `laid` ends after its date; "" when all are in time."""
        if not self.due:
            return ""
        last = {piece.task: on for on in sorted(laid) for piece in laid[on]}
        late = {self.due[task] for task, on in last.items() if self.due.get(task, NEVER) < on}
        return next((task for task, on in self.dates.items() if on in late), "")


def pinned_work(
    todo: Sequence[ToDo], profile: Profile, needs: Needs, start: date, whole: Room
) -> Pinned:
    """The pinned ones of `todo` on their dates. Problem: a date that is over, off or too short, a
    fourth subject, a pin before another that it needs."""
    pins = profile.pins
    pinned = Pinned({t.id: pins[t.id] for t, _ in todo if t.id in pins} if pins else {})
    if not pinned.dates:
        return pinned
    subjects: defaultdict[date, set[str]] = defaultdict(set)
    for task, minutes in todo:
        on = pinned.dates.get(task.id)
        if on is None:
            continue
        pieces = pinned.laid.setdefault(on, [])
        pieces.append(Piece(task.id, task.kind, minutes))
        subjects[on].update({task.subject} - {""})
        _can_stand(task, on, start, sum(piece.minutes for piece in pieces), whole(on))
        if len(subjects[on]) > MOST_SUBJECTS:
            raise cannot(task.id, on, say("that would be a fourth subject on one day"))
    pinned.busy = {on: frozenset(found) for on, found in subjects.items()}
    _bind(pinned, todo, needs)
    return pinned


def cannot(task: str, on: date, why: Said) -> Problem:
    return Problem(
        say("{task} cannot stand on {day}: {why}", task=task, day=on, why=why),
        say("the pins of the profile"),
        say("pin it to another day, or let the plan choose"),
    )


def _can_stand(task: Task, on: date, start: date, minutes: int, room: int) -> None:
    if on < start:
        raise cannot(task.id, on, say("the plan begins on {day}", day=start))
    if room == 0:
        raise cannot(task.id, on, say("there is no time on that day"))
    if minutes > room:
        raise cannot(
            task.id, on, say("it takes {minutes} minutes, the day has {room}", minutes=minutes,
                             room=room)
        )  # fmt: skip


def _bind(pinned: Pinned, todo: Sequence[ToDo], needs: Needs) -> None:
    """Find what each pin waits for, and what waits for it."""
    dates = pinned.dates
    for name, on in dates.items():
        for need in above(needs, name):
            if need in dates and dates[need] > on:
                why = say("it needs {task}, which stands on {day}", task=need, day=dates[need])
                raise cannot(name, on, why)
            pinned.due[need] = min(on, pinned.due.get(need, NEVER))
    for task, _ in todo:
        pins = [dates[need] for need in needs.get(task.id, ()) if need in dates]
        later = [pinned.after[need] for need in needs.get(task.id, ()) if need in pinned.after]
        if pins or later:
            pinned.after[task.id] = max([*pins, *later])
