"""Which numbers does a text state, and did something that ran print them?

A number with d decimals stands where a printed number rounds to it at d decimals; 92.5% stands for
0.925 as well as for 92.5. One without a sign may be the size of a negative one. Whole numbers from
0 to 10, dates, addresses and the numbers of lists do not count: they stand anywhere.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

_SMALL: Final = 10
_MONTH: Final = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_NO_NUMBERS: Final = re.compile(
    r"https?://\S+|\]\([^)\n]{0,300}\)"
    r"|\d{4}\s*[-/.]\s*\d{1,2}\s*[-/.]\s*\d{1,2}"
    r"|\d{4}\s*年(?:\s*\d{1,2}\s*月)?(?:\s*\d{1,2}\s*日)?|\d{1,2}\s*月\s*\d{1,2}\s*日"
    rf"|\b\d{{1,2}}\s+{_MONTH}(?:\s+\d{{4}})?\b|\b{_MONTH}\s+\d{{1,2}}(?:\s*,?\s+\d{{4}})?\b"
    r"|^\s*\d{1,3}[.)、]\s",
    re.IGNORECASE,
)
_STATED: Final = re.compile(
    r"(?<![A-Za-z_\d.])(?P<sign>(?<![\d)])[-−+])?"
    r"(?P<digits>\d{1,3}(?:,\d{3})+(?!\d)|\d{1,18})(?P<decimals>\.\d{1,18})?"
    r"(?!\.?\d)"
    r"(?:[eE](?P<power>[-+]?\d{1,3})"
    r"|\s*(?:×|\\times|\*)\s*10\s*(?:\^|\*\*)\s*\{?(?P<ten>[-−+]?\d{1,3})\}?)?"
    r"\s*(?P<percent>\\?[%％])?"
)
_PRINTED: Final = re.compile(
    r"(?<![A-Za-z_\d.])[-+]?"
    r"(?:(?:\d{1,3}(?:,\d{3})+(?!\d)|\d{1,18})(?:\.\d{0,18})?|\.\d{1,18})"
    r"(?:[eE][-+]?\d{1,3})?%?"
)


@dataclass(frozen=True, slots=True)
class Stated:
    """A number as the text has it. `step` is the worth of its last decimal."""

    text: str
    value: float
    step: float
    signed: bool
    percent: bool


@dataclass(frozen=True, slots=True)
class Recorded:
    """The numbers that runs printed, sorted; `sizes` without their signs."""

    values: tuple[float, ...]
    sizes: tuple[float, ...]

    def holds(self, one: Stated) -> bool:
        """Whether a printed number rounds to this one."""
        near = self.values if one.signed else self.sizes
        if _near(near, one.value, one.step):
            return True
        return one.percent and _near(near, one.value / 100, one.step / 100)


def recorded(outputs: Iterable[str]) -> Recorded:
    """All numbers of these outputs. A printed 92.5% is 0.925 too."""
    found: set[float] = set()
    for output in outputs:
        for number in _PRINTED.findall(output):
            found |= _values(number)
    return Recorded(tuple(sorted(found)), tuple(sorted({abs(value) for value in found})))


def stated(lines: Iterable[str]) -> tuple[Stated, ...]:
    """The numbers in these lines that count, each value once, in their order."""
    found: dict[float, Stated] = {}
    for line in lines:
        for mark in _STATED.finditer(_NO_NUMBERS.sub(" ", line)):
            one = _stated(mark)
            worth = one.value / 100 if one.percent else one.value
            if not _is_small(mark, one):
                found.setdefault(round(worth, 15), one)
    return tuple(found.values())


def _stated(mark: re.Match[str]) -> Stated:
    sign = (mark["sign"] or "").replace("−", "-")
    decimals = mark["decimals"] or ""
    power = int((mark["power"] or mark["ten"] or "0").replace("−", "-"))
    digits = f"{sign}{mark['digits'].replace(',', '')}{decimals}"
    return Stated(
        text=mark[0].strip(),
        value=float(f"{digits}e{power}"),
        step=float(f"1e{power - max(0, len(decimals) - 1)}"),
        signed=bool(sign),
        percent=mark["percent"] is not None,
    )


def _is_small(mark: re.Match[str], one: Stated) -> bool:
    """A whole number from 0 to 10, in size."""
    written = mark["decimals"] or mark["power"] or mark["ten"] or one.percent
    return not written and abs(one.value) <= _SMALL


def _values(printed: str) -> set[float]:
    value = float(printed.rstrip("%").replace(",", ""))
    return {value, value / 100} if printed.endswith("%") else {value}


def _near(values: tuple[float, ...], value: float, step: float) -> bool:
    """Whether one of the sorted values is at most half a step away, give or take a float."""
    slack = step / 2 + 1e-9 * max(step, abs(value) * 1e-3)
    place = bisect_left(values, value - slack)
    return place < len(values) and values[place] <= value + slack
