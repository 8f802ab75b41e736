"""Which columns of a table number units, and what do their cells say?"""

import re
from collections import Counter

from zhixing.roadmap.blocks import Block
from zhixing.roadmap.dates import dates_of_cell, in_order
from zhixing.roadmap.phrases import phrase
from zhixing.roadmap.roles import Column, column_of
from zhixing.roadmap.times import times_in
from zhixing.roadmap.unitwords import span_in, unit_of
from zhixing.roadmap.weekdays import weekday_letter, weekday_span

_LISTED_NUMBERS = re.compile(r"(?:[DW]?\d{1,3}\s*[,，、]\s*){1,6}[DW]?\d{1,3}", re.I)
_PLAIN_NUMBERS = re.compile(r"\D{0,3}?0*(\d{1,3})\s*(?:[-–—~～至到,，、]\s*0*(\d{1,3}))?\W{0,3}")
_COUNTED = re.compile(r"0*(\d{1,2})\s*[.、)）:：]\s*(?=[^\s\d])")  # `1. Foundations`
_MOST_OF_A_SESSION = 45
_SURE = 3  # labels of one kind: then a row of another, such as a buffer, is a row
UNIT_COLUMNS: tuple[Column, ...] = ("stage", "month", "week", "day")


_HOURS = (
    ("morning", re.compile(r"\W*(?:(?:early |late )?mornings?\b|am\b|上午|早上|早晨|清晨)", re.I)),
    ("afternoon", re.compile(r"\W*(?:(?:early |late )?afternoons?\b|pm\b|下午|中午)", re.I)),
    ("evening", re.compile(r"\W*(?:(?:late )?(?:evenings?|nights?)\b|晚上|晚间|傍晚|夜间)", re.I)),
)


def hour_of(header: str) -> str:
    """The part of the day that a column is for: `Morning (2 h)`, `下午`; "" for others."""
    return next((mark for mark, words in _HOURS if words.match(header)), "")


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
        if column not in UNIT_COLUMNS:
            continue
        cells = [row.cells[at] for row in table.inside[1:] if at < len(row.cells)]
        column = _labelled_kind(cells) or column
        if column in found:
            continue
        named = sum(cell_span(cell, column) is not None for cell in cells if cell.strip())
        if named and named * 10 >= 6 * sum(bool(cell.strip()) for cell in cells):
            found[column] = at
    return found | _coarser(table, found) or _labelled_column(table) or _dated_column(table)


def _dated_column(table: Block) -> dict[Column, int]:
    """A column of dates that go forwards: its rows are days, or stretches of them."""
    for at, header in enumerate(table.inside[0].cells):
        if column_of(phrase(header, {}).text) not in ("day", "month", "date", "minutes"):
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
        if not any(unit_of(phrase(cell, {}).text) for cell in cells[:3]):
            continue
        units = [unit_of(phrase(cell, {}).text) for cell in cells if cell.strip()]
        kinds = Counter(unit.kind for unit in units if unit and unit.place == "head"
                        and not (unit.word or unit.weekday))  # fmt: skip
        bare = at == 0 or not any(unit and unit.rest for unit in units)
        for kind, count in kinds.most_common(1) if bare else ():
            if count == len(units) > 1 or (count >= _SURE and count * 10 >= 6 * len(units)):
                return {column: at for column in UNIT_COLUMNS if column == kind}
    return {}


def within_an_hour(table: Block, columns: list[Column]) -> bool:
    """Whether a column says of every row that it takes minutes."""
    at = columns.index("minutes") if "minutes" in columns else -1
    cells = [row.cells[at] for row in table.inside[1:] if 0 <= at < len(row.cells)]
    totals = [times_in(phrase(cell, {}).text).total or _MOST_OF_A_SESSION + 1 for cell in cells]
    return bool(totals) and max(totals) <= _MOST_OF_A_SESSION


def _labelled_kind(cells: list[str]) -> Column | None:
    """What the cells of a column call themselves, whatever its header: `Week 1` under `Stage`."""
    written = [text for cell in cells if (text := phrase(cell, {}).text)]
    units = [unit_of(text) for text in written]
    kinds = {unit.kind if unit and not (unit.word or unit.weekday or unit.rest) else None
             for unit in units}  # fmt: skip
    return next((column for column in UNIT_COLUMNS if kinds == {column}), None)


def _coarser(table: Block, found: dict[Column, int]) -> dict[Column, int]:
    """A column of full labels such as `Week 1` before one that numbers days."""
    finest = max(map(UNIT_COLUMNS.index, found), default=0)
    for at in range(min(found.values(), default=0)):
        cells = [row.cells[at] for row in table.inside[1:] if at < len(row.cells)]
        kind = _labelled_kind(cells)
        if kind and kind not in found and UNIT_COLUMNS.index(kind) < finest:
            return {kind: at}
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
