"""A desk with a stopped clock: a real home in a temporary folder, the built-in pack."""

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from itertools import count
from pathlib import Path

import pytest

from zhixing.actions.desk import Desk, at_desk
from zhixing.settings import read_settings

SHANGHAI = timezone(timedelta(hours=8))


class Clock:
    """A clock that only a test moves."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 12, 7, 19, 0, tzinfo=SHANGHAI)

    def __call__(self) -> datetime:
        return self.moment

    def forward(self, **by: float) -> None:
        self.moment += timedelta(**by)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    numbers = count(1)
    settings = read_settings(tmp_path / "home", {}, {"language": "en"})
    with at_desk(Desk(settings, clock, lambda: f"id-{next(numbers):04}")) as desk:
        yield desk
