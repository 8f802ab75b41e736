"""What lies within reach while one person works: catalog, store, settings, a clock, dice.

A door opens one; a test opens one with a stopped clock. It has no methods that decide.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from zhixing.catalog.packs import pack_folders
from zhixing.catalog.reading import read_catalog
from zhixing.records import Catalog
from zhixing.settings import Settings
from zhixing.store.opening import open_store
from zhixing.words import Language

if TYPE_CHECKING:
    from zhixing.store.keeping import Store  # SQLAlchemy: only commands that look back need it

LEARNER = "me"
DATABASE = "zhixing.db"


@dataclass
class Desk:
    """`now` gives an aware moment in the learner's own time zone; `new_id` a fresh id."""

    settings: Settings
    now: Callable[[], datetime]
    new_id: Callable[[], str]
    learner: str = LEARNER

    @cached_property
    def catalog(self) -> Catalog:
        """All there is to learn here: what is sound of it. A stray file in one pack must not stop
        an evening; `pack audit` and `doctor` show every letter."""
        remembered = self.cache / "catalog.bin" if self.cache else None
        return read_catalog(pack_folders(self.settings.packs), remembered)[0]

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


@contextmanager
def at_desk(desk: Desk) -> Iterator[Desk]:
    """The desk, closed afterwards."""
    try:
        yield desk
    finally:
        if "store" in vars(desk):
            desk.store.close()
