"""A plan as workbook and CSV: texts stay texts, limits hold, and it says what may be filled in."""

import csv
import io
import re
import zipfile
from datetime import UTC, datetime

import openpyxl
import pytest
from tests.export.plans import days, piece, plan

from zhixing.export.gantt_sheet import bands
from zhixing.export.plan_pieces import PlanExport
from zhixing.export.plan_sheets import as_workbook
from zhixing.export.plan_tables import as_csv
from zhixing.export.row_marks import AS_EXPORTED, ID, note_sum
from zhixing.records import Link
from zhixing.words import Language

NOW = datetime(2026, 12, 7, 19, 0, tzinfo=UTC)
EVIL = ("=1+1", "+A1", "-2", "@SUM(1)", '=HYPERLINK("http://evil")', "\t=1", "\n=1")


def opened(given: PlanExport) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(as_workbook(given, NOW)))


def parts(given: PlanExport) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(as_workbook(given, NOW))) as package:
        return {name: package.read(name).decode() for name in package.namelist()}


def test_the_same_plan_and_moment_give_the_same_bytes() -> None:
    assert as_workbook(days(30), NOW) == as_workbook(days(30), NOW)


@pytest.mark.parametrize("text", EVIL)
def test_no_text_of_a_plan_is_a_formula(text: str) -> None:
    given = plan(piece(0, title=text, note=text, lab=text, stage=text, unit=text), title=text)
    for sheet in opened(given).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f" or sheet.title == "Summary"
                assert cell.value != text or cell.data_type == "s"
    formulas = re.findall(r"<f>(.*?)</f>", parts(given)["xl/worksheets/sheet3.xml"])
    assert all(f.startswith(("SUM(", "SUMIFS(")) for f in formulas)
    rows = list(csv.reader(io.StringIO(as_csv(given).decode("utf-8-sig"), newline="")))
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t"))]


def test_a_row_has_its_id_and_what_it_said_in_hidden_columns() -> None:
    sheet = opened(days(3)).worksheets[0]
    head = {cell.value: cell for cell in sheet[1]}
    hidden = sheet.column_dimensions[head[ID].column_letter]
    assert hidden.hidden
    assert hidden.min <= head[ID].column < head[AS_EXPORTED].column <= hidden.max
    assert sheet.cell(2, head[ID].column).value == "r/study:t0@1"
    said = f"done||00000000|{note_sum('r/study:t0@1')}|2026-12-07"
    assert sheet.cell(2, head[AS_EXPORTED].column).value == said


def test_the_sheet_is_ready_to_fill_in_and_to_print() -> None:
    sheet = opened(days(10)).worksheets[0]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref.startswith("A1:")
    assert sheet.print_title_rows == "$1:$1"
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
    kinds = {rule.type: rule for rule in sheet.data_validations.dataValidation}
    assert kinds["list"].formula1 == '"open,done,skipped"'
    assert (kinds["whole"].formula1, kinds["whole"].formula2) == ("0", "1440")
    assert len(sheet.conditional_formatting) >= 3


@pytest.mark.parametrize("language", ["zh", "en"])
def test_three_sheets_with_charts_that_follow_the_first(language: Language) -> None:
    held = parts(days(40, language))
    assert sum(name.startswith("xl/charts/chart") for name in held) == 3
    summary = held["xl/worksheets/sheet3.xml"]
    assert summary.count("SUMIFS(") > 10
    names = re.findall(r'<sheet name="(.*?)"', held["xl/workbook.xml"])
    assert len(names) == 3
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)


def test_links_are_links_up_to_what_a_sheet_may_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zhixing.export.day_sheet.MOST_LINKS", 5)
    sheet = opened(days(4)).worksheets[0]
    links = [cell for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    assert len(links) == 5
    texts = [cell.value for row in sheet.iter_rows() for cell in row]
    assert (
        texts.count("a https://example.org/a") + texts.count("b https://example.org/b?x=1&y=2") == 3
    )


def test_what_is_no_address_of_the_web_or_too_long_is_no_link() -> None:
    long = "https://example.org/" + "x" * 3000
    links = (Link("javascript:alert(1)", "j"), Link("internal:A1", "i"), Link(long, "long"))
    sheet = opened(plan(piece(0, links=links))).worksheets[0]
    assert [cell for row in sheet.iter_rows() for cell in row if cell.hyperlink] == []


def test_texts_that_no_cell_can_hold_are_cut_and_mended() -> None:
    given = plan(piece(0, title="\x00\x1f\ud800🙂" + "长" * 40_000, note="🙂" * 30_000))
    sheet = opened(given).worksheets[0]
    longest = max(len(str(c.value).encode("utf-16-le")) // 2 for r in sheet.iter_rows() for c in r)
    assert longest == 32_767


def test_a_plan_of_nothing_is_a_workbook_as_well() -> None:
    assert len(opened(plan()).worksheets) == 3
    assert as_csv(plan()).count(b"\r\n") == 1


def test_clock_times_have_a_column_where_there_are_any() -> None:
    timed = plan(piece(0, times=((19 * 60, 45), (21 * 60, 15))))
    sheet = opened(timed).worksheets[0]
    head = [cell.value for cell in sheet[1]]
    assert sheet.cell(2, head.index("time") + 1).value == "19:00–19:45, 21:00–21:15"
    assert "time" not in [cell.value for cell in opened(days(2)).worksheets[0][1]]


def test_a_band_a_stage_and_a_band_a_unit_in_the_order_they_begin() -> None:
    found = bands(days(56).pieces)
    assert [b.title for b in found if b.is_stage] == ["Stage 1", "Stage 2"]
    assert [b.title for b in found][:3] == ["Stage 1", "Unit 1", "Unit 2"]
    assert found[0].minutes.total() == 28 * 60
    assert found[0].done.total() == 60
