"""The plan on paper: weeks at a glance, a week day by day, and the ways on after missed days."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby

from zhixing.actions.days import Today
from zhixing.actions.planning import PlanRow, PlanWeek
from zhixing.actions.wording import KINDS, day_month, days_between, duration, long_date, weekday
from zhixing.cli.ink import Paper, Span, bar, fitted
from zhixing.cli.pages.today import next_page
from zhixing.planner.forecast import Forecast
from zhixing.planner.why import Why
from zhixing.records import Plan, Profile, ReplanOption
from zhixing.words import Bilingual, Said, say

LOAD = " ▁▂▃▄▅▆▇█"
BAR = 10
SIX_DAYS = timedelta(days=6)


def begun_page(paper: Paper, profile: Profile, plan: Plan, page: Today) -> None:
    """A plan that was just made, in a few lines."""
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
    if profile.deadline is not None:
        _deadline(paper, profile, plan)
    paper.gap()
    paper.command("zhixing today")
    paper.gap()


def _deadline(paper: Paper, profile: Profile, plan: Plan) -> None:
    assert profile.deadline is not None
    if plan.finish <= profile.deadline:
        paper.say((say("Your deadline, {day}, is met.", day=long_date(profile.deadline)), "good"))
        return
    paper.say(
        say(
            "Your deadline, {day}, is not met. More hours a week, an earlier start, or leaving "
            "tasks out would help.",
            day=long_date(profile.deadline),
        )
    )


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
    finish = say(
        "The plan ends on {finish}; with these hours none could end before {bound}.",
        finish=long_date(plan.finish),
        bound=long_date(plan.lower_bound),
    )
    paper.say((finish, "quiet"))
    honestly = say(
        "With the days people miss and tasks that take longer: done by {p50} in one case of two, "
        "by {p80} in four of five.",
        p50=long_date(ahead.p50),
        p80=long_date(ahead.p80),
    )
    paper.say((honestly, "quiet"))
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


# --- ways on ------------------------------------------------------------------------------------

NAMES: dict[str, Said] = {
    "absorb": say("absorb: the missed pieces go into free minutes, and the last day stays"),
    "slide": say("slide: everything moves later, in the order it had"),
    "trim": say("trim: something is left out, and the last day stays"),
}
PREVIEW_DAYS = 7


def ways_page(paper: Paper, options: Sequence[ReplanOption], plan: Plan, page: Today) -> None:
    """The ways on beside the plan as it is, each with its price; choosing is the learner's."""
    paper.gap()
    if not options:
        end = long_date(plan.finish)
        paper.say(say("Nothing was missed: the plan stands, and ends on {day}.", day=end))
        paper.gap()
        return
    time = duration(sum(piece.minutes for piece in page.missed))
    missed = say("Missed: {n} pieces, {time}. The ways on:", n=options[0].missed, time=time)
    paper.head(missed)
    for option in options:
        paper.say(NAMES[option.name], indent=4, hang=2)
    paper.gap()
    paper.columns(_compared(options, plan, page))
    paper.gap()
    for option in options:
        paper.command(f"zhixing replan --choose {option.name}")
    paper.say((say("Nothing has changed yet; `zhixing undo` takes a choice back."), "quiet"))
    paper.gap()


def _compared(
    options: Sequence[ReplanOption], plan: Plan, page: Today
) -> Iterator[tuple[Span, ...]]:
    """Rows: what each way costs, then the minutes of the coming days."""
    yield ("", (say("as it is"), "quiet"), *((option.name, "strong") for option in options))
    ends = [day_month(option.plan.finish) for option in options]
    yield ((say("ends on"), "quiet"), (day_month(plan.finish), "quiet"), *ends)
    yield ((say("days later"), "quiet"), "", *(str(option.slide_days) for option in options))
    yield ((say("pieces that move"), "quiet"), "", *(str(option.moved) for option in options))
    yield ("",)
    for ahead in range(PREVIEW_DAYS):
        on = page.date + timedelta(days=ahead)
        name = say("{weekday} {day}", weekday=weekday(on), day=day_month(on))
        loads = [_load(way, on) for way in (plan, *(option.plan for option in options))]
        yield ((name, "quiet"), (loads[0], "quiet"), *loads[1:])


def _load(plan: Plan, on: date) -> Bilingual:
    day = plan.day(on)
    return duration(day.minutes if day else 0)


def chosen_page(paper: Paper, option: ReplanOption, page: Today) -> None:
    """A way that was taken, and what comes next."""
    done = say("Done: {n} pieces moved; the plan ends on {day}.", n=option.moved,
               day=long_date(option.plan.finish))  # fmt: skip
    next_page(paper, done, page)
