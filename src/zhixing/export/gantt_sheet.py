"""The Gantt sheet: stages and their weeks against calendar weeks, filled where there is work."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from zhixing.export.plan_pieces import PlanExport, PlanPiece, monday_of
from zhixing.export.sheet_ink import (
    A3,
    A4,
    LINE,
    MOSS,
    PAPER,
    QUIET,
    SEAL,
    Ink,
    to_print,
    write_text,
)
from zhixing.words import say

SHEET = say("Gantt")
FIRST_WEEK = 3
"""The first column of a calendar week; before it stand what it is, its hours, its share done."""
HEAD_ROWS = 2
WEEKS_A_PAGE = 60
ONE_WEEK = timedelta(days=7)
LIGHT, FULL = "#E6D9BF", "#8C7A5B"
"""Work ahead: a unit's, and a stage's, which sums up what is below it."""
GAPS = {"right": 1, "right_color": "#FFFFFF", "top": 1, "top_color": "#FFFFFF", "bottom": 1,
        "bottom_color": "#FFFFFF"}  # fmt: skip
PARTLY = "#A9C4AE"
"""Weeks of which something is done; what is all done is green."""


@dataclass
class Band:
    """A line of the chart: minutes by calendar week, all and done."""

    title: str
    is_stage: bool = False
    minutes: Counter[date] = field(default_factory=Counter)
    done: Counter[date] = field(default_factory=Counter)

    def take(self, piece: PlanPiece) -> None:
        monday = monday_of(piece.date)
        self.minutes[monday] += piece.minutes
        if piece.state == "done":
            self.done[monday] += piece.minutes


def write_gantt(book: Workbook, ink: Ink, plan: PlanExport) -> None:
    """The sheet, with the months on top and the Mondays below."""
    sheet = book.add_worksheet(SHEET.render(plan.language))
    weeks = tuple(_mondays(plan.pieces))
    listed = bands(plan.pieces)
    _head(sheet, ink, plan, weeks)
    for row, band in enumerate(listed, HEAD_ROWS):
        _band(sheet, ink, row, band, weeks)
    _this_week(book, sheet, len(listed), len(weeks))
    sheet.set_column(0, 0, 46)
    sheet.set_column(1, 2, 7)
    sheet.set_column(FIRST_WEEK, FIRST_WEEK + max(0, len(weeks) - 1), 2.6)
    sheet.freeze_panes(HEAD_ROWS, FIRST_WEEK)
    sheet.hide_gridlines(2)
    sheet.set_default_row(18)
    sheet.repeat_rows(0, HEAD_ROWS - 1)
    sheet.repeat_columns(0, FIRST_WEEK - 1)
    to_print(sheet, A4 if len(weeks) <= WEEKS_A_PAGE / 2 else A3, -(-len(weeks) // WEEKS_A_PAGE))


def bands(pieces: Iterable[PlanPiece]) -> Sequence[Band]:
    """A band a stage, each followed by those of its units, in the order in which they begin."""
    stages: dict[str, Band] = {}
    units: dict[str, dict[str, Band]] = {}
    for piece in pieces:
        stages.setdefault(piece.stage, Band(piece.stage, is_stage=True)).take(piece)
        below = units.setdefault(piece.stage, {})
        if piece.unit:
            below.setdefault(piece.unit, Band(piece.unit)).take(piece)
    return [
        band
        for stage, whole in stages.items()
        for band in ([whole] if stage else []) + list(units[stage].values())
    ]


def _mondays(pieces: Sequence[PlanPiece]) -> Iterator[date]:
    if not pieces:
        return
    monday, last = monday_of(pieces[0].date), pieces[-1].date
    while monday <= last:
        yield monday
        monday += ONE_WEEK


def _head(sheet: Worksheet, ink: Ink, plan: PlanExport, weeks: Sequence[date]) -> None:
    for row in range(HEAD_ROWS):
        for column in range(FIRST_WEEK):
            sheet.write_blank(row, column, None, ink.of(bg_color=PAPER))
    names = (say("stage or week"), say("hours"), say("done"))
    for column, name in enumerate(names):
        align = "right" if column else "left"
        sheet.write_string(1, column, name.render(plan.language), ink.head(align=align))
    look = {"bg_color": PAPER, "font_size": 8, "align": "center"}
    for number, monday in enumerate(weeks):
        shown = ink.of(num_format="d", font_color=QUIET, bottom=1, bottom_color=QUIET, **look)
        sheet.write_datetime(1, FIRST_WEEK + number, monday, shown)
    month = ink.of(num_format="yyyy-mm", bold=True, left=1, left_color=LINE, **look)
    for first, last in _months(weeks):
        if first == last:
            sheet.write_datetime(0, FIRST_WEEK + first, weeks[first], month)
        else:
            sheet.merge_range(0, FIRST_WEEK + first, 0, FIRST_WEEK + last, weeks[first], month)


def _months(weeks: Sequence[date]) -> Iterator[tuple[int, int]]:
    """The first and last week of each month, by the month of the Monday."""
    first = 0
    for number, monday in enumerate(weeks):
        if number + 1 == len(weeks) or weeks[number + 1].month != monday.month:
            yield first, number
            first = number + 1


def _band(sheet: Worksheet, ink: Ink, row: int, band: Band, weeks: Sequence[date]) -> None:
    total, done = band.minutes.total(), band.done.total()
    name = {"bold": True} if band.is_stage else {"indent": 1, "shrink": True}
    edge = {"top": 1, "top_color": LINE} if band.is_stage else {}
    write_text(sheet, row, 0, band.title, ink, **name, **edge)
    sheet.write_number(row, 1, total / 60, ink.of(num_format="0.0", **edge))
    sheet.write_number(row, 2, done / total, ink.of(num_format="0%", font_color=QUIET, **edge))
    for number, monday in enumerate(weeks):
        if band.minutes[monday]:
            filled = ink.of(bg_color=_colour(band, monday), num_format=";;;", **GAPS)
            sheet.write_number(row, FIRST_WEEK + number, band.minutes[monday], filled)
        elif edge:
            sheet.write_blank(row, FIRST_WEEK + number, None, ink.of(**edge))


def _colour(band: Band, monday: date) -> str:
    if band.done[monday] >= band.minutes[monday]:
        return MOSS
    return PARTLY if band.done[monday] else FULL if band.is_stage else LIGHT


def _this_week(book: Workbook, sheet: Worksheet, rows: int, weeks: int) -> None:
    """A line where today is, whenever the sheet is opened."""
    if not weeks:
        return
    monday = f"{xl_col_to_name(FIRST_WEEK)}$2"
    sheet.conditional_format(1, FIRST_WEEK, HEAD_ROWS + rows - 1, FIRST_WEEK + weeks - 1, {
        "type": "formula", "criteria": f"=AND({monday}<=TODAY(),TODAY()<{monday}+7)",
        "format": book.add_format({"left": 1, "left_color": SEAL, "font_color": SEAL}),
    })  # fmt: skip
