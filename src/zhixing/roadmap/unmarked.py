"""What do lines without any sign ask for? `第一阶段 Python 2周` above short lines, or a bare list.

Only where nothing else gives the page a form. Lines never move: a head becomes a heading, a short
line an item.
"""

import re
from itertools import pairwise

from zhixing.records import NodeKind
from zhixing.roadmap.phrases import phrase
from zhixing.roadmap.roles import PLAN_WORDS
from zhixing.roadmap.times import times_in
from zhixing.roadmap.unitwords import RANK, Unit, unit_of

_FORMED = re.compile(r"\s{0,3}(?:#{1,6}\s*\S|```|~~~|(?:={3,}|-{3,}|\*{3,}|_{3,})\s*$|\*\*|__)")
_SIGNED = re.compile(r"\s*(?:[-*+•▪◦‣●○|>#<=~`]|\d{1,3}[.)]\s)")
_LISTED = re.compile(r"\s*(?:[-*+•▪◦‣●○]|\d{1,3}[.)])\s")
_COUNTER = re.compile(r"\d{1,2}\s*[、．]\s*")
_SENTENCE_END = re.compile(r"(?:[。；;，,？?]|(?<![.!])[.!！])[\s\"'”’)）]*$")
_GOAL = re.compile(r"^(目标|goal)\s+(?=\S)", re.I)
_WEEKS = re.compile(r"(?<=[\s)）])(\d{1,2})\s?w$", re.I)
_LONGEST_HEAD, _LONGEST_ITEM, _LONGEST_ENTRY = 60, 120, 40
_FEWEST = 3


def with_signs(lines: list[str]) -> list[str]:
    """`lines` with the signs that their author left out; themselves where there is nothing to add
    or the page has a form already."""
    written = [at for at, line in enumerate(lines) if line.strip()]
    titled = bool(written) and lines[written[0]].startswith("# ")
    if any(_FORMED.match(lines[at]) for at in written[titled:]):
        return lines
    heads = _heads(lines)
    if heads:
        return _staged(lines, heads)
    return lines if titled else _bare_list(lines, written)


def _heads(lines: list[str]) -> set[int]:
    """Where stages, months, weeks or days begin: the coarsest units that lines count up, at least
    one of them without a colon. Those with a colon alone are read elsewhere."""
    found: dict[NodeKind, list[tuple[int, Unit]]] = {}
    for at, line in enumerate(lines):
        if unit := _unit(line):
            found.setdefault(unit.kind, []).append((at, unit))
    for kind in sorted(found, key=lambda kind: RANK.get(kind, 9)):
        named = found[kind]
        if len(named) < 2 or all(unit.separated for _, unit in named):
            continue
        numbers = [_number(unit) for _, unit in named]
        heads = {at for at, _ in named}
        if all(a < b for a, b in pairwise(numbers)) and _hold_lists(lines, heads):
            return heads
    return set()


def _unit(line: str) -> Unit | None:
    if line[:1].isspace() or len(line) > _LONGEST_HEAD or _SIGNED.match(line):
        return None
    unit = unit_of(phrase(line, {}).text) if not _SENTENCE_END.search(line) else None
    counted = unit and unit.place == "head" and not (unit.word or unit.weekday or unit.dates)
    return unit if unit and counted and _number(unit) > 0 else None


def _number(unit: Unit) -> float:
    if unit.first is not None:
        return unit.first
    return float(unit.number) if unit.number.replace(".", "", 1).isdecimal() else 0


def _hold_lists(lines: list[str], heads: set[int]) -> bool:
    """Whether what stands below the heads is mostly short lines, and no diary."""
    first = min(heads)
    below = [line for at, line in enumerate(lines) if at > first and at not in heads]
    plain = [line for line in below if line.strip() and not _SIGNED.match(line)]
    short = sum(_is_item(line) for line in plain)
    return short > 0 and short * 4 >= len(plain) * 3


def _is_item(line: str) -> bool:
    return len(line.strip()) <= _LONGEST_ITEM and _SENTENCE_END.search(line.rstrip()) is None


def _staged(lines: list[str], heads: set[int]) -> list[str]:
    result, before = list(lines), ""
    for at in range(min(heads), len(lines)):
        line = lines[at]
        continues = line[:1].isspace() and _LISTED.match(before)
        if at in heads:
            result[at] = "## " + _WEEKS.sub(r"\1周", line.strip())
        elif line.strip() and not _SIGNED.match(line) and not continues and _is_item(line):
            result[at] = _signed(line.strip())
        before = line if line.strip() else before
    return result


def _signed(words: str) -> str:
    """A line as an item; one that says how much time there is asks for nothing."""
    times = times_in(words)
    if times.per_day or times.per_week:
        return f"> {words}"
    return "- " + _GOAL.sub(r"\1：", _COUNTER.sub("", words, count=1), count=1)


def _bare_list(lines: list[str], written: list[int]) -> list[str]:
    """A page of nothing but short lines is a list; a first line that speaks of a plan is its
    title."""
    titled = len(written) > _FEWEST and _is_title(lines[written[0]])
    entries = written[titled:]
    if len(entries) < _FEWEST or not all(_is_entry(lines[at]) for at in entries):
        return lines
    result = list(lines)
    for at in written:
        words = lines[at].strip()
        if words.endswith((":", "：")):
            continue
        result[at] = f"# {words}" if titled and at == written[0] else _signed(words)
    return result


def _is_title(line: str) -> bool:
    short = len(line) <= _LONGEST_HEAD and not _SIGNED.match(line)
    return short and _is_item(line) and PLAN_WORDS.search(line) is not None


def _is_entry(line: str) -> bool:
    words = line.strip()
    return (
        len(words) < _LONGEST_ENTRY
        and not _SIGNED.match(line)
        and not _SENTENCE_END.search(words)
        and any(character.isalpha() for character in words)
        and unit_of(words) is None
    )
