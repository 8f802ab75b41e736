"""The plan out of the house and back: forms, a filled-in sheet, a calendar that is imported again,
a task book that compiles to the same tasks."""

import csv
import io
import json
import zipfile
from dataclasses import replace
from datetime import date

import openpyxl
import pytest
import vobject
from icalendar import Calendar

from zhixing.actions import days, exports, planning
from zhixing.actions.desk import Desk
from zhixing.actions.planning import Wishes
from zhixing.actions.standing import standing, with_plan
from zhixing.actions.taskbook import taskbook
from zhixing.actions.whole_routes import shown_route
from zhixing.errors import Problem
from zhixing.export.plan_tables import STATUS, TAKEN
from zhixing.export.row_marks import AS_EXPORTED, ID
from zhixing.records import Catalog, Node, Task, TaskDone
from zhixing.roadmap.compiling import compile_route
from zhixing.words import Language

MONDAY = date(2026, 12, 7)
ROUTES = ("full-roadmap", "fullstack-20-weeks", "foundations", "math-16-weeks",
          "cv-llm-rl-12-weeks", "try-two-days")  # fmt: skip
STUDY, LAB, NOTE = 2, 3, 4
"""The rows of the first day: a study, a lab, a note."""


@pytest.fixture
def desk(desk: Desk, built_in: Catalog) -> Desk:
    """The catalog is read once for all tests."""
    vars(desk)["catalog"] = built_in
    return desk


@pytest.fixture
def begun(desk: Desk) -> Desk:
    planning.begin_route(desk, Wishes(route="math-16-weeks", hours_per_week=15, start=MONDAY))
    return desk


def with_blocks(desk: Desk, *, at: int = 19 * 60) -> None:
    """Clock times: every day from seven in the evening."""
    _, profile, _ = with_plan(desk)
    blocks = tuple(((at, minutes),) for minutes in profile.minutes)
    planning.take_up(desk, replace(profile, blocks=blocks))


def speaking(desk: Desk, language: Language) -> Desk:
    """The same desk in another language."""
    other = replace(desk, settings=replace(desk.settings, language=language))
    vars(other).update(catalog=desk.catalog, store=desk.store)
    return other


# --- a sheet, filled in -------------------------------------------------------------------------


class Sheet:
    """An exported workbook in somebody's hands."""

    def __init__(self, desk: Desk, week: int | None = None) -> None:
        self.book = openpyxl.load_workbook(
            io.BytesIO(exports.file(desk, "xlsx", week=week).content)
        )
        self.days = self.book.worksheets[0]
        self.head = {cell.value: cell.column for cell in self.days[1]}

    def column(self, *names: str) -> int:
        return next(self.head[name] for name in names if name in self.head)

    def fills(self, row: int, status: str | None = None, taken: object = None) -> "Sheet":
        if status is not None:
            self.days.cell(row, self.column("status", STATUS.render("zh"))).value = status
        if taken is not None:
            self.days.cell(row, self.column("real minutes", TAKEN.render("zh"))).value = taken
        return self

    def raw(self) -> bytes:
        stream = io.BytesIO()
        self.book.save(stream)
        return stream.getvalue()


def told(desk: Desk, raw: bytes) -> list[str]:
    return [letter.render("en") for letter in exports.read_back(desk, raw).letters]


def test_a_sheet_that_nobody_touched_changes_nothing_whatever_was_done_since(begun: Desk) -> None:
    raw = exports.file(begun, "xlsx").content
    days.done(begun, "la-vectors", 40)
    assert exports.read_back(begun, raw) == exports.ReadBack((), ())


def test_what_is_filled_in_is_shown_then_remembered_then_taken_back_at_once(begun: Desk) -> None:
    sheet = Sheet(begun).fills(STUDY, "done", 55).fills(NOTE, "skipped")
    sheet.days.cell(STUDY, sheet.column("note")).value = "arrows: =1+1"
    found = exports.read_back(begun, sheet.raw())
    assert [(c.row, c.becomes, c.minutes) for c in found.changes] == [
        (2, "note", None), (2, "done", 55), (4, "skipped", None),
    ]  # fmt: skip
    assert standing(begun).done == {}
    assert len(exports.apply(begun, found.changes)) == 3
    now = standing(begun)
    assert now.done["math-16-weeks/skill:la-vectors"].minutes == 55
    assert now.done["math-16-weeks/skill:la-vectors"].by == "learner"
    assert list(now.skipped) == ["math-16-weeks/note:span-in-one-line"]
    assert now.notes["math-16-weeks/skill:la-vectors"].text == "arrows: =1+1"
    assert exports.apply(begun, found.changes) == ()
    assert exports.read_back(begun, sheet.raw()).changes == ()
    planning.undo(begun)
    now = standing(begun)
    assert (now.done, now.skipped, now.notes) == ({}, {}, {})


def test_a_lab_is_not_done_by_a_sheet(begun: Desk) -> None:
    found = exports.read_back(begun, Sheet(begun).fills(LAB, "done").raw())
    assert found.changes == ()
    assert "a lab is done when it passes · row 3" in found.letters[0].render("en")
    change = exports.SheetChange(3, "math-16-weeks/lab:la-transform-rank#combine", "", "done")
    with pytest.raises(Problem, match="when it passes"):
        exports.apply(begun, [change])


@pytest.mark.parametrize("status", ["完成", " Done ", "DONE", "done"])
def test_the_words_of_either_language_are_understood(begun: Desk, status: str) -> None:
    [change] = exports.read_back(begun, Sheet(begun).fills(STUDY, status).raw()).changes
    assert (change.becomes, change.minutes) == ("done", None)


def test_minutes_of_what_is_done_may_be_corrected(begun: Desk) -> None:
    days.done(begun, "la-vectors", 40)
    [change] = exports.read_back(begun, Sheet(begun).fills(STUDY, taken=70).raw()).changes
    assert (change.becomes, change.minutes) == ("minutes", 70)
    exports.apply(begun, [change])
    assert standing(begun).done["math-16-weeks/skill:la-vectors"].minutes == 70


@pytest.mark.parametrize(
    ("status", "taken", "says"),
    [
        ("quux", None, '"quux" is no status · row 2'),
        ("=1+1", None, "is no status"),
        ("done", "1h", '"1h" is no number of minutes'),
        ("done", -5, "is no number of minutes"),
        ("done", 1441, "is no number of minutes"),
        ("done", 12.5, "is no number of minutes"),
        ("done", "9" * 400, "is no number of minutes"),
        ("done", "nan", "is no number of minutes"),
        (None, 30, "minutes stand here, and the task is not done"),
    ],
)
def test_nonsense_is_a_letter_with_the_row(
    begun: Desk, status: str | None, taken: object, says: str
) -> None:
    sheet = Sheet(begun)
    sheet.fills(STUDY, status, taken)
    sheet.days.cell(STUDY, sheet.column("status")).data_type = "s"
    found = exports.read_back(begun, sheet.raw())
    assert found.changes == ()
    assert says in found.letters[0].render("en")


def test_what_is_done_is_not_taken_back_by_a_sheet(begun: Desk) -> None:
    days.done(begun, "la-vectors")
    raw = Sheet(begun).fills(STUDY, "open").raw()
    assert "does not take back" in told(begun, raw)[0]
    assert exports.read_back(begun, raw).changes == ()


def test_rows_may_be_sorted_and_filtered_and_columns_moved(begun: Desk) -> None:
    sheet = Sheet(begun).fills(STUDY, "done", 55)
    rows = [[cell.value for cell in row] for row in sheet.days.iter_rows()]
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in [rows[0], *rows[:0:-1]]:
        book.active.append(row[::-1])
    stream = io.BytesIO()
    book.save(stream)
    [change] = exports.read_back(begun, stream.getvalue()).changes
    assert (change.row, change.minutes) == (len(rows), 55)


def test_a_sheet_of_which_only_some_columns_were_sorted_is_refused_whole(begun: Desk) -> None:
    sheet = Sheet(begun).fills(STUDY, "done")
    hidden = (sheet.head[ID], sheet.head[AS_EXPORTED])
    last = sheet.days.max_row
    for column in range(1, sheet.days.max_column + 1):
        if column not in hidden:
            values = [sheet.days.cell(row, column).value for row in range(2, last + 1)]
            for row, value in enumerate(values[::-1], 2):
                sheet.days.cell(row, column).value = value
    with pytest.raises(Problem, match="only some columns were sorted"):
        exports.read_back(begun, sheet.raw())


def test_rows_and_columns_that_are_gone_twice_or_made_up(begun: Desk) -> None:
    sheet = Sheet(begun).fills(STUDY, "done")
    ids = sheet.head[ID]
    last = sheet.days.max_row
    sheet.days.cell(7, ids).value = "math-16-weeks/skill:la-vektors@1"
    sheet.days.cell(last + 1, ids).value = sheet.days.cell(STUDY, ids).value
    sheet.fills(last + 1, "skipped")
    sheet.fills(last + 2, "done")
    sheet.days.cell(9, 1).value = date(2030, 1, 1)
    sheet.days.delete_rows(20, 5)
    letters = told(begun, sheet.raw())
    assert [c.becomes for c in exports.read_back(begun, sheet.raw()).changes] == ["done"]
    assert 'no task "math-16-weeks/skill:la-vektors@1" · row 7 · the nearest is' in letters[0]
    assert "a date that is changed in the sheet moves nothing · row 9" in letters[1]
    assert f"twice, and says two things · row {last - 4}" in letters[2]
    assert f"the row has no id: it was added by hand · row {last - 3}" in letters[3]


def test_ids_that_were_moved_by_some_rows_do_nobody_else_s_work(begun: Desk) -> None:
    sheet = Sheet(begun)
    ids = sheet.head[ID]
    rows = range(2, 22)
    moved = [sheet.days.cell(row, ids).value for row in rows]
    for row, id_ in zip(rows, [*moved[5:], *moved[:5]], strict=True):
        sheet.days.cell(row, ids).value = id_
        sheet.fills(row, "done")
    with pytest.raises(Problem, match="only some columns were sorted"):
        exports.read_back(begun, sheet.raw())


def test_without_a_column_the_rest_is_read_and_without_ids_nothing(begun: Desk) -> None:
    sheet = Sheet(begun).fills(STUDY, "done", 55)
    sheet.days.delete_cols(sheet.column("real minutes"))
    found = exports.read_back(begun, sheet.raw())
    assert [(c.becomes, c.minutes) for c in found.changes] == [("done", None)]
    assert 'the column "real minutes" is gone' in found.letters[0].render("en")
    sheet = Sheet(begun).fills(STUDY, "done")
    sheet.days.delete_cols(sheet.column(ID))
    with pytest.raises(Problem, match="no sheet of this file has the rows"):
        exports.read_back(begun, sheet.raw())


def test_a_task_of_several_rows_counts_once_all_are_marked(desk: Desk) -> None:
    planning.begin_route(desk, Wishes(route="cv-llm-rl-12-weeks", hours_per_week=15, start=MONDAY))
    sheet = Sheet(desk)
    ids = [row[sheet.head[ID] - 1].value for row in sheet.days.iter_rows()]
    rows = {id_: number for number, id_ in enumerate(ids, 1)}
    found = shown_route(desk, with_plan(desk)[1])
    kinds = {task.id: task.kind for task in found.tasks}
    task = next(id_[:-2] for id_ in ids if id_.endswith("@2") and kinds[id_[:-2]] == "study")
    sheet.fills(rows[f"{task}@1"], "done", 30)
    assert "stands in 2 rows" in told(desk, sheet.raw())[0]
    sheet.fills(rows[f"{task}@2"], "done", 20)
    [change] = exports.read_back(desk, sheet.raw()).changes
    assert (change.task, change.becomes, change.minutes) == (task, "done", 50)


WEEKLY = "full-roadmap/paper:weekly"


@pytest.fixture
def papers(desk: Desk) -> Desk:
    """A plan with a paper every week."""
    planning.begin_route(desk, Wishes(route="full-roadmap", hours_per_week=20, start=MONDAY))
    return desk


def row_of(sheet: Sheet, id_: str) -> int:
    ids = [row[sheet.head[ID] - 1].value for row in sheet.days.iter_rows()]
    return ids.index(id_) + 1


def test_each_time_of_work_that_comes_back_is_ticked_by_itself(papers: Desk) -> None:
    sheet = Sheet(papers)
    row = row_of(sheet, f"{WEEKLY}@3")
    found = exports.read_back(papers, sheet.fills(row, "done", 25).raw())
    [change] = found.changes
    assert (change.task, change.becomes, change.minutes, change.row) == (WEEKLY, "done", 25, row)
    assert found.letters == ()
    exports.apply(papers, found.changes)
    assert exports.apply(papers, found.changes) == ()
    states = [row.state for row in planning.rows(papers) if row.task == WEEKLY]
    assert states[:4] == ["open", "open", "done", "open"]
    assert WEEKLY not in standing(papers).finished
    again = Sheet(papers)
    assert again.days.cell(row, again.column("real minutes")).value == 25
    [mended] = exports.read_back(papers, again.fills(row, taken=40).raw()).changes
    assert (mended.becomes, mended.minutes, mended.on) == ("minutes", 40, change.on)
    exports.apply(papers, [mended])
    assert [done.minutes for done in standing(papers).all_done] == [40]
    planning.undo(papers)
    planning.undo(papers)
    assert standing(papers).times == {}


def test_one_time_is_neither_skipped_nor_timed_without_being_done(papers: Desk) -> None:
    sheet = Sheet(papers)
    sheet.fills(row_of(sheet, f"{WEEKLY}@1"), "skipped")
    sheet.fills(row_of(sheet, f"{WEEKLY}@2"), taken=30)
    found = exports.read_back(papers, sheet.raw())
    assert found.changes == ()
    first, second = (letter.render("en") for letter in found.letters)
    assert "one time of work that comes back needs no mark" in first
    assert "minutes stand here, and the task is not done" in second


def test_all_times_skipped_leave_the_task_out(papers: Desk) -> None:
    sheet = Sheet(papers)
    for number, row in enumerate(sheet.days.iter_rows(), 1):
        if str(row[sheet.head[ID] - 1].value).startswith(f"{WEEKLY}@"):
            sheet.fills(number, "skipped")
    [change] = exports.read_back(papers, sheet.raw()).changes
    assert (change.becomes, change.on) == ("skipped", None)


def test_a_time_that_moved_within_its_week_since_is_found(papers: Desk) -> None:
    """The sheet is of last week; the plan was laid out anew meanwhile, with other hours."""
    sheet = Sheet(papers)
    sheet.fills(row_of(sheet, f"{WEEKLY}@2"), "done")
    raw = sheet.raw()
    before = [row.date for row in planning.rows(papers) if row.task == WEEKLY][1]
    planning.begin_route(papers, Wishes(weekday_hours=4, weekend_hours=1))
    [change] = exports.read_back(papers, raw).changes
    assert change.on is not None
    assert change.on != before
    assert change.on.isocalendar()[:2] == before.isocalendar()[:2]


def test_what_says_a_day_that_the_plan_does_not_have_is_not_taken(papers: Desk) -> None:
    change = exports.SheetChange(2, WEEKLY, "", "done", on=date(2040, 1, 1))
    assert exports.apply(papers, [change]) == ()


def test_a_formula_without_a_result_is_a_letter_and_the_note_beside_it_is_kept(
    begun: Desk,
) -> None:
    sheet = Sheet(begun).fills(STUDY, "=IF(A1,1,2)", 30)
    sheet.days.cell(STUDY, sheet.column("note")).value = "still mine"
    found = exports.read_back(begun, sheet.raw())
    assert [(c.becomes, c.note) for c in found.changes] == [("note", "still mine")]
    assert '"=IF(A1,1,2)" is no status · row 2' in found.letters[0].render("en")


def test_minutes_in_one_of_several_rows_get_a_word(desk: Desk) -> None:
    planning.begin_route(desk, Wishes(route="cv-llm-rl-12-weeks", hours_per_week=15, start=MONDAY))
    sheet = Sheet(desk)
    kinds = {task.id: task.kind for task in shown_route(desk, with_plan(desk)[1]).tasks}
    ids = [str(row[sheet.head[ID] - 1].value) for row in sheet.days.iter_rows()]
    task = next(id_[:-2] for id_ in ids if id_.endswith("@2") and kinds[id_[:-2]] == "study")
    sheet.fills(row_of(sheet, f"{task}@1"), "done", 30).fills(row_of(sheet, f"{task}@2"), "done")
    found = exports.read_back(desk, sheet.raw())
    assert [(c.becomes, c.minutes) for c in found.changes] == [("done", 30)]
    assert "minutes stand in 1 of the 2 rows of this task" in found.letters[0].render("en")


def test_a_flood_of_letters_is_cut_off(begun: Desk) -> None:
    sheet = Sheet(begun)
    for row in range(2, 80):
        sheet.fills(row, "nonsense")
    letters = told(begun, sheet.raw())
    assert len(letters) == 51
    assert "more rows cannot be taken either" in letters[-1]


def test_a_week_read_back_is_a_week(begun: Desk) -> None:
    sheet = Sheet(begun, week=2).fills(2, "done")
    [change] = exports.read_back(begun, sheet.raw()).changes
    assert change.becomes == "done"


# --- forms --------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", exports.FORMS)
def test_every_form_has_a_name_a_type_and_the_same_bytes_again(begun: Desk, form: str) -> None:
    made = exports.file(begun, form)
    assert made.name.endswith(f".{form}")
    assert made.media_type
    assert exports.file(begun, form).content == made.content


def test_a_form_or_week_or_zone_that_is_not_there_is_a_problem(begun: Desk, desk: Desk) -> None:
    with pytest.raises(Problem, match="did you mean"):
        exports.file(begun, "xslx")
    for form in exports.FORMS:
        with pytest.raises(Problem, match="no week 99"):
            exports.file(begun, form, week=99)
    with pytest.raises(Problem, match="no time zone"):
        exports.file(begun, "ics", zone="../../etc/passwd")
    with pytest.raises(Problem, match="too much"):
        exports.file(begun, "ics", alarm=-1)


def test_without_a_plan_there_is_a_letter(desk: Desk) -> None:
    for form in exports.FORMS:
        with pytest.raises(Problem, match="no plan here yet"):
            exports.file(desk, form)


def test_csv_is_for_chinese_excel(begun: Desk) -> None:
    raw = exports.file(speaking(begun, "zh"), "csv").content
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    assert len(rows) == len(planning.rows(begun)) + 1
    assert {len(row) for row in rows} == {len(rows[0])}
    assert raw.count(b"\r\n") >= len(rows)


@pytest.mark.parametrize("route", ROUTES)
def test_a_week_of_any_route_is_a_pack(desk: Desk, route: str) -> None:
    planning.begin_route(desk, Wishes(route=route, hours_per_week=20, start=MONDAY))
    numbers = [week.number for week in planning.weeks(desk)]
    for week in (numbers[0], numbers[len(numbers) // 2], numbers[-1]):
        made = exports.file(desk, "zip", week=week)
        with zipfile.ZipFile(io.BytesIO(made.content)) as archive:
            assert archive.testzip() is None
            readme = archive.read("README.md").decode()
        assert made.week == week
        assert all(row.title.split("`")[0] in readme for row in planning.rows(desk, week))


# --- task books ---------------------------------------------------------------------------------


def kept(task: Task, *, done: bool) -> tuple[object, ...]:
    return (task.kind, task.title, task.minutes, done, task.optional, task.recurring, task.stars,
            task.estimated)  # fmt: skip


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("route", ROUTES)
def test_a_task_book_compiles_to_the_same_tasks(desk: Desk, route: str, language: Language) -> None:
    desk = speaking(desk, language)
    planning.begin_route(desk, Wishes(route=route, hours_per_week=15, start=MONDAY))
    for row in planning.rows(desk)[:9:2]:
        id_, learner, at = desk.stamp()
        desk.store.append(TaskDone(id=id_, learner=learner, at=at, task=row.task))
    now, profile, _ = with_plan(desk)
    found = shown_route(desk, profile)
    again, report = compile_route(taskbook(desk))
    asked = {t.id: kept(t, done=t.done or t.id in now.done) for t in found.tasks}
    assert {t.id: kept(t, done=t.done) for t in again.tasks} == asked
    assert report.not_understood == report.contradictions == ()
    addresses = {resource.url: name for name, resource in desk.catalog.resources.items()}
    links = {t.id: {link.url for link in t.links} for t in found.tasks}
    for task in again.tasks:
        references = {f"res:{addresses[u]}" if u in addresses else u for u in links[task.id]}
        read = {f"res:{addresses[k.url]}" if k.url in addresses else k.url for k in task.links}
        assert read == references
    assert said(again.root, "rule") == said(found.root, "rule")
    assert said(again.root, "milestone") == said(found.root, "milestone")
    asked_of = set(said(found.root, "milestone-criterion"))
    assert asked_of <= set(said(again.root, "milestone-criterion"))


def said(root: Node, kind: str) -> list[str]:
    """The titles of all nodes of a kind, sorted; `milestone-criterion` = those below milestones."""
    nodes = list(root.walk())
    if kind == "milestone-criterion":
        kind, nodes = "criterion", [n for m in nodes if m.kind == "milestone" for n in m.walk()]
    return sorted(node.title for node in nodes if node.kind == kind)


def test_a_book_of_two_routes_in_a_chain_loses_no_task(desk: Desk) -> None:
    planning.begin_route(desk, Wishes(route="foundations", hours_per_week=20, start=MONDAY))
    _, profile, _ = with_plan(desk)
    planning.take_up(desk, replace(profile, more_routes=("math-16-weeks",)))
    found = shown_route(desk, with_plan(desk)[1])
    again, report = compile_route(taskbook(desk))
    assert report.not_understood == ()
    assert sorted((t.kind, t.title, t.minutes) for t in again.tasks) == sorted(
        (t.kind, t.title, t.minutes) for t in found.tasks
    )


# --- calendars ----------------------------------------------------------------------------------


class Shelf:
    """A calendar as programs keep it: an event a UID; what comes later replaces it only with no
    lower SEQUENCE; what is cancelled goes (RFC 5546)."""

    def __init__(self) -> None:
        self.events: dict[str, vobject.base.Component] = {}

    def takes(self, raw: bytes) -> int:
        """Imports a file, read by another implementation than the one that wrote it; the number
        of events that were new or changed."""
        changed = 0
        for event in vobject.readOne(raw.decode()).vevent_list:
            uid, sequence = event.uid.value, int(event.sequence.value)
            held = self.events.get(uid)
            if held is not None and int(held.sequence.value) > sequence:
                continue
            before = held.serialize(validate=False) if held is not None else ""
            changed += before != event.serialize(validate=False)
            self.events[uid] = event
            if event.status.value == "CANCELLED":
                del self.events[uid]
        return changed

    @property
    def dates(self) -> list[str]:
        return sorted(str(event.dtstart.value)[:16] for event in self.events.values())


def test_a_day_without_clock_times_is_one_event(begun: Desk) -> None:
    shelf = Shelf()
    raw = exports.file(begun, "ics", alarm=30).content
    shelf.takes(raw)
    assert shelf.dates == sorted({str(row.date) for row in planning.rows(begun)})
    event = Calendar.from_ical(raw).events[0]
    assert str(event["SUMMARY"]).startswith("1 h 40 min · ")
    assert "https://" in event["DESCRIPTION"]
    assert event.alarms.times[0].trigger.hour == 8


def test_imported_twice_nothing_comes_twice(begun: Desk) -> None:
    with_blocks(begun)
    raw = exports.file(begun, "ics", alarm=10, zone="Asia/Shanghai").content
    shelf = Shelf()
    assert shelf.takes(raw) == len(planning.rows(begun))
    assert shelf.takes(raw) == 0
    assert shelf.takes(exports.file(begun, "ics", alarm=10, zone="Asia/Shanghai").content) == 0
    [first, *_] = shelf.dates
    assert first == "2026-12-07 19:00"


def test_a_changed_plan_moves_events_and_cancels_what_is_gone(begun: Desk, clock) -> None:
    with_blocks(begun)
    shelf = Shelf()
    shelf.takes(exports.file(begun, "ics", floating=True).content)
    days.done(begun, "la-vectors")
    clock.forward(days=1)
    _, profile, _ = with_plan(begun)
    planning.take_up(begun, replace(profile, start=date(2026, 12, 14)))
    clock.forward(hours=1)
    raw = exports.file(begun, "ics", floating=True).content
    shelf.takes(raw)
    rows = [row for row in planning.rows(begun) if row.date >= MONDAY]
    coming = [d for d in shelf.dates if d >= "2026-12-09"]
    assert len(coming) == len(rows)
    assert {d[:10] for d in coming} == {str(row.date) for row in rows}
    assert shelf.takes(raw) == 0


def test_without_clock_times_any_more_the_pieces_are_cancelled(begun: Desk) -> None:
    with_blocks(begun)
    shelf = Shelf()
    shelf.takes(exports.file(begun, "ics").content)
    _, profile, _ = with_plan(begun)
    planning.take_up(begun, replace(profile, blocks=()))
    shelf.takes(exports.file(begun, "ics").content)
    assert shelf.dates == sorted({str(row.date) for row in planning.rows(begun)})


def test_a_cache_that_is_lost_or_broken_lets_no_sequence_fall(begun: Desk, clock) -> None:
    shelf = Shelf()
    shelf.takes(exports.file(begun, "ics").content)
    days.done(begun, "la-vectors")
    shelf.takes(exports.file(begun, "ics").content)
    remembered = begun.settings.home / "cache" / "exports" / "ics.json"
    for broken in (b"", b"{}", b"[1]", b'{"a": {"sum": 3}}', b"\xff\xfe", b"[" * 9999):
        remembered.write_bytes(broken)
        clock.forward(minutes=1)
        days.note(begun, "la-vectors", f"note {clock.moment}")
        raw = exports.file(begun, "ics").content
        before = len(shelf.events)
        assert shelf.takes(raw) == before
        assert len(shelf.events) == before


def test_a_week_of_a_calendar_cancels_nothing_of_the_others(begun: Desk) -> None:
    exports.file(begun, "ics")
    raw = exports.file(begun, "ics", week=2).content
    events = Calendar.from_ical(raw).events
    assert {event["DTSTART"].dt for event in events} == {r.date for r in planning.rows(begun, 2)}
    assert {str(event["STATUS"]) for event in events} == {"CONFIRMED"}


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/New_York", "Europe/Berlin"])
def test_an_hour_is_the_same_on_the_clock_in_winter_and_in_summer(begun: Desk, zone: str) -> None:
    with_blocks(begun)
    raw = exports.file(begun, "ics", zone=zone).content
    assert raw.count(b"BEGIN:VTIMEZONE") == 1
    ours = {str(e["UID"]): e["DTSTART"].dt for e in Calendar.from_ical(raw).events}
    for event in vobject.readOne(raw.decode()).vevent_list:
        theirs = event.dtstart.value
        assert theirs.utcoffset() == ours[event.uid.value].utcoffset()
        assert theirs.replace(tzinfo=None) == ours[event.uid.value].replace(tzinfo=None)


def test_lines_are_folded_at_75_bytes_and_end_as_they_must(begun: Desk) -> None:
    raw = exports.file(speaking(begun, "zh"), "ics").content
    lines = raw.split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    assert b"\n" not in b"".join(lines)
    titles = [str(event["SUMMARY"]) for event in Calendar.from_ical(raw).events]
    assert any("向量与线性组合" in title for title in titles)


def test_json_is_what_plan_show_prints(begun: Desk) -> None:
    assert json.loads(exports.file(begun, "json").content) == planning.as_json(begun)


def test_an_unwritable_cache_costs_nothing_but_memory(begun: Desk) -> None:
    folder = begun.settings.home / "cache" / "exports"
    folder.parent.mkdir(exist_ok=True)
    folder.write_text("not a folder")
    assert exports.file(begun, "ics").content


def test_a_sheet_of_another_plan_is_one_sentence_not_a_letter_for_each_row(begun: Desk) -> None:
    raw = Sheet(begun).raw()
    planning.begin_route(begun, Wishes(route="fullstack-20-weeks"))
    with pytest.raises(Problem) as told:
        exports.read_back(begun, raw)
    (letter,) = told.value.letters
    said = letter.render("en")
    assert said.startswith("this sheet belongs to another plan: ")
    assert "math-16-weeks" not in said
