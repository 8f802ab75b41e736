"""A plan as CSV: a line a piece, for any spreadsheet."""

import csv
import io
from collections.abc import Iterator

from zhixing.export.plan_pieces import STATES, PlanExport, PlanPiece, harmless, web_links
from zhixing.export.row_marks import ID
from zhixing.words import say

MARK = "\ufeff"
"""By it Excel knows UTF-8, in any language it runs in."""

DATE, WEEKDAY, WEEK, KIND, TITLE = (
    say("date"), say("weekday"), say("week"), say("kind"), say("title"),
)  # fmt: skip
MINUTES, TIME, STATUS, TAKEN = say("minutes"), say("time"), say("status"), say("real minutes")
LAB, NOTE, STAGE = say("lab"), say("note"), say("stage")
COLUMNS = (DATE, WEEKDAY, WEEK, KIND, TITLE, MINUTES, TIME, STATUS, TAKEN, LAB)


def as_csv(plan: PlanExport) -> bytes:
    """The plan, with a heading; no cell of it is a formula. UTF-8 with a mark, lines as RFC 4180
    has them."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    headings = [column.render(plan.language) for column in (*COLUMNS, say("links"), NOTE)]
    writer.writerow([*headings, ID])
    for piece in plan.pieces:
        writer.writerow(list(_cells(piece, plan)))
    return (MARK + stream.getvalue()).encode("utf-8", "backslashreplace")


def _cells(piece: PlanPiece, plan: PlanExport) -> Iterator[str | int]:
    links = "\n".join(f"{link.label} {link.url}" for link in web_links(piece))
    status = STATES[piece.choice].render(plan.language)
    yield from (piece.date.isoformat(), piece.weekday, piece.week, piece.kind_name)
    yield from (harmless(piece.title), piece.minutes, piece.clock, status)
    yield "" if piece.taken is None else piece.taken
    yield from (harmless(text) for text in (piece.lab, links, piece.note, piece.id))
