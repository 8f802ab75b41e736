"""grade: what a class handed in, all of it."""

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from zhixing.cli.completing import lab_references, offered
from zhixing.cli.door import Door
from zhixing.cli.kinds import NumberKind
from zhixing.cli.params import argument, option
from zhixing.cli.plain import wire_verdict, write_json
from zhixing.cli.speaking import command
from zhixing.errors import Problem, reason_of
from zhixing.words import Said, say

if TYPE_CHECKING:
    from zhixing.actions.grading_many import Batch, Step
    from zhixing.export.class_summary import ClassSummary

STOPPED = 130
FORMS = (".xlsx", ".csv", ".md")
MOST_JOBS = 256


@command(
    "grade",
    about=say("what a class handed in: many answers to one lab"),
    more=say(
        "FOLDER holds .py and .ipynb files, or a folder for each person. With --out a verdict a "
        "line is kept as soon as it is there, in the order of the answers, and the same command "
        "goes on where it stopped. --summary writes a table for a teacher. Without --lab the "
        "folder's own name is the lab."
    ),
)
@argument("folder", about=say("the folder with the answers"), metavar="FOLDER",
          type=click.Path(path_type=Path))  # fmt: skip
@option("--lab", about=say("the lab, or one part of it: dl-softmax-ce, dl-softmax-ce#stable"),
        metavar="LAB[#PART]", shell_complete=offered(lab_references))  # fmt: skip
@option("--pack", about=say("look into this pack too"), metavar="FOLDER",
        type=click.Path(path_type=Path))  # fmt: skip
@option("--out", about=say("keep the results here, a line of JSON an answer"),
        metavar="results.jsonl", type=click.Path(path_type=Path))  # fmt: skip
@option("--summary", about=say("write a table for a teacher; may be given several times"),
        metavar="FILE.xlsx|.csv|.md", multiple=True, type=click.Path(path_type=Path))  # fmt: skip
@option("--jobs", about=say("how many answers at once; as many as there are processors"),
        metavar="N", type=NumberKind(1, MOST_JOBS))  # fmt: skip
@option("--seed", about=say("one seed for all answers, to repeat a run"), metavar="S")
@option("--again", about=say("put the results that are there aside, and begin afresh"),
        is_flag=True)  # fmt: skip
@option("--allow-process", about=say("run at isolation level process too: own code only"),
        is_flag=True)  # fmt: skip
def grade(
    door: Door, folder: Path, lab: str | None, pack: Path | None, out: Path | None,
    summary: tuple[Path, ...], jobs: int | None, seed: str | None, again: bool,
    allow_process: bool,
) -> int:  # fmt: skip
    from zhixing.actions.grading_many import Order, prepared

    _refuse_unknown_forms(summary)
    order = Order(folder, lab, pack, out, seed, jobs, again, allow_process)
    with door.desk() as desk, prepared(desk, order, wire_verdict) as batch:
        found = _run(door, batch)
        if found is None:
            return STOPPED
        for file in summary:
            _write(found, file, door)
        _show(door, found, batch)
    return 0


def _run(door: Door, batch: "Batch") -> "ClassSummary | None":
    """All rows, as they come; None when somebody stopped it."""
    from zhixing.cli.pages.grade import progress, stopped_page
    from zhixing.export.class_summary import ClassSummary

    found = ClassSummary(batch.lab, batch.conditions.part, passed_over=batch.passed_over)
    done = 0
    try:
        with ExitStack() as stack:
            stack.enter_context(_ends_like_ctrl_c())
            tell = stack.enter_context(progress(sys.stderr, door.language, len(batch.answers)))
            for step in stack.enter_context(closing(batch.steps())):
                for row in step.rows:
                    found.add(row.row, row.text)
                _print(door, batch, step)
                done = step.done
                tell(step)
    except KeyboardInterrupt:
        stopped_page(sys.stderr, door.language, done, len(batch.answers), batch.order.out)
        return None
    return found


@contextmanager
def _ends_like_ctrl_c() -> Iterator[None]:
    """A polite `kill` is as good as Ctrl-C."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _print(door: Door, batch: "Batch", step: "Step") -> None:
    """Without a file, results go to standard output as they come."""
    if door.as_json and batch.order.out is None and step.rows:
        raw = b"".join(row.row + b"\n" for row in step.rows)
        sys.stdout.flush()
        sys.stdout.buffer.write(raw)
        sys.stdout.buffer.flush()


def _show(door: Door, found: "ClassSummary", batch: "Batch") -> None:
    from zhixing.cli.pages.grade import class_page, summary_data

    if not door.as_json:
        class_page(door.paper(), found, batch)
    elif batch.order.out is not None:
        write_json(summary_data(found, batch), sys.stdout)


# --- the table for a teacher --------------------------------------------------------------------


def _refuse_unknown_forms(files: tuple[Path, ...]) -> None:
    for file in files:
        if file.suffix.lower() not in FORMS:
            raise Problem(
                say('"{value}" does not fit', value=file.name),
                "--summary",
                say("a name that ends in {forms} is wanted", forms=", ".join(FORMS)),
            )
        if not file.absolute().parent.is_dir():
            raise _unwritten(file, say("No such file or directory"))


def _form(file: Path) -> "Callable[[ClassSummary, Door], bytes]":
    """How a file of this name is filled. openpyxl is imported only where it is asked for."""
    if file.suffix.lower() == ".xlsx":
        from zhixing.export.class_sheets import as_workbook

        return lambda found, door: as_workbook(found, door.language)
    from zhixing.export.class_tables import as_csv, as_markdown

    made = as_csv if file.suffix.lower() == ".csv" else as_markdown
    return lambda found, door: made(found, door.language)


def _write(found: "ClassSummary", file: Path, door: Door) -> None:
    """The whole file or none: what was there stays until the new one is complete."""
    raw = _form(file)(found, door)
    fresh = file.with_name(f"{file.name}.new")
    try:
        fresh.write_bytes(raw)
        fresh.replace(file)
    except OSError as trouble:
        fresh.unlink(missing_ok=True)
        raise _unwritten(file, reason_of(trouble)) from trouble


def _unwritten(file: Path, reason: Said | str) -> Problem:
    return Problem(
        say("the table cannot be written: {reason}", reason=reason),
        str(file),
        say("make room or name another file; the results are kept"),
    )
