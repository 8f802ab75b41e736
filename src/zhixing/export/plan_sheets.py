"""A plan as a workbook: its days to fill in, a Gantt chart, a summary that follows what is ticked.

Every text is stored as text: a title is never a formula. What was filled in comes back through
`reading_back`, by the hidden ids of the rows.
"""

import io
from datetime import datetime

from xlsxwriter import Workbook

from zhixing.export.day_sheet import write_days
from zhixing.export.gantt_sheet import write_gantt
from zhixing.export.plan_pieces import PlanExport
from zhixing.export.row_marks import storable
from zhixing.export.sheet_ink import Ink
from zhixing.export.summary_sheet import write_summary


def as_workbook(plan: PlanExport, now: datetime) -> bytes:
    """The workbook, whole; the same plan and moment give the same bytes."""
    stream = io.BytesIO()
    book = Workbook(stream, {"in_memory": True, "strings_to_urls": False})
    made = now.replace(tzinfo=None, microsecond=0)
    title = storable(plan.title)[:250]
    book.set_properties({"title": title, "author": "Zhixing", "created": made})
    ink = Ink(book, plan.language)
    days = write_days(book, ink, plan)
    write_gantt(book, ink, plan)
    write_summary(book, ink, plan, days)
    book.close()
    return stream.getvalue()
