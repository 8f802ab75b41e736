"""start, check, hint: a learner at work on a lab."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from zhixing.actions import labs
from zhixing.actions.desk import Desk
from zhixing.actions.labs import Checked
from zhixing.cli.completing import lab_references, offered
from zhixing.cli.door import Door
from zhixing.cli.params import argument, option
from zhixing.cli.plain import plain, wire_verdict, write_json
from zhixing.cli.speaking import command
from zhixing.errors import Problem
from zhixing.records import CheckResult
from zhixing.words import say

if TYPE_CHECKING:
    from zhixing.cli.ink import Paper

NOT_PASSED = 1

lab_argument = argument(
    "lab",
    about=say("a lab, or one part of it: dl-softmax-ce, dl-softmax-ce#stable"),
    metavar="LAB[#PART]",
    shell_complete=offered(lab_references),
)


@command(
    "start",
    about=say("the statement, and answer.py or a notebook in your folder"),
    more=say(
        "An answer that is there is never written over. In a plan it starts the task's timer."
    ),
)
@lab_argument
@option("--again", about=say("put the present answer aside, and begin afresh"), is_flag=True)
@option("--notebook", about=say("lay it out as a Jupyter notebook, answer.ipynb"), is_flag=True)
def start(door: Door, lab: str, again: bool, notebook: bool) -> None:
    from zhixing.cli.pages.work import started_page

    with door.desk() as desk:
        started = labs.start(desk, lab, again, notebook=notebook or None)
        data = {
            "lab": started.lab.id,
            "part": started.part.name if started.part else None,
            "title": plain(started.lab.title),
            "answer": str(started.answer),
            "statement": str(started.statement),
            "kept": started.kept,
            "aside": str(started.aside) if started.aside else None,
        }
        door.show(lambda: data, lambda paper: started_page(paper, started, lab))


@command(
    "check",
    about=say("run your answer: what works, and what to mend first"),
    more=say(
        "It is remembered; a part that passes finishes its task. Of answer.py and answer.ipynb the "
        "one saved last is read. --watch checks again on every save, until you press q. Of an "
        "essay it counts what is there, and asks what only you can judge."
    ),
)
@lab_argument
@option("--file", about=say("an answer elsewhere than in your folder"), metavar="F",
        type=click.Path(path_type=Path))  # fmt: skip
@option("--seed", about=say("repeat a run with its seed; shown, never counted"), metavar="S")
@option("--watch", about=say("check again on every save"), is_flag=True)
@option("--trace", about=say("show whole tracebacks"), is_flag=True)
@option("--rate", "rated", about=say("of an essay: your own word on an item of its rubric, "
        "yes, partly or no; may be given several times"), metavar="ITEM=WORD",
        multiple=True)  # fmt: skip
def check(
    door: Door, lab: str, file: Path | None, seed: str | None, watch: bool, trace: bool,
    rated: tuple[str, ...],
) -> int:  # fmt: skip
    with door.desk() as desk:
        if labs.named(desk, lab)[0].essay is not None:
            from zhixing.cli.commands.essays import check_essay

            return check_essay(door, desk, lab, file, rated, runs=watch or seed is not None)
        _only_essays_are_rated(lab, rated)
        if watch:
            from zhixing.cli.watch import watch_lab

            return watch_lab(door, lab, file, seed)
        if door.as_json:
            checked = labs.check(desk, lab, file, seed)
            write_json(wire_verdict(checked.verdict), sys.stdout)
        else:
            checked = _check_on_paper(door, desk, lab, file, seed, trace)
    return 0 if checked.verdict.passed else NOT_PASSED


def _only_essays_are_rated(lab: str, rated: tuple[str, ...]) -> None:
    if rated:
        raise Problem(
            say("only an essay is rated by its writer"),
            "--rate",
            say("`zhixing check {lab}` runs this one: leave the flag out", lab=lab),
        )


def _check_on_paper(
    door: Door, desk: Desk, lab: str, file: Path | None, seed: str | None, trace: bool
) -> Checked:
    """Each check as it ends when somebody watches, then the verdict."""
    from zhixing.actions.days import after_passing
    from zhixing.cli.pages.verdict import check_line, next_command, verdict_page

    paper = door.paper()

    def on_check(result: CheckResult) -> None:
        if paper.live:
            check_line(paper, labs.named(desk, lab)[0], result)

    checked = labs.check(desk, lab, file, seed, on_check=on_check)
    _say_what_was_read(paper, checked)
    verdict_page(paper, checked, titles=finished_titles(desk, checked), trace=trace)
    next_command(paper, checked, lab, file=file, then=after_passing(desk, checked.lab.id))
    return checked


def _say_what_was_read(paper: "Paper", checked: Checked) -> None:
    """Where there may be a doubt: of two answers, or of a notebook."""
    from zhixing.actions.leads import ANSWER, NOTEBOOK

    file = checked.file
    if file is None:
        return
    other = {ANSWER: NOTEBOOK, NOTEBOOK: ANSWER}.get(file.name)
    if file.suffix == ".ipynb" or (other and file.with_name(other).exists()):
        paper.gap()
        paper.say((say("read: {file}", file=file), "quiet"))


def finished_titles(desk: Desk, checked: Checked) -> list[str]:
    """The titles of the tasks that a verdict finished."""
    from zhixing.actions.days import named_task

    return [named_task(desk, task).title for task in checked.tasks_done]


@command(
    "hint",
    about=say("the next hint for what to mend first, one rung at a time"),
    more=say(
        "Four rungs: the goal, the idea, the next step, a small piece worked out. Taking one is "
        "remembered, and counts a little less than going without."
    ),
)
@lab_argument
def hint(door: Door, lab: str) -> None:
    from zhixing.cli.pages.work import hint_page

    with door.desk() as desk:
        found = labs.hint(desk, lab)
        data = {
            "lab": found.lab.id,
            "check": found.check,
            "rung": found.rung,
            "of": found.of,
            "text": plain(found.text),
            "readings": [
                {"id": r.id, "title": plain(r.title), "text": plain(r.text)} for r in found.readings
            ],
        }
        door.show(lambda: data, lambda paper: hint_page(paper, found, lab))
