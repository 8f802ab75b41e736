"""What do all heads of a document say together? Which words, dates and labels count as units."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise

from zhixing.roadmap.bars import is_gantt
from zhixing.roadmap.blocks import Block
from zhixing.roadmap.calendars import CHECKBOX, calendar_of, is_news
from zhixing.roadmap.columns import unit_columns
from zhixing.roadmap.counting import counts_time, holders, is_chain, rows_of
from zhixing.roadmap.dates import Dates
from zhixing.roadmap.labels import HOLDERS
from zhixing.roadmap.phrases import References, phrase
from zhixing.roadmap.sketch import Sketch
from zhixing.roadmap.statements import lines_of
from zhixing.roadmap.unitwords import BRACKETED, CHAINED, DATE, LAST, Unit, by_date, unit_of

Key = tuple[str, int | str, int | str]  # ("week", 3, 4), ("stage", "1.5", "1.5")
_BOLD_HEAD = re.compile(
    r"[^\w\s*(（《\[]{0,6}\s*(?P<b>\*\*|__)(?P<head>(?:(?!(?P=b)).){1,120})(?P=b)\s*[:：]?"
    r"(?P<rest>.*)",
    re.S,
)
_TICKS_OFF = re.compile(
    r"\bprogress\b|\btrack(?:er|ing)\b|\bcheck[- ]?list|打卡|进度|進度|跟踪|追踪|追蹤|检查清单",
    re.I,
)
_NOT_WEAK = ("", DATE, LAST, CHAINED, BRACKETED, "named")
_NO_PHASE = re.compile(
    r"\W*(?:当前|目前|下一|上一|每|各|本|此|如何|怎么|哪|什么|current|next|each|every|this|which|what"
    r"|how|when|why|my|choose|between|about)",
    re.I,
)


@dataclass(slots=True)
class Survey:
    """What all heads of a document say together."""

    references: References
    headed: Counter[Key] = field(default_factory=Counter)
    listed: bool = False
    tabled: bool = False
    """A table numbers months, weeks or days."""
    weak: dict[str, int] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    items: dict[str, int] = field(default_factory=dict)
    stage_levels: set[tuple[str, int]] = field(default_factory=set)
    """Forms and levels of heads that number stages."""
    dated_items: bool = False
    timetabled: bool = False
    """Items with single dates of a year are days to come."""
    around_all: set[Dates] = field(default_factory=set)
    """Stretches of dates that all other dates of headings stand in."""
    chained: set[str] = field(default_factory=set)
    """Kinds that headings such as `1-2 周`, `3-4 周` count on."""
    charted: bool = False
    """A chart of bars lays out the plan, and nothing else does."""
    any_unit: bool = False
    units: dict[int, Unit | None] = field(default_factory=dict)
    """What items name, by the identity of their blocks, which live as long as the survey."""
    overviews: list[list[tuple[Unit, Sketch]]] = field(default_factory=list)
    """Tables and lists of lines that only name units which headings lay out."""


def survey_of(blocks: list[Block], references: References, title: str = "") -> Survey:
    """`title` is what the document is called; it stands in no block."""
    survey, every = Survey(references), list(_all(blocks))
    _note_words(survey, every)
    survey.weak |= holders(blocks, references)
    calendar = calendar_of(blocks, every, references, title)
    survey.weak[DATE], survey.around_all = calendar.headed, calendar.around_all
    survey.dated_items, survey.timetabled = calendar.items, calendar.timetabled
    for siblings in [blocks, *(block.inside for block in every if block.inside)]:
        _note_counted_lists(survey, siblings)
    for block in every:
        _note_units(survey, block)
    ticked = _ticked_off(survey, blocks) if survey.tabled else None
    if ticked and ticked.keys() <= rows_of(every):
        survey.headed -= ticked
    spoken = any(count > 1 for count in survey.lines.values())
    survey.any_unit = bool(survey.headed or survey.listed or spoken)
    survey.charted = not survey.any_unit and any(is_gantt(block) for block in blocks)
    survey.any_unit |= survey.charted
    return survey


def _note_words(survey: Survey, every: list[Block]) -> None:
    """Which words heads use for stages, and how often; which lengths go on where others end."""
    chains: dict[str, list[Unit]] = {}
    for block in every:
        if block.form in ("heading", "bold"):
            unit = unit_of(phrase(block.text, survey.references).text)
            if unit and unit.kind == "stage" and not unit.word:
                survey.stage_levels.add((block.form, block.level))
            if unit and unit.word == CHAINED:
                chains.setdefault(unit.kind, []).append(unit)
            if unit and unit.word and unit.word not in HOLDERS:
                survey.weak[unit.word] = survey.weak.get(unit.word, 0) + 1
    survey.chained = {kind for kind, units in chains.items() if is_chain(units)}


def _ticked_off(survey: Survey, blocks: list[Block]) -> Counter[Key]:
    """What headings name again to tick it off, below `Progress tracking`."""
    ticked, level = Counter[Key](), 0
    for block in blocks:
        if block.form not in ("heading", "bold"):
            continue
        text = phrase(block.text, survey.references).text
        unit = headed_unit(survey, text, (block.form, block.level))
        if block.level and (not level or block.level <= level):
            level = block.level if unit is None and _TICKS_OFF.search(text) else 0
        elif level and unit:
            ticked[key_of(unit)] += 1
    return ticked


def _note_units(survey: Survey, block: Block) -> None:
    if block.form in ("heading", "bold"):
        text = phrase(block.text, survey.references).text
        unit = headed_unit(survey, text, (block.form, block.level))
        survey.headed.update([key_of(unit)] if unit else ())
    elif block.form == "paragraph" and (unit := bold_label(survey, block)):
        survey.headed[key_of(unit)] += 1
    elif block.form == "item":
        unit = item_unit(survey, block)
        if unit and (not unit.weekday or unit.dates):
            survey.listed = True
            survey.items[unit.kind] = survey.items.get(unit.kind, 0) + 1
    elif block.form == "table" and (columns := unit_columns(block)):
        survey.listed = True
        survey.tabled |= columns.keys() != {"stage"}
    elif block.form == "paragraph":
        for line in block.text.split("\n"):
            unit = unit_of(phrase(line, survey.references).text) if len(line) < 300 else None
            if unit and unit.separated and unit.place == "head" and not (unit.word or unit.weekday):
                survey.lines[unit.kind] = survey.lines.get(unit.kind, 0) + 1


def _note_counted_lists(survey: Survey, siblings: list[Block]) -> None:
    """`1. 第一周 变量`, `2. 第二周 循环`: where each item of a list counts on, the labels need no
    sign behind them."""
    for is_item, run in groupby(siblings, key=lambda block: block.form == "item"):
        items = list(run)
        if not is_item or len(items) < 2:
            continue
        _note_parts_of_time(survey, items)
        if _opening(survey, items[0]) is None:
            continue
        units = [unit for item in items if (unit := _opening(survey, item))]
        if len(units) < len(items) or not _counts_up(units):
            continue
        if not any(unit.word for unit in units) or is_chain(units):
            plain = (replace(unit, word="") for unit in units)
            survey.units.update(zip(map(id, items), plain, strict=True))


def _note_parts_of_time(survey: Survey, items: list[Block]) -> None:
    """`- Part 1: …` above `  - Week 1: …`: a weak word names a stage where it holds weeks."""
    units = {id(item): unit for item in items
             if (unit := _labelled_item(survey, item)) and unit.word not in _NOT_WEAK
             and unit.place == "head"}  # fmt: skip
    words = Counter(unit.word for unit in units.values())
    survey.units.update((key, unit) for key, unit in units.items() if words[unit.word] > 1)


def _labelled_item(survey: Survey, item: Block) -> Unit | None:
    """What a list item that holds weeks calls itself, in bold or with a sign behind it."""
    if not any(map(counts_time, item.inside)):
        return None
    text = CHECKBOX.sub("", next((line for _, line in lines_of(item.text)), ""), count=1)
    unit = unit_of(phrase(text, survey.references).text)
    return unit if unit and (unit.separated or _BOLD_HEAD.match(text)) else None


def _opening(survey: Survey, item: Block) -> Unit | None:
    first = next((line for _, line in lines_of(item.text)), "")
    unit = unit_of(phrase(CHECKBOX.sub("", first, count=1), survey.references).text)
    if unit is None or unit.place != "head" or unit.weekday or unit.word not in ("", CHAINED):
        return None
    return unit


def _counts_up(units: list[Unit]) -> bool:
    spans = [(unit.first, unit.last) for unit in units]
    return len({unit.kind for unit in units}) == 1 and all(
        last is not None and following is not None and following > last
        for (_, last), (following, _) in pairwise(spans)
    )


def headed_unit(survey: Survey, text: str, place: tuple[str, int] = ("", 0)) -> Unit | None:
    """The unit of a heading or a bold line; `place` is its form and level."""
    unit = unit_of(text)
    unit = by_date(unit) if unit else None
    if unit is None or unit.weekday or unit.dates in survey.around_all:
        return None
    if unit.word == "named" and place in survey.stage_levels and _NO_PHASE.match(text) is None:
        return unit  # `Prep phase: …` beside `Phase 1: …`
    if unit.word == LAST:
        return unit if any(kind == unit.kind for kind, _, _ in survey.headed) else None
    if unit.word == CHAINED:
        return replace(unit, word="") if unit.kind in survey.chained else None
    if unit.word == BRACKETED and survey.stage_levels:
        return None  # what belongs to a stage that a heading of its own lays out
    if unit.word and survey.weak.get(unit.word, 0) < 2:
        return None
    return unit if unit.kind != "milestone" or unit.word else None


def bold_label(survey: Survey, block: Block) -> Unit | None:
    """`**Week 1** Ownership. …`: a paragraph whose first words are a label in bold."""
    bold = _BOLD_HEAD.match(block.text)
    unit = headed_unit(survey, phrase(bold["head"], {}).text) if bold else None
    if bold is None or unit is None or unit.rest or unit.place != "head":
        return None
    rest = phrase(bold["rest"], survey.references).text.lstrip(" :：-–—|｜·")
    return replace(unit, rest=rest)


def item_unit(survey: Survey, block: Block) -> Unit | None:
    """The unit of a list item: bold heads say so freely, plain ones need a sign behind."""
    if id(block) in survey.units:
        return survey.units[id(block)]
    unit = survey.units[id(block)] = _item_unit(survey, block)
    return unit


def _item_unit(survey: Survey, block: Block) -> Unit | None:
    first = next((line for _, line in lines_of(block.text)), "")
    text = CHECKBOX.sub("", first, count=1)
    bold = _BOLD_HEAD.match(text)
    said = phrase(text, survey.references).text
    unit = unit_of(said)
    if unit and unit.weekday:
        if not (survey.timetabled if is_news(unit) else survey.dated_items):
            unit = replace(unit, dates=None)
        return unit if bold or unit.separated else None
    if unit and unit.dates and unit.place == "head" and is_news(unit) and survey.timetabled:
        return unit if bold or unit.separated else None
    if unit and unit.dates and unit.place == "head" and not is_news(unit):
        return unit if survey.dated_items and (bold or unit.separated) else None
    if unit and unit.word == LAST:
        return unit if survey.items.get(unit.kind) else None
    if unit is None or unit.word or unit.place == "bracket":  # weak words are for headings
        return None
    if unit.place == "tail":
        return unit if bold and len(said) < 120 else None
    return unit if bold or unit.separated else None


def key_of(unit: Unit) -> Key:
    if unit.first is None or unit.last is None:
        name = f"{unit.word}{unit.number}"
        return unit.kind, name, name
    return unit.kind, unit.first, unit.last


def repeats(survey: Survey, units: Iterable[Unit]) -> bool:
    """Whether headings lay out all of these units in full, each alone or in smaller ones."""
    found = list(units)
    return bool(found) and all(_laid_out(survey, unit) for unit in found)


def _laid_out(survey: Survey, unit: Unit) -> bool:
    key = key_of(unit)
    if key in survey.headed or unit.first is None or unit.last is None:
        return key in survey.headed
    if unit.last - unit.first > 60:
        return False
    numbers = range(unit.first, unit.last + 1)
    spans = [(a, b) for a in numbers for b in range(a, unit.last + 1)
             if (unit.kind, a, b) in survey.headed]  # fmt: skip
    return {number for a, b in spans for number in range(a, b + 1)} == set(numbers)


def _all(blocks: list[Block]) -> Iterator[Block]:
    stack = list(reversed(blocks))
    while stack:
        block = stack.pop()
        yield block
        stack.extend(reversed(block.inside))
