"""What are the nouns? Frozen records that rooms take and give; nothing here touches the world.

Read it top to bottom: content (skill … lab … catalog), route, profile and plan, verdict, what
happened.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as made
from datetime import date, datetime
from typing import Literal

from zhixing.words import Bilingual, Language, Said, Sayable

# --- content: what a pack holds -------------------------------------------------------------

LabKind = Literal["python", "program", "service", "files", "essay"]
TaskKind = Literal[
    "study", "lab", "essay", "note", "quiz", "project", "paper", "review", "interview"
]


@dataclass(frozen=True, slots=True)
class Criterion:
    """How one can tell that a skill is held; `evidence` are references such as `lab:x#part`."""

    say: Bilingual
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Skill:
    """Something a person can do, and show. `stars` is importance, 1 to 5."""

    id: str
    field: str
    title: Bilingual
    stars: int
    needs: tuple[str, ...]
    why: Bilingual
    resources: tuple[str, ...]
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True)
class Resource:
    """A course, book, video … of the world outside."""

    id: str
    title: Bilingual
    url: str
    kind: str
    language: str
    rating: int | None = None
    alternatives: tuple[str, ...] = ()
    reach: Mapping[str, str] = made(default_factory=dict)
    note: Bilingual | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A short text of a pack that hints and the tutor may cite; `text` is Markdown."""

    id: str
    field: str
    title: Bilingual
    text: Bilingual


@dataclass(frozen=True, slots=True)
class Question:
    """A question to recall by, and its answer; Markdown."""

    ask: Bilingual
    answer: Bilingual


@dataclass(frozen=True, slots=True)
class Brief:
    """One screen for a study task, so that its day works offline: `text` says what to watch or read
    and what to look for, `task` what to do with `cell` (Python to run, and what to expect of it);
    three questions to recall by. All Markdown but the cell.

    `task` has a line `{cell}` of its own where the cell belongs: what stands below it tells what
    one should see, and is read after the guess. `task.en.partition("{cell}")` gives the two."""

    id: str
    field: str
    title: Bilingual
    text: Bilingual
    task: Bilingual
    cell: Bilingual
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class RubricItem:
    """One thing that a writer asks of their own essay; answered yes, partly or no."""

    id: str
    ask: Bilingual


@dataclass(frozen=True, slots=True)
class Essay:
    """What an essay lab asks for: a template to fill in, what a machine can count in the text
    (`letters`: at least so many Chinese characters, or words; `numbers`: at least so many numbers
    that stand in the output of a recorded run), and what only its writer can judge. `cell` is
    Python to run first, for numbers of one's own."""

    template: Bilingual
    rubric: tuple[RubricItem, ...]
    letters: Mapping[Language, int]
    numbers: int = 0
    cell: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A day-sized piece of a lab: learner minutes and the checks that decide it."""

    name: str
    title: Bilingual
    minutes: int
    checks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Edit:
    """`find` occurs exactly once in the solution; `put` replaces it."""

    find: str
    put: str


@dataclass(frozen=True, slots=True)
class Mutant:
    """The solution with one planted slip. Several mutants may be forms of one slip."""

    slip: str
    edits: tuple[Edit, ...]
    fails: tuple[str, ...]
    why: Bilingual


@dataclass(frozen=True, slots=True)
class Threshold:
    """A number that a metric check compares with, and how it was found."""

    name: str
    value: float
    measured: Mapping[str, object] = made(default_factory=dict)
    seeds: int = 1
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class CheckSetting:
    """`[checks.NAME]` of lab.toml: a check that is noisy, only advisory, or has its own budget."""

    name: str
    noisy: bool = False
    advisory: bool = False
    cpu_seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Lab:
    """Work that runs. All texts are held, no paths: the grader never opens a pack's folder.

    `checks` names, in file order, are without `check_`. `hints[check][language]` are four rungs,
    `check_titles[check][language]` is what the check is called for people, where somebody said it.
    """

    id: str
    area: str
    title: Bilingual
    kind: LabKind
    skills: tuple[str, ...]
    parts: tuple[Part, ...]
    statement: Bilingual
    solution: str
    checks_source: str
    checks: tuple[str, ...]
    mutants: tuple[Mutant, ...]
    packages: tuple[str, ...] = ("python",)
    needs: tuple[str, ...] = ()
    helps: tuple[str, ...] = ()
    sandbox: tuple[str, ...] = ()
    budget_cpu_seconds: float = 2.0
    memory_mib: int = 512
    level: str = "process"
    sources: tuple[str, ...] = ()
    datasets: tuple[str, ...] = ()
    thresholds: tuple[Threshold, ...] = ()
    check_settings: tuple[CheckSetting, ...] = ()
    hints: Mapping[str, Mapping[str, tuple[str, ...]]] = made(default_factory=dict)
    check_titles: Mapping[str, Mapping[str, str]] = made(default_factory=dict)
    probes_source: str | None = None
    witness_source: str | None = None
    """witness.py: the server that an answer talks to, in a process of its own (WIRE 1)."""
    data_source: str | None = None
    alternatives: Mapping[str, str] = made(default_factory=dict)
    version: str = ""
    unparted_minutes: int = 0
    figure_source: str | None = None
    """figure.py: functions `draw_PART(answer, plt)` that show what an answer does, as pictures."""
    essay: Essay | None = None
    """Set for kind "essay" alone; such a lab has neither solution nor checks."""
    files: tuple[str, ...] = ()
    """The files of an answer that has several: then answer and solution are bundles of them."""
    starter: str = ""
    """What an answer begins with where it is written and not cut from the solution: code to mend.
    A bundle of `files`; "" = it is cut."""

    @property
    def minutes(self) -> int:
        """A learner's time for the whole lab; 0 = a lab without parts that does not say."""
        return sum(part.minutes for part in self.parts) or self.unparted_minutes

    def part(self, name: str) -> Part | None:
        return next((part for part in self.parts if part.name == name), None)

    def setting(self, check: str) -> CheckSetting:
        """The settings of a check; defaults where lab.toml names none."""
        found = (s for s in self.check_settings if s.name == check)
        return next(found, CheckSetting(check))

    def check_title(self, check: str) -> Bilingual:
        """What a check is called; its identifier as words in a language that has no name for it."""
        named, words = self.check_titles.get(check, {}), check.replace("_", " ")
        return Bilingual(named.get("zh", words), named.get("en", words))


@dataclass(frozen=True, slots=True)
class PlannedLab:
    """A lab that routes already name and nobody has built yet."""

    id: str
    field: str
    title: Bilingual
    kind: LabKind
    minutes: int
    criterion: Bilingual
    parts: Mapping[str, int] = made(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RouteText:
    """A route as its pack wrote it: one Markdown document a language."""

    id: str
    texts: Mapping[Language, str]
    files: Mapping[Language, str] = made(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Pack:
    """Where content came from. `folder` is for people and messages."""

    name: str
    folder: str
    languages: tuple[str, ...]
    licence: str


@dataclass(frozen=True, slots=True)
class Catalog:
    """All there is to learn, from all packs. Ids are global."""

    packs: tuple[Pack, ...] = ()
    skills: Mapping[str, Skill] = made(default_factory=dict)
    resources: Mapping[str, Resource] = made(default_factory=dict)
    labs: Mapping[str, Lab] = made(default_factory=dict)
    planned: Mapping[str, PlannedLab] = made(default_factory=dict)
    readings: Mapping[str, Reading] = made(default_factory=dict)
    briefs: Mapping[str, Brief] = made(default_factory=dict)
    routes: Mapping[str, RouteText] = made(default_factory=dict)
    unsound: Mapping[str, Lab] = made(default_factory=dict)
    """Labs that cannot be graded as they are: an audit still follows what they name."""
    aliases: Mapping[str, tuple[str, ...]] = made(default_factory=dict)
    """What else people call a skill, by its id, in both languages."""


# --- a route: what a document asks ----------------------------------------------------------

NodeKind = Literal[
    "route", "stage", "month", "week", "day", "skill", "task", "resource", "project",
    "criterion", "milestone", "rule", "note",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Link:
    """`url` is a web address or a reference such as `lab:la-svd-image#svd`."""

    url: str
    label: str


@dataclass(frozen=True, slots=True)
class Node:
    """One thing a document says; `line` is 1-based, `minutes` None = not stated."""

    kind: NodeKind
    id: str
    title: str
    line: int
    minutes: int | None = None
    stars: int | None = None
    links: tuple[Link, ...] = ()
    children: tuple["Node", ...] = ()
    first: int | None = None
    last: int | None = None
    task_kind: TaskKind | None = None
    marks: frozenset[str] = frozenset()
    details: tuple[tuple[str, str], ...] = ()
    """What a table or a list says besides, as (name, words): ("type", "video"), ("language", "zh"),
    ("free", "30 h a week") … Ratings are `stars`."""

    def walk(self) -> Iterator["Node"]:
        """This node and all below it, in document order."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(node.children))


@dataclass(frozen=True, slots=True)
class Task:
    """One line of a route that takes time. `week` and `day` give order, never dates.

    `weekend` says that the author put it on a weekend. `recurring` is "", "daily", "weekly" or
    "monthly". What a catalog knows of a task is joined to it before planning: `needs` are tasks to
    finish first, `subject` is the field of its skill, `stars` how important that is (0 = unknown).
    """

    id: str
    kind: TaskKind
    title: str
    minutes: int
    links: tuple[Link, ...] = ()
    stage: str = ""
    week: int = 0
    day: int = 0
    weekend: bool = False
    optional: bool = False
    recurring: str = ""
    done: bool = False
    line: int = 0
    needs: tuple[str, ...] = ()
    subject: str = ""
    stars: int = 0
    core: bool = False
    """Never dropped when time is short."""
    estimated: bool = False
    """Nobody stated the minutes."""
    time_of_day: str = ""
    """"morning", "afternoon", "evening", or "" = any."""

    def references(self, kind: str) -> tuple[str, ...]:
        """What the links of one kind name: references("lab") -> ("la-svd-image#svd",)."""
        prefix = kind + ":"
        return tuple(k.url.removeprefix(prefix) for k in self.links if k.url.startswith(prefix))


@dataclass(frozen=True, slots=True)
class Route:
    """Stages → units → tasks, in order, towards a goal. In one language."""

    id: str
    language: Language
    title: str
    root: Node
    tasks: tuple[Task, ...]
    pace_minutes_per_week: int | None = None
    directions: tuple[str, ...] = ()

    def task(self, task_id: str) -> Task | None:
        return next((task for task in self.tasks if task.id == task_id), None)


@dataclass(frozen=True, slots=True)
class Remark:
    """A line of a document and what is to be said about it.

    `text` quotes the line, or says in English what contradicts; `why` is the sentence for people.
    """

    line: int
    text: str
    why: Said | None = None


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What compiling a document found. Nothing is dropped in silence."""

    understood: int
    not_understood: tuple[Remark, ...] = ()
    contradictions: tuple[Remark, ...] = ()
    assumed: tuple[Remark, ...] = ()
    """What the document leaves open and was filled in, such as the hours of a day."""


@dataclass(frozen=True, slots=True)
class Match:
    """What a node of somebody's roadmap is in our catalog, for the learner to confirm.

    `words` are those of the node that were recognised; `reference` is "skill:x", "lab:x" or
    "res:x"; `score` is 0 to 1, and 1 where nothing had to be guessed.
    """

    node: str
    line: int
    words: str
    reference: str
    score: float
    why: Literal["url", "title", "alias", "similar"]


# --- profile and plan -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Profile:
    """A learner's time. `minutes` are Monday to Sunday, all of it, `reserve` included."""

    route: str
    start: date
    minutes: tuple[int, int, int, int, int, int, int]
    language: Language = "zh"
    days_off: frozenset[date] = frozenset()
    reserve: float = 0.15
    direction: str | None = None
    deadline: date | None = None
    more_routes: tuple[str, ...] = ()
    """Routes that follow the first one, in order; what they share is done once."""
    blocks: tuple[tuple[tuple[int, int], ...], ...] = ()
    """For Monday to Sunday, (minute of the day, minutes) of each block; () = no clock times."""
    holidays: str | None = None
    """The country whose public holidays are days off: "CN", "DE" … None = none."""
    emphasis: Literal["as-written", "maths-first", "practice-first"] = "as-written"
    known: frozenset[str] = frozenset()
    """Skills held before: their study is left out, one lab of each stays as a check."""
    pins: Mapping[str, date] = made(default_factory=dict)
    """Tasks that must stand on one date."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A task, or a share of one, on one day. `if_time` work (optional, recurring) stands in minutes
    that nothing else needs: missing it delays nothing."""

    task: str
    kind: TaskKind
    minutes: int
    if_time: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    """A dated day: its pieces, and minutes kept for review and slack."""

    date: date
    pieces: tuple[Piece, ...]
    reserve: int = 0

    @property
    def minutes(self) -> int:
        return sum(piece.minutes for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Plan:
    """Pieces of tasks on dated days. `lower_bound` is the first day on which the study minutes
    fit at all: no plan of the same tasks can finish earlier."""

    route: str
    days: tuple[Day, ...]
    finish: date
    lower_bound: date
    dropped: tuple[str, ...] = ()
    """Tasks that the learner left out to keep a date: no longer planned, until the plan is undone
    or made anew."""

    def day(self, on: date) -> Day | None:
        return next((day for day in self.days if day.date == on), None)


ReplanWay = Literal["absorb", "slide", "trim", "light", "forward"]


@dataclass(frozen=True, slots=True)
class ReplanOption:
    """One way on after missed days or other news, for the learner to choose. `moved` counts pieces
    on other days than before, the missed ones aside; `dropped` are the tasks that it leaves out."""

    name: ReplanWay
    plan: Plan
    missed: int
    moved: int
    slide_days: int
    dropped: tuple[str, ...] = ()


# --- verdict --------------------------------------------------------------------------------

Outcome = Literal["pass", "fail", "error", "inconclusive", "skipped", "advisory"]


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What one check found. `trace` is the learner's own traceback, folded by doors."""

    name: str
    part: str | None
    outcome: Outcome
    message: Bilingual | None = None
    cpu_seconds: float = 0.0
    trace: str = ""


@dataclass(frozen=True, slots=True)
class Slip:
    """The mistake that a failing answer behaves like."""

    id: str
    function: str
    why: Bilingual


@dataclass(frozen=True, slots=True)
class PartResult:
    passed: bool
    score: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the checks found about one answer. `output` is what it printed, cut and escaped."""

    lab: str
    part: str | None
    lab_version: str
    verdict: Literal["pass", "fail", "inconclusive"]
    passed: bool
    score: float
    parts: Mapping[str, PartResult]
    checks: tuple[CheckResult, ...]
    slips: tuple[Slip, ...]
    isolation: str
    cpu_seconds: float
    seed: str
    versions: Mapping[str, str]
    advice: tuple[Bilingual, ...] = ()
    cached: bool = False
    output: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """What an answer may use. Seconds are CPU seconds; None = the lab's own budget decides."""

    cpu_seconds: float | None = None
    wall_seconds: float | None = None
    memory_mib: int | None = None
    output_bytes: int = 64 * 1024
    level: str = "process"


@dataclass(frozen=True, slots=True)
class LabReport:
    """What verifying a lab found: `lab verify` prints it."""

    lab: str
    ok: bool
    mutants: int
    killed: int
    idle_checks: tuple[str, ...]
    cpu_seconds: float
    problems: tuple[Sayable, ...]


@dataclass(frozen=True, slots=True)
class Ran:
    """What running a piece of code gave: nothing is judged. `output` is what it printed, cut and
    escaped; `trace` its traceback, "" if it ran to its end; `pictures` are PNG files."""

    output: str
    trace: str
    pictures: tuple[bytes, ...]
    cpu_seconds: float
    isolation: str


# --- what happened: the only thing that is stored -------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """Append-only. `at` is aware UTC."""

    id: str
    learner: str
    at: datetime
    schema: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileSet(Happening):
    profile: Profile


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteImported(Happening):
    """A roadmap of the learner's own, as they gave it. `matches` is what they confirmed: the id of
    a node of it -> what that is in the catalog (`skill:x`, `lab:x`, `res:x`)."""

    route: str
    text: str
    sha: str
    matches: Mapping[str, str] = made(default_factory=dict)
    done_again: bool = False
    """What the text marks as done is planned all the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanAccepted(Happening):
    plan: Plan
    because: str
    replaces: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskStarted(Happening):
    task: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskDone(Happening):
    """`minutes` is the time it took: measured by the timer, or said by the learner, or None. `on`
    is set where one time alone is done of work that comes back: the day it stood on in the plan."""

    task: str
    minutes: int | None = None
    by: Literal["learner", "lab", "self-review"] = "learner"
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskSkipped(Happening):
    task: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteSaved(Happening):
    task: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt(Happening):
    """An answer and its verdict. `counted` is False for re-runs with a given seed."""

    lab: str
    part: str | None
    answer: str
    verdict: Verdict
    counted: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class HintTaken(Happening):
    lab: str
    check: str
    rung: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CellRan(Happening):
    """The learner ran the cell of a brief or an essay (`reference`: brief:id, lab:id). Nothing is
    judged; what it printed is there for an essay to quote."""

    reference: str
    source: str
    output: str
    finished: bool
    cpu_seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class EssayHandedIn(Happening):
    """A text and what its writer says of it: `ratings[item]` is yes, partly or no. `complete` is
    what a machine could count in it; whether it is good is the writer's own word."""

    lab: str
    text: str
    ratings: Mapping[str, str]
    complete: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class QuizAnswered(Happening):
    item: str
    skill: str
    answer: str
    correct: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CardReviewed(Happening):
    card: str
    rating: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked(Happening):
    question: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Replied(Happening):
    asked: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone(Happening):
    """Takes back the effect of an earlier happening; both stay written."""

    what: str


# --- mastery --------------------------------------------------------------------------------

Level = Literal["unseen", "met", "can", "fluent", "master"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that ran and counts for a skill; `weight` is after discounts, 0 to 1."""

    reference: str
    at: datetime
    passed: bool
    score: float
    hints: int
    weight: float


@dataclass(frozen=True, slots=True)
class SkillMastery:
    """How well one skill is held today, and why we say so."""

    skill: str
    level: Level
    certain: bool
    needs_review: bool
    evidence: tuple[Evidence, ...]
    next_proof: str | None = None


@dataclass(frozen=True, slots=True)
class Mastery:
    today: date
    skills: Mapping[str, SkillMastery]
