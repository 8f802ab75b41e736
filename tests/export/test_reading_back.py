"""A file that comes back: whoever saved it, and whatever was done to it, words and no traceback."""

import io
import random
import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.export.plans import days

from zhixing.errors import Problem
from zhixing.export.plan_sheets import as_workbook
from zhixing.export.reading_back import LARGEST_FILE, filled_sheet

NOW = datetime(2026, 12, 7, 19, 0, tzinfo=UTC)
BOOK = as_workbook(days(20), NOW)
SHEET = "xl/worksheets/sheet1.xml"


def changed(name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with one part changed; a part that is not there is added."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(BOOK)) as old, zipfile.ZipFile(stream, "w") as new:
        for entry in old.namelist():
            content = old.read(entry)
            new.writestr(entry, change(content) if entry == name else content)
        if name not in old.namelist():
            new.writestr(name, change(b""))
    return stream.getvalue()


def test_rows_come_back_as_they_went() -> None:
    found = filled_sheet(BOOK)
    assert [row.id for row in found.rows] == [f"r/study:t{n}@1" for n in range(20)]
    assert [row.status for row in found.rows[:4]] == ["done", "skipped", "open", "open"]
    assert found.rows[0].number == 2
    assert (found.without_id, found.lacks, found.macros, found.cut) == ((), (), False, False)


def test_a_sheet_that_libreoffice_saved_is_read() -> None:
    """Six days, the fourth one filled in; opened and saved by LibreOffice 7.4."""
    found = filled_sheet((Path(__file__).parent / "saved-by-libreoffice.xlsx").read_bytes())
    assert [row.id for row in found.rows] == [f"r/study:t{n}@1" for n in range(6)]
    fourth = found.rows[3]
    assert (fourth.status, fourth.taken, fourth.note) == ("done", "75", "读完了\n=1+1")
    assert fourth.told == "open||00000000|2026-12-10"  # of an older export: no sum of the id


def as_others(sheet: bytes) -> bytes:
    """Another writer's habits: a prefix for the namespace, no numbers at rows, texts inline."""
    text = sheet.decode()
    for tag in ("worksheet", "sheetData", "row", "c", "v"):
        text = text.replace(f"<{tag} ", f"<x:{tag} ").replace(f"<{tag}>", f"<x:{tag}>")
        text = text.replace(f"</{tag}>", f"</x:{tag}>")
    return text.replace("xmlns=", "xmlns:x=", 1).encode()


def test_another_prefix_and_a_target_from_the_root_are_read() -> None:
    assert filled_sheet(changed(SHEET, as_others)).rows == filled_sheet(BOOK).rows
    rels = "xl/_rels/workbook.xml.rels"
    rooted = changed(rels, lambda c: c.replace(b'"worksheets/', b'"/xl/worksheets/'))
    assert filled_sheet(rooted).rows == filled_sheet(BOOK).rows


def test_texts_in_pieces_and_inline_are_read() -> None:
    rich = b"<si><r><t>do</t></r><r><t>ne</t></r><rPh><t>x</t></rPh></si>"
    held = changed("xl/sharedStrings.xml", lambda c: c.replace(b"<si><t>done</t></si>", rich))
    assert filled_sheet(held).rows[0].status == "done"


def test_macros_are_named_and_not_touched() -> None:
    assert filled_sheet(changed("xl/vbaProject.bin", lambda _: b"evil")).macros


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"", "no .xlsx"),
        (b"date,title\n", "no .xlsx"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 600, "old .xls, or has a password"),
        (b"PK\x03\x04" + b"x" * 600, "damaged"),
        (BOOK[: len(BOOK) // 2], "damaged"),
        (BOOK + b"x" * LARGEST_FILE, "larger than a plan"),
    ],
    ids=["empty", "csv", "xls", "zip", "half", "huge"],
)
def test_what_is_no_workbook_is_a_letter(raw: bytes, says: str) -> None:
    with pytest.raises(Problem, match=says):
        filled_sheet(raw)


def bomb(_: bytes) -> bytes:
    return b"<worksheet>" + b"<row/>" * 8_000_000 + b"</worksheet>"


LAUGHS = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'


@pytest.mark.parametrize(
    ("name", "change"),
    [
        (SHEET, lambda c: c[:-40]),
        (SHEET, lambda _: LAUGHS),
        (SHEET, lambda _: LAUGHS.decode().encode("utf-16")),
        (SHEET, lambda _: b""),
        (SHEET, lambda c: c.replace(b"<v>", b"<v>9", 99)),
        (SHEET, lambda c: c.replace(b'r="2"', b'r="two"')),
        ("xl/sharedStrings.xml", lambda _: b"<sst/>"),
        ("xl/workbook.xml", lambda _: b"<workbook/>"),
        ("xl/_rels/workbook.xml.rels", lambda c: c.replace(b"sheet1", b"../../../etc/passwd")),
        (SHEET, lambda _: b"<a>" * 100_000),
    ],
)
def test_a_damaged_or_evil_part_is_a_letter(name: str, change: Callable[[bytes], bytes]) -> None:
    with pytest.raises(Problem):
        filled_sheet(changed(name, change))


def test_a_part_that_unpacks_to_too_much_is_a_letter() -> None:
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(BOOK)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.namelist():
            new.writestr(entry, bomb(b"") if entry == SHEET else old.read(entry))
    assert len(stream.getvalue()) < LARGEST_FILE
    with pytest.raises(Problem, match="damaged"):
        filled_sheet(stream.getvalue())


def test_more_rows_than_a_plan_has_are_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zhixing.export.reading_back.MOST_ROWS", 10)
    found = filled_sheet(BOOK)
    assert (len(found.rows), found.cut) == (10, True)


def test_bytes_that_fell_off_anywhere_give_rows_or_a_letter() -> None:
    dice = random.Random(7)
    for _ in range(300):
        raw = bytearray(BOOK)
        for _ in range(dice.randint(1, 30)):
            raw[dice.randrange(len(raw))] = dice.randrange(256)
        with suppress(Problem):
            filled_sheet(bytes(raw))


def test_parts_that_are_scrambled_give_rows_or_a_letter() -> None:
    """Past the checksums: the XML itself is damaged."""
    dice = random.Random(11)
    with zipfile.ZipFile(io.BytesIO(BOOK)) as package:
        names = [SHEET, "xl/workbook.xml", "xl/sharedStrings.xml", "xl/_rels/workbook.xml.rels"]
        held = {name: package.read(name) for name in names}

    def scramble(content: bytes) -> bytes:
        raw = bytearray(content)
        for _ in range(dice.randint(1, 6)):
            at = dice.randrange(len(raw))
            raw[at : at + dice.randint(0, 20)] = bytes(dice.choices(b'<>/"=&;9 aZ\xff', k=3))
        return bytes(raw)

    for number in range(200):
        name = names[number % 4]
        assert held[name]
        with suppress(Problem):
            filled_sheet(changed(name, scramble))
