"""A class in numbers, and as tables that a teacher opens: text stays text."""

import csv
import io
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from zhixing.export.class_sheets import as_workbook
from zhixing.export.class_summary import ClassSummary, band_name
from zhixing.export.class_tables import as_csv, as_markdown
from zhixing.records import Lab, Part
from zhixing.words import Bilingual

OVERFLOWS = {"zh": "直接取了指数", "en": "exponentiates raw logits"}
LAB = Lab(
    id="softmax", area="dl", title=Bilingual("归一化", "Softmax | two *stars*"), kind="python",
    skills=(), parts=(
        Part("stable", Bilingual("不溢出", "Stable"), 10, ("rows_add_up", "stays_finite")),
        Part("slope", Bilingual("梯度", "Slope"), 10, ("slope_is_measured",)),
    ),
    statement=Bilingual("", ""), solution="", checks_source="",
    checks=("rows_add_up", "stays_finite", "slope_is_measured"), mutants=(),
)  # fmt: skip


def row(answer: str, outcomes: str = "ppp", slip: bool = False, **more: object) -> bytes:
    """A line of the results; a letter a check: p passes, f fails."""
    words = {"p": "pass", "f": "fail"}
    checks = [
        {"name": name, "part": None, "outcome": words[letter], "cpu_seconds": 0.01,
         "message": None if letter == "p" else {"zh": "还不对", "en": "=not yet"}}
        for name, letter in zip(LAB.checks, outcomes, strict=False)
    ]  # fmt: skip
    score = outcomes.count("p") / 3
    passed = outcomes == "ppp"
    slips = [{"id": "raw-logits", "function": "f", "why": OVERFLOWS}] if slip else []
    told = {
        "answer": answer, "verdict": "pass" if passed else "fail", "passed": passed,
        "score": score, "parts": {"stable": {"passed": passed, "score": score}}, "checks": checks,
        "slips": slips, "cpu_seconds": 0.03, "advice": [], **more,
    }  # fmt: skip
    return json.dumps(told).encode()


def refused(answer: str) -> bytes:
    why = {"zh": "不是普通文件", "en": "not a plain file"}
    problem = {"what": why, "where": why, "next_step": why}
    return row(answer, "", verdict="error", problem=problem)


@pytest.fixture
def summary() -> ClassSummary:
    found = ClassSummary(LAB, None)
    found.add(row("a.py"), "text 1")
    found.add(row("=cmd()|'/c calc'!A1.py", "pfp", slip=True), "text 2")
    found.add(row("b.py", "pfp", slip=True), "text 2")
    found.add(row("+c.py", "fff"), "")
    found.add(refused("-d.py"), "")
    found.add(row("@e\nf\x07\udcff.py", cpu_seconds=7.5), "text 1")
    return found


def test_it_counts_verdicts_scores_checks_and_slips(summary):
    assert summary.verdicts == {"pass": 2, "fail": 3, "error": 1}
    counts = {band_name(n): count for n, count in enumerate(summary.bands)}
    assert counts == {
        "0%": 1, "0%–25%": 0, "25%–50%": 0, "50%–75%": 2, "75%–100%": 0, "100%": 2
    }  # fmt: skip
    assert [summary.passing(name) for name in summary.checks] == [4, 2, 4]
    assert [(one.slip.id, len(one.answers)) for one in summary.slips] == [("raw-logits", 2)]
    assert summary.slowest[0].cpu_seconds == 7.5
    assert [one.answer for one in summary.ungraded] == ["-d.py"]


def test_the_same_text_is_said_neutrally_and_no_text_is_never_the_same(summary):
    assert summary.repeats == (
        ("=cmd()|'/c calc'!A1.py", "b.py"),
        ("a.py", "@e\nf\x07\udcff.py"),
    )


def test_a_class_without_answers_is_a_class(tmp_path):
    nobody = ClassSummary(LAB, "stable")
    assert nobody.mean == 0
    assert nobody.checks == ("rows_add_up", "stays_finite")
    for made in (as_workbook, as_csv, as_markdown):
        assert made(nobody, "en")


@pytest.mark.parametrize(
    ("language", "sheets"), [("en", ["answers", "checks", "slips"]), ("zh", None)]
)
def test_the_workbook_has_three_sheets_in_either_language(summary, language, sheets):
    book = load_workbook(io.BytesIO(as_workbook(summary, language)))
    assert len(book.sheetnames) == 3
    assert sheets is None or book.sheetnames == sheets
    answers, checks, slips = book.worksheets
    assert answers.freeze_panes == "B2"
    assert answers.auto_filter.ref == "A1:K7"
    assert answers.conditional_formatting
    assert answers.column_dimensions["A"].width > 20
    assert answers.max_row == 7
    assert [checks.cell(n, 5).value for n in (2, 3, 4)] == [0.8, 0.4, 0.8]
    assert len(checks._charts) == 1
    assert slips.cell(2, 2).value == OVERFLOWS[language]


def test_no_text_is_a_formula_in_the_workbook(summary):
    book = load_workbook(io.BytesIO(as_workbook(summary, "en")))
    every = [cell for sheet in book.worksheets for line in sheet.iter_rows() for cell in line]
    assert {cell.data_type for cell in every} <= {"s", "n"}
    names = [cell.value for cell in book.worksheets[0]["A"]]
    assert names[2:] == [
        "=cmd()|'/c calc'!A1.py", "b.py", "+c.py", "-d.py", "@e\\nf\\x07\\udcff.py"
    ]  # fmt: skip
    assert all(cell.quotePrefix for cell in book.worksheets[0]["A"][2:] if cell.value != "b.py")


def test_no_cell_of_the_csv_is_a_formula(summary):
    raw = as_csv(summary, "en")
    assert raw.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))
    assert [len(line) for line in lines] == [11] * 7
    for line in lines:
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in line)


def test_markdown_shows_texts_as_they_are(summary):
    text = as_markdown(summary, "en").decode()
    assert "# Softmax \\| two \\*stars\\*" in text
    assert "| 2 | exponentiates raw logits |" in text


def test_ten_thousand_answers_fit_into_a_workbook(tmp_path: Path):
    found = ClassSummary(LAB, None)
    for n in range(10_000):
        found.add(row(f"s{n:05}.py", "pfp"), str(n))
    book = load_workbook(io.BytesIO(as_workbook(found, "zh")), read_only=True)
    assert book.worksheets[0].max_row == 10_001
