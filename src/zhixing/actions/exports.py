"""The plan out of the house, in the forms that other programs read, and filled-in ones back."""

import json
from dataclasses import dataclass
from typing import Literal, get_args

from zhixing.actions import planning
from zhixing.actions.desk import Desk
from zhixing.actions.filled_in import ReadBack as ReadBack
from zhixing.actions.filled_in import apply as apply
from zhixing.actions.filled_in import read_back as read_back
from zhixing.actions.filled_rows import SheetChange as SheetChange
from zhixing.actions.plan_exports import plan_export
from zhixing.actions.taskbook import taskbook
from zhixing.actions.weekpacks import week_pack
from zhixing.errors import Problem, did_you_mean
from zhixing.export.plan_tables import as_csv
from zhixing.words import say

Form = Literal["xlsx", "ics", "csv", "md", "json", "zip"]
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMS: tuple[Form, ...] = get_args(Form)


@dataclass(frozen=True)
class ExportFile:
    """A file to hand out. `name` is a good one for it; `week` is the one that a pack holds."""

    name: str
    media_type: str
    content: bytes
    week: int | None = None


def file(
    desk: Desk,
    form: str,
    *,
    week: int | None = None,
    alarm: int | None = None,
    floating: bool = False,
    zone: str | None = None,
) -> ExportFile:
    """The plan in force in one of FORMS, in the language of the desk; `week` = that week alone.

    `alarm` (minutes before), `floating` (no time zone) and `zone` (its name) are for ics. Problem:
    no plan, no such form, no such week, no such zone.
    """
    ending = "" if week is None else f"-week-{week}"
    name = f"zhixing-plan{ending}.{form}"
    match form:
        case "xlsx":
            from zhixing.export.plan_sheets import as_workbook  # only when a book is written

            return ExportFile(name, SPREADSHEET, as_workbook(plan_export(desk, week), desk.now()))
        case "ics":
            from zhixing.actions.calendar_exports import calendar  # icalendar is slow to import

            text = calendar(desk, week, alarm, floating, zone)
            return ExportFile(name, "text/calendar; charset=utf-8", text)
        case "csv":
            table = as_csv(plan_export(desk, week))
            return ExportFile(name, "text/csv; charset=utf-8", table)
        case "md":
            return ExportFile(name, "text/markdown; charset=utf-8", taskbook(desk, week).encode())
        case "json":
            data = json.dumps(planning.as_json(desk, week), ensure_ascii=False, indent=2)
            return ExportFile(name, "application/json", (data + "\n").encode())
        case "zip":
            pack = week_pack(desk, week)
            return ExportFile(pack.name, "application/zip", pack.content, pack.week)
    raise Problem(
        say('there is no form "{form}"', form=form),
        say("zhixing plan export --format"),
        did_you_mean(form, FORMS, "zhixing plan export --help"),
    )
