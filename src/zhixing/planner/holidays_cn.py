"""Which days are off in mainland China, and which weekends are worked instead?

Years that the State Council has announced are `official`. Later ones are `projected`: the usual
days around festivals whose dates are known, without the worked weekends that nobody knows yet.
From 2031 on only the holidays with a fixed or solar date are projected.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Literal

ANNOUNCED = {
    2025: (
        "0101 0128-0204 0404-0406 0501-0505 0531-0602 1001-1008",
        "0126 0208 0427 0928 1011",
    ),
    2026: (
        "0101-0103 0215-0223 0404-0406 0501-0505 0619-0621 0925-0927 1001-1007",
        "0104 0214 0228 0509 0920 1010",
    ),
}  # fmt: skip
LUNAR = {2027: ("0206", "0609", "0915"), 2028: ("0126", "0528", "1003"),
         2029: ("0213", "0616", "0922"), 2030: ("0203", "0605", "0912")}  # fmt: skip
"""New Year, Dragon Boat and Mid-Autumn of the years that are not announced."""
LAST_LUNAR_YEAR = max(LUNAR)
NEW_YEAR_DAYS = 8
"""From the eve on: the State Council gave 8 or 9 days in 2025 and 2026."""


@dataclass(frozen=True, slots=True)
class Year:
    """`off` are days without work, `worked` weekends that are working days instead."""

    status: Literal["official", "projected"]
    off: frozenset[date]
    worked: frozenset[date] = frozenset()


@cache
def year_of(year: int) -> Year:
    """The holidays of any year from 2025 on; earlier years are projected like later ones."""
    if year in ANNOUNCED:
        off, worked = ANNOUNCED[year]
        return Year("official", frozenset(_dates(year, off)), frozenset(_dates(year, worked)))
    clear_and_bright = _clear_and_bright(year)
    if year not in LUNAR:
        fixed = {*_dates(year, "0101 0501-0502 1001-1003"), clear_and_bright}
        return Year("projected", frozenset(fixed))
    new_year, dragon_boat, mid_autumn = (next(_dates(year, day)) for day in LUNAR[year])
    eve = new_year - timedelta(days=1)
    usual = {
        *_dates(year, "0101 0501-0505 1001-1007"),
        *(eve + timedelta(days=n) for n in range(NEW_YEAR_DAYS)),
        *(clear_and_bright, dragon_boat, mid_autumn),
    }
    return Year("projected", frozenset(usual))


def is_off(on: date) -> bool:
    return on in year_of(on.year).off


def is_worked(on: date) -> bool:
    """Whether a Saturday or Sunday is a working day that makes up for a holiday."""
    return on in year_of(on.year).worked


def _dates(year: int, text: str) -> Iterator[date]:
    """ "0101 0128-0204" → the dates of a year; ranges hold both ends."""
    for item in text.split():
        first, _, last = item.partition("-")
        on, until = (date(year, int(d[:2]), int(d[2:])) for d in (first, last or first))
        while on <= until:
            yield on
            on += timedelta(days=1)


def _clear_and_bright(year: int) -> date:
    """Qingming: the sun's longitude is 15°. A day count that holds from 2000 to 2099."""
    n = year % 100
    return date(year, 4, int(n * 0.2422 + 4.81) - n // 4)
