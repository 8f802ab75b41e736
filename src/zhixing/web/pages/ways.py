"""Ways on, side by side: what each costs, what goes, and the next weeks before and after."""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from zhixing.actions.changing import Way, WayName
from zhixing.actions.replanning import Farthest, LeftOut, farthest, going, left_out
from zhixing.actions.wording import duration, near_date, weekday
from zhixing.records import Plan, ReplanOption, Task
from zhixing.web.strips import StripDay, strip, strip_days
from zhixing.web.visit import Visit
from zhixing.words import Said, say

DAYS_SHOWN = 6
NAMES: dict[WayName, Said] = {
    "absorb": say("Absorb"), "slide": say("Slide"), "trim": say("Trim"),
    "light": say("A light week"), "forward": say("Go faster"), "anew": say("Lay it out anew"),
    "keep": say("Leave the days as they are"),
}  # fmt: skip
LEAVE_OUT = say("Leave these tasks out")
LEFT_OUT = say("What costs least to leave goes, and the rest is laid out again from today.")
STAYS_LATE = say("The days stay as they are, and the last one comes after the deadline.")
ABOUT: dict[WayName, Said] = {
    "absorb": say("Fit what has no place into the next days; the end stays."),
    "slide": say("What is late takes its turn; what it pushes out moves on."),
    "trim": say("Leave some of it out; the end stays."),
    "light": say("A week of half the hours first; then everything goes on."),
    "forward": say("The rest comes sooner, as early as the hours allow."),
    "keep": say("The plan fits already; the change counts for whatever is laid out later."),
    "anew": say("Everything that is open is laid out again from today."),
}


@dataclass(frozen=True)
class DayAhead:
    date: datetime.date
    minutes: int
    titles: tuple[str, ...]


@dataclass(frozen=True)
class WayCard:
    """A way on as it is shown on `today`. `missed` are missed pieces taken up, `spare` days from
    its end to the deadline, where there is one, below 0 where it comes too late."""

    today: datetime.date
    name: WayName
    title: Said
    about: Said
    missed: int
    moved: int
    days: int
    old_finish: datetime.date
    finish: datetime.date
    spare: int | None
    left_out: tuple[LeftOut, ...]
    strip: Markup
    ahead: tuple[DayAhead, ...]
    farthest: tuple[Farthest, ...] = ()

    @property
    def minutes_left_out(self) -> int:
        return sum(one.minutes for one in self.left_out)


def way_of(plan: Plan, option: ReplanOption) -> Way:
    """One of the planner's ways on from the plan in force."""
    days = (option.plan.finish - plan.finish).days
    return Way(option.name, option.plan, option.moved, days, option)


def card(
    at: Visit,
    plan: Plan,
    way: Way,
    tasks: Mapping[str, Task],
    deadline: datetime.date | None,
    gone: tuple[str, ...] = (),
) -> WayCard:
    """A way on from `plan`; `tasks` are those of its route, by their id; `gone` were asked to be
    left out."""
    today = at.desk.today()
    days = strip_days(plan, way.plan, today)
    option = way.option
    spare = (deadline - way.plan.finish).days if deadline else None
    stays_late = way.name == "keep" and spare is not None and spare < 0
    return WayCard(
        today=today,
        name=way.name,
        title=LEAVE_OUT if gone else NAMES[way.name],
        about=LEFT_OUT if gone else STAYS_LATE if stays_late else ABOUT[way.name],
        missed=option.missed if option else 0,
        moved=way.moved,
        days=way.days,
        old_finish=plan.finish,
        finish=way.plan.finish,
        spare=spare,
        left_out=left_out(at.desk, option) if option else going(at.desk, gone),
        strip=_strip(at, days, today),
        ahead=tuple(_ahead(way.plan, tasks, today)),
        farthest=farthest(at.desk, plan, way.plan),
    )


def _strip(at: Visit, days: tuple[StripDay, ...], today: datetime.date) -> Markup:
    titles = [
        at.said(
            say(
                "{weekday} {day}: {before} → {after}",
                weekday=weekday(day.date),
                day=near_date(day.date, today),
                before=duration(day.before),
                after=duration(day.after),
            )
        )
        for day in days
    ]
    changed = sum(day.changed for day in days)
    said = say("the next four weeks, now above and then below: {n} days change", n=changed)
    return strip(days, titles, at.said(said))


def _ahead(plan: Plan, tasks: Mapping[str, Task], today: datetime.date) -> Iterator[DayAhead]:
    """The next days of a plan that is offered."""
    busy = [day for day in plan.days if day.date >= today and day.pieces]
    for day in busy[:DAYS_SHOWN]:
        titles = tuple(tasks[p.task].title for p in day.pieces if p.task in tasks)
        yield DayAhead(day.date, day.minutes, titles)
