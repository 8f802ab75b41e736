"""The plan as a task book: Markdown with a checkbox for each piece of work, to print or keep."""

import re
from collections.abc import Iterator
from itertools import groupby

from zhixing.actions.desk import Desk
from zhixing.actions.leads import Lead, leads
from zhixing.actions.planning import PlanRow, PlanWeek, rows, weeks
from zhixing.actions.routes import route
from zhixing.actions.standing import with_plan
from zhixing.actions.wording import KINDS, days_between, duration, long_date
from zhixing.records import Plan, Route
from zhixing.words import Sayable, say

_MARKUP = re.compile(r"([\\\[\]])")


def taskbook(desk: Desk, week: int | None = None) -> str:
    """The plan in force as Markdown, in the language of the desk; all of it or one week."""
    _, profile, plan = with_plan(desk)
    found = route(desk, profile.route, desk.language)
    listed = rows(desk, week)
    lines = [f"# {_plain(found.title)}", "", _said(desk, _span(plan)), ""]
    for one in weeks(desk):
        if week is None or one.number == week:
            lines += _week(desk, one, found, [row for row in listed if _is_in(row, one)])
    return "\n".join(lines).rstrip() + "\n"


def _span(plan: Plan) -> Sayable:
    first = plan.days[0].date if plan.days else plan.finish
    return say(
        "From {first} to {last}. Tick a box when it is done; `zhixing done` counts it.",
        first=long_date(first),
        last=long_date(plan.finish),
    )


def _is_in(row: PlanRow, week: PlanWeek) -> bool:
    return 0 <= (row.date - week.monday).days < 7


def _week(desk: Desk, week: PlanWeek, found: Route, listed: list[PlanRow]) -> Iterator[str]:
    last = week.monday.fromordinal(week.monday.toordinal() + 6)
    head = say(
        "Week {n} · {days} · {time}",
        n=week.number,
        days=days_between(week.monday, last),
        time=duration(sum(week.minutes)),
    )
    yield from (f"## {_said(desk, head)}", "")
    if week.units:
        yield from (f"*{_plain(' · '.join(week.units))}*", "")
    for on, pieces in groupby(listed, key=lambda row: row.date):
        of_day = list(pieces)
        time = duration(sum(row.minutes for row in of_day)).render(desk.language)
        yield from (f"### {_said(desk, long_date(on))} ({time})", "")
        yield from (_item(desk, found, row) for row in of_day)
        yield ""


def _item(desk: Desk, found: Route, row: PlanRow) -> str:
    task = found.task(row.task)
    kind = KINDS[row.kind].render(desk.language)
    time = duration(row.minutes).render(desk.language)
    box = {"done": "x", "skipped": "-"}.get(row.state, " ")
    where = [_link(lead) for lead in leads(desk, task)] if task else []
    links = "".join(f" · {link}" for link in where if link)
    return f"- [{box}] {kind} · {_plain(row.title)} ({time}){links}"


def _link(lead: Lead) -> str:
    if lead.url:
        return f"[{_plain(lead.label)}](<{lead.url}>)"
    return f"`{lead.command}`" if lead.command else ""


def _plain(text: str) -> str:
    return _MARKUP.sub(r"\\\1", text)


def _said(desk: Desk, text: Sayable) -> str:
    return text.render(desk.language)
