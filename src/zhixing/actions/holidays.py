"""Public holidays of other countries, as days off for the planner. China's own it knows itself."""

import datetime
from dataclasses import replace
from importlib import import_module
from importlib.util import find_spec
from typing import Protocol, cast

from zhixing.actions.countries import CODES, near
from zhixing.errors import Problem, nearest
from zhixing.records import Profile
from zhixing.words import say

CHINA = "CN"
YEARS_AHEAD = 10


class _Library(Protocol):
    """What is used of the PyPI package `holidays`, which need not be installed."""

    def list_supported_countries(self) -> dict[str, list[str]]: ...

    def country_holidays(self, country: str, *, years: range) -> dict[datetime.date, str]: ...


def check_country(country: str) -> None:
    """Problem when the holidays of a country are not known here."""
    if country == CHINA:
        return
    if country not in CODES and (find_spec("holidays") is None or not _is_known(country)):
        raise Problem(
            say('there is no country "{country}"', country=country[:40]),
            say("public holidays"),
            say("two letters name a country; near are: {codes}",
                codes=", ".join(near(country) or (CHINA,))),
        )  # fmt: skip
    if not _is_known(country):
        known = _library(country).list_supported_countries()
        raise Problem(
            say('the holidays of "{country}" are not known', country=country),
            say("public holidays"),
            say("did you mean {nearest}? Two letters, as CN or DE",
                nearest=nearest(country, [CHINA, *known]) or CHINA),
        )  # fmt: skip


def _is_known(country: str) -> bool:
    return country in _library(country).list_supported_countries()


def with_days_off(profile: Profile) -> Profile:
    """The profile for the planner: holidays of other countries than China are days off, for ten
    years from its start. Problem when they cannot be known here."""
    if profile.holidays is None or profile.holidays == CHINA:
        return profile
    first = profile.start.year
    found = _library(profile.holidays).country_holidays(
        profile.holidays, years=range(first, first + YEARS_AHEAD)
    )
    return replace(profile, days_off=profile.days_off | frozenset(found))


def names_of(country: str, first: datetime.date, last: datetime.date) -> dict[datetime.date, str]:
    """The holidays of another country than China from a first to a last day, with their names.
    Problem when they cannot be known here."""
    years = range(first.year, last.year + 1)
    found = _library(country).country_holidays(country, years=years)
    return {on: name for on, name in found.items() if first <= on <= last}


def _library(country: str) -> _Library:
    try:
        found = import_module("holidays")
    except ImportError as missing:
        raise Problem(
            say("the holidays of {country} need a package that is not installed", country=country),
            say("public holidays"),
            say(
                "name the free days as days off; mainland China (CN) is known here, and "
                "`pip install holidays` brings other countries"
            ),
        ) from missing
    return cast(_Library, found)
