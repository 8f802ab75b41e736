"""The summary: hours a week, the mix, the stages, as charts that follow what is ticked."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from zhixing.export.day_sheet import DaySheet
from zhixing.export.plan_pieces import STATES, PlanExport, PlanPiece
from zhixing.export.plan_tables import KIND, MINUTES, STAGE, STATUS, WEEK
from zhixing.export.row_marks import storable
from zhixing.export.sheet_ink import (
    INK,
    LINE,
    MOSS,
    PAPER,
    QUIET,
    Ink,
    to_print,
    write_text,
)
from zhixing.words import Said, say

K = TypeVar("K")

SHEET = say("Summary")
TABLES = 46
"""The row on which the tables begin that the charts are drawn from."""
SAND = "#C9B78E"
WIDTHS = (24, 12, 12, 3, 24, 12, 12, 3, 44, 12, 12)
WHOLE, LEFT, GAP, HEIGHT = 1225, 480, 15, 340
"""Charts in pixels: all columns, the left one, what is between two."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table: what it is, minutes planned and done, and the formulas of both."""

    name: str | int
    planned: int
    done: int
    of_days: str


def write_summary(book: Workbook, ink: Ink, plan: PlanExport, days: DaySheet) -> None:
    """The sheet: facts, three charts, and below them the tables."""
    sheet = book.add_worksheet(SHEET.render(plan.language))
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    _facts(sheet, ink, plan, days)
    tables = (
        (0, say("week"), tuple(_by_week(plan, days))),
        (4, KIND, tuple(_by_kind(plan, days))),
        (8, STAGE, tuple(_by_stage(plan, days))),
    )
    for column, name, rows in tables:
        _table(sheet, ink, plan, days, column, name, rows)
    name = sheet.get_name()
    weeks, kinds, stages = (len(rows) for _, _, rows in tables)
    sheet.insert_chart("A9", _weeks_chart(book, plan, name, weeks), _size(WHOLE))
    sheet.insert_chart("A27", _kinds_chart(book, plan, name, kinds), _size(LEFT))
    sheet.insert_chart(
        "A27", _stages_chart(book, plan, name, stages), _size(WHOLE - LEFT - GAP, LEFT + GAP)
    )
    sheet.set_h_pagebreaks([TABLES - 1])
    sheet.hide_gridlines(2)
    to_print(sheet)


# --- facts --------------------------------------------------------------------------------------


def _facts(sheet: Worksheet, ink: Ink, plan: PlanExport, days: DaySheet) -> None:
    write_text(sheet, 0, 0, plan.title, ink, bold=True, font_size=16)
    sheet.set_row(0, 28)
    minutes = sum(piece.minutes for piece in plan.pieces)
    done = sum(piece.minutes for piece in plan.pieces if piece.state == "done")
    total = f"SUM({days.range(MINUTES)})/60"
    so_far = f"{_sum(days, plan)}/60"
    dates = [(say("first day of the plan"), plan.first), (say("last day of the plan"), plan.finish)]
    if plan.likely and plan.safe:
        dates += [(say("done by then, one time in two (P50)"), plan.likely),
                  (say("done by then, four times in five (P80)"), plan.safe)]  # fmt: skip
    for row, (name, on) in enumerate(dates, 2):
        sheet.write_string(row, 0, name.render(plan.language), ink.of(font_color=QUIET))
        sheet.write_datetime(row, 2, on, ink.of(num_format="yyyy-mm-dd", align="left", bold=True))
    for row, (name, formula, value, form) in enumerate((
        (say("hours planned"), f"={total}", minutes / 60, "0"),
        (say("hours done"), f"={so_far}", done / 60, "0"),
        (say("done"), f"={so_far}/({total})", done / minutes if minutes else 0.0, "0%"),
    ), 2):  # fmt: skip
        sheet.write_string(row, 4, name.render(plan.language), ink.of(font_color=QUIET))
        look = ink.of(num_format=form, align="left", bold=True)
        sheet.write_formula(row, 5, formula if plan.pieces else "=0", look, value)
    sheet.write_string(
        6, 0,
        say("What you tick on the first sheet counts here.").render(plan.language),
        ink.of(font_color=QUIET, italic=True),
    )  # fmt: skip


def _sum(days: DaySheet, plan: PlanExport, *conditions: str) -> str:
    """The minutes of rows that are done, and for which the conditions hold, as a formula."""
    done = STATES["done"].render(plan.language)
    where = ",".join([*conditions, f'{days.range(STATUS)},"{done}"'])
    return f"SUMIFS({days.range(MINUTES)},{where})"


# --- tables -------------------------------------------------------------------------------------


def _by_week(plan: PlanExport, days: DaySheet) -> Iterator[Row]:
    minutes, done = _tallies(plan, lambda piece: piece.week)
    for week in range(1, max(minutes, default=0) + 1):
        yield Row(week, minutes[week], done[week], f"{days.range(WEEK)},{{name}}")


def _by_kind(plan: PlanExport, days: DaySheet) -> Iterator[Row]:
    minutes, done = _tallies(plan, lambda piece: piece.kind_name)
    for kind, planned in minutes.most_common():
        yield Row(kind, planned, done[kind], f"{days.range(KIND)},{{name}}")


def _by_stage(plan: PlanExport, days: DaySheet) -> Iterator[Row]:
    minutes, done = _tallies(plan, lambda piece: storable(piece.stage or plan.title))
    for stage, planned in minutes.items():
        yield Row(stage, planned, done[stage], f"{days.range(STAGE)},{{name}}")


def _tallies(plan: PlanExport, name_of: Callable[[PlanPiece], K]) -> tuple[Counter[K], Counter[K]]:
    """Minutes planned and done, by what each piece is counted under."""
    minutes: Counter[K] = Counter()
    done: Counter[K] = Counter()
    for piece in plan.pieces:
        name = name_of(piece)
        minutes[name] += piece.minutes
        done[name] += piece.minutes if piece.state == "done" else 0
    return minutes, done


def _table(
    sheet: Worksheet, ink: Ink, plan: PlanExport, days: DaySheet, column: int, name: Said,
    rows: Sequence[Row],
) -> None:  # fmt: skip
    for place, title in enumerate((name, say("hours ahead"), say("hours done"))):
        look = ink.head(align="right" if place else "left")
        sheet.write_string(TABLES, column + place, title.render(plan.language), look)
    number = ink.of(num_format="0.0")
    for row, one in enumerate(rows, TABLES + 1):
        if isinstance(one.name, int):
            sheet.write_number(row, column, one.name, ink.of(align="left"))
        else:
            write_text(sheet, row, column, one.name, ink)
        ahead, done = (one.planned - one.done) / 60, one.done / 60
        where = one.of_days.format(name=xl_rowcol_to_cell(row, column, col_abs=True))
        here = xl_rowcol_to_cell(row, column + 2)
        whole = f"SUMIFS({days.range(MINUTES)},{where})/60"
        sheet.write_formula(row, column + 1, f"={whole}-{here}", number, ahead)
        sheet.write_formula(row, column + 2, f"={_sum(days, plan, where)}/60", number, done)


# --- charts -------------------------------------------------------------------------------------


def _weeks_chart(book: Workbook, plan: PlanExport, sheet: str, rows: int) -> Any:
    chart = book.add_chart({"type": "column", "subtype": "stacked"})
    _series(chart, sheet, rows, 0)
    _looks(chart, plan, say("hours a week"))
    chart.set_x_axis({**_axis(), "interval_unit": max(1, rows // 20)})
    chart.set_y_axis({**_axis(), "num_format": "0", "major_gridlines": _grid()})
    return chart


def _kinds_chart(book: Workbook, plan: PlanExport, sheet: str, rows: int) -> Any:
    """Planned and done together: what the plan is made of."""
    chart = book.add_chart({"type": "bar", "subtype": "stacked"})
    _series(chart, sheet, rows, 4)
    _looks(chart, plan, say("hours by kind of work"))
    chart.set_y_axis({**_axis(), "reverse": True})
    chart.set_x_axis(
        {**_axis(), "num_format": "0", "label_position": "high", "major_gridlines": _grid()}
    )
    return chart


def _stages_chart(book: Workbook, plan: PlanExport, sheet: str, rows: int) -> Any:
    chart = book.add_chart({"type": "bar", "subtype": "percent_stacked"})
    _series(chart, sheet, rows, 8)
    _looks(chart, plan, say("how far each stage is"))
    chart.set_y_axis({**_axis(), "reverse": True})
    chart.set_x_axis(
        {**_axis(), "num_format": "0%", "label_position": "high", "major_gridlines": _grid()}
    )
    return chart


def _series(chart: Any, sheet: str, rows: int, column: int) -> None:
    """What is done, then what is ahead, one on the other."""
    first, last = TABLES + 1, TABLES + max(1, rows)
    for place, colour in ((2, MOSS), (1, SAND)):
        chart.add_series({
            "name": [sheet, TABLES, column + place],
            "categories": [sheet, first, column, last, column],
            "values": [sheet, first, column + place, last, column + place],
            "fill": {"color": colour}, "gap": 40,
        })  # fmt: skip


def _looks(chart: Any, plan: PlanExport, title: Said) -> None:
    font = {"color": INK, "size": 12, "bold": False}
    chart.set_title({"name": title.render(plan.language), "name_font": font, "overlay": False})
    chart.set_legend({"position": "bottom", "font": {"color": QUIET, "size": 9}})
    chart.set_chartarea({"border": {"color": LINE}, "fill": {"color": "#FFFFFF"}})
    chart.set_plotarea({"fill": {"none": True}})


def _axis() -> dict[str, Any]:
    return {"num_font": {"color": QUIET, "size": 9}, "line": {"color": LINE},
            "major_tick_mark": "none"}  # fmt: skip


def _grid() -> dict[str, Any]:
    return {"visible": True, "line": {"color": PAPER, "width": 0.75}}


def _size(width: int, offset: int = 0) -> dict[str, Any]:
    return {"object_position": 3, "x_offset": offset, "x_scale": width / 480,
            "y_scale": HEIGHT / 288}  # fmt: skip
