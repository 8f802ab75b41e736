"""A filled-in workbook read back: the rows with their ids, whoever saved it, in whatever order.

Only what is needed is unpacked, with limits; no macro runs, no formula is worked out (one without a
result is read as it is written), nothing that the file names is fetched. The package's XML is read
here rather than with openpyxl, which raises anything at all on a damaged file and takes 0.6 s to
import.
"""

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from xml.etree import ElementTree

from zhixing.errors import Problem
from zhixing.export.plan_tables import DATE, NOTE, STATUS, TAKEN
from zhixing.export.row_marks import AS_EXPORTED, ID
from zhixing.words import LANGUAGES, Said, say

LARGEST_FILE = 10 * 1024 * 1024
LARGEST_PART = 40 * 1024 * 1024
MOST_PARTS, MOST_SHEETS, MOST_ROWS, MOST_CELLS, HEAD_ROWS = 2_000, 20, 50_000, 200, 20
OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"
ZIP = b"PK\x03\x04"
MACROS = "vbaProject.bin"
_LETTERS = re.compile(r"[A-Za-z]+")
WANTED: Mapping[str, Said] = {"date": DATE, "status": STATUS, "taken": TAKEN, "note": NOTE}


@dataclass(frozen=True, slots=True)
class FilledRow:
    """A row as it was filled in, all as text. `number` is what the person sees at its side; `told`
    what it said when it was exported."""

    number: int
    id: str
    told: str
    date: str
    status: str
    taken: str
    note: str


@dataclass(frozen=True, slots=True)
class FilledSheet:
    """The rows with ids, and numbers of rows that have none but were filled in; `lacks` are
    columns that are gone, `macros` says that the file holds some, `cut` that it has more rows."""

    rows: tuple[FilledRow, ...]
    without_id: tuple[int, ...]
    lacks: tuple[Said, ...]
    macros: bool
    cut: bool


def filled_sheet(raw: bytes) -> FilledSheet:
    """What a workbook of `plan_sheets` says now. Problem for a file that cannot be read or is none
    of ours."""
    _is_a_workbook(raw)
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            book = _Package(package)
            for sheet in book.sheets():
                found = _rows_of(book, sheet)
                if found is not None:
                    return found
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as trouble:
        raise _unreadable() from trouble  # RuntimeError: a part with a password
    except (
        ElementTree.ParseError,
        LookupError,
        ValueError,
        OverflowError,
        RecursionError,
    ) as trouble:
        raise _unreadable() from trouble
    raise Problem(
        say("no sheet of this file has the rows of a plan"),
        say('a heading "{name}" is looked for, in the hidden columns at the right', name=ID),
        say("export the plan anew with `zhixing plan export --format xlsx`, and keep that column"),
    )


def _is_a_workbook(raw: bytes) -> None:
    if len(raw) > LARGEST_FILE:
        raise _refused(say("the file is larger than a plan can be: {n} MiB at most",
                           n=LARGEST_FILE >> 20))  # fmt: skip
    if raw.startswith(OLD_OR_LOCKED):
        raise Problem(
            say("the file is an old .xls, or has a password"),
            WHERE,
            say("save it as .xlsx, without a password, and read it again"),
        )
    if not raw.startswith(ZIP):
        raise _refused(say("the file is no .xlsx"))


WHERE = say("the file to read back")


def _refused(what: Said) -> Problem:
    return Problem(what, WHERE, say("give the .xlsx that `zhixing plan export` wrote"))


def _unreadable() -> Problem:
    return Problem(
        say("the file is damaged: it cannot be read as .xlsx"),
        WHERE,
        say("open it, save it again as .xlsx, or take the copy from before; the plan is as it was"),
    )


# --- the package --------------------------------------------------------------------------------


class _Package:
    """The parts of a workbook, each unpacked when it is asked for, and never more than fits."""

    def __init__(self, package: zipfile.ZipFile) -> None:
        self._package = package
        self._names = {name.casefold(): name for name in package.namelist()[:MOST_PARTS]}
        self.macros = any(name.endswith(MACROS.casefold()) for name in self._names)
        self._shared: list[str] | None = None

    def sheets(self) -> Iterator[str]:
        """The names of the parts that are sheets, in their order."""
        book = self._tree("xl/workbook.xml")
        targets = {
            one.get("Id", ""): one.get("Target", "")
            for one in _named(self._tree("xl/_rels/workbook.xml.rels"), "Relationship")
        }
        for sheet in islice(_named(book, "sheet"), MOST_SHEETS):
            ids = (value for name, value in sheet.items() if _local(name) == "id")
            target = targets.get(next(ids, ""), "")
            if target:
                yield posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")

    def rows(self, part: str) -> Iterator[tuple[int, Mapping[str, str]]]:
        """(number, column letters -> text) of each row that has any cells."""
        number = 0
        with io.BytesIO(self._bytes(part)) as stream:
            for _, element in ElementTree.iterparse(stream):
                if _local(element.tag) == "row":
                    number = int(element.get("r") or number + 1)
                    yield number, dict(self._cells(element))
                    element.clear()

    def _cells(self, row: ElementTree.Element) -> Iterator[tuple[str, str]]:
        place = 0
        for cell in islice(row, MOST_CELLS):
            letters = _LETTERS.match(cell.get("r", ""))
            place = _number(letters[0]) if letters else place + 1
            text = self._text(cell)
            if text:
                yield str(place), text

    def _text(self, cell: ElementTree.Element) -> str:
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return _joined(cell)
        value = next(_named(cell, "v"), None)
        text = (value.text or "") if value is not None else ""
        if kind == "s":
            return self._strings()[int(text)] if text else ""
        formula = next((f.text or "" for f in _named(cell, "f")), "")
        return f"={formula}" if formula and (kind == "e" or not text) else text

    def _strings(self) -> Sequence[str]:
        if self._shared is None:
            self._shared = [
                _joined(one)
                for one in self._tree("xl/sharedStrings.xml")
                if _local(one.tag) == "si"
            ]
        return self._shared

    def _tree(self, part: str) -> ElementTree.Element:
        return ElementTree.fromstring(self._bytes(part))

    def _bytes(self, part: str) -> bytes:
        """A part, whole. KeyError: there is none; ValueError: too large, packed in a way that no
        such file is, or it declares entities, by which a small text becomes a huge one."""
        entry = self._package.getinfo(self._names[part.casefold()])
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise ValueError(part)
        with self._package.open(entry) as stream:
            content = stream.read(LARGEST_PART + 1)
        if len(content) > LARGEST_PART:
            raise ValueError(part)
        if any("<!DOCTYPE".encode(code) in content for code in ("ascii", "utf-16-le", "utf-16-be")):
            raise ValueError(part)
        return content


def _named(tree: ElementTree.Element, name: str) -> Iterator[ElementTree.Element]:
    return (one for one in tree.iter() if _local(one.tag) == name)


def _local(tag: str) -> str:
    """A name without its namespace: programs differ in which they write."""
    return tag.rpartition("}")[2]


def _joined(tree: ElementTree.Element) -> str:
    """The text of a cell, formatted pieces together; without what says how it is pronounced."""
    spoken = {id(t) for said in _named(tree, "rPh") for t in said.iter()}
    return "".join(t.text or "" for t in _named(tree, "t") if id(t) not in spoken)


def _number(letters: str) -> int:
    number = 0
    for letter in letters.upper()[:4]:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number


# --- rows ---------------------------------------------------------------------------------------


def _rows_of(book: _Package, part: str) -> FilledSheet | None:
    """The rows below a heading with our ids; None for a sheet that has no such heading."""
    listed = book.rows(part)
    heads = (_columns(cells) for _, cells in islice(listed, HEAD_ROWS))
    columns = next((found for found in heads if ID in found), None)
    if columns is None:
        return None
    rows: list[FilledRow] = []
    strange: list[int] = []
    for number, cells in islice(listed, MOST_ROWS):
        told = {name: cells.get(place, "").strip() for name, place in columns.items()}
        if told[ID]:
            rows.append(_row(number, told))
        elif told.get("status") or told.get("taken"):
            strange.append(number)
    lacks = tuple(WANTED[name] for name in ("status", "taken") if name not in columns)
    cut = next(listed, None) is not None
    return FilledSheet(tuple(rows), tuple(strange), lacks, book.macros, cut)


def _columns(cells: Mapping[str, str]) -> Mapping[str, str]:
    """What is wanted -> its column, by the headings in either language."""
    headings = {ID: ID, AS_EXPORTED: AS_EXPORTED}
    for name, said in WANTED.items():
        headings |= {said.render(language): name for language in LANGUAGES}
    found: dict[str, str] = {}
    for place, text in cells.items():
        name = headings.get(text.strip(), "")
        if name and name not in found:
            found[name] = place
    return found


def _row(number: int, told: Mapping[str, str]) -> FilledRow:
    return FilledRow(
        number=number,
        id=told[ID],
        told=told.get(AS_EXPORTED, ""),
        date=told.get("date", ""),
        status=told.get("status", ""),
        taken=told.get("taken", ""),
        note=told.get("note", ""),
    )
