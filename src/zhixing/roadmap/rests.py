"""Which lines ask for nothing because they are rest? `Day 4: OFF`, `缓冲周`: days and weeks that an
author keeps free."""

import re
import unicodedata

_REST = (
    r"(?:rest(?:ing)?|off|breaks?|holidays?|vacation|buffer|catch[- ]?up|recharge|relax(?:ation)?"
    r"|recovery|free|spare|flex(?:ible)?|slack)"
)
_AROUND = (
    r"(?:day|week|weekend|time|period|evening|only|fully|full|complete(?:ly)?|take|have|enjoy|a|an"
    r"|the|your|well|and|or|no|study|studying|work|tasks?|planned|plans|from|of|class(?:es)?"
    r"|lectures?|lessons?|sessions?|spring|summer|autumn|fall|winter|christmas|new year|public)"
)
_WORDS = re.compile(rf"(?:(?:{_REST}|{_AROUND})(?:s|\b)\W*)+", re.I)
_ALONE = re.compile(
    r"(?:(?:rest(?:ing)?|off|break|holidays?|vacation|buffer|catch[- ]?up|recharge|relax)\b\W*)+",
    re.I,
)
_NOTHING = r"\bno (?:study|studying|work|tasks?|class(?:es)?|lectures?|lessons?|sessions?)\b"
_TWO = re.compile(
    rf"{_REST}\W+(?:days?|weeks?|weekend|time|period|evening)\b|\b(?:day|week|time)s? off\b"
    r"|\b(?:take|have|enjoy) (?:a |the |your )?(?:break|rest|day|week)\b"
    r"|\b(?:spring|summer|autumn|fall|winter|christmas|public) (?:break|holidays?|vacation)\b"
    rf"|{_NOTHING}",
    re.I,
)
_ZH_REST = (
    r"(?:休息|休整|放假|假期|放松|缓冲|机动|自由(?:安排|活动|时间)|空闲|留白|弹性"
    r"|无(?:安排|任务|课)|不(?:学习|上课)|停课)"
)
_ZH_AROUND = (
    r"(?:春节|国庆|五一|元旦|中秋|端午|清明|寒假|暑假|节|日|天|周|期|时间|与|和|及|或|全天|完全"
    r"|适当|好好|充分|一下|调整|一天|半天|当天|周末)"
)
_ZH = re.compile(
    rf"(?:(?:{_ZH_REST}|{_ZH_AROUND})\W*)*{_ZH_REST}(?:(?:{_ZH_REST}|{_ZH_AROUND})\W*)*"
)
_ZH_ALONE = re.compile(rf"(?:休息|放假|休整|自由安排|{_ZH_REST}(?:日|天|周|期|时间))\W*")
_MAY_BE = re.compile(
    "rest|off|break|holiday|vacation|buffer|catch|rechar|relax|recover|free|spare|flex|slack|no "
    "|休|放[假松]|假期|缓冲|机动|自由|空闲|留白|弹性|无|不学习|不上课|停课"
)
_SLOT = re.compile(
    r"(?:mornings?|afternoons?|evenings?|nights?|上午|中午|下午|晚上|晚间|(?:周|星期)[一二三四五六日天]"
    r"|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?s?"
    r"|\d{1,2}:\d\d\s?[-–—~～]\s?\d{1,2}:\d\d)\s*(?:[(（][^()（）]{1,12}[)）]\s*)?(?:[:：→]|-+>|\s[-–—]\s)",
    re.I,
)
_LONGEST = 80
_HEAD = re.compile(r"[:：（(—–]|\s-\s")


def is_rest(title: str, *, whole: bool) -> bool:
    """Whether words say nothing but rest. `whole`: they are all that a day or a week has; of one
    line among others more is asked, for `break` and `REST` are also things to learn."""
    if len(title) > _LONGEST or _MAY_BE.search(title.lower()) is None:
        return False
    words = _plain(title)
    if slot := _SLOT.match(words):  # `Evening → Rest`
        return _says_rest(_plain(words[slot.end() :]), whole=True)
    head = _plain(_HEAD.split(words, maxsplit=1)[0])
    return any(_says_rest(each, whole) for each in dict.fromkeys((words, head)) if each)


def _says_rest(words: str, whole: bool) -> bool:
    if words in ("REST", "BUFFER", "FLEX"):
        return False  # an interface, a piece of memory, a layout
    if _ZH.fullmatch(words):
        return whole or _ZH_ALONE.fullmatch(words) is not None
    if _WORDS.fullmatch(words) and _TWO.search(words):
        return True
    return whole and _ALONE.fullmatch(words) is not None


def _plain(title: str) -> str:
    return title.strip("".join(c for c in title if unicodedata.category(c)[0] in "SPZCM"))
