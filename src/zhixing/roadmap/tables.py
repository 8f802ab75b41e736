"""What do tables say? Units where a column numbers weeks or days, else resources or notes."""

import re
from dataclasses import replace

from zhixing.records import Link, NodeKind
from zhixing.roadmap.blocks import Block
from zhixing.roadmap.labelling import (
    UNIT_COLUMNS,
    Survey,
    cell_span,
    only_weekdays,
    repeats,
    unit_columns,
)
from zhixing.roadmap.leaves import leaf
from zhixing.roadmap.phrases import Phrase, is_generic, phrase
from zhixing.roadmap.roles import Column, Role, column_of, language_word, resource_kind
from zhixing.roadmap.sketch import Around, Sketch
from zhixing.roadmap.statements import statement
from zhixing.roadmap.times import middle, times_in
from zhixing.roadmap.unitwords import Unit, unit_of, weekday_span

_ROLE_OF_COLUMN: dict[Column, Role] = {
    "criteria": "criteria", "projects": "projects", "resources": "resources", "link": "resources",
}  # fmt: skip
_DONE = ("✅", "☑", "✔", "[x]", "done", "ok", "完成", "已完成", "yes", "√", "✓")
_NOT_DONE = re.compile(r"[未没待]\s?(?:有|能)?(?:完成|学)|\bnot\b|\bto be\b|进行中|in progress")
_SAID_OF_A_ROW: frozenset[Column] = frozenset(
    {"link", "type", "language", "rating", "status", "minutes", "per_week", "needs", "remark"}
)
_EMPTY = ("", "-", "–", "—", "/", "n/a", "无", "none")


def table_nodes(table: Block, survey: Survey, around: Around) -> list[Sketch]:
    """The nodes of a table, one or more a row."""
    if len(table.inside) < 2:
        return [_note_row(row, survey) for row in table.inside]
    headers = [phrase(cell, survey.references).text for cell in table.inside[0].cells]
    columns = [column_of(header) for header in headers]
    columns = [_ticked(table, at) or column for at, column in enumerate(columns)]
    units = unit_columns(table) if around.units else {}
    if list(units) == ["day"] and around.unit != "week" and only_weekdays(table, units["day"]):
        units = {}
    rows = table.inside[1:]
    if units and not _overview(rows, units, survey):
        return _unit_rows(rows, headers, columns, units, survey, around)
    return [_row(row, headers, columns, survey, around) for row in rows if any(row.cells)]


def states_times(table: Block) -> bool:
    """Whether a column says how long each row takes."""
    headers = table.inside[0].cells if table.inside else []
    return any(column_of(phrase(cell, {}).text) in ("minutes", "per_week") for cell in headers)


def _ticked(table: Block, at: int) -> Column | None:
    """Whether a column says nothing but ✓."""
    cells = [row.cells[at].strip().lower() for row in table.inside[1:] if at < len(row.cells)]
    said = [cell for cell in cells if cell not in _EMPTY]
    return "status" if said and all(cell.rstrip("\ufe0f") in _DONE for cell in said) else None


def _overview(rows: list[Block], units: dict[Column, int], survey: Survey) -> bool:
    """Whether headings lay out what the rows number at their finest."""
    finest = max(units, key=UNIT_COLUMNS.index)
    named = [_cell_unit(row, finest, units[finest]) for row in rows]
    return repeats(survey, [unit for unit in named if unit])


def _cell_unit(row: Block, column: Column, at: int) -> Unit | None:
    cell = row.cells[at] if at < len(row.cells) else ""
    span = cell_span(cell, column)
    if span is None:
        return None
    kinds: dict[Column, NodeKind] = {"stage": "stage", "month": "month", "week": "week"}
    kind = kinds.get(column, "day")
    said = unit_of(phrase(cell, {}).text)
    rest = said.rest if said and said.kind == kind and not said.weekday else ""
    if kind == "stage":
        return Unit(kind, rest, number=said.number if said and said.number else str(span[0]))
    return Unit(kind, rest, *span)


def _unit_rows(
    rows: list[Block],
    headers: list[str],
    columns: list[Column],
    units: dict[Column, int],
    survey: Survey,
    around: Around,
) -> list[Sketch]:
    """Rows as units, the coarser column around the finer; an empty cell goes on as above."""
    top: list[Sketch] = []
    held: dict[Column, Sketch] = {}
    order = [column for column in UNIT_COLUMNS if column in units]
    for row in rows:
        holder: Sketch | None = None
        for column in order:
            unit = _cell_unit(row, column, units[column])
            same = held.get(column)
            if unit and not (same and _same(same, unit) and column != order[-1]):
                same = Sketch(unit.kind, unit.rest, row.line, first=unit.first, last=unit.last,
                              number=unit.number, bare=not unit.rest)  # fmt: skip
                (holder.inside if holder else top).append(same)
                held[column] = same
                for finer in order[order.index(column) + 1 :]:
                    held.pop(finer, None)
            holder = same or holder
        if holder is None:
            top.append(_row(row, headers, columns, survey, around))
        else:
            skip = set(units.values())
            _fill(holder, row, headers, columns, skip, survey, around.under(holder))
    return top


def _same(node: Sketch, unit: Unit) -> bool:
    return (node.first, node.last, node.number) == (unit.first, unit.last, unit.number)


def _fill(
    unit: Sketch,
    row: Block,
    headers: list[str],
    columns: list[Column],
    skip: set[int],
    survey: Survey,
    around: Around,
) -> None:
    """The other cells of a row, below its unit: tasks, projects, criteria, time, details."""
    mains = [
        at for at, column in enumerate(columns) if column in ("tasks", "title") and at not in skip
    ]
    other = [at for at, column in enumerate(columns)
             if column == "other" and at not in skip and not weekday_span(headers[at])]  # fmt: skip
    asking = set(mains[:1] or other[:1]) | {at for at in mains if columns[at] == "tasks"}
    before = len(unit.inside)
    for at, cell in enumerate(row.cells):
        said = phrase(cell, survey.references)
        if at in skip or (said.text.lower() in _EMPTY and not said.links):
            continue
        column = columns[at] if at < len(columns) else "other"
        header = headers[at] if at < len(headers) else ""
        if unit.kind == "week" and (span := weekday_span(header)):
            day = Sketch("day", said.text, row.line, first=span[0], last=span[1])
            day.inside = _cell_nodes(cell, row.line, None, survey, around.under(day))
            unit.inside.append(day)
            continue
        if at in asking and unit.bare and not unit.title and at == min(asking):
            unit.title = without_break(said.text)
        if at in asking or column in _ROLE_OF_COLUMN:
            role = None if at in asking else _ROLE_OF_COLUMN.get(column)
            unit.inside += _cell_nodes(cell, row.line, role, survey, around)
        else:
            _say(unit, column, header, said)
    if any(column == "status" and _is_done(cell)
           for column, cell in zip(columns, row.cells, strict=False)):  # fmt: skip
        for node in (each for one in unit.inside[before:] for each in one.walk()):
            if node.task_kind:
                node.marks.add("done")


def _is_done(text: str) -> bool:
    said = text.lower()
    return any(mark in said for mark in _DONE) and _NOT_DONE.search(said) is None


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


def _row(
    row: Block, headers: list[str], columns: list[Column], survey: Survey, around: Around
) -> Sketch:
    """A row that numbers no unit: a resource, a skill with stars, or a note."""
    cells = [phrase(cell, survey.references) for cell in row.cells]
    at = _title_column(columns, cells)
    title, links = cells[at].text, [link for cell in cells for link in cell.links]
    rows_of_links = "link" in columns or around.role in ("resources", "gathered", "papers")
    named = any(c in ("resources", "title", "type", "minutes", "per_week") for c in columns)
    wanted = (
        rows_of_links
        or (bool(links) and named)
        or (named and around.role not in ("content", None) and around.role != "aside")
        or ("minutes" in columns and named)
    )
    node = Sketch("resource" if wanted else "note", title or "-", row.line)
    node.links = [replace(link, label=title) if title and is_generic(link.label) else link
                  for link in links]  # fmt: skip
    for here, cell in enumerate(cells):
        if here != at and cell.text and not _only_link(cell):
            column = columns[here] if here < len(columns) else "other"
            _say(node, column, headers[here] if here < len(headers) else "", cell)
    _weeks_of_effort(node)
    if node.kind == "resource":
        stated = next((words for name, words in node.details if name == "type"), "")
        kind = resource_kind(stated, title, links[0].url if links else "")
        node.details = [("kind", kind)] * bool(kind) + node.details
        if around.asks and around.role not in ("gathered", "tools"):
            node.task_kind = "paper" if kind == "paper" else "study"
    elif node.stars is not None and around.role in (None, "content") and not around.quiet:
        node.kind = "skill"
    elif around.asks and columns[at] in ("tasks", "title"):
        node.kind, node.task_kind = "task", "study"
    return node


def _title_column(columns: list[Column], cells: list[Phrase]) -> int:
    """The column that names a row: by its header, else the first with words."""
    known = [at for at in range(min(len(columns), len(cells)))
             if cells[at].text.lower() not in _EMPTY]  # fmt: skip
    for wanted in ("title", "resources", "tasks", "projects"):
        for at in known:
            if columns[at] == wanted:
                return at
    if known[:1] == [0] and columns[0] == "link" and not is_generic(cells[0].text):
        return 0  # `Notebook | Description`: it is called by the words of its link
    plain = [at for at in known if columns[at] not in _SAID_OF_A_ROW]
    return (plain or known or [0])[0]


def _only_link(cell: Phrase) -> bool:
    return (
        bool(cell.links) and sum(len(link.label) for link in cell.links) * 10 >= len(cell.text) * 9
    )


def _say(node: Sketch, column: Column, header: str, cell: Phrase) -> None:
    """What a cell says besides: stars, time and done marks in their places, the rest as details."""
    text = cell.text
    node.links += (
        [link for link in cell.links if link not in node.links] if node.kind != "resource" else []
    )
    if column == "rating" and node.stars is None:
        node.stars = stars_in(text)
    if column == "status" and _is_done(text):
        node.marks.add("done")
    if column in ("minutes", "per_week"):
        node.timed(times_in(_with_unit(text, header)))
        if node.minutes is None and node.times.total:
            node.minutes = round(node.times.total)
    if column == "language":
        node.detail("language", language_word(text) or text)
        if language_word(text) and language_word(text) != text:
            node.detail(header, text)
        return
    if text.lower() not in _EMPTY and not (
        column == "rating" and node.stars and not text.strip("⭐★☆🌟️ ")
    ):
        node.detail("type" if column == "type" else header or column, text)


def stars_in(text: str) -> int | None:
    """`⭐⭐⭐` → 3, `4/5` → 4, `高` → None."""
    run = sum(text.count(star) for star in "⭐★🌟")
    if run:
        return min(run, 5)
    number = text.strip().partition("/")[0].strip()
    return int(number) if number in ("1", "2", "3", "4", "5") else None


def _with_unit(text: str, header: str) -> str:
    """`12` under `Hours` is 12 hours."""
    unit = (
        "h"
        if any(word in header.lower() for word in ("hour", "hrs", "小时", "学时", "工时"))
        else ""
    )
    return (
        f"{text} {unit}"
        if text.replace(".", "").replace("-", "").replace("–", "").strip().isdigit()
        else text
    )


def _weeks_of_effort(node: Sketch) -> None:
    """`6 weeks` and `4–6 hours/week` in two columns are 30 hours."""
    times = node.times
    if node.minutes is None and times.weeks and times.per_week:
        node.minutes = round(middle(times.weeks) * middle(times.per_week))


def _note_row(row: Block, survey: Survey) -> Sketch:
    cells = [phrase(cell, survey.references) for cell in row.cells]
    links: list[Link] = [link for cell in cells for link in cell.links]
    return Sketch("note", " | ".join(c.text for c in cells if c.text) or "-", row.line, links=links)
