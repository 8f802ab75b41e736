"""What do tables say? Units where a column numbers weeks or days, else resources or notes."""

import re
from dataclasses import dataclass, replace

from zhixing.records import NodeKind
from zhixing.roadmap.blocks import Block
from zhixing.roadmap.columns import (
    UNIT_COLUMNS,
    cell_span,
    counted_words,
    hour_of,
    only_weekdays,
    unit_columns,
    within_an_hour,
)
from zhixing.roadmap.dates import dates_of_cell
from zhixing.roadmap.leaves import leaf
from zhixing.roadmap.phrases import phrase
from zhixing.roadmap.roles import Column, Role, column_of
from zhixing.roadmap.rows import (
    DONE,
    EMPTY,
    is_done,
    is_total,
    mended,
    note_row,
    plain_row,
    say_besides,
)
from zhixing.roadmap.sketch import Around, Sketch
from zhixing.roadmap.statements import statement
from zhixing.roadmap.surveying import Survey, repeats
from zhixing.roadmap.unitwords import DATE, RANK, Unit, unit_of
from zhixing.roadmap.weekdays import weekday_span

_ROLE_OF_COLUMN: dict[Column, Role] = {
    "criteria": "criteria", "projects": "projects", "resources": "resources", "link": "resources",
}  # fmt: skip
_KINDS: dict[Column, NodeKind] = {
    "stage": "stage", "month": "month", "week": "week", "day": "day",
}  # fmt: skip
_TOPIC = re.compile(r"学习内容|内容|主题|知识点|topics?|focus|themes?|subjects?|lessons?", re.I)
_WEEKDAY_LISTED = re.compile(
    r"[;；,，。\s]+(?=(?:周|星期)[一二三四五六日天]|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6}\b)"
)
_TASK = re.compile(
    r"(?:具体|学习|每日|实践)?任务|练习|作业|tasks?|activit(?:y|ies)|exercises?|to ?do", re.I
)


def table_nodes(table: Block, survey: Survey, around: Around) -> list[Sketch]:
    """The nodes of a table, one or more a row."""
    if len(table.inside) < 2:
        return [note_row(row, survey) for row in table.inside]
    headers = [phrase(cell, survey.references).text for cell in table.inside[0].cells]
    columns = [column_of(header) for header in headers]
    columns = [_ticked(table, at) or column for at, column in enumerate(columns)]
    units = unit_columns(table) if around.units else {}
    if list(units) == ["day"] and around.unit != "week" and only_weekdays(table, units["day"]):
        units = {}
    if list(units) == ["stage"] and within_an_hour(table, columns):
        units = {}  # the phases of a session
    rows = mended(table.inside[1:], columns, units)
    dated = sum(_called_by_date(row, units) for row in rows)
    if around.unit in ("week", "day") and dated * 2 > len(rows):
        units = {}  # when a lesson of the week is held
    in_words = bool(units) and _repeats_in_words(rows, survey)
    if units and not in_words and not _overview(rows, units, survey):
        return _unit_rows(rows, _Grid(headers, columns, units, survey), around)
    nodes, told = list[Sketch](), list[tuple[Unit, Sketch]]()
    for row in rows:
        if any(row.cells):
            total = is_total(row)
            node = plain_row(row, headers, columns, survey, around)
            nodes.append(note_row(row, survey) if total or in_words else node)
            if units and not total and (unit := _finest(row, units)):
                told.append((unit, node))
    survey.overviews += [told] if told else []
    return nodes


def states_times(table: Block) -> bool:
    """Whether a column says how long each row takes."""
    headers = table.inside[0].cells if table.inside else []
    return any(column_of(phrase(cell, {}).text) in ("minutes", "per_week") for cell in headers)


def _ticked(table: Block, at: int) -> Column | None:
    """Whether a column says nothing but ✓."""
    cells = [row.cells[at].strip().lower() for row in table.inside[1:] if at < len(row.cells)]
    said = [cell for cell in cells if cell not in EMPTY]
    return "status" if said and all(cell.rstrip("\ufe0f") in DONE for cell in said) else None


def _overview(rows: list[Block], units: dict[Column, int], survey: Survey) -> bool:
    """Whether headings lay out what the rows number at their finest."""
    named = [_finest(row, units) for row in rows]
    return repeats(survey, [unit for unit in named if unit])


def _finest(row: Block, units: dict[Column, int]) -> Unit | None:
    """What a row numbers, by the finest of the columns that number."""
    finest = max(units, key=UNIT_COLUMNS.index)
    return _cell_unit(row, finest, units[finest])


def _repeats_in_words(rows: list[Block], survey: Survey) -> bool:
    """Whether each row names in a cell what headings lay out: `阶段一 | 第 1 周 | …` over a heading
    `第 1 周`."""
    named = [
        [
            u
            for cell in row.cells
            if (u := unit_of(phrase(cell, {}).text)) and u.first and not u.word
        ]
        for row in rows
        if any(row.cells)
    ]
    return len(named) > 1 and all(units and repeats(survey, units) for units in named)


def _called_by_date(row: Block, units: dict[Column, int]) -> bool:
    unit = _cell_unit(row, "day", units["day"]) if "day" in units else None
    said = cell_span(row.cells[units["day"]], "day") if unit and unit.dates else None
    return unit is not None and unit.dates is not None and said is None


def _cell_unit(
    row: Block, column: Column, at: int, first_week: int = 0, in_week: bool = False
) -> Unit | None:
    """The unit that a cell of a unit column names; below week 9 `Week 10 周一` is its day 8, and
    in a week `Mon 3/4` is its Monday."""
    cell = row.cells[at] if at < len(row.cells) else ""
    of_week = in_week and cell_span(cell, column) is not None
    if column == "day" and not of_week and (dates := dates_of_cell(phrase(cell, {}).text)):
        named: NodeKind = "month" if dates.months else "day"
        return Unit(named, "", number=f"{dates.first}–{dates.last}", word=DATE, dates=dates)
    span = cell_span(cell, column)
    said = unit_of(phrase(cell, {}).text)
    if span is None:
        plain = said and said.place == "head" and not (said.word or said.weekday or said.dates)
        return said if plain and said and said.kind in _KINDS.values() else None
    if column == "day" and first_week and said and said.kind == "week" and said.first:
        later = max(0, said.first - first_week) * 7
        return Unit("day", "", span[0] + later, span[1] + later)
    kind = _KINDS[column]
    rest = said.rest if said and said.kind == kind and not said.weekday else ""
    if kind == "stage":
        rest = rest or (counted_words(cell) if said is None else "")
        return Unit(kind, rest, number=said.number if said and said.number else str(span[0]))
    return Unit(kind, rest, *span)


@dataclass(frozen=True, slots=True)
class _Grid:
    """A table of units: what its columns are called and hold, and which of them number units."""

    headers: list[str]
    columns: list[Column]
    units: dict[Column, int]
    survey: Survey

    def asking(self) -> list[int]:
        """The columns whose cells are to be done, the one that names it first. A topic
        beside its task (`学习内容 | 任务`) only names it."""
        free = [at for at in range(len(self.columns)) if at not in self.units.values()]
        mains = [at for at in free if self.columns[at] in ("tasks", "title")]
        other = [at for at in free
                 if self.columns[at] == "other" and not weekday_span(self.headers[at])]  # fmt: skip
        first = mains[:1] or other[:1]
        hours = [at for at in other if hour_of(self.headers[at]) and at not in first]
        return first + hours + [at for at in mains[1:] if self.columns[at] == "tasks"]

    def names_only(self, row: Block, asking: list[int]) -> bool:
        """Whether the first of `asking` is the topic of what the others ask for in this row."""
        if len(asking) < 2 or _TOPIC.fullmatch(self.headers[asking[0]]) is None:
            return False
        return any(
            at < len(row.cells)
            and (_TASK.fullmatch(self.headers[at]) or hour_of(self.headers[at]))
            and phrase(row.cells[at], {}).text.lower() not in EMPTY
            for at in asking[1:]
        )  # fmt: skip


def _unit_rows(rows: list[Block], grid: _Grid, around: Around) -> list[Sketch]:
    """Rows as units, the coarser column around the finer; an empty cell goes on as above."""
    top: list[Sketch] = []
    held: dict[NodeKind, Sketch] = {}
    for row in rows:
        if is_total(row):
            top.append(note_row(row, grid.survey))
            continue
        holder: Sketch | None = None
        for kind, unit in _named(row, grid, around):
            same = held.get(kind)
            if unit and not (same and _same(same, unit)):
                same = Sketch(unit.kind, unit.rest, row.line, first=unit.first, last=unit.last,
                              number=unit.number, bare=not unit.rest, dates=unit.dates)  # fmt: skip
                (holder.inside if holder else top).append(same)
                held = {each: node for each, node in held.items() if RANK[each] < RANK[kind]}
                held[kind] = same
            holder = same or holder
        if holder is None:
            top.append(plain_row(row, grid.headers, grid.columns, grid.survey, around))
        else:
            _fill(holder, row, grid, around.under(holder))
    return top


def _named(row: Block, grid: _Grid, around: Around) -> list[tuple[NodeKind, Unit | None]]:
    """What the unit columns of a row say, the coarser first; `Week 1, Day 2` in one is both."""
    in_week = around.owner.kind == "week"
    week = (around.owner.first or 0) if in_week else 0
    named: list[tuple[NodeKind, Unit | None]] = []
    for column, kind in _KINDS.items():
        if column not in grid.units:
            continue
        unit = _cell_unit(row, column, grid.units[column], week, in_week)
        inner = unit_of(unit.rest) if unit and unit.rest and kind != "stage" else None
        if unit and inner and inner.first and not inner.rest and RANK[inner.kind] > RANK[kind]:
            named += [(kind, replace(unit, rest="")), (inner.kind, inner)]
        else:
            named.append((kind, unit))
    return named


def _same(node: Sketch, unit: Unit) -> bool:
    label = (unit.kind, unit.first, unit.last, unit.number)
    return (node.kind, node.first, node.last, node.number) == label


def _fill(unit: Sketch, row: Block, grid: _Grid, around: Around) -> None:
    """The other cells of a row, below its unit: tasks, projects, criteria, time, details."""
    asking, before = grid.asking(), len(unit.inside)
    named = asking[:1] if grid.names_only(row, asking) else []
    for at, cell in enumerate(row.cells):
        said = phrase(cell, grid.survey.references)
        if at in grid.units.values() or (said.text.lower() in EMPTY and not said.links):
            continue
        column = grid.columns[at] if at < len(grid.columns) else "other"
        header = grid.headers[at] if at < len(grid.headers) else ""
        span = weekday_span(header) if unit.kind == "week" else None
        if span and (span[1] - span[0] == 6 or len(_WEEKDAY_LISTED.findall(said.text)) > 1):
            unit.inside += _of_the_week(cell, row.line, grid.survey, around)
            continue
        if span:
            day = Sketch("day", said.text, row.line, first=span[0], last=span[1])
            day.inside = _cell_nodes(cell, row.line, None, grid.survey, around.under(day))
            unit.inside.append(day)
            continue
        if at in asking[:1] and unit.bare and not unit.title:
            unit.title = without_break(said.text)
        if at in named:
            unit.links += said.links
        elif at in asking or column in _ROLE_OF_COLUMN:
            role = None if at in asking else _ROLE_OF_COLUMN.get(column)
            nodes = _cell_nodes(cell, row.line, role, grid.survey, around)
            if (hour := hour_of(header)) and at in asking:
                _said_for(nodes, hour)
            unit.inside += nodes
        else:
            say_besides(unit, column, header, said)
    _mark_done(unit.inside[before:], row, grid)


def _said_for(nodes: list[Sketch], hour: str) -> None:
    """Tasks of a column that is for a part of the day."""
    for node in nodes:
        if node.task_kind:
            node.marks.add(hour)


def _of_the_week(cell: str, line: int, survey: Survey, around: Around) -> list[Sketch]:
    """`周一环境；周二复习；…` under `周一到周日`: what is to be done in a week, piece by piece."""
    pieces = _WEEKDAY_LISTED.sub("<br>", cell)
    return _cell_nodes(pieces, line, None, survey, around)


def _mark_done(nodes: list[Sketch], row: Block, grid: _Grid) -> None:
    told = zip(grid.columns, row.cells, strict=False)
    if any(column == "status" and is_done(cell) for column, cell in told):
        for node in (each for one in nodes for each in one.walk()):
            if node.task_kind:
                node.marks.add("done")


def _cell_nodes(
    cell: str, line: int, role: Role | None, survey: Survey, around: Around
) -> list[Sketch]:
    """A cell as a list: `<br>` and bullets separate what it asks for."""
    nodes: list[Sketch] = []
    for piece in _pieces(cell):
        said = statement(piece, line, survey.references)
        if said.text:
            node = leaf(said, around, role)
            if said.done or (said.ticked and role != "criteria"):
                node.marks.add("done")
            nodes.append(node)
    return nodes


def _pieces(cell: str) -> list[str]:
    pieces = (
        cell.replace("<br/>", "<br>")
        .replace("<br />", "<br>")
        .replace("<BR>", "<br>")
        .split("<br>")
    )
    return [
        bare for piece in pieces if (bare := piece.strip().lstrip("•·-* ").strip() or piece.strip())
    ]


def without_break(text: str) -> str:
    return " ".join(text.split())
