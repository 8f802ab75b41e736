"""What the sheets of a plan look like: paper, ink and one seal; and texts that stay texts."""

from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from zhixing.export.plan_pieces import OPENS_A_FORMULA
from zhixing.export.row_marks import storable
from zhixing.words import Language

INK, QUIET, PAPER, LINE = "#2B2622", "#857B70", "#F4EFE3", "#D9D0BE"
SEAL, MOSS, MOSS_PALE, WEEKEND = "#B3402E", "#4F7D5B", "#DCEBDF", "#FAF6EC"
FONTS: dict[Language, str] = {"zh": "Microsoft YaHei", "en": "Calibri"}
A4, A3 = 9, 8


class Ink:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Workbook, language: Language) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, object], ...], Format] = {}
        self._base = {"font_name": FONTS[language], "font_size": 10, "font_color": INK}

    def of(self, **look: Any) -> Format:
        """A format of the house: `of(bold=True)`."""
        key = tuple(sorted(look.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format({**self._base, "valign": "vcenter", **look})
        return self._made[key]

    def head(self, **look: Any) -> Format:
        """A heading of a table."""
        return self.of(
            bold=True, bg_color=PAPER, bottom=1, bottom_color=QUIET, text_wrap=True, **look
        )


def write_text(sheet: Worksheet, row: int, column: int, text: str, ink: Ink, **look: Any) -> None:
    """A text as a text, whatever it begins with; nothing for an empty one."""
    if not text:
        return
    if text.startswith(OPENS_A_FORMULA):
        look["quote_prefix"] = True
    sheet.write_string(row, column, storable(text), ink.of(**look))


def to_print(sheet: Worksheet, paper: int = A4, pages_wide: int = 1) -> None:
    """Landscape, as wide as `pages_wide` pages, as long as it takes, with page numbers."""
    sheet.set_landscape()
    sheet.set_paper(paper)
    sheet.fit_to_pages(pages_wide, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer("&C&P / &N")
