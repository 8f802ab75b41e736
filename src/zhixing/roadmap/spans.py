"""Which spans of time have names of their own? Evenings, weekends and halves, as hours and days."""

import re
from functools import lru_cache, partial

from zhixing.roadmap.numerals import CHINESE, ENGLISH, number_of

HOURS_OF_A_DAY, HOURS_OF_AN_EVENING = 6, 2
"""Our own estimates of a day, and an evening, that somebody gives to one thing."""
HOURS_OF_A_WEEKEND = 2 * HOURS_OF_A_DAY

_N = rf"(?P<n>\d{{1,3}}|{CHINESE})\s?"
_AFTER_WORD = (
    r"[\s-](?=(?:and a half )?(?:minutes?|hours?|days?|weeks?|months?|evenings?|weekends?)\b)"
)
_NAMED = ("晚", "末", "半", "evening", "half", "hour", "day", "week", "min", "mon")
_WORD = re.compile(rf"(?<![A-Za-z-])(?P<n>{ENGLISH}){_AFTER_WORD}", re.I)
_SPANS: tuple[tuple[str, re.Pattern[str], float], ...] = (
    ("晚上", re.compile(rf"{_N}个?晚上"), HOURS_OF_AN_EVENING),
    ("末", re.compile(rf"(?<![第每])(?:{_N}个?)[周週]末(?:[两二2]天)?"), HOURS_OF_A_WEEKEND),
    ("末", re.compile(r"(?:整个?)?[周週]末[两二2]天"), HOURS_OF_A_WEEKEND),
    ("个半天", re.compile(rf"{_N}个半天"), HOURS_OF_A_DAY / 2),
    ("evening", re.compile(r"(?<![\w-])(?P<n>\d{1,3}|an?)\s+evenings?(?![\w-])", re.I),
     HOURS_OF_AN_EVENING),
    ("weekend", re.compile(r"(?<![\w-])(?P<n>\d{1,3}|a)\s+weekends?(?![\w-])", re.I),
     HOURS_OF_A_WEEKEND),
    ("half", re.compile(r"(?<![\w-])half[\s-](?:an?\s)?day(?![\w-])", re.I), HOURS_OF_A_DAY / 2),
    ("half", re.compile(r"(?<![\w-])half[\s-](?:an?\s)?hour(?![\w-])", re.I), 0.5),
)  # fmt: skip
_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d,])")
_AND_A_HALF = re.compile(rf"{_N}个半(?:小时|钟头)")


@lru_cache(maxsize=2048)
def in_hours(text: str) -> str:
    """`text` with spans that have names as numbers: `两个晚上` → `4 h`, `two days` → `2 days`; and
    numbers as one reckons with them: `1,200 min` → `1200 min`."""
    if "," in text:
        text = _THOUSANDS.sub(lambda found: found[0].replace(",", ""), text)
    lower = text.lower()
    if not any(word in lower for word in _NAMED):
        return text
    text = _WORD.sub(lambda found: f"{number_of(found['n'])} ", text)
    if "个半" in text:
        text = _AND_A_HALF.sub(lambda found: f"{(number_of(found['n']) or 0) + 0.5:g} h ", text)
    for word, pattern, hours in _SPANS:
        if word in lower:
            text = pattern.sub(partial(_as_hours, hours), text)
    return text


def _as_hours(hours: float, found: re.Match[str]) -> str:
    return f"{_count(found) * hours:g} h "


def _count(found: re.Match[str]) -> int:
    word = found.groupdict().get("n")
    return (number_of(word) if word and word.lower() not in ("a", "an") else 1) or 1
