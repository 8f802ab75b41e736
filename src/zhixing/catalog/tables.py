"""How is a TOML table read? Key by key, each value by a small reader; every misfit is a letter."""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from zhixing.catalog.places import at, dotted, line_of
from zhixing.catalog.values import Unfit, halves_of, list_of_tables, near_or_all, table_of_tables
from zhixing.errors import Letter
from zhixing.words import Bilingual, Said, say

T = TypeVar("T")


@dataclass(slots=True)
class Entry:
    """One table of a TOML file while it is read; `path` leads to it: ("mutants", 2).

    Only this object changes: it notes which keys were asked for and gathers letters.
    """

    file: str
    text: str
    path: tuple[str | int, ...]
    table: Mapping[str, object]
    letters: list[Letter]
    asked: set[str] = field(default_factory=set)

    @property
    def name(self) -> str:
        return str(self.path[-1]) if self.path else ""

    def need(self, key: str, read: Callable[[object], T]) -> T | None:
        """The value of a key that must be there; None and a letter where it is not, or unfit."""
        if key not in self.table:
            self.asked.add(key)
            self.report(say('key "{key}" is missing', key=key), say("add it"), None)
            return None
        return self.take(key, read, None)

    def take(self, key: str, read: Callable[[object], T], default: T) -> T:
        """The value of a key that may be left out; the default, and a letter, where it is unfit."""
        self.asked.add(key)
        if key not in self.table:
            return default
        try:
            return read(self.table[key])
        except Unfit as unfit:
            self.report(unfit.what, unfit.next_step, key)
            return default

    def both(self, key: str) -> Bilingual | None:
        """A text in both languages. One half missing is a letter; the other then stands for it."""
        halves = self.need(key, halves_of)
        if halves is None:
            return None
        for language in ("zh", "en"):
            if not halves.get(language):
                what = say('"{key}" has no {language}', key=key, language=language)
                self.report(what, say("everything a learner reads is in zh and en: add it"), key)
        zh, en = halves.get("zh", ""), halves.get("en", "")
        return Bilingual(zh or en, en or zh) if zh or en else None

    def tables(self, key: str) -> list["Entry"]:
        """The tables of `[[key]]`, in order."""
        none: list[Mapping[str, object]] = []
        listed = self.take(key, list_of_tables, none)
        return [self._inner((key, n), table) for n, table in enumerate(listed)]

    def named(self, key: str) -> list["Entry"]:
        """The tables of `[key.NAME]`, in order."""
        none: Mapping[str, Mapping[str, object]] = {}
        found = self.take(key, table_of_tables, none)
        return [self._inner((key, name), table) for name, table in found.items()]

    def each(self) -> list["Entry"]:
        """The tables of `[ID]`, when the whole file is made of them."""
        entries = []
        for name, value in self.table.items():
            self.asked.add(name)
            if isinstance(value, dict):
                entries.append(self._inner((name,), value))
            else:
                self.report(
                    say('"{name}" stands outside of any table', name=name),
                    say("this file holds tables such as [some-id]"),
                    name,
                )
        return entries

    def close(self) -> None:
        """A letter for every key that nothing asked for."""
        for key in self.table:
            if key not in self.asked:
                self.report(
                    say('key "{key}" is not known here', key=key), near_or_all(key, self.asked), key
                )

    def report(self, what: Said, next_step: Said, key: str | None) -> None:
        """A letter about this table, or about one of its keys."""
        self.letters.append(Letter(what, self.where(key), next_step))

    def where(self, key: str | None = None) -> Said:
        path = (*self.path, key) if key is not None else self.path
        return at(self.file, line_of(self.text, path), dotted(path))

    def _inner(self, path: tuple[str | int, ...], table: Mapping[str, object]) -> "Entry":
        return Entry(self.file, self.text, (*self.path, *path), table, self.letters)


def toml_file(file: str, text: str, letters: list[Letter]) -> Entry | None:
    """The whole file as an Entry; None and a letter where it is not TOML."""
    try:
        return Entry(file, text, (), tomllib.loads(text), letters)
    except (ValueError, RecursionError) as trouble:  # ValueError: also a number of 5,000 digits
        line = re.search(r"at line (\d+)", str(trouble))
        letters.append(
            Letter(
                say("this is not valid TOML: {why}", why=str(trouble)),
                at(file, int(line[1]) if line else None),
                say("mend that line; texts of several lines stand between three quotes"),
            )
        )
    return None
