"""Work that comes back: which of its times in the plan are done, and which one is meant?

A time is told by its day in the plan. When the plan moves it within its round (its week, month or
day), what was done of it still counts.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from zhixing.actions.standing import Standing
from zhixing.errors import Problem
from zhixing.planner.slack import round_of
from zhixing.records import Plan, Task, TaskDone
from zhixing.words import say

Times = Mapping[tuple[str, date], TaskDone]
"""(task, day in the plan) -> what was done of it."""


def days_in(plan: Plan, task: str) -> tuple[date, ...]:
    """The days on which a plan has a task."""
    return tuple(day.date for day in plan.days if any(p.task == task for p in day.pieces))


def done_times(now: Standing, plan: Plan, tasks: Iterable[Task]) -> Times:
    """The times of the recurring ones of `tasks` that are done."""
    found: dict[tuple[str, date], TaskDone] = {}
    for task in tasks:
        if task.recurring and task.id in now.times:
            days = _done_days(now.times[task.id], days_in(plan, task.id), task.recurring)
            found |= {(task.id, on): done for on, done in days.items()}
    return found


def _done_days(
    done: Mapping[date, TaskDone], planned: Iterable[date], recurring: str
) -> Mapping[date, TaskDone]:
    """Those of the planned days that are done; one that is not planned any more stands for the
    first open one of its round."""
    found = {on: done[on] for on in planned if on in done}
    spare = [on for on in sorted(done) if on not in found]
    for on in planned:
        of = round_of(recurring, on)
        moved = next((old for old in spare if round_of(recurring, old) == of), None)
        if on not in found and moved is not None:
            spare.remove(moved)
            found[on] = done[moved]
    return found


def planned_time(times: Times, planned: Sequence[date], task: Task, then: date) -> date | None:
    """The day on which the plan has the time of a task that it once had `then`: that day, else the
    first open one of its round; None where there is none."""
    if then in planned or not task.recurring:
        return then if then in planned else None
    of = round_of(task.recurring, then)
    here = [on for on in planned if round_of(task.recurring, on) == of]
    return next((on for on in here if (task.id, on) not in times), None)


def meant_time(now: Standing, plan: Plan, task: Task, today: date) -> date | None:
    """The time that a person means who names a recurring task: today's; else the first open one of
    this round; else the last before today; else the first. None for a task that does not recur, or
    is not in the plan."""
    planned = days_in(plan, task.id) if task.recurring else ()
    if not planned or today in planned:
        return today if planned else None
    this_round = round_of(task.recurring, today)
    here = [on for on in planned if round_of(task.recurring, on) == this_round]
    if here:
        done = done_times(now, plan, [task])
        return next((on for on in here if (task.id, on) not in done), here[-1])
    return next((on for on in reversed(planned) if on < today), planned[0])


def numbered_time(plan: Plan, task: Task, number: int) -> date:
    """The day of a recurring task's nth time, from 1, as rows of a sheet are numbered. Problem:
    there are not so many."""
    planned = days_in(plan, task.id)
    if not 1 <= number <= len(planned):
        raise Problem(
            say("the plan has {n} times of this task", n=len(planned)),
            task.title,
            say("name one of them: TASK@1 is the first; TASK alone is the one that is due"),
        )
    return planned[number - 1]
