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
_BEGINS = re.compile(r"(?:about|around|约|大约|[~≈～])?\s*\d", re.I)
_LISTED = re.compile(r"\s*(?:[-*+]|\d{1,3}[.)、])\s")
_SHORT, _LEAST_A_DAY = 40, 30


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
        times = times_in(bare)
        if times.per_week or (times.per_day and times.days_a_week):
            said = times.weekly
            return round(middle(said)) if said and middle(said) < _MOST_A_WEEK else None
    return None


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
    """Minutes a day, least and most: a line that speaks of the time one has, or says no more. What
    a list asks for every day is a task."""
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
            continue
        if len(bare) < _SHORT or _OF_STUDY.search(bare):
            return daily
    return None
