"""Routes meet the catalog: what a task needs, whose subject it is, what matters; and routes in a
chain become one.

The author's order is never contradicted: an edge of the skill graph that points forward in a route
is left out of its tasks' needs and named in `Joined.against`. A rhythm begins with its week,
wherever in that week its line stands.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from zhixing.records import Catalog, Node, Route, Task

PARTS_OF_DAY = ("morning", "afternoon", "evening")
PRACTICE = frozenset({"project", "essay"})
MOST_STARS = 5
ONCE = ("lab", "project", "quiz", "paper")

Skills = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Joined:
    """A route with what the catalog knows of its tasks. `skills` are what each task shows;
    `against` are (task, skill): the author put the task before all work on a skill it needs."""

    route: Route
    skills: Mapping[str, frozenset[str]]
    against: tuple[tuple[str, str], ...] = ()


def joined(route: Route, catalog: Catalog) -> Joined:
    """The route with the needs, subject, stars, core and time of day of each task.

    In a route without weeks, projects and essays are what weekends are for.
    """
    marks = {node.id: found for node, found in _marked(route.root, frozenset())}
    shown = _skills_of(route.tasks, catalog)
    needs = _Needs(catalog, {skill for skills in shown.values() for skill in skills})
    unlabelled = not any(task.week > 0 or task.weekend for task in route.tasks)
    tasks: list[Task] = []
    for task in route.tasks:
        skills = shown[task.id]
        subject = _subject(task, skills, catalog)
        stars = task.stars or max((catalog.skills[s].stars for s in skills[:1]), default=0)
        found = marks.get(task.id, frozenset())
        tasks.append(
            replace(
                task,
                needs=needs.take(task, skills, bool(subject)),
                subject=subject,
                stars=stars,
                core="core" in found or _is_derivation(task, subject, stars),
                time_of_day=next((part for part in PARTS_OF_DAY if part in found), ""),
                weekend=task.weekend or (unlabelled and task.kind in PRACTICE),
            )
        )
    kept = {task: frozenset(skills) for task, skills in shown.items()}
    return Joined(replace(route, tasks=tuple(tasks)), kept, needs.unmet())


def chained(first: Joined, others: Sequence[Joined]) -> Joined:
    """One route out of several: what an earlier one has is not done again, and weeks count on."""
    tasks, skills = list(first.route.tasks), dict(first.skills)
    children = list(first.route.root.children)
    directions = dict.fromkeys(first.route.directions)
    had = {key for task in tasks for key in _same(task)}
    for other in others:
        weeks = max((task.week for task in tasks), default=0)
        for task in other.route.tasks:
            same = _same(task)
            if not same or not had.issuperset(same):
                tasks.append(replace(task, week=task.week + weeks if task.week else 0))
        had |= {key for task in other.route.tasks for key in _same(task)}
        skills |= other.skills
        children += other.route.root.children
        directions |= dict.fromkeys(other.route.directions)
    root = replace(first.route.root, children=tuple(children))
    route = replace(first.route, root=root, tasks=tuple(tasks), directions=tuple(directions))
    return Joined(route, skills, tuple(pair for j in (first, *others) for pair in j.against))


def _same(task: Task) -> tuple[str, ...]:
    """What makes two tasks of different routes the same work; () for what is done each time."""
    if task.recurring:
        return ()
    if task.kind == "study":
        return tuple(f"study skill:{name}" for name in task.references("skill"))
    return tuple(f"{kind}:{name}" for kind in ONCE for name in task.references(kind))


def _marked(node: Node, around: frozenset[str]) -> Iterator[tuple[Node, frozenset[str]]]:
    """The nodes that are tasks, each with its own marks and those of all above it."""
    around |= node.marks
    if node.task_kind is not None:
        yield node, around
    for child in node.children:
        yield from _marked(child, around)


def _skills_of(tasks: Iterable[Task], catalog: Catalog) -> Skills:
    """The skills that each task's links name, or that its labs show, first come first."""
    proved = _proved(catalog)
    return {
        task.id: tuple(
            dict.fromkeys(
                skill
                for name in (*task.references("skill"), *_lab_skills(task, catalog, proved))
                if (skill := name) in catalog.skills
            )
        )
        for task in tasks
    }


def _lab_skills(task: Task, catalog: Catalog, proved: Skills) -> Iterator[str]:
    for reference in task.references("lab"):
        name = reference.partition("#")[0]
        lab = catalog.labs.get(name) or catalog.unsound.get(name)
        yield from lab.skills if lab else proved.get(reference) or proved.get(name, ())


def _proved(catalog: Catalog) -> Skills:
    """What a lab shows, or a part of it, by the criteria that name it as evidence: for labs that
    are only planned."""
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for skill in catalog.skills.values():
        for criterion in skill.criteria:
            for reference in criterion.evidence:
                name = reference.removeprefix("lab:")
                found[name][skill.id] = None
                found[name.partition("#")[0]][skill.id] = None
    return {name: tuple(skills) for name, skills in found.items()}


def _subject(task: Task, skills: tuple[str, ...], catalog: Catalog) -> str:
    if skills:
        return catalog.skills[skills[0]].field
    labs = (catalog.planned.get(name.partition("#")[0]) for name in task.references("lab"))
    return next((lab.field for lab in labs if lab), "")


def _is_derivation(task: Task, subject: str, stars: int) -> bool:
    """Hand derivations of what matters most are never dropped."""
    return task.kind == "lab" and subject == "math" and stars == MOST_STARS


@dataclass(slots=True)
class _Needs:
    """What tasks need of the ones before them, told task by task in the author's order."""

    catalog: Catalog
    held: set[str]
    against: list[tuple[Task, str]] = field(default_factory=list)
    opened: dict[str, int] = field(default_factory=dict)
    work: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    studies: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    parts: dict[str, str] = field(default_factory=dict)
    days: defaultdict[tuple[int, int, bool], list[str]] = field(
        default_factory=lambda: defaultdict(list)
    )
    last: str = ""
    before: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def take(self, task: Task, skills: tuple[str, ...], is_known: bool) -> tuple[str, ...]:
        """The needs of the next task: work on the skills its own rest on, the study of its own,
        the part of its lab before it, the study of its day. Work that is known only by its field
        comes after its neighbour."""
        found: dict[str, None] = dict.fromkeys(task.needs)
        for skill in skills:
            for under in self._under(skill):
                found |= dict.fromkeys(self.work[under])
                if not self.work[under] and under not in skills:
                    self.against.append((task, under))
            if task.kind != "study":
                found |= dict.fromkeys(self.studies[skill])
        labs = [name.partition("#")[0] for name in task.references("lab")]
        found |= dict.fromkeys(self.parts[lab] for lab in labs if lab in self.parts)
        day = (task.week, task.day, task.weekend)
        if task.kind != "study" and task.week and task.day:
            found |= dict.fromkeys(self.days[day])
        if is_known and not skills and not found and self.last:
            found[self.last] = None
        found.pop(task.id, None)
        if not (task.optional or task.recurring):
            self._note(task, skills, labs, day)
        return tuple(found)

    def unmet(self) -> tuple[tuple[str, str], ...]:
        """(Task, skill) for each need that had no work before it; for all tasks being taken."""
        return tuple(
            (task.id, under)
            for task, under in self.against
            if not (task.recurring and task.week and self.opened.get(under) == task.week)
        )

    def _note(
        self, task: Task, skills: Sequence[str], labs: Sequence[str], day: tuple[int, int, bool]
    ) -> None:
        for skill in skills:
            self.opened.setdefault(skill, task.week)
            self.work[skill].append(task.id)
            if task.kind == "study":
                self.studies[skill].append(task.id)
        for lab in labs:
            self.parts[lab] = task.id
        if task.kind == "study":
            self.days[day].append(task.id)
        self.last = task.id

    def _under(self, skill: str) -> tuple[str, ...]:
        """The nearest skills of this route that `skill` rests on; what it lacks is seen through."""
        if skill not in self.before:
            found: dict[str, None] = {}
            seen, waiting = {skill}, list(self.catalog.skills[skill].needs)
            while waiting:
                under = waiting.pop()
                if under in seen or under not in self.catalog.skills:
                    continue
                seen.add(under)
                if under in self.held:
                    found[under] = None
                else:
                    waiting += self.catalog.skills[under].needs
            self.before[skill] = tuple(found)
        return self.before[skill]
