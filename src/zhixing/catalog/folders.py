"""What is in a lab's folder, and what do labs of every kind say alike?"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from zhixing.catalog.places import at
from zhixing.catalog.statements import Statement, ladder_letters, statement_of
from zhixing.catalog.tables import Entry
from zhixing.catalog.values import ids
from zhixing.errors import Letter
from zhixing.words import Said, say


@dataclass(frozen=True, slots=True)
class LabFiles:
    """The texts of one lab folder by their name in it; `shown` is the folder, for people.

    `faulty` are files that are there but could not be read: a letter about each exists.
    """

    id: str
    area: str
    shown: str
    texts: Mapping[str, str]
    faulty: frozenset[str] = frozenset()

    def where(self) -> Said:
        return at(self.shown)

    def place(self, name: str) -> str:
        return f"{self.shown}/{name}"

    def missing(self, name: str, next_step: Said | None = None) -> list[Letter]:
        """One letter when the file is neither there nor already complained about."""
        if name in self.texts or name in self.faulty:
            return []
        step = next_step or say("add it: `zhixing lab new` writes an example")
        return [Letter(say("{name} is missing", name=name), at(self.shown), step)]

    def strays(self, names: Sequence[str], kind: str) -> list[Letter]:
        """A letter for each of these files that is there: labs of this kind have none."""
        return [
            Letter(
                say("a lab of kind {kind} has no {name}", kind=kind, name=name),
                at(self.place(name)),
                say("take it out, or change the kind in lab.toml"),
            )
            for name in names
            if name in self.texts
        ]


def skills_of(facts: Entry) -> tuple[str, ...]:
    """The skills that a lab shows; there is at least one."""
    skills = facts.need("skills", ids)
    if skills == ():
        facts.report(
            say("the lab shows no skill"), say("name the one or two skills that it shows"), "skills"
        )
    return skills or ()


def statements_of(
    files: LabFiles, checks: tuple[str, ...], letters: list[Letter]
) -> tuple[Statement, Statement]:
    """zh and en; where one is missing the other stands for it."""
    read: list[Statement | None] = []
    for name in ("statement.zh.md", "statement.en.md"):
        letters += files.missing(name)
        if name not in files.texts:
            read.append(None)
            continue
        statement = statement_of(files.texts[name])
        if not statement.text.strip():
            what = say("the statement is empty")
            letters.append(Letter(what, at(files.place(name)), say("say what is to be done, why")))
        if checks:
            letters += ladder_letters(files.place(name), statement.ladders, checks)
        read.append(statement)
    zh, en = read
    nothing = Statement("", ())
    return zh or en or nothing, en or zh or nothing


def version_of(files: LabFiles, names: Sequence[str]) -> str:
    """16 hex digits over these files; names and lengths keep them apart."""
    total = hashlib.sha256()
    for name in names:
        content = files.texts.get(name, "").encode()
        total.update(f"{name} {len(content)}\n".encode() + content)
    return total.hexdigest()[:16]
