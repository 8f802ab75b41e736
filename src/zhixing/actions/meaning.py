"""Which task does a person mean, and which time of it?"""

import datetime
from dataclasses import dataclass

from zhixing.actions.desk import Desk
from zhixing.actions.rounds import done_times, meant_time, numbered_time
from zhixing.actions.routes import find_task
from zhixing.actions.standing import Standing, with_plan
from zhixing.actions.whole_routes import shown_route
from zhixing.records import Day, Plan, Task, TaskDone


def day_in_hand(plan: Plan, on: datetime.date) -> Day | None:
    """Today, if it has work; else the next day that has, whose tasks may be begun early."""
    today = plan.day(on)
    if today is not None and today.pieces:
        return today
    return next((day for day in plan.days if day.date > on and day.pieces), None)


@dataclass(frozen=True)
class Meant:
    """What a person means; `on` is the day of the time that is meant of work that comes back."""

    now: Standing
    plan: Plan
    task: Task
    on: datetime.date | None

    @property
    def done(self) -> TaskDone | None:
        """How it was done already; None when it was not."""
        whole, on = self.now.done.get(self.task.id), self.on
        if on is None or (whole is not None and whole.on is None):
            return whole
        return done_times(self.now, self.plan, [self.task]).get((self.task.id, on))


def meant_by(desk: Desk, typed: str) -> Meant:
    """A task by a number of today's page, by an id or a unique end of one; "@3" behind the id of
    work that comes back names its third time."""
    now, profile, plan = with_plan(desk)
    found = shown_route(desk, profile)
    day = day_in_hand(plan, desk.today())
    known = {task.id for task in found.tasks}
    numbers = tuple(p.task for p in (day.pieces if day else ()) if p.task in known)
    name, _, number = typed.rpartition("@")
    if name and number.isdecimal() and found.task(typed) is None:
        task = find_task(found, name, numbers)
        if task.recurring:
            return Meant(now, plan, task, numbered_time(plan, task, int(number[:5])))
    task = find_task(found, typed, numbers)
    on = meant_time(now, plan, task, desk.today())
    if on is not None and day is not None and typed.isdecimal() and task.id in numbers:
        on = day.date
    return Meant(now, plan, task, on)
