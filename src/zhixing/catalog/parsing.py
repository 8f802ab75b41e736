"""What do these files say? All packs' files in, a `Catalog` and every letter out.

Apart from `reading`, because a remembered catalog needs none of it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Generic, TypeVar

from zhixing.catalog.aliases import read_aliases
from zhixing.catalog.briefs import read_briefs
from zhixing.catalog.circles import without_circles
from zhixing.catalog.files import PackFiles, PackTexts, pack_texts
from zhixing.catalog.folders import LabFiles
from zhixing.catalog.labs import read_lab
from zhixing.catalog.pages import read_readings, read_routes
from zhixing.catalog.places import at
from zhixing.catalog.skills import read_planned, read_resource, read_skill
from zhixing.catalog.tables import Entry, toml_file
from zhixing.catalog.values import id_letters, near_or_all, text, texts
from zhixing.catalog.vocabulary import FIELDS
from zhixing.errors import Letter
from zhixing.records import (
    Brief,
    Catalog,
    Lab,
    Pack,
    PlannedLab,
    Reading,
    Resource,
    RouteText,
    Skill,
)
from zhixing.words import LANGUAGES, Said, say

R = TypeVar("R", Skill, Resource, Lab, PlannedLab, Reading, Brief, RouteText)


@dataclass(slots=True)
class _Shelf(Generic[R]):
    """Things of one kind by id, and where each came from: a second owner of an id is a letter."""

    things: dict[str, R] = field(default_factory=dict)
    owners: dict[str, Callable[[], Said]] = field(default_factory=dict)

    def put(self, thing: R | None, where: Callable[[], Said], letters: list[Letter]) -> None:
        """`where` is asked only when there is something to complain about."""
        if thing is None:
            return
        if thing.id in self.things:
            what = say(
                '"{id}" belongs to {owner} already', id=thing.id, owner=self.owners[thing.id]()
            )
            letters.append(Letter(what, where(), say("ids are global: give this one another")))
            return
        self.things[thing.id] = thing
        self.owners[thing.id] = where


@dataclass(slots=True)
class _Shelves:
    """All that was read so far."""

    packs: dict[str, Pack] = field(default_factory=dict)
    skills: _Shelf[Skill] = field(default_factory=_Shelf)
    resources: _Shelf[Resource] = field(default_factory=_Shelf)
    labs: _Shelf[Lab] = field(default_factory=_Shelf)
    planned: _Shelf[PlannedLab] = field(default_factory=_Shelf)
    readings: _Shelf[Reading] = field(default_factory=_Shelf)
    briefs: _Shelf[Brief] = field(default_factory=_Shelf)
    routes: _Shelf[RouteText] = field(default_factory=_Shelf)
    unsound: dict[str, Lab] = field(default_factory=dict)
    aliases: dict[str, tuple[str, ...]] = field(default_factory=dict)


def parsed(files: Sequence[PackFiles]) -> tuple[Catalog, tuple[Letter, ...]]:
    """The catalog of what these files say, and every letter, in the order of packs and files;
    circles of needs, which several files make together, at the end."""
    shelves, letters = _Shelves(), list[Letter]()
    for one in files:
        pack = pack_texts(one, letters)
        _read_name(pack, shelves, letters)
        _read_tables(pack, shelves, letters)
        _read_aliases(pack, shelves, letters)
        _read_labs(pack, shelves, letters)
        _read_pages(pack, shelves, letters)
    built = shelves.labs.things
    catalog = Catalog(
        packs=tuple(shelves.packs.values()),
        skills=shelves.skills.things,
        resources=shelves.resources.things,
        labs=built,
        planned={name: lab for name, lab in shelves.planned.things.items() if name not in built},
        readings=shelves.readings.things,
        briefs=shelves.briefs.things,
        routes=shelves.routes.things,
        unsound=shelves.unsound,
        aliases=shelves.aliases,
    )
    sound, circles = without_circles(catalog)
    return sound, (*letters, *circles)


def _read_name(pack: PackTexts, shelves: _Shelves, letters: list[Letter]) -> None:
    for entry in _tables(pack, "pack.toml", letters):
        name = entry.need("name", text)
        languages = entry.need("languages", texts)
        licence = entry.need("licence", text)
        entry.close()
        if languages is not None and set(languages) != set(LANGUAGES):
            what = say("a pack has the languages zh and en")
            entry.report(what, say('write languages = ["zh", "en"]'), "languages")
        if name is None:
            continue
        letters += id_letters(name, partial(entry.where, "name"))
        if name in shelves.packs:
            what = say(
                'there is a pack "{name}" in {folder}', name=name, folder=shelves.packs[name].folder
            )
            entry.report(what, say("take one of the two out, or rename it"), "name")
        shelves.packs.setdefault(name, Pack(name, pack.folder, languages or (), licence or ""))


def _read_tables(pack: PackTexts, shelves: _Shelves, letters: list[Letter]) -> None:
    for path in (path for path in pack.texts if path.startswith("skills/")):
        field_name = path.removeprefix("skills/").removesuffix(".toml")
        letters += _unknown_field(field_name, pack.shown(path))
        for page in _tables(pack, path, letters):
            for entry in page.each():
                shelves.skills.put(read_skill(entry, field_name), entry.where, letters)
    for path in (path for path in pack.texts if path.startswith("resources/")):
        # a page of resources may be named after a field or after the route that asks for them
        for page in _tables(pack, path, letters):
            for entry in page.each():
                shelves.resources.put(read_resource(entry), entry.where, letters)


def _read_aliases(pack: PackTexts, shelves: _Shelves, letters: list[Letter]) -> None:
    """Of several packs that name one skill, each adds its own words."""
    for page in _tables(pack, "aliases.toml", letters):
        for entry in page.each():
            known = shelves.aliases.get(entry.name, ())
            shelves.aliases[entry.name] = (*known, *read_aliases(entry))


def _read_labs(pack: PackTexts, shelves: _Shelves, letters: list[Letter]) -> None:
    folders = _lab_folders(pack)
    for files in folders:
        shelves.labs.put(read_lab(files, letters, shelves.unsound), files.where, letters)
    built = {files.id for files in folders}
    for page in _tables(pack, "labs/planned.toml", letters):
        for entry in page.each():
            shelves.planned.put(read_planned(entry), entry.where, letters)
            if entry.name in built:
                what = say('lab "{id}" is built and planned', id=entry.name)
                entry.report(what, say("it is built: take it out of planned.toml"), None)


def _read_pages(pack: PackTexts, shelves: _Shelves, letters: list[Letter]) -> None:
    for file, reading in read_readings(pack, letters):
        shelves.readings.put(reading, partial(at, file), letters)
    for file, brief in read_briefs(pack, letters):
        shelves.briefs.put(brief, partial(at, file), letters)
    for route in read_routes(pack, letters):
        shelves.routes.put(route, partial(at, next(iter(route.files.values()))), letters)


def _tables(pack: PackTexts, path: str, letters: list[Letter]) -> list[Entry]:
    """The TOML page at `path`: a list of one, or of none where it is not there or not TOML."""
    if path not in pack.texts:
        return []
    page = toml_file(pack.shown(path), pack.texts[path], letters)
    return [] if page is None else [page]


def _lab_folders(pack: PackTexts) -> list[LabFiles]:
    """The files below labs/<area>/<id>/, a record a folder, in the order of paths."""
    texts: dict[tuple[str, str], dict[str, str]] = {}
    faulty: dict[tuple[str, str], set[str]] = {}
    for path in (*pack.texts, *pack.faulty):
        steps = path.split("/", 3)
        if len(steps) < 4 or steps[0] != "labs":
            continue
        inside = texts.setdefault((steps[1], steps[2]), {})
        if path in pack.texts:
            inside[steps[3]] = pack.texts[path]
        else:
            faulty.setdefault((steps[1], steps[2]), set()).add(steps[3])
    return [
        LabFiles(
            name,
            area,
            pack.shown(f"labs/{area}/{name}"),
            inside,
            frozenset(faulty.get((area, name), ())),
        )
        for (area, name), inside in texts.items()
    ]


def _unknown_field(name: str, file: str) -> list[Letter]:
    if name in FIELDS:
        return []
    what = say('"{name}" is not a field', name=name)
    return [Letter(what, at(file), near_or_all(name, FIELDS))]
