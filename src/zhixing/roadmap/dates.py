"""Which days of the calendar do these words name? `7月1日–7月15日`, `July 1 – 15`, `九月`,
`2025/07/01-07/15`, `September 2025`.

A year that nobody says is left open (0) until all dates of a document are known.
"""

import datetime
import re
from dataclasses import dataclass, replace

from zhixing.roadmap.numerals import CHINESE, number_of

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DASH = r"\s*(?:-|–|—|－|~|～|〜|至|到|\bto\b|\bthrough\b)\s*"
_NUMBER = rf"(?:\d{{1,2}}|{CHINESE})"
_ORDINAL = r"(?:st|nd|rd|th)?"
_WEEKDAY = r"(?:\s*[,，]?\s*[(（]?(?:周|星期)[一二三四五六日天][)）]?)?"


def _han(at: str, *, open_month: str = "") -> str:
    return (
        rf"(?:(?P<y{at}>20\d\d)\s*年\s*)?(?:(?P<m{at}>{_NUMBER})\s*月\s*){open_month}"
        rf"(?P<d{at}>{_NUMBER})\s*[日号]"
    )


_LATIN_DAY = rf"(?P<d1>\d{{1,2}}){_ORDINAL}(?:,?\s+(?P<y1>20\d\d))?"
_RANGES = (
    rf"{_han('1')}?{_WEEKDAY}{_DASH}{_han('2', open_month='?')}{_WEEKDAY}",
    rf"(?P<m1>{_MONTH})\s+{_LATIN_DAY}{_DASH}(?:(?P<m2>{_MONTH})\s+)?"
    rf"(?P<d2>\d{{1,2}}){_ORDINAL}(?:,?\s+(?P<y2>20\d\d))?",
    rf"(?P<d1>\d{{1,2}}){_ORDINAL}\s*(?:(?P<m1>{_MONTH})\s*)?(?P<y1>20\d\d)?{_DASH}"
    rf"(?P<d2>\d{{1,2}}){_ORDINAL}\s+(?P<m2>{_MONTH})(?:,?\s+(?P<y2>20\d\d))?",
    r"(?P<y1>20\d\d)(?P<s>[-/.])(?P<m1>\d{1,2})(?P=s)(?P<d1>\d{1,2})"
    rf"{_DASH}(?:(?P<y2>20\d\d)(?P=s))?(?P<m2>\d{{1,2}})(?P=s)(?P<d2>\d{{1,2}})",
    rf"(?P<m1>\d{{1,2}})/(?P<d1>\d{{1,2}}){_DASH}(?P<m2>\d{{1,2}})/(?P<d2>\d{{1,2}})(?!\d)",
    r"(?=[\d.\s–—~～至到-]{3,12}\.[123]\d)"  # `8.5-8.11`; `3.1-3.5` are sections of a book
    rf"(?P<m1>\d{{1,2}})\.(?P<d1>\d{{1,2}}){_DASH}(?P<m2>\d{{1,2}})\.(?P<d2>\d{{1,2}})(?![\d.])",
)
_DAYS = (
    _han("1") + _WEEKDAY,
    rf"(?P<m1>{_MONTH})\s+{_LATIN_DAY}",
    rf"(?P<d1>\d{{1,2}}){_ORDINAL}\s+(?P<m1>{_MONTH})(?:,?\s+(?P<y1>20\d\d))?",
    r"(?P<y1>20\d\d)[-/.](?P<m1>\d{1,2})[-/.](?P<d1>\d{1,2})",
    r"(?P<m1>\d{1,2})/(?P<d1>\d{1,2})(?=\s*(?:[:：（(]|[-–—]\s|[周星]))",
)
_CALENDAR = (
    rf"(?:(?P<y1>20\d\d)\s*年\s*)?(?P<m1>{_NUMBER})\s*月(?:份)?"
    rf"(?:{_DASH}(?:(?P<y2>20\d\d)\s*年\s*)?(?P<m2>{_NUMBER})\s*月(?:份)?)?(?!\s*[\d一二三四五六七八九十])",
    rf"(?P<m1>{_NUMBER}){_DASH}(?P<m2>{_NUMBER})\s*月(?:份)?(?!\s*[\d一二三四五六七八九十])",
    rf"(?P<m1>{_MONTH})(?:,?\s+(?P<y1>20\d\d))?"
    rf"(?:{_DASH}(?P<m2>{_MONTH})(?:,?\s+(?P<y2>20\d\d))?)?(?![\w])",
    r"(?P<y1>20\d\d)[-/.](?P<m1>0[1-9]|1[0-2])(?![-/.\d])",
)
_CELLS = (
    r"(?P<m1>\d{1,2})[/.](?P<d1>\d{1,2})",
    rf"(?P<m1>\d{{1,2}})\.(?P<d1>\d{{1,2}}){_DASH}(?P<m2>\d{{1,2}})\.(?P<d2>\d{{1,2}})",
)
_MAY = re.compile(rf"月|20\d\d|\d{{1,2}}/\d|\d\.\d{{1,2}}\s*[-–—~～至到]|\b{_MONTH}(?![a-z])", re.I)
_RANGE_RES = tuple(re.compile(pattern, re.I) for pattern in _RANGES)
_DAY_RES = tuple(re.compile(pattern + r"(?!\d)", re.I) for pattern in _DAYS)
_CALENDAR_RES = tuple(re.compile(pattern, re.I) for pattern in _CALENDAR)
_CELL_RES = tuple(re.compile(pattern, re.I) for pattern in _CELLS)
_ENDS = re.compile(r"\s*(?:[:：|｜丨·•、，,—–]|-(?=\s)|(?=[(（\[【])|$)\s*|\s+(?=\S)")
_WEEK_OF = re.compile(r"(?:the\s+)?week\s+(?:of|beginning|starting)\s+(?!the\b|week\b)", re.I)
_WEEK = datetime.timedelta(days=6)
_LONGEST = 366 * 3
_DAY_NAME = (
    r"(?:mon|tue|wed|thu|fri|sat|sun)(?:[a-z]{0,6}day)?s?|tues|thurs|th|tu|sa|su|[mtwrf]"
    r"|(?:周|星期|礼拜)[一二三四五六日天]"
)
_BESIDE = re.compile(  # `Mon 1/28`, `周一，3月4日`, `3/4 (Mon)`
    rf"^(?:{_DAY_NAME})[.,，、]*\s*(?=[\d一二三四五六七八九十])|^(?:{_DAY_NAME})[.,，、:：]*\s+(?={_MONTH})"
    rf"|\s*[,，]?\s*[(（]?(?<![a-z])(?:{_DAY_NAME})\.?[)）]?$", re.I
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Dates:
    """From one day to another, both included; `months` where only months are named, `year` False
    where none was said (the dates are then of the year 2001)."""

    first: datetime.date
    last: datetime.date
    months: bool = False
    year: bool = True
    single: bool = False
    week: bool = False

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def later(self, years: int) -> "Dates":
        return replace(self, first=_moved(self.first, years), last=_moved(self.last, years))


def may_name_dates(text: str) -> bool:
    """A cheap test: False where no date can be at the beginning of `text`."""
    return _MAY.search(text[:80]) is not None


def dates_at(text: str) -> tuple[Dates, int] | None:
    """The dates with which `text` begins, and where what follows them begins; None for others."""
    if _MAY.search(text[:60]) is None:
        return None
    if of_week := _WEEK_OF.match(text):
        begun = dates_at(text[of_week.end() :])
        if begun is None or not begun[0].single or begun[0].months:
            return None
        week = replace(begun[0], last=begun[0].first + _WEEK, single=False, week=True)
        return week, of_week.end() + begun[1]
    for patterns, months in ((_RANGE_RES, False), (_DAY_RES, False), (_CALENDAR_RES, True)):
        for pattern in patterns:
            found = pattern.match(text)
            end = _ENDS.match(text, found.end()) if found else None
            dates = _dates(found, months) if found and end else None
            if dates and end:
                return dates, end.end()
    return None


def dates_in(text: str) -> Dates | None:
    """The stretch of dates or months in a head: `基础（7月1日–15日）`, `Basics (July–August)`."""
    if _MAY.search(text) is None:
        return None
    for patterns, months in ((_RANGE_RES, False), (_CALENDAR_RES, True)):
        for pattern in patterns:
            for found in pattern.finditer(text[:400]):
                dates = _dates(found, months)
                if dates and (not months or found.groupdict().get("m2")):
                    return dates
    return None


def without_dates(text: str) -> str:
    """`text` without the days and stretches of days in it: `15日` of a date is no length."""
    if _MAY.search(text) is None:
        return text
    for pattern in (*_RANGE_RES, *_DAY_RES):
        text = pattern.sub(" ", text)
    return text


def dates_of_cell(text: str) -> Dates | None:
    """The dates that are all of a cell; here `4/3` and `7.1-7.7` are dates too."""
    text = _BESIDE.sub("", text.strip())
    found = dates_at(text)
    if found and found[1] == len(text):
        return found[0]
    for pattern in _CELL_RES:
        if whole := pattern.fullmatch(text):
            return _dates(whole, months=False)
    return None


def in_order(listed: list[Dates]) -> list[Dates] | None:
    """The same with the years that nobody said, from the first to the last; None where they do not
    go forwards, as those of a log of changes, or go on for more than three years."""
    said = next((dates.first.year for dates in listed if dates.year), 2001)
    placed: list[Dates] = []
    for dates in listed:
        if not dates.year:
            before = placed[-1].first if placed else _moved(dates.first, said - dates.first.year)
            wraps = before.month - dates.first.month > 5
            dates = dates.later(before.year + wraps - dates.first.year)
        if placed and dates.first < placed[-1].first:
            return None
        placed.append(dates)
    if placed and (placed[-1].last - placed[0].first).days > _LONGEST:
        return None
    return placed


def _dates(found: re.Match[str], months: bool) -> Dates | None:
    part = {name: value for name, value in found.groupdict().items() if value}
    first_month = _month(part.get("m1") or part.get("m2", ""))
    last_month = _month(part.get("m2") or part.get("m1", ""))
    first_day = 1 if months else _day(part.get("d1", ""))
    last_day = 28 if months else _day(part.get("d2") or part.get("d1", ""))
    said = part.get("y1") or part.get("y2")
    first_year = int(part.get("y1") or part.get("y2") or 2001)
    last_year = int(part.get("y2") or part.get("y1") or 2001)
    if not part.get("y2") and (last_month, last_day) < (first_month, first_day):
        last_year += 1
    first = _date(first_year, first_month, first_day)
    last = _date(last_year, last_month, last_day)
    if first is None or last is None or last < first or (last - first).days > _LONGEST:
        return None
    if months:
        last = _month_end(last)
    single = "d2" not in part and "m2" not in part
    return Dates(first, last, months, said is not None, single)


def _month(word: str) -> int:
    name = word.lower()[:3]
    return _MONTHS.index(name) + 1 if name in _MONTHS else number_of(word) or 0


def _day(word: str) -> int:
    return number_of(word) or 0


def _date(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def _month_end(date: datetime.date) -> datetime.date:
    return (date.replace(day=28) + datetime.timedelta(days=4)).replace(day=1) - datetime.timedelta(
        days=1
    )


def _moved(date: datetime.date, years: int) -> datetime.date:
    day = 28 if (date.month, date.day) == (2, 29) else date.day
    return date.replace(year=date.year + years, day=day)
