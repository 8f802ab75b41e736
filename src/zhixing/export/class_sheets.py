"""A graded class as a workbook: the answers, the checks with a chart, the slips.

Every text is stored as text: what a learner wrote, a file's name too, is never a formula.
"""

import io
import math
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.chart import BarChart, Reference
from openpyxl.formatting.rule import ColorScaleRule, FormulaRule
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.worksheet import Worksheet

from zhixing.export.class_summary import VERDICTS, ClassSummary, shown_name
from zhixing.export.class_tables import COLUMNS, FORMULA, cells, columns
from zhixing.words import Language, Said, say

LONGEST_CELL = 32_000
SEAL, MOSS, PAPER, INK = "F3D3CC", "D5E8DA", "F4EFE3", "2B2622"
WIDE = ((0, 26), (3, 22), (4, 46), (5, 34), (6, 18), (8, 26))
"""Columns of `class_tables.COLUMNS` that hold more than a number, and how wide they are."""
NARROW = 12
NAMED = 20
LINE_POINTS, MOST_LINES = 15, 20
A4 = 9


def as_workbook(summary: ClassSummary, language: Language) -> bytes:
    """The workbook, whole."""
    book = Workbook()
    assert book.active is not None, "a new workbook has a sheet"
    book.remove(book.active)
    _answers(_sheet(book, say("answers"), language), summary, language)
    _checks(_sheet(book, say("checks"), language), summary, language)
    _slips(_sheet(book, say("slips"), language), summary, language)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _sheet(book: Workbook, title: Said, language: Language) -> Any:
    sheet = book.create_sheet(title.render(language))
    sheet.freeze_panes = "B2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0  # as many pages as it takes
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.oddFooter.center.text = "&P / &N"
    return sheet


def _answers(sheet: Worksheet, summary: ClassSummary, language: Language) -> None:
    head = columns(summary, language)
    wide = {COLUMNS[number].render(language): width for number, width in WIDE}
    _head(sheet, head, [wide.get(name, NARROW) for name in head])
    for number, row in enumerate(summary.rows, 2):
        _row(sheet, number, cells(summary, row, language))
    last = max(2, len(summary.rows) + 1)
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(head))}{last}"
    scores = f"C2:{get_column_letter(3 + len(summary.parts))}{last}"
    sheet.conditional_formatting.add(scores, ColorScaleRule(
        start_type="num", start_value=0, start_color=SEAL, mid_type="num", mid_value=0.5,
        mid_color=PAPER, end_type="num", end_value=1, end_color=MOSS,
    ))  # fmt: skip
    for verdict, colour in (("pass", MOSS), ("error", SEAL)):
        word = VERDICTS[verdict].render(language)
        fill = PatternFill("solid", bgColor=colour)
        rule = FormulaRule(formula=[f'$B2="{word}"'], fill=fill)
        sheet.conditional_formatting.add(f"B2:B{last}", rule)
    for column in sheet.iter_cols(min_col=3, max_col=3 + len(summary.parts), min_row=2):
        for cell in column:
            cell.number_format = "0%"


def _checks(sheet: Worksheet, summary: ClassSummary, language: Language) -> None:
    head = [say("check"), say("part"), say("passed"), say("of"), say("share")]
    _head(sheet, [one.render(language) for one in head], [44, 24, NARROW, NARROW, NARROW])
    part_of = {check: part.title for part in summary.lab.parts for check in part.checks}
    among = len(summary.graded)
    for number, name in enumerate(summary.checks, 2):
        part = part_of[name].render(language) if name in part_of else ""
        title, passing = summary.lab.check_title(name).render(language), summary.passing(name)
        _row(sheet, number, [title, part, passing, among, passing / among if among else 0.0])
        sheet.cell(number, 5).number_format = "0%"
    if summary.checks:
        sheet.add_chart(_chart(sheet, language), "G2")


def _chart(sheet: Worksheet, language: Language) -> BarChart:
    """Bars that lie, a check each, in the order of the sheet."""
    chart = BarChart()
    chart.type, chart.style, chart.legend = "bar", 10, None
    chart.title = say("how many of the answers pass each check").render(language)
    chart.add_data(Reference(sheet, min_col=5, min_row=1, max_row=sheet.max_row),
                   titles_from_data=True)  # fmt: skip
    chart.set_categories(Reference(sheet, min_col=1, min_row=2, max_row=sheet.max_row))
    chart.y_axis.scaling.min, chart.y_axis.scaling.max = 0, 1
    chart.y_axis.numFmt, chart.x_axis.scaling.orientation = "0%", "maxMin"
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.height, chart.width = max(6.0, 1.0 * sheet.max_row + 3), 18
    return chart


def _slips(sheet: Worksheet, summary: ClassSummary, language: Language) -> None:
    head = [say("slip"), say("what it is"), say("function"), say("how many"), say("whose")]
    _head(sheet, [one.render(language) for one in head], [34, 70, 22, NARROW, 70])
    for number, one in enumerate(summary.slips, 2):
        whose = ", ".join(map(shown_name, one.answers[:NAMED]))
        more = "" if len(one.answers) <= NAMED else " …"
        why = one.slip.why.render(language)
        _row(sheet, number, [one.slip.id, why, one.slip.function, len(one.answers), whose + more])
    sheet.auto_filter.ref = f"A1:E{max(2, len(summary.slips) + 1)}"


def _head(sheet: Worksheet, names: Sequence[str], widths: Sequence[int]) -> None:
    _row(sheet, 1, names)
    for number, width in enumerate(widths, 1):
        cell = sheet.cell(1, number)
        cell.font = Font(bold=True, color=INK)
        cell.fill = PatternFill("solid", fgColor=PAPER)
        cell.alignment = Alignment(vertical="center", wrap_text=True)
        sheet.column_dimensions[get_column_letter(number)].width = width


def _row(sheet: Worksheet, number: int, values: Sequence[str | float]) -> None:
    for place, value in enumerate(values, 1):
        if value == "":
            continue
        cell: Any = sheet.cell(number, place)
        if isinstance(value, str):
            cell.value = _storable(value)
            cell.data_type = "s"  # never a formula or an error value
            cell.quotePrefix = value.startswith(FORMULA)
            cell.alignment = Alignment(vertical="top", wrap_text=place > 1 and len(value) > NARROW)
        else:
            cell.value = value
            cell.alignment = Alignment(vertical="top")
    if number > 1:
        sheet.row_dimensions[number].height = LINE_POINTS * _lines(sheet, values)


def _lines(sheet: Worksheet, values: Sequence[str | float]) -> int:
    """How many lines the longest text of a row takes in its column; there is an end to it."""
    most = 1
    for place, value in enumerate(values[1:], 2):
        if isinstance(value, str) and len(value) > NARROW:
            width = sheet.column_dimensions[get_column_letter(place)].width - 1
            told = value[: MOST_LINES * NARROW * 5].splitlines()
            most = max(most, sum(max(1, math.ceil(_broad(line) / width)) for line in told))
    return min(most, MOST_LINES)


def _broad(text: str) -> int:
    """How broad a text is: a Chinese letter counts twice."""
    return len(text) + sum(letter >= "\u1100" for letter in text)


def _storable(text: str) -> str:
    """What a cell can hold: no control characters, no halves of letters, not too long."""
    text = text.encode("utf-8", "backslashreplace").decode()
    return str(ILLEGAL_CHARACTERS_RE.sub("�", text))[:LONGEST_CELL]
