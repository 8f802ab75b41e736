"""The public holidays that lie ahead, as a person wants to see them before saying yes to them."""

import datetime
from dataclasses import dataclass
from typing import Literal

from zhixing.actions.holidays import CHINA, check_country, names_of
from zhixing.planner.holidays_cn import year_of

DAY = datetime.timedelta(days=1)
Status = Literal["official", "projected", "library"]


@dataclass(frozen=True)
class Feast:
    """Days off in a row. `worked` = weekend days worked to make up for one, no days off. `status`
    is official, projected (nobody announced them yet) or library (a package reckons them)."""

    first: datetime.date
    last: datetime.date
    name: str
    status: Status
    worked: bool = False


def feasts(country: str | None, first: datetime.date, last: datetime.date) -> tuple[Feast, ...]:
    """The holidays of a country from a first to a last day; () for no country. Problem when they
    cannot be known here."""
    if country is None:
        return ()
    if country != CHINA:
        check_country(country)
        named = names_of(country, first, last)
        return tuple(Feast(on, on, name, "library") for on, name in sorted(named.items()))
    found: list[Feast] = []
    on = first
    while on <= last:
        year = year_of(on.year)
        if on in year.off or on in year.worked:
            _add(found, Feast(on, on, "", year.status, on in year.worked))
        on += DAY
    return tuple(found)


def _add(found: list[Feast], one: Feast) -> None:
    """One more day; in a row with the last of its kind it is one with it."""
    before = found[-1] if found else None
    same = before is not None and (before.status, before.worked) == (one.status, one.worked)
    if before is not None and same and one.first - before.last == DAY:
        found[-1] = Feast(before.first, one.last, "", one.status, one.worked)
    else:
        found.append(one)
