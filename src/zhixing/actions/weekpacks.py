"""A week to take along: the plan, briefs, statements, starters and criteria, as one zip.

It opens without a network and holds nothing that gives an answer away: no solution, no check, no
mutant. What comes back is graded by `check`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from zhixing.actions.desk import Desk
from zhixing.actions.handouts import as_text, brief_page, criteria_page, milestones, rubric_page
from zhixing.actions.labs import notebook_of
from zhixing.actions.leads import ESSAY, leads, planned_lab
from zhixing.actions.planning import PlanRow, PlanWeek, rows, weeks
from zhixing.actions.routes import place_of
from zhixing.actions.standing import week_number, with_plan
from zhixing.actions.whole_routes import shown_route
from zhixing.actions.wording import KINDS, days_between, duration, long_date
from zhixing.bundles import parted
from zhixing.export.zips import zipped
from zhixing.grader.starter import starter_of
from zhixing.records import Lab, Plan, Route, Task
from zhixing.words import Said, say


@dataclass(frozen=True)
class WeekPack:
    """`name` is a good name for the file."""

    week: int
    name: str
    content: bytes


@dataclass(frozen=True)
class _Week:
    """What goes into a pack: the week, its pieces, their tasks; the labs with the names of the
    parts that are due, none = the whole lab."""

    desk: Desk
    route: Route
    week: PlanWeek
    rows: tuple[PlanRow, ...]
    tasks: tuple[Task, ...]
    labs: Mapping[str, frozenset[str]]
    briefs: tuple[str, ...]

    def say(self, said: Said) -> str:
        return said.render(self.desk.language)


def week_pack(desk: Desk, week: int | None = None) -> WeekPack:
    """The pack of a week of the plan in force, in the language of the desk; None = this week.
    Problem when the plan has no such week."""
    _, profile, plan = with_plan(desk)
    number = week or _this_week(desk, plan)
    found = shown_route(desk, profile)
    listed = rows(desk, number)
    taken = tuple(t for t in map(found.task, dict.fromkeys(row.task for row in listed)) if t)
    all_weeks = {one.number: one for one in weeks(desk)}
    one = _Week(
        desk, found, all_weeks[number], listed, taken, _labs(desk, taken), _briefs(desk, taken)
    )
    return WeekPack(number, f"zhixing-week-{number}.zip", zipped(dict(_files(one))))


def _this_week(desk: Desk, plan: Plan) -> int:
    """The week of today; before the plan begins its first, afterwards its last."""
    today = desk.today()
    if plan.days:
        today = min(max(today, plan.days[0].date), plan.days[-1].date)
    return week_number(plan, today)


def _labs(desk: Desk, tasks: tuple[Task, ...]) -> Mapping[str, frozenset[str]]:
    parts: dict[str, set[str]] = {}
    for reference in (name for task in tasks for name in task.references("lab")):
        lab, _, part = reference.partition("#")
        if lab in desk.catalog.labs:
            whole = {one.name for one in desk.catalog.labs[lab].parts}
            parts.setdefault(lab, set()).update({part} if part else whole)
    return {lab: frozenset(names) for lab, names in parts.items()}


def _briefs(desk: Desk, tasks: tuple[Task, ...]) -> tuple[str, ...]:
    named = dict.fromkeys(name for task in tasks for name in task.references("brief"))
    return tuple(name for name in named if name in desk.catalog.briefs)


def _files(one: _Week) -> Iterator[tuple[str, str | bytes]]:
    catalog, language = one.desk.catalog, one.desk.language
    yield "README.md", "\n".join(_readme(one)).rstrip() + "\n"
    yield "data/README.md", _about_data(one)
    for name in one.briefs:
        yield f"briefs/{name}.md", brief_page(catalog.briefs[name], language)
    for name, parts in one.labs.items():
        lab = catalog.labs[name]
        for file, content in _lab_files(one, lab, parts):
            yield f"labs/{name}/{file}", content


def _lab_files(one: _Week, lab: Lab, parts: frozenset[str]) -> Iterator[tuple[str, str | bytes]]:
    language = one.desk.language
    yield "statement.md", lab.statement.render(language)
    if lab.essay is not None:
        yield ESSAY, lab.essay.template.render(language)
        yield "rubric.md", rubric_page(lab, lab.essay, language)
        if lab.essay.cell:
            yield "cell.py", lab.essay.cell
        return
    starter = starter_of(lab)
    if lab.files:
        yield from parted(starter, lab.files).items()
    else:
        yield "answer.py", starter
        yield "answer.ipynb", notebook_of(lab, starter, language)
    yield "criteria.md", criteria_page(lab, parts, one.route, one.desk.catalog, language)


# --- the page on top ----------------------------------------------------------------------------


def _readme(one: _Week) -> Iterator[str]:
    last = one.week.monday.fromordinal(one.week.monday.toordinal() + 6)
    head = say(
        "Week {n} · {days} · {time}",
        n=one.week.number,
        days=days_between(one.week.monday, last),
        time=duration(sum(one.week.minutes)),
    )
    yield from (f"# {as_text(one.route.title)}", "", f"## {one.say(head)}", "")
    if one.week.units:
        yield from (f"*{as_text(' · '.join(one.week.units))}*", "")
    for on, pieces in groupby(one.rows, key=lambda row: row.date):
        of_day = list(pieces)
        time = duration(sum(row.minutes for row in of_day)).render(one.desk.language)
        yield from (f"### {long_date(on).render(one.desk.language)} ({time})", "")
        for row in of_day:
            yield from _item(one, row)
        yield ""
    yield from _how_to(one)
    yield from _towards(one)


def _item(one: _Week, row: PlanRow) -> Iterator[str]:
    kind = KINDS[row.kind].render(one.desk.language)
    time = duration(row.minutes).render(one.desk.language)
    task = one.route.task(row.task)
    links = [link for link in (_links(one, task) if task else ()) if link]
    yield " · ".join([f"- [ ] {kind}", f"{as_text(row.title)} ({time})", *links])
    planned = planned_lab(one.desk.catalog, task) if task else None
    if planned is not None:
        criterion = say("Done when: {criterion}", criterion=planned.criterion)
        yield f"  - {one.say(criterion)}"


def _links(one: _Week, task: Task) -> Iterator[str]:
    """Where a task leads: into this pack where it holds the thing, else to its address."""
    for link, lead in zip(task.links, leads(one.desk, task), strict=True):
        scheme, _, reference = link.url.partition(":")
        name, _, part = reference.partition("#")
        if scheme == "brief" and name in one.briefs:
            yield f"[{one.say(say('brief'))}](briefs/{name}.md)"
        elif scheme == "lab" and name in one.labs:
            yield f"[{as_text(name + ('#' + part if part else ''))}](labs/{name}/statement.md)"
        elif lead.url:
            yield f"[{as_text(lead.label)}](<{lead.url}>)"


def _how_to(one: _Week) -> Iterator[str]:
    yield from (f"## {one.say(say('How to work'))}", "")
    for sentence in (
        say("Everything here works without a network; links lead further where there is one."),
        say("Read the brief, run its cell, answer its questions before you unfold the answers."),
        say("Each lab has a folder: read statement.md, write in answer.py or in answer.ipynb, "
            "whichever you like better. criteria.md says what is asked, part by part."),
        say("An essay has a template to fill in, and a rubric to judge it by yourself."),
    ):  # fmt: skip
        yield f"- {one.say(sentence)}"
    yield from ("", f"## {one.say(say('How to hand in'))}", "")
    yield one.say(
        say("Where Zhixing is installed, in this folder; a part alone is checked as LAB#PART:")
    )
    yield from ("", "```bash", *_commands(one), "```", "")


def _commands(one: _Week) -> Iterator[str]:
    for name in one.labs:
        lab = one.desk.catalog.labs[name]
        file = ESSAY if lab.essay is not None else "answer.ipynb"
        yield f"zhixing check {name} --file labs/{name}/{file}"
    if not one.labs:
        yield "zhixing check LAB --file answer.ipynb"


def _towards(one: _Week) -> Iterator[str]:
    """The milestones of the stages that this week's work belongs to, with their criteria."""
    stages = {place_of(one.route, task)[:1] for task in one.tasks}
    inside = {node.id for stage in stages for top in stage for node in top.walk()}
    for milestone in milestones(one.route):
        if milestone.id in inside:
            heading = say("Milestone: {title}", title=as_text(milestone.title))
            yield from (f"## {one.say(heading)}", "")
            criteria = (node for node in milestone.walk() if node.kind == "criterion")
            yield from (f"- [ ] {as_text(node.title)}" for node in criteria)
            yield ""


def _about_data(one: _Week) -> str:
    named = {name: one.desk.catalog.labs[name].datasets for name in one.labs}
    wanted = {lab: sets for lab, sets in named.items() if sets}
    head = f"# {one.say(say('Data'))}\n\n"
    if not wanted:
        nothing = say("No data is needed: the labs of this week bring or make what they use.")
        return f"{head}{one.say(nothing)}\n"
    lines = [f"- {lab}: {', '.join(sets)}" for lab, sets in wanted.items()]
    return head + "\n".join(lines) + "\n"
