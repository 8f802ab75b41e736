"""How many hours a week, or a day, does the author of a document reckon with?"""

import re

from zhixing.roadmap.times import middle, times_in
from zhixing.roadmap.unitwords import unit_of

_LONGEST_LINE = 2000
_MOST_A_WEEK = 7 * 24 * 60
_WEEKLY_ROW = re.compile(
    r"每周(?:总计|合计|共计?|总时长|总学时|小计)|weekly\s+(?:total|hours)|total\s+(?:per|a)\s+week"
    r"|hours\s+(?:per|a)\s+week",
    re.I,
)
_OF_TIME = (
    r"(?:\s*(?:time|commitment|hours?|study|learning|total|workload|effort|pace|load|schedule|goal"
    r"|学习|投入|时间|时长|用时|总计|合计|安排|建议|约|大约))*"
)
_WEEKLY_LABEL = re.compile(
    rf"(?:\bweekly|\bper week|每周){_OF_TIME}\s*[:：]\s*(?P<rest>[^|]{{1,40}})", re.I
)
_DAILY_LABEL = re.compile(
    rf"(?:\bdaily|\bper day|每日|每天){_OF_TIME}\s*[:：]\s*(?P<rest>[^|]{{1,40}})", re.I
)
_OF_STUDY = re.compile(
    r"学习|投入|时长|时间|用时|保证|stud(?:y|ies|ying)|learn|spend|commit|dedicat|invest|pace|time"
    r"|schedule|effort|workload",
    re.I,
)
_SPENT = (
    r"(?:建议|安排|大约|大概|平均|预计|至少|需要|需|要|可以|投入|学习|花费?|保证|抽出|约|用|拿出)"
)
_WEEKLY_PROSE = re.compile(
    rf"每周{_SPENT}{{1,4}}\s*(?P<rest>\d[\d.\s~～–—至到-]{{0,10}}\s*个?小时)(?!\s*/)"
)
_HOURS = re.compile(
    r"(\d{1,2}(?:\.\d)?)\s*(?:[-–—~～至到]\s*(\d{1,2}(?:\.\d)?))?\s*(?:个?小时|hours?|hrs?|h\b)"
    r"(?P<each>\s*(?:/|per|a|每)?\s*(?:天|day)\b)?",
    re.I,
)
_ON_WEEKDAYS = re.compile(
    r"工作日|平日|周一\s*[-–—~至到]\s*周五|weekdays?|mon(?:day)?\s*(?:[-–—]|to)\s*fri(?:day)?", re.I
)
_AT_WEEKENDS = re.compile(
    r"周末|周六日?|双休|weekends?|sat(?:urday)?s?\s*(?:&|and|[-–—/])\s*sun(?:day)?s?", re.I
)
_BOTH = re.compile(r"周六日|周六.{0,2}周日|双休|sat\w*\s*(?:&|and|[-–—/])\s*sun", re.I)
_BEGINS = re.compile(r"(?:about|around|约|大约|[~≈～])?\s*\d", re.I)
_LISTED = re.compile(r"\s*(?:[-*+]|\d{1,3}[.)、])\s")
_SHORT, _LEAST_A_DAY = 40, 30
_LONGEST_OF_BOTH = 120


def pace_in(lines: list[str]) -> int | None:
    """Minutes a week: the first line that states them, of tables only a row of weekly totals."""
    for line in lines:
        if len(line) > _LONGEST_LINE:
            continue
        if "|" in line[:2]:
            if (total := _weekly_row(line)) is not None:
                return total
            continue
        bare = line.replace("**", "")
        if (weekly := _labelled(_WEEKLY_LABEL, bare)) is not None and weekly[1] < _MOST_A_WEEK:
            return round(middle(weekly))
        if (both := _weekdays_and_weekends(bare)) is not None:
            return both
        if spent := _WEEKLY_PROSE.search(bare):
            said = times_in(spent["rest"]).minutes
            return round(middle(said)) if said else None
        times = times_in(bare)
        if times.per_week or (times.per_day and times.days_a_week):
            said = times.weekly
            return round(middle(said)) if said and middle(said) < _MOST_A_WEEK else None
    return None


def _weekdays_and_weekends(line: str) -> int | None:
    """`工作日 2.5h/天 + 周末 6-8h/天`, `3 h (Mon–Fri) | 6 h (Sat–Sun)`: minutes a week."""
    weekdays, weekend = _ON_WEEKDAYS.search(line), _AT_WEEKENDS.search(line)
    if weekdays is None or weekend is None or weekend.start() < weekdays.start():
        return None
    if len(line) > _LONGEST_OF_BOTH or times_in(line).per_week:
        return None
    hours = list(_HOURS.finditer(line))
    if len(hours) != 2:
        return None
    day, rest = ((float(each[1]) + float(each[2] or each[1])) / 2 for each in hours)
    days = 2 if hours[1]["each"] or _BOTH.search(line) else 1
    total = round((5 * day + days * rest) * 60)
    return total if 0 < total < _MOST_A_WEEK else None


def _labelled(label: re.Pattern[str], line: str) -> tuple[float, float] | None:
    """`Weekly commitment: 10-15 hours` → (600, 900); only where the hours begin what follows."""
    found = label.search(line)
    if found is None or _BEGINS.match(found["rest"]) is None:
        return None
    return times_in(found["rest"]).minutes


def _weekly_row(line: str) -> int | None:
    """`| **每周总计** | 9小时 |` → 540."""
    if _WEEKLY_ROW.search(line) is None:
        return None
    minutes = times_in(line.replace("|", " ").replace("*", "")).minutes
    return round(middle(minutes)) if minutes and 0 < middle(minutes) < _MOST_A_WEEK else None


def daily_pace_in(lines: list[str]) -> tuple[float, float] | None:
    """Minutes a day, least and most: a line that speaks of the time one has, or says no more, else
    what heads of parts say, if they agree. What a list asks for every day is a task."""
    of_parts: set[tuple[float, float]] = set()
    for line in lines:
        if "|" in line[:2] or len(line) > _LONGEST_LINE:
            continue
        bare = line.replace("**", "").strip(" #>")
        daily = _labelled(_DAILY_LABEL, bare)
        if daily is None and not _LISTED.match(line):
            daily = times_in(bare).per_day
        if daily is None or middle(daily) < _LEAST_A_DAY or middle(daily) > 16 * 60:
            continue
        if unit_of(bare) is not None:
            of_parts.add(daily)
            continue
        if len(bare) < _SHORT or _OF_STUDY.search(bare):
            return daily
    return of_parts.pop() if len(of_parts) == 1 else None
