"""How are days, lengths of time and kinds of work said? In both languages, for every door."""

import datetime
from collections.abc import Callable

from zhixing.records import Entrance, NodeKind, TaskKind
from zhixing.words import Bilingual, Said, say

WEEKDAYS = (
    Bilingual("周一", "Monday"), Bilingual("周二", "Tuesday"), Bilingual("周三", "Wednesday"),
    Bilingual("周四", "Thursday"), Bilingual("周五", "Friday"), Bilingual("周六", "Saturday"),
    Bilingual("周日", "Sunday"),
)  # fmt: skip
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
          "October", "November", "December")  # fmt: skip

KINDS: dict[TaskKind, Said] = {
    "study": say("study"), "lab": say("lab"), "essay": say("essay"), "note": say("note"),
    "quiz": say("quiz"), "project": say("project"), "paper": say("paper"),
    "review": say("review"), "interview": say("interview"),
}  # fmt: skip

COUNTED: dict[NodeKind, Callable[[int], Said]] = {
    "stage": lambda n: say("{n} stages", n=n), "month": lambda n: say("{n} months", n=n),
    "week": lambda n: say("{n} weeks", n=n), "day": lambda n: say("{n} days", n=n),
    "skill": lambda n: say("{n} skills", n=n), "task": lambda n: say("{n} tasks", n=n),
    "resource": lambda n: say("{n} resources", n=n), "project": lambda n: say("{n} projects", n=n),
    "criterion": lambda n: say("{n} criteria", n=n),
    "milestone": lambda n: say("{n} milestones", n=n),
    "rule": lambda n: say("{n} rules", n=n), "note": lambda n: say("{n} notes", n=n),
}  # fmt: skip
"""How the parts of a route are counted; filled by `counted`."""
ONE: dict[NodeKind, Said] = {
    "stage": say("1 stage"), "month": say("1 month"), "week": say("1 week"), "day": say("1 day"),
    "skill": say("1 skill"), "task": say("1 task"), "resource": say("1 resource"),
    "project": say("1 project"), "criterion": say("1 criterion"),
    "milestone": say("1 milestone"), "rule": say("1 rule"), "note": say("1 note"),
}  # fmt: skip

FIELDS: dict[str, Said] = {
    "python": say("Python"), "data": say("data"), "math": say("mathematics"),
    "ml": say("machine learning"), "dl": say("deep learning"), "nlp": say("natural language"),
    "transformer": say("transformers"), "llm-ft": say("fine-tuning"),
    "llm-app": say("applications of language models"), "rag": say("retrieval"),
    "serving": say("serving"), "inference": say("inference"), "mlops": say("operations"),
    "cv": say("vision"), "rl": say("reinforcement learning"), "safety": say("safety"),
    "engineering": say("engineering"), "career": say("career"),
}  # fmt: skip
"""What the fields of skills and labs are called."""

RESOURCE_KINDS: dict[str, Said] = {
    "video": say("video"), "course": say("course"), "book": say("book"), "docs": say("docs"),
    "paper": say("paper"), "code": say("code"), "community": say("community"),
    "platform": say("platform"),
}  # fmt: skip
LANGUAGE_NAMES: dict[str, Said] = {
    "zh": say("Chinese"), "en": say("English"), "en, zh": say("English and Chinese"),
    "zh, en": say("Chinese and English"), "zh; also en": say("Chinese, also English"),
    "en, zh subtitles": say("English, Chinese subtitles"),
    "en, subtitles in several languages": say("English, subtitles in several languages"),
    "en; translated into zh": say("English, translated into Chinese"),
    "en; community translation into zh": say("English, with a Chinese translation by readers"),
    "en; translated into zh in print": say("English, the Chinese edition in print"),
    "en; zh edition in print": say("English, the Chinese edition in print"),
    "en; README also in zh": say("English, README also in Chinese"),
    "en, zh README": say("English, README also in Chinese"),
    "en; partly zh": say("English, partly Chinese"),
    "en; translations linked": say("English, translations linked"),
    "en and others": say("English and others"),
}  # fmt: skip
"""What packs write of the language of a resource, in words; anything else is shown as written."""

DIRECTIONS: dict[str, Said] = {
    "cv": say("pictures (CV)"), "nlp": say("language (NLP)"), "llm": say("large models (LLM)"),
    "rl": say("decisions (RL)"), "tabular": say("tables"), "recsys": say("recommenders"),
    "graph": say("graphs"), "timeseries": say("time series"),
}  # fmt: skip

ENTRANCES: dict[Entrance, Said] = {
    "nothing": say("from nothing"), "code": say("you write code"),
    "deep-learning": say("basics of deep learning"),
}  # fmt: skip
"""What a route takes for granted, in a few words."""


def counted(kind: NodeKind, n: int) -> Said:
    """8 weeks · 8 周; 1 week · 1 周"""
    return ONE[kind] if n == 1 else COUNTED[kind](n)


def duration(minutes: int) -> Bilingual:
    """1 h 40 min · 1 小时 40 分钟; whole hours without minutes."""
    hours, rest = divmod(minutes, 60)
    en = [f"{hours} h"] * bool(hours) + [f"{rest} min"] * bool(rest or not hours)
    zh = [f"{hours} 小时"] * bool(hours) + [f"{rest} 分钟"] * bool(rest or not hours)
    return Bilingual(" ".join(zh), " ".join(en))


def weekday(on: datetime.date) -> Bilingual:
    return WEEKDAYS[on.weekday()]


def day_month(on: datetime.date) -> Bilingual:
    """7 Dec · 12月7日: short, for tables."""
    return Bilingual(f"{on.month}月{on.day}日", f"{on.day} {MONTHS[on.month - 1][:3]}")


def near_date(on: datetime.date, today: datetime.date) -> Bilingual:
    """7 Dec · 12月7日; with its year if that is another than today's: 2 Jan 2027 · 2027年1月2日."""
    short = day_month(on)
    if on.year == today.year:
        return short
    return Bilingual(f"{on.year}年{short.zh}", f"{short.en} {on.year}")


def long_date(on: datetime.date) -> Bilingual:
    """Monday 7 December 2026 · 2026年12月7日 周一"""
    name = weekday(on)
    return Bilingual(
        f"{on.year}年{on.month}月{on.day}日 {name.zh}",
        f"{name.en} {on.day} {MONTHS[on.month - 1]} {on.year}",
    )


def days_between(first: datetime.date, last: datetime.date) -> Bilingual:
    """7–13 Dec · 12月7–13日: the days of a week, short."""
    a, b = day_month(first), day_month(last)
    if first.month == last.month:
        return Bilingual(f"{first.month}月{first.day}–{last.day}日", f"{first.day}–{b.en}")
    return Bilingual(f"{a.zh}–{b.zh}", f"{a.en} – {b.en}")
