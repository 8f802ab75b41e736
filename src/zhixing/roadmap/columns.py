"""Which columns of a table number units, and what do their cells say?"""

import re

from zhixing.roadmap.blocks import Block
from zhixing.roadmap.dates import dates_of_cell, in_order
from zhixing.roadmap.phrases import phrase
from zhixing.roadmap.roles import Column, column_of
from zhixing.roadmap.unitwords import span_in, unit_of
from zhixing.roadmap.weekdays import weekday_letter, weekday_span

_LISTED_NUMBERS = re.compile(r"(?:[DW]?\d{1,3}\s*[,，、]\s*){1,6}[DW]?\d{1,3}", re.I)
_PLAIN_NUMBERS = re.compile(r"\D{0,3}?0*(\d{1,3})\s*(?:[-–—~～至到,，、]\s*0*(\d{1,3}))?\W{0,3}")
_COUNTED = re.compile(r"0*(\d{1,2})\s*[.、)）:：]\s*(?=[^\s\d])")  # `1. Foundations`
UNIT_COLUMNS: tuple[Column, ...] = ("stage", "month", "week", "day")


def only_weekdays(table: Block, at: int) -> bool:
    """Whether a column says Monday to Sunday and never a number."""
    cells = [phrase(row.cells[at], {}).text for row in table.inside[1:] if at < len(row.cells)]
    words = [cell for cell in cells if cell and not cell.isdecimal()]
    return bool(words) and all(weekday_span(cell) and not dates_of_cell(cell) for cell in words)


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
        return _labelled_column(table) or _dated_column(table)
    return found


def _dated_column(table: Block) -> dict[Column, int]:
    """A column of dates that go forwards: its rows are days, or stretches of them."""
    for at, header in enumerate(table.inside[0].cells):
        if column_of(phrase(header, {}).text) not in ("day", "date", "minutes"):
            continue
        cells = [phrase(row.cells[at], {}).text for row in table.inside[1:] if at < len(row.cells)]
        written = [cell for cell in cells if cell]
        dates = [date for cell in written if (date := dates_of_cell(cell))]
        if len(dates) > 1 and len(dates) * 10 >= 6 * len(written) and in_order(dates) is not None:
            return {"day": at}
    return {}


def _labelled_column(table: Block) -> dict[Column, int]:
    """A column of full labels under whatever header: `Week 1 | …`, `基础 | 第 1–2 周 | …`."""
    for at in range(len(table.inside[0].cells)):
        cells = [row.cells[at] for row in table.inside[1:] if at < len(row.cells)]
        if not cells or unit_of(phrase(cells[0], {}).text) is None:
            continue
        units = [unit_of(phrase(cell, {}).text) for cell in cells]
        kinds = {unit.kind for unit in units if unit and unit.place == "head"
                 and not (unit.word or unit.weekday)}  # fmt: skip
        bare = at == 0 or not any(unit and unit.rest for unit in units)
        if len(kinds) == 1 and all(units) and len(units) > 1 and bare:
            kind = kinds.pop()
            return {column: at for column in UNIT_COLUMNS if column == kind}
    return {}


def counted_words(cell: str) -> str:
    """`1. Foundations` → Foundations, "" for other cells."""
    text = phrase(cell, {}).text
    found = _COUNTED.match(text)
    return text[found.end() :] if found else ""


def cell_span(cell: str, column: Column) -> tuple[int, int] | None:
    """The numbers in a cell of a unit column: `3`, `W1`, `4-7`, `第一周`, `周一`."""
    text = phrase(cell, {}).text
    listed = _LISTED_NUMBERS.fullmatch(text)
    if listed:  # `D3, D4, D5`
        numbers = [int(number) for number in re.findall(r"\d+", text)]
        return min(numbers), max(numbers)
    unit = unit_of(text)
    if unit and unit.kind == column and unit.first is not None and unit.last is not None:
        return unit.first, unit.last
    if unit and unit.kind == "stage" == column:
        number = int(float(unit.number)) if unit.number.replace(".", "").isdigit() else 1
        return number, number
    plain = _PLAIN_NUMBERS.fullmatch(text) or (column == "stage" and _COUNTED.match(text)) or None
    if plain:
        first, last = int(plain[1]), int(plain[plain.re.groups] or plain[1])
        return (first, last) if first <= last else None
    if column == "day":
        if unit and unit.kind == "week" and (span := weekday_span(unit.rest)):
            return span  # `Week 9 周一`
        return weekday_span(text) or weekday_letter(text)
    return span_in(text, "week") if column == "week" else None
