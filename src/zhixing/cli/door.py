"""What one call was given: flags, environment, clock, dice. It opens the desk and shows records."""

import sys
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from zhixing.actions.desk import Desk, at_desk
from zhixing.cli.plain import write_json
from zhixing.errors import Problem
from zhixing.settings import VARIABLES, Settings, read_settings
from zhixing.words import LANGUAGES, Language, say

if TYPE_CHECKING:
    from zhixing.cli.ink import Paper

CLOCK = "ZHIXING_TODAY"
"""A setting for tests: the date that is taken for today, YYYY-MM-DD. Only this door reads it."""

NOWHERE = Path("no-such-home")
FIRST_YEAR, LAST_YEAR = 2000, 2200
LANGUAGE_NAMES = tuple(name for name, what in VARIABLES.items() if what == "language")


@dataclass
class Door:
    """One call of `zhixing`. The flags stand for what was typed, before or after a subcommand."""

    environment: Mapping[str, str]
    home: Path | None = None
    asked_language: str | None = None
    as_json: bool = False

    @property
    def settings(self) -> Settings:
        """The settings of the home. Raises Problem with every letter about them."""
        return read_settings(self.home, self.environment, {"language": self.asked_language})

    @property
    def language(self) -> Language:
        """The language to speak, whatever state the settings are in."""
        asked = next((one for one in LANGUAGES if one == self.asked_language), None)
        if asked is not None:
            return asked
        words = {name: self.environment.get(name, "") for name in LANGUAGE_NAMES}
        system = self._system()
        for home, environment in (
            (self.home, self.environment),
            (NOWHERE, system | words),
            (NOWHERE, system),
        ):
            try:
                return read_settings(home, environment, {}).language
            except Problem:
                continue
        return "zh"

    def _system(self) -> dict[str, str]:
        named = self.environment.items()
        return {name: value for name, value in named if not name.startswith("ZHIXING_")}

    def now(self) -> datetime:
        """This moment, in the learner's own time zone; on the date of ZHIXING_TODAY if given."""
        moment = datetime.now().astimezone()
        pinned = self.environment.get(CLOCK)
        return _on(moment, pinned) if pinned else moment

    @contextmanager
    def desk(self) -> Iterator[Desk]:
        """The desk of this call, closed afterwards."""
        with at_desk(Desk(self.settings, self.now, lambda: uuid.uuid4().hex)) as desk:
            yield desk

    def show(self, data: Callable[[], object], page: Callable[["Paper"], None]) -> None:
        """A record on stdout: as one JSON document, or on paper for a person."""
        if self.as_json:
            write_json(data(), sys.stdout)
        else:
            page(self.paper())

    def paper(self) -> "Paper":
        from zhixing.cli.ink import Paper  # rich: only when text is shown to a person

        return Paper(sys.stdout, self.language)

    @property
    def can_ask(self) -> bool:
        """Whether a person is there to answer a question."""
        streams = (sys.stdin, sys.stdout)
        return not self.as_json and all(each is not None and each.isatty() for each in streams)


def _on(moment: datetime, pinned: str) -> datetime:
    try:
        day = date.fromisoformat(pinned)
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValueError(pinned)
    except ValueError as trouble:
        raise Problem(
            say('"{value}" is not a date', value=pinned),
            say("environment variable {name}", name=CLOCK),
            say("write it as 2026-12-07, or unset it"),
        ) from trouble
    return moment.replace(year=day.year, month=day.month, day=day.day)


def door_of(arguments: Sequence[str], environment: Mapping[str, str]) -> Door:
    """A door that knows the flags before anything is parsed: a letter about a mistyped command is
    already in the right language and form."""
    door = Door(environment)
    for place, argument in enumerate(arguments):
        if argument == "--":
            break
        name, _, value = argument.partition("=")
        value = value or next(iter(arguments[place + 1 :]), "")
        if name == "--home" and value:
            door.home = Path(value)
        elif name == "--lang" and value in LANGUAGES:
            door.asked_language = value
        elif name == "--json":
            door.as_json = True
    return door
