"""How long does a line say it takes? Durations, and hours a day or a week, in zh and en."""

import re
from functools import lru_cache
from typing import NamedTuple

from zhixing.roadmap.characters import simplified
from zhixing.roadmap.dates import without_dates
from zhixing.roadmap.numerals import CHINESE, ENGLISH, number_of
from zhixing.roadmap.spans import HOURS_OF_A_DAY, in_hours

WEEKS_OF_A_MONTH = 4.345
MOST_WHOLE_DAYS = 3
"""Up to so many days are given to one thing; more are a stretch with other work in it."""

_N = rf"(?:\d{{1,9}}(?:\.\d{{1,2}})?|{CHINESE}|半)"
_SPAN = rf"(?P<from>{_N})\s*\+?(?:\s*(?:-|–|—|－|~|～|〜|至|到|\bto\b)\s*(?P<to>{_N}))?\s*\+?"
_UNIT = (
    r"(?P<unit>hours?|hrs?|h|个?小时|个?钟头|minutes?|mins?|min|m(?=[)\s，,/]|$)|分钟|days?|d(?=[)\s，,/]|$)|天|日"
    r"|weeks?|wks?|个?星期|个?礼拜|周|週|months?|个月|years?|年)(?![A-Za-z后前])"
)
_RATE = (
    r"(?P<per>\s*(?:/|per|a|an|each|每|every)\s*(?P<rate>day|d\b|week|wk|w\b|天|日|周|週|星期)"
    r"|\s+(?P<adverb>daily|weekly)\b)?"
)
_AMOUNT = re.compile(
    rf"(?P<every>每(?:天|日|周|週|星期)|(?:every|each|per)\s+(?:day|week)|daily|weekly|日均|周均)?"
    rf"[^\S\n]{{0,2}}(?:学习|投入|[:：]|of\s)?\s{{0,2}}(?:about|around|roughly|approx\.?|约|大约|[~～≈])?"
    rf"\s{{0,2}}(?<![\d.^A-Za-z第\-–—〜至到])(?<!\d[~～])(?<!\d\s[~～])(?<!第\s){_SPAN}\s{{0,2}}-?{_UNIT}{_RATE}",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"(?<![\d.])(\d{1,3})\s{0,2}h(?:ours?|rs?)?\s{0,2}(\d{1,2})\s{0,2}m(?:in(?:ute)?s?)?\b"
    r"|(?<![\d:])(\d{1,2}):([0-5]\d)\s{0,2}(?:hours?|hrs?|h|个?小时)(?![A-Za-z])",
    re.I,
)
_DAYS_A_WEEK = re.compile(
    rf"每周\s*(?:学习?)?\s*({_N})\s*天|({_N})\s*days?\s*(?:/|per|a|each)\s*(?:week|wk)|({_N})\s*天\s*/\s*周",
    re.I,
)
_YEARS = range(1900 * 52, 2101 * 52, 52)
"""Weeks of `2025年`, which is a date and no length."""
_TIMED = re.compile(
    r"[\d零〇一二三四五六七八九十百两半]\s{0,2}\+?\s{0,2}-?(?:[hmdwyHMDWY]|[个小钟分天日星礼周週月年])"
)


class Times(NamedTuple):
    """What one text says of time, each as (least, most), in minutes but for `weeks` and `days`."""

    minutes: tuple[float, float] | None = None
    per_week: tuple[float, float] | None = None
    per_day: tuple[float, float] | None = None
    weeks: tuple[float, float] | None = None
    days: tuple[float, float] | None = None
    days_a_week: float | None = None

    @property
    def weekly(self) -> tuple[float, float] | None:
        """Minutes a week: as stated, or a day's minutes times a stated number of days."""
        if self.per_week or not self.per_day or not self.days_a_week:
            return self.per_week
        return self.per_day[0] * self.days_a_week, self.per_day[1] * self.days_a_week

    @property
    def total(self) -> float | None:
        """Minutes in all: as stated, or weeks times hours a week (the middle of a range)."""
        if self.minutes:
            return middle(self.minutes)
        if self.weeks and self.weekly:
            return middle(self.weeks) * middle(self.weekly)
        if self.days and self.per_day:
            return middle(self.days) * middle(self.per_day)
        if self.days and not self.days_a_week and self.days[1] <= MOST_WHOLE_DAYS:
            return middle(self.days) * HOURS_OF_A_DAY * 60
        return None

    @property
    def rates(self) -> "Times":
        """What is said of every day or week, without how long it goes on."""
        return self._replace(minutes=None, weeks=None, days=None)


NO_TIMES = Times()
_BRACKET = re.compile(r"[(（\[【]([^()（）\[\]【】]{1,80})[)）\]】]")
_TAIL = re.compile(r"(?:\s|(?<=[)）\]】]))[-–—|·]{1,8}\s*([^-–—|·]{1,30})$|[:：]\s*([^:：]{1,30})$")


def bracketed(text: str) -> Times:
    """What a head says of its own time: in brackets, or at its end behind a dash."""
    text = without_dates(text)
    found = " ; ".join(_BRACKET.findall(text[:400]))
    tail = _TAIL.search(text[-60:])
    return times_in(f"{found} ; {(tail[1] or tail[2]) if tail else ''}")


def of_head(text: str) -> Times:
    """What a heading says of its own time, also as its last words: `第一阶段 Python 2周`."""
    said = bracketed(text)
    return said if said != NO_TIMES else ending(text)


_ALONE = re.compile(rf"(?:about|约|大约|[~～≈])?\s?{_SPAN}\s{{0,2}}-?{_UNIT}\s*", re.I)
_GLUED = re.compile(
    r"(?<=[^\d.\s第每前后近过超于约内共\-–—~～至到/年月日周天])"
    r"(\d{1,3}(?:\.\d{1,2})?\s?(?:个?小时|分钟))$"
)
_NOT_A_LENGTH = re.compile(
    r"(?:in|of|every|each|last|first|next|past|than|per|within|day|week|month|第|每)$", re.I
)


def ending(text: str) -> Times:
    """`读完两章 90min`: the time that is the last words, with nothing but a space before it."""
    words = text[-60:].strip(" .。;；").split(" ")
    for count in range(min(3, len(words) - 1), 0, -1):
        last = " ".join(words[-count:])
        if _NOT_A_LENGTH.search(words[-count - 1]) is None and _ALONE.fullmatch(in_hours(last)):
            return times_in(last)
    glued = _GLUED.search(text[-60:].rstrip(" .。;；"))
    return times_in(glued[1]) if glued else NO_TIMES


_SITTINGS = (
    re.compile(rf"(?<![\d.第])(\d{{1,2}}|{CHINESE})\s*[场次轮节局]\s*(\d{{1,3}})\s*(分钟|小时)(?=\S)"),
    re.compile(rf"(?<![\w.-])(?:(\d{{1,2}}|{ENGLISH}|an?)\s+)?(\d{{1,3}})-(min|hour)(?:ute)?\s(?=[a-z])",
               re.I),
)  # fmt: skip
_MOST_SITTINGS = 20


def in_sittings(text: str) -> int | None:
    """`2 场 60 分钟模拟面试`, `one 90-minute mock exam`: minutes among the words."""
    for pattern in _SITTINGS:
        if found := pattern.search(text[:200]):
            count = number_of(found[1] or "1") or 1
            each = int(found[2]) * (60 if found[3].lower() in ("小时", "hour") else 1)
            return each * min(count, _MOST_SITTINGS) or None
    return None


def middle(span: tuple[float, float]) -> float:
    return (span[0] + span[1]) / 2


@lru_cache(maxsize=2048)
def speaks_of_time(text: str) -> bool:
    """Whether a number stands before something like a unit of time."""
    return _TIMED.search(in_hours(simplified(text))) is not None


@lru_cache(maxsize=2048)
def times_in(text: str) -> Times:
    """All that `text` says of time; of two statements of one sort the first counts."""
    if not speaks_of_time(text):
        return NO_TIMES
    text = in_hours(simplified(text))
    found: dict[str, tuple[float, float]] = {}
    for clock in _CLOCK.finditer(text):
        whole = float(int(clock[1] or clock[3]) * 60 + int(clock[2] or clock[4]))
        found.setdefault("minutes", (whole, whole))
    for amount in _AMOUNT.finditer(text):
        sort, span = _sorted(amount)
        if sort != "weeks" or span[0] not in _YEARS:
            found.setdefault(sort, span)
    a_week = _DAYS_A_WEEK.search(text)
    days = _value(next(g for g in a_week.groups() if g)) if a_week else None
    if a_week and found.get("days") and found["days"][0] == days:
        found.pop("days")
    return Times(**found, days_a_week=days)


def _sorted(amount: re.Match[str]) -> tuple[str, tuple[float, float]]:
    least = _value(amount["from"])
    most = _value(amount["to"]) if amount["to"] else least
    unit = amount["unit"].lower().removeprefix("个")
    rate = (amount["every"] or amount["rate"] or amount["adverb"] or "").lower()
    weekly = bool(re.search("周|週|星期|week|wk|^w", rate))
    if unit[0] in "h小钟" or unit in ("m", "min", "mins", "minute", "minutes", "分钟"):
        factor = 60.0 if unit[0] in "h小钟" else 1.0
        sort = "minutes" if not rate else "per_week" if weekly else "per_day"
        return sort, (least * factor, most * factor)
    if unit[0] in "d天日":
        return "days", (least, most)
    factor = (
        52.0 if unit[0] in "y年" else WEEKS_OF_A_MONTH if unit.startswith(("month", "月")) else 1
    )
    return "weeks", (least * factor, most * factor)


def _value(word: str) -> float:
    if word == "半":
        return 0.5
    try:
        return float(word)
    except ValueError:
        return float(number_of(word) or 0)
