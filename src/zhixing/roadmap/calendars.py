"""Which dates of a document are units of its plan, and which tell what has happened?"""

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise

from zhixing.roadmap.blocks import Block
from zhixing.roadmap.dates import Dates, in_order, may_name_dates
from zhixing.roadmap.phrases import References, phrase
from zhixing.roadmap.roles import PLAN_WORDS
from zhixing.roadmap.statements import lines_of
from zhixing.roadmap.unitwords import Unit, unit_of
from zhixing.roadmap.weekdays import WEEKDAY

CHECKBOX = re.compile(r"\[(?P<mark>[ xX✓✔√]?)\]\s+")
_LOG = re.compile(
    r"更新|日志|历史|动态|新闻|公告|打卡记录|news|change ?log|history|updates?\b|releases?\b|diary"
    r"|journal|\blog\b",
    re.I,
)
_SPEAKS_OF_PLAN = re.compile(
    rf"{PLAN_WORDS.pattern}|学习|复习|安排|日程|备考|课程表|schedule|study|learn|timetable|sprint"
    r"|第\s*[\d一二三四五六七八九十]+\s*[周天]|\bweek\b",
    re.I,
)
_CLOSE_DAYS = 7
_AT_THE_TOP = 20  # a stretch around all others stands above them


@dataclass(slots=True)
class Calendar:
    """`headed`: how many heads are called by dates that count. `items`, `timetabled`: whether dates
    of items count, and single ones with their year. `around_all`: stretches that all others of
    heads stand in."""

    headed: int = 0
    items: bool = False
    timetabled: bool = False
    around_all: set[Dates] = field(default_factory=set)


def calendar_of(
    blocks: list[Block], every: list[Block], references: References, title: str
) -> Calendar:
    """Dates name units where at least two heads of one form and level do, and go forwards."""
    calendar = Calendar()
    listed: dict[tuple[str, int], list[Dates]] = {}
    headed: list[Unit] = []
    news: list[tuple[Unit, bool]] = []
    asking = _above_lists(blocks)
    for block in every:
        if block.form in ("heading", "bold", "item") and may_name_dates(block.text):
            first = next((line for _, line in lines_of(block.text)), "")
            unit = unit_of(phrase(CHECKBOX.sub("", first, count=1), references).text)
            if unit is None or unit.dates is None:
                continue
            if block.form == "item" and is_news(unit):
                news.append((unit, WEEKDAY.search(first[:40]) is not None))
                continue
            headed += [unit] if block.form != "item" else []
            listed.setdefault((block.form, block.level), []).append(unit.dates)
    heads = [title] + [phrase(block.text, references).text for block in every
                       if block.form in ("heading", "bold") and news]  # fmt: skip
    calendar.timetabled = _timetabled(news, heads)
    _join_levels(calendar, headed, listed, asking)
    _settle(calendar, listed, asking)
    return calendar


def _settle(
    calendar: Calendar,
    listed: dict[tuple[str, int], list[Dates]],
    asking: Counter[tuple[str, int]],
) -> None:
    for (form, level), dates in listed.items():
        if len(set(dates)) < 2 or in_order(dates) is None:
            continue
        if form != "item" and asking[form, level] * 2 < sum(each.single for each in dates):
            continue  # a diary: words below the days, and nothing to do
        if form == "item":
            calendar.items = True
        else:
            calendar.headed = len(dates)


def _timetabled(news: list[tuple[Unit, bool]], heads: list[str]) -> bool:
    """Whether items such as `- 2024-08-05 (周一)：…` are days to come and no log: they go forwards,
    close together, in a document that speaks of a plan."""
    dates = [unit.dates for unit, _ in news if unit.dates]
    if len(dates) < 3 or len(set(dates)) < len(dates) or in_order(dates) is None:
        return False
    gaps = sorted((after.first - before.first).days for before, after in pairwise(dates))
    named = sum(weekday for _, weekday in news) * 2 > len(news)
    if not named and gaps[len(gaps) // 2] > _CLOSE_DAYS:
        return False
    if any(_LOG.search(head) for head in heads):
        return False
    return any(_SPEAKS_OF_PLAN.search(head) for head in heads)


def _join_levels(
    calendar: Calendar,
    headed: list[Unit],
    listed: dict[tuple[str, int], list[Dates]],
    asking: Counter[tuple[str, int]],
) -> None:
    """Months on headings of different levels count together; a stretch around all others, as in
    `My roadmap (Sep 2025 – Sep 2026)`, is none of them."""
    inner = [unit.dates for unit in headed if unit.dates]
    for whole in [dates for dates in inner[:_AT_THE_TOP] if not dates.single]:
        others = [dates for dates in inner if dates != whole]
        within = (
            whole.first <= other.first and other.last <= whole.last
            for other in _placed(others, whole)
        )
        if len(set(others)) > 1 and all(within):
            calendar.around_all.add(whole)
    for dates in listed.values():
        dates[:] = [each for each in dates if each not in calendar.around_all]
    groups = {place: dates for place, dates in listed.items() if place[0] == "heading" and dates}
    lone = {place: dates for place, dates in groups.items() if len(set(dates)) < 2}
    months = [unit.dates for unit in headed if unit.dates and unit.dates not in calendar.around_all
              and unit.dates.months]  # fmt: skip
    if len(groups) > 1 and lone and len(set(months)) > 1 and in_order(months):
        for place in groups:
            listed.pop(place)
            asking[("heading", 0)] += asking[place]
        listed[("heading", 0)] = months


def _placed(others: list[Dates], whole: Dates) -> list[Dates]:
    """`others` in the years of `whole`, where they say none."""
    if whole.year:
        return [each if each.year else each.later(whole.first.year - each.first.year)
                for each in others]  # fmt: skip
    return others


def _above_lists(blocks: list[Block]) -> Counter[tuple[str, int]]:
    """How many headings of each form and level have a list or a table right below them."""
    found: Counter[tuple[str, int]] = Counter()
    above: Block | None = None
    for block in blocks:
        if block.form in ("heading", "bold"):
            unit = unit_of(block.text) if above and above.level < block.level else None
            if above and unit and unit.kind in ("week", "day") and not unit.dates:
                found[above.form, above.level] += 1
            above = block
        elif above and block.form in ("item", "table"):
            found[above.form, above.level] += 1
            above = None
    return found


def is_news(unit: Unit) -> bool:
    """`- 2024-05-01: we release …` tells what happened."""
    return unit.dates is not None and unit.dates.single and unit.dates.year
