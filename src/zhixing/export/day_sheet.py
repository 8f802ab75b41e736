"""The sheet of days: a row a piece, to be filled in and read back."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from zhixing.export.plan_pieces import MINUTES_A_DAY, STATES, PlanExport, PlanPiece, web_links
from zhixing.export.plan_tables import (
    DATE,
    KIND,
    LAB,
    MINUTES,
    NOTE,
    STAGE,
    STATUS,
    TAKEN,
    TIME,
    TITLE,
    WEEK,
    WEEKDAY,
)
from zhixing.export.row_marks import AS_EXPORTED, ID, storable, told
from zhixing.export.sheet_ink import (
    LINE,
    MOSS,
    MOSS_PALE,
    PAPER,
    QUIET,
    SEAL,
    WEEKEND,
    Ink,
    to_print,
    write_text,
)
from zhixing.words import Said, say

SHEET = say("Days")
MOST_LINKS = 65_530
"""A sheet with more links is damaged for Excel; what is beyond stands as text."""
LONGEST_LINK = 2079
LINKS = 3
WIDE = {DATE: 11.5, WEEKDAY: 11, WEEK: 6, KIND: 9, TITLE: 64, MINUTES: 8, TIME: 13, STATUS: 9,
        TAKEN: 9, LAB: 27, NOTE: 32}  # fmt: skip
LINK_WIDTH = 26
CENTRE: dict[str, Any] = {"align": "center"}
LOOKS: dict[Said, dict[str, Any]] = {
    DATE: {"num_format": "yyyy-mm-dd", "align": "left"},
    WEEKDAY: {"font_color": QUIET},
    WEEK: CENTRE,
    KIND: {"font_color": QUIET},
    TITLE: {"text_wrap": True},
    MINUTES: CENTRE,
    TIME: {"text_wrap": True, "font_color": QUIET},
    STATUS: {"bg_color": PAPER, **CENTRE},
    TAKEN: {"bg_color": PAPER, "num_format": "0", **CENTRE},
    LAB: {"font_color": QUIET, "font_size": 9},
    NOTE: {"text_wrap": True},
}
LONGEST_LABEL = 250
LINE_POINTS, MOST_LINES = 14, 20


@dataclass(frozen=True, slots=True)
class DaySheet:
    """Where the sheet of days has what: letters of columns, and its last row, counted from 1."""

    name: str
    columns: dict[Said, str]
    last: int

    def range(self, column: Said) -> str:
        """The cells of a column, for a formula of another sheet."""
        letter = self.columns[column]
        return f"'{self.name}'!${letter}$2:${letter}${self.last}"


def write_days(book: Workbook, ink: Ink, plan: PlanExport) -> DaySheet:
    """The sheet, first in the book."""
    sheet = book.add_worksheet(SHEET.render(plan.language))
    shown = _columns(plan)
    place = {column: number for number, column in enumerate(shown)}
    for column, number in place.items():
        align = {"align": LOOKS[column]["align"]} if "align" in LOOKS.get(column, ()) else {}
        sheet.write_string(0, number, column.render(plan.language), ink.head(**align))
        sheet.set_column(number, number, WIDE.get(column, LINK_WIDTH))
    hidden = len(shown)
    for number, name in enumerate((ID, AS_EXPORTED, STAGE.render(plan.language)), hidden):
        sheet.write_string(0, number, name)
        sheet.set_column(number, number, 12, None, {"hidden": True})
    budget = iter(range(MOST_LINKS))
    for row, piece in enumerate(plan.pieces, 1):
        _row(sheet, ink, plan, row, piece, place, budget)
        sheet.write_string(row, hidden, storable(piece.id))
        sheet.write_string(row, hidden + 1, told(piece))
        sheet.write_string(row, hidden + 2, storable(piece.stage or plan.title))
    places = {**place, STAGE: hidden + 2}
    letters = {column: xl_col_to_name(number) for column, number in places.items()}
    days = DaySheet(sheet.get_name(), letters, max(2, len(plan.pieces) + 1))
    _frame(sheet, len(shown), days.last)
    _choices(sheet, plan, place, days.last)
    _conditions(book, sheet, plan, days, len(shown))
    return days


def _columns(plan: PlanExport) -> list[Said]:
    links = max((len(web_links(piece)) for piece in plan.pieces), default=0)
    timed = any(piece.times for piece in plan.pieces)
    shown = [DATE, WEEKDAY, WEEK, KIND, TITLE, MINUTES, *([TIME] if timed else []), STATUS, TAKEN,
             LAB]  # fmt: skip
    return [*shown, *(link_column(n) for n in range(1, min(links, LINKS) + 1)), NOTE]


def link_column(number: int) -> Said:
    return say("link {n}", n=number)


def _row(
    sheet: Worksheet, ink: Ink, plan: PlanExport, row: int, piece: PlanPiece,
    place: dict[Said, int], budget: Iterator[int],
) -> None:  # fmt: skip
    sheet.write_datetime(row, place[DATE], piece.date, ink.of(**LOOKS[DATE]))
    sheet.write_number(row, place[WEEK], piece.week, ink.of(**LOOKS[WEEK]))
    sheet.write_number(row, place[MINUTES], piece.minutes, ink.of(**LOOKS[MINUTES]))
    if piece.taken is None:
        sheet.write_blank(row, place[TAKEN], None, ink.of(**LOOKS[TAKEN]))
    else:
        sheet.write_number(row, place[TAKEN], piece.taken, ink.of(**LOOKS[TAKEN]))
    texts = {WEEKDAY: piece.weekday, KIND: piece.kind_name, TITLE: piece.title, LAB: piece.lab,
             STATUS: STATES[piece.choice].render(plan.language), NOTE: piece.note}  # fmt: skip
    if TIME in place:
        texts[TIME] = piece.clock
    for column, text in texts.items():
        write_text(sheet, row, place[column], text, ink, **LOOKS[column])
    _links(sheet, ink, row, piece, place, budget)
    lines = max(_lines(text, WIDE[column]) for column, text in texts.items())
    if lines > 1:
        sheet.set_row(row, 4 + LINE_POINTS * min(lines, MOST_LINES))


def _links(
    sheet: Worksheet, ink: Ink, row: int, piece: PlanPiece, place: dict[Said, int],
    budget: Iterator[int],
) -> None:  # fmt: skip
    for number, link in enumerate(web_links(piece)[:LINKS], 1):
        column = place[link_column(number)]
        if len(link.url) <= LONGEST_LINK and next(budget, None) is not None:
            label = storable(link.label)[:LONGEST_LABEL] or link.url
            sheet.write_url(row, column, link.url, ink.of(font_color=MOSS, font_size=9), label)
        else:
            write_text(sheet, row, column, f"{link.label} {link.url}", ink, font_size=9)


def _lines(text: str, width: float) -> int:
    """How many lines a text takes in a column; a Chinese letter counts twice."""
    broad = (len(line) + sum(letter >= "\u1100" for letter in line) for line in text.split("\n"))
    return sum(max(1, math.ceil(b / width)) for b in broad)


def _frame(sheet: Worksheet, columns: int, last: int) -> None:
    sheet.set_row(0, 28)
    sheet.set_default_row(17)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last - 1, columns + 2)
    sheet.repeat_rows(0)
    to_print(sheet)
    sheet.print_area(0, 0, last - 1, columns - 1)
    sheet.hide_gridlines(2)


def _choices(sheet: Worksheet, plan: PlanExport, place: dict[Said, int], last: int) -> None:
    """What may be filled in: one of three words, whole minutes."""

    def said(text: Said) -> str:
        return text.render(plan.language)

    words = [said(word) for word in STATES.values()]
    status, taken = place[STATUS], place[TAKEN]
    sheet.data_validation(1, status, last - 1, status, {
        "validate": "list", "source": words, "error_title": said(STATUS),
        "error_message": said(say("choose one of: {known}", known=", ".join(words))),
    })  # fmt: skip
    sheet.data_validation(1, taken, last - 1, taken, {
        "validate": "integer", "criteria": "between", "minimum": 0, "maximum": MINUTES_A_DAY,
        "error_title": said(TAKEN),
        "error_message": said(say("whole minutes, from 0 to 1440")),
    })  # fmt: skip


def _conditions(
    book: Workbook, sheet: Worksheet, plan: PlanExport, days: DaySheet, columns: int
) -> None:
    """Looks that follow what is filled in, and that hold after sorting as well."""
    date, status = f"${days.columns[DATE]}2", f"${days.columns[STATUS]}2"
    word = {state: STATES[state].render(plan.language) for state in STATES}
    whole = (1, 0, days.last - 1, columns - 1)
    dates = (1, 0, days.last - 1, 1)
    one = (1, place := _number(days.columns[STATUS]), days.last - 1, place)
    rules: tuple[tuple[tuple[int, int, int, int], str, dict[str, object]], ...] = (
        (one, f'{status}="{word["done"]}"', {"font_color": MOSS, "bold": True}),
        (whole, f'{status}="{word["skipped"]}"', {"font_color": QUIET, "font_strikeout": True}),
        (whole, f'{status}="{word["done"]}"', {"bg_color": MOSS_PALE}),
        (dates, f'AND({status}="{word["open"]}",{date}<TODAY())', {"font_color": SEAL}),
        (whole, f"WEEKDAY({date},2)>5", {"bg_color": WEEKEND}),
        (whole, f"{date}<>{date.replace('2', '1')}", {"top": 1, "top_color": LINE}),
    )
    for where, formula, look in rules:
        sheet.conditional_format(
            *where, {"type": "formula", "criteria": f"={formula}", "format": book.add_format(look)}
        )


def _number(letter: str) -> int:
    return ord(letter) - ord("A")
