"""The plan as a task book: Markdown to print, to keep, to tick; `zhixing import` reads it back."""

import datetime

from zhixing.actions.desk import Desk
from zhixing.actions.plan_exports import plan_export
from zhixing.actions.planning import PlanWeek, weeks
from zhixing.actions.standing import with_plan
from zhixing.actions.whole_routes import shown_route
from zhixing.actions.wording import days_between, long_date
from zhixing.export.books import Binding, as_book
from zhixing.words import Language, say

SIX_DAYS = datetime.timedelta(days=6)


def taskbook(desk: Desk, week: int | None = None) -> str:
    """The plan in force as Markdown, in the language of the desk; all of it or one week. Compiled
    again, the whole of it gives the tasks of the route with their minutes, ticked as they are."""
    from zhixing.roadmap.printing import as_markdown  # a parser: not needed on other days

    now, profile, plan = with_plan(desk)
    found = shown_route(desk, profile)
    language = found.language
    by_number = {one.number: one for one in weeks(desk)}
    first = plan.days[0].date if plan.days else plan.finish
    opening = say(
        "From {first} to {last}. Tick a box when it is done; `zhixing done` counts it.",
        first=long_date(first),
        last=long_date(plan.finish),
    )
    binding = Binding(
        opening=opening.render(language),
        week_title=lambda number: _week_title(by_number[number], language),
        day_title=lambda on: long_date(on).render(language),
        done=frozenset(now.done),
        skipped=frozenset(now.skipped) | frozenset(plan.dropped),
        addresses={f"res:{name}": one.url for name, one in desk.catalog.resources.items()},
    )
    return as_markdown(as_book(plan_export(desk, week), found, binding, whole=week is None))


def _week_title(week: PlanWeek, language: Language) -> str:
    days = days_between(week.monday, week.monday + SIX_DAYS).render(language)
    return " · ".join([days, *week.units])
