"""Where does a stranger's roadmap disagree with itself? Links, numbers, hours of a week."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from zhixing.records import Node, Remark
from zhixing.roadmap.phrases import is_generic
from zhixing.roadmap.sketch import Sketch
from zhixing.roadmap.times import times_in
from zhixing.roadmap.wording import NODE_NAMES
from zhixing.words import Said, say

_PLACEHOLDER = re.compile(
    r"\byour[-_]?(?:user[-_]?name|name|repo|account|id)\b|<[^<>]+>|\bxxx+\b", re.I
)
_WEEKDAYS = re.compile(
    r"(?:周一\s*[-–—~至到]\s*周五|工作日|平日|weekdays?|mon(?:day)?s?\s*(?:[-–—]"
    r"|to)\s*fri(?:day)?s?)",
    re.I,
)
_WEEKEND = re.compile(r"周末|周六|周日|双休|weekends?|sat(?:urday)?s?|sun(?:day)?s?", re.I)
_BOTH_DAYS = re.compile(
    r"周六日|周六、周日|周六和周日|双休|sat(?:urday)?\s*(?:&|and|[-–])\s*sun|weekend days"
    r"|each weekend day",
    re.I,
)
_SPAN = re.compile(
    r"(\d+(?:\.\d+)?)\s*(?:[-–—~～至到]\s*(\d+(?:\.\d+)?))?\s*(?:个?小时|hours?|hrs?|h\b)", re.I
)
_AMOUNT = re.compile(
    r"(?<![\w.,:/^~～至到–—-])(?<!\d\s)(?P<sign>[-−](?=\d))?"
    r"(?P<n>\d{1,3}(?:,\d{3}){1,6}|\d{1,30}(?:\.\d{1,3})?)"
    r"(?:(?P<caret>\^)|e\+?)?(?P<power>(?<=[\^e+])\d{1,3})?"
    r"\s{0,2}(?P<unit>hours?|hrs?|h|minutes?|mins?|min|个?小时|分钟)(?![A-Za-z])", re.I
)  # fmt: skip
_MAY_BE_IMPOSSIBLE = re.compile(
    r"[-−^eE,0-9](?:(?<=0)\s{0,2}[hHmM小分个]|(?<=[-−^eE])\d|(?<=,)\d{3}|(?<=\d)\d{4})"
)
_MOST_HOURS = 9999
_FAMILIAR = 0.55  # titles this alike name one thing


def doubts_in(root: Node, lines: list[str], dated: frozenset[int]) -> list[Remark]:
    """What a careful reader would ask the author, each with its line. `dated` are the lines of
    units that are called by dates: those may leave days out."""
    return [
        *_one_link_many_titles(root),
        *_left_out(root, dated),
        *_counted_again(root),
        *_impossible_times(lines),
        *_week_sums(lines),
    ]


def without_placeholders(root: Sketch) -> list[Remark]:
    """Take addresses such as `github.com/your_username/x` off the nodes, and say so."""
    remarks: list[Remark] = []
    for node in root.walk():
        for link in [link for link in node.links if _PLACEHOLDER.search(link.url)]:
            node.links.remove(link)
            why = say("{url} is a placeholder, no address", url=link.url)
            remarks.append(_remark(node.line, why))
    return remarks


def _one_link_many_titles(root: Node) -> Iterator[Remark]:
    titles: dict[str, list[tuple[str, int, str]]] = {}
    for node in root.walk():
        for link in node.links:
            generic = is_generic(link.label) or link.label.startswith("http")
            label = node.title if generic and node.kind == "resource" else link.label
            key = _address(link.url)
            known = titles.setdefault(key, [])
            if generic and node.kind != "resource":
                continue
            if not is_generic(label) and not any(_alike(label, other) for other, _, _ in known):
                known.append((label, node.line, link.url))
    for known in titles.values():
        if len(known) > 1:
            yield _remark(known[1][1], say(
                "one link stands for {count} different things: {titles} ({url})",
                count=len(known), url=known[0][2],
                titles=" · ".join(f"{title[:60]} [{line}]" for title, line, _ in known),
            ))  # fmt: skip


def _address(url: str) -> str:
    bare = url.partition("#")[0]
    if "utm_" in bare:
        bare = re.sub(r"[?&]utm_[^&#]*", "", bare)
    bare = bare.removeprefix("https://").removeprefix("http://").removeprefix("www.")
    return bare.rstrip("/?&").lower()


def _alike(a: str, b: str) -> bool:
    one, two = (re.sub(r"[\W_]+", "", text).lower() for text in (a, b))
    if not one or not two or one in two or two in one:
        return True
    return SequenceMatcher(None, one[:60], two[:60]).ratio() >= _FAMILIAR


def _left_out(root: Node, dated: frozenset[int]) -> Iterator[Remark]:
    """Numbers that no unit carries between the first and the last of its kind."""
    weeks = [node for node in root.walk() if node.kind == "week"]
    yield from _gaps(weeks)
    days = [node for node in root.walk() if node.kind == "day" and node.line not in dated]
    inside = {id(below) for week in weeks for below in week.walk() if below.kind == "day"}
    yield from _gaps([day for day in days if id(day) not in inside])


def _counted_again(root: Node) -> Iterator[Remark]:
    """Sections side by side that each count from 1: schedules to choose from, most likely."""
    for node in root.walk():
        begun: dict[str, Node] = {}
        for section in node.children if node.kind in ("route", "note") else ():
            first = next((n for n in section.walk() if n.kind in ("month", "week", "day")), None)
            if section.kind != "note" or first is None or first.first != 1:
                continue
            if (before := begun.setdefault(first.kind, section)) is not section:
                yield _remark(section.line, say(
                    '"{title}" counts from {kind} 1 again, as line {line} does: if one of them is'
                    " enough, take the other out; both are planned",
                    title=section.title, kind=NODE_NAMES[first.kind], line=before.line,
                ))  # fmt: skip


def _gaps(units: list[Node]) -> Iterator[Remark]:
    reached = None
    for unit in units:
        first, last = unit.first or 0, unit.last or 0
        if reached is not None and first > reached + 1:
            yield _remark(unit.line, say(
                "{kind} {missing} is left out before {kind} {number}",
                kind=NODE_NAMES[unit.kind], number=first,
                missing=str(reached + 1) if first == reached + 2 else f"{reached + 1}–{first - 1}",
            ))  # fmt: skip
        reached = max(reached or 0, last)


def _week_sums(lines: list[str]) -> Iterator[Remark]:
    """Hours of weekdays and weekends in one line against the hours a week stated there."""
    for number, line in enumerate(lines, start=1):
        if len(line) > 1000 or not _speaks_of_weekends(line.lower()):
            continue
        weekdays, weekend = _WEEKDAYS.search(line), _WEEKEND.search(line)
        if not (weekdays and weekend) or weekend.start() < weekdays.end():
            continue
        day = _SPAN.search(line, weekdays.end(), weekend.start())
        rest = _SPAN.search(line, weekend.end())
        week = times_in(_SPAN.sub(" ", line, count=2) if not day else line[: weekdays.start()]
                        + line[rest.end() if rest else 0 :]).per_week  # fmt: skip
        if day and rest and week:
            days = 2 if _BOTH_DAYS.search(line) else 1
            least, most = (
                5 * a + days * b for a, b in zip(_values(day), _values(rest), strict=True)
            )
            stated = (week[0] / 60, week[1] / 60)
            if stated[1] < least or stated[0] > most:
                yield _remark(number, say(
                    "{stated} hours a week are stated, weekdays and weekend add up to {sum}",
                    stated=_shown(*stated), sum=_shown(least, most),
                ))  # fmt: skip


def _speaks_of_weekends(lower: str) -> bool:
    return (
        "周" in lower or "双休" in lower or "weekend" in lower or "sat" in lower or "sun" in lower
    )


def _impossible_times(lines: list[str]) -> Iterator[Remark]:
    """`(0 h)`, `(-3 h)`, `(1000000000 h)`: no time that work can take."""
    for number, line in enumerate(lines, start=1):
        if len(line) > 1000 or _MAY_BE_IMPOSSIBLE.search(line) is None:
            continue
        for found in _AMOUNT.finditer(line):
            hours = _hours(found)
            if not 0 < hours <= _MOST_HOURS:
                yield _remark(number, say(
                    '"{amount}" is no time that work can take: it is estimated instead',
                    amount=found[0].strip()[:40],
                ))  # fmt: skip


def _hours(amount: re.Match[str]) -> float:
    base, power = float(amount["n"].replace(",", "")), min(int(amount["power"] or 0), 99)
    value = base**power if amount["caret"] else base * 10.0**power
    value = -value if amount["sign"] else value
    return value / 60 if amount["unit"][0] in "mM分" else value


def _values(span: re.Match[str]) -> tuple[float, float]:
    least = float(span[1])
    return least, float(span[2]) if span[2] else least


def _shown(least: float, most: float) -> str:
    return f"{least:g}" if least == most else f"{least:g}–{most:g}"


def _remark(line: int, why: Said) -> Remark:
    return Remark(line, str(why), why)
