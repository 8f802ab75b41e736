"""What does a row say that numbers no unit? A resource, a skill with stars, or a note."""

import re
from collections.abc import Mapping
from dataclasses import replace

from zhixing.records import Link
from zhixing.roadmap.blocks import Block
from zhixing.roadmap.dates import dates_of_cell
from zhixing.roadmap.phrases import Phrase, is_generic, phrase
from zhixing.roadmap.roles import Column, language_word, resource_kind
from zhixing.roadmap.sketch import UNITS, Around, Sketch
from zhixing.roadmap.surveying import Survey
from zhixing.roadmap.times import middle, times_in

DONE = ("✅", "☑", "✔", "[x]", "done", "ok", "完成", "已完成", "yes", "√", "✓")
_NOT_DONE = re.compile(r"[未没待]\s?(?:有|能)?(?:完成|学)|\bnot\b|\bto be\b|进行中|in progress")
_SAID_OF_A_ROW: frozenset[Column] = frozenset(
    {
        "link",
        "type",
        "language",
        "rating",
        "status",
        "minutes",
        "per_week",
        "needs",
        "remark",
        "date",
    }
)
_TOTAL = re.compile(
    r"(?:(?:本?周|每周|月)?(?:总计|合计|小计|总时长|共计)|(?:weekly |grand |sub)?totals?|sum)\W*",
    re.I,
)
EMPTY = ("", "-", "–", "—", "/", "n/a", "无", "none")


def is_done(text: str) -> bool:
    said = text.lower()
    return any(mark in said for mark in DONE) and _NOT_DONE.search(said) is None


def plain_row(
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
            say_besides(node, column, headers[here] if here < len(headers) else "", cell)
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
             if cells[at].text.lower() not in EMPTY]  # fmt: skip
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


def say_besides(node: Sketch, column: Column, header: str, cell: Phrase) -> None:
    """What a cell says besides: stars, time and done marks in their places, the rest as details."""
    text = cell.text
    node.links += (
        [link for link in cell.links if link not in node.links] if node.kind != "resource" else []
    )
    if column == "rating" and node.stars is None:
        node.stars = stars_in(text)
    if column == "status" and is_done(text):
        node.marks.add("done")
    if column in ("minutes", "per_week"):
        times = times_in(_with_unit(text, header))
        if node.kind in UNITS and node.minutes and node.times.minutes and times.total:
            node.minutes += round(times.total)  # a second row of the same day
            node.times = node.times._replace(minutes=(float(node.minutes), float(node.minutes)))
        node.timed(times)
        if node.minutes is None and node.times.total:
            node.minutes = round(node.times.total)
    if column == "language":
        node.detail("language", language_word(text) or text)
        if language_word(text) and language_word(text) != text:
            node.detail(header, text)
        return
    if text.lower() not in EMPTY and not (
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


def note_row(row: Block, survey: Survey) -> Sketch:
    cells = [phrase(cell, survey.references) for cell in row.cells]
    links: list[Link] = [link for cell in cells for link in cell.links]
    return Sketch("note", " | ".join(c.text for c in cells if c.text) or "-", row.line, links=links)


def is_total(row: Block) -> bool:
    """`| **Total** | 24 h |` adds up what stands above it."""
    first = next((cell for cell in row.cells if cell.strip()), "")
    return _TOTAL.fullmatch(phrase(first, {}).text) is not None


def mended(rows: list[Block], columns: list[Column], units: Mapping[Column, int]) -> list[Block]:
    """`rows`, those that leave out the number before their date moved one cell to the right."""
    if units.get("day") != 0 or columns[1:2] != ["date"]:
        return rows
    result = list(rows)
    for at, row in enumerate(rows):
        if len(row.cells) > 2 and not row.cells[-1].strip() and dates_of_cell(row.cells[0]):
            around = [rows[each].cells[0].strip() for each in (at - 1, at + 1)
                      if 0 <= each < len(rows)]  # fmt: skip
            numbers = [int(cell) for cell in around if cell.isdecimal()]
            lacking = len(numbers) == 2 and numbers[1] == numbers[0] + 2
            number = str(numbers[0] + 1) if lacking else ""
            result[at] = replace(row, cells=[number, *row.cells[:-1]])
    return result
