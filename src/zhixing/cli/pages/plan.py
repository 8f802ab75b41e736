"""The plan on paper: weeks at a glance, a week day by day, why each piece stands where it does."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby

from zhixing.actions.days import Today
from zhixing.actions.planning import PlanRow, PlanWeek
from zhixing.actions.wording import KINDS, day_month, days_between, duration, long_date, weekday
from zhixing.cli.ink import Paper, Span, bar, fitted
from zhixing.cli.pages.replan import helps_lines
from zhixing.planner.forecast import Forecast
from zhixing.planner.relaxing import Relaxation
from zhixing.planner.why import Why
from zhixing.records import Plan, Profile
from zhixing.words import Said, say

LOAD = " ▁▂▃▄▅▆▇█"
BAR = 10
SIX_DAYS = timedelta(days=6)


def begun_page(
    paper: Paper,
    profile: Profile,
    plan: Plan,
    page: Today,
    helping: Sequence[Relaxation] = (),
    waits: int = 0,
    noted: Sequence[Said] = (),
) -> None:
    """A plan that was just made, in a few lines; `waits` are the tasks that have no direction,
    `noted` what in it will surprise."""
    paper.gap()
    paper.head(page.route_title)
    weeks = max(1, -(-len(plan.days) // 7))
    paper.say(
        say(
            "{weeks} weeks of {time}: from {first} to {finish}.",
            time=duration(sum(profile.minutes)),
            first=long_date(page.first),
            finish=long_date(plan.finish),
            weeks=weeks,
        )
    )
    if waits:
        paper.say(say("{n} tasks wait for a direction: --direction adds them.", n=waits))
    if profile.deadline is not None:
        _deadline(paper, profile, plan)
        helps_lines(paper, helping)
    for said in noted:
        paper.say(said)
    paper.gap()
    paper.command("zhixing today")
    paper.gap()


def _deadline(paper: Paper, profile: Profile, plan: Plan) -> None:
    assert profile.deadline is not None
    if plan.finish <= profile.deadline:
        paper.say((say("Your deadline, {day}, is met.", day=long_date(profile.deadline)), "good"))
        return
    paper.say(say("Your deadline, {day}, is not met.", day=long_date(profile.deadline)))


# --- the weeks ----------------------------------------------------------------------------------


def weeks_page(
    paper: Paper, weeks: Sequence[PlanWeek], plan: Plan, page: Today, ahead: Forecast
) -> None:
    """One line a week: its days as a small picture of load, its hours, and what it is about."""
    paper.gap()
    paper.head(page.route_title)
    paper.gap()
    most = max((sum(week.minutes) + sum(week.reserve) for week in weeks), default=0)
    highest = max((minutes for week in weeks for minutes in week.minutes), default=0)
    for week in weeks:
        _week_line(paper, week, most, highest, current=week.number == page.week)
    paper.gap()
    legend = say("▁▄█ load from Monday to Sunday · ━ done · ─ planned, of the fullest week")
    paper.say((legend, "quiet"))
    bound = (
        say("The plan ends on {finish}; with these hours, and time for what comes back, none could "
            "end before {bound}.", finish=long_date(plan.finish), bound=long_date(plan.lower_bound))
        if any(piece.if_time for day in plan.days for piece in day.pieces)
        else say("The plan ends on {finish}; with these hours none could end before {bound}.",
                 finish=long_date(plan.finish), bound=long_date(plan.lower_bound))
    )  # fmt: skip
    paper.say((bound, "quiet"))
    honestly = say(
        "With the days people miss and tasks that take longer: done by {p50} in one case of two, "
        "by {p80} in four of five.",
        p50=long_date(ahead.p50),
        p80=long_date(ahead.p80),
    )
    paper.say((honestly, "quiet"))
    if ahead.left != ahead.likely:
        left = say(
            "Still to do: {planned} as the route says it, about {likely} at your pace.",
            planned=duration(ahead.left),
            likely=duration(ahead.likely),
        )
        paper.say((left, "quiet"))
    paper.exact(("zhixing plan show --week N", "quiet"))
    paper.gap()


def _week_line(paper: Paper, week: PlanWeek, most: int, highest: int, *, current: bool) -> None:
    done, ahead, rest = bar(week.done, sum(week.minutes), most, BAR)
    about = paper.text(week.units[0] if week.units else "").plain
    extra = f" +{len(week.units) - 1}" if len(week.units) > 1 else ""
    days = days_between(week.monday, week.monday + SIX_DAYS).render(paper.language)
    before: list[Span] = [
        ("▸" if current else " ", "seal"),
        (f"{week.number:>2} ", "strong" if current else "quiet"),
        (fitted(days, 15) + " ", "quiet"),
        (_picture(week, highest) + " ", "ink"),
        (done, "good"), (ahead, "ink"), (rest, "ink"),
        (f" {_hours(sum(week.minutes)):>6}  ", "quiet"),
    ]  # fmt: skip
    text = paper.text(*before)
    room = paper.width - text.cell_len - 2
    paper.exact(*before, fitted(about + extra, max(8, room)).rstrip())


def _picture(week: PlanWeek, highest: int) -> str:
    """Seven small bars, Monday to Sunday, relative to the fullest day of the plan."""
    if highest <= 0:
        return " " * 7
    steps = len(LOAD) - 1
    return "".join(LOAD[-(-steps * minutes // highest)] for minutes in week.minutes)


def _hours(minutes: int) -> str:
    return f"{minutes / 60:.1f} h"


def days_page(paper: Paper, rows: Sequence[PlanRow], week: PlanWeek) -> None:
    """A week, day by day, piece by piece."""
    paper.gap()
    days = days_between(week.monday, week.monday + SIX_DAYS)
    paper.head(say("Week {n}", n=week.number), " · ", days)
    for unit in week.units:
        paper.say((unit, "quiet"))
    for on, pieces in groupby(rows, key=lambda row: row.date):
        listed = list(pieces)
        paper.gap()
        head: Span = (weekday(on), "strong")
        total = duration(sum(row.minutes for row in listed))
        paper.entry([head, " ", day_month(on)], "", [(total, "quiet")])
        for row in listed:
            _row(paper, row)
    paper.gap()


def _row(paper: Paper, row: PlanRow) -> None:
    unchecked: list[Span] = [(say("no checks yet"), "quiet"), (" · ", "quiet")]
    kind: list[Span] = [(KINDS[row.kind], "quiet"), (" · ", "quiet")]
    meta = [*(() if row.checked else unchecked), *kind, duration(row.minutes)]
    marks: dict[str, Span] = {
        "done": ("✓ ", "good"), "skipped": ("– ", "quiet"), "missed": ("· ", "seal"),
    }  # fmt: skip
    title: Span = (row.title, "quiet") if row.state in ("done", "skipped") else row.title
    paper.entry([marks.get(row.state, "  ")], title, meta)
    if row.state not in ("done", "skipped"):
        paper.exact((row.short, "quiet"), indent=6)


def why_page(paper: Paper, on: date, found: Sequence[Why]) -> None:
    """Each piece of a day, and why it stands there."""
    paper.gap()
    paper.head(long_date(on))
    if not found:
        paper.say(say("Nothing is planned on this day."))
    for one in found:
        paper.gap()
        paper.entry([], one.title, [duration(one.piece.minutes)])
        for reason in one.reasons:
            paper.say((reason, "quiet"), indent=4, hang=2)
    paper.gap()
