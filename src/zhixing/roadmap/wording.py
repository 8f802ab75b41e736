"""Which words does a roadmap use? Kinds, marks, hours and headings in Chinese and English.

Compiling reads with these tables and printing writes with them, so that the two cannot drift apart.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from zhixing.records import NodeKind, TaskKind
from zhixing.words import Language, Said, say

SCHEMES = ("skill", "res", "lab", "quiz", "paper", "project", "brief", "reading", "milestone",
           "rule")  # fmt: skip

KIND_LABELS: dict[Language, dict[TaskKind, str]] = {
    "en": {kind: kind.capitalize() for kind in get_args(TaskKind)},
    "zh": {
        "study": "学习", "lab": "实验", "essay": "短文", "note": "笔记", "quiz": "测验",
        "project": "项目", "paper": "论文", "review": "复习", "interview": "面试",
    },
}  # fmt: skip
KIND_WORDS: dict[str, TaskKind] = {
    word.lower(): kind for labels in KIND_LABELS.values() for kind, word in labels.items()
}
# What a first link says about its task when no word does.
KIND_OF_SCHEME: dict[str, TaskKind] = {
    "skill": "study", "res": "study", "brief": "study", "reading": "study", "lab": "lab",
    "quiz": "quiz", "paper": "paper", "project": "project", "milestone": "project",
}  # fmt: skip

MARK_WORDS = {
    "optional": "optional", "选做": "optional", "可选": "optional", "选修": "optional",
    "weekly": "weekly", "every week": "weekly", "每周": "weekly",
    "daily": "daily", "every day": "daily", "每天": "daily", "每日": "daily",
    "morning": "morning", "早上": "morning", "上午": "morning",
    "afternoon": "afternoon", "下午": "afternoon",
    "evening": "evening", "晚上": "evening",
    "core": "core", "核心": "core",
    "monthly": "monthly", "every month": "monthly", "每月": "monthly",
    "estimated": "estimated", "估计": "estimated",
}  # fmt: skip

NODE_NAMES: Mapping[NodeKind, Said] = {
    "route": say("route"), "stage": say("stage"), "month": say("month"), "week": say("week"),
    "day": say("day"), "skill": say("skill"), "task": say("task"), "resource": say("resource"),
    "project": say("project"), "criterion": say("criterion"), "milestone": say("milestone"),
    "rule": say("rule"), "note": say("note"),
}  # fmt: skip

SECTION = "section"  # the mark of a note that stands as a heading

_AFTER_KIND = r"(?:\s*[:：]\s*|\s*(?=\[))"
_KIND_WORD = re.compile(rf"({'|'.join(map(re.escape, KIND_WORDS))}){_AFTER_KIND}", re.IGNORECASE)
_RECURRING = re.compile(
    r"(每周|每天|每日|每月|every week|weekly|every day|daily|every month|monthly)\s*[:：]\s*", re.I
)
_DIRECTION = re.compile(
    r"(?:direction|方向)\s*[:：]\s*([A-Za-z][\w-]{0,40})\s*(?:(?:→|->)|$)", re.I
)
_RULE_WORD = re.compile(r"(?:规则|rule)\s*[:：]\s*", re.I)

MOST_MINUTES = 9999 * 60
_ABOUT = r"(?:about\b|大约|约|~|～|≈)?\s*"
_HOURS = r"(?:(?P<hours>[0-9]{1,4}(?:\.[0-9]{1,2})?)\s*(?:hours?|hrs?|h|个小时|小时))?"
_MINUTES = r"(?:(?P<minutes>[0-9]{1,5})\s*(?:minutes?|mins?|m|分钟|分))?"
_DURATION = re.compile(rf"{_ABOUT}{_HOURS}\s*{_MINUTES}", re.IGNORECASE)

_DASH = r"(?:[-–—－~～〜]|至|到)"
_NUMBER = r"([0-9]{1,4})"
# "Week 5 - 2 ways to …" is week 5: a dash between spaces joins numbers only before an end.
_RANGE = rf"{_NUMBER}(?:{_DASH}{_NUMBER}|\s+{_DASH}\s+{_NUMBER}(?=\s*(?:$|[:：·（(])))?(?![0-9])"
_AFTER = r"(?:\s*[:：·、－—–-]\s*|\s+|(?=[（(])|$)"
_AFTER_WORD = r"(?:\s*[:：·、－—–-]\s*|\s*(?=[（(])|\s*$)"


def _chinese_range(unit: str) -> str:
    return rf"第\s*{_NUMBER}\s*(?:{unit})?(?:\s*{_DASH}\s*(?:第\s*)?{_NUMBER})?\s*{unit}"


_HEADINGS: tuple[tuple[NodeKind, re.Pattern[str]], ...] = (
    ("week", re.compile(rf"weeks?\s*{_RANGE}{_AFTER}", re.I)),
    ("week", re.compile(rf"周\s*{_RANGE}{_AFTER}")),
    ("week", re.compile(rf"{_chinese_range('周')}{_AFTER}")),
    ("month", re.compile(rf"months?\s*{_RANGE}{_AFTER}", re.I)),
    ("month", re.compile(rf"{_chinese_range('个月')}{_AFTER}")),
    ("day", re.compile(rf"days?\s*{_RANGE}{_AFTER}", re.I)),
    ("day", re.compile(rf"{_chinese_range('天')}{_AFTER}")),
)
_WEEKEND = re.compile(rf"(?:weekend|周末){_AFTER_WORD}", re.I)
_MILESTONE = re.compile(rf"(?:milestone|里程碑){_AFTER_WORD}", re.I)
_STAGE_NUMBER = r"([0-9]{1,3}(?:\.[0-9]{1,2})?)"
_STAGE = re.compile(
    rf"(?:(?:stage|phase|阶段)\s*{_STAGE_NUMBER}|第\s*{_STAGE_NUMBER}\s*阶段){_AFTER}", re.I
)
_WEEKS = re.compile(rf"(?:weeks?\s*{_RANGE}|{_chinese_range('周')})", re.I)


@dataclass(frozen=True, slots=True)
class Label:
    """What a heading says it is: its unit, its numbers, and the rest of its words."""

    kind: NodeKind
    rest: str
    first: int | None = None
    last: int | None = None
    number: str = ""


def label_of(heading: str) -> Label | None:
    """The unit a heading names (`Week 5–6 · …`, `第 2–5 天`, `Stage 1: …`), or None."""
    for kind, pattern in _HEADINGS:
        if found := pattern.match(heading):
            first, last = _span(found)
            return Label(kind, heading[found.end() :], first, last)
    if found := _WEEKEND.match(heading):
        return Label("day", heading[found.end() :], 6, 7)
    if found := _MILESTONE.match(heading):
        return Label("milestone", heading[found.end() :])
    if found := _STAGE.match(heading):
        return Label("stage", heading[found.end() :], number=found[1] or found[2])
    return None


def label_text(language: Language, label: Label) -> str:
    """The words of a label, as headings of our own are written: `第 2–5 天`, `Stage 1`."""
    chinese = language == "zh"
    if label.kind == "stage":
        return f"阶段 {label.number}" if chinese else f"Stage {label.number}"
    if label.kind == "milestone":
        return "里程碑" if chinese else "Milestone"
    if (label.first, label.last) == (6, 7) and label.kind == "day":
        return "周末" if chinese else "Weekend"
    span = str(label.first) if label.first == label.last else f"{label.first}–{label.last}"
    if label.kind == "month":
        return f"第 {span} 个月" if chinese else f"Month {span}"
    if label.kind == "week":
        return f"第 {span} 周" if chinese else f"Week {span}"
    return f"第 {span} 天" if chinese else f"Day {span}"


def weeks_in(text: str) -> tuple[int, int] | None:
    """`weeks 1–4` → (1, 4); None if `text` says anything else."""
    found = _WEEKS.fullmatch(text)
    return _span(found) if found else None


def minutes_in(text: str) -> int | None:
    """`1.5 h`, `1 小时 45 分钟`, `40 min` in minutes; None if `text` says anything else."""
    found = _DURATION.fullmatch(text)
    if found is None or (found["hours"] is None and found["minutes"] is None):
        return None
    minutes = round(float(found["hours"] or 0) * 60) + int(found["minutes"] or 0)
    return minutes if minutes <= MOST_MINUTES else None


def duration(minutes: int, language: Language) -> str:
    """`2 h 30 min` or `2 小时 30 分钟`: what `minutes_in` reads back."""
    hours, rest = divmod(minutes, 60)
    hour, minute = ("小时", "分钟") if language == "zh" else ("h", "min")
    parts = [f"{hours} {hour}"] if hours else []
    if rest or not hours:
        parts.append(f"{rest} {minute}")
    return " ".join(parts)


def kind_word(text: str) -> tuple[TaskKind | None, str]:
    """`学习：x` → ("study", "x"); (None, text) if no kind stands before a colon or a link."""
    found = _KIND_WORD.match(text)
    if found is None:
        return None, text
    return KIND_WORDS[found[1].lower()], text[found.end() :]


def recurring_word(text: str) -> tuple[str, str]:
    """`每周：x` → ("weekly", "x"); ("", text) if the line is not about a rhythm."""
    found = _RECURRING.match(text)
    return (MARK_WORDS[found[1].lower()], text[found.end() :]) if found else ("", text)


def direction_word(text: str) -> tuple[str, str]:
    """`direction: cv → x` → ("cv", "x"); ("", text) if the line is not about a direction."""
    found = _DIRECTION.match(text)
    return (found[1], text[found.end() :].strip()) if found else ("", text)


def without_rule_word(text: str) -> str:
    """`规则：x` → `x`."""
    found = _RULE_WORD.match(text)
    return text[found.end() :] if found else text


def language_of(text: str) -> Language:
    """The language a document is mostly written in: Chinese characters against Latin words.

    References and code are Latin in both languages, so a quarter is enough for Chinese.
    """
    chinese = len(re.findall(r"[\u3400-\u9fff]", text))
    latin = len(re.findall(r"[A-Za-z]+", text))
    return "zh" if chinese * 4 > latin else "en"


def _span(found: re.Match[str]) -> tuple[int, int]:
    numbers = [int(number) for number in found.groups() if number]
    return numbers[0], numbers[-1]
