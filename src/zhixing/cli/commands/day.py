"""today, begin, done, skip, note, undo: the learner's day."""

import sys

import click

from zhixing.actions import days, planning
from zhixing.actions.desk import Desk
from zhixing.actions.standing import standing
from zhixing.actions.taken_back import plan_taken_back
from zhixing.actions.wording import duration, long_date
from zhixing.cli.completing import offered, task_numbers
from zhixing.cli.door import Door
from zhixing.cli.kinds import NumberKind
from zhixing.cli.params import argument, option
from zhixing.cli.plain import plain
from zhixing.cli.speaking import command
from zhixing.errors import Problem
from zhixing.records import NoteSaved, PlanAccepted
from zhixing.words import Said, Sayable, say

TASK = say("a task: its number on today's page, its id, or the end of its id")
task_argument = argument("task", about=TASK, metavar="TASK", shell_complete=offered(task_numbers))


@command("today", about=say("today's page: what now, how long, why this"))
def today(door: Door) -> None:
    with door.desk() as desk:
        show_today(door, days.today(desk))
        tell_unread(door, desk)


def tell_unread(door: Door, desk: Desk) -> None:
    """One quiet line when a newer program wrote what this one cannot read."""
    count = sum(desk.store.unread(desk.learner).values())
    if count and not door.as_json:
        said = say(
            "written by a newer Zhixing and not counted here: {n} (`zhixing doctor`)", n=count
        )
        door.paper().say((said, "quiet"))


def show_today(door: Door, page: days.Today) -> None:
    """Today's page, on paper or as JSON."""
    from zhixing.cli.pages.today import today_page

    door.show(lambda: plain_today(page), lambda paper: today_page(paper, page))


def plain_today(page: days.Today) -> dict[str, object]:
    """Today's page as programs read it."""
    return {
        "date": page.date.isoformat(),
        "route": page.route,
        "route_title": page.route_title,
        "week": page.week,
        "unit": page.unit,
        "next": _plain_line(page.next) if page.next else None,
        "why": plain(page.why),
        "tasks": [_plain_line(line) for line in page.lines],
        "ahead": [_plain_line(line) for line in page.ahead],
        "minutes_left": page.minutes_left,
        "missed": plain(page.missed),
        "late": [_plain_line(line) for line in page.late],
        "missed_days": page.missed_days,
        "upcoming": plain(page.upcoming),
        "first": plain(page.first),
        "finish": plain(page.finish),
        "finished_tasks": page.finished_tasks,
        "all_tasks": page.all_tasks,
        "passed_tasks": page.passed_tasks,
        "skipped_tasks": page.skipped_tasks,
        "after": _plain_line(page.after[1]) if page.after else None,
    }


def _plain_line(line: days.Line) -> dict[str, object]:
    return {
        "number": line.number,
        "task": line.task.id,
        "kind": line.task.kind,
        "title": line.task.title,
        "minutes": line.piece.minutes,
        "if_time": line.piece.if_time,
        "state": line.state,
        "command": line.command,
        "criterion": plain(line.planned.criterion) if line.planned else None,
        "links": plain(line.leads),
    }


@command(
    "begin",
    about=say("start the timer of a task"),
    more=say("The timer measures how long things take you; one that ran before stops counting."),
)
@task_argument
def begin(door: Door, task: str) -> None:
    with door.desk() as desk:
        begun = days.begin(desk, task)
        _show(door, desk, say("begun: {title}", title=begun.title), plain(begun))


@command(
    "done",
    about=say("a task is done; a lab is done by passing it"),
    more=say(
        "Without --minutes the timer says how long it took, if it ran. Of work that comes back one "
        "time is counted: today's, or the one that is due; TASK@3 names the third in the plan."
    ),
)
@task_argument
@option("--minutes", about=say("how long it took"), metavar="N", type=NumberKind(0, 24 * 60))
def done(door: Door, task: str, minutes: int | None) -> None:
    with door.desk() as desk:
        before = days.done_before(desk, task)
        happened = before or days.done(desk, task, minutes)
        title: Sayable | str = days.named_task(desk, happened.task).title
        if happened.on is not None:
            title = say("{title}, the time of {day}", title=title, day=long_date(happened.on))
        said = say("done: {title}", title=title)
        if happened.minutes is not None:
            said = say("done in {time}: {title}", title=title, time=duration(happened.minutes))
        if before is not None:
            said = say(
                "done already: {title}; `zhixing undo` takes back the last done", title=title
            )
        _show(door, desk, said, plain(happened))


@command(
    "skip",
    about=say("leave a task out"),
    more=say(
        "It is not counted as done, and nothing asks for it again; `zhixing undo` takes it back."
    ),
)
@task_argument
def skip(door: Door, task: str) -> None:
    with door.desk() as desk:
        happened = days.skip(desk, task)
        left = days.named_task(desk, happened.task)
        said = say("left out: {title}", title=left.title)
        if left.recurring:
            said = say("left out, all its times: {title}", title=left.title)
        _show(door, desk, said, plain(happened))


@command(
    "undo",
    about=say("take back the last done, skip or change of plan"),
    more=say("Nothing is erased: taking back is written down as well."),
)
def undo(door: Door) -> None:
    with door.desk() as desk:
        before = standing(desk).profile
        happened = planning.undo(desk)
        if isinstance(happened, PlanAccepted):
            said = plan_taken_back(desk, happened, before, standing(desk).profile)
        elif "." in happened.id:
            said = say("taken back: all that the sheet had changed")
        else:
            title = days.named_task(desk, happened.task).title
            said = say("taken back: {title}", title=title)
        taken = {"what": type(happened).__name__, "id": happened.id}
        _show(door, desk, said, taken)


def _show(door: Door, desk: Desk, said: Said, data: object) -> None:
    """What happened in one line, and what comes next."""
    from zhixing.cli.pages.today import next_page

    door.show(lambda: data, lambda paper: next_page(paper, said, days.today(desk)))


# --- notes --------------------------------------------------------------------------------------


@command(
    "note",
    about=say("write a note on a task, or read it"),
    more=say(
        "With TEXT it is saved. Without, your editor opens ($EDITOR); with something on standard "
        "input, that is the note. An empty one changes nothing and shows what is there."
    ),
)
@task_argument
@argument("text", about=say("the note; without it, an editor or standard input"), nargs=-1)
def note(door: Door, task: str, text: tuple[str, ...]) -> None:
    from zhixing.cli.pages.today import note_page

    with door.desk() as desk:
        known = days.note(desk, task)
        written = " ".join(text) or _written(door, task, known)
        if written.strip() and (known is None or written != known.text):
            known = days.note(desk, task, written)
        found = days.named_task(desk, task)
        door.show(
            lambda: {"task": found.id, "text": known.text if known else None},
            lambda paper: note_page(paper, found.title, known.text if known else ""),
        )


def _written(door: Door, task: str, known: NoteSaved | None) -> str:
    """What a person wrote: in an editor if there is a terminal, else on standard input."""
    if door.can_ask:
        return _edited(task, known.text if known else "")
    if sys.stdin is None or sys.stdin.isatty():
        return ""
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as trouble:
        raise Problem(
            say("the note is not UTF-8 text: byte {byte}", byte=trouble.start),
            say("standard input"),
            say("save it as UTF-8 in your editor"),
        ) from trouble


def _edited(task: str, text: str) -> str:
    try:
        return click.edit(text, extension=".md") or ""
    except click.ClickException as trouble:
        raise Problem(
            say("the editor did not end well: {reason}", reason=trouble.message),
            say("environment variable {name}", name="EDITOR"),
            say('set it to an editor you have, or give the text: `zhixing note {task} "text"`',
                task=task),
        ) from trouble  # fmt: skip
