"""plan show, plan export, replan: the plan in force, out of the house, and after missed days."""

import sys
from datetime import date
from pathlib import Path

import click

from zhixing.actions import days, planning
from zhixing.actions.desk import Desk
from zhixing.actions.foreseeing import foreseen, reasons
from zhixing.actions.standing import with_plan
from zhixing.cli.door import Door
from zhixing.cli.kinds import DayKind, NumberKind, WordKind
from zhixing.cli.params import option
from zhixing.cli.plain import plain, write_json
from zhixing.cli.speaking import Group, command
from zhixing.errors import Problem, reason_of
from zhixing.records import ReplanOption
from zhixing.words import say

HERE = "zhixing.cli.commands.plan"

plan = Group(
    "plan",
    about=say("the plan: show it, or export it"),
    members={"show": f"{HERE}:show", "export": f"{HERE}:export", "why": f"{HERE}:why"},
)

week_option = option("--week", about=say("one week, day by day"), metavar="N",
                     type=NumberKind(1, 10_000))  # fmt: skip


@command("show", about=say("the weeks of the plan at a glance, or one week day by day"))
@week_option
def show(door: Door, week: int | None) -> None:
    from zhixing.cli.pages.plan import days_page, weeks_page

    with door.desk() as desk:
        if door.as_json:
            write_json(planning.as_json(desk, week), sys.stdout)
            return
        rows, weeks = planning.rows(desk, week), planning.weeks(desk)
        if week is None:
            _, _, in_force = with_plan(desk)
            weeks_page(door.paper(), weeks, in_force, days.today(desk), foreseen(desk))
        else:
            days_page(door.paper(), rows, weeks[week - 1])


@command(
    "export",
    about=say("the plan as json, as a task book to tick (md), or a week to take along (zip)"),
    more=say(
        "With --out it is written to a file, over what was there. A zip holds one week, this one "
        "unless --week says which: briefs, statements, starters as .py and as notebooks, criteria."
    ),
)
@option("--format", "asked", about=say("md, json or zip; --json alone asks for json as well"),
        metavar="FORMAT", type=WordKind(("md", "json", "zip")))  # fmt: skip
@option("--out", about=say("the file to write; without it, standard output"), metavar="F",
        type=click.Path(path_type=Path))  # fmt: skip
@week_option
def export(door: Door, asked: str | None, out: Path | None, week: int | None) -> None:
    form = asked or ("json" if door.as_json else "md")
    with door.desk() as desk:
        if form == "zip":
            _zip(door, desk, out, week)
        elif out is None and form == "json":
            write_json(planning.as_json(desk, week), sys.stdout)
        elif out is None and door.as_json:
            write_json({"markdown": _book(desk, week)}, sys.stdout)
        elif out is None:
            click.echo(_book(desk, week), nl=False)
        else:
            _write(desk, form, out, week)
            data = {"format": form, "file": str(out)}
            door.show(lambda: data, lambda paper: paper.exact(str(out)))


@command("why", about=say("why each piece of a day stands where it does"))
@click.argument("on", metavar="DATE", type=DayKind())
def why(door: Door, on: date) -> None:
    from zhixing.cli.pages.plan import why_page

    with door.desk() as desk:
        found = reasons(desk, on)
        data = {
            "date": on.isoformat(),
            "pieces": [
                {
                    "task": one.piece.task,
                    "title": one.title,
                    "minutes": one.piece.minutes,
                    "reasons": [reason.render(door.language) for reason in one.reasons],
                }
                for one in found
            ],
        }
        door.show(lambda: data, lambda paper: why_page(paper, on, found))


def _zip(door: Door, desk: Desk, out: Path | None, week: int | None) -> None:
    from zhixing.actions.weekpacks import week_pack

    pack = week_pack(desk, week)
    if out is None and (door.as_json or sys.stdout.isatty()):
        raise Problem(
            say("a zip is nothing to read on a screen"),
            say("zhixing plan export --format zip"),
            say("name a file: --out {file}", file=pack.name),
        )
    if out is None:
        sys.stdout.buffer.write(pack.content)
        sys.stdout.flush()
        return
    try:
        out.write_bytes(pack.content)
    except OSError as trouble:
        raise _cannot_write(out, trouble) from trouble
    data = {"format": "zip", "file": str(out), "week": pack.week}
    door.show(lambda: data, lambda paper: paper.exact(str(out)))


def _book(desk: Desk, week: int | None) -> str:
    from zhixing.actions.taskbook import taskbook

    return taskbook(desk, week)


def _write(desk: Desk, form: str, out: Path, week: int | None) -> None:
    try:
        with out.open("w", encoding="utf-8") as stream:
            if form == "json":
                write_json(planning.as_json(desk, week), stream)
            else:
                stream.write(_book(desk, week))
    except OSError as trouble:
        raise _cannot_write(out, trouble) from trouble


def _cannot_write(out: Path, trouble: OSError) -> Problem:
    return Problem(
        say("the file cannot be written: {reason}", reason=reason_of(trouble)),
        str(out),
        say("name another with --out, or leave it out: then it goes to standard output"),
    )


@command(
    "replan",
    about=say("after missed days: the ways on, side by side; --choose takes one"),
    more=say("Without --choose nothing changes: look at what each way costs, then choose."),
)
@option("--choose", about=say("the way to take: absorb or slide"), metavar="WAY")
def replan(door: Door, choose: str | None) -> None:
    from zhixing.cli.pages.plan import chosen_page, ways_page

    with door.desk() as desk:
        if choose is not None:
            option_ = planning.choose(desk, choose)
            page = days.today(desk)
            door.show(
                lambda: {"chosen": _plain_way(option_)},
                lambda paper: chosen_page(paper, option_, page),
            )
            return
        options = planning.ways_on(desk)
        _, _, in_force = with_plan(desk)
        page = days.today(desk)
        door.show(
            lambda: {"missed": plain(page.missed), "options": [_plain_way(o) for o in options]},
            lambda paper: ways_page(paper, options, in_force, page),
        )


def _plain_way(way: ReplanOption) -> dict[str, object]:
    """A way on as programs read it: its price, and its days."""
    return {
        "name": way.name,
        "finish": plain(way.plan.finish),
        "lower_bound": plain(way.plan.lower_bound),
        "slide_days": way.slide_days,
        "missed": way.missed,
        "moved": way.moved,
        "dropped": list(way.dropped),
        "days": [
            {"date": plain(d.date), "pieces": plain(d.pieces)} for d in way.plan.days if d.pieces
        ],
    }
