"""What does a pack hold, beside labs?"""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as made

from zhixing.records.labs import Lab, PlannedLab
from zhixing.words import Bilingual, Language


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
