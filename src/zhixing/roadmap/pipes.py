"""Which tables did people write that Markdown does not know? HTML ones, and `|Label | words|`."""

import re

from zhixing.roadmap.phrases import phrase
from zhixing.roadmap.roles import column_of

_TABLE = re.compile(r"<table\b[^<>]*>", re.I)
_ROW = re.compile(r"<tr\b[^<>]*>(.{0,20000}?)(?=</tr|<tr\b|</table|\Z)", re.S | re.I)
_CELL = re.compile(r"<t[dh]\b[^<>]*>(.{0,6000}?)(?=</t[dh]|<t[dh]\b|</tr|\Z)", re.S | re.I)
_RULE = re.compile(r"[\s|:+=-]+")
_PIPED = re.compile(r"\s*\|[^|]*(?:\|[^|]*){1,30}\|\s*")
_PAIR = re.compile(r"\s{0,3}\|\s*([^|]{1,60}?)\s*\|\s*([^|]*\S[^|]*?)\s*\|\s*")


def html_rows(text: str) -> list[tuple[int, list[str]]]:
    """The rows of an HTML table with their offsets in lines; none where its first row is no header
    of columns that we know, as in tables that only lay out pictures."""
    if _TABLE.search(text) is None:
        return []
    rows: list[tuple[int, list[str]]] = []
    for found in _ROW.finditer(text):
        cells = list(_CELL.finditer(found[1]))
        if cells:
            blank = len(cells[0][1]) - len(cells[0][1].lstrip())
            words_at = found.start(1) + cells[0].start(1) + blank
            words = [" ".join(cell[1].split()) for cell in cells]
            rows.append((text.count("\n", 0, words_at), words))
    if len(rows) < 2:
        return []
    headers = [phrase(cell, {}).text for cell in rows[0][1]]
    known = sum(column_of(header) != "other" for header in headers)
    headed = re.search(r"<th\b", text, re.I) is not None and all(headers)
    return rows if len(headers) > 1 and (known * 2 >= len(headers) or (headed and known)) else []


def cells_of(line: str) -> list[str]:
    """`| 6 | 线性回归 |` → 6 and 线性回归; nothing where no pipes stand around the line."""
    cells = line.strip()[1:-1].split("|") if _PIPED.fullmatch(line) else []
    return [cell.strip() for cell in cells]


def heads_rows(run: list[str]) -> bool:
    """Whether the first of such lines names the columns of the others: `| 周 | 内容 | 作业 |`."""
    header, *rows = [cells_of(line) for line in run]
    known = [column_of(cell) for cell in header]
    if len(header) < 2 or any(len(row) != len(header) for row in rows):
        return False
    counts = known[0] in ("stage", "month", "week", "day") and header[0] not in rows[0]
    counts = counts and re.search(r"\d", header[0]) is None
    return counts or (len(header) > 2 and "other" not in known)


def with_pairs_as_items(lines: list[str]) -> list[str]:
    """`|Lessons | words|` as `- Lessons: words`, in runs of such lines that no rule makes a
    table."""
    result, at = list(lines), 0
    while at < len(lines):
        end = at
        while end < len(lines) and lines[end].lstrip().startswith("|"):
            end += 1
        run = lines[at:end]
        table = any(_RULE.fullmatch(line) for line in run) or (len(run) > 1 and heads_rows(run))
        pairs = [] if table else [_PAIR.fullmatch(line) for line in run]
        if pairs and all(pairs):
            for offset, pair in enumerate(pairs):
                if pair:
                    result[at + offset] = f"- {pair[1]}: {pair[2]}"
        at = max(end, at + 1)
    return result
