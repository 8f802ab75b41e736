"""What there is, on paper: routes, skills and labs, in lists and one by one."""

from collections.abc import Callable, Sequence

from zhixing.actions.choosing import plan_minutes
from zhixing.actions.leads import Lead
from zhixing.actions.wording import (
    DIRECTIONS,
    ENTRANCES,
    KINDS,
    LANGUAGE_NAMES,
    RESOURCE_KINDS,
    duration,
)
from zhixing.cli.ink import Paper, Span
from zhixing.cli.pages.prose import prose
from zhixing.records import Catalog, Lab, Node, PlannedLab, Resource, Route, Skill
from zhixing.words import say


def stars(count: int) -> str:
    return "★" * count + "☆" * (5 - count)


# --- routes -------------------------------------------------------------------------------------


Leads = Callable[[Node], Sequence[Lead]]
DIRECTION = "direction:"


def routes_page(paper: Paper, routes: Sequence[Route]) -> None:
    paper.gap()
    for route in routes:
        weeks = max((task.week for task in route.tasks), default=0)
        tasks, hours = len(route.tasks), _hours(route)
        size = (
            say("{weeks} weeks · {hours} h · {tasks} tasks", weeks=weeks, hours=hours, tasks=tasks)
            if weeks
            else say("{hours} h · {tasks} tasks", hours=hours, tasks=tasks)
        )
        paper.entry([(f"{route.id}  ", "strong")], route.title, [(size, "quiet")])
        _entrance(paper, route, indent=4)
    paper.gap()
    paper.exact(("zhixing routes ID", "quiet"))
    paper.gap()


def _hours(route: Route) -> str:
    """120–126: the fewest and the most hours of its plans, which its directions decide."""
    least, most = (round(minutes / 60) for minutes in plan_minutes(route))
    return f"{least}" if least == most else f"{least}–{most}"


def _entrance(paper: Paper, route: Route, indent: int) -> None:
    """What it takes for granted, and what it ends in, where its author says so."""
    if route.level:
        bringing: list[Span] = [(say("level"), "quiet"), "  ", ENTRANCES[route.level]]
        paper.say(*bringing, *([f" · {route.expects}"] if route.expects else []), indent=indent,
                  hang=2)  # fmt: skip
    if route.ends_in:
        paper.say((say("ends in"), "quiet"), "  ", route.ends_in, indent=indent, hang=2)


def route_page(paper: Paper, route: Route, leads: Leads) -> None:
    """The whole route as it was written, with the minutes of each task, and where its links lead
    (`leads`)."""
    paper.gap()
    paper.entry([], (route.title, "strong"), [(say("{n} h", n=_hours(route)), "quiet")])
    _entrance(paper, route, indent=2)
    _below(paper, route.root, 0, leads)
    paper.gap()


def _below(paper: Paper, node: Node, depth: int, leads: Leads) -> None:
    """What stands in a node; notes of one direction that follow one another have one heading."""
    names = [_direction(child) if child.kind == "note" else "" for child in node.children]
    for at, (child, name) in enumerate(zip(node.children, names, strict=True)):
        beside = (names[at - 1] if at else "", names[at + 1] if at + 1 < len(names) else "")
        if name and name == beside[1] != beside[0]:
            paper.say(DIRECTIONS.get(name, name), indent=2 + _room(depth + 1) + 2)
        _node(paper, child, depth + 1, leads, told=name in beside)


def _node(paper: Paper, node: Node, depth: int, leads: Leads, told: bool) -> None:
    """One line and what stands in it; its direction is said unless a heading has `told` it."""
    inner = " " * _room(depth)
    name = "" if told else _direction(node)
    remark: list[Span] = [(DIRECTIONS.get(name, name), "quiet"), "  "] if name else []
    if node.kind in ("stage", "month", "week", "milestone"):
        paper.gap()
        paper.entry([inner], (numbered(node), "strong"), [*remark, *_minutes(node)])
    elif node.kind == "day":
        paper.entry([inner], (node.title, "quiet"), [*remark, *_minutes(node)])
    elif node.task_kind:
        before: list[Span] = [("  · ", "quiet"), (KINDS[node.task_kind], "quiet"), "  "]
        paper.entry([inner, *before], node.title, [*remark, *_minutes(node)])
    else:
        paper.say(*remark, (node.title, "quiet"), indent=2 + len(inner) + 2)
    _addresses(paper, node, 2 + len(inner) + 4, leads)
    _below(paper, node, depth, leads)


def _room(depth: int) -> int:
    return 2 * max(0, depth - 1)


def _direction(node: Node) -> str:
    marks = (mark for mark in node.marks if mark.startswith(DIRECTION))
    return next((mark.removeprefix(DIRECTION) for mark in marks), "")


def _addresses(paper: Paper, node: Node, indent: int, leads: Leads) -> None:
    """Where the links of a line lead: addresses to open; of a note also commands to type."""
    for link, lead in zip(node.links, leads(node), strict=True):
        label = lead.label if node.task_kind else link.label
        if lead.url:
            paper.exact((f"{label}  ", "quiet"), lead.url, indent=indent)
            for other in lead.others:
                paper.exact((say("or:"), "quiet"), " ", other, indent=indent)
        elif lead.command and not node.task_kind and node.kind != "criterion":
            paper.exact((f"{label}  ", "quiet"), (lead.command, "quiet"), indent=indent)


def numbered(node: Node) -> str:
    if node.first is None or node.kind == "route":
        return node.title
    last = f"–{node.last}" if node.last not in (None, node.first) else ""
    return f"{node.first}{last} · {node.title}"


def _minutes(node: Node) -> list[Span]:
    if not node.minutes:
        return []
    told: list[Span] = [(say("proposed"), "quiet"), "  "] if "proposed" in node.marks else []
    return [*told, (duration(node.minutes), "quiet")]


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
        for other in resource.alternatives:
            paper.exact((say("or:"), "quiet"), " ", other, indent=6)
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
