"""Which days of the week do people name? `周一`, `Mon–Wed`, `Weekend`, `MWF`."""

import re

from zhixing.roadmap.leads import without_lead

_DASH = r"(?:-|–|—|－|~|～|〜|−|至|到|\bto\b|\bthrough\b|&|\band\b|、|,|和|与|/|\+)"
_WEEKDAYS = {
    name: day
    for day, names in enumerate(
        ("monday mon 周一 星期一 礼拜一", "tuesday tues tue 周二 星期二 礼拜二",
         "wednesday wed 周三 星期三 礼拜三", "thursday thurs thur thu 周四 星期四 礼拜四",
         "friday fri 周五 星期五 礼拜五", "saturday sat 周六 星期六 礼拜六",
         "sunday sun 周日 周天 星期日 星期天 礼拜天"),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_DAY_NAME = "|".join(sorted(_WEEKDAYS, key=len, reverse=True))
_SHORT = r"[一二三四五六日天](?=[\s:：、,，/)）]|$)"  # `周一、三、五`
WEEKDAY = re.compile(
    rf"(?P<a>{_DAY_NAME})(?:\s*{_DASH}\s*(?P<b>{_DAY_NAME}|{_SHORT})){{0,6}}(?![A-Za-z])", re.I
)
_LETTERS = {"M": 1, "T": 2, "Tu": 2, "W": 3, "Th": 4, "R": 4, "F": 5, "Sa": 6, "S": 6, "Su": 7}
_LETTER_RE = re.compile("Th|Tu|Sa|Su|[MTWRFS]")
_LETTERS_RE = re.compile(rf"(?:(?:{_LETTER_RE.pattern})[/,]?\s?){{1,5}}")
WEEKEND = re.compile(r"(?:weekends?|周末|週末)(?![A-Za-z])", re.I)


def weekday_span(text: str) -> tuple[int, int] | None:
    """`周一`, `Mon–Wed`, `Weekend` → days of the week; None for other words."""
    bare = without_lead(text)
    if found := WEEKEND.match(bare):
        return 6, 7
    if found := WEEKDAY.match(bare):
        first = _WEEKDAYS[found["a"].lower()]
        b = found["b"].lower() if found["b"] else ""
        last = _WEEKDAYS[f"周{b}" if len(b) == 1 else b] if b else first
        return (first, last) if first <= last else None
    return None


def weekday_letter(text: str) -> tuple[int, int] | None:
    """`M`, `Th`, `MWF` in a column of days: from the first of them to the last."""
    if _LETTERS_RE.fullmatch(text) is None:
        return None
    days = [_LETTERS[letter] for letter in _LETTER_RE.findall(text)]
    return (days[0], days[-1]) if days == sorted(days) else None
