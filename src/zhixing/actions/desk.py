"""What lies within reach while one person works: catalog, store, settings, a clock, dice.

A door opens one; a test opens one with a stopped clock. It has no methods that decide.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from zhixing.actions.shelf import Shelf
from zhixing.catalog.packs import pack_folders
from zhixing.catalog.reading import read_catalog
from zhixing.errors import Letter, Problem
from zhixing.records import Catalog
from zhixing.settings import Settings
from zhixing.store.opening import open_store
from zhixing.words import Language, say

if TYPE_CHECKING:
    from zhixing.store.keeping import Store  # SQLAlchemy: only commands that look back need it

T = TypeVar("T")

LEARNER = "me"
DATABASE = "zhixing.db"


@dataclass
class Desk:
    """`now` gives an aware moment in the learner's own time zone; `new_id` a fresh id; `shelf` is
    what a door that stays open remembers between desks."""

    settings: Settings
    now: Callable[[], datetime]
    new_id: Callable[[], str]
    learner: str = LEARNER
    shelf: Shelf | None = None

    @cached_property
    def catalog(self) -> Catalog:
        """All there is to learn here: what is sound of it. A stray file in one pack must not stop
        an evening; `pack audit` and `doctor` show every letter."""
        return self._read[0]

    @property
    def letters(self) -> tuple[Letter, ...]:
        """What is wrong with the packs, as far as reading them shows it."""
        return self._read[1]

    @cached_property
    def _read(self) -> tuple[Catalog, tuple[Letter, ...]]:
        remembered = self.cache / "catalog.bin" if self.cache else None
        packs = self.settings.packs
        if self.shelf is None:
            return read_catalog(pack_folders(packs), remembered)
        folders = self.shelf.recall(("packs", packs), lambda: pack_folders(packs))
        return self.shelf.catalog(folders, lambda: read_catalog(folders, remembered))

    @cached_property
    def store(self) -> "Store":
        return open_store(self.settings.home / DATABASE)

    @property
    def cache(self) -> Path | None:
        """The folder of what can be made again at any time; none before the home exists."""
        home = self.settings.home
        return home / "cache" if home.is_dir() else None

    @property
    def language(self) -> Language:
        return self.settings.language

    def today(self) -> date:
        return self.now().date()

    def stamp(self) -> tuple[str, str, datetime]:
        """(id, learner, moment in UTC): what every happening starts with."""
        return self.new_id(), self.learner, self.now().astimezone(UTC)


def at_hand(desk: Desk, find: Callable[[Catalog, str], T], name: str) -> T:
    """What `find` finds in the catalog. Its Problem also names the way to packs that are gone or
    unsound: what is missing may be theirs."""
    try:
        return find(desk.catalog, name)
    except Problem as problem:
        if not desk.letters:
            raise
        raise Problem.of(
            replace(
                letter,
                next_step=say(
                    "{step}; it may be in a pack that is unsound or gone: `zhixing pack audit`",
                    step=letter.next_step,
                ),
            )
            for letter in problem.letters
        ) from problem


@contextmanager
def at_desk(desk: Desk) -> Iterator[Desk]:
    """The desk, closed afterwards."""
    try:
        yield desk
    finally:
        if "store" in vars(desk):
            desk.store.close()
