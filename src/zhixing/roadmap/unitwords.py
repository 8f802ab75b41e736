"""How do people name a unit? `Week 5–6`, `第十二天`, `阶段 1.5`, `Phase II`, `Topic | Day 3`.

A label stands at the beginning of a text, at its end behind a separator, or in a last bracket. A
number before the word (`24 周`, `12 weeks`) is a length and no label.
"""

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from zhixing.records import NodeKind
from zhixing.roadmap.characters import narrow
from zhixing.roadmap.dates import Dates, dates_at
from zhixing.roadmap.labels import (
    COUNTED,
    END,
    FIRSTS,
    HOLDERS,
    KIND_OF,
    LASTS,
    SPANS,
    STAGES,
)
from zhixing.roadmap.leads import without_lead
from zhixing.roadmap.numerals import number_of
from zhixing.roadmap.times import times_in
from zhixing.roadmap.weekdays import WEEKDAY, WEEKEND, weekday_span

DATE = "date"
CHAINED, BRACKETED = "chained", "bracketed"
"""The words of `1-2 周：…` and of `Beginner (Phase 1)`, which count only beside others."""
LAST = "last"
"""The word of a unit that follows those with numbers; its own number says how many it is."""
RANK: dict[NodeKind, int] = {"stage": 1, "month": 2, "week": 3, "day": 4}  # what holds what

_SPAN_RES = tuple((kind, re.compile(p, re.I if "W\\s" not in p and "D\\s" not in p else 0))
                  for kind, p in SPANS)  # fmt: skip
_STAGE_RES = tuple((strong, re.compile(p, re.I)) for strong, p in STAGES)
_COUNTED_RE = re.compile(COUNTED, re.I)
_FIRST_RES = tuple(re.compile(p, re.I) for p in FIRSTS)
_LAST_RES = tuple(re.compile(p, re.I) for p in LASTS)
_MAY_COUNT = frozenset("前最后後fFlLtT")
_WEEK_AND_DAY = re.compile(r"W0?(\d{1,2})\s?[-_./·,]?\s?D0?(\d{1,2})(?![\w.])", re.I)
_END_RE = re.compile(END)
_SEPARATED_RE = re.compile(r"\s*(?:[:：|｜丨→]|[-–—]+>?(?=\s|[\u4e00-\u9fff]|$)|[(（\[【]|$)")
_DATE = (
    r"(?:(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?\s+\d{1,2}(?:st|nd|rd|th)?"
    r"(?:,?\s+20\d\d)?|\d{1,2}\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
    r"|\d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})?|20\d\d-\d\d-\d\d|\d{1,2}\s*月\s*\d{1,2}\s*[日号])"
)
_DATED = re.compile(
    rf"\s*[,，]?\s*(?:[(（]\s*{_DATE}\s*[)）]|{_DATE}(?!\d))(?=\s*(?:[:：–—-]|$))", re.I
)
_WIDE: dict[int, str | None] = {
    **{ord("０") + digit: str(digit) for digit in range(10)},
    **{ord("Ⅰ") + at: str(at + 1) for at in range(12)},
    0xFE0F: None,  # 1️⃣ is 1 and two signs
    0x20E3: None,
}
_NAMED_STAGE = re.compile(
    r"(?!(?:学习|各个?|所有|主要|the|all|learning)\s*(?:阶段|階段|phase|stage))"
    r"(?![^:：]{0,30}(?:\b(?:by|per|for|of|each|every|in|across|the|any|this|next)\s+(?:phase|stage)"
    r"|[各每按分跨本]个?(?:阶段|階段)))"
    r"(?P<name>[^:：|，。,.;；!?]{1,30}?)\s*(?:\b(?:phase|stage)|阶段|階段)\s*(?:[:：(（|–—-].*)?",
    re.I | re.S,
)
_TAIL = re.compile(
    r"^(?P<rest>.*\S)\s*(?:[|丨·]|[—–](?!\d)|\s-|[:：])\s*(?P<label>(?:[^|丨·—–:：]|[—–](?=\d)){2,24})$",
    re.S,
)
_BRACKET = re.compile(r"[(（\[【]\s*(?P<inner>[^()（）\[\]【】]{1,60})\s*[)）\]】]")
# Looking for words one by one is five times as fast as one pattern for all.
_UNIT_NAMES = (
    "stage phase part module level step semester term quarter year track tier block unit sprint"
    " chapter season course cycle iteration volume milestone wk week day mon tue wed thu fri sat"
    " sun jan feb mar apr may jun jul aug sep oct nov dec 周 週 天 日 月 第 星期 礼拜 阶段 階段"
    " 模块 模塊 单元 單元 级别 等级 里程碑"
)
_NAMES = tuple(_UNIT_NAMES.split())
_NUMBERS = re.compile(
    r"[wdq0-9大研](?:(?<=[大研])[一二三四]|(?<=[wd])\s?[\d０-９]|(?<=q)[1-4]|(?<=2)0\d\d|(?<=\d)/\d"
    r"|(?<=\d)\.\d{1,2}\s?[-–—~～至])"
)
_BETWEEN = re.compile(r"\.?\s*[,，、]?\s*[(（]?(?=[\dA-Z一二三四五六七八九十])", re.I)
_OF_TOTAL = re.compile(r"\s*(?:/|of)\s*\d{1,3}\b(?!\s*[-–—~]\s*\d)", re.I)
_LEADING_BRACKET = re.compile(r"[(（\[【]([^()（）]{1,60})[)）\]】]\s*(?:[:：·–—-]\s*|$)")
_NO_UNIT_AFTER = re.compile(
    r"\s*(?:checkpoints?|templates?|summary|summaries|recap|overview|retrospective|检查点|模板"
    r"|小结|总结|复盘|概览|总览)\s*[:：]?$",
    re.I,
)
_PROSE = re.compile(r"(?:of|in|was|is|were|are|has|had|at|i)\b")
_CODED = re.compile(r"[WD]\s?\d|(?i:week|day|month|phase|stage)[-_]\d")  # W3, day-1, Week_02
_CHECKPOINT = re.compile(r"checkpoint|检查点|template|模板", re.I)


@dataclass(frozen=True, slots=True)
class Unit:
    """A label: which unit, its numbers, the words without it. A stage's number is text ("1.5");
    `word` is what it calls itself, "" for words that always name a stage; `separated`: a sign or
    nothing follows the label, as nobody writes in prose."""

    kind: NodeKind
    rest: str
    first: int | None = None
    last: int | None = None
    number: str = ""
    word: str = ""
    separated: bool = True
    place: Literal["head", "tail", "bracket"] = "head"
    weekday: bool = False
    dates: Dates | None = None
    """What it is called by instead of a number; `word` is DATE then."""


def _may_name(lower: str) -> bool:
    """A cheap test: False where no label can stand in `lower`."""
    for name in _NAMES:
        if name in lower:
            return True
    return _NUMBERS.search(lower) is not None


@lru_cache(maxsize=4096)
def unit_of(text: str) -> Unit | None:
    """The unit that a heading, an item's head or a cell names; None if it names none."""
    text = narrow(text)
    if not _may_name(text.lower()):
        return None
    bare = without_lead(text.translate(_WIDE))
    if coded := _WEEK_AND_DAY.match(bare):
        bare = f"Week {coded[1]}, Day {coded[2]}{bare[coded.end() :]}"
    unit = _at_head(bare)
    if unit is None or unit.word in HOLDERS:  # `Chapter 1 (Week 1)` is week 1
        unit = _at_tail(bare) or _in_bracket(bare) or unit
    if unit is None or _CHECKPOINT.match(unit.rest):
        return None
    if not unit.weekday and unit.word != LAST and _NO_UNIT_AFTER.fullmatch(unit.rest):
        return None  # `Week 3 recap` is none; `Sunday: recap` says what that day is for
    if unit.first is not None and unit.last is not None and unit.last - unit.first > 400:
        return None
    return unit


def span_in(text: str, kind: NodeKind) -> tuple[int, int] | None:
    """The numbers of the first `kind` named in `text`: `（第1-4周）` → (1, 4)."""
    for known, pattern in _SPAN_RES:
        if known == kind and (found := pattern.search(text)):
            return _numbers(found)
    return None


def _at_head(text: str) -> Unit | None:
    for kind, pattern in _SPAN_RES:
        if found := pattern.match(text):
            span = _numbers(found)
            return span and _headed(Unit(kind, "", *span), text, found.end())
    if counted := _counted(text):
        return counted
    for strong, pattern in _STAGE_RES:
        if found := pattern.match(text):
            word = "" if strong else found["word"].lower().rstrip("s")
            named: NodeKind = "milestone" if word in ("milestone", "里程碑") else "stage"
            unit = Unit(named, "", number=_stage_number(found["n"]), word=word)
            return _headed(unit, text, found.end())
    for pattern in (WEEKDAY, WEEKEND):
        if found := pattern.match(text):
            days = weekday_span(text)
            if days and (both := _weekday_and_date(days, text, found.end())):
                return both
            return days and _headed(Unit("day", "", *days, weekday=True), text, found.end())
    return _without_number(text)


def _without_number(text: str) -> Unit | None:
    """A unit by its dates, by the length that goes on where others end, or by its name."""
    if dated := dates_at(text):
        return _dated(*dated, text)
    if (found := _COUNTED_RE.match(text)) and int(found["a"]) < int(found["b"]):
        kind = KIND_OF[(found["unit"] or found["of"]).lower()]
        return _headed(Unit(kind, "", int(found["a"]), int(found["b"]), word=CHAINED),
                       text, found.end())  # fmt: skip
    if found := _NAMED_STAGE.fullmatch(text):
        return Unit("stage", text, word="named")
    return None


def _counted(text: str) -> Unit | None:
    """`First two weeks: …` are weeks 1 and 2, `Final week: …` follows others."""
    if text[:1] not in _MAY_COUNT:
        return None
    for pattern in _FIRST_RES:
        if found := pattern.match(text):
            return _headed(Unit(KIND_OF[found["unit"].lower()], "", 1, number_of(found["n"])),
                           text, found.end())  # fmt: skip
    for pattern in _LAST_RES:
        if found := pattern.match(text):
            count = str(number_of(found["n"]) or 1) if found["n"] else "1"
            return _headed(Unit(KIND_OF[found["unit"].lower()], "", number=count, word=LAST),
                           text, found.end())  # fmt: skip
    return None


def _dated(dates: Dates, end: int, text: str) -> Unit | None:
    """`7月1日–7月15日：基础`, `September 2025`; a month before other words is none (`May I …`)."""
    label = text[:end].rstrip()
    separated = end == len(text) or label[-1:] in ":：|｜丨·•、，,—–-" or text[end] in "(（[【"
    if dates.months and not (separated or dates.year or "月" in label):
        return None
    rest = _unbracketed(text[end:].strip())
    inner = None if dates.months else _at_head(rest)
    if inner and inner.first is not None and not inner.weekday and inner.dates is None:
        return inner  # `Sep 1–7: Week 1` has a number
    kind: NodeKind = "week" if dates.week else "month" if dates.months else "day"
    return Unit(kind, rest, number=f"{dates.first}–{dates.last}",
                word=DATE, separated=separated, dates=dates)  # fmt: skip


def _weekday_and_date(days: tuple[int, int], text: str, at: int) -> Unit | None:
    """`Monday, Aug 5: …`, `周一 8月5日`: in a week its Monday, elsewhere the date."""
    begin = _BETWEEN.match(text, at)
    dated = dates_at(text[begin.end() :]) if begin else None
    if begin is None or dated is None or not dated[0].single or dated[0].months:
        return None
    unit = _dated(*dated, text[begin.end() :])
    return unit and replace(unit, first=days[0], last=days[1], word="", weekday=True)


def by_date(unit: Unit) -> Unit:
    """`unit` called by its date where it is also called by its weekday."""
    both = unit.weekday and unit.dates is not None
    return replace(unit, first=None, last=None, word=DATE, weekday=False) if both else unit


def _headed(unit: Unit, text: str, at: int) -> Unit | None:
    if dated := _DATED.match(text, at):  # `Monday, August 19, 2024: …`
        text = text[:at] + text[dated.end() :]
    if total := _OF_TOTAL.match(text, at):  # `Day 3 of 30: …`
        text = text[:at] + text[total.end() :]
    end = _END_RE.match(text, at)
    if end is None:
        return None
    coded = _CODED.match(text) is not None
    separated = coded or _SEPARATED_RE.match(text, at) is not None
    rest = _unbracketed(text[end.end() :].strip())
    if not separated and unit.kind in ("month", "week") and (inner := _at_head(rest)):
        separated = inner.separated and RANK[inner.kind] > RANK[unit.kind]  # `Week 1, Day 2: …`
    if not separated and _PROSE.match(text, end.end()):
        return None
    return Unit(unit.kind, rest, unit.first, unit.last, unit.number,
                unit.word, separated, "head", unit.weekday)  # fmt: skip


def _unbracketed(rest: str) -> str:
    """`（周一）：看视频` → 看视频, `（矩阵分解）` → 矩阵分解."""
    found = _LEADING_BRACKET.match(rest)
    if found is None:
        return rest
    after = rest[found.end() :].strip(" -–—")
    if times_in(found[1]).total:
        return after or rest
    return after if after and weekday_span(found[1]) else rest if after else found[1].strip()


def _at_tail(text: str) -> Unit | None:
    tail = _TAIL.match(text) if len(text) < 400 else None
    if tail is None:
        return None
    unit = _at_head(tail["label"].strip())
    if unit is None or unit.rest or unit.weekday or unit.word:
        return None
    return Unit(unit.kind, tail["rest"].strip(), unit.first, unit.last, unit.number, place="tail")


def _in_bracket(text: str) -> Unit | None:
    for found in _BRACKET.finditer(text[:400]):
        unit = _at_head(found["inner"].strip())
        if unit and unit.dates and not unit.dates.single and not unit.rest:
            rest = " ".join((text[: found.start()] + " " + text[found.end() :]).split())
            return replace(unit, rest=rest, place="bracket") if rest else None
        if unit and not unit.weekday and not unit.word:
            rest = " ".join((text[: found.start()] + " " + text[found.end() :]).split())
            word = BRACKETED if unit.kind == "stage" else ""
            if rest and len(unit.rest) < 16:
                return Unit(unit.kind, rest, unit.first, unit.last, unit.number, word,
                            place="bracket")  # fmt: skip
    return None


def _numbers(found: re.Match[str]) -> tuple[int, int] | None:
    first = number_of(found["a"])
    last = number_of(found["b"]) if found["b"] else first
    if first is None or last is None:
        return None
    if "/" in found[0] and last > first + 1:
        return first, first  # `Day 3/30` is one of thirty
    return (first, last) if first <= last else (last, first)


def _stage_number(word: str) -> str:
    number = number_of(word)
    return word.upper() if number is None else str(number)
