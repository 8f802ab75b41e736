"""Which heads name units? Headings, bold lines, items, rows and lines, labelled and nested.

A list or a table that only repeats what headings lay out in full is an overview, no second plan.
Words such as "part" or "step" make stages only where at least two headings say so.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise

from zhixing.roadmap.blocks import Block
from zhixing.roadmap.phrases import Phrase, References, phrase
from zhixing.roadmap.roles import Column, Role, column_of, role_of
from zhixing.roadmap.statements import lines_of
from zhixing.roadmap.unitwords import RANK, Unit, enumerated, span_in, unit_of, weekday_span

Key = tuple[str, int | str, int | str]  # ("week", 3, 4), ("stage", "1.5", "1.5")

_BOLD_LEVEL, _LEAD_LEVEL = 7.0, 9.0
_BOLD_HEAD = re.compile(
    r"[^\w\s*(（《\[]{0,6}\s*(?P<b>\*\*|__)(?P<head>(?:(?!(?P=b)).){1,120})(?P=b)\s*[:：]?"
    r"(?P<rest>.*)",
    re.S,
)
_CHECKBOX = re.compile(r"\[(?P<mark>[ xX✓✔√]?)\]\s+")
UNIT_COLUMNS: tuple[Column, ...] = ("stage", "month", "week", "day")


@dataclass(slots=True)
class Part:
    """A block with what it heads. `unit` is set only where the label counts."""

    block: Block
    head: Phrase
    unit: Unit | None = None
    role: Role | None = None
    level: float = 0.0
    inside: list["Part"] = field(default_factory=list)


@dataclass(slots=True)
class Survey:
    """What all heads of a document say together."""

    references: References
    headed: set[Key] = field(default_factory=set)
    listed: bool = False
    weak: dict[str, int] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    items: dict[str, int] = field(default_factory=dict)
    any_unit: bool = False
    units: dict[int, Unit | None] = field(default_factory=dict)
    """What items name, by the identity of their blocks, which live as long as the survey."""


def survey_of(blocks: list[Block], references: References) -> Survey:
    survey = Survey(references)
    for block in _all(blocks):
        if block.form in ("heading", "bold"):
            unit = unit_of(phrase(block.text, references).text)
            if unit and unit.word:
                survey.weak[unit.word] = survey.weak.get(unit.word, 0) + 1
    for siblings in [blocks, *(block.inside for block in _all(blocks))]:
        _note_counted_lists(survey, siblings)
    for block in _all(blocks):
        _note_units(survey, block)
    spoken = any(count > 1 for count in survey.lines.values())
    survey.any_unit = bool(survey.headed or survey.listed or spoken)
    return survey


def _note_units(survey: Survey, block: Block) -> None:
    if block.form in ("heading", "bold"):
        unit = headed_unit(survey, phrase(block.text, survey.references).text)
        survey.headed.update([key_of(unit)] if unit else ())
    elif block.form == "paragraph" and (unit := bold_label(survey, block)):
        survey.headed.add(key_of(unit))
    elif block.form == "item":
        unit = item_unit(survey, block)
        if unit and not unit.weekday:
            survey.listed = True
            survey.items[unit.kind] = survey.items.get(unit.kind, 0) + 1
    elif block.form == "table" and unit_columns(block):
        survey.listed = True
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
        if not is_item or len(items) < 2 or _opening(survey, items[0]) is None:
            continue
        units = [unit for item in items if (unit := _opening(survey, item))]
        if len(units) == len(items) and _counts_up(units):
            survey.units.update(zip(map(id, items), units, strict=True))


def _opening(survey: Survey, item: Block) -> Unit | None:
    first = next((line for _, line in lines_of(item.text)), "")
    unit = unit_of(phrase(_CHECKBOX.sub("", first, count=1), survey.references).text)
    return unit if unit and unit.place == "head" and not (unit.word or unit.weekday) else None


def _counts_up(units: list[Unit]) -> bool:
    spans = [(unit.first, unit.last) for unit in units]
    return len({unit.kind for unit in units}) == 1 and all(
        last is not None and following is not None and following > last
        for (_, last), (following, _) in pairwise(spans)
    )


def headed_unit(survey: Survey, text: str) -> Unit | None:
    """The unit of a heading or a bold line."""
    unit = unit_of(text)
    if unit is None or unit.weekday:
        return None
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
    text = _CHECKBOX.sub("", first, count=1)
    bold = _BOLD_HEAD.match(text)
    said = phrase(text, survey.references).text
    unit = unit_of(said)
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


def only_weekdays(table: Block, at: int) -> bool:
    """Whether a column says Monday to Sunday and never a number."""
    cells = [phrase(row.cells[at], {}).text for row in table.inside[1:] if at < len(row.cells)]
    words = [cell for cell in cells if cell and not cell.isdecimal()]
    return bool(words) and all(weekday_span(cell) for cell in words)


def unit_columns(table: Block) -> dict[Column, int]:
    """The columns of a table that number units, by what they number."""
    found: dict[Column, int] = {}
    if len(table.inside) < 2:
        return found
    for at, header in enumerate(table.inside[0].cells):
        column = column_of(phrase(header, {}).text)
        if column not in UNIT_COLUMNS or column in found:
            continue
        cells = [row.cells[at] for row in table.inside[1:] if at < len(row.cells)]
        named = sum(cell_span(cell, column) is not None for cell in cells if cell.strip())
        if named and named * 10 >= 6 * sum(bool(cell.strip()) for cell in cells):
            found[column] = at
    if not found:
        return _labelled_column(table)
    return found


def _labelled_column(table: Block) -> dict[Column, int]:
    """A first column of full labels under whatever header: `Week 1 | …`."""
    units = [unit_of(phrase(row.cells[0], {}).text) for row in table.inside[1:] if row.cells]
    kinds = {unit.kind for unit in units if unit and not unit.word and unit.place == "head"}
    if len(kinds) == 1 and all(units) and len(units) > 1:
        kind = kinds.pop()
        return {column: 0 for column in UNIT_COLUMNS if column == kind}
    return {}


def cell_span(cell: str, column: Column) -> tuple[int, int] | None:
    """The numbers in a cell of a unit column: `3`, `W1`, `4-7`, `第一周`, `周一`."""
    text = phrase(cell, {}).text
    listed = re.fullmatch(r"(?:[DW]?\d{1,3}\s*[,，、]\s*){1,6}[DW]?\d{1,3}", text, re.I)
    if listed:  # `D3, D4, D5`
        numbers = [int(number) for number in re.findall(r"\d+", text)]
        return min(numbers), max(numbers)
    unit = unit_of(text)
    if unit and unit.kind == column and unit.first is not None and unit.last is not None:
        return unit.first, unit.last
    if unit and unit.kind == "stage" == column:
        number = int(float(unit.number)) if unit.number.replace(".", "").isdigit() else 1
        return number, number
    plain = re.fullmatch(r"\D{0,3}?0*(\d{1,3})\s*(?:[-–—~～至到,，、]\s*0*(\d{1,3}))?\W{0,3}", text)
    if plain:
        first, last = int(plain[1]), int(plain[2] or plain[1])
        return (first, last) if first <= last else None
    if column == "day":
        return weekday_span(text)
    return span_in(text, "week") if column == "week" else None


def nested(blocks: list[Block], survey: Survey) -> list[Part]:
    """Blocks under their headings, bold lines and leads; same rank, higher unit holds the lower."""
    root = Part(Block("document", "", 0, 0), Phrase(""), level=-1.0)
    stack = [root]
    for block in blocks:
        part = _part(block, survey)
        if part.level:
            while stack[-1].level >= part.level or _beside(stack[-1], part):
                stack.pop()
            stack[-1].inside.append(part)
            stack.append(part)
            continue
        while stack[-1].level >= _LEAD_LEVEL and block.form not in (
            "item",
            "table",
            "fence",
            "quote",
        ):
            stack.pop()
        if block.form == "break":
            while stack[-1].level >= _BOLD_LEVEL:
                stack.pop()
        stack[-1].inside.append(part)
    return root.inside


def _beside(above: Part, part: Part) -> bool:
    """A plain heading holds no unit of its own rank."""
    return above.unit is None and above.block.level > 0 and above.block.level == part.block.level


def _part(block: Block, survey: Survey) -> Part:
    if block.form == "paragraph" and (unit := bold_label(survey, block)):
        level = _BOLD_LEVEL + RANK.get(unit.kind, 0) / 10
        return Part(block, phrase(block.text, survey.references), unit, None, level)
    if block.form not in ("heading", "bold", "lead"):
        return Part(block, Phrase(""))
    head = phrase(block.text, survey.references)
    unit = headed_unit(survey, head.text)
    level = float(block.level) or (
        _LEAD_LEVEL if block.form == "lead" and not unit else _BOLD_LEVEL
    )
    rank = RANK.get(unit.kind, 0) if unit else 0
    if level == _BOLD_LEVEL and not unit:  # `**1. …**` stands below `**Projects**`
        level += 0.8 if enumerated(head.text) else 0.6
    level += rank / 10
    return Part(block, head, unit, role_of(head.text), level)


def _all(blocks: list[Block]) -> Iterator[Block]:
    stack = list(reversed(blocks))
    while stack:
        block = stack.pop()
        yield block
        stack.extend(reversed(block.inside))
