"""The ways on after missed days or other news, and what would help a deadline, on paper."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from types import MappingProxyType

from zhixing.actions.days import Today
from zhixing.actions.replanning import Farthest, LeftOut
from zhixing.actions.wording import duration, long_date, near_date, weekday
from zhixing.cli.ink import Paper, Span
from zhixing.cli.pages.today import next_page
from zhixing.planner.hours import MOST_HOURS_A_DAY
from zhixing.planner.relaxing import Relaxation
from zhixing.records import Plan, ReplanOption
from zhixing.words import Bilingual, Said, say

NAMES: dict[str, Said] = {
    "absorb": say("absorb: few pieces move, into free minutes, and the last day stays"),
    "slide": say("slide: what is late takes its turn, and what it pushes out moves on"),
    "trim": say("trim: something is left out, and the last day stays"),
    "light": say("light: as slide, through a week of half the hours"),
    "forward": say("forward: the rest comes as early as your hours allow"),
}
PREVIEW_DAYS = 7
MOST_LISTED = 12


def ways_page(
    paper: Paper,
    options: Sequence[ReplanOption],
    plan: Plan,
    page: Today,
    going: Sequence[LeftOut] = (),
    helping: Sequence[Relaxation] = (),
    moving: Mapping[str, Sequence[Farthest]] = MappingProxyType({}),
) -> None:
    """The ways on beside the plan as it is, each with its price; choosing is the learner's.
    `going` is what trim would leave out, `helping` what would let a missed deadline be met,
    `moving` what each way moves farthest."""
    paper.gap()
    if options:
        _ways(paper, options, plan, page, going, moving)
    else:
        end = long_date(plan.finish)
        paper.say(say("Nothing was missed: the plan stands, and ends on {day}.", day=end))
    if helping:
        paper.gap()
        paper.head(say("The deadline is not met. Any one of these would change that:"))
        helps_lines(paper, helping)
    paper.gap()


def _ways(
    paper: Paper,
    options: Sequence[ReplanOption],
    plan: Plan,
    page: Today,
    going: Sequence[LeftOut],
    moving: Mapping[str, Sequence[Farthest]],
) -> None:
    paper.head(_news(options, page))
    for option in options:
        paper.say(NAMES[option.name], indent=4, hang=2)
    paper.gap()
    paper.columns(_compared(options, plan, page))
    paper.gap()
    _left_out(paper, going)
    for option in options:
        _farthest(paper, option.name, moving.get(option.name, ()), page.date)
    for option in options:
        paper.command(f"zhixing replan --choose {option.name}")
    paper.say((say("Nothing has changed yet; `zhixing undo` takes a choice back."), "quiet"))


def _news(options: Sequence[ReplanOption], page: Today) -> Said:
    if options[0].missed:
        time = duration(sum(piece.minutes for piece in page.missed))
        return say("Missed: {n} pieces, {time}. The ways on:", n=options[0].missed, time=time)
    if [option.name for option in options] == ["forward"]:
        return say("There is more time than the plan needs. You may go faster:")
    return say("The plan no longer fits your hours or your route. The ways on:")


def _compared(
    options: Sequence[ReplanOption], plan: Plan, page: Today
) -> Iterator[tuple[Span, ...]]:
    """Rows: what each way costs, then the minutes of the coming days."""
    yield ("", (say("as it is"), "quiet"), *((option.name, "strong") for option in options))
    ends = [near_date(option.plan.finish, page.date) for option in options]
    yield ((say("ends on"), "quiet"), (near_date(plan.finish, page.date), "quiet"), *ends)
    yield ((say("days later"), "quiet"), "", *(str(option.slide_days) for option in options))
    yield ((say("pieces that move"), "quiet"), "", *(str(option.moved) for option in options))
    if any(option.dropped for option in options):
        gone = [str(len(option.dropped)) for option in options]
        yield ((say("tasks left out"), "quiet"), "", *gone)
    yield ("",)
    for ahead in range(PREVIEW_DAYS):
        on = page.date + timedelta(days=ahead)
        name = say("{weekday} {day}", weekday=weekday(on), day=near_date(on, page.date))
        loads = [_load(way, on) for way in (plan, *(option.plan for option in options))]
        yield ((name, "quiet"), (loads[0], "quiet"), *loads[1:])


def _load(plan: Plan, on: date) -> Bilingual:
    day = plan.day(on)
    return duration(day.minutes if day else 0)


def _farthest(paper: Paper, name: str, moving: Sequence[Farthest], today: date) -> None:
    if not moving:
        return
    paper.say(say("{way} moves farthest:", way=name))
    for one in moving:
        days = say("{old} → {new}", old=near_date(one.old, today), new=near_date(one.new, today))
        paper.entry(["  "], one.title, [(days, "quiet")])
    paper.gap()


def _left_out(paper: Paper, going: Sequence[LeftOut]) -> None:
    if not going:
        return
    time = duration(sum(one.minutes for one in going))
    paper.say(say("trim leaves out {n} tasks, {time}:", n=len(going), time=time))
    for one in going[:MOST_LISTED]:
        paper.entry(["  "], one.title, [(duration(one.minutes), "quiet")])
    if len(going) > MOST_LISTED:
        more = say("and {n} more; --json lists them all", n=len(going) - MOST_LISTED)
        paper.say((more, "quiet"), indent=4)
    paper.gap()


def chosen_page(paper: Paper, option: ReplanOption, page: Today) -> None:
    """A way that was taken, and what comes next."""
    done = say("Done: {n} pieces moved; the plan ends on {day}.", n=option.moved,
               day=long_date(option.plan.finish))  # fmt: skip
    next_page(paper, done, page)


# --- what would help a deadline -----------------------------------------------------------------


def helps_lines(paper: Paper, helping: Sequence[Relaxation]) -> None:
    """The least changes, side by side, each with the day on which the plan would end."""
    for way in helping:
        paper.say(_help(way), indent=4, hang=2)


def _help(way: Relaxation) -> Said:
    end = long_date(way.finish)
    if way.name == "hours" and not way.meets:
        return say(
            "more hours: at least {time} a week more; with {most} hours on the longest day it ends "
            "on {day}, not enough alone",
            time=duration(round(way.amount)), most=round(MOST_HOURS_A_DAY), day=end,
        )  # fmt: skip
    if way.name == "hours":
        return say("{time} a week more: ends on {day}", time=duration(round(way.amount)), day=end)
    if way.name == "weeks":
        return say("a deadline {n} weeks later: ends on {day}", n=round(way.amount), day=end)
    if way.name == "reserve":
        share = round(100 * way.amount)
        if not way.meets:
            return say(
                "{share} percent in reserve: ends on {day}, not enough alone", share=share, day=end
            )
        return say("{share} percent in reserve: ends on {day}", share=share, day=end)
    time = duration(round(way.amount))
    if way.name == "drop" and not way.meets:
        return say(
            "leave out all {n} tasks that may go, {time}: ends on {day}, not enough alone",
            n=len(way.names), time=time, day=end,
        )  # fmt: skip
    if way.name == "drop":
        return say(
            "leave out {n} tasks, {time}: ends on {day}", n=len(way.names), time=time, day=end
        )
    return say(
        "prove {n} skills you hold ({skills}) and skip their study, {time}: ends on {day}",
        n=len(way.names), skills=", ".join(way.names[:3]) + (" …" if len(way.names) > 3 else ""),
        time=time, day=end,
    )  # fmt: skip
