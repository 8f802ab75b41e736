"""plan show, plan why, replan: the plan in force, and after missed days."""

import sys
from collections.abc import Sequence
from datetime import date

from zhixing.actions import days, planning, replanning
from zhixing.actions.foreseeing import foreseen, reasons
from zhixing.actions.standing import with_plan
from zhixing.cli.door import Door
from zhixing.cli.kinds import DayKind, NumberKind
from zhixing.cli.params import argument, option
from zhixing.cli.plain import plain, write_json
from zhixing.cli.speaking import Group, command
from zhixing.records import ReplanOption
from zhixing.words import say

HERE = "zhixing.cli.commands.plan"
FILES = "zhixing.cli.commands.plan_files"

plan = Group(
    "plan",
    about=say("the plan: show it, export it, read a filled-in sheet back"),
    members={
        "show": f"{HERE}:show",
        "export": f"{FILES}:export",
        "read": f"{FILES}:read",
        "why": f"{HERE}:why",
    },
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


@command("why", about=say("why each piece of a day stands where it does"))
@argument("on", about=say("the day: 2026-12-07, today"), metavar="DATE", type=DayKind())
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


@command(
    "replan",
    about=say("after missed days: the ways on, side by side; --choose takes one"),
    more=say("Without --choose nothing changes: look at what each way costs, then choose."),
)
@option("--choose", about=say("the way to take: absorb, slide, trim, light or forward"),
        metavar="WAY")  # fmt: skip
def replan(door: Door, choose: str | None) -> None:
    from zhixing.cli.pages.replan import chosen_page, ways_page

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
        _, profile, in_force = with_plan(desk)
        page = days.today(desk)
        going = [one for way in options for one in replanning.left_out(desk, way)]
        helping = replanning.changes_that_help(desk, profile, in_force)
        moving: dict[str, Sequence[replanning.Farthest]] = {
            o.name: replanning.farthest(desk, in_force, o.plan) for o in options
        }
        door.show(
            lambda: {
                "missed": plain(page.missed),
                "options": [_plain_way(o) for o in options],
                "farthest": {name: plain(moved) for name, moved in moving.items()},
                "left_out": plain(going),
                "deadline": plain(helping),
            },
            lambda paper: ways_page(paper, options, in_force, page, going, helping, moving),
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
