"""Code that runs and is not judged: the cell of a brief or an essay, and the figures of a lab."""

import hashlib
import os
import shutil
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path

from zhixing import __version__
from zhixing.actions.desk import DATABASE, Desk, at_hand
from zhixing.actions.labs import named
from zhixing.actions.libraries import refuse_missing
from zhixing.actions.standing import with_plan
from zhixing.actions.whole_routes import shown_route
from zhixing.catalog import finding
from zhixing.errors import Problem, nearest
from zhixing.grader.grading import Judge
from zhixing.grader.pictures import true_picture
from zhixing.grader.running import drawer
from zhixing.grader.starter import without_markers
from zhixing.records import CellRan, Lab, Ran
from zhixing.words import Sayable, say

PACKAGES = ("numpy", "sklearn", "matplotlib")
"""What a cell may import."""
CELL_BYTES = 256 * 1024


@dataclass(frozen=True)
class Figures:
    """One part of a lab as pictures: what the learner's answer draws, and what is wanted."""

    mine: Ran
    wanted: Ran


def run_cell(desk: Desk, reference: str, source: str, judge: Judge | None = None) -> Ran:
    """What a cell gives, remembered for an essay to quote. `reference` says where it stands:
    brief:ID, lab:ID (an essay) or task:ID (a sheet of scratch paper). Problem for any other."""
    where = _place(desk, reference)
    _refuse_long(source, where)
    with nullcontext(judge) if judge else Judge() as own:
        ran = own.run(source, PACKAGES)
    if (desk.settings.home / DATABASE).exists():
        _remember(desk, reference, source, ran)
    return ran


def _place(desk: Desk, reference: str) -> Sayable | str:
    """The title of what a reference names. Problem when there is no such place for code."""
    kind, _, name = reference.partition(":")
    if kind == "brief":
        return _brief_title(desk, name)
    if kind == "lab":
        return _essay_title(desk, name)
    if kind == "task":
        return _task_title(desk, name)
    raise Problem(
        say('"{reference}" is no place where code runs', reference=reference[:200]),
        say("a cell"),
        say("code runs at brief:ID, lab:ID or task:ID"),
    )


def _brief_title(desk: Desk, name: str) -> Sayable:
    if name in desk.catalog.briefs:
        return desk.catalog.briefs[name].title
    close = nearest(name, desk.catalog.briefs)
    raise Problem(
        say('brief "{id}" is not in the catalog', id=name[:200]),
        say("a cell"),
        say('did you mean "{nearest}"?', nearest=close) if close else _TODAY,
    )


def _essay_title(desk: Desk, name: str) -> Sayable:
    lab = at_hand(desk, finding.lab, name)
    if lab.essay is None:
        raise Problem(
            say("this lab has no cell to run"),
            lab.title,
            say("`zhixing check {lab}` runs your answer", lab=lab.id),
        )
    return lab.title


def _task_title(desk: Desk, name: str) -> str:
    _, profile, _ = with_plan(desk)
    task = shown_route(desk, profile).task(name)
    if task is None:
        raise Problem(say('there is no task "{typed}"', typed=name[:200]), say("a cell"), _TODAY)
    return task.title


_TODAY = say("`zhixing today` shows what is due")


def _refuse_long(source: str, where: Sayable | str) -> None:
    size = len(source.encode("utf-8", "surrogatepass"))
    if size > CELL_BYTES:
        raise Problem(
            say("the code is {size} KiB long", size=size // 1024),
            where,
            say("a cell is at most 256 KiB of text: keep data out of it"),
        )


def _remember(desk: Desk, reference: str, source: str, ran: Ran) -> None:
    made = desk.stamp()
    desk.store.append(
        CellRan(
            id=made[0],
            learner=made[1],
            at=made[2],
            reference=reference,
            source=source,
            output=ran.output,
            finished=not ran.trace,
            cpu_seconds=ran.cpu_seconds,
        )
    )


# --- figures of a lab ---------------------------------------------------------------------------


def figures(desk: Desk, reference: str, answer: str, judge: Judge | None = None) -> Figures | None:
    """What `lab#part` draws with this answer, and with the author's. None when that part has no
    drawing. Problem for an unknown lab or part."""
    lab, part = named(desk, reference)
    if part is None or drawer(lab, part.name) is None:
        return None
    refuse_missing(lab.packages, lab.id, desk.settings.mirror)
    with nullcontext(judge) if judge else Judge() as own:
        mine = own.figure(lab, answer, part.name)
        return Figures(mine, _wanted(desk, lab, part.name, own))


def _wanted(desk: Desk, lab: Lab, part: str, judge: Judge) -> Ran:
    """The author's drawing: kept as PNG files, because it is the same every time."""
    folder = _kept_in(desk, lab, part)
    kept = _pictures_in(folder) if folder else ()
    if kept:
        return Ran("", "", kept, 0.0, "process")
    ran = judge.figure(lab, without_markers(lab.solution), part)
    if folder and ran.pictures and not ran.trace:
        _keep(folder, ran.pictures)
    return ran


def _kept_in(desk: Desk, lab: Lab, part: str) -> Path | None:
    """The folder of this drawing: another lab version or figure.py is another folder."""
    if desk.cache is None:
        return None
    texts = (__version__, lab.version, lab.solution, lab.figure_source or "")
    key = hashlib.blake2b("\0".join(texts).encode(), digest_size=12).hexdigest()
    return desk.cache / "figures" / f"{lab.id}.{part}" / key


def _pictures_in(folder: Path) -> tuple[bytes, ...]:
    """The pictures kept in a folder, in order; none when there is anything odd about them."""
    try:
        files = sorted(folder.glob("*.png"))
        found = [true_picture(file.read_bytes()) for file in files]
    except OSError:
        return ()
    return () if None in found else tuple(picture for picture in found if picture)


def _keep(folder: Path, pictures: tuple[bytes, ...]) -> None:
    """All pictures or none. A folder that cannot be written to only costs time."""
    fresh = folder.with_name(f"{folder.name}.{os.getpid()}")
    with suppress(OSError):
        fresh.mkdir(parents=True)
        for number, picture in enumerate(pictures):
            (fresh / f"{number}.png").write_bytes(picture)
        for old in folder.parent.iterdir():
            if old != fresh:
                shutil.rmtree(old, ignore_errors=True)
        fresh.rename(folder)
    shutil.rmtree(fresh, ignore_errors=True)
