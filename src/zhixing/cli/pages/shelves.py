"""What there is, on paper: routes, skills and labs, in lists and one by one."""

from collections.abc import Sequence

from zhixing.actions.wording import KINDS, duration
from zhixing.cli.ink import Paper, Span
from zhixing.cli.pages.prose import prose
from zhixing.records import Catalog, Lab, Node, PlannedLab, Resource, Route, Skill
from zhixing.words import Said, say

RESOURCE_KINDS: dict[str, Said] = {
    "video": say("video"), "course": say("course"), "book": say("book"), "docs": say("docs"),
    "paper": say("paper"), "code": say("code"), "community": say("community"),
    "platform": say("platform"),
}  # fmt: skip
LANGUAGE_NAMES: dict[str, Said] = {"zh": say("Chinese"), "en": say("English")}


def stars(count: int) -> str:
    return "★" * count + "☆" * (5 - count)


# --- routes -------------------------------------------------------------------------------------


def routes_page(paper: Paper, routes: Sequence[Route]) -> None:
    paper.gap()
    for route in routes:
        weeks = max((task.week for task in route.tasks), default=0)
        tasks = len(route.tasks)
        hours = round(sum(t.minutes for t in route.tasks if not (t.optional or t.recurring)) / 60)
        size = (
            say("{weeks} weeks · {hours} h · {tasks} tasks", weeks=weeks, hours=hours, tasks=tasks)
            if weeks
            else say("{hours} h · {tasks} tasks", hours=hours, tasks=tasks)
        )
        paper.entry([(f"{route.id}  ", "strong")], route.title, [(size, "quiet")])
    paper.gap()
    paper.exact(("zhixing routes ID", "quiet"))
    paper.gap()


def route_page(paper: Paper, route: Route) -> None:
    """The whole route as it was written, with the minutes of each task."""
    paper.gap()
    _node(paper, route.root, 0)
    paper.gap()


def _node(paper: Paper, node: Node, depth: int) -> None:
    inner = "  " * max(0, depth - 1)
    if node.kind in ("route", "stage", "month", "week", "milestone"):
        if node.kind != "route":
            paper.gap()
        paper.entry([inner], (numbered(node), "strong"), _minutes(node))
    elif node.kind == "day":
        paper.entry([inner], (node.title, "quiet"), _minutes(node))
    elif node.kind == "task":
        mark = "  · "
        kind: list[Span] = [(KINDS[node.task_kind], "quiet"), "  "] if node.task_kind else []
        paper.entry([inner, (mark, "quiet"), *kind], node.title, _minutes(node))
    else:
        paper.say((node.title, "quiet"), indent=2 + len(inner) + 2)
    for child in node.children:
        _node(paper, child, depth + 1)


def numbered(node: Node) -> str:
    if node.first is None or node.kind == "route":
        return node.title
    last = f"–{node.last}" if node.last not in (None, node.first) else ""
    return f"{node.first}{last} · {node.title}"


def _minutes(node: Node) -> list[Span]:
    return [(duration(node.minutes), "quiet")] if node.minutes else []


# --- skills -------------------------------------------------------------------------------------


def skills_page(paper: Paper, skills: Sequence[Skill]) -> None:
    for field in dict.fromkeys(skill.field for skill in skills):
        paper.gap()
        paper.say((field, "quiet"))
        mine = [skill for skill in skills if skill.field == field]
        width = max(len(skill.id) for skill in mine) + 2
        for skill in mine:
            paper.entry(
                [(skill.id.ljust(width), "strong")], skill.title, [(stars(skill.stars), "quiet")]
            )
    paper.gap()
    paper.exact(("zhixing skills ID", "quiet"))
    paper.gap()


def skill_page(paper: Paper, skill: Skill, resources: Sequence[Resource]) -> None:
    """What it is good for, what it needs, what shows it, where to learn it."""
    paper.gap()
    paper.entry([], (skill.title, "strong"), [(stars(skill.stars), "quiet")])
    paper.say(skill.why)
    if skill.needs:
        paper.gap()
        paper.say((say("needs"), "quiet"), "  ", ", ".join(skill.needs))
    if skill.criteria:
        paper.gap()
        paper.say((say("held when"), "quiet"))
    for criterion in skill.criteria:
        paper.say("· ", criterion.say, indent=4, hang=2)
        for reference in criterion.evidence:
            paper.exact((reference, "quiet"), indent=6)
    if resources:
        paper.gap()
        paper.say((say("where to learn it"), "quiet"))
    for resource in resources:
        kind = RESOURCE_KINDS.get(resource.kind, resource.kind)
        language = LANGUAGE_NAMES.get(resource.language, resource.language)
        said = say("{kind} · {language}", kind=kind, language=language)
        paper.say(resource.title, "  ", (said, "quiet"), indent=4)
        paper.exact(resource.url, indent=6)
        if resource.note is not None:
            paper.say((resource.note, "quiet"), indent=6)
    paper.gap()


# --- labs ---------------------------------------------------------------------------------------


def labs_page(paper: Paper, catalog: Catalog) -> None:
    """The labs that run, then how many are planned in each area."""
    paper.gap()
    width = max((len(lab_id) for lab_id in catalog.labs), default=0) + 2
    for lab in catalog.labs.values():
        paper.entry(
            [(lab.id.ljust(width), "strong")], lab.title, [(duration(lab.minutes), "quiet")]
        )
    planned: dict[str, list[str]] = {}
    for each in catalog.planned.values():
        planned.setdefault(each.field, []).append(each.id)
    if planned:
        paper.gap()
        head = say("planned, not built yet: {n}", n=len(catalog.planned))
        paper.say((head, "quiet"))
    for area, names in planned.items():
        paper.say((f"{area}  ", "quiet"), (", ".join(names), "quiet"), indent=4, hang=2)
    paper.gap()
    paper.exact(("zhixing labs ID", "quiet"))
    paper.gap()


def lab_page(paper: Paper, lab: Lab) -> None:
    """The statement, the parts, what it shows, where it comes from."""
    paper.gap()
    prose(paper, lab.statement.render(paper.language))
    paper.gap()
    for part in lab.parts:
        paper.entry([(f"#{part.name}  ", "quiet")], part.title, [(duration(part.minutes), "quiet")])
    if lab.parts:
        paper.gap()
    facts = {
        say("shows"): lab.skills, say("needs"): lab.needs, say("good to have met"): lab.helps,
        say("sources"): lab.sources,
    }  # fmt: skip
    for name, values in facts.items():
        if values:
            paper.say((name, "quiet"), "  ", "; ".join(values), hang=4)
    paper.gap()
    paper.command(f"zhixing start {lab.id}")
    paper.gap()


def planned_page(paper: Paper, lab: PlannedLab) -> None:
    """What can be done already: the work as a project, with its criterion."""
    paper.gap()
    paper.entry([], (lab.title, "strong"), [(duration(lab.minutes), "quiet")])
    paper.say((say("planned and not built yet: do it as a project"), "quiet"))
    paper.gap()
    paper.say((say("done when"), "quiet"), "  ", lab.criterion, hang=4)
    paper.gap()
