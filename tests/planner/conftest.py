"""What planner tests share: a made-up route of whole weeks, as an author would write one."""

from collections.abc import Callable
from random import Random

import pytest

from zhixing.records import Node, Route, Task

MakeRoute = Callable[..., Route]


@pytest.fixture
def weeks_of() -> MakeRoute:
    """A route of `weeks` weeks: tasks of 10 to 60 minutes that add up to a whole `weekday` on days
    1 to 5 (`w2d3.0` is the first of week 2, day 3), of 45 to 150 on the weekend (`w2e.0`)."""

    def made(weeks: int, weekday: int = 105, weekend: int = 240, dice: int = 0) -> Route:
        rolls = Random(dice)
        tasks = []
        for week in range(1, weeks + 1):
            for day in range(1, 6):
                for n, minutes in enumerate(_shares(rolls, weekday, range(10, 61, 5))):
                    name = f"w{week}d{day}.{n}"
                    tasks.append(Task(name, "study", name, minutes, week=week, day=day))
            for n, minutes in enumerate(_shares(rolls, weekend, range(45, 151, 5))):
                name = f"w{week}e.{n}"
                tasks.append(Task(name, "lab", name, minutes, week=week, day=6, weekend=True))
        return Route("r", "en", "r", Node("route", "r", "r", 1), tuple(tasks))

    return made


def _shares(rolls: Random, total: int, sizes: range) -> list[int]:
    """Random sizes that add up to `total`; the last takes what is left."""
    shares: list[int] = []
    while total > 0:
        share = rolls.choice(sizes)
        shares.append(share if total - share >= sizes.start else total)
        total -= shares[-1]
    return shares
