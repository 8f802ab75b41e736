"""Grade what a class handed in: many answers to one lab, by several judges, in the answers' order.

`prepared` says what will be done, or raises the Problem; `Batch.steps` does it. With `out` every
row is kept as soon as it is there, and the same call goes on where a former one stopped.
"""

import json
import os
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from zhixing.actions.deciphering import content, sha_of
from zhixing.actions.desk import Desk, at_hand
from zhixing.actions.gathering import Found, Gathered, gathered
from zhixing.actions.grading_crew import Crew
from zhixing.actions.grading_work import Conditions, WriteVerdict
from zhixing.actions.ledgers import Graded, Ledger, Results, refuse_another_lab
from zhixing.actions.libraries import refuse_missing
from zhixing.catalog import finding
from zhixing.catalog.packs import pack_folders
from zhixing.catalog.reading import read_catalog
from zhixing.errors import Problem
from zhixing.grader import isolation
from zhixing.records import Catalog, Lab, Limits
from zhixing.words import Bilingual, say

OTHERS_LEVEL = "rootless"
WINDOW = 10_000
"""How far work runs ahead of the first answer that is not graded yet."""
KEEP_SECONDS = 2.0
ENOUGH_FAILURES = 5


@dataclass(frozen=True)
class Order:
    """What somebody asked for. `lab` may be `lab#part`; without one the folder's own name is it."""

    folder: Path
    lab: str | None = None
    pack: Path | None = None
    out: Path | None = None
    seed: str | None = None
    jobs: int | None = None
    again: bool = False
    allow_process: bool = False


@dataclass(frozen=True)
class Step:
    """Rows whose turn it is now, in the order of the answers; `done` counts all so far, `left`
    what is not judged yet, whoever's turn it is."""

    rows: tuple[Graded, ...]
    done: int
    fresh: int
    left: int


def prepared(desk: Desk, order: Order, write: WriteVerdict) -> "Batch":
    """All that can be refused is refused here, before anything is written or run."""
    catalog = _catalog(desk, order.pack)
    lab, part = _named(desk, catalog, order)
    _refuse_what_cannot_be_graded(desk, lab)
    level = isolation.level()
    refuse_weak_isolation(level, order.allow_process)
    found = gathered(order.folder, lab.id, catalog.labs, lab.files)
    if not found.answers:
        raise Problem(
            say("there is no answer in this folder"),
            str(order.folder),
            say("answers are .py or .ipynb files, or folders that hold one"),
        )
    if order.out and not order.again:
        refuse_another_lab(order.out, f"{lab.id}#{part}" if part else lab.id)
    ledger = Ledger(order.out, order.again) if order.out else None
    limits = Limits(level="process" if order.allow_process else OTHERS_LEVEL)
    secret = ledger.secret if ledger else os.urandom(32).hex()
    conditions = Conditions(lab, part, order.seed, secret, level, limits, write)
    return Batch(found, conditions, order, ledger)


def graded(desk: Desk, order: Order, write: WriteVerdict) -> tuple[Graded, ...]:
    """All rows, in the order of the answers: what the command does, with nothing shown."""
    with prepared(desk, order, write) as batch:
        return tuple(row for step in batch.steps() for row in step.rows)


class Batch:
    """One grading of a folder. Close it, or use `with`: that ends the lock on the results."""

    def __init__(
        self, found: Gathered, conditions: Conditions, order: Order, ledger: Ledger | None
    ) -> None:
        self.answers: Sequence[Found] = found.answers
        self.passed_over = tuple(found.passed_over)
        self.conditions, self.order, self.ledger = conditions, order, ledger
        self.lab = conditions.lab
        self.known = dict(self._known())
        self.results: Results | None = None
        self.aside: Path | None = None
        self._kept_at = time.monotonic()
        self.failed = self.judged = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _k: type[BaseException] | None, _e: BaseException | None, _t: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        for file in (self.results and self.results.file, self.ledger and self.ledger.file):
            if file:
                file.close()

    def _known(self) -> Iterator[tuple[int, str]]:
        """Answers whose row is there already, and its key: nothing about them has changed."""
        if self.ledger is None or not self.ledger.rows:
            return
        for number, found in enumerate(self.answers):
            key = self.conditions.key(found.answer, sha_of(content(found, self.lab.files)))
            if key in self.ledger.rows:
                yield number, key

    def steps(self) -> Generator[Step]:
        """Grade what is not graded yet. Problem when the disk takes no more; what is written then
        is whole, and the same call goes on."""
        todo = [number for number in range(len(self.answers)) if number not in self.known]
        ready: dict[int, Graded] = {}
        written = self._begin()
        shown = fresh = 0
        crew = Crew(self.answers, self.conditions, self.jobs, self._descriptors())
        for came in _at_least_once(crew, todo):
            self._remember(came)
            self._stop_where_nothing_works(came)
            ready.update(came)
            fresh += len(came)
            rows = self._in_turn(shown, ready)
            shown += len(rows)
            self._write(rows[max(0, written - shown + len(rows)) :])
            crew.horizon = shown + WINDOW
            yield Step(rows, shown, fresh, len(todo) - fresh)
        self._keep(now=True)

    def _stop_where_nothing_works(self, came: Sequence[tuple[int, Graded]]) -> None:
        """Problem when the grader failed at several answers and has judged none."""
        self.failed += sum(not graded.final for _, graded in came)
        self.judged += sum(graded.final and bool(graded.text) for _, graded in came)
        if self.failed >= ENOUGH_FAILURES and not self.judged:
            row = next(graded.row for _, graded in came if not graded.final)
            raise Problem(*(Bilingual(**said) for said in json.loads(row)["problem"].values()))

    @property
    def jobs(self) -> int:
        return self.order.jobs or available_cpus()

    def _begin(self) -> int:
        """Open the results; how many rows stand there already."""
        if self.ledger is None or self.order.out is None:
            return 0
        self.results = Results(self.order.out)
        rows = (one.row for one in self._in_turn(0, {}))
        written = self.results.begin(rows, self.ledger.ours)
        self.aside = self.results.aside
        self.ledger.written.clear()
        return written

    def _in_turn(self, start: int, ready: dict[int, Graded]) -> tuple[Graded, ...]:
        """The rows from `start` on, up to the first that is not there yet."""
        rows: list[Graded] = []
        while (number := start + len(rows)) < len(self.answers):
            row = ready.pop(number, None)
            if row is None and self.ledger and number in self.known:
                row = self.ledger.row(self.known[number])
            if row is None:
                break
            rows.append(row)
        return tuple(rows)

    def _remember(self, came: Sequence[tuple[int, Graded]]) -> None:
        if self.ledger and came:
            self.ledger.add(graded for _, graded in came)

    def _write(self, rows: Sequence[Graded]) -> None:
        if self.results and rows:
            self.results.file.append(b"".join(one.row + b"\n" for one in rows))
        self._keep()

    def _keep(self, now: bool = False) -> None:
        """Onto the disk itself, now and then: a kill loses nothing, a power cut seconds."""
        if now or time.monotonic() - self._kept_at > KEEP_SECONDS:
            self._kept_at = time.monotonic()
            for file in (self.ledger and self.ledger.file, self.results and self.results.file):
                if file:
                    with suppress(OSError):
                        file.keep()

    def _descriptors(self) -> list[int]:
        files = (self.ledger and self.ledger.file, self.results and self.results.file)
        return [file.number for file in files if file]


def _at_least_once(crew: Crew, todo: Sequence[int]) -> Iterator[Sequence[tuple[int, Graded]]]:
    """What the crew gives, after a first look at what is known already."""
    yield ()
    yield from crew.rows(todo)


def available_cpus() -> int:
    """The processors that this process may run on."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return os.cpu_count() or 1


# --- what is refused ----------------------------------------------------------------------------


def _catalog(desk: Desk, pack: Path | None) -> Catalog:
    """All there is, with a pack that is not let in. What else is wrong in it does not matter."""
    if pack is None:
        return desk.catalog
    others = [f for f in pack_folders(desk.settings.packs) if f.resolve() != pack.resolve()]
    catalog, letters = read_catalog([*others, pack.absolute()])
    if not (pack / "pack.toml").is_file() and letters:
        raise Problem.of(letters)
    return catalog


def _named(desk: Desk, catalog: Catalog, order: Order) -> tuple[Lab, str | None]:
    reference = order.lab
    if reference is None:
        reference = order.folder.absolute().name
        if reference not in catalog.labs:
            raise Problem(
                say("which lab are these answers to?"),
                str(order.folder),
                say("name it: --lab LAB, or --lab LAB#PART (`zhixing labs` lists them all)"),
            )
    _refuse_unsound(catalog, reference)
    if order.pack is not None:
        return finding.split_reference(catalog, reference)
    return at_hand(desk, finding.split_reference, reference)


def _refuse_unsound(catalog: Catalog, reference: str) -> None:
    lab = reference.removeprefix("lab:").partition("#")[0]
    if lab in catalog.unsound and lab not in catalog.labs:
        raise Problem(
            say('lab "{id}" cannot be graded as it is', id=lab),
            say("its files"),
            say("`zhixing lab verify {lab}` says what is wrong with it", lab=lab),
        )


def _refuse_what_cannot_be_graded(desk: Desk, lab: Lab) -> None:
    if lab.essay is not None:
        raise Problem(
            say("an essay is not graded: it is counted, and its writer judges it"),
            lab.id,
            say("`zhixing check {lab}` says what one text still lacks", lab=lab.id),
        )
    refuse_missing(lab.packages, lab.id, desk.settings.mirror)


def refuse_weak_isolation(level: str, allowed: bool) -> None:
    if allowed or isolation.satisfies(level, OTHERS_LEVEL):
        return
    if (why := isolation.here().unknown) and level == "process":
        raise Problem(
            say("it could not be found out how answers can be shut in here ({why})", why=why),
            say("this system"),
            say("try again; `zhixing doctor` says what it finds"),
        )
    raise Problem(
        say(
            "the work of others is not run at isolation level {have}: it needs {want}",
            have=level,
            want=OTHERS_LEVEL,
        ),
        say("this system"),
        say("`zhixing doctor` says how to raise it; for code of your own, --allow-process"),
    )
