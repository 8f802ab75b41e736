"""Which patterns do labels of units have? `Week 5–6`, `第 1、2 周`, `月 1–3`, `Phase II`."""

from zhixing.records import NodeKind
from zhixing.roadmap.numerals import CHINESE, DIGITS, ENGLISH, ORDINAL, ROMAN

_SIGN = r"(?:-|–|—|－|~|～|〜|−|\+)"
_WORD = r"(?:至|到|\bto\b|\bthrough\b|&|\band\b|、|,|和|与|/)"
_DASH = rf"(?:{_SIGN}|{_WORD})"
# "Week 5 - 2 ways to …" is week 5: a dash between spaces joins numbers only before an end.
_ENDS = r"(?=\s*(?:$|[:：·（(|｜,，\]）)]|\d*\s*(?:周|週|天|日|个?月)))"
# `Week 5, 6, 7, 8` and `第1、2、3周`: what stands between the first and the last.
_BETWEEN = r"(?:\s*[,，、]\s*\d{1,3}(?=\s*(?:[,，、&]|and\b|和)\s*\d))*"
_LATIN = rf"(?:{DIGITS}|{ENGLISH})"
_HAN = rf"(?:{DIGITS}|{CHINESE})"
END = (
    r"(?P<end>/\d+\b\s*[:：|-]?\s*|\s*[/,，]\s*|\s*[:：|｜丨·•、－—–→.]+\s*|\s+-+>?\s+|-(?=\s)"
    r"|\s*(?=[(（\[【])|\s+|$|(?=[\u4e00-\u9fff]))"
)
_STAGE_NUMBER = rf"(?:\d{{1,3}}(?:\.\d{{1,2}})?|{ENGLISH}|{ROMAN}|[A-H])"
_MORE = rf"(?:\s*(?:{_SIGN}|&|/|[至到、和])\s*(?P<m>{_HAN})(?!\w|\.\w))?"  # `Phase 5-6`

_STRONG = r"stages?|phases?"
_WEAK = (r"parts?|modules?|levels?|steps?|semesters?|terms?|quarters?|years?|tracks?|tiers?|blocks?"
         r"|units?|sprints?|milestones?|chapters?|seasons?|courses?|cycles?|iterations?"
         r"|volumes?")  # fmt: skip
_STRONG_HAN = "阶段|階段"
_WEAK_HAN = "模块|模塊|部分|单元|單元|步|学期|學期|季度|年|篇|级|級|关|關|轮|輪|章|季|卷"
HOLDERS = frozenset(
    {"chapter", "season", "course", "cycle", "iteration", "volume", "章", "季", "卷"}
)
"""Parts that are stages only where they hold weeks or days: a book, too, has chapters."""


def _latin(words: str) -> str:
    return (
        rf"(?:{words})\s*(?:[#:_.-]|no\.?(?=\s?\d)|number)?\s*0*(?P<a>{_LATIN})(?:-?[a-d](?!\w))?(?![\d.]\d){_BETWEEN}"
        rf"(?:(?:{_SIGN}|\s*{_SIGN}\s*(?=(?:{words})\s*{_LATIN})|\s*{_WORD}\s*|\s+{_SIGN}\s+(?=(?:(?:{words})\s*)?{_LATIN}{_ENDS}))"
        rf"(?:(?:{words})\s*)?0*(?P<b>{_LATIN})(?!\d))?(?![A-Za-z%])"
    )


def _han(words: str) -> str:
    return (
        rf"第\s*(?P<a>{_HAN})\s*(?:{words})?{_BETWEEN}(?:\s*{_DASH}\s*(?:第\s*)?(?P<b>{_HAN}))?\s*(?:{words})"
        r"(?!后|内|前|时|中旬|底)"
    )


def _ordinal(word: str) -> str:
    """`the first week`, `FirstWeek`, `ThirteenWeek`; `thirteen weeks` is a length."""
    return (
        rf"(?:the\s+)?(?P<a>{ORDINAL}|{ENGLISH}(?={word}(?![A-Za-z])))"
        rf"(?:\s*(?:and|&|to|through|-|–)\s*(?P<b>{ORDINAL}))?[\s_-]*{word}s?(?![A-Za-z])"
    )


SPANS: tuple[tuple[NodeKind, str], ...] = (
    ("week", _latin("weeks?|wks?|wk|weekends?")),
    ("week", r"W\s?0*(?P<a>\d{1,2})(?:\s*[-–—~～]\s*W?0*(?P<b>\d{1,2}))?(?![\w.])"),
    ("week", _han("周|週|[个個]?星期|[个個]?[礼禮]拜")),
    ("week", rf"(?<!每)[周週]\s*(?P<a>{DIGITS})(?:\s*{_DASH}\s*[周週]?\s*(?P<b>{DIGITS}))?(?!\d)"),
    ("day", _latin("days?")),
    ("day", r"D\s?0*(?P<a>\d{1,3})(?:\s*[-–—~～]\s*D?0*(?P<b>\d{1,3}))?(?![\w.])"),
    ("day", _han("天|日")),
    ("day", rf"(?<!每)[天日]\s*(?P<a>{DIGITS})(?:\s*{_DASH}\s*[天日]?\s*(?P<b>{DIGITS}))?(?!\d)"),
    ("month", _latin("months?")),
    ("month", rf"月(?:份|度)?\s*(?P<a>{DIGITS})(?:\s*{_DASH}\s*月?\s*(?P<b>{DIGITS}))?"
              r"(?!\d|\s*[日号])"),
    ("week", _ordinal("week")),
    ("day", _ordinal("day")),
    ("month", _ordinal("month")),
    ("month", _han("[个個]?月")),
)  # fmt: skip
_FEW = rf"(?:{CHINESE}|\d{{1,2}})"
_LATIN_FEW = rf"(?:{ENGLISH}|\d{{1,2}})"
_AFTER = r"(?=\s*(?:[:：(（|｜—–]|-\s|$))"
FIRSTS = (
    rf"前\s*(?P<n>{_FEW})\s*[个個]?(?P<unit>[周週天月]|星期){_AFTER}",
    rf"(?:the\s+)?first\s+(?P<n>{_LATIN_FEW})\s+(?P<unit>week|day|month)s{_AFTER}",
)
"""`前两周：…` is weeks 1 and 2."""
LASTS = (
    rf"(?:最[后後]|[后後])\s*(?P<n>{_FEW})?\s*[个個]?(?P<unit>[周週天月]|星期){_AFTER}",
    rf"(?:the\s+)?(?:final|last)\s+(?:(?P<n>{_LATIN_FEW})\s+)?(?P<unit>week|day|month)s?{_AFTER}",
)
"""`Final week: …` follows the last that has a number."""
COUNTED = (
    r"(?P<a>\d{1,2})\s*(?:[-–—~～至到]|\bto\b)\s*(?P<b>\d{1,2})\s*"
    rf"(?:(?P<unit>[周週天月]|星期|week|day|month)s?|[个個](?P<of>月|星期)){_AFTER}"
)
"""`1-2 周：…` is a length, but above `3-4 周：…` it is weeks 1 and 2."""
KIND_OF: dict[str, NodeKind] = {
    "周": "week", "週": "week", "星期": "week", "week": "week", "天": "day", "day": "day",
    "月": "month", "month": "month",
}  # fmt: skip
STAGES = (
    (True, rf"(?P<word>{_STRONG})\s*[#:-]?\s*(?P<n>{_STAGE_NUMBER}){_MORE}(?!\w|\.\w)"),
    (True, rf"(?P<n>{ORDINAL})\s+(?P<word>{_STRONG})\b"),
    (True, rf"第\s*(?P<n>{_HAN})(?:{_SIGN}|[至到、和])?(?P<m>{_HAN})?\s*(?P<word>{_STRONG_HAN})"),
    (True, rf"(?P<word>{_STRONG_HAN})\s*(?P<n>\d{{1,3}}(?:\.\d{{1,2}})?|{CHINESE}"
           rf"|{ROMAN}(?![A-Za-z])){_MORE}(?!\d)"),
    (False, rf"(?P<word>{_WEAK})\s*[#:-]?\s*(?P<n>{_STAGE_NUMBER}){_MORE}(?!\w|\.\w)"),
    (False, r"(?:20\d\d\s*)?(?P<word>Q)(?P<n>[1-4])(?!\w|\.\w)"),
    (False, rf"(?P<n>{ORDINAL})\s+(?P<word>{_WEAK})\b"),
    (False, rf"第\s*(?P<n>{_HAN})\s*(?P<word>{_WEAK_HAN})"),
    (False, r"(?P<word>[大研])(?P<n>[一二三四])(?:学年|年级|[上下](?:学期|半年)?)?"
            r"(?=\s*(?:[:：（(|｜–—-]|$|\s))"),
    (False, r"(?P<word>模块|模塊|单元|單元|部分|级别|等级|里程碑)\s*"
            rf"(?P<n>\d{{1,3}}|{CHINESE})(?!\d)"),
)  # fmt: skip
