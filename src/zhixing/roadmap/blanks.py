"""Which lines of plain text are rows of columns made of blanks? `Day 1  3h    Variables`.

Also `Day 1 3h Variables`, and lines that count on without a sign: `第一周 变量`, `第二周 循环`.
"""

import re
from dataclasses import replace
from itertools import groupby, pairwise

from zhixing.roadmap.blocks import Block
from zhixing.roadmap.columns import UNIT_COLUMNS, cell_span
from zhixing.roadmap.dates import in_order
from zhixing.roadmap.phrases import phrase
from zhixing.roadmap.pipes import cells_of, heads_rows
from zhixing.roadmap.roles import Column, column_of
from zhixing.roadmap.unitwords import Unit, unit_of

_GAP = re.compile(r"(?:[ \u00a0]{2,}|\t|\u3000)[ \u00a0\t\u3000]*")
_TIME = re.compile(
    r"(?:\d{1,3}(?:\.\d{1,2})?\s*(?:[-–~～]\s*\d{1,3}(?:\.\d)?\s*)?"
    r"(?:个?小时|分钟|天|周|h|hrs?|hours?|min|mins|minutes?)|OFF|休息?)(?![A-Za-z])",
    re.I,
)
_HEADER = {"day": "Day", "week": "Week", "month": "Month", "stage": "Stage"}
_BOLD_LABEL = re.compile(r"\s*(?:\*\*|__)([^*_\n]{2,40})(?:\*\*|__)")
_LONGEST_LINE = 160
_ENDS = (".", "。", "!", "！", ";", "；", ",", "，")


def with_columns(blocks: list[Block]) -> list[Block]:
    """`blocks` with such lines as tables and lists; lines stay where they are."""
    if not any(block.inside or block.form == "paragraph" for block in blocks):
        return blocks
    result: list[Block] = []
    for block in counting_on(_spaced(blocks)):
        if block.inside and block.form in ("item", "quote"):
            block.inside = with_columns(block.inside)
        block = headed(block) if block.form == "table" else block
        several = block.form == "paragraph" and "\n" in block.text
        for each in _at_bold_labels(block) if several else [block]:
            result += columned(each) if several else [each]
    return result


def _spaced(blocks: list[Block]) -> list[Block]:
    """`blocks` with rows of columns that have an empty line between them as tables."""
    result: list[Block] = []
    for lone, run in groupby(blocks, key=_is_row_alone):
        rows = list(run)
        cells = [_cells(row.text) for row in rows] if lone and len(rows) > 1 else []
        begin = next((at for at in range(len(cells)) if _row_kind(cells, at)), None)
        column = _row_kind(cells, begin) if begin is not None else None
        kept = [
            row for row, each in zip(rows, cells, strict=False) if column and _is_row(each, column)
        ]
        if begin is None or column is None or len(kept) < 2 or len(kept) < len(rows[begin:]):
            result += rows
            continue
        headed = begin > 0 and _header_kind(cells[begin - 1]) is not None
        header = cells[begin - 1] if headed else _said_header(cells[begin:], column)
        table = _table(rows[begin - headed].line, header, cells[begin:], rows[begin].line)
        for row, line in zip(table.inside[1:], kept, strict=True):
            row.line = row.last = line.line
        table.last = kept[-1].last
        result += [*rows[: begin - headed], table]
    return result


def _is_row_alone(block: Block) -> bool:
    one_line = block.form == "paragraph" and "\n" not in block.text
    return one_line and len(block.text) < _LONGEST_LINE and bool(_GAP.search(block.text.strip()))


def headed(table: Block) -> Block:
    """A table whose first row is no row of names but `Day 8`, above `Day 9`: with names above."""
    firsts = [unit_of(phrase(row.cells[0], {}).text) for row in table.inside[:2] if row.cells]
    known = [unit for unit in firsts if unit and not (unit.rest or unit.word or unit.weekday)]
    column = next((each for each in UNIT_COLUMNS if known and each == known[0].kind), None)
    if len(known) < 2 or column is None or not _onwards(known):
        return table
    rows = [row.cells for row in table.inside]
    names = Block("row", "", table.line, table.line, cells=_said_header(rows, column))
    return replace(table, inside=[names, *table.inside])


def _at_bold_labels(paragraph: Block) -> list[Block]:
    """`**Week 1:** …` above `**Week 2:** …` in one paragraph: one paragraph for each."""
    lines = paragraph.text.split("\n")
    begins = [at for at, line in enumerate(lines)
              if (bold := _BOLD_LABEL.match(line)) and (unit := unit_of(bold[1].strip(" :：")))
              and unit.place == "head" and not unit.weekday and not unit.rest]  # fmt: skip
    if len(begins) < 2:
        return [paragraph]
    cuts = [0, *[at for at in begins if at], len(lines)]
    pieces = [_rest(paragraph, lines, a, b) for a, b in pairwise(cuts)]
    return [each for piece in pieces for each in piece]


def columned(paragraph: Block) -> list[Block]:
    """A paragraph as the table or the list that it draws, else itself."""
    lines = paragraph.text.split("\n")
    if "|" in paragraph.text and (piped := _piped(paragraph, lines)):
        return piped
    if not any(unit_of(line.strip()) for line in lines[:3]) and not _GAP.search(lines[0].strip()):
        return [paragraph]
    cells = [_cells(line) for line in lines]
    begin = next((at for at in range(len(lines)) if _row_kind(cells, at)), None)
    if begin is None:
        return _counted(paragraph, lines)
    column = _row_kind(cells, begin) or "day"
    headed = begin > 0 and _header_kind(cells[begin - 1]) is not None
    end = begin
    while end < len(lines) and (_is_row(cells[end], column) or _goes_on(lines[end])):
        end += 1
    if sum(_is_row(each, column) for each in cells[begin:end]) < 2:
        return _counted(paragraph, lines)
    top = begin - headed
    header = cells[begin - 1] if headed else _said_header(cells[begin:end], column)
    return [
        *_rest(paragraph, lines, 0, top),
        _table(paragraph.line + top, header, cells[begin:end], paragraph.line + begin),
        *_rest(paragraph, lines, end, len(lines)),
    ]


def _piped(paragraph: Block, lines: list[str]) -> list[Block]:
    """`| 周 | 内容 |` above `| 6 | 线性回归 |` with no rule between them: a table, where the
    first row names columns that we know."""
    drawn = [bool(cells_of(line)) for line in lines]
    begin = drawn.index(True) if True in drawn else len(lines)
    end = next((at for at in range(begin, len(lines)) if not drawn[at]), len(lines))
    if end - begin < 2 or not heads_rows(lines[begin:end]):
        return []
    rows = [cells_of(line) for line in lines[begin:end]]
    return [
        *_rest(paragraph, lines, 0, begin),
        _table(paragraph.line + begin, rows[0], rows[1:], paragraph.line + begin + 1),
        *_rest(paragraph, lines, end, len(lines)),
    ]


def _cells(line: str) -> list[str]:
    """The cells of a line; a time right behind a label is one of its own."""
    bare = line.strip()
    cells = [cell for cell in _GAP.split(bare) if cell]
    unit = unit_of(cells[0]) if cells else None
    if unit and unit.rest and unit.place == "head" and (time := _TIME.match(unit.rest)):
        label = cells[0].removesuffix(unit.rest).strip()
        more = unit.rest[time.end() :].strip(" ：:|-")
        return [label, time[0], *([more] if more else []), *cells[1:]]
    return cells


def _header_kind(cells: list[str]) -> Column | None:
    column = column_of(cells[0]) if len(cells) > 1 else None
    return column if column in UNIT_COLUMNS else None


def _row_kind(cells: list[list[str]], at: int) -> Column | None:
    """What the row numbers, by the line of names above it or by its own label."""
    headed = _header_kind(cells[at - 1]) if at else None
    if headed and len(cells[at]) > 1 and cell_span(cells[at][0], headed):
        return headed
    unit = _label(cells[at])
    return next((column for column in UNIT_COLUMNS if unit and column == unit.kind), None)


def _label(cells: list[str]) -> Unit | None:
    unit = unit_of(cells[0]) if len(cells) > 1 else None
    bare = unit and not unit.rest and not unit.word and unit.place == "head"
    if unit and unit.weekday and not (len(cells) > 2 and _TIME.fullmatch(cells[1])):
        return None  # opening hours
    return unit if bare else None


def _is_row(cells: list[str], column: Column) -> bool:
    return len(cells) > 1 and cell_span(cells[0], column) is not None


def _goes_on(line: str) -> bool:
    """A line that begins with blanks goes on with the words of the row above it."""
    return line[:2].isspace() and bool(line.strip())


def _said_header(rows: list[list[str]], column: Column) -> list[str]:
    """Names for columns that nobody named: one that says only times, and topics."""
    width = max(len(row) for row in rows)
    names = [_HEADER[column]]
    for at in range(1, width):
        said = [row[at] for row in rows if at < len(row)]
        timed = said and all(_TIME.fullmatch(cell) for cell in said)
        names.append("Time" if timed else "Topic" if "Topic" not in names else "Notes")
    return names


def _table(line: int, header: list[str], rows: list[list[str]], first: int) -> Block:
    table = Block("table", "", line, first + len(rows) - 1)
    table.inside = [Block("row", "", line, line, cells=header)]
    for at, row in enumerate(rows, start=first):
        if len(row) < 2 and len(table.inside) > 1:
            table.inside[-1].cells[-1] += " " + " ".join(row)
            continue
        held = [*row[: len(header) - 1], " ".join(row[len(header) - 1 :])]
        table.inside.append(Block("row", "", at, at, cells=held))
    return table


def _rest(paragraph: Block, lines: list[str], start: int, end: int) -> list[Block]:
    text = "\n".join(lines[start:end])
    at = paragraph.line
    return [replace(paragraph, text=text, line=at + start, last=at + end - 1)] if text else []


def _counted(paragraph: Block, lines: list[str]) -> list[Block]:
    """Lines that all begin with a label and count on are a list."""
    units = [unit_of(line.strip()) for line in lines]
    if any(len(line) > _LONGEST_LINE for line in lines):
        return [paragraph]
    known = [unit for unit in units if unit and unit.rest and unit.place == "head"]
    dates = [unit.dates for unit in known if unit.dates and unit.separated and not _past(unit)]
    if len(dates) == len(lines) > 2 and len(set(dates)) == len(dates) and in_order(dates):
        return _listed(paragraph, lines)
    if len(known) < len(lines) or all(unit.separated for unit in known):
        return [paragraph]
    plain = not any(unit.word or unit.weekday or unit.first is None for unit in known)
    if not plain or len({unit.kind for unit in known}) > 1 or not _onwards(known):
        return [paragraph]
    return _listed(paragraph, lines)


def _past(unit: Unit) -> bool:
    """A single date with its year, as in news."""
    return unit.dates is not None and unit.dates.year and not unit.weekday


def _listed(paragraph: Block, lines: list[str]) -> list[Block]:
    at = paragraph.line
    return [Block("item", line.strip(), at + n, at + n) for n, line in enumerate(lines)]


def counting_on(blocks: list[Block]) -> list[Block]:
    """`blocks` with lone lines such as `第1天 变量` as heads, where at least three count on."""
    if len(blocks) < 3:
        return blocks
    known = [(at, unit) for at, block in enumerate(blocks)
             if block.form == "paragraph" and (unit := _lone(block))]  # fmt: skip
    units = [unit for _, unit in known]
    if len(units) < 3 or len({unit.kind for unit in units}) > 1 or not _onwards(units):
        return blocks
    heads = {at for at, _ in known}
    return [replace(block, form="bold") if at in heads else block
            for at, block in enumerate(blocks)]  # fmt: skip


def _lone(block: Block) -> Unit | None:
    short = "\n" not in block.text and len(block.text) < 60
    unit = unit_of(block.text.strip()) if short else None
    if unit is None or unit.separated or not unit.rest or unit.place != "head":
        return None
    named = unit.word or unit.weekday or unit.first is None or block.text.endswith(_ENDS)
    return None if named else unit


def _onwards(units: list[Unit]) -> bool:
    return all((after.first or 0) == (before.last or 0) + 1 for before, after in pairwise(units))
