"""What does one line of a stranger's list say? Its head, words, links, stars, time and marks."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from zhixing.records import Link
from zhixing.roadmap.leads import without_lead
from zhixing.roadmap.phrases import Phrase, phrase
from zhixing.roadmap.times import (
    NO_TIMES,
    Times,
    bracketed,
    ending,
    in_sittings,
    speaks_of_time,
    times_in,
)
from zhixing.roadmap.unitwords import unit_of
from zhixing.roadmap.wording import kind_word

_CHECKBOX = re.compile(r"\s*\[(?P<mark>[ xX✓✔√]?)\](?:\s+|$)")
_TICK = re.compile(r"\s*(?:✅|☑️?|✔️?)\ufe0f?\s*")
_BOX = re.compile(r"\s*(?:☐|⬜|□|🔲|❌)\ufe0f?\s*")
_DONE_END = re.compile(
    r"[\s,，:：(（\[-]*(?:✅|☑️?|✔️?|(?<![A-Za-z])OK|(?:已|学)(?:经)?(?:完成|学完|学会|掌握|看完"
    r"|读完|完)了?"
    r"|\((?:done|completed|finished)\)|[-–—:]\s*(?:done|completed"
    r"|finished))\ufe0f?[)）\]]?[\s.。!！]*$",
    re.IGNORECASE,
)
_RUN = r"(?:⭐️?|★|🌟|☆)(?:\s?(?:⭐️?|★|🌟|☆)){0,9}"
_STARS = re.compile(rf"\s*(?:[(（\[]\s?(?P<in>{_RUN})\s?[)）\]]|(?P<out>{_RUN}))")
_OPTIONAL = re.compile(r"(?:optional|选做|可选|选修|选学|bonus)(?![A-Za-z])", re.IGNORECASE)
_OPTIONAL_PART = re.compile(
    r"(?<=\S)\s*[(（\[【](?:optional|bonus|选做|可选|选修|选学)\s*[:：]\s*\w[^()（）\[\]【】]*"
    r"[)）\]】]",
    re.I,
)  # only what the bracket names may be left out: `boosting (optional: its paper)`
_CLOCK_END = re.compile(r"(?<!\d)(\d{1,2}:[0-5]\d\s?(?:hours?|hrs?|h|个?小时))\W*$", re.I)
_TAIL = re.compile(r"(?<![(（\[【])[-–—:：,，|]\s*([^-–—:：,，|]{1,24})$")
_MAY_END_DONE = re.compile(r"[✅☑✔完会握]|ok|done|finished", re.IGNORECASE)
_STAR = re.compile("[⭐★🌟☆]")
_BRACKET = re.compile(r"[(（\[【]([^()（）\[\]【】]{1,60})[)）\]】]")
_BOLD_HEAD = re.compile(
    r"^[^\w\s*_(（《\[]{0,6}\s*(?P<b>\*\*|__|\*|_)(?=\S)"
    r"(?P<head>(?:(?!(?P=b))[^\n]){1,120}?)(?P=b)(?P<rest>[^\n]*)",
    re.S,
)
_PLAIN_HEAD = re.compile(
    r"^(?P<head>[^:：。！？!?\n\[\]<>`/]{1,40}?)\s*(?:：|:(?=\s|$|[\u4e00-\u9fff\[]))(?P<rest>.*)$",
    re.S,
)
_HARD_BREAKS = ("  ", "\\", "<br>", "<br/>", "<br />", "<BR>")
_TAG = re.compile(r"</?[a-zA-Z]{1,10}(?:\s[^<>]{0,200})?>")
_STRUCK = re.compile(r"\s*~~(?:(?!~~).)+~~\W*", re.S)
_STEP = re.compile(r"(?<!\s)\s{1,8}(?:-{1,4}>|={1,4}>|→|➜|➡️?)\s{1,8}")
_ARROWS = frozenset("→➜➡")
_NEW_LINE = re.compile(r"<br|[•·▪◦‣●○]|\d{1,2}[.)、]\s|[^\w\s\[(（《“\"'<*_`]", re.I)
_HAN = re.compile(r"[\u4e00-\u9fff]")
_RHYTHM = re.compile(
    r"(?P<daily>^(?:每天|每日|daily|(?:every|each) day))"
    r"|(?P<weekly>^(?:每周|每星期|weekly|(?:every|each) week))"
    r"|(?P<monthly>^(?:每月|每个月|monthly|(?:every|each) month))",
    re.IGNORECASE,
)


class Statement(NamedTuple):
    """`head` and `rest` are plain words, "" and all of them where the line has no head."""

    said: Phrase
    head: str
    rest: Phrase
    line: int
    checkbox: bool = False
    ticked: bool = False
    done: bool = False
    optional: bool = False
    stars: int | None = None
    minutes: int | None = None
    times: Times = NO_TIMES
    rhythm: str = ""
    struck: bool = False
    """All of it is struck out: ~~so~~."""

    @property
    def links(self) -> tuple[Link, ...]:
        return self.said.links

    @property
    def text(self) -> str:
        return self.said.text


def statement(raw: str, line: int, references: Mapping[str, str]) -> Statement:
    """The parts of one line; `raw` is Markdown without the sign of its list."""
    box = _CHECKBOX.match(raw) if "[" in raw[:8] else None
    bare = raw[box.end() :] if box else raw
    tick = _TICK.match(bare)
    bare = bare[tick.end() :] if tick else bare
    bare = bare[found.end() :] if (found := _BOX.match(bare)) else bare
    bare, ended = without_end(bare)
    bare, stars = without_stars(bare)
    head, rest = _head(bare)
    said = phrase(bare, references)
    times = _times(said.text) if len(said.text) < 400 else Times()
    rhythm = _RHYTHM.match(said.text)
    return Statement(
        said,
        phrase(head, references).text.strip(" :："),
        phrase(rest, references) if head else said,
        line,
        checkbox=box is not None,
        ticked=tick is not None,
        done=ended or bool(box and box["mark"].strip()),
        optional=bool(_OPTIONAL.search(without_optional_part(said.text[:200]))),
        stars=stars,
        minutes=_minutes(said.text),
        times=times,
        rhythm=rhythm.lastgroup or "" if rhythm else "",
        struck="~~" in bare and _STRUCK.fullmatch(bare) is not None,
    )


def _times(text: str) -> Times:
    """What a line says of time; of `2.5 h + 4 h = 6.5 h` it is the sum."""
    whole, sign, total = text.rpartition("=")
    added = times_in(total) if sign and "+" in whole else NO_TIMES
    return added if added.minutes else times_in(text)


def steps_of(raw: str) -> tuple[str, ...]:
    """`Python (2 weeks) -> SQL (1 week)` is two things to do; () for a line that is one."""
    if "->" not in raw and "=>" not in raw and _ARROWS.isdisjoint(raw):
        return ()
    steps = tuple(each.strip() for each in _STEP.split(raw))
    if len(steps) < 2 or not all(bracketed(each) != NO_TIMES for each in steps):
        return ()
    return steps


def without_stars(text: str) -> tuple[str, int | None]:
    """`text` without its run of stars, and how many of them are filled."""
    found = _STARS.search(text) if _STAR.search(text) else None
    if found is None:
        return text, None
    run = found["in"] or found["out"]
    filled = sum(run.count(star) for star in "⭐★🌟")
    alone = filled < 2 and "☆" not in run
    if alone and ("🌟" in run or not text[: found.start()].strip()):
        return text, None  # a picture before the words, no rating
    rest = f"{text[: found.start()].rstrip()} {text[found.end() :].lstrip()}".strip()
    return rest, min(filled, 5) or None


def without_optional_part(text: str) -> str:
    """`text` without a bracket that names what of it may be left out."""
    return _OPTIONAL_PART.sub("", text)


def lines_of(text: str) -> list[tuple[int, str]]:
    """The lines of a paragraph that each say something of their own, with their offsets.

    A break in Chinese, a hard break and a line that begins with a head are meant; the soft wrap of
    English prose is not.
    """
    if "\n" not in text:
        return [(0, text.strip())] if text.strip() else []
    result: list[tuple[int, str]] = []
    meant = True
    for at, line in enumerate(text.split("\n")):
        line_meant = meant or _meant(line, result[-1][1] if result else "")
        if line.strip():
            if line_meant or not result:
                result.append((at, line.strip()))
            else:
                result[-1] = (result[-1][0], f"{result[-1][1]} {line.strip()}")
        meant = line.endswith(_HARD_BREAKS)
    return [(at, re.sub(r"\\$", "", line).strip()) for at, line in result]


def _meant(line: str, before: str) -> bool:
    stripped = _TAG.sub("", line).strip() if "<" in line[:3] else line.strip()
    unit = unit_of(stripped) if len(stripped) < 200 else None
    if unit and unit.separated and unit.place == "head":
        return True
    if _NEW_LINE.match(stripped):
        return True
    if (
        _HAN.search(before[-2:])
        or _HAN.search(stripped[:4])
        or before.endswith(("。", "：", "；", "》", "）", "，"))
    ):
        return bool(_HAN.search(before))
    head = _head(stripped)[0]
    return (bool(head) and len(head) < 30) or (
        before.endswith((".", ":", ")")) and len(before) < 90
    )


def without_end(text: str) -> tuple[str, bool]:
    if len(text) > 600 or _MAY_END_DONE.search(text[-24:]) is None:
        return text, False
    found = _DONE_END.search(text[-40:])
    if found is None:
        return text, False
    return text[: max(len(text) - 40, 0) + found.start()], True


def _head(text: str) -> tuple[str, str]:
    """`**Goal**: x` → ("Goal", "x"); ("", text) if no head stands before the words."""
    bold = _BOLD_HEAD.match(text)
    if bold:
        rest = bold["rest"].strip()
        colon = rest.startswith((":", "：")) or bold["head"].rstrip().endswith((":", "："))
        if not rest or colon:
            return bold["head"], rest.lstrip(":： ")
    if kind_word(text)[0] is not None:
        return "", text
    plain = _PLAIN_HEAD.match(without_lead(text))
    if plain and not plain["head"].lower().endswith(("http", "https")):
        return plain["head"], plain["rest"].strip()
    return "", text


def _minutes(text: str) -> int | None:
    """Minutes that a line states for itself: in a bracket, or as its last words."""
    if not speaks_of_time(text):
        return None
    for found in _BRACKET.finditer(text[:400]):
        total = times_in(found[1]).total
        if total:
            return round(total)
    if (sittings := in_sittings(text)) is not None:
        return sittings
    tail = _CLOCK_END.search(text[-60:]) or _TAIL.search(text[-60:])
    total = (times_in(tail[1]).total if tail else None) or ending(text).total
    return round(total) if total else None
