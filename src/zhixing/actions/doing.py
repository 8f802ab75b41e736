"""What a learner does with a task: begin, done, skip, note."""

from zhixing.actions.day_lines import LABS, WRITTEN
from zhixing.actions.desk import Desk
from zhixing.actions.leads import built_labs
from zhixing.actions.meaning import meant_by
from zhixing.errors import Problem
from zhixing.records import NoteSaved, Task, TaskDone, TaskSkipped, TaskStarted
from zhixing.words import say

LONGEST_NOTE = 1024 * 1024


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
    desk.store.append(TaskStarted(id=made[0], learner=made[1], at=made[2], task=task.id))
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
    desk.store.append(happened)
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
    desk.store.append(happened)
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
    desk.store.append(happened)
    return happened
