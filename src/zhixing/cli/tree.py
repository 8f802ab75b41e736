"""All commands, in the order in which a learner meets them; each lives in `commands/`."""

from typing import Any

import click

from zhixing import __version__
from zhixing.cli.door import Door
from zhixing.cli.params import Option
from zhixing.cli.speaking import Group
from zhixing.words import say

HERE = "zhixing.cli.commands"

MEMBERS = {
    "init": f"{HERE}.beginning:init",
    "today": f"{HERE}.day:today",
    "begin": f"{HERE}.day:begin",
    "done": f"{HERE}.day:done",
    "skip": f"{HERE}.day:skip",
    "note": f"{HERE}.day:note",
    "undo": f"{HERE}.day:undo",
    "start": f"{HERE}.work:start",
    "check": f"{HERE}.work:check",
    "hint": f"{HERE}.work:hint",
    "solution": f"{HERE}.solution:solution",
    "progress": f"{HERE}.progress:progress",
    "plan": f"{HERE}.plan:plan",
    "replan": f"{HERE}.plan:replan",
    "import": f"{HERE}.importing:import_",
    "routes": f"{HERE}.shelves:routes",
    "skills": f"{HERE}.shelves:skills",
    "labs": f"{HERE}.shelves:labs",
    "brief": f"{HERE}.briefs:brief",
    "serve": f"{HERE}.serve:serve",
    "settings": f"{HERE}.house:settings",
    "doctor": f"{HERE}.house:doctor",
    "completion": f"{HERE}.house:completion",
    "grade": f"{HERE}.grade:grade",
    "lab": f"{HERE}.author:lab",
    "pack": f"{HERE}.author:pack",
}

SECTIONS = (
    (say("Every day"), ("today", "begin", "done", "skip", "note", "undo")),
    (say("Labs"), ("start", "check", "hint", "solution", "progress")),
    (say("The plan"), ("init", "import", "plan", "replan")),
    (say("What there is"), ("routes", "skills", "labs", "brief")),
    (say("Around it"), ("serve", "settings", "doctor", "completion")),
    (say("For teachers"), ("grade",)),
    (say("For authors"), ("lab", "pack")),
)


def _version(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        click.echo(f"zhixing {__version__}")
        ctx.exit()


@click.pass_context
def _front(ctx: click.Context, /) -> Any:
    """`zhixing` alone: today's page, or how one comes to have one."""
    if ctx.invoked_subcommand is not None:
        return None
    from zhixing.cli.commands.beginning import front

    door = ctx.find_object(Door)
    assert door is not None, "main gives every call its door"
    return front(door)


root = Group(
    "zhixing",
    about=say("From a roadmap to an honest verdict: a plan by days, labs that run, and the slip."),
    more=say("Alone it shows today's page; the first time it makes a plan."),
    members=MEMBERS,
    sections=SECTIONS,
    callback=_front,
    invoke_without_command=True,
    params=[
        Option(
            ["--version"],
            about=say("print the version"),
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_version,
        )
    ],
)
