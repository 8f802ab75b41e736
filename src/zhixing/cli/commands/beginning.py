"""init, and `zhixing` alone: from nothing to a plan, with three questions or none."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, get_args

import click

from zhixing.actions import days, importing, planning
from zhixing.actions.desk import Desk
from zhixing.actions.foreseeing import doubted_in
from zhixing.actions.planning import Wishes
from zhixing.actions.profiles import FEWEST_HOURS, MOST_HOURS, Emphasis, within_reason
from zhixing.actions.replanning import changes_that_help
from zhixing.actions.standing import standing
from zhixing.actions.whole_routes import waiting_tasks
from zhixing.actions.wording import long_date
from zhixing.cli.commands.day import show_today, tell_unread
from zhixing.cli.completing import offered, route_ids, skill_ids
from zhixing.cli.door import Door
from zhixing.cli.kinds import NOTHING, DayKind, DayOrNoneKind, NumberKind, WordKind
from zhixing.cli.params import option
from zhixing.cli.plain import plain
from zhixing.cli.speaking import command
from zhixing.errors import Problem
from zhixing.planner.hours import PRESETS
from zhixing.records import Plan, Profile
from zhixing.words import LANGUAGES, Language, Said, say

DIRECTIONS = ("cv", "nlp", "llm", "rl", "tabular", "recsys", "graph", "timeseries")


def front(door: Door) -> None:
    """`zhixing` alone: today's page. The first time a person is asked three questions, a program
    none; either way there is a plan afterwards."""
    with door.desk() as desk:
        begun = standing(desk).plan is not None
    if not begun:
        wishes = _asked(door, Wishes()) if door.can_ask else Wishes()
        with door.desk() as desk:
            planning.begin_route(desk, wishes)
    with door.desk() as desk:
        show_today(door, days.today(desk))
        tell_unread(door, desk)
    if not begun and not door.as_json:
        made = say("This plan was just made. `zhixing init` changes its hours, start or route.")
        door.paper().say((made, "quiet"))


@command(
    "init",
    about=say("set your route, hours and start; make the plan"),
    more=say(
        "In a terminal it asks for what was not said; --yes asks nothing. Said again later it "
        "plans anew from today: what is finished stays finished, what was not said stays as it "
        "was, and `zhixing undo` takes it back."
    ),
)
@option("--route", about=say("which route (`zhixing routes`), or a roadmap's file"), metavar="ID",
        shell_complete=offered(route_ids))  # fmt: skip
@option("--hours-per-week", "hours_per_week", about=say("spread over the week 2:2:2:2:2:4:1"),
        metavar="N", type=NumberKind(FEWEST_HOURS, MOST_HOURS, fraction=True))  # fmt: skip
@option("--weekday", about=say("hours on each day from Monday to Friday"), metavar="H",
        type=NumberKind(0, 16, fraction=True))  # fmt: skip
@option("--weekend", about=say("hours on Saturday, and the same on Sunday"), metavar="H",
        type=NumberKind(0, 16, fraction=True))  # fmt: skip
@option("--start", about=say("the first day: 2026-12-07, today"), metavar="DATE", type=DayKind())
@option("--days-off", "days_off", about=say("a day without study; several times, or none"),
        metavar="DATE", type=DayOrNoneKind(), multiple=True)  # fmt: skip
@option("--direction", about=say("the direction you lean to"), metavar="WORD",
        type=WordKind(DIRECTIONS))  # fmt: skip
@option("--preset", about=say("full-time (8 h on weekdays), part-time (2.5 h a day) or 15h a week"),
        metavar="NAME", type=WordKind(tuple(PRESETS)))  # fmt: skip
@option("--block", "blocks", about=say("hours by the clock, as mon-fri 19:00-21:00; several"),
        metavar="TEXT", multiple=True)  # fmt: skip
@option("--holidays", about=say("the country whose holidays are free: CN, DE …; or none"),
        metavar="CN")  # fmt: skip
@option("--emphasis", about=say("as-written, maths-first or practice-first"), metavar="WORD",
        type=WordKind(get_args(Emphasis)))  # fmt: skip
@option("--known", about=say("a skill you hold: its study is left out; several times, or none"),
        metavar="SKILL", multiple=True, shell_complete=offered(skill_ids))  # fmt: skip
@option("--pin", "pins", about=say("a task and its day: TASK=2026-12-24, TASK=none frees it; "
        "several times"), metavar="TASK=DATE", multiple=True)  # fmt: skip
@option("--then", "more_routes", about=say("a route that follows, or a roadmap's file; several "
        "times, or none"), metavar="ID", multiple=True,
        shell_complete=offered(route_ids))  # fmt: skip
@option("--deadline", about=say("the day by which you want to be done, or none"), metavar="DATE",
        type=DayOrNoneKind())  # fmt: skip
@option("--yes", about=say("ask nothing"), is_flag=True)
def init(door: Door, yes: bool, **said: Any) -> None:
    wishes = _wishes(door, said)
    within_reason(door.now().date(), wishes)
    with door.desk() as desk:
        wishes = _brought(desk, wishes)
    ask = door.can_ask and not yes
    with door.desk() as desk:
        before = standing(desk)
        if before.plan is None and ask:
            wishes = _asked(door, wishes)
        elif before.plan is not None and not yes:
            _agreed(door, desk, wishes, before.plan)
    with door.desk() as desk:
        profile, plan = planning.begin_route(desk, wishes)
        _show(door, desk, profile, plan)


def _wishes(door: Door, said: Mapping[str, Any]) -> Wishes:
    """What was said on the line; "none" takes away what was set before."""
    pins = [_pin(text) for text in said["pins"]]
    days_off = frozenset(said["days_off"])
    return Wishes(
        route=said["route"],
        hours_per_week=said["hours_per_week"],
        weekday_hours=said["weekday"],
        weekend_hours=said["weekend"],
        start=said["start"],
        days_off=days_off - {NOTHING} if days_off else None,
        direction=said["direction"],
        deadline=None if said["deadline"] == NOTHING else said["deadline"],
        no_deadline=said["deadline"] == NOTHING,
        language=_language(door.asked_language),
        preset=said["preset"],
        blocks=said["blocks"],
        holidays=said["holidays"],
        emphasis=said["emphasis"],
        known=frozenset(said["known"]) if said["known"] else None,
        pins=tuple((task, on) for task, on in pins if on is not None),
        unpinned=tuple(task for task, on in pins if on is None),
        more_routes=said["more_routes"] or None,
    )


def _brought(desk: Desk, wishes: Wishes) -> Wishes:
    """The wishes with routes instead of the files that were named as such."""
    first, others = wishes.route, wishes.more_routes
    return replace(
        wishes,
        route=importing.brought(desk, first) if first is not None else None,
        more_routes=tuple(importing.brought(desk, name) for name in others) if others else others,
    )


def _pin(text: str) -> tuple[str, date | None]:
    """A task and its day; None = it loses its pin."""
    task, _, day = text.rpartition("=")
    if not task:
        raise Problem(
            say('"{value}" does not fit', value=text),
            "--pin",
            say("write a task and its day: --pin TASK=2026-12-24"),
        )
    found = DayOrNoneKind().convert(day, None, click.get_current_context(silent=True))
    return task, None if found == NOTHING else found


def _language(asked: str | None) -> Language | None:
    return next((language for language in LANGUAGES if language == asked), None)


def _show(door: Door, desk: Desk, profile: Profile, plan: Plan) -> None:
    from zhixing.cli.pages.plan import begun_page

    data = {
        "home": str(desk.settings.home),
        "profile": plain(profile),
        "first": plain(plan.days[0].date if plan.days else None),
        "finish": plain(plan.finish),
        "lower_bound": plain(plan.lower_bound),
        "days": len(plan.days),
        "deadline_met": None if profile.deadline is None else plan.finish <= profile.deadline,
    }
    page = days.today(desk)
    helping = changes_that_help(desk, profile, plan)
    data["deadline_helped_by"] = plain(helping)
    data["waiting_for_a_direction"] = waits = waiting_tasks(desk, profile)
    noted = tuple(one.told for one in doubted_in(desk, profile, plan, desk.today()))
    data["doubts"] = plain(noted)
    door.show(
        lambda: data, lambda paper: begun_page(paper, profile, plan, page, helping, waits, noted)
    )


# --- questions ----------------------------------------------------------------------------------


def _asked(door: Door, wishes: Wishes) -> Wishes:
    """The three questions of a first run, with defaults; what was said on the line is not asked."""
    language = wishes.language or _ask_language(door)
    door.asked_language = language
    hours = wishes.hours_per_week
    said = (wishes.weekday_hours, wishes.weekend_hours, wishes.preset, wishes.blocks or None)
    if hours is None and said == (None, None, None, None):
        hours = _ask(
            door, say("How many hours a week?"), planning.DEFAULT_HOURS,
            NumberKind(FEWEST_HOURS, MOST_HOURS, fraction=True),
        )  # fmt: skip
    start = wishes.start
    if start is None:
        today = door.now().date().isoformat()
        start = _ask(door, say("Which day do you start?"), today, DayKind())
    return replace(wishes, language=language, hours_per_week=hours, start=start)


def _ask_language(door: Door) -> Language:
    answer = _ask(door, say("中文 zh / English en?"), door.language, WordKind(LANGUAGES))
    return "zh" if answer == "zh" else "en"


def _ask(door: Door, question: Said, default: object, kind: click.ParamType[Any]) -> Any:
    """An answer that fits; asked again until one does. Enter takes the default."""
    while True:
        answer = str(click.prompt(question.render(door.language), default=default, type=str))
        try:
            return kind.convert(answer.strip(), None, click.get_current_context(silent=True))
        except Problem as problem:
            click.echo(problem.letters[0].next_step.render(door.language))


def _agreed(door: Door, desk: Desk, wishes: Wishes, before: Plan) -> None:
    """A plan in force is replaced only by one who says so. Raises Problem or Abort."""
    _, after = planning.preview(desk, wishes)
    change = say(
        "There is a plan that ends on {old}. The new one ends on {new}.",
        old=long_date(before.finish),
        new=long_date(after.finish),
    )
    if not door.can_ask:
        raise Problem(
            change,
            str(desk.settings.home),
            say("add --yes to take the new one; `zhixing undo` takes it back"),
        )
    click.echo(change.render(door.language))
    click.confirm(say("Take the new one?").render(door.language), default=False, abort=True)
