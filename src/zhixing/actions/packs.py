"""Packs: is one sound, alone and beside the others; and let it in.

An audit reads (every file), looks across (every reference) and compiles (every route, in both
languages). What is wrong is a letter; what is only unfinished is a note.
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from zhixing.actions.desk import Desk
from zhixing.actions.joining import joined
from zhixing.actions.routes import plannable
from zhixing.catalog.auditing import audit, notes
from zhixing.catalog.packs import pack_folders
from zhixing.catalog.places import at
from zhixing.catalog.reading import read_catalog
from zhixing.errors import Letter, Problem
from zhixing.records import Catalog, Remark, Route, RouteText
from zhixing.roadmap.comparing import same_structure
from zhixing.roadmap.compiling import compile_route
from zhixing.settings import write_setting
from zhixing.words import LANGUAGES, Language, Said, say


@dataclass(frozen=True)
class PackAudit:
    """What an audit found. `packs` are the names of those it was asked about."""

    packs: tuple[str, ...]
    letters: tuple[Letter, ...]
    notes: tuple[Letter, ...]

    @property
    def ok(self) -> bool:
        return not self.letters


@dataclass(frozen=True)
class PackAdded:
    """`added` is False when it was there already, or the audit found letters."""

    folder: Path
    audit: PackAudit
    added: bool


def audit_packs(desk: Desk, folder: Path | None = None) -> PackAudit:
    """The audit of one pack beside all others, or of all packs.

    A letter that is there without the pack too is not about it.
    """
    folders = pack_folders(desk.settings.packs)
    if folder is None:
        return _audited(folders)
    must_be_a_folder(folder)
    others = [each for each in folders if not _same(each, folder)]
    known, found = _audited(others), _audited([*others, folder])
    return PackAudit(
        packs=tuple(name for name in found.packs if name not in known.packs),
        letters=_without(found.letters, known.letters),
        notes=_without(found.notes, known.notes),
    )


def must_be_a_folder(folder: Path) -> None:
    """Raises Problem for a pack's folder that is not there, or is a file."""
    if folder.is_dir():
        return
    what = say("this is a file") if folder.exists() else say("there is no such folder")
    step = say("name the folder that holds pack.toml; `zhixing lab new AREA/ID --pack FOLDER` "
               "lays one out")  # fmt: skip
    raise Problem(what, str(folder), step)


def add_pack(desk: Desk, folder: Path) -> PackAdded:
    """Let a sound pack in: its folder is kept in the home's settings."""
    folder = folder.expanduser().absolute()
    found = audit_packs(desk, folder)
    if not found.ok:
        return PackAdded(folder, found, added=False)
    if any(_same(each, folder) for each in pack_folders(desk.settings.packs)):
        return PackAdded(folder, found, added=False)
    _nothing_stronger_than_the_file(desk)
    write_setting(desk.settings.home, "packs", (*desk.settings.packs, folder))
    return PackAdded(folder, found, added=True)


def _nothing_stronger_than_the_file(desk: Desk) -> None:
    origin = desk.settings.where_from("packs")
    if origin.template == "environment variable {name}":
        raise Problem(
            say("the environment names the packs, and wins over the settings"),
            origin,
            say("add the folder to ZHIXING_PACKS, or unset it"),
        )


def _same(a: Path, b: Path) -> bool:
    return os.path.realpath(a) == os.path.realpath(b)


def _without(letters: Sequence[Letter], known: Sequence[Letter]) -> tuple[Letter, ...]:
    said = {letter.render("en") for letter in known}
    return tuple(letter for letter in letters if letter.render("en") not in said)


def _audited(folders: Sequence[Path]) -> PackAudit:
    catalog, letters = read_catalog(folders)
    found = [*letters, *audit(catalog)]
    for written in catalog.routes.values():
        found += _route_letters(catalog, written)
    return PackAudit(tuple(pack.name for pack in catalog.packs), tuple(found), notes(catalog))


# --- routes -------------------------------------------------------------------------------------


def _route_letters(catalog: Catalog, written: RouteText) -> Iterator[Letter]:
    """What compiling a route in its languages, and comparing them, has to say."""
    compiled: list[tuple[Language, Route]] = []
    for language in LANGUAGES:
        if language not in written.texts:
            continue
        file = written.files[language]
        try:
            route, report = compile_route(written.texts[language], language, written.id)
        except Problem as problem:
            yield from (Letter(k.what, at(file), k.next_step) for k in problem.letters)
            continue
        compiled.append((language, route))
        yield from (_not_understood(file, remark) for remark in report.not_understood)
        yield from (_contradiction(file, remark) for remark in report.contradictions)
    if len(compiled) == len(LANGUAGES):
        (language, first), (_, second) = compiled
        for remark in same_structure(first, second):
            yield _unlike(written.files[language], remark)
    for language, route in compiled[:1]:
        yield from _order_letters(catalog, route, written.files[language])
        yield from _need_letters(catalog, route, written.files[language])


def _not_understood(file: str, remark: Remark) -> Letter:
    return Letter(
        say('"{text}" was not understood: {why}', text=_short(remark.text), why=_why(remark)),
        at(file, remark.line),
        say("write it in the grammar of routes, or as a note that begins with >"),
    )


def _contradiction(file: str, remark: Remark) -> Letter:
    next_step = say("make the two agree: hours are the sum of the tasks below, names stand once")
    return Letter(_why(remark), at(file, remark.line), next_step)


def _unlike(file: str, remark: Remark) -> Letter:
    next_step = say("both languages have the same tasks, minutes, links and order: mend one")
    return Letter(_why(remark), at(file, remark.line), next_step)


def _why(remark: Remark) -> Said:
    return remark.why or say("{text}", text=remark.text)


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "…"


def _order_letters(catalog: Catalog, route: Route, file: str) -> Iterator[Letter]:
    """A lab comes after the labs without which it cannot be done: their last task before its
    first one."""
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    for place, task in enumerate(route.tasks):
        for reference in task.references("lab"):
            lab_id = reference.partition("#")[0]
            first.setdefault(lab_id, place)
            if not task.optional and not task.recurring:
                last[lab_id] = place
    for lab_id, place in first.items():
        lab = catalog.labs.get(lab_id)
        for need in lab.needs if lab else ():
            if last.get(need, len(route.tasks)) > place:
                yield Letter(
                    say('lab "{lab}" needs lab "{need}" done before', lab=lab_id, need=need),
                    at(file, route.tasks[place].line),
                    say("move one of the two, or make it `helps` if it can be done without"),
                )


def _need_letters(catalog: Catalog, route: Route, file: str) -> Iterator[Letter]:
    """Work on a skill comes after some work on each skill of the route that it rests on."""
    tasks = {task.id: task for task in route.tasks}
    for task_id, need in joined(plannable(route), catalog).against:
        task = tasks[task_id]
        what = say(
            '"{task}" needs skill "{need}", and all work on that comes later',
            task=_short(task.title),
            need=need,
        )
        next_step = say(
            "move one of the two, link the skill that the task really shows, or mend `needs` of "
            "that skill in skills/"
        )
        yield Letter(what, at(file, task.line), next_step)
