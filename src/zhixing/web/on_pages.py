"""Letters are written for both doors. On a page, what names a command or a flag names a page or a
field instead, and a date reads as it does everywhere else on it."""

import datetime
from collections.abc import Mapping
from dataclasses import replace

from zhixing.actions.wording import long_date
from zhixing.words import Said, Sayable, say

PAGES: Mapping[str, Said] = {
    "zhixing routes": say("Routes"), "zhixing labs": say("Labs"), "zhixing today": say("Today"),
    "zhixing plan show": say("Plan"), "zhixing skills": say("Progress"),
}  # fmt: skip
"""Command -> the page that shows the same, as it is called in the head of every page."""

FLAGS: Mapping[str, Said] = {
    "--week": say("the week"), "--block": say("hours for each weekday"),
    "--pin": say("the day to keep it on"), "--minutes": say("minutes"),
    "--direction": say("direction"), "--alarm": say("the alarm"), "--zone": say("the time zone"),
    "--hours-per-week": say("hours a week"), "--weekday": say("hours for each weekday"),
    "--deadline": say("the deadline"),
}  # fmt: skip

LISTED = say("the page “{page}” lists them all", page="")
NEAREST = say('did you mean "{nearest}"? The page “{page}” lists them all', nearest="", page="")
SENTENCES: Mapping[str, Said] = {
    "`{command}` lists them all": LISTED,
    'did you mean "{nearest}"? `{command}` lists them all': NEAREST,
    "it has the weeks 1 to {last}: `zhixing plan show` lists them": say(
        "it has the weeks 1 to {last}: the page “Plan” shows them", last=""
    ),
    "`zhixing today` shows what is due": say("the page “Today” shows what is due"),
    "`zhixing today` shows what comes next": say("the page “Today” shows what comes next"),
    "`zhixing today` numbers today's tasks, `zhixing plan show --week 1` names others": say(
        "the page “Plan” has every task of the plan, with a link"
    ),
    'did you mean "{nearest}"? `zhixing today` numbers today\'s': say(
        'did you mean "{nearest}"? The page “Plan” has every task of the plan', nearest=""
    ),
    "make one: `zhixing init` asks three questions, `zhixing init --yes` asks none": say(
        "make one: today's page asks three questions"
    ),
    "`zhixing undo` takes back a done, a skip, or a changed plan": say(
        "a done, a skip or a changed plan can be taken back"
    ),
    "`zhixing undo` takes back the last done": say("“Take it back” on today's page does, after it"),
    "`zhixing replan` shows ways to move work": say("the page “Plan” shows ways to move work"),
    "leave it open: it is never called missed; `zhixing skip` leaves all of it out": say(
        "leave it open: it is never called missed; “Leave it out” on its page leaves all of it out"
    ),
    "`zhixing check {lab}` runs it; `zhixing skip` leaves it out": say(
        "its page checks it; “Leave it out” skips it"
    ),
    "`zhixing check {lab}` counts it and asks; `zhixing skip` leaves it out": say(
        "its page counts it and asks; “Leave it out” skips it"
    ),
    "`zhixing check {lab}` runs it": say("its page checks it"),
    "`zhixing check {lab}` says what is still missing": say("its page says what is still missing"),
    "`zhixing import FILE` shows how it was read; a list of what to do is enough": say(
        "a list of what to do is enough, a line for each"
    ),
    "name each route once; without one, nothing follows: `--then none`": say(
        "name each route once; without one, nothing follows"
    ),
    "choose another home: `--home FOLDER`, or ZHIXING_HOME": say(
        "start Zhixing with another home: `zhixing serve --home FOLDER`, or ZHIXING_HOME"
    ),
    "export the plan anew with `zhixing plan export --format xlsx`, and keep that column": say(
        "take the spreadsheet from the page “Plan” anew, and keep that column"
    ),
    "give the .xlsx that `zhixing plan export` wrote": say(
        "give the .xlsx that the page “Plan” made"
    ),
}
"""Template of a letter -> what is said on a page; the values are those of the letter."""


def on_page(text: Sayable | str) -> Sayable | str:
    """The same, as it is said on a page."""
    if isinstance(text, str):
        return FLAGS.get(text, text)
    if not isinstance(text, Said):
        return text
    values = tuple((name, _value(value)) for name, value in text.values)
    template, named = text.template, dict(text.values)
    if "command" in named:
        page = PAGES.get(str(named["command"]))
        if page is None:
            return replace(text, values=values)
        values = (*values, ("page", page))
    if not text.values and template in FLAGS:
        return FLAGS[template]
    found = SENTENCES.get(template)
    return replace(text, template=found.template if found else template, values=values)


def _value(value: object) -> object:
    if isinstance(value, Said):
        return on_page(value)
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return long_date(value)
    return value
