"""How a row of a sheet is known again: which piece it is, and what it said when it was written."""

import re
import zlib

from zhixing.export.plan_pieces import PlanPiece

ID = "zhixing id"
"""The column that tells which piece a row is; called the same in both languages."""
AS_EXPORTED = "zhixing as exported"
"""What a row said when it was written, so that only what a person changed counts as a change."""
TOLD = 5
LONGEST_CELL = 32_767
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def told(piece: PlanPiece) -> str:
    """What a row says, in short: its state, its real minutes, sums of its note and id, its date."""
    taken = "" if piece.taken is None else piece.taken
    sums = f"{note_sum(piece.note)}|{note_sum(piece.id)}"
    return f"{piece.choice}|{taken}|{sums}|{piece.date.isoformat()}"


def belongs(row_id: str, told: str) -> bool:
    """Whether an id stands beside what was written with it; a row that does not tell may."""
    parts = told.split("|")
    return len(parts) != TOLD or parts[3] == note_sum(row_id)


def note_sum(note: str) -> str:
    """Two notes with the same sum are the same, line ends and blanks around them aside."""
    return f"{zlib.crc32(' '.join(storable(note).split()).encode()):08x}"


def storable(text: str) -> str:
    """What a cell can hold: no control characters, no halves of letters, not too long."""
    text = text.encode("utf-8", "backslashreplace").decode()
    text = _UNFIT.sub("\ufffd", text)
    if len(text.encode("utf-16-le")) // 2 > LONGEST_CELL:
        cut = text.encode("utf-16-le")[: 2 * (LONGEST_CELL - 1)]
        text = cut.decode("utf-16-le", "ignore") + "…"
    return text
