"""What stands before the words of a head? Pictures, `3.`, `一、`, `【…】`: signs and counters."""

import re

_LEAD = re.compile(r"^(?:[^\w\s(（《<\"“'第\[]|[\ufe0f\u200d\u20e3]|\s|(?<=\s)-)+")
_BOX = re.compile(r"^\[[ xX]\]\s+")
_FRAMED = re.compile(r"^\W{0,4}[【\[]([^【】\[\]]{1,24})[】\]](?!\()\s*(?=\S)(.*)", re.S)
_COUNTER = re.compile(
    r"^(?:\d{1,2}(?:\.\d{1,2})*\s*[.)）、](?!\d)\s*|\d{1,2}(?:\.\d{1,2})+\s+(?=[^\d\s])"
    r"(?!(?:h|hrs?|hours?|min(?:ute)?s?|days?|weeks?|months?|years?)\b|个|小时|天|周|月|倍)"
    r"|\d{1,2}\s+(?=阶段|階段|第|phase\b|stage\b)|[一二三四五六七八九十]{1,3}、\s*"
    r"|[（(][\d一二三四五六七八九十]{1,2}[)）]\s*)",
    re.IGNORECASE,
)
OWN_LINE = re.compile(
    r"(?:(?:weekly|every week|daily|every day|monthly|每周|每星期|每天|每日|每月)"
    r"\s*[:：]\s*[^\s\d~约]"
    r"|(?:(?:mini|final|capstone)[ -])?project\s*[:：]|(?:小|大|实战|综合)?项目\s*[:：]"
    r"|(?:完成标准|验收标准)\s*[:：])",
    re.I,
)
"""Right under a list, at the margin: an item of its own, no more words of the one above."""


def without_lead(text: str) -> str:
    """`text` without what stands before its words: pictures, `3.`, `一、`."""
    if text[:1].isalpha() and text[0] not in "一二三四五六七八九十":
        return text
    text = _BOX.sub("", text, count=1) if text[:1] == "[" else text
    bare = _LEAD.sub("", _FRAMED.sub(r"\1：\2", text, count=1), count=1)
    return _LEAD.sub("", _COUNTER.sub("", bare, count=1), count=1) or bare or text.strip()


def enumerated(text: str) -> bool:
    """Whether a heading counts itself: `一、…`, `3. …`."""
    return bool(_COUNTER.match(_LEAD.sub("", text, count=1)))
